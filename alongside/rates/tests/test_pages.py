"""The pages: what they show, to whom, in how many queries, and what they answer to odd input."""

from datetime import date

import pytest
from django.urls import reverse

from alongside.people.queries import GUEST_KEY
from alongside.rates.models import RateCard, RateLine
from alongside.rates.states import Unit
from alongside.rates.tests import factories

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"
CARD = {"once": ONCE, "from_on": "1 December 2026", "source": "Council"}


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


def at(name, them):
    return reverse(f"rates:{name}", args=[them.organisation.pk])


def test_members_read_what_is_paid_and_strangers_do_not(acts):
    them = factories.cast()
    factories.card(them)
    page = acts(them.asha).get(at("card", them)).content.decode()
    assert "£27.50" in page
    assert "This one holds today" in page
    assert "Set a new rate card" not in page
    assert acts(them.eli).get(at("card", them)).status_code == 404


def test_a_rate_below_the_living_wage_says_so_on_the_card(acts):
    them = factories.cast()
    factories.card(them, [("Up to three hours", Unit.THREE, 2000), ("An hour", Unit.HOUR, 2750)])
    page = acts(them.asha).get(at("card", them)).content.decode()
    assert page.count("less than the living wage") == 1
    assert "£6.66 for each real hour" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_often_for_three_versions_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count):
        factories.card(them, [("Taking part", Unit.HOUR, 2750 + number), ("A talk", Unit.FIXED, 8000)])
    browser = acts(them.asha)
    browser.get(at("card", them))
    with django_assert_num_queries(6):
        assert browser.get(at("card", them)).content.decode().count("Version ") == count


def test_the_empty_page_says_what_would_be_here_and_offers_the_first_step(acts):
    them = factories.cast()
    assert "Nobody has set it yet" in acts(them.asha).get(at("card", them)).content.decode()
    assert "Start from a published list" in acts(them.lea).get(at("card", them)).content.decode()


def test_a_card_is_written_as_lines_once_and_the_older_one_stays(acts):
    them = factories.cast()
    factories.card(them)
    browser = acts(them.lea)
    assert "Taking part | started hour | £27.50" in browser.get(at("add", them)).content.decode()
    lines = "Taking part | started hour | £30\nChair | Half day | £90 | as chair | getting ready is in it | at least 120 minutes"
    for _ in range(2):
        browser.post(at("add", them), CARD | {"lines": lines})
    assert RateCard.objects.count() == 2
    newest = RateLine.objects.order_by("-pk").values("words", "unit", "pence", "prepared", "chairs", "least_minutes")
    assert newest[0] == {
        "words": "Chair", "unit": "HALF_DAY", "pence": 9000, "prepared": True, "chairs": True, "least_minutes": 120,
    }  # fmt: skip
    page = browser.get(at("card", them)).content.decode()
    assert "£30.00" in page
    assert "£27.50" in page


def test_what_was_written_reads_back_as_the_same_card(acts):
    them = factories.cast()
    line = {"words": "A", "unit": Unit.DAY, "pence": 1205, "prepared": True, "chairs": True, "least_minutes": 90}
    factories.card(them, [line])
    browser = acts(them.lea)
    lines = browser.get(at("add", them)).context["form"]["lines"].initial
    browser.post(at("add", them), CARD | {"lines": "\n".join(lines)})
    first, second = RateLine.objects.order_by("pk").values(
        "words", "unit", "pence", "prepared", "chairs", "least_minutes"
    )
    assert first == second


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Taking part, £30", "three parts"),
        ("A | week | £3", "three parts"),
        ("A | day | -3", "not below"),
        ("A | day | 0", "or more"),
        ("A | day | £3 | on Sundays", "could not read"),
        ("A | day | £3 | at least 9000 minutes", "could not read"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(acts, line, words):
    them = factories.cast()
    page = acts(them.lea).post(at("add", them), CARD | {"lines": f"Good | day | £1\n{line}"}).content.decode()
    assert "Line 2" in page
    assert words in page
    assert RateCard.objects.count() == 0


def test_a_published_list_is_chosen_and_its_source_stays(acts):
    them = factories.cast()
    browser = acts(them.lea)
    assert "thecareruk.com" in browser.get(at("start", them)).content.decode()
    for _ in range(2):
        browser.post(at("start", them), {"once": ONCE, "card_id": "nihr"})
    card = RateCard.objects.get()
    assert "thecareruk.com" in card.source
    assert card.from_on >= date(2026, 1, 1)
    assert "Look it up in print" in browser.get(at("card", them)).content.decode()
