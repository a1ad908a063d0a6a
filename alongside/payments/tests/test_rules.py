"""Who may move money in which state: the code of the refusal, or "" where nothing stands in the way."""

import pytest

from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.models import Offer, OfferPart
from alongside.ledger.models import LedgerTransaction
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payees import queries as accounts
from alongside.payments import operations, permissions, queries
from alongside.payments.models import Payment
from alongside.payments.states import PaymentState
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.people.states import PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
PEOPLE = ("asha", "bo", "dee", "fay", "lea", "eli")
NOT = "not-asked"


def in_state(them, state):
    """Asha's money, by bank, on one step of its way: (part, payment or None)."""
    factories.with_payee(them.asha)
    if state is None:
        return factories.part(factories.done(them, method="BANK")), None
    if state in (PaymentState.DUE, PaymentState.HELD):
        payment = factories.held(them, method="BANK")
        if state == PaymentState.DUE:
            payment = operations.release(part_id=payment.part_id, by=them.dee, at=AT)
    else:
        payment = factories.approved(them, method="BANK")
    if state in (PaymentState.SENT, PaymentState.PAID, PaymentState.BACK):
        payment = operations.send(part_id=payment.part_id, on=ON, by=them.fay, at=AT)
    if state == PaymentState.PAID:
        payment = operations.arrive(part_id=payment.part_id, on=ON, by=them.asha, at=AT)
    if state == PaymentState.BACK:
        payment = operations.came_back(payment=payment, words="No such account.", by=them.fay, at=AT)
        payees.stand_by(person=them.asha, by=them.asha, at=factories.later(1))
    part = offers.part(payment.part_id)
    return part, queries.payment_of(part)


def code(refusal):
    return refusal.code if refusal else ""


# asha (whose money), bo (at the same table), dee (approves), fay (pays), lea (leads), eli (a stranger)
TABLE = {
    "approve": {
        None: [NOT, NOT, "", NOT, NOT, NOT],
        "DUE": [NOT, NOT, "", NOT, NOT, NOT],
        "HELD": [NOT, NOT, "state", NOT, NOT, NOT],
        "APPROVED": [NOT, NOT, "state", NOT, NOT, NOT],
        "SENT": [NOT, NOT, "state", NOT, NOT, NOT],
        "PAID": [NOT, NOT, "state", NOT, NOT, NOT],
        "BACK": [NOT, NOT, "state", NOT, NOT, NOT],
    },
    "send": {
        None: [NOT, NOT, NOT, "state", NOT, NOT],
        "DUE": [NOT, NOT, NOT, "state", NOT, NOT],
        "HELD": [NOT, NOT, NOT, "state", NOT, NOT],
        "APPROVED": [NOT, NOT, NOT, "", NOT, NOT],
        "SENT": [NOT, NOT, NOT, "state", NOT, NOT],
        "PAID": [NOT, NOT, NOT, "state", NOT, NOT],
        "BACK": [NOT, NOT, NOT, "", NOT, NOT],
    },
    "hold": {
        None: ["", NOT, "", "", NOT, NOT],
        "DUE": ["", NOT, "", "", NOT, NOT],
        "HELD": ["state", NOT, "state", "state", NOT, NOT],
        "APPROVED": ["", NOT, "", "", NOT, NOT],
        "SENT": ["state", NOT, "state", "state", NOT, NOT],
        "PAID": ["state", NOT, "state", "state", NOT, NOT],
        "BACK": ["", NOT, "", "", NOT, NOT],
    },
    "release": {
        None: ["not-yours", NOT, "state", "state", NOT, NOT],
        "DUE": ["not-yours", NOT, "state", "state", NOT, NOT],
        "HELD": ["not-yours", NOT, "", "", NOT, NOT],
        "APPROVED": ["not-yours", NOT, "state", "state", NOT, NOT],
        "SENT": ["not-yours", NOT, "state", "state", NOT, NOT],
        "PAID": ["not-yours", NOT, "state", "state", NOT, NOT],
        "BACK": ["not-yours", NOT, "state", "state", NOT, NOT],
    },
    "arrive": {
        None: ["state", NOT, NOT, "state", NOT, NOT],
        "DUE": ["state", NOT, NOT, "state", NOT, NOT],
        "HELD": ["state", NOT, NOT, "state", NOT, NOT],
        "APPROVED": ["state", NOT, NOT, "state", NOT, NOT],
        "SENT": ["", NOT, NOT, "", NOT, NOT],
        "PAID": ["state", NOT, NOT, "state", NOT, NOT],
        "BACK": ["state", NOT, NOT, "state", NOT, NOT],
    },
    "come back": {
        None: [NOT, NOT, NOT, "state", NOT, NOT],
        "DUE": [NOT, NOT, NOT, "state", NOT, NOT],
        "HELD": [NOT, NOT, NOT, "state", NOT, NOT],
        "APPROVED": [NOT, NOT, NOT, "state", NOT, NOT],
        "SENT": [NOT, NOT, NOT, "", NOT, NOT],
        "PAID": [NOT, NOT, NOT, "", NOT, NOT],
        "BACK": [NOT, NOT, NOT, "state", NOT, NOT],
    },
    "take into a run": {
        None: ["state"] * 6,
        "DUE": [NOT, NOT, NOT, "state", NOT, NOT],
        "HELD": [NOT, NOT, NOT, "state", NOT, NOT],
        "APPROVED": [NOT, NOT, NOT, "", NOT, NOT],
        "SENT": [NOT, NOT, NOT, "state", NOT, NOT],
        "PAID": [NOT, NOT, NOT, "state", NOT, NOT],
        "BACK": [NOT, NOT, NOT, "", NOT, NOT],
    },
}
RULES = {
    "approve": permissions.why_not_approve,
    "send": lambda part, payment, *, by: permissions.why_not_send(
        part, payment, by=by, on=ON, payee=accounts.payee_of(part.offer.to)
    ),
    "hold": lambda part, payment, *, by: permissions.why_not_hold(part, payment, by=by, words="Why"),
    "release": permissions.why_not_release,
    "arrive": permissions.why_not_arrive,
    "come back": lambda part, payment, *, by: permissions.why_not_come_back(part, payment, by=by, words="Closed."),
    "take into a run": lambda part, payment, *, by: permissions.why_not_run(
        part, payment, by=by, on=ON, payee=accounts.payee_of(part.offer.to)
    ),
}
DO = {
    "approve": lambda part, by: operations.approve(part_id=part.pk, by=by, at=AT),
    "send": lambda part, by: operations.send(part_id=part.pk, on=ON, by=by, at=AT),
    "hold": lambda part, by: operations.hold(part_id=part.pk, words="Why", by=by, at=AT),
    "release": lambda part, by: operations.release(part_id=part.pk, by=by, at=AT),
    "arrive": lambda part, by: operations.arrive(part_id=part.pk, on=ON, by=by, at=AT),
    "come back": lambda part, by: operations.came_back(
        payment=queries.payment_of(part) or Payment(part=part), words="Closed.", by=by, at=AT
    ),
    "take into a run": lambda part, by: operations.take_into_run(
        payments=[queries.payment_of(part) or Payment(part=part)], run_about="run:1", by=by, at=AT
    ),
}
CASES = [(move, state) for move, states in TABLE.items() for state in states]


@pytest.mark.parametrize(("move", "state"), CASES, ids=str)
def test_moves_are_refused_as_the_table_says_and_a_refusal_changes_nothing(move, state):
    them = factories.cast()
    part, payment = in_state(them, state)
    found = [code(RULES[move](part, payment, by=getattr(them, name))) for name in PEOPLE]
    assert found == TABLE[move][state]
    before = _everything()
    for name, expected in zip(PEOPLE, found, strict=True):
        if expected:
            with pytest.raises(Refused) as stop:
                DO[move](part, getattr(them, name))
            assert stop.value.refusal.code == expected
    assert _everything() == before


@pytest.mark.parametrize(("move", "state"), [case for case in CASES if "" in TABLE[case[0]][case[1]]], ids=str)
def test_a_move_writes_one_line_in_the_record(move, state):
    them = factories.cast()
    part, _ = in_state(them, state)
    name = PEOPLE[TABLE[move][state].index("")]
    before = JournalLine.objects.count()
    DO[move](part, getattr(them, name))
    assert JournalLine.objects.count() == before + 1


def _everything():
    rows = [list(model.objects.order_by("pk").values()) for model in (Payment, LedgerTransaction)]
    return (
        rows,
        JournalLine.objects.count(),
        list(OfferPart.objects.order_by("pk").values()),
        list(Offer.objects.order_by("pk").values_list("money", "state")),
    )


def holder(them, name, *kinds):
    """Give more duties to one of the cast."""
    person = getattr(them, name)
    for kind in kinds:
        organisations.ask_to(person=person, kind=kind, organisation=them.organisation, on=ON, at=AT)
    return person


def test_nobody_approves_or_sends_their_own():
    them = factories.cast()
    holder(them, "asha", "APPROVER", "PAYER")
    part, _ = in_state(them, None)
    assert permissions.why_not_approve(part, None, by=them.asha).code == "own-payment"
    operations.approve(part_id=part.pk, by=them.dee, at=AT)
    assert permissions.why_not_send(part, queries.payment_of(part), by=them.asha, on=ON).code == "own-payment"


def test_who_approved_does_not_send():
    them = factories.cast()
    holder(them, "dee", "PAYER")
    part, payment = in_state(them, PaymentState.APPROVED)
    payee = accounts.payee_of(them.asha)
    assert permissions.why_not_send(part, payment, by=them.dee, on=ON, payee=payee).code == "same-hand"
    assert permissions.why_not_show_details(part, payment, by=them.dee).code == "same-hand"
    assert permissions.why_not_send(part, payment, by=them.fay, on=ON, payee=payee) is None


def test_who_typed_the_account_neither_approves_nor_sends():
    them = factories.cast()
    holder(them, "dee", "PAYER")
    holder(them, "fay", "APPROVER")
    them.asha.helped_by = them.dee
    payee = factories.with_payee(them.asha)
    them.asha.helped_by = None
    assert payee.typed_by == them.dee
    part = factories.part(factories.done(them, method="BANK"))
    assert permissions.why_not_approve(part, None, by=them.dee, payee=payee).code == "own-typing"
    operations.approve(part_id=part.pk, by=them.fay, at=AT)
    payment = queries.payment_of(part)
    assert permissions.why_not_send(part, payment, by=them.dee, on=ON, payee=payee).code == "own-typing"


def test_nobody_acts_with_somebody_elses_hands():
    them = factories.cast()
    part, _ = in_state(them, None)
    them.dee.helped_by = them.fay
    assert permissions.why_not_approve(part, None, by=them.dee).code == "helped"
    assert permissions.why_not_hold(part, None, by=them.dee, words="Why").code == "helped"


def test_somebody_who_takes_a_break_moves_no_money():
    them = factories.cast()
    part, _ = in_state(them, None)
    them.dee.state = PersonState.PAUSED
    assert permissions.why_not_approve(part, None, by=them.dee).code == "away"


def test_money_follows_the_work_and_the_yes():
    them = factories.cast()
    yes = factories.part(factories.accepted(them))
    assert permissions.why_not_approve(yes, None, by=them.dee).code == "not-done"
    nothing = factories.done(them)
    contributions.answer(offer_id=nothing.pk, state="PART", pence=0, by=them.asha, at=AT)
    left = OfferPart.objects.get(offer=nothing)
    assert permissions.why_not_approve(left, None, by=them.dee).code == "no-money"


def test_sending_needs_an_account_and_the_day_that_the_person_chose():
    them = factories.cast()
    part = factories.part(factories.done(them, method="BANK"))
    operations.approve(part_id=part.pk, by=them.dee, at=AT)
    payment = queries.payment_of(part)
    assert permissions.why_not_send(part, payment, by=them.fay, on=ON).code == "no-payee"
    part.from_on = ON.replace(day=20)
    payee = factories.with_payee(them.asha)
    assert permissions.why_not_send(part, payment, by=them.fay, on=ON, payee=payee).code == "not-yet"


def test_a_hold_without_words_is_refused():
    them = factories.cast()
    part, payment = in_state(them, None)
    assert permissions.why_not_hold(part, payment, by=them.dee, words="  ").code == "no-words"


def test_a_person_lets_go_on_only_what_they_asked_to_wait():
    them = factories.cast()
    part, _ = in_state(them, PaymentState.APPROVED)
    operations.hold(part_id=part.pk, words="After the first", by=them.asha, at=AT)
    payment = queries.payment_of(part)
    assert permissions.why_not_release(part, payment, by=them.asha) is None
    assert permissions.why_not_release(part, payment, by=them.bo).code == NOT


def test_money_of_another_organisation_is_nobodys_here():
    them, others = factories.cast(), factories.cast("Far Valley")
    part, _ = in_state(them, None)
    assert permissions.why_not_approve(part, None, by=others.dee).code == NOT
    assert list(queries.parts_of_money(others.dee)) == []
    assert list(queries.parts_of_money(them.dee)) == [part]
    assert list(queries.parts_of_money(them.asha)) == []
