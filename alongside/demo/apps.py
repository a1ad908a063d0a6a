from django.apps import AppConfig


class Demo(AppConfig):
    name = "alongside.demo"
    default_auto_field = "django.db.models.BigAutoField"
