"""The pages: what they show, to whom, in how many queries, and what they answer to odd input."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.benefits import operations as benefits
from alongside.contributions import operations, queries
from alongside.contributions.models import Offer
from alongside.contributions.states import OfferState
from alongside.contributions.tests import factories
from alongside.contributions.tests.factories import AT, advert_answered_by
from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.ledger import operations as ledger
from alongside.ledger import queries as fund_lines
from alongside.organisations import operations as organisations
from alongside.people.queries import GUEST_KEY
from alongside.rates import operations as rates
from alongside.rates.queries import lines_of
from alongside.rates.states import Unit
from alongside.record.models import JournalLine

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"


@pytest.fixture(autouse=True)
def the_day_of_the_factories(monkeypatch):
    """What is late counts from today, so today is the day on which the factories write."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


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


@pytest.mark.parametrize("name", ["mine", "offers"])
def test_a_long_list_comes_in_pages(acts, monkeypatch, name):
    monkeypatch.setattr("alongside.contributions.views.A_PAGE", 2)
    them = factories.cast()
    for _ in range(3):
        factories.offer(them)
    browser = acts(them.asha if name == "mine" else them.lea)
    url = reverse(f"contributions:{name}", args=[] if name == "mine" else [them.initiative.pk])
    first, last = (browser.get(url, {"page": page}) for page in (1, 2))
    assert [len(page.context["page_obj"].object_list) for page in (first, last)] == [2, 1]
    assert "Next page" in first.content.decode() and "Earlier page" in last.content.decode()


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
    (
        "yes",
        {"method": "VOUCHER", "shop": "Corner shop", "when": "DAY", "pay_from": "1 January 2027"},
        OfferState.ACCEPTED,
    ),
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
    form = browser.get(url).context["form"]
    assert "method" not in form.fields or form["method"].value() is None
    assert browser.post(url, {"when": "ONCE"} | said).url == reverse("contributions:offer", args=[offer.pk])
    offer.refresh_from_db()
    assert offer.state == state


@pytest.mark.parametrize(
    ("way", "said", "words"),
    [
        ("yes", {}, "needs an answer"),
        ("yes", {"method": "GIFT"}, "Choose one of the answers"),
        ("yes", {"method": "VOUCHER", "shop": ""}, "Say which shop"),
        ("yes", {"method": "BANK", "when": "DAY", "pay_from": ""}, "Say which day"),
        ("yes", {"method": "BANK", "when": "PARTS", "parts": ""}, "Write the parts"),
        (
            "yes",
            {"method": "BANK", "when": "PARTS", "parts": "£20 in December"},
            "Line 1: write a sum, a comma and a day",
        ),
        ("yes", {"method": "BANK", "when": "PARTS", "parts": "lots, 1 December 2026"}, "Line 1"),
        (
            "yes",
            {"method": "BANK", "when": "PARTS", "parts": "£20, 1 December 2026\n£30, 1 January 2027"},
            "The parts come to £50.00. They must come to £55.00.",
        ),
        (
            "yes",
            {"method": "BANK", "when": "PARTS", "parts": "£25, 1 January 2027\n£30, 1 December 2026"},
            "Each part needs a day of its own, the earliest first.",
        ),
        ("part", {"method": "CASH", "pence": "£55"}, "£54.99 or less"),
        ("part", {"method": "CASH", "pence": "0"}, "0.01 or more"),
        ("give", {}, "needs an answer"),
        ("later", {"later_on": "someday"}, "Write the day"),
    ],
)
def test_half_an_answer_is_asked_again(acts, way, said, words):
    them = factories.cast()
    offer = factories.offer(them)
    said = {"when": "ONCE"} | said
    page = acts(them.asha).post(reverse("contributions:answer", args=[offer.pk, way]), said)
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


def test_cash_for_who_asked_to_be_asked_first_says_so_and_goes_out_at_a_second_press(acts):
    them = factories.cast()
    for person in (them.asha, them.bo):
        benefits.ask_me_first(person=person, wanted=True, by=person, at=AT)
    browser, url = acts(them.lea), reverse("contributions:cash", args=[them.initiative.pk])
    sent = {"once": ONCE, "to": them.asha.pk, "pence": "£20", "asked": ""}
    for to, said in ((them.asha, sent), (them.bo, sent | {"to": them.bo.pk, "asked": them.asha.pk})):
        page = browser.post(url, said)
        assert f"{to.shown_name} wants to be asked before an offer with money" in page.content.decode()
        assert Offer.objects.count() == 0
    shown = {name: page.context["form"][name].value() for name in sent}
    assert shown == {"once": ONCE, "to": str(them.bo.pk), "pence": "£20", "asked": str(them.bo.pk)}
    browser.post(url, shown)
    assert [offer.to for offer in Offer.objects.all()] == [them.bo]


@pytest.mark.parametrize(("unpaid", "says"), [(False, True), (True, False)])
def test_only_time_that_is_paid_is_said_to_be_paid(acts, unpaid, says):
    them = factories.cast()
    them.asha.ask_unpaid = True
    them.asha.save(update_fields=["ask_unpaid"])
    more = {"line": None, "confirmed_unpaid": True, "costs_pence": 400} if unpaid else {}
    offer = factories.offer(them, **more)
    page = acts(them.asha).get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    assert ("all of it paid" in page) == says


def half_sent(them, pence=5000):
    """Asha's yes to £55.00 in two parts, of which the first was sent."""
    offer = factories.offer(them)
    parts = [(pence, None), (5500 - pence, date(2027, 1, 4))]
    operations.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", parts=parts, by=them.asha, at=AT)
    operations.say_done(offer_id=offer.pk, on=factories.ON, by=them.asha, at=AT)
    operations.settle_part(part_id=queries.parts_of(offer)[0].pk, money="SENT", on=factories.ON, at=AT)
    return offer


@pytest.mark.parametrize("pence", ["£40", "£49.99", "0"])
def test_less_than_what_is_sent_already_is_asked_again_with_the_sum(acts, pence):
    them = factories.cast()
    offer = half_sent(them)
    url = reverse("contributions:answer", args=[offer.pk, "part"])
    page = acts(them.asha).post(url, {"method": "BANK", "when": "ONCE", "pence": pence})
    assert page.status_code == 200
    assert "£50.00 is approved or sent already, so it is not less than that." in page.content.decode()
    assert [part.pence for part in queries.parts_of(offer)] == [5000, 500]


@pytest.mark.parametrize(("pence", "kept"), [("£50", [5000]), ("£52", [5000, 200])])
@pytest.mark.parametrize("when", ["ONCE", "MONTH"])
def test_who_keeps_what_was_sent_may_want_no_more_or_a_little(acts, pence, kept, when):
    them = factories.cast()
    offer = half_sent(them)
    url = reverse("contributions:answer", args=[offer.pk, "part"])
    assert acts(them.asha).post(url, {"method": "BANK", "when": when, "pence": pence}).status_code == 302
    assert sum(part.pence for part in queries.parts_of(offer)) == sum(kept)


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


PARTS = [
    ("ONCE", {}, [(5500, None)]),
    ("MONTH", {}, [(2750, None), (2750, date(2026, 12, 1))]),
    ("JANUARY", {}, [(2750, None), (2750, date(2027, 1, 1))]),
    ("DAY", {"pay_from": "1 February 2027"}, [(5500, date(2027, 2, 1))]),
    (
        "PARTS",
        {"parts": "£20, 1 December 2026\n£35, 4 January 2027"},
        [(2000, date(2026, 12, 1)), (3500, date(2027, 1, 4))],
    ),
]


@pytest.mark.parametrize(("when", "more", "kept"), PARTS)
def test_the_money_comes_when_and_in_as_many_parts_as_the_person_says(acts, when, more, kept):
    them = factories.cast()
    offer = factories.offer(them)
    browser = acts(them.asha)
    browser.post(reverse("contributions:answer", args=[offer.pk, "yes"]), {"method": "BANK", "when": when} | more)
    assert [(part.pence, part.from_on) for part in queries.parts_of(offer)] == kept
    page = browser.get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    assert ("In parts" in page) == (len(kept) > 1)


@pytest.mark.parametrize(
    ("said", "asked", "not_asked"),
    [
        ({"method": "VOUCHER", "when": "ONCE"}, "Which shop is the voucher for?", "Which parts?"),
        ({"method": "BANK", "when": "DAY"}, "Not before which day?", "Which shop"),
        ({"method": "BANK", "when": "PARTS"}, "Which parts?", "Not before which day?"),
    ],
)
def test_what_only_one_answer_needs_is_asked_after_it_and_not_as_a_mistake(acts, said, asked, not_asked):
    them = factories.cast()
    offer = factories.offer(them)
    browser, url = acts(them.asha), reverse("contributions:answer", args=[offer.pk, "yes"])
    assert asked not in browser.get(url).content.decode()
    page = browser.post(url, said)
    words = page.content.decode()
    assert asked in words
    assert "One more thing." in words
    assert "Look at this again" not in words
    assert not_asked not in words
    assert page.context["form"]["method"].value() == said["method"]
    offer.refresh_from_db()
    assert offer.state == OfferState.MADE


def test_half_now_and_half_in_january_takes_three_taps(acts):
    """The answer, the way, the time; then the button."""
    them = factories.cast()
    offer = factories.offer(them)
    page = acts(them.asha).get(reverse("contributions:answer", args=[offer.pk, "yes"])).content.decode()
    assert "Half by Monday 16 November 2026, and half from Friday 1 January 2027" in page


def test_a_carer_costs_offer_is_paid_straight_to_who_provides(acts):
    them = factories.cast()
    them.cy.ask_unpaid = True
    them.cy.save(update_fields=["ask_unpaid"])
    offer = factories.offer(
        them, them.cy, line=None, confirmed_unpaid=True, costs_pence=6000, costs_words="Somebody with my mother"
    )
    browser, url = acts(them.cy), reverse("contributions:answer", args=[offer.pk, "yes"])
    assert "Paid straight to who provides it" in browser.get(url).content.decode()
    assert (
        "Say who is paid" in browser.post(url, {"method": "PREPAID", "when": "ONCE", "provider": ""}).content.decode()
    )
    browser.post(url, {"method": "PREPAID", "when": "ONCE", "provider": "Care Together"})
    offer.refresh_from_db()
    assert (offer.method, offer.provider) == ("PREPAID", "Care Together")
    assert "Care Together" in browser.get(reverse("contributions:offer", args=[offer.pk])).content.decode()


def test_pay_is_not_paid_straight_to_somebody_else(acts):
    them = factories.cast()
    offer = factories.offer(them)
    browser, url = acts(them.asha), reverse("contributions:answer", args=[offer.pk, "yes"])
    assert "Who is paid straight?" not in browser.get(url).content.decode()
    assert "Choose one of the answers" in browser.post(url, {"method": "PREPAID", "provider": "X"}).content.decode()


def test_work_without_money_may_count_as_time(acts):
    them = factories.cast()
    offer = factories.offer(them)
    acts(them.asha).post(reverse("contributions:answer", args=[offer.pk, "no-money"]), {"time": "on"})
    offer.refresh_from_db()
    assert (offer.accepted_pence, offer.method) == (0, "TIME")


# --- what an offer is made from ---


def gathered(them):
    """A gathering to which everybody with a seat is invited: Asha, Bo and Cy. Dan takes a seat later."""
    made = gatherings.call(
        initiative=them.initiative, title="Ward walk", starts_at=AT, ends_at=AT + timedelta(minutes=90),
        place="Room 1", by=them.lea, at=AT,
    )  # fmt: skip
    dan = factories.add("Dan", them.organisation)
    initiatives.give_seat(initiative=them.initiative, person=dan, role="New", on=factories.ON, by=them.lea, at=AT)
    return made


def test_an_offer_from_a_gathering_has_its_length_and_asks_only_who_was_invited(acts):
    them = factories.cast()
    gathering = gathered(them)
    browser, url = acts(them.lea), reverse("contributions:for_gathering", args=[gathering.pk])
    form = browser.get(url).context["form"]
    shown = [form[name].value() for name in ("task", "minutes", "activity_on")]
    assert shown == ["Ward walk", 90, "2 November 2026"]
    assert [words for _, words in form.fields["to"].choices] == ["Asha", "Bo", "Cy"]
    sent = terms(them) | {"to": [them.asha.pk, them.bo.pk], "minutes": "90", "prep_minutes": "30"}
    look = browser.post(url, sent)
    assert "90 minutes of work, 30 minutes to get ready" in look.content.decode()
    for _ in range(2):
        browser.post(url, sent | {"sure": "1"})
    made = Offer.objects.order_by("pk")
    assert [(offer.to, offer.minutes, offer.from_gathering_id) for offer in made] == [
        (them.asha, 120, gathering.pk), (them.bo, 120, gathering.pk),
    ]  # fmt: skip
    assert {offer.state for offer in made} == {OfferState.MADE}


def test_offers_to_several_people_are_made_for_all_or_none(acts):
    them = factories.cast()
    them.bo.ask_unpaid = True
    them.bo.save(update_fields=["ask_unpaid"])
    gathering = gathered(them)
    sent = terms(them) | {
        "to": [them.bo.pk, them.asha.pk], "line": "none", "costs_pence": "", "confirmed_unpaid": "on", "sure": "1"
    }  # fmt: skip
    page = acts(them.lea).post(reverse("contributions:for_gathering", args=[gathering.pk]), sent).content.decode()
    assert "Asha has not said that they may be asked for work without money" in page
    assert Offer.objects.count() == 0


def test_an_offer_from_an_advert_says_its_pay_and_asks_who_answered(acts):
    them = factories.cast()
    advert = advert_answered_by(them, them.eli, factories.add("Flo"))
    browser, url = acts(them.lea), reverse("contributions:for_advert", args=[advert.pk])
    page = browser.get(url)
    assert "£27.50 for each started hour" in page.content.decode()
    assert [words for _, words in page.context["form"].fields["to"].choices] == ["Eli"]
    browser.post(url, terms(them) | {"to": [them.eli.pk], "sure": "1"})
    assert Offer.objects.get().from_advert_id == advert.pk


def test_a_link_may_say_what_an_offer_starts_with_and_nothing_more(acts):
    them = factories.cast()
    url = reverse("contributions:make", args=[them.initiative.pk])
    said = {"task": "Read it", "to": them.asha.pk, "fund_line": "x", "ask_words": "Mallory", "confirmed_unpaid": "1"}
    form = acts(them.lea).get(url, said).context["form"]
    assert (form["task"].value(), form["ask_words"].value()) == ("Read it", them.lea.shown_name)
    assert not form["confirmed_unpaid"].value()
    assert form["to"].value() is None
    assert Offer.objects.count() == 0


# --- a day that is gone ---


def test_work_of_a_day_that_is_gone_warns_and_waits_for_a_tick(acts):
    them = factories.cast()
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    sent = terms(them) | {"activity_on": "30 October 2026"}
    for more in ({}, {"sure": "1"}):
        page = browser.post(url, sent | more).content.decode()
        assert "Friday 30 October 2026 is gone." in page
        assert Offer.objects.count() == 0
    assert "Tick that you know this" in page
    browser.post(url, sent | {"sure": "1", "confirmed_gone": "1"})
    assert Offer.objects.get().promised_on == factories.PROMISED
    today = terms(them) | {"activity_on": "2 November 2026"}
    assert "is gone." not in browser.post(url, today).content.decode()


def test_of_two_warnings_one_that_was_ticked_stays_ticked(acts):
    them = factories.cast()
    sent = terms(them) | {"activity_on": "30 October 2026", "fund_line": funded(them, 100).pk, "sure": "1"}
    url = reverse("contributions:make", args=[them.initiative.pk])
    ticks = acts(them.lea).post(url, sent | {"confirmed_cover": "1"}).context["ticks"]
    assert [(tick.name, tick.ticked) for tick in ticks] == [("confirmed_gone", False), ("confirmed_cover", True)]
    assert Offer.objects.count() == 0


# --- which rate ---


def test_work_of_a_later_day_takes_the_rate_that_is_set_already_for_it(acts):
    them = factories.cast()
    new = [("Taking part", Unit.HOUR, 3000)]
    card = rates.add(
        organisation=them.organisation, from_on=date(2027, 1, 1), source="Us", by=them.lea, at=AT, lines=new
    )
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    later = lines_of([card])[0]
    shown = {str(key): str(words) for key, words in browser.get(url).context["form"].fields["line"].choices}
    assert "for work from Friday 1 January 2027" in shown[str(later.pk)]
    assert "for work from" not in shown[str(them.line.pk)]
    january = terms(them) | {"activity_on": "14 January 2027", "sure": "1"}
    page = browser.post(url, january).content.decode()
    assert "That rate does not hold on Thursday 14 January 2027." in page
    assert "Choose one from the rate card of Friday 1 January 2027." in page
    page = browser.post(url, terms(them) | {"line": later.pk, "sure": "1"}).content.decode()
    assert "That rate does not hold on Friday 4 December 2026." in page
    assert Offer.objects.count() == 0
    browser.post(url, january | {"line": later.pk})
    assert Offer.objects.get().pay_pence == 6000


# --- what pays for it ---


def funded(them, pence=6000, **days):
    fund = ledger.add_fund(
        organisation=them.organisation, name="Lottery", by=them.lea, at=AT, lines=[("Talks", "T-7", pence)], **days
    )
    return fund_lines.lines_of(them.organisation).get(fund=fund)


def test_a_line_that_has_enough_is_shown_with_its_code_and_asks_nothing(acts):
    them = factories.cast()
    line = funded(them)
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    page = browser.post(url, terms(them) | {"fund_line": line.pk}).content.decode()
    assert "Lottery: Talks (T-7)" in page
    assert "I know this, and promise it all the same" not in page
    browser.post(url, terms(them) | {"fund_line": line.pk, "sure": "1"})
    offer = Offer.objects.get()
    assert offer.fund_line == line
    assert "Lottery: Talks (T-7)" in browser.get(reverse("contributions:offer", args=[offer.pk])).content.decode()


@pytest.mark.parametrize(
    ("pence", "days", "words"),
    [
        (5000, {}, "This line has £50.00 left"),
        (9000, {"from_on": date(2027, 1, 1)}, "begins on Friday 1 January 2027"),
        (9000, {"to_on": date(2026, 12, 1)}, "ended on Monday 30 November 2026"),
    ],
)
def test_a_promise_beyond_the_line_warns_and_waits_for_a_yes_to_it(acts, pence, days, words):
    them = factories.cast()
    line = funded(them, pence, **days)
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    for sent in ({}, {"sure": "1"}):
        page = browser.post(url, terms(them) | {"fund_line": line.pk} | sent).content.decode()
        assert words in page
        assert Offer.objects.count() == 0
    assert "Tick that you know this" in page
    browser.post(url, terms(them) | {"fund_line": line.pk, "sure": "1", "confirmed_cover": "1"})
    assert Offer.objects.get().fund_line == line


@pytest.mark.parametrize("state", [None, OfferState.LATER])
def test_what_waits_for_an_answer_is_counted_before_the_next_offer_from_that_line(acts, state):
    them = factories.cast()
    line = funded(them, 20_000)
    for to in (them.asha, them.bo):
        offer = factories.offer(them, to, fund_line=line, minutes=180)
        if state:
            operations.answer(offer_id=offer.pk, state=state, by=to, at=AT)
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    sent = terms(them) | {"to": them.cy.pk, "fund_line": line.pk}
    warning = "This line has £200.00 left; this is £59.00, and £165.00 more waits for an answer."
    assert warning in browser.post(url, sent | {"sure": "1"}).content.decode()
    assert Offer.objects.count() == 2
    operations.answer(offer_id=offer.pk, state=OfferState.DECLINED, by=them.bo, at=AT)
    assert "left; this is" not in browser.post(url, sent).content.decode()


def test_a_new_offer_does_not_count_the_one_that_waits_in_its_place(acts):
    them = factories.cast()
    line = funded(them, 6000)
    offer = factories.offer(them, fund_line=line)
    url = reverse("contributions:replace", args=[offer.pk])
    sent = terms(them) | {"fund_line": line.pk}
    assert "left; this is" not in acts(them.lea).post(url, sent).content.decode()


def test_an_offer_that_names_no_line_warns_where_there_are_lines(acts):
    them = factories.cast()
    browser, url = acts(them.lea), reverse("contributions:make", args=[them.initiative.pk])
    assert "names no money" not in browser.post(url, terms(them)).content.decode()
    funded(them)
    assert "names no money that pays for it" in browser.post(url, terms(them)).content.decode()
    browser.post(url, terms(them) | {"sure": "1"})
    assert Offer.objects.get().fund_line is None


def test_cover_is_counted_for_everybody_at_once(acts):
    them = factories.cast()
    line, gathering = funded(them, 11_000), gathered(them)
    sent = terms(them) | {"to": [them.asha.pk, them.bo.pk], "fund_line": line.pk}
    page = acts(them.lea).post(reverse("contributions:for_gathering", args=[gathering.pk]), sent).content.decode()
    assert "this is £118.00" in page


# --- what the person set for themselves ---


def wants_at_most(person, pence, stretch="MONTH"):
    benefits.set_ceiling(person=person, stretch=stretch, start=1, pence=pence, words="", by=person, at=AT)


def test_an_offer_above_what_the_person_set_says_so_before_they_answer(acts):
    them = factories.cast()
    offer = factories.offer(them)
    wants_at_most(them.asha, 5000)
    own = acts(them.asha).get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    assert "This would make £55.00 in the month" in own
    lead = acts(them.lea).get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    assert "£50.00" not in lead


def test_a_yes_above_what_the_person_set_waits_for_a_tick_and_less_or_later_does_not(acts):
    them = factories.cast()
    wants_at_most(them.asha, 5000)
    offer = factories.offer(them)
    browser, url = acts(them.asha), reverse("contributions:answer", args=[offer.pk, "yes"])
    said = {"method": "BANK", "when": "ONCE"}
    page = browser.post(url, said).content.decode()
    assert "You set £50.00" in page
    assert "I know this, and want it like that." in page
    assert Offer.objects.get().state == OfferState.MADE
    assert browser.post(url, said | {"when": "MONTH"}).status_code == 302
    assert browser.post(url, said | {"over_known": "on"}).status_code == 302
    assert [part.pence for part in queries.parts_of(offer)] == [5500]


def test_who_set_a_most_reads_that_all_of_it_may_come_sooner_and_how_to_fix_its_day(acts):
    them = factories.cast()
    wants_at_most(them.asha, 9000)
    for person, says in ((them.asha, True), (them.bo, False)):
        url = reverse("contributions:answer", args=[factories.offer(them, person).pk, "yes"])
        choices = acts(person).get(url).context["form"].fields["when"].choices
        assert [when for when, words in choices if "It may come sooner" in words] == ["ONCE"] * says


def test_what_is_promised_already_counts_towards_what_the_person_set_and_other_months_do_not(acts):
    them = factories.cast()
    wants_at_most(them.asha, 6000)
    factories.accepted(them)
    offer, later = factories.offer(them), factories.offer(them, activity_on=date(2026, 12, 14))
    browser = acts(them.asha)
    assert "£110.00" in browser.get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    assert "You set" not in browser.get(reverse("contributions:offer", args=[later.pk])).content.decode()


def test_costs_do_not_count_towards_what_the_person_set(acts):
    them = factories.cast()
    wants_at_most(them.asha, 5500)
    offer = factories.offer(them, costs_pence=1000)
    assert "You set" not in acts(them.asha).get(reverse("contributions:offer", args=[offer.pk])).content.decode()


def test_ask_me_first_is_a_plain_question_before_the_yes(acts):
    them = factories.cast()
    offer = factories.offer(them)
    benefits.ask_me_first(person=them.asha, wanted=True, by=them.asha, at=AT)
    browser, url = acts(them.asha), reverse("contributions:answer", args=[offer.pk, "yes"])
    for page in (browser.get(url), browser.post(url, {"method": "BANK", "when": "ONCE"})):
        assert "You told us to ask you first" in page.content.decode()
    assert Offer.objects.get().state == OfferState.MADE
    assert "How do you want your money?" in browser.get(f"{url}?asked=1").content.decode()
    assert browser.post(f"{url}?asked=1", {"method": "BANK", "when": "ONCE"}).status_code == 302
    assert "You told us" not in browser.get(url.replace("/yes/", "/no/")).content.decode()


def test_who_offers_is_told_to_ask_first(acts):
    them = factories.cast()
    benefits.ask_me_first(person=them.asha, wanted=True, by=them.asha, at=AT)
    page = acts(them.lea).post(reverse("contributions:make", args=[them.initiative.pk]), terms(them))
    assert "Asha wants to be asked before an offer with money" in page.content.decode()


# --- the letter ---


def test_the_letter_is_two_taps_from_the_offer_and_says_each_sum_and_day(acts):
    them = factories.cast()
    offer = factories.offer(them, costs_pence=500, costs_words="Bus")
    browser, url = acts(them.asha), reverse("contributions:letter", args=[offer.pk])
    assert url in browser.get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    page = browser.get(url)
    words = page.content.decode()
    for wanted in ("Harbour Trust", "Read the leaflet with us", "£55.00", "£5.00", "Nothing is sent"):
        assert wanted in words
    assert "no-store" in page["Cache-Control"]
    paper = browser.post(url)
    assert paper.content.startswith(b"%PDF")
    assert "benefit" not in paper["Content-Disposition"]


def test_the_letter_of_a_split_says_every_part(acts):
    them = factories.cast()
    offer = factories.offer(them)
    operations.answer(
        offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=them.asha, at=AT,
        parts=[(2000, None), (3500, date(2027, 1, 4))],
    )  # fmt: skip
    words = acts(them.asha).get(reverse("contributions:letter", args=[offer.pk])).content.decode()
    assert "£20.00" in words
    assert "£35.00" in words


def test_the_letter_is_for_its_person_alone(acts):
    them = factories.cast()
    offer = factories.offer(them)
    for other in (them.lea, them.bo, them.eli):
        assert acts(other).get(reverse("contributions:letter", args=[offer.pk])).status_code == 404


def test_making_a_letter_leaves_no_trace(acts):
    them = factories.cast()
    offer = factories.offer(them)
    before = JournalLine.objects.count(), Offer.objects.values().get()
    browser = acts(them.asha)
    browser.get(reverse("contributions:letter", args=[offer.pk]))
    browser.post(reverse("contributions:letter", args=[offer.pk]))
    assert (JournalLine.objects.count(), Offer.objects.values().get()) == before


def test_the_page_of_all_offers_shows_from_what_one_can_be_made(acts):
    them = factories.cast()
    gathering, advert = gathered(them), advert_answered_by(them, them.eli)
    page = acts(them.lea).get(reverse("contributions:offers", args=[them.initiative.pk])).content.decode()
    assert reverse("contributions:for_gathering", args=[gathering.pk]) in page
    assert reverse("contributions:for_advert", args=[advert.pk]) in page
