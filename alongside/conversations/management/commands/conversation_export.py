"""Set a closed conversation out as open files, without times and without names."""

import json

from django.core.management.base import BaseCommand, CommandError

from alongside.conversations import permissions, queries
from alongside.refusals import stop_if


class Command(BaseCommand):
    help = "Set a closed conversation out as open files: row by row only where it was public and 30 people took part."

    def add_arguments(self, parser):
        parser.add_argument("conversation", type=int, metavar="ID", help="its number, as `conversation import` says it")
        parser.add_argument("folder", metavar="FOLDER", help="a folder that does not exist yet")
        parser.add_argument("--json", action="store_true", help="answer as JSON, for another program")

    def handle(self, *, conversation, folder, **options):
        found = queries.conversation(conversation)
        if found is None:
            raise CommandError(f"There is no conversation {conversation}.")
        stop_if(permissions.why_not_results(found))
        queries.set_out(found, folder)
        self.say(found, folder, options["json"])

    def say(self, found, folder, as_json):
        refusal = permissions.why_not_rows(found)
        if as_json:
            answer = {"conversation": found.pk, "folder": folder, "rows": refusal is None}
            self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False))
            return
        rows = "with answers row by row" if refusal is None else f"with totals only. {refusal.words}"
        self.stdout.write(f"Conversation {found.pk} is in {folder}, {rows}")
