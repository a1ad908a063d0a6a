from django.apps import AppConfig


class Payees(AppConfig):
    name = "alongside.payees"
    default_auto_field = "django.db.models.BigAutoField"
