"""Money before the day: in the hand, in the bank, or paid straight to who does it; and what stands in the way."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.claims import operations, permissions, queries
from alongside.claims.models import Claim
from alongside.claims.states import ClaimState, LineKind
from alongside.claims.tests import factories
from alongside.claims.tests.factories import AT, ON
from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers_queries
from alongside.contributions.models import Offer
from alongside.contributions.states import OfferState
from alongside.contributions.tests import factories as offers
from alongside.gatherings import operations as gatherings
from alongside.people.queries import GUEST_KEY
from alongside.people.states import Channel
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = ON + timedelta(days=10)  # Thursday 12 November 2026
EARLY = date(2026, 11, 10)  # two working days before
AFTER = AT + timedelta(days=11)


def to_come(them, day=DAY):
    """A gathering on that day, announced; everybody at the table is invited."""
    start = factories.STARTS + (day - ON)
    return gatherings.call(
        initiative=them.initiative, title="How we leave the ward", starts_at=start, ends_at=start + timedelta(hours=2),
        place="The Hall", by=them.lea, at=AT,
    )  # fmt: skip


def scene():
    them = factories.cast()
    factories.cost_list(them)
    return them, to_come(them)


def asked(them, gathering=None, to=None, day=DAY, method="ADVANCE", **more):
    """£6.00 for Asha's bus, before the day, in cash."""
    to = to or them.asha
    facts = {"items": {factories.item(them).pk: 1}, "initiative": them.initiative, "activity_on": day, "at": AT} | more
    return operations.ask_before(to=to, gathering=gathering, method=method, by=to, **facts)


def refused(do, *args, **facts):
    before = (JournalLine.objects.count(), Claim.objects.count(), Offer.objects.count())
    with pytest.raises(Refused) as stop:
        do(*args, **facts)
    assert (JournalLine.objects.count(), Claim.objects.count(), Offer.objects.count()) == before
    return stop.value.refusal.code


def yes_with_costs(them, **more):
    """£55.00 of pay and £6.20 of costs, which Asha said yes to; the day is to come."""
    terms = {"costs_pence": 620, "costs_words": "the bus", "activity_on": DAY, "method": "BANK"} | more
    return offers.accepted(them, **terms)


# --- what is owed, and by when ---


@pytest.mark.parametrize("method", ["ADVANCE", "BANK"])
def test_money_before_the_day_is_promised_two_working_days_before_it(method):
    them, gathering = scene()
    claim = asked(them, gathering, method=method)
    assert (claim.state, claim.before, claim.costs_pence, claim.offer.method) == (ClaimState.SENT, True, 600, method)
    owed = claim.offer
    assert (owed.state, owed.costs_only, owed.pence, owed.activity_on) == (OfferState.DONE, True, 600, DAY)
    assert (owed.promised_on, owed.done_on) == (EARLY, ON)
    assert JournalLine.objects.order_by("-pk").first().what == "claims.claim.asked_before"


def test_the_promise_is_the_day_itself_when_that_is_near():
    them = factories.cast()
    factories.cost_list(them)
    tomorrow = ON + timedelta(days=1)
    claim = asked(them, to_come(them, tomorrow), day=tomorrow)
    assert claim.offer.promised_on == tomorrow


def test_what_is_paid_straight_names_who_and_never_waits_for_the_work():
    them, gathering = scene()
    expected = [("CARE", 4500)]
    assert refused(asked, them, gathering, method="PREPAID", items={}, expected=expected) == "provider"
    claim = asked(them, gathering, method="PREPAID", items={}, expected=expected, provider="Quayside Care")
    assert (claim.offer.provider, claim.offer.pence, claim.offer.promised_on) == ("Quayside Care", 4500, EARLY)
    assert [(line.kind, line.words, line.pence) for line in queries.lines_of(claim)] == [
        (LineKind.EXPECTED, "Care for somebody while I am away", 4500)
    ]
    assert offers_queries.parts_of(claim.offer).get().pence == 4500


# --- who may not, and when ---


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("bo for asha", "not-yours"),
        ("a stranger", "not-invited"),
        ("said no", "not-invited"),
        ("called off", "not-invited"),
        ("nothing", "nothing"),
        ("cash after", "method"),
        ("no offer", "no-yes"),
        ("the day has come", "past"),
    ],
)
def test_who_may_not_ask_before_the_day(case, code):
    them, gathering = scene()
    facts = {
        "bo for asha": {"by": them.bo}, "nothing": {"items": {}}, "cash after": {"method": "CASH"},
        "no offer": {"gathering": None}, "the day has come": {"day": ON},
    }.get(case, {})  # fmt: skip
    if case == "said no":
        gatherings.answer(gathering_id=gathering.pk, coming="NO", by=them.asha, at=AT)
    if case == "called off":
        gatherings.call_off(gathering_id=gathering.pk, by=them.lea, at=AT)
    gathering.refresh_from_db()
    call = {"gathering": gathering, "to": them.eli if case == "a stranger" else them.asha} | facts
    by = call.pop("by", call["to"])
    facts = {
        "items": {factories.item(them).pk: 1}, "initiative": them.initiative, "activity_on": call.pop("day", DAY),
        "method": "ADVANCE", "at": AT,
    }  # fmt: skip
    assert refused(operations.ask_before, by=by, **facts | call) == code


def test_the_same_bus_comes_before_the_day_or_after_it_and_not_twice():
    them, gathering = scene()
    asked(them, gathering)
    assert refused(asked, them, gathering) == "claimed"
    seated = {each.pk: "" for each in (them.bo, them.cy)} | {them.asha.pk: Channel.IN_PERSON}
    gatherings.record_attendance(gathering_id=gathering.pk, there=seated, by=them.lea, at=AFTER)
    facts = {"activity_on": DAY, "at": AFTER}
    assert refused(factories.sent, them, gathering, **facts) == "claimed"
    (place,) = queries.places(them.asha, DAY)
    assert not place.claimed
    assert factories.sent(them, gathering, words=("Lunch",), **facts).pence == 500


def test_the_usual_claim_still_refuses_a_day_to_come():
    them, gathering = scene()
    refusal = permissions.why_not_claim(
        them.asha, by=them.asha, entitled=True, activity_on=DAY, today=ON, gathering=gathering
    )
    assert (refusal.code, "before it" in refusal.help) == ("future", True)


# --- the costs of an offer ---


def test_costs_of_an_offer_come_before_the_day_and_not_again_with_the_pay():
    them, _ = scene()
    offer = yes_with_costs(them)
    assert queries.to_take_early(them.asha, them.initiative, DAY) == [offer]
    claim = asked(them, items={}, early=[offer.pk])
    offer.refresh_from_db()
    assert (offer.state, offer.accepted_pence, offer.early_pence, offer.pence) == ("ACCEPTED", 5500, 620, 6120)
    assert [part.pence for part in offers_queries.parts_of(offer)] == [5500]
    assert (claim.costs_pence, claim.offer.costs_words) == (620, "costs of an offer")
    assert queries.to_take_early(them.asha, them.initiative, DAY) == []
    assert [*queries.invariants(), *offers_queries.invariants()] == []


def test_changing_the_answer_later_does_not_bring_the_costs_again():
    them, _ = scene()
    offer = yes_with_costs(them)
    asked(them, items={}, early=[offer.pk])
    contributions.answer(offer_id=offer.pk, state="ACCEPTED", method="CASH", by=them.asha, at=AT)
    offer.refresh_from_db()
    assert offer.accepted_pence == 5500
    said = {"offer_id": offer.pk, "state": "PART", "pence": 5500, "method": "CASH", "by": them.asha, "at": AT}
    assert refused(contributions.answer, **said) == "part"
    costs = {"task": "Read", "activity_on": DAY, "minutes": 60, "line": them.line, "costs_pence": 620}
    assert refused(contributions.replace_offer, offer_id=offer.pk, by=them.lea, at=AT, **costs) == "early-already"


def test_taking_it_back_lets_the_costs_come_with_the_pay_again():
    them, _ = scene()
    offer = yes_with_costs(them)
    half = {"state": "ACCEPTED", "method": "BANK", "parts": [(3000, None), (3120, DAY + timedelta(days=60))]}
    contributions.answer(offer_id=offer.pk, by=them.asha, at=AT, **half)
    claim = asked(them, items={}, early=[offer.pk])
    assert [part.pence for part in offers_queries.parts_of(offer)] == [3000, 2500]
    operations.take_back(claim_id=claim.pk, by=them.asha, at=AT)
    offer.refresh_from_db()
    assert (offer.accepted_pence, offer.early_pence) == (6120, 0)
    assert [part.pence for part in offers_queries.parts_of(offer)] == [3000, 3120]


def test_the_database_refuses_costs_that_come_twice():
    them, _ = scene()
    offer = yes_with_costs(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(early_pence=620)


@pytest.mark.parametrize("state", ["DECLINED", "GIVEN"])
def test_an_answer_without_money_to_the_person_has_no_costs_to_take_early(state):
    them, _ = scene()
    offer = yes_with_costs(them)
    contributions.answer(offer_id=offer.pk, state=state, given_to="The food bank", by=them.asha, at=AT)
    assert queries.to_take_early(them.asha, them.initiative, DAY) == []


def test_an_unpaid_ask_whose_costs_are_paid_straight_is_ready_to_pay_at_once():
    them, _ = scene()
    them.asha.ask_unpaid = True
    them.asha.save(update_fields=["ask_unpaid"])
    made = offers.offer(them, line=None, confirmed_unpaid=True, costs_pence=4500, activity_on=DAY)
    said = {"state": "ACCEPTED", "method": "PREPAID", "provider": "Quayside Care"}
    offer = contributions.answer(offer_id=made.pk, by=them.asha, at=AT, **said)
    assert (offer.state, offer.promised_on) == (OfferState.DONE, EARLY)


# --- written down for somebody ---


def test_who_leads_writes_it_down_and_the_person_confirms_it():
    them, gathering = scene()
    told = {
        "activity_on": DAY,
        "method": "PREPAID",
        "provider": "Ring a Ride",
        "items": {},
        "expected": [("TRAVEL", 1800)],
    }
    claim = factories.told(them, gathering, **told)
    assert (claim.state, claim.before, claim.offer) == (ClaimState.ASKED, True, None)
    claim = operations.confirm(claim_id=claim.pk, by=them.asha, at=AT)
    assert (claim.offer.provider, claim.offer.promised_on) == ("Ring a Ride", EARLY)
    assert refused(factories.told, them, None, activity_on=DAY, method="ADVANCE") == "no-yes"


# --- afterwards ---


def had(them, gathering, **more):
    claim = asked(them, gathering, **more)
    for money in ("APPROVED", "SENT", "ARRIVED"):
        contributions.settle(offer_id=claim.offer_id, money=money, on=EARLY, at=AT)
    return claim


@pytest.mark.parametrize(("pence", "rest"), [(600, (0, 0)), (450, (150, 0)), (800, (0, 200))])
def test_what_it_cost_is_told_afterwards_and_nothing_is_taken_for_it(pence, rest):
    them, gathering = scene()
    claim = had(them, gathering)
    (line,) = [each for each in queries.today(them.asha, DAY) if "What did it cost" in each.words]
    assert line.url == reverse("claims:claim", args=[claim.pk])
    owed = Offer.objects.count()
    claim = operations.say_spent(claim_id=claim.pk, pence=pence, by=them.asha, at=AFTER)
    assert (queries.rest_of(claim), Offer.objects.count()) == (rest, owed)
    assert [each for each in queries.today(them.asha, DAY) if "What did it cost" in each.words] == []


def test_what_it_cost_is_not_asked_before_the_day_nor_of_what_a_provider_got():
    them, gathering = scene()
    claim = had(them, gathering)
    said = {"pence": 500, "by": them.asha}
    assert refused(operations.say_spent, claim_id=claim.pk, at=AT, **said) == "future"
    assert refused(operations.say_spent, claim_id=claim.pk, at=AFTER, **said | {"by": them.bo}) == "not-asked"
    straight = had(them, gathering, method="PREPAID", items={}, expected=[("CARE", 4500)], provider="Quayside Care")
    assert refused(operations.say_spent, claim_id=straight.pk, at=AFTER, **said) == "no-advance"
    waits = asked(them, gathering, items={}, expected=[("TRAVEL", 900)])
    assert refused(operations.say_spent, claim_id=waits.pk, at=AFTER, **said) == "not-there"


# --- pages ---


@pytest.fixture
def acts(client):
    """Let a person act in this browser, as a guest."""

    def act(person):
        session = client.session
        session[GUEST_KEY] = person.pk
        session.save()
        client.cookies["session"] = session.session_key
        return client

    return act


@pytest.fixture
def soon():
    """(cast, a gathering in ten days of the real clock), because pages read it."""
    them = factories.cast()
    factories.cost_list(them)
    day = timezone.localdate() + timedelta(days=10)
    return them, to_come(them, day), day


def said(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_gathering_leads_to_the_page_and_one_press_asks(acts, soon):
    them, gathering, _ = soon
    browser, url = acts(them.asha), reverse("claims:before", args=[gathering.pk])
    assert url in browser.get(reverse("gatherings:gathering", args=[gathering.pk])).content.decode()
    page = said(browser.get(url))
    assert "Nobody should lay out money to take part." in page
    assert "Bus there and back: £6.00" in page
    fields = {"once": "0123456789abcdef0123", "items": [factories.item(them).pk], "method": "ADVANCE"}
    first, again = browser.post(url, fields), browser.post(url, fields)
    assert first.url == again.url == reverse("claims:claim", args=[Claim.objects.get().pk])
    assert "Now: to approve" in said(browser.get(first.url))
    assert "in a claim for that day already" in said(browser.post(url, fields | {"once": "1123456789abcdef0123"}))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose how the money comes."),
        ({"method": "PREPAID", "expected": "CARE", "expected_pence": "45"}, "Say who we pay"),
        ({"method": "ADVANCE", "expected": "CARE"}, "Say both: what you need"),
        ({"method": "ADVANCE"}, "There is nothing to send yet."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(acts, soon, fields, words):
    them, gathering, _ = soon
    url = reverse("claims:before", args=[gathering.pk])
    assert words in said(acts(them.asha).post(url, {"once": "0123456789abcdef0123"} | fields))
    assert not Claim.objects.exists()


def test_a_gathering_that_was_held_says_where_to_claim_instead(acts):
    them = factories.cast()
    gathering = factories.met(them, them.asha)
    page = said(acts(them.asha).get(reverse("claims:before", args=[gathering.pk])))
    assert "That day has come." in page
    assert "Ask for it" not in page


def test_who_notes_writes_it_down_for_a_day_to_come_on_the_same_page(acts, soon):
    them, _, day = soon
    url = reverse("claims:write_down", args=[them.initiative.pk, them.asha.pk, day.isoformat()])
    page = said(acts(them.lea).get(url))
    assert "Costs of Asha before the day" in page
    assert "How did they tell you?" in page
    fields = {
        "once": "0123456789abcdef0123", "expected": "INTERPRETER", "expected_pence": "120", "method": "PREPAID",
        "provider": "Sign Bristol", "channel": "PHONE", "asked_words": "Asha, on the phone today.",
    }  # fmt: skip
    acts(them.lea).post(url, fields)
    claim = Claim.objects.get()
    assert (claim.state, claim.before, claim.provider, claim.pence) == ("ASKED", True, "Sign Bristol", 12000)
