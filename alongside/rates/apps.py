from django.apps import AppConfig


class Rates(AppConfig):
    name = "alongside.rates"
    default_auto_field = "django.db.models.BigAutoField"
