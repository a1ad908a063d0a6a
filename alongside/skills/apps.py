from django.apps import AppConfig


class Skills(AppConfig):
    name = "alongside.skills"
    default_auto_field = "django.db.models.BigAutoField"
