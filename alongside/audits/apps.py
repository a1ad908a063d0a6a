from django.apps import AppConfig


class Audits(AppConfig):
    name = "alongside.audits"
    default_auto_field = "django.db.models.BigAutoField"
