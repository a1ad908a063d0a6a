from django.apps import AppConfig


class Reflections(AppConfig):
    name = "alongside.reflections"
    default_auto_field = "django.db.models.BigAutoField"
