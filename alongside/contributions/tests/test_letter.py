"""The letter for an office names the money that comes to its person as the offer stands now, and no other."""

from datetime import date

import pytest

from alongside.contributions import operations, queries
from alongside.contributions.states import MoneyState, OfferState
from alongside.contributions.tests import factories
from alongside.contributions.tests.factories import AT, ON, PROMISED

pytestmark = pytest.mark.django_db
BANK = {"method": "BANK"}
JANUARY = date(2027, 1, 4)
PAID = "The money is shown below"
NOT_PAID = "No money is paid to me for it"
ALL = [("16 November 2026", "£55.00"), ("Costs paid back, 16 November 2026", "£4.00 for Bus")]


def answered(them, **said):
    """Asha's answer to £55.00 with £4.00 for the bus, promised by 16 November; without one it waits."""
    offer = factories.offer(them, costs_pence=400, costs_words="Bus")
    return operations.answer(offer_id=offer.pk, by=them.asha, at=AT, **said) if said else offer


def money_in(offer, on=ON):
    """(the lines with sums, whether it says that there is money) of the letter that an offer makes."""
    letter = queries.letter_of(offer, on)
    words = " ".join(letter.paragraphs)
    assert (PAID in words) != (NOT_PAID in words)
    return list(letter.facts), PAID in words


@pytest.mark.parametrize(
    ("said", "lines", "paid"),
    [
        ({}, ALL, True),
        ({"state": OfferState.LATER}, ALL, True),
        ({"state": OfferState.ACCEPTED} | BANK, ALL, True),
        ({"state": OfferState.PART, "pence": 5000} | BANK, [("16 November 2026", "£50.00")], True),
        ({"state": OfferState.PART, "pence": 0}, [], False),
        ({"state": OfferState.PART, "pence": 0, "method": "TIME"}, [], False),
        ({"state": OfferState.GIVEN, "given_to": "The food bank"}, [], False),
        ({"state": OfferState.DECLINED}, [], False),
        (
            {"state": OfferState.ACCEPTED, "parts": [(2000, None), (3900, JANUARY)]} | BANK,
            [
                ("16 November 2026", "£18.64"),
                ("4 January 2027", "£36.36"),
                ("Costs paid back, 16 November 2026", "£1.36 for Bus"),
                ("Costs paid back, 4 January 2027", "£2.64 for Bus"),
            ],
            True,
        ),
    ],
    ids=["no answer", "later", "yes", "less", "no money", "time", "given away", "no", "in parts"],
)
def test_the_letter_says_what_this_answer_brings_and_no_more(said, lines, paid):
    assert money_in(answered(factories.cast(), **said)) == (lines, paid)


def test_an_offer_that_was_replaced_brings_no_money():
    them = factories.cast()
    old = factories.accepted(them)
    operations.replace_offer(
        offer_id=old.pk, by=them.lea, at=AT, task="Longer", activity_on=ON, minutes=180, line=them.line
    )
    old.refresh_from_db()
    assert money_in(old) == ([], False)


def test_costs_that_come_before_the_day_stand_in_their_own_letter():
    them = factories.cast()
    offer = answered(them, state=OfferState.ACCEPTED, **BANK)
    operations.costs_early(offer_id=offer.pk, by=them.asha, at=AT)
    offer.refresh_from_db()
    assert money_in(offer) == (ALL[:1], True)
    own = operations.owe_costs(
        initiative=them.initiative, to=them.asha, words="Bus", activity_on=ON, pence=400, costs_words="Bus",
        method="CASH", channel="SCREEN", by=them.asha, at=AT,
    )  # fmt: skip
    assert money_in(own) == (ALL[1:], False)


def test_costs_that_are_paid_straight_to_who_provides_are_not_paid_to_the_person():
    them = factories.cast()
    own = operations.owe_costs(
        initiative=them.initiative, to=them.asha, words="Taxi", activity_on=ON, pence=400, costs_words="Taxi",
        method="PREPAID", provider="Harbour Cabs", channel="SCREEN", by=them.asha, at=AT,
    )  # fmt: skip
    assert money_in(own) == ([], False)


@pytest.mark.parametrize(
    ("steps", "day"),
    [
        ({}, "16 November 2026"),
        ({MoneyState.SENT: date(2026, 11, 11)}, "11 November 2026"),
        ({MoneyState.SENT: date(2026, 11, 11), MoneyState.ARRIVED: date(2026, 11, 12)}, "12 November 2026"),
    ],
    ids=["promised", "sent", "arrived"],
)
def test_the_day_is_when_it_came_else_when_it_left_else_the_promise(steps, day):
    them = factories.cast()
    offer = factories.done(them)
    for money, on in steps.items():
        offer = operations.settle(offer_id=offer.pk, money=money, at=AT, on=on)
    assert money_in(offer) == ([(day, "£55.00")], True)


def test_money_that_is_late_is_not_said_to_have_come_on_the_promised_day():
    them = factories.cast()
    late = PROMISED.replace(day=22)
    assert money_in(factories.done(them), late) == ([("22 November 2026", "£55.00")], True)
