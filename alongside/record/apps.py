from django.apps import AppConfig


class Record(AppConfig):
    name = "alongside.record"
    default_auto_field = "django.db.models.BigAutoField"
