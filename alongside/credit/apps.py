from django.apps import AppConfig


class Credit(AppConfig):
    name = "alongside.credit"
    default_auto_field = "django.db.models.BigAutoField"
