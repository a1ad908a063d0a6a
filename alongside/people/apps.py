from django.apps import AppConfig


class People(AppConfig):
    name = "alongside.people"
    default_auto_field = "django.db.models.BigAutoField"
