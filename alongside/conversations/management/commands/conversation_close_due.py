"""Close conversations whose last day is over, and finish closings that were interrupted. For the daily round."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.conversations import operations


class Command(BaseCommand):
    help = "Close conversations whose last day is over, and throw away old copies of ballots that are still there."

    def handle(self, **options):
        count = operations.close_what_is_due(at=timezone.now())
        self.stdout.write(f"Closed or finished: {count}.")
