from django.apps import AppConfig


class Gatherings(AppConfig):
    name = "alongside.gatherings"
    default_auto_field = "django.db.models.BigAutoField"
