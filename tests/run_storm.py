"""The other side of tests/test_kill_run.py: makes runs, works on them until it is killed, and counts afterwards.

python -m tests.run_storm prepare RUNS PAYMENTS     make them; print their keys
python -m tests.run_storm work                      take every run to its end; print what is done, once it is kept
python -m tests.run_storm count                     print what is kept, as JSON
"""

import json
import sys

import django


def prepare(runs, payments):
    from alongside.runs.tests import factories

    them = factories.cast()
    made = [factories.chosen(them, factories.crowd(them, payments)).pk for _ in range(runs)]
    print(json.dumps(made))


def work():
    """Take each run one step further, again and again; say each step after it is kept."""
    from alongside.runs import operations
    from alongside.runs.models import Run
    from alongside.runs.tests.factories import AT, ON, statement_of

    _no_half()
    fay, gus = _who("Fay"), _who("Gus")
    for run in Run.objects.order_by("pk"):
        if run.state == "CHOSEN":
            run = operations.confirm(run_id=run.pk, by=gus, at=AT)
            say("confirmed", run.pk, run.sha256)
        if run.state == "CONFIRMED":
            operations.fetch(run_id=run.pk, by=fay, at=AT).close()
            run = operations.send(run_id=run.pk, on=ON, by=fay, at=AT)
            say("sent", run.pk)
        if run.state == "SENT":
            operations.bring_in(organisation=run.organisation, data=statement_of(run), by=fay, at=AT)
            say("paid", run.pk)


def _who(name):
    from alongside.people.models import Person

    return Person.objects.get(shown_name=name)


def _no_half():
    """Of each run everything has left or nothing; whatever moment the last worker was killed at."""
    from alongside.runs import queries
    from alongside.runs.models import Run

    for run in Run.objects.order_by("pk"):
        states = {item.payment.state for item in queries.items_of(run)}
        whole = {"CHOSEN": {"APPROVED"}, "CONFIRMED": {"APPROVED"}, "SENT": {"SENT"}, "DONE": {"PAID"}}[run.state]
        assert states == whole, (run.pk, run.state, states)
    assert queries.invariants() == []


def say(*words):
    print(*words, flush=True)


def count():
    from django.db.models import Sum

    from alongside.ledger.models import LedgerEntry, LedgerTransaction
    from alongside.payments import queries as payments
    from alongside.payments.models import Payment
    from alongside.record.models import JournalLine
    from alongside.record.queries import first_broken_line
    from alongside.runs import queries
    from alongside.runs.models import Run, StatementIn

    _no_half()
    lines = {
        what: JournalLine.objects.filter(what=f"runs.run.{what}").count() for what in ("confirmed", "sent", "finished")
    }
    print(json.dumps({
        "hashes": {run.pk: run.sha256 for run in Run.objects.order_by("pk")},
        "states": sorted(set(Run.objects.values_list("state", flat=True))),
        "paid": Payment.objects.filter(state="PAID").count(),
        "written": LedgerTransaction.objects.filter(kind="PAID").count(),
        "sum": LedgerEntry.objects.aggregate(pence=Sum("pence"))["pence"],
        "statements": StatementIn.objects.count(),
        "lines": lines, "broken": first_broken_line(), "faults": [*queries.invariants(), *payments.invariants()],
    }))  # fmt: skip


if __name__ == "__main__":
    django.setup()
    {"prepare": lambda: prepare(*map(int, sys.argv[2:])), "work": work, "count": count}[sys.argv[1]]()
