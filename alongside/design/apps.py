from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from alongside.calculations import money


class Design(AppConfig):
    name = "alongside.design"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Keep the site's currency before anything writes an amount."""
        try:
            money.use(settings.CURRENCY)
        except ValueError as unknown:
            raise ImproperlyConfigured(f"ALONGSIDE_CURRENCY: {unknown}") from unknown
