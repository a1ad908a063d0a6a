from django.apps import AppConfig


class Ledger(AppConfig):
    name = "alongside.ledger"
    default_auto_field = "django.db.models.BigAutoField"
