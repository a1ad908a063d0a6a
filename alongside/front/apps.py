from django.apps import AppConfig


class Front(AppConfig):
    name = "alongside.front"
    default_auto_field = "django.db.models.BigAutoField"
