from django.apps import AppConfig


class Runs(AppConfig):
    name = "alongside.runs"
    default_auto_field = "django.db.models.BigAutoField"
