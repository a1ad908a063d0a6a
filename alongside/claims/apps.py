from django.apps import AppConfig


class Claims(AppConfig):
    name = "alongside.claims"
    default_auto_field = "django.db.models.BigAutoField"
