"""A gathering that comes again: the same time on the wall, each day for itself, and calendars that agree."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from alongside.calculations import periods
from alongside.calculations.periods.tests.test_periods import many
from alongside.gatherings import operations, queries
from alongside.gatherings.models import Gathering, Invitation
from alongside.gatherings.states import MOST_AGAIN, GatheringState
from alongside.gatherings.tests import factories
from alongside.initiatives.models import Initiative
from alongside.organisations.models import Organisation
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from tests.world import AT, World

ZONES = [
    "Europe/London",
    "Pacific/Chatham",
    "Pacific/Pago_Pago",
    "America/Toronto",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
]
WALL = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


def event_of(gathering):
    """(begins, ends) in UTC as a calendar program reads it that knows no zones but those in the file."""
    calendar = Calendar.from_ical(queries.calendar_file(gathering))
    event = calendar.walk("VEVENT")[0]
    begins = event["dtstart"].dt
    zones = {str(zone["tzid"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    if named := event["dtstart"].params.get("TZID"):
        begins = begins.replace(tzinfo=zones[named], fold=0)
    return begins.astimezone(UTC), begins.astimezone(UTC) + event["duration"].dt


@pytest.mark.slow
@many(250)
@given(st.dates(date(2026, 1, 1), date(2034, 12, 31)), WALL, st.sampled_from(ZONES), st.integers(10, 720))
@example(date(2026, 3, 29), time(1, 30), "Europe/London", 90)  # never comes
@example(date(2026, 10, 25), time(1, 30), "Europe/London", 90)  # comes twice
@example(date(2026, 10, 25), time(0, 45), "Europe/London", 90)  # ends in the second of two
@example(date(2026, 9, 27), time(2, 45), "Pacific/Chatham", 60)
@example(date(2027, 4, 4), time(3, 0), "Pacific/Chatham", 60)
@example(date(2026, 12, 31), time(23, 59), "Pacific/Pago_Pago", 60)
def test_a_calendar_keeps_each_day_of_a_series_where_it_is(day, at, zone, minutes):
    organisation = Organisation(name="x", zone=zone)
    for week in (0, 7, 26 * 7):
        begins = periods.moment(day + timedelta(days=week), at, zone)
        ends = begins + timedelta(minutes=minutes)
        made = Gathering(
            pk=1,
            initiative=Initiative(organisation=organisation),
            title="Tea",
            starts_at=begins,
            ends_at=ends,
            made_at=AT,
        )
        assert event_of(made) == (begins, ends)


def test_the_second_of_two_times_is_written_so_that_no_calendar_takes_the_first():
    organisation = Organisation(name="x", zone="Europe/London")
    begins = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 01:30 on the wall, for the second time
    assert begins.astimezone(ZoneInfo("Europe/London")).fold == 1
    made = Gathering(
        pk=1, initiative=Initiative(organisation=organisation), title="Tea", starts_at=begins,
        ends_at=begins + timedelta(hours=1), made_at=AT,
    )  # fmt: skip
    assert event_of(made)[0] == begins


# --- calling ---


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


SAID = {"title": "Tea", "day": "15 October 2026", "time": "14:00", "minutes": "60", "place": "Hall"}
AGAIN = {"again_how": "week", "until": "12 November 2026"}


def post(world, scene, said, role="facilitator"):
    client, url = world.client(role), reverse("gatherings:call", args=[scene.initiative.pk])
    return client.post(url, {"once": client.get(url).context["form"]["once"].value()} | said)


def test_it_comes_again_at_the_same_time_on_the_wall_and_each_day_is_its_own(world, scene):
    post(world, scene, SAID | AGAIN)
    made = list(Gathering.objects.order_by("starts_at"))
    assert [f"{each.starts_at:%d %b %H:%M}" for each in made] == [
        "15 Oct 13:00", "22 Oct 13:00", "29 Oct 14:00", "05 Nov 14:00", "12 Nov 14:00",
    ]  # fmt: skip
    london = ZoneInfo("Europe/London")
    assert {each.starts_at.astimezone(london).time() for each in made} == {time(14)}
    assert {each.ends_at - each.starts_at for each in made} == {timedelta(hours=1)}
    assert {Invitation.objects.filter(gathering=each).count() for each in made} == {4}
    chair = scene.people["facilitator"]
    operations.call_off(gathering_id=made[2].pk, by=chair, at=AT)
    week = timedelta(days=1)
    operations.move(
        gathering_id=made[3].pk, starts_at=made[3].starts_at + week, ends_at=made[3].ends_at + week, place="Café",
        by=chair, at=AT,
    )  # fmt: skip
    states = [each.state for each in Gathering.objects.order_by("starts_at")]
    assert states.count(GatheringState.CANCELLED) == 1 and states.count(GatheringState.PLANNED) == 4
    assert Gathering.objects.filter(place="Café").count() == 1


def test_people_get_one_message_for_all_days_and_the_record_one_line(world, scene):
    before = JournalLine.objects.count()
    post(world, scene, SAID | AGAIN)
    told = list(ToTell.objects.filter(about__startswith="gathering:"))
    assert len(told) == 4
    assert {
        "You are asked to 5 gatherings, from Thursday 15 October 2026 to Thursday 12 November 2026." in each.words
        for each in told
    } == {True}
    line = JournalLine.objects.order_by("-pk").first()
    assert (JournalLine.objects.count() - before, line.what, line.facts["times"]) == (
        1,
        "gatherings.gathering.called",
        5,
    )


def test_a_second_press_makes_no_second_series(world, scene):
    client, url = world.client("facilitator"), reverse("gatherings:call", args=[scene.initiative.pk])
    said = SAID | AGAIN | {"once": client.get(url).context["form"]["once"].value()}
    first, second = client.post(url, said), client.post(url, said)
    assert (first["Location"], Gathering.objects.count()) == (second["Location"], 5)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"until": ""}, "Write the last day"),
        ({"until": "15 October 2026"}, "Write the last day"),
        ({"until": "20 October 2026"}, "comes again once to 52 times, not 0"),
        ({"until": "15 October 2028"}, "comes again once to 52 times, not 104"),
        ({"until": "31 December 2199"}, "comes again once to 52 times"),
        ({"until": "whenever"}, "Write the day, the month and the year"),
        ({"again_how": "daily"}, "Choose one of the answers shown"),
        ({"day": "29 March 2026", "time": "1:30", "until": "30 April 2026"}, "Clocks go forward over that time"),
    ],
)
def test_what_cannot_come_again_is_refused_in_place_and_nothing_is_called(world, scene, said, words):
    page = post(world, scene, SAID | AGAIN | said)
    assert (page.status_code, Gathering.objects.count()) == (200, 0)
    assert words in page.content.decode()


def test_who_may_not_call_calls_no_series_and_too_many_are_refused(world, scene):
    day = timedelta(days=1)
    more = [(factories.STARTS + day * n, factories.ENDS + day * n) for n in range(1, MOST_AGAIN + 2)]
    said = {"initiative": scene.initiative, "title": "x", "starts_at": factories.STARTS, "ends_at": factories.ENDS}
    for role, rows, code in (("author", more[:2], "not-asked"), ("facilitator", more, "too-many")):
        with pytest.raises(Refused, match=code):
            operations.call(**said, place="y", by=scene.people[role], at=AT, more=rows)
    assert (Gathering.objects.count(), Invitation.objects.count(), ToTell.objects.count()) == (0, 0, 0)


def test_pages_show_the_day_and_time_on_the_wall_of_the_organisation(world, scene):
    scene.organisation.zone = "Pacific/Chatham"
    scene.organisation.save(update_fields=["zone"])
    post(world, scene, SAID | {"day": "4 December 2026", "time": "9:30"})
    made = Gathering.objects.get()
    assert f"{made.starts_at:%d %H:%M}" == "03 19:45"
    client = world.client("facilitator")
    page = client.get(reverse("gatherings:gathering", args=[made.pk])).content.decode()
    assert "Friday 4 December 2026, 09:30 to 10:30" in page
    for name, key in (("gatherings:list", scene.initiative.pk), ("front:initiative", scene.initiative.pk)):
        assert "Friday 4 December 2026" in client.get(reverse(name, args=[key])).content.decode()
    asked = world.client("author").get(reverse("gatherings:move", args=[made.pk]))
    assert (
        "9:30" in client.get(reverse("gatherings:move", args=[made.pk])).content.decode() and asked.status_code == 200
    )
    lines = [line for line in queries.today(scene.people["author"], date(2026, 11, 3)) if "Tea" in line.words]
    assert [line.by for line in lines] == [date(2026, 12, 4)]
    assert "Friday 4 December 2026" in ToTell.objects.filter(about=f"gathering:{made.pk}").first().words


def test_a_gathering_at_midnight_falls_into_the_year_of_its_organisation(world, scene):
    scene.organisation.zone = "Pacific/Chatham"
    scene.organisation.save(update_fields=["zone"])
    starts = periods.moment(date(2027, 1, 1), time(0, 5), "Pacific/Chatham")
    made = operations.call(
        initiative=scene.initiative, title="x", starts_at=starts, ends_at=starts + timedelta(hours=1), place="y",
        by=scene.people["facilitator"], at=AT,
    )  # fmt: skip
    Gathering.objects.filter(pk=made.pk).update(state="HELD")
    found = [list(queries.held(scene.organisation, date(year, 1, 1), date(year + 1, 1, 1))) for year in (2026, 2027)]
    assert found == [[], [made]]
