from django.apps import AppConfig


class Labels(AppConfig):
    name = "alongside.labels"
    default_auto_field = "django.db.models.BigAutoField"
