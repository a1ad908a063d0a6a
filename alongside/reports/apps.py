from django.apps import AppConfig


class Reports(AppConfig):
    name = "alongside.reports"
    default_auto_field = "django.db.models.BigAutoField"
