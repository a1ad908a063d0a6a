from django.apps import AppConfig


class Benefits(AppConfig):
    name = "alongside.benefits"
    default_auto_field = "django.db.models.BigAutoField"
