"""The pages: what they show, to whom, in how many queries, and what they answer to odd input."""

import pytest
from django.urls import reverse

from alongside.contributions import operations
from alongside.contributions.models import Offer
from alongside.contributions.states import OfferState
from alongside.contributions.tests import factories
from alongside.contributions.tests.factories import AT
from alongside.organisations import operations as organisations
from alongside.people.queries import GUEST_KEY

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"


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


def terms(them, **more):
    return {
        "once": ONCE, "to": them.asha.pk, "task": "Read with us", "activity_on": "4 December 2026", "minutes": "120",
        "line": them.line.pk, "costs_pence": "£4", "costs_words": "Bus", "approver": them.dee.pk, "ask_words": "Lea",
    } | more  # fmt: skip


# My money page may make one query more with the second row's own things; never one for each row.
@pytest.mark.parametrize("name", ["mine", "offers"])
def test_a_list_takes_the_same_queries_for_one_and_three(acts, queries_of, name):
    them = factories.cast()
    browser = acts(them.asha if name == "mine" else them.lea)
    url = reverse(f"contributions:{name}", args=[] if name == "mine" else [them.initiative.pk])
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            factories.done(them)
        counts.append(queries_of(lambda: browser.get(url)))
    assert counts[0] == counts[1]


def test_an_offer_is_looked_at_then_sent_once(acts):
    them = factories.cast()
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    looked = browser.post(url, terms(them)).content.decode()
    assert Offer.objects.count() == 0
    for words in ("£59.00", "2 started hours at £27.50", "18 December 2026", "living wage", "Nothing is sent yet"):
        assert words in looked
    first = browser.post(url, terms(them) | {"sure": "1"})
    again = browser.post(url, terms(them) | {"sure": "1"})
    offer = Offer.objects.get()
    assert first.url == again.url == reverse("contributions:offer", args=[offer.pk])
    assert (offer.pence, offer.approver, offer.costs_words) == (5900, them.dee, "Bus")


def test_looking_back_keeps_what_was_written(acts):
    them = factories.cast()
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    page = browser.post(url, terms(them) | {"change": "1"}).content.decode()
    assert "Read with us" in page
    assert 'type="hidden" name="task"' not in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"minutes": "-5"}, "Write 1 or more."),
        ({"minutes": "2.5"}, "number"),
        ({"minutes": "99999999"}, "4800 or less"),
        ({"costs_pence": "-4"}, "not below £0"),
        ({"costs_pence": "4.005"}, "two figures"),
        ({"costs_pence": "ten"}, "like £12.50"),
        ({"costs_pence": "£999,999,999"}, "or less"),
        ({"activity_on": "31 February 2026"}, "February 2026 has 28 days"),
        ({"line": "999999"}, "Choose one of the answers"),
        ({"to": "999999"}, "Choose one of the answers"),
        ({"task": ""}, "needs an answer"),
        ({"line": "none"}, "Tick this"),
        ({"once": "x"}, "open for a long time"),
    ],
    ids=str,
)
def test_odd_input_is_answered_in_words_and_kept(acts, wrong, words):
    them = factories.cast()
    answer = acts(them.lea).post(
        reverse("contributions:make", args=[them.initiative.pk]), terms(them) | {"sure": "1"} | wrong
    )
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Offer.objects.count() == 0


def test_an_unpaid_ask_to_who_did_not_allow_it_is_refused_in_words(acts):
    them = factories.cast()
    sent = terms(them) | {"line": "none", "costs_pence": "", "confirmed_unpaid": "on", "sure": "1"}
    page = acts(them.lea).post(reverse("contributions:make", args=[them.initiative.pk]), sent).content.decode()
    assert "has not said that they may be asked for work without money" in page
    assert Offer.objects.count() == 0


WAYS = [
    ("yes", {"method": "CASH"}, OfferState.ACCEPTED),
    ("yes", {"method": "VOUCHER", "shop": "Corner shop", "pay_from": "1 January 2027"}, OfferState.ACCEPTED),
    ("part", {"method": "BANK", "pence": "£20"}, OfferState.PART),
    ("no-money", {}, OfferState.PART),
    ("give", {"given_to": "The food bank"}, OfferState.GIVEN),
    ("later", {}, OfferState.LATER),
    ("no", {"reason": "Too tired"}, OfferState.DECLINED),
]


@pytest.mark.parametrize(("way", "said", "state"), WAYS)
def test_every_way_to_answer_has_its_own_page(acts, way, said, state):
    them = factories.cast()
    offer = factories.offer(them)
    browser, url = acts(them.asha), reverse("contributions:answer", args=[offer.pk, way])
    assert "checked" not in browser.get(url).content.decode()
    assert browser.post(url, said or {"x": "1"}).url == reverse("contributions:offer", args=[offer.pk])
    offer.refresh_from_db()
    assert offer.state == state


@pytest.mark.parametrize(
    ("way", "said", "words"),
    [
        ("yes", {}, "needs an answer"),
        ("yes", {"method": "GIFT"}, "Choose one of the answers"),
        ("yes", {"method": "VOUCHER"}, "Say which shop"),
        ("part", {"method": "CASH", "pence": "£55"}, "£54.99 or less"),
        ("part", {"method": "CASH", "pence": "0"}, "0.01 or more"),
        ("give", {}, "needs an answer"),
        ("later", {"later_on": "someday"}, "Write the day"),
    ],
)
def test_half_an_answer_is_asked_again(acts, way, said, words):
    them = factories.cast()
    offer = factories.offer(them)
    page = acts(them.asha).post(reverse("contributions:answer", args=[offer.pk, way]), said or {"x": "1"})
    assert words in page.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.MADE


def test_the_reason_is_seen_by_its_person_only(acts):
    them = factories.cast()
    offer = factories.offer(them)
    operations.answer(offer_id=offer.pk, state="DECLINED", reason="CANARY", by=them.asha, at=AT)
    url = reverse("contributions:offer", args=[offer.pk])
    assert "CANARY" in acts(them.asha).get(url).content.decode()
    assert "CANARY" not in acts(them.lea).get(url).content.decode()
    assert (
        "CANARY" not in acts(them.lea).get(reverse("contributions:offers", args=[them.initiative.pk])).content.decode()
    )
    assert acts(them.bo).get(url).status_code == 404


def test_the_offer_says_pay_day_turn_and_who_to_ask_on_one_page(acts):
    them = factories.cast()
    offer = factories.offer(them)
    page = acts(them.asha).get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    for words in (
        "£55.00", "Monday 16 November 2026", "an approver", "your turn", "Lea", "We keep nothing about",
        "All of these are good answers",
    ):  # fmt: skip
        assert words in page


def test_without_a_rate_card_the_page_says_so_and_shows_the_first_step(acts):
    organisation = organisations.found(name="New", at=AT)
    lea, asha = factories.add("Lea", organisation), factories.add("Asha", organisation)
    organisations.ask_to(person=lea, kind="LEAD", organisation=organisation, on=factories.ON, at=AT)
    initiative = factories.table(organisation, lea, asha)
    page = acts(lea).get(reverse("contributions:make", args=[initiative.pk])).content.decode()
    assert "There is no rate card yet" in page


def test_cash_today_is_offered_once_and_asks_no_reason(acts):
    them = factories.cast()
    url = reverse("contributions:cash", args=[them.initiative.pk])
    browser = acts(them.lea)
    assert "reason" not in "".join(browser.get(url).context["form"].fields)
    for _ in range(2):
        browser.post(url, {"once": ONCE, "to": them.asha.pk, "pence": "£20"})
    assert list(Offer.objects.values_list("pence", "same_day")) == [(2000, True)]
    page = browser.post(url, {"once": ONCE[::-1], "to": them.asha.pk, "pence": "£51"}).content.decode()
    assert "£50.00 or less" in page


def test_work_is_said_done_and_taken_back(acts):
    them = factories.cast()
    offer = factories.accepted(them)
    browser = acts(them.asha)
    browser.post(reverse("contributions:done", args=[offer.pk]), {"on": "2 November 2026"})
    offer.refresh_from_db()
    assert offer.state == OfferState.DONE
    browser.post(reverse("contributions:not_done", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED


def test_an_offer_is_replaced_from_its_page(acts):
    them = factories.cast()
    offer = factories.offer(them)
    sent = terms(them) | {"minutes": "180", "sure": "1"}
    acts(them.lea).post(reverse("contributions:replace", args=[offer.pk]), sent)
    newer = Offer.objects.get(replaces=offer)
    assert newer.pence == 8650
    assert (
        "A new offer took the place"
        in acts(them.asha).get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    )
