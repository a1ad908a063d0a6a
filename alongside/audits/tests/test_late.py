"""What is late stands under whose turn it is, with what would help; a person sees their own, and nothing of others."""

import pytest
from django.urls import reverse

from alongside.audits import queries
from alongside.audits.states import APPROVER, BANK, DETAILS, FROZEN, HELD, PAYER, RECEIVER, TURNS
from alongside.audits.tests import factories
from alongside.audits.tests.factories import AT, later
from alongside.contributions import operations as offers
from alongside.contributions.tests import factories as work
from alongside.payees import operations as payees
from alongside.payments import operations as payments
from alongside.payments.tests.test_pages import browser, guest

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:The default argument for algorithm")]
NOW = later(30).date()  # 2 December; all of it was promised by 16 November


@pytest.fixture
def them():
    return factories.cast()


def turns(person, on=NOW):
    return {turn: [row.days for row in rows] for turn, rows in queries.late_for(person, on)}


def waits_for_details(them):
    factories.money.with_payee(them.asha)
    factories.money.approved(them, method="BANK")
    payees.set_payee(person=them.asha, name="A", sort_code="200415", account="11112222", by=them.asha, at=later(1))


def frozen(them):
    factories.money.approved(them)
    payments.freeze(organisation=them.organisation, words="Audit.", until=NOW, by=them.dee, at=AT)


def passed_on(them):
    made = work.offer(them)
    offers.answer(offer_id=made.pk, state="GIVEN", given_to="The food bank", by=them.asha, at=AT)
    offers.say_done(offer_id=made.pk, on=work.ON, by=them.asha, at=AT)
    payment = payments.approve(part_id=factories.money.part(made).pk, by=them.dee, at=AT)
    payments.send(part_id=payment.part_id, on=work.ON, by=them.fay, at=AT)


@pytest.mark.parametrize(
    ("make", "turn", "who"),
    [
        (factories.money.done, APPROVER, ""), (factories.money.approved, PAYER, ""),
        (lambda them: factories.money.approved(them, method="BANK"), DETAILS, "Asha"),
        (waits_for_details, DETAILS, "Asha"), (factories.money.sent, BANK, ""), (passed_on, RECEIVER, ""),
        (factories.money.held, HELD, "Dee"), (frozen, FROZEN, "Dee"),
    ],
)  # fmt: skip
def test_whose_turn_it_is_and_for_how_long(them, make, turn, who):
    make(them)
    [(found, [row])] = queries.late_for(them.fay, NOW)
    assert (found, row.who, row.days) == (turn, who, 16)
    assert turn.helps and turn.words


def test_the_turn_and_the_sentence_say_the_same(them):
    """Where somebody has the turn by name, the sentence of the money pages names them too."""
    waits_for_details(them)
    factories.money.held(them, them.bo)
    for _, rows in queries.late_for(them.fay, NOW):
        for row in rows:
            assert row.who == row.claim.next.whose


def test_nothing_is_late_on_its_day_nor_after_it_came(them):
    factories.money.done(them)
    factories.money.arrived(them, them.bo)
    assert turns(them.fay, work.PROMISED) == {}
    assert turns(them.fay, later(15).date()) == {APPROVER: [1]}


def test_what_the_person_wants_later_is_late_after_that_day(them):
    made = work.offer(them)
    offers.answer(offer_id=made.pk, state="ACCEPTED", method="CASH", pay_from=later(28).date(), by=them.asha, at=AT)
    offers.say_done(offer_id=made.pk, on=work.ON, by=them.asha, at=AT)
    assert turns(them.dee, later(28).date()) == {}
    assert turns(them.dee) == {APPROVER: [2]}


def test_longest_first_in_the_order_of_turns(them):
    factories.money.held(them)
    factories.money.done(them, them.bo)
    factories.money.done(them, them.cy, activity_on=work.ON, at=AT)
    found = queries.late_for(them.lea, NOW)
    assert [turn for turn, _ in found] == [turn for turn in TURNS if turn in (APPROVER, HELD)]
    assert all(rows == sorted(rows, key=lambda row: -row.days) for _, rows in found)


@pytest.mark.parametrize("who", ["dee", "fay", "lea"])
def test_who_leads_approves_or_pays_sees_all_of_theirs(them, who):
    factories.money.done(them)
    factories.money.done(work.cast("Far Valley"))
    assert turns(getattr(them, who)) == {APPROVER: [16]}


@pytest.mark.parametrize("who", ["asha", "bo", "eli"])
def test_others_see_only_their_own(them, who):
    person = getattr(them, who)
    factories.money.done(them)
    assert turns(person) == {}
    assert len(queries.late_to(person, NOW)) == (who == "asha")


def test_ones_own_is_not_among_what_one_helps_with(them):
    factories.runs.seat(them, them.fay)
    factories.money.done(them, them.fay)
    assert (turns(them.fay), len(queries.late_to(them.fay, NOW)), turns(them.dee)) == ({}, 1, {APPROVER: [16]})


def at_home(monkeypatch, day=NOW):
    monkeypatch.setattr("alongside.audits.views.timezone.localdate", lambda: day)


def test_the_page_of_a_person_says_whose_turn_and_nothing_of_others(them, monkeypatch):
    at_home(monkeypatch)
    factories.money.done(them)
    other = factories.money.part(factories.money.done(them, them.bo))
    page = guest(them.asha).get(reverse("audits:late")).content.decode()
    assert "16 days late" in page and "an approver looks at it" in page
    assert f"number {other.pk}" not in page and APPROVER.helps not in page
    assert "Nothing is late." in guest(them.eli).get(reverse("audits:late")).content.decode()


def test_the_page_opens_payments_only_for_who_may_open_them(them, monkeypatch):
    at_home(monkeypatch)
    made = factories.money.done(them)
    link = reverse("payments:claim", args=[factories.money.part(made).pk])
    assert link in browser(them.dee).get(reverse("audits:late")).content.decode()
    page = browser(them.lea).get(reverse("audits:late")).content.decode()
    assert link not in page and "Asha" in page and APPROVER.helps in page


def test_the_page_takes_the_same_queries_for_one_and_three(them, queries_of, monkeypatch):
    at_home(monkeypatch)
    client, counts = browser(them.fay), []
    for rows in (1, 2):
        for _ in range(rows):
            factories.money.done(them)
        counts.append(queries_of(lambda: client.get(reverse("audits:late"))))
    assert counts[0] == counts[1]
