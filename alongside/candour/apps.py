from django.apps import AppConfig


class Candour(AppConfig):
    name = "alongside.candour"
    default_auto_field = "django.db.models.BigAutoField"
