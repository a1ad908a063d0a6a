from django.apps import AppConfig


class Bids(AppConfig):
    name = "alongside.bids"
    default_auto_field = "django.db.models.BigAutoField"
