"""Throw away receipts whose money years are over, and files that belong to nothing. For the daily round."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.claims import operations


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        at = timezone.now()
        thrown, lost = operations.tidy(at=at, on=timezone.localdate(at))
        self.stdout.write(f"Pictures of receipts thrown away: {thrown}. Files that belonged to nothing: {lost}.")
