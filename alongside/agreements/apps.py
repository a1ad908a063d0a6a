from django.apps import AppConfig


class Agreements(AppConfig):
    name = "alongside.agreements"
    default_auto_field = "django.db.models.BigAutoField"
