"""Who may do what to an offer in which state: the code of the refusal, or "" where nothing stands in the way."""

import pytest

from alongside.contributions import operations, permissions
from alongside.contributions.models import Offer
from alongside.contributions.states import MOST_MINUTES, MoneyState, OfferState
from alongside.contributions.tests import factories
from alongside.contributions.tests.factories import AT, ON
from alongside.initiatives import operations as initiatives
from alongside.people.states import PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
PEOPLE = ("asha", "bo", "dee", "fay", "lea", "eli")


def in_state(them, state):
    """An offer to Asha that stands at a state, reached by its real way."""
    if state == OfferState.DONE:
        return factories.done(them)
    offer = factories.offer(them)
    if state == OfferState.REPLACED:
        operations.replace_offer(
            offer_id=offer.pk, by=them.lea, at=AT, task="Another", activity_on=ON, minutes=60, line=them.line
        )
        offer.refresh_from_db()
    elif state != OfferState.MADE:
        said = {"method": "CASH", "pence": 1000, "given_to": "The food bank"}
        offer = operations.answer(offer_id=offer.pk, state=state, by=them.asha, at=AT, **said)
    return offer


def code(refusal):
    return refusal.code if refusal else ""


def codes(them, rule):
    return [code(rule(getattr(them, name))) for name in PEOPLE]


# asha (whose offer), bo (also at the table), dee (approves), fay (pays), lea (leads), eli (a stranger)
ANSWER = {
    OfferState.MADE: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.ACCEPTED: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.PART: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.GIVEN: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.LATER: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.DECLINED: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.DONE: ["done-already", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    OfferState.REPLACED: ["state", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
}
YES_STATES = (OfferState.ACCEPTED, OfferState.PART, OfferState.GIVEN)


@pytest.mark.parametrize("state", ANSWER, ids=str)
def test_declining_is_refused_as_the_table_says(state):
    them = factories.cast()
    offer = in_state(them, state)
    assert codes(them, lambda by: permissions.why_not_answer(offer, by=by, state=OfferState.DECLINED)) == ANSWER[state]


@pytest.mark.parametrize("state", OfferState, ids=str)
def test_saying_that_it_is_done_is_refused_as_the_table_says(state):
    them = factories.cast()
    offer = in_state(them, state)
    ok = "" if state in YES_STATES else "state"
    expected = [ok, "not-asked", "not-asked", "not-asked", ok, "not-asked"]
    assert codes(them, lambda by: permissions.why_not_say_done(offer, by=by, on=ON, today=ON)) == expected


@pytest.mark.parametrize("state", OfferState, ids=str)
def test_replacing_is_refused_as_the_table_says(state):
    them = factories.cast()
    offer = in_state(them, state)
    ok = "state" if state in (OfferState.DONE, OfferState.REPLACED) else ""
    expected = ["not-asked", "not-asked", "not-asked", "not-asked", ok, "not-asked"]
    assert codes(them, lambda by: permissions.why_not_replace(offer, by=by)) == expected


@pytest.mark.parametrize("money", MoneyState, ids=lambda money: money.name)
def test_an_answer_stands_once_the_money_moves(money):
    them = factories.cast()
    offer = in_state(them, OfferState.DONE)
    operations.settle(offer_id=offer.pk, money=money, at=AT, on=ON, held_words="Waits")
    offer.refresh_from_db()
    expected = "" if money in (MoneyState.NOT_YET, MoneyState.HELD) else "money-moving"
    said = {"state": OfferState.PART, "pence": 100, "method": "CASH"}
    assert code(permissions.why_not_answer(offer, by=them.asha, **said)) == expected
    stays = "" if money == MoneyState.NOT_YET else "money-moving"
    assert code(permissions.why_not_take_back_done(offer, by=them.asha)) == stays


def test_a_day_that_has_not_come_is_refused():
    them = factories.cast()
    offer = in_state(them, OfferState.ACCEPTED)
    tomorrow = ON.replace(day=3)
    assert permissions.why_not_say_done(offer, by=them.asha, on=tomorrow, today=ON).code == "future"


def test_offering_is_refused_with_its_reason():
    them = factories.cast()

    def why(by, to, pence=1000):
        return code(permissions.why_not_offer(them.initiative, to, by=by, pay_pence=pence))

    assert [why(getattr(them, name), them.cy) for name in PEOPLE] == ["not-asked"] * 4 + ["", "not-asked"]
    assert why(them.lea, them.eli) == "no-seat"
    assert why(them.lea, them.lea) == "own-offer"
    assert why(them.lea, them.asha, pence=0) == "not-unpaid"
    them.asha.ask_unpaid = True
    assert why(them.lea, them.asha, pence=0) == ""
    them.cy.state = PersonState.PAUSED
    assert why(them.lea, them.cy) == "away"
    them.initiative.state = "PAUSED"
    assert why(them.lea, them.asha) == "state"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"task": " "}, "no-task"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"minutes": MOST_MINUTES + 1}, "minutes"),
        ({"costs_pence": 500_001}, "amount"),
        ({"costs_pence": -100_000}, "amount"),
        ({"line": None}, "confirm-unpaid"),
        ({"line": None, "confirmed_unpaid": True}, "not-unpaid"),
        ({"fixed_pence": 5_001, "same_day": True}, "cash-today"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_change_nothing(terms, expected):
    them = factories.cast()
    lines = JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        factories.offer(them, **terms)
    assert stop.value.refusal.code == expected
    assert (Offer.objects.count(), JournalLine.objects.count()) == (0, lines)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"state": OfferState.ACCEPTED}, "method"),
        ({"state": OfferState.ACCEPTED, "method": "NONE"}, "method"),
        ({"state": OfferState.ACCEPTED, "method": "VOUCHER"}, "shop"),
        ({"state": OfferState.PART, "method": "CASH"}, "part"),
        ({"state": OfferState.PART, "method": "CASH", "pence": -1}, "part"),
        ({"state": OfferState.PART, "method": "CASH", "pence": 5500}, "part"),
        ({"state": OfferState.PART, "pence": 100}, "method"),
        ({"state": OfferState.GIVEN, "given_to": "  "}, "given-to"),
        ({"state": OfferState.DONE}, "done-already"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused_and_changes_nothing(said, expected):
    them = factories.cast()
    offer = factories.offer(them)
    before = Offer.objects.values().get(pk=offer.pk)
    lines = JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        operations.answer(offer_id=offer.pk, by=them.asha, at=AT, **said)
    assert stop.value.refusal.code == expected
    assert Offer.objects.values().get(pk=offer.pk) == before
    assert JournalLine.objects.count() == lines


def test_a_rate_of_another_organisation_is_refused():
    them, others = factories.cast(), factories.cast("Far Valley")
    with pytest.raises(Refused) as stop:
        factories.offer(them, line=others.line)
    assert stop.value.refusal.code == "other-card"


def test_somebody_who_takes_a_break_neither_offers_nor_answers():
    them = factories.cast()
    offer = factories.offer(them)
    them.asha.state = PersonState.PAUSED
    them.lea.state = PersonState.PAUSED
    said = {"state": OfferState.DECLINED}
    assert permissions.why_not_answer(offer, by=them.asha, **said).code == "away"
    assert permissions.why_not_offer(them.initiative, them.bo, by=them.lea, pay_pence=1).code == "away"


def test_a_chair_of_the_initiative_leads_too():
    them = factories.cast()
    initiatives.ask_to(initiative=them.initiative, person=them.bo, kind="CHAIR", on=ON, by=them.lea, at=AT)
    assert permissions.why_not_offer(them.initiative, them.asha, by=them.bo, pay_pence=1) is None
