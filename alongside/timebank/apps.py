from django.apps import AppConfig


class TimeBank(AppConfig):
    name = "alongside.timebank"
    default_auto_field = "django.db.models.BigAutoField"
