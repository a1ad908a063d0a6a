"""Help is in date, and the way out works for everybody."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.calculations import content
from alongside.safety import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("country", [code for code, _ in queries.COUNTRIES])
def test_every_country_has_an_emergency_line(country):
    lines, _ = queries.help_lines(country, date(2026, 11, 23))
    assert any(line.emergency for line in lines)


def test_line_that_nobody_checked_is_not_shown(client, monkeypatch):
    line = next(each for each in content.signposts("GB", on=date(2026, 11, 23)) if not each.emergency)
    later = line.expires_on + timedelta(days=1)
    shown, expired = queries.help_lines("GB", later)
    assert line.id not in {each.id for each in shown}
    assert line.id in {each.id for each in expired}


def test_unknown_country_shows_the_first(client):
    assert client.get(reverse("safety:help"), {"country": "<script>"}).status_code == 200
    assert queries.known_country("XX") == "GB"


def test_leave_goes_to_the_neutral_page_and_drops_copies(client, settings):
    settings.QUICK_EXIT_TO = "https://weather.example/"
    answer = client.get(reverse("safety:leave"))
    assert (answer.status_code, answer["Location"]) == (302, "https://weather.example/")
    assert answer["Clear-Site-Data"] == '"cache"'


def test_leave_is_the_first_link_of_a_page(client):
    page = client.get(reverse("safety:promises")).content.decode()
    assert page.index("data-leave") < page.index("Skip to the main part")


def test_help_is_in_the_same_place_on_every_page(client):
    for name in ("safety:help", "safety:promises", "front:today"):
        assert f'href="{reverse("safety:help")}"' in client.get(reverse(name)).content.decode()


def test_every_help_line_can_be_pressed_on_a_telephone(client):
    page = client.get(reverse("safety:help")).content.decode()
    assert 'href="tel:999"' in page
    assert 'href="sms:85258"' in page
