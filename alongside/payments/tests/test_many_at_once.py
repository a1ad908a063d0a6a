"""Payments of a run are taken, sent and marked a hundred at a time; what is kept is what comes of doing each alone."""

from datetime import timedelta

import pytest
from django.db import transaction

from alongside.contributions.models import Offer, OfferPart
from alongside.contributions.tests.factories import add
from alongside.initiatives import operations as initiatives
from alongside.ledger.models import LedgerEntry, LedgerTransaction
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.people.models import Person, ToTell
from alongside.record.models import JournalLine
from alongside.record.queries import first_broken_line
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
RUN = "run:1"
WAYS = ("NONE", "PHONE", "LETTER")
A_STEP = 5


@pytest.fixture(autouse=True)
def short_steps(monkeypatch):
    """A step of five, so that a few payments are several steps."""
    monkeypatch.setattr(operations, "AT_A_STEP", A_STEP)


@pytest.fixture
def them():
    return factories.cast()


def crowd(them, count):
    """So many approved payments by bank, to people who are told by different ways, the last made first in line."""
    found = []
    for number in range(count):
        person = add(f"Person {number:02}", them.organisation)
        Person.objects.filter(pk=person.pk).update(tell_by=WAYS[number % len(WAYS)])
        factories.with_payee(person)
        initiatives.give_seat(initiative=them.initiative, person=person, role="Knows it", on=ON, by=them.lea, at=AT)
        found.append(factories.approved(them, person, method="BANK", line=None, fixed_pence=1_000 + number, minutes=60))
    return found[::-1]


def take(them, payments):
    operations.take_into_run(payments=payments, run_about=RUN, by=them.fay, at=AT)


def send(them, payments, **more):
    references = {payment.pk: f"CODE{payment.pk}" for payment in payments}
    facts = {
        "run_about": RUN,
        "sent_on": ON,
        "reference": "RUN1",
        "references": references,
        "by": them.fay,
        "at": AT,
    } | more
    operations.send_by_run(payments=payments, **facts)


def arrive(them, payments):
    days = [(payment, ON) for payment in payments]
    operations.mark_many_arrived(days=days, by=them.fay, at=AT)


def rows(model, *without):
    return [{k: v for k, v in row.items() if k not in without} for row in model.objects.order_by("pk").values()]


def kept():
    """All that is kept, but for seals, which are chance, and keys of rows that were rolled back before."""
    entries = LedgerEntry.objects.order_by("pk").values_list("transaction__key", "account__kind", "line", "pence")
    return (
        rows(Payment), rows(Offer), rows(OfferPart), rows(ToTell, "id"), rows(LedgerTransaction, "id", "seal_id"),
        list(entries),
    )  # fmt: skip


@pytest.mark.parametrize("count", [A_STEP - 1, A_STEP, 2 * A_STEP + 2])
def test_all_at_once_keeps_what_one_by_one_keeps(them, count):
    payments = sorted(crowd(them, count), key=lambda payment: payment.part_id)  # the order in which a step locks them
    both = []
    for groups in ([[payment] for payment in payments], [payments]):
        with transaction.atomic():
            for do in (take, send, arrive):
                for some in groups:
                    do(them, some)
            assert queries.invariants() == [] and first_broken_line() is None
            both.append((kept(), rows(JournalLine, "id", "digest", "facts")[-count:]))
            transaction.set_rollback(True)
    assert both[0] == both[1]
    assert {row["state"] for row in both[0][0][0]} == {"PAID"}
    assert {row["reference"] for row in both[0][0][0]} == {f"CODE{payment.pk}" for payment in payments}


def test_each_step_has_a_line_in_the_record_and_each_arrival_its_own(them):
    payments = crowd(them, A_STEP + 2)
    before = JournalLine.objects.count()
    for do in (take, send, arrive):
        do(them, payments)
    lines = JournalLine.objects.order_by("pk")[before:]
    assert [(line.what, line.facts.get("payments")) for line in lines] == [
        ("payments.run.taken", 5), ("payments.run.taken", 2), ("payments.run.sent", 5), ("payments.run.sent", 2),
        *[("payments.payment.arrived", None)] * 7,
    ]  # fmt: skip
    assert [line.subject for line in lines[4:]] == [f"payment:{payment.pk}" for payment in payments]


@pytest.mark.parametrize("place", [0, A_STEP + 1])
def test_one_that_may_not_leave_keeps_all_of_them_here(them, place):
    payments = crowd(them, A_STEP + 2)
    take(them, payments)
    operations.take_out_of_run(payments=[payments[place]], run_about=RUN, by=them.fay, at=AT)
    before = kept(), JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        send(them, payments)
    assert (stop.value.refusal.code, kept(), JournalLine.objects.count()) == ("no-run", *before)


@pytest.mark.parametrize("place", [0, A_STEP + 1])
def test_one_that_may_not_be_taken_leaves_all_of_them_free(them, place):
    payments = crowd(them, A_STEP + 2)
    operations.hold(part_id=payments[place].part_id, words="Wait.", by=them.dee, at=AT)
    before = kept(), JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        take(them, payments)
    assert (stop.value.refusal.code, kept(), JournalLine.objects.count()) == ("state", *before)


def test_sent_or_marked_again_nothing_is_written_twice(them):
    payments = crowd(them, A_STEP + 2)
    take(them, payments)
    send(them, payments[:3])
    for do in (send, send, arrive, arrive):
        do(them, payments)
        send(them, payments, sent_on=ON + timedelta(days=1), reference="OTHER")
    assert set(Payment.objects.values_list("state", "sent_on")) == {("PAID", ON)}
    assert (
        LedgerTransaction.objects.filter(kind="PAID").count()
        == ToTell.objects.filter(about__contains=":SENT").count()
        == 7
    )
    assert JournalLine.objects.filter(what="payments.payment.arrived").count() == 7


def test_a_day_before_it_was_approved_marks_nothing(them):
    payments = crowd(them, 2)
    take(them, payments)
    send(them, payments)
    with pytest.raises(Refused) as stop:
        operations.mark_many_arrived(
            days=[(payments[0], ON), (payments[1], ON - timedelta(days=9))], by=them.fay, at=AT
        )
    assert stop.value.refusal.code == "too-early" and not Payment.objects.filter(state="PAID").exists()


WAYS_OF_A_RUN = pytest.mark.parametrize(
    ("do", "after", "most"), [(take, (), 18), (send, (take,), 38), (arrive, (take, send), 20)],
    ids=["take", "send", "arrive"],
)  # fmt: skip


@WAYS_OF_A_RUN
def test_more_payments_of_a_step_cost_no_more_queries(them, queries_of, monkeypatch, do, after, most):
    monkeypatch.setattr(operations, "AT_A_STEP", 100)
    payments = crowd(them, 13)
    Person.objects.update(tell_by="NONE")
    for before in after:
        before(them, payments)
    do(them, payments[:1])  # the first of a fund opens its account in the book
    one, many = (queries_of(lambda some=some: do(them, some)) for some in (payments[1:2], payments[2:]))
    assert one == many == most


@WAYS_OF_A_RUN
def test_three_steps_cost_at_most_three_times_one(them, queries_of, do, after, most):
    payments = crowd(them, 4 * A_STEP)
    for before in after:
        before(them, payments)
    one, three = (queries_of(lambda some=some: do(them, some)) for some in (payments[:A_STEP], payments[A_STEP:]))
    assert three <= 3 * one
