"""What the database itself holds the book and the payments to, whoever asks, and that a fault in them is found."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.ledger.models import Account, LedgerEntry, LedgerSeal, LedgerTransaction
from alongside.payees.models import Payee
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.states import PaymentState
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON

pytestmark = pytest.mark.django_db


def happening(payment, by, kind="OWED"):
    """An unsealed transaction of the book."""
    return LedgerTransaction.objects.create(
        seal_id=uuid.uuid4(), organisation=payment.organisation, payment=payment, kind=kind, at=AT, by=by
    )


def entry(row, payment, pence, kind="FUND"):
    account, _ = Account.objects.get_or_create(fund=payment.fund, kind=kind)
    return LedgerEntry.objects.create(transaction=row, account=account, pence=pence)


@pytest.mark.parametrize("entries", [[], [100], [100, -99], [100, -100, 1], [50, 50]], ids=str)
def test_a_transaction_that_does_not_sum_to_zero_cannot_be_sealed(entries):
    them = factories.cast()
    payment = factories.approved(them)
    row = happening(payment, them.dee)
    for pence in entries:
        entry(row, payment, pence)
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerSeal.objects.create(number=row.seal_id)
    LedgerEntry.objects.none()
    # Made even, so that the rest of this test's transaction can be kept.
    missing = -sum(entries)
    for pence in (missing + 7, -7):
        entry(row, payment, pence, kind="OWED")
    LedgerSeal.objects.create(number=row.seal_id)


@pytest.mark.parametrize("entries", [[], [100], [100, -100]], ids=str)
def test_a_transaction_without_its_seal_is_never_kept(entries):
    them = factories.cast()
    payment = factories.approved(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        row = happening(payment, them.dee)
        for pence in entries:
            entry(row, payment, pence)
        connection.check_constraints()  # what a commit does


def test_nothing_is_added_to_a_sealed_transaction():
    them = factories.cast()
    payment = factories.approved(them)
    row = LedgerTransaction.objects.filter(payment=payment).order_by("pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(row, payment, 100)


def test_an_entry_of_nothing_is_refused():
    them = factories.cast()
    payment = factories.approved(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(happening(payment, them.dee), payment, 0)


@pytest.mark.parametrize("table", ["ledger_transaction", "ledger_entry", "ledger_seal"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_book_only_grows(table, sql):
    factories.arrived(factories.cast())
    column = {"ledger_transaction": "kind", "ledger_entry": "pence", "ledger_seal": "number"}[table]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, column, column))


def test_a_payment_stands_in_the_book_as_paid_once():
    them = factories.cast()
    payment = factories.arrived(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        happening(payment, them.fay, kind="PAID")


def test_an_offer_has_one_payment_for_ever():
    payment = factories.approved(factories.cast())
    fields = Payment.objects.filter(pk=payment.pk).values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(**fields | {"id": None})


WRONG = {
    "approved": [
        {"approved_by": "asha"}, {"approved_by": None}, {"fund": None}, {"pence": 0},
        {"state": PaymentState.SENT}, {"state": PaymentState.PAID}, {"state": PaymentState.HELD},
        {"state": PaymentState.SENT, "sent_by": "dee", "sent_at": AT, "sent_on": ON},
        {"state": PaymentState.SENT, "sent_by": "asha", "sent_at": AT, "sent_on": ON},
        {"sent_by": "fay"}, {"arrived_on": ON},
    ],
    "sent": [
        {"state": PaymentState.APPROVED, "sent_by": None, "sent_at": None, "sent_on": None},
        {"state": PaymentState.DUE}, {"pence": 1}, {"sent_by": "dee"}, {"sent_on": None}, {"to": "bo"},
    ],
    "arrived": [
        {"state": PaymentState.SENT, "arrived_on": None, "arrived_at": None}, {"state": PaymentState.APPROVED},
        {"arrived_on": None}, {"pence": 1},
    ],
}  # fmt: skip


@pytest.mark.parametrize(("way", "wrong"), [(way, wrong) for way, rows in WRONG.items() for wrong in rows], ids=str)
def test_the_database_refuses_one_hand_half_a_step_and_a_way_back(way, wrong):
    them = factories.cast()
    payment = getattr(factories, way)(them)
    people = {
        name: getattr(them, value) for name, value in wrong.items() if isinstance(value, str) and hasattr(them, value)
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**wrong | people)


def test_a_payment_is_never_removed():
    factories.approved(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM payment")


def test_a_person_has_one_account_at_a_time():
    them = factories.cast()
    payee = factories.with_payee(them.asha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payee.objects.create(person=them.asha, sealed=b"", made_at=AT, typed_by=payee.typed_by)


# --- the self-check finds what the database could not refuse ---


def test_a_good_book_has_no_fault():
    them = factories.cast()
    factories.arrived(them)
    factories.sent(them, them.bo)
    factories.approved(them, them.cy)
    factories.held(them)
    assert queries.invariants() == []


def without(name, table):
    """Take one guard off, as somebody with the database file could."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


GUARDS = [
    ("ledger_seal_even", "ledger_seal"), ("ledger_entry_open", "ledger_entry"), ("payment_forward", "payment"),
    ("payment_stays", "payment"), ("offer_stands", "offer"), ("offer_stays", "offer"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "table"), GUARDS)
def test_a_missing_guard_is_found(name, table):
    without(name, table)
    assert queries.invariants() == [f"The guard {name} is missing from the database."]


def test_an_uneven_transaction_is_found():
    them = factories.cast()
    payment = factories.arrived(them)
    for guard in ["ledger_entry_open"] + ["ledger_even_at_commit"] * (connection.vendor == "postgresql"):
        without(guard, "ledger_entry")
    row = LedgerTransaction.objects.filter(payment=payment).order_by("pk").first()
    entry(row, payment, 100)
    assert f"Transaction {row.pk} of the book is off by 100 hundredths of GBP." in queries.invariants()


def test_a_payment_that_went_back_or_another_sum_is_found():
    them = factories.cast()
    payment = factories.arrived(them)
    without("payment_forward", "payment")
    Payment.objects.filter(pk=payment.pk).update(pence=1)
    assert f"Payment {payment.pk} is not the sum that the person said yes to." in queries.invariants()
    Payment.objects.filter(pk=payment.pk).update(
        state="APPROVED", sent_by=None, sent_at=None, sent_on=None, arrived_on=None, arrived_at=None
    )
    assert f"Payment {payment.pk} stands in the book as paid, and was not sent." in queries.invariants()


def test_the_sum_of_all_entries_is_zero_after_everything():
    them = factories.cast()
    factories.arrived(them)
    held = factories.approved(them, them.bo)
    operations.hold(part_id=held.part_id, words="Wait", by=them.bo, at=AT)
    operations.release(part_id=held.part_id, by=them.bo, at=AT)
    assert sum(row["pence"] for row in queries.sums(them.organisation)) == 0
