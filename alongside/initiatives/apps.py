from django.apps import AppConfig


class Initiatives(AppConfig):
    name = "alongside.initiatives"
    default_auto_field = "django.db.models.BigAutoField"
