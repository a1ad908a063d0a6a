from django.apps import AppConfig


class Conversations(AppConfig):
    name = "alongside.conversations"
    default_auto_field = "django.db.models.BigAutoField"
