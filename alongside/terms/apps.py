from django.apps import AppConfig


class Terms(AppConfig):
    name = "alongside.terms"
    default_auto_field = "django.db.models.BigAutoField"
