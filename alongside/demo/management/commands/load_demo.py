"""Load an organisation of made-up people, a year into its work, and a small one beside it."""

from datetime import date, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from alongside.demo import operations, queries
from alongside.demo.management.commands import (
    _bids,
    _candour,
    _credit,
    _hill,
    _money,
    _nights,
    _people,
    _shown,
    _teaching,
)
from alongside.demo.management.commands._telling import Clock, World, tell
from alongside.demo.states import NEWS_DAYS
from alongside.people import queries as people
from alongside.people.states import ContactKind, TellBy


class Command(BaseCommand):
    help = "Load an organisation of made-up people, a year into its work."

    def add_arguments(self, parser):
        parser.add_argument(
            "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day at which the year ends"
        )

    def handle(self, *, today=None, verbosity=1, **options):
        if queries.is_loaded():
            self._say("The demo is there already. Nothing was changed.", verbosity)
            return
        with transaction.atomic():
            load(today or timezone.localdate())
        self._say("The demo is loaded. See who is here with: alongside demo people", verbosity)

    def _say(self, words, verbosity):
        if verbosity:
            self.stdout.write(words)


def load(today):
    """Tell the whole year up to `today`, each row by the operation that would have written it. Returns the World."""
    before = {path.name for path in settings.POST_BOX.glob("*.eml")}
    world = World(Clock(today))
    stories = [
        *(story(world) for story in (_people.arrivals, _people.rates, _people.breaks, _people.elsewhere)),
        *_teaching.stories(world),
        *_nights.stories(world),
        *_hill.stories(world),
        *_money.stories(world),
        *_credit.stories(world),
        *_shown.stories(world),
        *_bids.stories(world),
        *_candour.stories(world),
    ]
    tell(stories, world.clock)
    transaction.on_commit(lambda: operations.date_letters(before=before, tellings=_sent(world, today)))
    return world


def _sent(world, today):
    """[(moment, is it news)] of every mail of the year, in the order in which they were sent."""
    news = today - timedelta(days=NEWS_DAYS)
    sent = []
    for person in world.people.values():
        if people.contact_for(person, ContactKind.MAIL):
            told = people.told_to(person).filter(tell_by=TellBy.MAIL)
            sent += [(each.pk, each.made_at, timezone.localdate(each.made_at) >= news) for each in told]
    return [(moment, is_news) for _, moment, is_news in sorted(sent)]
