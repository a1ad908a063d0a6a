from django.apps import AppConfig


class Organisations(AppConfig):
    name = "alongside.organisations"
    default_auto_field = "django.db.models.BigAutoField"
