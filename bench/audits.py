"""Audit packs of 100 to 10,000 payments: how time and memory grow.

    .venv/bin/python -m bench.audits                100, 1,000 and 10,000 payments
    .venv/bin/python -m bench.audits --sizes 100
    .venv/bin/python -m bench.audits --json

Each size runs in a process of its own on a fresh SQLite in a temporary folder, so that its peak of memory is its own.
Every payment is one of bank, sent and arrived, with its offer, its part, six entries of the book and five lines of the journal.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SIZES = (100, 1_000, 10_000)


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- in a process of its own ---


def packed(size):
    """One pack of so many payments: seconds, memory that it took, and its size."""
    from alongside.audits import operations
    from alongside.audits.states import Quarter, Scope
    from alongside.audits.tests.factories import AT, ON
    from alongside.config.progress import bar

    them = _crowd(size)
    base = peak_mb()
    scope = Scope(them.organisation, ON, None, Quarter(2026, 4))
    with tempfile.TemporaryFile() as out, bar("Packing", operations.STEPS) as step:
        begun = time.perf_counter()
        pack = operations.take(scope=scope, out=out, by=them.fay, at=AT, step=step)
        seconds = time.perf_counter() - begun
    rows = {each.name: each.rows for each in pack.files}
    assert rows["payments.csv"] == size and not pack.differs
    return {
        "seconds": round(seconds, 2), "pack_mb": round(peak_mb() - base, 1), "peak_mb": round(peak_mb(), 1),
        "zip_mb": round(pack.size / 1e6, 2), "rows": sum(count or 0 for count in rows.values()),
    }  # fmt: skip


def _crowd(size):
    """A cast with one payment made by the rules, and so many copies of everything that belongs to it."""
    from django.db import transaction

    from alongside.audits.tests import factories

    them = factories.cast()
    first = factories.paid(them, days=3)
    with transaction.atomic():
        for start in range(1, size, 1_000):
            _copies(them, first, min(1_000, size - start))
    return them


def _copies(them, first, count):
    from alongside.contributions.models import Offer, OfferPart
    from alongside.payments.models import Payment
    from alongside.people.models import Person

    people = Person.objects.bulk_create(Person(shown_name=f"Person {n}", made_at=first.made_at) for n in range(count))
    offer, part = Offer.objects.get(pk=first.part.offer_id), OfferPart.objects.get(pk=first.part_id)
    offers = Offer.objects.bulk_create(_like(offer, to=person) for person in people)
    parts = OfferPart.objects.bulk_create(_like(part, offer=each) for each in offers)
    payments = Payment.objects.bulk_create(
        _like(Payment.objects.get(pk=first.pk), part=each, to=each.offer.to) for each in parts
    )
    _write_book(first, payments)
    _write_journal(offers, payments)


def _like(row, **fields):
    """A copy of a row that is not saved yet, with some fields of its own."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = type(row)(**kept)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _write_book(first, payments):
    """Three happenings of each payment: promised, owed, paid. In the order that the database asks for: seals last."""
    from alongside.ledger.models import Account, LedgerEntry, LedgerSeal, LedgerTransaction
    from alongside.ledger.states import AccountKind, EntryKind

    ways = (
        (EntryKind.PROMISED, AccountKind.FUND, AccountKind.PROMISED),
        (EntryKind.OWED, AccountKind.PROMISED, AccountKind.OWED),
        (EntryKind.PAID, AccountKind.OWED, AccountKind.BANK),
    )
    accounts = {each.kind: each for each in Account.objects.filter(fund=first.fund)}
    facts = {"organisation": first.organisation, "by": first.sent_by, "at": first.sent_at}
    for kind, gains, gives in ways:
        seals = [LedgerSeal() for _ in payments]
        made = LedgerTransaction.objects.bulk_create(
            LedgerTransaction(
                seal_id=seal.pk, key=f"{kind}:payment:{row.pk}", about=f"payment:{row.pk}", kind=kind, **facts
            )
            for seal, row in zip(seals, payments, strict=True)
        )
        for account, sign in ((accounts[gains], 1), (accounts[gives], -1)):
            LedgerEntry.objects.bulk_create(
                LedgerEntry(transaction=each, account=account, pence=sign * first.pence) for each in made
            )
        LedgerSeal.objects.bulk_create(seals)


def _write_journal(offers, payments):
    """Five lines for each, as long as real ones. Their digests stand in no chain: nothing here looks at it."""
    from alongside.record.models import JournalLine

    lines = []
    for offer, row in zip(offers, payments, strict=True):
        said = [("contributions.offer.made", f"offer:{offer.pk}"), ("contributions.work.done", f"offer:{offer.pk}")]
        said += [(f"payments.payment.{event}", f"payment:{row.pk}") for event in ("approved", "sent", "arrived")]
        lines += [
            JournalLine(
                what=what, subject=subject, by_person=row.sent_by_id, organisation=row.organisation_id, at=row.sent_at,
                facts={"pence": row.pence}, digest=hashlib.sha256(f"{what}{subject}".encode()).hexdigest(),
            )
            for what, subject in said
        ]  # fmt: skip
    JournalLine.objects.bulk_create(lines)


# --- outside ---


def in_a_process(size):
    """The figures of one size, from a process and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-audits-") as folder:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        env |= {"ALONGSIDE_HOME": folder, "ALONGSIDE_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
        command = [sys.executable, "-m", "bench.audits", "--one", str(size)]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.one:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(json.dumps(packed(options.one)))
        return
    found = {size: in_a_process(size) for size in options.sizes}
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'payments':>10} {'seconds':>8} {'ms each':>8} {'pack MB':>8} {'peak MB':>8} {'ZIP MB':>7} {'rows':>8}")
    for size, row in found.items():
        each = row["seconds"] * 1000 / size
        print(
            f"{size:>10,} {row['seconds']:>8} {each:>8.2f} {row['pack_mb']:>8} {row['peak_mb']:>8} {row['zip_mb']:>7} {row['rows']:>8,}"
        )


if __name__ == "__main__":
    main()
