"""Runs on the command line: what there is, one from everything that can be paid, its file, and that the bank has it.

Confirming stays in the browser, because a second person does it with a second factor.
"""

import json
from pathlib import Path
from shutil import copyfileobj

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alongside.calculations import money
from alongside.organisations import queries as organisations
from alongside.payments import queries as payments
from alongside.people import queries as people
from alongside.runs import operations, queries

WIDTH = 30


class Command(BaseCommand):
    help = "Payment runs: list them, choose what to pay, write the file, and say that the bank has it."

    def add_arguments(self, parser):
        words = parser.add_subparsers(dest="do", metavar="WORD", required=True)
        for name, tells in (
            ("list", "every run, newest first"), ("choose", "make a run of everything that can be paid today"),
            ("file", "write the file of a confirmed run"), ("sent", "say that the bank got the file today"),
        ):  # fmt: skip
            word = words.add_parser(name, help=tells, description=tells)
            word.add_argument("--json", action="store_true", help="answer as JSON, for another program")
            if name != "list":
                word.add_argument("--as", dest="address", required=True, metavar="ADDRESS", help="your sign-in address")
            if name == "choose":
                word.add_argument("organisation", type=int, help="its number")
                word.add_argument("--currency", default=money.code(), help="the one that this site keeps")
            if name in ("file", "sent"):
                word.add_argument("run", type=int, help="the key of the run, as `list` shows it")
            if name == "file":
                word.add_argument("--to", metavar="FOLDER", default=".", help="where it is written (here)")

    def handle(self, *, do, **said):
        getattr(self, f"do_{do}")(said)

    def do_list(self, said):
        rows = [self.facts(run) for run in queries.every_run()]
        lines = [
            "{key}: run {number} of {organisation}, {state}, {count} payments, {sum}".format(**row) for row in rows
        ]
        self.say(said, rows, lines or ["There is no run yet."])

    def do_choose(self, said):
        organisation, now = organisations.organisation(said["organisation"]), timezone.now()
        if organisation is None:
            raise CommandError(f"There is no organisation {said['organisation']}.")
        on, by = organisations.local_day(organisation, now), self.person(said)
        found = [each for each in payments.payable(organisation, on) if each.currency == said["currency"]]
        with_bar = self.bar("Choosing", len(found))
        run = operations.choose(
            organisation=organisation, currency=said["currency"], payment_ids=[each.payment.pk for each in found],
            pay_on=on, by=by, at=now, step=with_bar,
        )  # fmt: skip
        self.say(said, self.facts(run), [f"Run {run.pk}: {run.count} payments. Now a second person confirms it."])

    def do_file(self, said):
        run = self.run_of(said)
        made = operations.fetch(
            run_id=run.pk, by=self.person(said), at=timezone.now(), step=self.bar("Writing", run.count)
        )
        there = Path(said["to"]) / queries.file_name(run)
        with made, there.open("xb") as file:
            there.chmod(0o600)
            copyfileobj(made, file)
        facts = self.facts(run) | {"file": str(there), "sha256": run.sha256}
        self.say(said, facts, [f"{there}: {run.count} payments, {facts['sum']}, SHA-256 {run.sha256}"])

    def do_sent(self, said):
        run, now = self.run_of(said), timezone.now()
        on = organisations.local_day(run.organisation, now)
        run = operations.send(run_id=run.pk, on=on, by=self.person(said), at=now, step=self.bar("Sending", run.count))
        self.say(said, self.facts(run), [f"Run {run.pk} is with the bank: {run.count} payments are sent."])

    def run_of(self, said):
        found = queries.every_run().filter(pk=said["run"]).first()
        if found is None:
            raise CommandError(f"There is no run {said['run']}. See: alongside run list")
        return found

    def person(self, said):
        """Who acts; the rules of runs are asked of them as in the browser, and the record names them."""
        login = people.login_at(said["address"])
        if login is None or login.person is None:
            raise CommandError(f"Nobody signs in with {said['address']}.")
        return login.person

    def facts(self, run):
        return {
            "key": run.pk, "number": run.number, "organisation": run.organisation.name, "state": run.get_state_display(),
            "count": run.count, "pence": run.pence, "currency": run.currency, "code": run.code, "pay_on": str(run.pay_on),
            "sum": money.amount(run.pence, run.currency),
        }  # fmt: skip

    def say(self, said, facts, lines):
        self.stdout.write(json.dumps(facts, indent=2, ensure_ascii=False) if said["json"] else "\n".join(lines))

    def bar(self, words, total):
        """A step() to call once for each of `total`; it draws a line when somebody watches."""
        done = 0

        def step():
            nonlocal done
            done += 1
            if self.stderr.isatty() and (done % 50 == 0 or done == total):
                filled = WIDTH * done // max(total, 1)
                self.stderr.write(
                    f"\r{words} [{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {total}",
                    ending="\r\033[K" if done == total else "",
                )

        return step
