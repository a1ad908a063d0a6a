from django.apps import AppConfig


class Design(AppConfig):
    name = "alongside.design"
    default_auto_field = "django.db.models.BigAutoField"
