from django.apps import AppConfig


class Contributions(AppConfig):
    name = "alongside.contributions"
    default_auto_field = "django.db.models.BigAutoField"
