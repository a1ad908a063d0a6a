from django.apps import AppConfig


class Media(AppConfig):
    name = "alongside.media"
    default_auto_field = "django.db.models.BigAutoField"
