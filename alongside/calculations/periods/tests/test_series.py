"""Meetings that come again keep their time on the wall of their place, whatever its clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.calculations import periods
from alongside.calculations.periods import EACH_MONTH, EACH_TWO_WEEKS, EACH_WEEK
from alongside.calculations.periods.tests.test_periods import SERVERS, many, server

ZONES = sorted(available_timezones())
FIRSTS = st.dates(date(1990, 1, 1), date(2036, 12, 31))
WALL = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
HOWS = st.sampled_from([EACH_WEEK, EACH_TWO_WEEKS, EACH_MONTH])
LONG = st.integers(0, 400).map(timedelta)


def wall(moment, zone):
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def offsets_around(day, at, zone):
    """The two offsets of a zone a day before and a day after: they differ where clocks change between."""
    middle = datetime.combine(day, at, tzinfo=UTC)
    return [(middle + timedelta(days=days)).astimezone(ZoneInfo(zone)).utcoffset() for days in (-2, 2)]


@pytest.mark.slow
@many(6000)
@given(FIRSTS, WALL, st.sampled_from(ZONES), HOWS, LONG)
@example(date(2026, 3, 22), time(1, 30), "Europe/London", EACH_WEEK, timedelta(days=14))  # never comes on 29 March
@example(date(2026, 10, 18), time(1, 30), "Europe/London", EACH_WEEK, timedelta(days=14))  # comes twice on 25 October
@example(date(2026, 9, 20), time(2, 45), "Pacific/Chatham", EACH_WEEK, timedelta(days=14))  # never on 27 September
@example(date(2027, 3, 28), time(3, 0), "Pacific/Chatham", EACH_WEEK, timedelta(days=14))  # twice on 4 April
@example(date(2026, 3, 1), time(14, 0), "Pacific/Pago_Pago", EACH_WEEK, timedelta(days=300))  # no change at all
@example(date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", EACH_MONTH, timedelta(days=300))  # half an hour
def test_every_day_of_a_series_shows_the_same_time_on_the_wall(first, at, zone, how, long):
    for day in periods.days_again(first, how, first + long):
        moment = periods.moment(day, at, zone)
        shown = wall(moment, zone)
        if periods.comes(day, at, zone):
            assert shown == datetime.combine(day, at)
        else:  # clocks went forward over it: it shows later by just as much as they went
            before, after = offsets_around(day, at, zone)
            assert shown - datetime.combine(day, at) == after - before > timedelta()


@pytest.mark.slow
@many(3000)
@given(FIRSTS, WALL, st.sampled_from(ZONES))
@example(date(2026, 10, 25), time(1, 30), "Europe/London")
@example(date(2027, 4, 4), time(3, 0), "Pacific/Chatham")
def test_a_time_that_comes_twice_is_the_first_of_them(day, at, zone):
    moment = periods.moment(day, at, zone)
    there = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
    if periods.comes(day, at, zone) and there.utcoffset() != there.replace(fold=1).utcoffset():
        assert moment < there.replace(fold=1).astimezone(UTC)
        assert moment.astimezone(ZoneInfo(zone)).fold == 0


@pytest.mark.slow
@many(2000)
@given(FIRSTS, WALL, st.sampled_from(ZONES), HOWS)
def test_five_server_zones_make_one_series(first, at, zone, how):
    seen = set()
    for machine in SERVERS:
        with server(machine):
            days = periods.days_again(first, how, first + timedelta(days=70))
            seen.add(tuple(periods.moment(day, at, zone) for day in days))
    assert len(seen) == 1


@pytest.mark.slow
@many(3000)
@given(FIRSTS, HOWS, LONG)
def test_days_come_again_on_the_same_weekday_and_stop_in_time(first, how, long):
    days = periods.days_again(first, how, first + long)
    assert days == sorted(set(days))
    assert all(first < day <= first + long and day.weekday() == first.weekday() for day in days)
    if how == EACH_MONTH:
        months = [(day.year, day.month) for day in days]
        assert len(set(months)) == len(months)
        weeks = (first.day - 1) // 7
        assert all((day.day - 1) // 7 == weeks or (weeks == 4 and (day + timedelta(days=7)).month != day.month)
                   for day in days)  # fmt: skip
    else:
        step = 7 if how == EACH_WEEK else 14
        assert days == [first + timedelta(days=n) for n in range(step, long.days + 1, step)]


@pytest.mark.parametrize(
    ("first", "how", "until", "days"),
    [
        (date(2026, 12, 8), EACH_MONTH, date(2027, 3, 9), [(2027, 1, 12), (2027, 2, 9), (2027, 3, 9)]),
        (date(2026, 12, 8), EACH_MONTH, date(2027, 3, 8), [(2027, 1, 12), (2027, 2, 9)]),
        (date(2026, 12, 29), EACH_MONTH, date(2027, 3, 31), [(2027, 1, 26), (2027, 2, 23), (2027, 3, 30)]),  # a fifth
        (date(2028, 2, 29), EACH_MONTH, date(2028, 5, 31), [(2028, 3, 28), (2028, 4, 25), (2028, 5, 30)]),
        (date(2026, 12, 24), EACH_WEEK, date(2027, 1, 7), [(2026, 12, 31), (2027, 1, 7)]),
        (date(2026, 12, 24), EACH_TWO_WEEKS, date(2027, 1, 6), []),
        (date(2026, 12, 24), EACH_WEEK, date(2026, 12, 1), []),
    ],
)  # fmt: skip
def test_by_hand(first, how, until, days):
    assert periods.days_again(first, how, until) == [date(*day) for day in days]


def test_an_unknown_way_is_refused():
    with pytest.raises(ValueError, match="Nothing comes again 'daily'"):
        periods.days_again(date(2026, 1, 1), "daily", date(2026, 2, 1))


def test_a_year_of_53_weeks_has_53_mondays_in_its_series():
    """2026 has 53 weeks by the week number: from Monday 29 December 2025 to Sunday 3 January 2027."""
    days = periods.days_again(date(2025, 12, 29), EACH_WEEK, date(2027, 1, 3))
    assert [day.isocalendar()[:2] for day in days] == [(2026, week) for week in range(2, 54)]
