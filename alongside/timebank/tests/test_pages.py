"""The pages of time: what they show, to whom, in how many queries."""

import re

import pytest
from django.urls import reverse

from alongside.people.queries import GUEST_KEY
from alongside.timebank import operations, queries
from alongside.timebank.models import TimeBank, TimeGift
from alongside.timebank.tests import factories
from alongside.timebank.tests.factories import AT, stands
from alongside.timebank.tests.test_time import work_for_time

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"


@pytest.fixture
def acts(client):
    def act(person):
        session = client.session
        session[GUEST_KEY] = person.pk
        session.save()
        client.cookies["session"] = session.session_key
        return client

    return act


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_time_is_written_down_and_agreed_by_two_buttons(acts):
    them, bank = factories.scene()
    url = reverse("timebank:ask", args=[them.initiative.pk])
    said = {
        "once": ONCE, "other": them.bo.pk, "way": "gave", "minutes": "90", "kind": "SKILL", "on": "2 November 2026", "words": "Bread",
    }  # fmt: skip
    for _ in range(2):
        made = acts(them.asha).post(url, said)
    gift = TimeGift.objects.get()
    assert made.url == reverse("timebank:gift", args=[gift.pk])
    page = text(acts(them.asha).get(made.url))
    assert "Waiting for a yes: Bo says whether it is right" in page
    assert "Yes, it is right" not in page
    assert "Yes, it is right" in text(acts(them.bo).get(made.url))
    acts(them.bo).post(reverse("timebank:agree", args=[gift.pk]))
    assert stands(bank, them.asha, them.bo) == [90, -90]
    page = text(acts(them.bo).get(reverse("timebank:mine")))
    assert "You have −1 hour 30 minutes" in page
    assert "£" not in page


def test_it_says_where_it_is_off(acts):
    them = factories.cast()
    browser = acts(them.asha)
    assert "None of yours has." in text(browser.get(reverse("timebank:mine")))
    page = text(browser.get(reverse("timebank:ask", args=[them.initiative.pk])))
    assert "Time is not exchanged here." in page
    assert TimeBank.objects.count() == 0


@pytest.mark.parametrize("name", ["mine", "office"])
def test_a_list_takes_the_same_queries_for_one_and_three(acts, queries_of, name):
    them, bank = factories.scene(office=True)
    browser = acts(them.asha if name == "mine" else them.lea)
    url = reverse(f"timebank:{name}", args=[them.organisation.pk] if name == "office" else [])
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            gift = operations.ask(
                bank_id=bank.pk, by=them.asha, other=None, gave=True, minutes=5, kind="OTHER", on=factories.ON, at=AT
            )
            operations.agree(gift_id=gift.pk, by=them.lea, at=AT)
            work_for_time(them)
        counts.append(queries_of(lambda: browser.get(url)))
    assert counts == [{"mine": 8, "office": 11}[name]] * 2


def test_the_first_page_asks_once(queries_of):
    them, bank = factories.scene()
    factories.asked(them, bank)
    assert queries_of(lambda: queries.today(them.bo, factories.ON)) <= 2


def test_a_stranger_finds_nothing(acts):
    them, bank = factories.scene(office=True)
    gift = factories.asked(them, bank)
    for person in (them.eli, them.cy):
        assert acts(person).get(reverse("timebank:gift", args=[gift.pk])).status_code == 404
        assert acts(person).post(reverse("timebank:agree", args=[gift.pk])).status_code == 404
    for name in ("settings", "office", "office_ask"):
        assert acts(them.asha).get(reverse(f"timebank:{name}", args=[them.organisation.pk])).status_code == 404
    assert stands(bank, them.asha) == [0]


def test_who_leads_turns_it_on_and_gives_time_for_work(acts):
    them = factories.cast()
    browser, url = acts(them.lea), reverse("timebank:settings", args=[them.organisation.pk])
    browser.post(url, {"is_on": "on", "hours": "4", "office": "on"})
    bank = TimeBank.objects.get()
    assert (bank.is_on, bank.lowest_minutes, bank.office) == (True, 240, True)
    assert "Write 100 or less." in browser.post(url, {"hours": "101"}).content.decode()
    offer = work_for_time(them)
    page = reverse("timebank:office", args=[them.organisation.pk])
    assert "Asha: Read the leaflet with us, 2 hours" in text(browser.get(page))
    browser.post(reverse("timebank:give_for_work", args=[them.organisation.pk, offer.pk]))
    assert "It has −2 hours" in text(browser.get(page))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"other": "999999"}, "Choose one of the answers"),
        ({"other": "office"}, "Choose one of the answers"),
        ({"minutes": "-1"}, "Write 1 or more."),
        ({"minutes": "two"}, "Write a number"),
        ({"on": "4 December 2126"}, "That day has not come yet."),
        ({"way": ""}, "This needs an answer."),
        ({"once": "x"}, "open for a long time"),
    ],
    ids=str,
)
def test_odd_input_is_answered_in_words(acts, wrong, words):
    them, _ = factories.scene()
    said = {"once": ONCE, "other": them.bo.pk, "way": "gave", "minutes": "90", "kind": "SKILL", "on": "2 November 2026"}
    page = acts(them.asha).post(reverse("timebank:ask", args=[them.initiative.pk]), said | wrong)
    assert words in page.content.decode()
    assert TimeGift.objects.count() == 0
