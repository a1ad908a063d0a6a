"""Bring a public conversation in from a folder of open files, as a closed public conversation."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from alongside.calculations import opinion
from alongside.conversations import operations, queries
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as initiative_reads
from alongside.initiatives.states import InitiativeState
from alongside.organisations import operations as organisations
from alongside.organisations import queries as organisation_reads
from alongside.organisations.states import DutyKind
from alongside.people import operations as people

NAME = "Imported public conversations"
WIDTH = 30
ORIGIN = {
    "about": "Conversations that others have held in public and given out as open files.",
    "who_asked": "The people who held these conversations.",
    "why_now": "To read what came out of them, and to try this place with real answers.",
    "who_is_affected": "Unknown here; each conversation says it.",
    "affected_inside": "Unknown here; the people who answered are not named.",
}


class Command(BaseCommand):
    help = "Bring a public conversation in from a folder with comments.csv and votes.csv."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="FOLDER", help="the folder with comments.csv and votes.csv")
        parser.add_argument("--initiative", type=int, metavar="ID", help=f"where it goes (default: “{NAME}”)")
        parser.add_argument("--json", action="store_true", help="answer as JSON, for another program")

    def handle(self, *, folder, initiative, **options):
        now = timezone.now()
        public = opinion.read_folder(folder)
        with transaction.atomic():
            there = self.chosen(initiative) if initiative else self.own(now)
            conversation = operations.bring_in(initiative=there, public=public, by=None, at=now, watch=self.watch)
        self.say(conversation, public, options["json"])

    def chosen(self, pk):
        found = initiative_reads.initiative(pk)
        if found is None:
            raise CommandError(f"There is no initiative {pk}.")
        return found

    def own(self, now):
        """The initiative for imported conversations in the first organisation; made at need."""
        organisation = organisation_reads.first() or organisations.found(name="Public conversations", at=now)
        lead = organisation_reads.duty_holders(organisation, DutyKind.LEAD).first()
        by = lead.person if lead else None
        if found := queries.initiative_named(organisation, NAME):
            return found
        by = by or people.add_person(shown_name="Who installed this", at=now)
        return initiatives.begin(
            organisation=organisation, name=NAME, kind="community", by=by, at=now, on=timezone.localdate(now),
            state=InitiativeState.OPEN, **ORIGIN,
        )  # fmt: skip

    def watch(self, done, total):
        """One line on the screen that says how far the work is; nothing when nobody watches."""
        if not self.stderr.isatty():
            return
        filled = WIDTH * done // max(total, 1)
        bar = f"\rBringing answers in [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {total}"
        self.stderr.write(bar, ending="\r\033[K" if done == total else "")

    def say(self, conversation, public, as_json):
        found = {
            "conversation": conversation.pk,
            "initiative": conversation.initiative_id,
            "question": conversation.question,
            "statements": len(public.statements),
            "people": conversation.voters,
            "votes": conversation.votes,
            "notes": list(public.notes),
        }
        if as_json:
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
            return
        self.stdout.write(
            f"Conversation {found['conversation']}, “{found['question']}”: {found['statements']} statements, "
            f"{found['people']} people, {found['votes']} answers."
        )
        for note in public.notes:
            self.stdout.write(note)
