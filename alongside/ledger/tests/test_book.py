"""What the database itself holds the book to, whoever asks, and that a fault in it is found."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.ledger import operations, queries
from alongside.ledger.models import Account, LedgerEntry, LedgerSeal, LedgerTransaction
from alongside.ledger.states import AccountKind, Entry, EntryKind, Happening
from alongside.ledger.tests import factories
from alongside.ledger.tests.factories import AT
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def happening(them, key="k"):
    """An unsealed transaction of the book."""
    return LedgerTransaction.objects.create(
        seal_id=uuid.uuid4(), organisation=them.organisation, key=key, about="thing:1", kind="OWED", at=AT, by=them.dee
    )


def entry(row, fund, pence, kind="FUND"):
    account, _ = Account.objects.get_or_create(fund=fund, kind=kind)
    return LedgerEntry.objects.create(transaction=row, account=account, pence=pence)


@pytest.mark.parametrize("entries", [[], [100], [100, -99], [100, -100, 1], [50, 50]], ids=str)
def test_a_transaction_that_does_not_sum_to_zero_cannot_be_sealed(entries):
    them = factories.cast()
    fund = factories.fund(them)
    row = happening(them)
    for pence in entries:
        entry(row, fund, pence)
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerSeal.objects.create(number=row.seal_id)
    # Made even, so that the rest of this test's transaction can be kept.
    missing = -sum(entries)
    for pence in (missing + 7, -7):
        entry(row, fund, pence, kind="OWED")
    LedgerSeal.objects.create(number=row.seal_id)


@pytest.mark.parametrize("entries", [[], [100], [100, -100]], ids=str)
def test_a_transaction_without_its_seal_is_never_kept(entries):
    them = factories.cast()
    fund = factories.fund(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        row = happening(them)
        for pence in entries:
            entry(row, fund, pence)
        connection.check_constraints()  # what a commit does


@pytest.mark.parametrize("entries", [[], [100], [100, -99], [50, 50]], ids=str)
def test_the_door_writes_nothing_that_is_not_even(entries):
    them = factories.cast()
    fund = factories.fund(them)
    sides = [Entry(fund, AccountKind.FUND, pence) for pence in entries]
    with pytest.raises(IntegrityError), transaction.atomic():
        operations.write(
            organisation=them.organisation, key="k", kind=EntryKind.OWED, about="thing:1", entries=sides, by=them.dee,
            at=AT,
        )  # fmt: skip
    assert LedgerTransaction.objects.count() == 0


def test_nothing_is_added_to_a_sealed_transaction():
    them = factories.cast()
    line = factories.line(them)
    row = factories.promised(them, line, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(row, line.fund, 100)


def test_an_entry_of_nothing_is_refused():
    them = factories.cast()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(happening(them), factories.fund(them), 0)


@pytest.mark.parametrize("table", ["ledger_transaction", "ledger_entry", "ledger_seal", "float_move"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_book_only_grows(table, sql):
    them = factories.cast()
    operations.move_float(fund_id=factories.fund(them).pk, kind="IN", pence=100, second=them.dee, by=them.fay, at=AT)
    column = {"ledger_entry": "pence", "ledger_seal": "number"}.get(table, "kind")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, column, column))


def test_the_same_key_writes_once_and_gives_back_the_first():
    them = factories.cast()
    line = factories.line(them)
    first = factories.owed(them, line, 100)
    assert factories.owed(them, line, 100) == first
    assert factories.owed(them, line, 999).pk == first.pk
    assert LedgerEntry.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        happening(them, key=first.key)


@pytest.mark.parametrize("kind", ["FLOAT", "STOCK"])
def test_a_box_and_a_drawer_never_hold_less_than_nothing(kind):
    them = factories.cast()
    line = factories.line(them)
    write = factories.write
    write(them, line, EntryKind.FLOAT, kind, AccountKind.BANK, 100, "in")
    with pytest.raises(Refused) as stop:
        write(them, line, EntryKind.PAID, AccountKind.OWED, kind, 101, "out")
    assert stop.value.refusal.code == "float-short"
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(happening(them, "past the door"), line.fund, -101, kind=kind)
    assert write(them, line, EntryKind.PAID, AccountKind.OWED, kind, 100, "all of it")


# --- many at once ---


def several(them, line, count, first=1, key="owed"):
    """Happenings of 1, 2, 3 pence that became owed."""
    return [
        Happening(them.organisation, f"{key}:{number}", EntryKind.OWED, f"thing:{number}", [
            Entry(line.fund, AccountKind.PROMISED, number, line), Entry(line.fund, AccountKind.OWED, -number, line),
        ]) for number in range(first, first + count)
    ]  # fmt: skip


def book():
    """Everything that the book says, but for the keys of rows and seals."""
    entries = LedgerEntry.objects.order_by("pk").values_list(
        "transaction__key", "transaction__organisation", "transaction__about", "transaction__kind", "transaction__at",
        "transaction__by", "account__kind", "line", "pence",
    )  # fmt: skip
    return list(LedgerTransaction.objects.order_by("pk").values_list("key", flat=True)), list(entries)


def test_many_at_once_are_what_they_are_one_by_one():
    them = factories.cast()
    line = factories.line(them)
    with transaction.atomic():
        for each in several(them, line, 5):
            operations.write(**vars(each), by=them.fay, at=AT)
        one_by_one = book()
        transaction.set_rollback(True)
    rows = operations.write_many(happenings=several(them, line, 5), by=them.fay, at=AT)
    assert book() == one_by_one and [row.key for row in rows] == one_by_one[0]
    assert LedgerSeal.objects.filter(pk__in=[row.seal_id for row in rows]).count() == 5
    assert queries.invariants() == []


def test_of_many_at_once_each_key_is_written_once_and_gives_back_the_first():
    them = factories.cast()
    line = factories.line(them)
    first = operations.write_many(happenings=several(them, line, 2), by=them.fay, at=AT)
    twice = [*several(them, line, 3), *several(them, line, 3)]
    again = operations.write_many(happenings=twice, by=them.dee, at=AT)
    assert again[:2] == first and again[:3] == again[3:]
    assert (LedgerTransaction.objects.count(), LedgerEntry.objects.count()) == (3, 6)
    assert operations.write_many(happenings=[], by=them.fay, at=AT) == []


def test_one_uneven_happening_keeps_all_of_them_out():
    them = factories.cast()
    line = factories.line(them)
    wrong = several(them, line, 1, first=9)[0]
    wrong.entries.pop()
    with pytest.raises(IntegrityError), transaction.atomic():
        operations.write_many(happenings=[*several(them, line, 3), wrong], by=them.fay, at=AT)
    assert (LedgerTransaction.objects.count(), LedgerSeal.objects.count()) == (0, 0)


@pytest.mark.parametrize(("moves", "stopped"), [((100, -60, -40), False), ((100, -60, -41), True), ((-1, 100), True)])
def test_a_box_never_holds_less_than_nothing_between_many_at_once(moves, stopped):
    them = factories.cast()
    fund = factories.line(them).fund
    happenings = [
        Happening(them.organisation, f"box:{number}", EntryKind.FLOAT, "box:1", [
            Entry(fund, AccountKind.FLOAT, pence), Entry(fund, AccountKind.BANK, -pence),
        ]) for number, pence in enumerate(moves)
    ]  # fmt: skip
    if stopped:
        with pytest.raises(Refused) as stop:
            operations.write_many(happenings=happenings, by=them.fay, at=AT)
        assert stop.value.refusal.code == "float-short"
    else:
        operations.write_many(happenings=happenings, by=them.fay, at=AT)
        assert queries.float_holds(fund) == 0


def test_many_at_once_cost_no_more_queries_than_one(queries_of):
    them = factories.cast()
    line = factories.line(them)
    factories.owed(them, line, 1)

    def write(count):
        happenings = several(them, line, count, key=f"of-{count}")
        return lambda: operations.write_many(happenings=happenings, by=them.fay, at=AT)

    assert queries_of(write(1)) == queries_of(write(60)) == 11


# --- the self-check finds what the database could not refuse ---


def without(name, table):
    """Take one guard off, as somebody with the database file could."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


GUARDS = [
    ("ledger_seal_even", "ledger_seal"), ("ledger_entry_open", "ledger_entry"), ("ledger_entry_held", "ledger_entry"),
    ("voucher_out_left", "voucher_out"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "table"), GUARDS)
def test_a_missing_guard_is_found(name, table):
    without(name, table)
    assert queries.invariants() == [f"The guard {name} is missing from the database."]


@pytest.mark.uneven
def test_an_uneven_transaction_is_found():
    them = factories.cast()
    line = factories.line(them)
    row = factories.promised(them, line, 100)
    for guard in ["ledger_entry_open"] + ["ledger_even_at_commit"] * (connection.vendor == "postgresql"):
        without(guard, "ledger_entry")
    entry(row, line.fund, 100)
    assert f"Transaction {row.pk} of the book is off by 100 hundredths of GBP." in queries.invariants()


def test_a_box_below_nothing_is_found():
    them = factories.cast()
    line = factories.line(them)
    without("ledger_entry_held", "ledger_entry")
    row = happening(them)
    for pence, kind in ((-5, "FLOAT"), (5, "BANK")):
        entry(row, line.fund, pence, kind)
    LedgerSeal.objects.create(number=row.seal_id)
    assert "holds less than nothing" in " ".join(queries.invariants())


def test_a_good_book_has_no_fault_and_sums_to_zero():
    them = factories.cast()
    line = factories.line(them)
    factories.promised(them, line, 500)
    factories.owed(them, line, 500)
    factories.paid(them, line, 500)
    assert queries.invariants() == []
    assert sum(row["pence"] for row in queries.sums(them.organisation)) == 0
