"""Who may move money in which state: the code of the refusal, or "" where nothing stands in the way."""

import pytest

from alongside.contributions import operations as contributions
from alongside.ledger.models import LedgerTransaction
from alongside.organisations import operations as organisations
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
    """Asha's money, by bank, on one step of its way: (offer, payment or None)."""
    factories.with_payee(them.asha)
    if state is None:
        return factories.done(them, method="BANK"), None
    if state == PaymentState.DUE:
        held = factories.held(them, method="BANK")
        payment = operations.release(part_id=held.part_id, by=them.dee, at=AT)
    elif state == PaymentState.HELD:
        payment = factories.held(them, method="BANK")
    elif state == PaymentState.APPROVED:
        payment = factories.approved(them, method="BANK")
    else:
        payment = factories.approved(them, method="BANK")
        payment = operations.send(part_id=payment.part_id, on=ON, by=them.fay, at=AT)
        if state == PaymentState.PAID:
            payment = operations.arrive(part_id=payment.part_id, on=ON, by=them.asha, at=AT)
    offer = contributions.lock(offer_id=payment.part_id)
    return offer, queries.payment_of(factories.part(offer))


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
    },
    "send": {
        None: [NOT, NOT, NOT, "state", NOT, NOT],
        "DUE": [NOT, NOT, NOT, "state", NOT, NOT],
        "HELD": [NOT, NOT, NOT, "state", NOT, NOT],
        "APPROVED": [NOT, NOT, NOT, "", NOT, NOT],
        "SENT": [NOT, NOT, NOT, "state", NOT, NOT],
        "PAID": [NOT, NOT, NOT, "state", NOT, NOT],
    },
    "hold": {
        None: ["", NOT, "", "", NOT, NOT],
        "DUE": ["", NOT, "", "", NOT, NOT],
        "HELD": ["state", NOT, "state", "state", NOT, NOT],
        "APPROVED": ["", NOT, "", "", NOT, NOT],
        "SENT": ["state", NOT, "state", "state", NOT, NOT],
        "PAID": ["state", NOT, "state", "state", NOT, NOT],
    },
    "release": {
        None: ["not-yours", NOT, "state", "state", NOT, NOT],
        "DUE": ["not-yours", NOT, "state", "state", NOT, NOT],
        "HELD": ["not-yours", NOT, "", "", NOT, NOT],
        "APPROVED": ["not-yours", NOT, "state", "state", NOT, NOT],
        "SENT": ["not-yours", NOT, "state", "state", NOT, NOT],
        "PAID": ["not-yours", NOT, "state", "state", NOT, NOT],
    },
    "arrive": {
        None: ["state", NOT, NOT, "state", NOT, NOT],
        "DUE": ["state", NOT, NOT, "state", NOT, NOT],
        "HELD": ["state", NOT, NOT, "state", NOT, NOT],
        "APPROVED": ["state", NOT, NOT, "state", NOT, NOT],
        "SENT": ["", NOT, NOT, "", NOT, NOT],
        "PAID": ["state", NOT, NOT, "state", NOT, NOT],
    },
}
RULES = {
    "approve": permissions.why_not_approve,
    "send": lambda offer, payment, *, by: permissions.why_not_send(
        offer, payment, by=by, on=ON, payee=queries.payee_of(offer.to)
    ),
    "hold": lambda offer, payment, *, by: permissions.why_not_hold(offer, payment, by=by, words="Why"),
    "release": permissions.why_not_release,
    "arrive": permissions.why_not_arrive,
}
DO = {
    "approve": lambda pk, by: operations.approve(part_id=pk, by=by, at=AT),
    "send": lambda pk, by: operations.send(part_id=pk, on=ON, by=by, at=AT),
    "hold": lambda pk, by: operations.hold(part_id=pk, words="Why", by=by, at=AT),
    "release": lambda pk, by: operations.release(part_id=pk, by=by, at=AT),
    "arrive": lambda pk, by: operations.arrive(part_id=pk, on=ON, by=by, at=AT),
}
CASES = [(move, state) for move, states in TABLE.items() for state in states]


@pytest.mark.parametrize(("move", "state"), CASES, ids=str)
def test_moves_are_refused_as_the_table_says_and_a_refusal_changes_nothing(move, state):
    them = factories.cast()
    offer, payment = in_state(them, state)
    found = [code(RULES[move](offer, payment, by=getattr(them, name))) for name in PEOPLE]
    assert found == TABLE[move][state]
    before = _everything()
    for name, expected in zip(PEOPLE, found, strict=True):
        if expected:
            with pytest.raises(Refused) as stop:
                DO[move](offer.pk, getattr(them, name))
            assert stop.value.refusal.code == expected
    assert _everything() == before


@pytest.mark.parametrize(("move", "state"), [case for case in CASES if "" in TABLE[case[0]][case[1]]], ids=str)
def test_a_move_writes_one_line_in_the_record(move, state):
    them = factories.cast()
    offer, _ = in_state(them, state)
    name = PEOPLE[TABLE[move][state].index("")]
    before = JournalLine.objects.count()
    DO[move](offer.pk, getattr(them, name))
    assert JournalLine.objects.count() == before + 1


def _everything():
    rows = [list(model.objects.order_by("pk").values()) for model in (Payment, LedgerTransaction)]
    return (
        rows,
        JournalLine.objects.count(),
        contributions.Offer.objects.order_by("pk").values_list("money", "state")[0],
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
    offer, _ = in_state(them, None)
    assert permissions.why_not_approve(offer, None, by=them.asha).code == "own-payment"
    operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT)
    assert (
        permissions.why_not_send(offer, queries.payment_of(factories.part(offer)), by=them.asha, on=ON).code
        == "own-payment"
    )


def test_who_approved_does_not_send():
    them = factories.cast()
    holder(them, "dee", "PAYER")
    offer, payment = in_state(them, PaymentState.APPROVED)
    payee = queries.payee_of(them.asha)
    assert permissions.why_not_send(offer, payment, by=them.dee, on=ON, payee=payee).code == "same-hand"
    assert permissions.why_not_show_details(offer, payment, by=them.dee).code == "same-hand"
    assert permissions.why_not_send(offer, payment, by=them.fay, on=ON, payee=payee) is None


def test_who_typed_the_account_neither_approves_nor_sends():
    them = factories.cast()
    holder(them, "dee", "PAYER")
    holder(them, "fay", "APPROVER")
    them.asha.helped_by = them.dee
    payee = factories.with_payee(them.asha)
    them.asha.helped_by = None
    assert payee.typed_by == them.dee
    offer = factories.done(them, method="BANK")
    assert permissions.why_not_approve(offer, None, by=them.dee, payee=payee).code == "own-typing"
    operations.approve(part_id=factories.part(offer).pk, by=them.fay, at=AT)
    payment = queries.payment_of(factories.part(offer))
    assert permissions.why_not_send(offer, payment, by=them.dee, on=ON, payee=payee).code == "own-typing"


def test_nobody_acts_with_somebody_elses_hands():
    them = factories.cast()
    offer, _ = in_state(them, None)
    them.dee.helped_by = them.fay
    assert permissions.why_not_approve(offer, None, by=them.dee).code == "helped"
    assert permissions.why_not_hold(offer, None, by=them.dee, words="Why").code == "helped"


def test_somebody_who_takes_a_break_moves_no_money():
    them = factories.cast()
    offer, _ = in_state(them, None)
    them.dee.state = PersonState.PAUSED
    assert permissions.why_not_approve(offer, None, by=them.dee).code == "away"


def test_money_follows_the_work_and_the_yes():
    them = factories.cast()
    yes = factories.accepted(them)
    assert permissions.why_not_approve(yes, None, by=them.dee).code == "not-done"
    nothing = factories.done(them)
    contributions.answer(offer_id=nothing.pk, state="PART", pence=0, by=them.asha, at=AT)
    nothing.refresh_from_db()
    assert permissions.why_not_approve(nothing, None, by=them.dee).code == "no-money"


def test_sending_needs_an_account_and_the_day_that_the_person_chose():
    them = factories.cast()
    offer = factories.done(them, method="BANK")
    operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT)
    payment = queries.payment_of(factories.part(offer))
    assert permissions.why_not_send(offer, payment, by=them.fay, on=ON).code == "no-payee"
    offer.pay_from = ON.replace(day=20)
    payee = factories.with_payee(them.asha)
    assert permissions.why_not_send(offer, payment, by=them.fay, on=ON, payee=payee).code == "not-yet"


def test_a_hold_without_words_is_refused():
    them = factories.cast()
    offer, payment = in_state(them, None)
    assert permissions.why_not_hold(offer, payment, by=them.dee, words="  ").code == "no-words"


def test_a_person_lets_go_on_only_what_they_asked_to_wait():
    them = factories.cast()
    offer, _ = in_state(them, PaymentState.APPROVED)
    operations.hold(part_id=factories.part(offer).pk, words="After the first", by=them.asha, at=AT)
    payment = queries.payment_of(factories.part(offer))
    assert permissions.why_not_release(offer, payment, by=them.asha) is None
    assert permissions.why_not_release(offer, payment, by=them.bo).code == NOT


def test_money_of_another_organisation_is_nobodys_here():
    them, others = factories.cast(), factories.cast("Far Valley")
    offer, _ = in_state(them, None)
    assert permissions.why_not_approve(offer, None, by=others.dee).code == NOT
    assert list(queries.offers_of_money(others.dee)) == []
    assert list(queries.offers_of_money(them.dee)) == [offer]
    assert list(queries.offers_of_money(them.asha)) == []
