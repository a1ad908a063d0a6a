"""Look whether the records agree with each other. Exit code 0 when they do, 1 when something is wrong."""

import json

from django.core.management.base import BaseCommand

from alongside.front import policies

MOST_SHOWN = 20
WIDTH = 30


class Command(BaseCommand):
    help = "Look whether the records agree with each other: 0 yes, 1 no."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="answer as JSON, for another program")

    def handle(self, **options):
        looks = policies.looks()
        looked = []
        for number, look in enumerate(looks):
            self.show(look.about, number, len(looks))
            looked.append({"about": look.about, "words": look.words, "faults": list(look.faults())})
        self.show("", len(looks), len(looks))
        wrong = sum(len(each["faults"]) for each in looked)
        if options["json"]:
            answer = {"verdict": "faults" if wrong else "ok", "looked": looked}
            self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=False))
        else:
            self.say(looked, wrong)
        if wrong:
            raise SystemExit(1)

    def show(self, about, done, total):
        """One line on the screen that says how far the work is; nothing when nobody watches."""
        if not self.stderr.isatty():
            return
        filled = WIDTH * done // total
        line = f"\rLooking [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {total} {about}\033[K"
        self.stderr.write(line, self.style.NOTICE, ending="\r\033[K" if done == total else "")

    def say(self, looked, wrong):
        for each in looked:
            if not each["faults"]:
                self.stdout.write(f"ok     {each['about']}: {each['words']}")
            for fault in each["faults"][:MOST_SHOWN]:
                self.stdout.write(f"FAULT  {each['about']}: {fault}")
            if more := len(each["faults"]) - MOST_SHOWN:
                self.stdout.write(f"FAULT  {each['about']}: and {more} more.") if more > 0 else None
        if wrong:
            self.stdout.write(
                f"\nFaults found: {wrong}. Change nothing by hand. Keep a copy (alongside backup), and look in the journal "
                "for what was done last."
            )
        else:
            self.stdout.write("\nNothing is wrong.")
