"""The first page says what needs you, first; an initiative's page shows each room's part to whoever may see it."""

from datetime import date

import pytest
from django.urls import reverse

from alongside.decisions.tests import factories as decisions
from alongside.design.states import Line
from alongside.front import queries
from alongside.gatherings.tests import factories as gatherings
from alongside.initiatives.models import Initiative
from tests.world import AT, ON, ORIGIN, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


class Room:
    """A stand-in for what rooms answer, so that only the order is tested here."""

    def __init__(self, *lines):
        self.lines = lines

    def today(self, person, on):
        return list(self.lines)


def test_at_most_five_need_you_nearest_day_first(monkeypatch):
    days = [None, date(2026, 11, 9), date(2026, 11, 3), None, date(2026, 11, 5), date(2026, 11, 4), date(2026, 11, 8)]
    lines = [Line(f"line {number}", "/", "needs", day) for number, day in enumerate(days)]
    monkeypatch.setattr(queries, "ROOMS", [Room(*lines[:3]), Room(*lines[3:])])
    page = queries.today(None, ON)
    assert [line.words for line in page["needs"]] == ["line 2", "line 5", "line 4", "line 6", "line 1"]
    assert [line.words for line in page["more"]] == ["line 0", "line 3"]


def test_first_page_of_somebody_new_holds_the_ten_promises(client):
    page = client.get(reverse("front:today")).content.decode()
    assert page.count("<li><strong>") == 10
    assert "nobody can join your vote to you" in page


def test_first_page_tells_a_person_what_needs_them(world, scene):
    gatherings.gathering(scene.initiative, by=scene.people["facilitator"], at=AT)
    page = world.client("author").get(reverse("front:today")).content.decode()
    assert "Say whether you come: How we leave the ward" in page


def test_draft_is_not_in_the_directory(world, scene, client):
    Initiative.objects.create(
        organisation=scene.organisation, name="Hidden draft", kind="service", state="DRAFT", made_at=AT
    )
    page = client.get(reverse("front:directory")).content.decode()
    assert "Hidden draft" not in page
    assert "Leaving well" in page


def test_directory_finds_by_words_and_says_when_nothing_fits(world, client):
    assert "Leaving well" in client.get(reverse("front:directory"), {"find": "leaving"}).content.decode()
    page = client.get(reverse("front:directory"), {"find": "<b>nothing</b>"}).content.decode()
    assert "Nothing here has these words." in page
    assert "<b>nothing" not in page


def test_stranger_sees_an_initiative_without_what_is_inside(world, scene, client):
    gatherings.gathering(scene.initiative, by=scene.people["facilitator"], at=AT, title="Only for the table")
    said = decisions.statement(scene.initiative, scene.people["author"], chair=scene.people["facilitator"], at=AT)
    decisions.question(scene.initiative, by=scene.people["author"], at=AT, statements=[said])
    url = reverse("front:initiative", args=[scene.initiative.pk])
    inside, outside = world.client("author").get(url).content.decode(), client.get(url).content.decode()
    for hidden in ("Only for the table", "What do people get in the first week?", "ownauthor"):
        assert hidden in inside
        assert hidden not in outside
    assert ORIGIN["why_now"] in outside


def test_directory_makes_the_same_number_of_queries_for_one_and_three(world, scene, client, queries_of):
    url = reverse("front:directory")
    three = queries_of(lambda: client.get(url))
    Initiative.objects.exclude(pk=scene.initiative.pk).update(state="DRAFT")
    assert (three, queries_of(lambda: client.get(url))) == (2, 2)


def test_first_page_makes_the_same_number_of_queries_for_one_and_three(world, scene, queries_of):
    client, url = world.client("author"), reverse("front:today")
    chair = scene.people["facilitator"]
    counts = []
    for title in ("one", "two", "three"):
        gatherings.gathering(scene.initiative, by=chair, at=AT, title=title)
        decisions.question(scene.initiative, by=chair, at=AT)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[2] == 32


def test_page_of_an_initiative_makes_the_same_number_of_queries_for_one_and_three(world, scene, queries_of):
    client, url = world.client("author"), reverse("front:initiative", args=[scene.initiative.pk])
    chair = scene.people["facilitator"]
    counts = []
    for title in ("one", "two", "three"):
        gatherings.gathering(scene.initiative, by=chair, at=AT, title=title)
        decisions.question(scene.initiative, by=chair, at=AT)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[2] == 20


def test_somebody_who_leads_everything_gets_a_short_list_of_tables_and_the_way_to_all(world, scene):
    client, url = world.client("lead"), reverse("front:today")
    assert client.get(url).text.count("All initiatives</a></li>") == 1, "at the foot of every page"
    like = Initiative.objects.get(pk=scene.initiative.pk)
    for number in range(20):
        like.pk, like.name = None, f"Table {number}"
        like.save(force_insert=True)
    page = client.get(url).text
    assert page.count('<li><a href="/initiatives/') == 12
    assert page.count("All initiatives</a></li>") == 2
