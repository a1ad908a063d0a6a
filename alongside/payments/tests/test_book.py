"""What the database itself holds the book and the payments to, whoever asks, and that a fault in them is found."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.ledger import queries as ledger
from alongside.ledger.models import LedgerTransaction
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.states import PaymentState
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON

pytestmark = pytest.mark.django_db


def test_each_try_of_a_payment_stands_in_the_book_as_paid_once():
    them = factories.cast()
    payment = factories.arrived(them)
    row = LedgerTransaction.objects.get(kind="PAID")
    assert row.key == f"paid:payment:{payment.pk}:1"
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerTransaction.objects.create(
            seal_id=row.seal_id, organisation=payment.organisation, key=row.key, about=row.about, kind="PAID", at=AT,
            by=them.fay,
        )  # fmt: skip


def test_a_part_has_one_payment_for_ever():
    payment = factories.approved(factories.cast())
    fields = Payment.objects.filter(pk=payment.pk).values().get()
    fields.pop("id", None)  # were it to have a number of its own, a second row would only need another
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(**fields)


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
        {"receipt": "WITNESSED"}, {"receipt": "WITNESSED", "witness": "asha"},
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
    ("payment_stays", "payment"), ("freeze_stands", "money_freeze"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "table"), GUARDS)
def test_a_missing_guard_is_found(name, table):
    without(name, table)
    assert queries.invariants() == [f"The guard {name} is missing from the database."]


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
    assert sum(row["pence"] for row in ledger.sums(them.organisation)) == 0
