from django.apps import AppConfig


class Decisions(AppConfig):
    name = "alongside.decisions"
    default_auto_field = "django.db.models.BigAutoField"
