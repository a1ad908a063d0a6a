from django.apps import AppConfig


class Discretion(AppConfig):
    name = "alongside.discretion"
    default_auto_field = "django.db.models.BigAutoField"
