"""Periods tile the calendar: no gap, no overlap, each payment in exactly one, and the server's zone changes nothing."""

import os
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.calculations import periods
from alongside.calculations.periods import span

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
TILING = [kind for kind in periods.KINDS if kind != periods.TWELVE_MONTHS]
ZONES = ["UTC", "Europe/London", "Pacific/Chatham", "Pacific/Pago_Pago", "America/Toronto", "Pacific/Auckland"]
ANYWHERE = st.sampled_from(ZONES) | st.sampled_from(sorted(available_timezones()))
SERVERS = ["UTC", "Europe/London", "Pacific/Chatham", "Pacific/Pago_Pago", "America/St_Johns"]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
LENGTHS = {"week": {7}, "benefit_week": {7}, "calendar_month": {28, 29, 30, 31},
           "personal_month": {28, 29, 30, 31}, "12_months_rolling": {365, 366}, "tax_year": {365, 366}}  # fmt: skip


def many(examples):
    """So many examples, however slow the machine is."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def kinds(draw, of=TILING):
    """A kind of period and a start that it takes."""
    kind = draw(st.sampled_from(of))
    return kind, draw(st.sampled_from(periods.STARTS[kind])) if kind in periods.STARTS else None


@contextmanager
def server(zone):
    """The process as it would run on a machine in another zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@pytest.mark.slow
@many(6000)
@given(kinds(), DAYS)
def test_periods_tile_without_gap_or_overlap(kind_start, day):
    kind, start = kind_start
    here = span(kind, day, start)
    assert day in here
    assert (here.to_on - here.from_on).days in LENGTHS[kind]
    assert span(kind, here.to_on, start).from_on == here.to_on
    assert span(kind, here.from_on - timedelta(days=1), start).to_on == here.from_on
    assert span(kind, here.from_on, start) == span(kind, here.last, start) == here


@pytest.mark.slow
@many(4000)
@given(kinds(), st.lists(st.tuples(DAYS, st.integers(0, 10**8)), max_size=8))
def test_each_payment_falls_in_exactly_one_and_no_penny_is_lost(kind_start, payments):
    kind, start = kind_start
    found = periods.sums(kind, payments, start)
    assert sum(pence for _, pence in found) == sum(pence for _, pence in payments)
    assert all(sum(day in each for each, _ in found) == 1 for day, _ in payments)
    assert found == sorted(found)


@pytest.mark.slow
@many(3000)
@given(DAYS, st.lists(st.tuples(st.integers(0, 800), st.integers(0, 10**6)), max_size=8))
def test_twelve_months_back_hold_a_year_and_follow_each_other(day, steps):
    here = span(periods.TWELVE_MONTHS, day)
    assert day in here
    assert here.last == day
    assert (here.to_on - here.from_on).days in LENGTHS[periods.TWELVE_MONTHS]
    assert span(periods.TWELVE_MONTHS, here.from_on - timedelta(days=1)).to_on == here.from_on
    payments = [(day + timedelta(days=step), pence) for step, pence in steps]
    for each, pence in periods.sums(periods.TWELVE_MONTHS, payments):
        assert pence == sum(part for on, part in payments if on in each)


@pytest.mark.slow
@many(4000)
@given(MOMENTS, ANYWHERE, kinds())
def test_five_server_zones_give_one_answer(moment, zone, kind_start):
    kind, start = kind_start
    seen = set()
    for machine in SERVERS:
        with server(machine):
            day = periods.local_day(moment, zone)
            seen.add((day, span(kind, day, start)))
    assert len(seen) == 1


@pytest.mark.slow
@many(3000)
@given(st.dates(date(2000, 1, 2), date(2090, 12, 31)), ANYWHERE)
def test_a_minute_before_and_after_midnight_fall_on_their_own_local_days(day, zone):
    """23:59 counts for the day that ends, 00:01 for the one that begins, also where clocks change that night."""
    late = datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZoneInfo(zone))
    early = datetime(day.year, day.month, day.day, 0, 1, tzinfo=ZoneInfo(zone))
    # Samoa left out 30 December 2011: a time that never was is not asked about.
    for moment in (late, early):
        there = moment.astimezone(UTC)
        if there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment.replace(tzinfo=None):
            assert periods.local_day(there, zone) == day


@pytest.mark.parametrize(
    ("kind", "day", "start", "first", "last"),
    [
        ("week", date(2026, 11, 22), 0, date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2026, 11, 22), 6, date(2026, 11, 22), date(2026, 11, 28)),
        ("benefit_week", date(2026, 11, 22), 3, date(2026, 11, 19), date(2026, 11, 25)),
        ("week", date(2026, 12, 31), 0, date(2026, 12, 28), date(2027, 1, 3)),  # week 53
        ("calendar_month", date(2028, 2, 29), None, date(2028, 2, 1), date(2028, 2, 29)),
        ("personal_month", date(2026, 11, 16), 12, date(2026, 11, 12), date(2026, 12, 11)),
        ("personal_month", date(2026, 11, 11), 12, date(2026, 10, 12), date(2026, 11, 11)),
        ("personal_month", date(2027, 2, 28), 31, date(2027, 2, 28), date(2027, 3, 30)),
        ("personal_month", date(2027, 2, 27), 31, date(2027, 1, 31), date(2027, 2, 27)),
        ("personal_month", date(2028, 2, 29), 30, date(2028, 2, 29), date(2028, 3, 29)),
        ("personal_month", date(2028, 2, 29), 29, date(2028, 2, 29), date(2028, 3, 28)),
        ("personal_month", date(2027, 1, 5), 31, date(2026, 12, 31), date(2027, 1, 30)),
        ("tax_year", date(2027, 4, 5), None, date(2026, 4, 6), date(2027, 4, 5)),
        ("tax_year", date(2027, 4, 6), None, date(2027, 4, 6), date(2028, 4, 5)),
        ("12_months_rolling", date(2026, 11, 22), None, date(2025, 11, 23), date(2026, 11, 22)),
        ("12_months_rolling", date(2028, 2, 29), None, date(2027, 3, 1), date(2028, 2, 29)),
        ("12_months_rolling", date(2028, 2, 28), None, date(2027, 3, 1), date(2028, 2, 28)),
    ],
)  # fmt: skip
def test_by_hand(kind, day, start, first, last):
    found = span(kind, day, start)
    assert (found.from_on, found.last) == (first, last)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Europe/London", datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
        ("Europe/London", datetime(2026, 11, 30, 23, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("Pacific/Chatham", datetime(2026, 12, 31, 10, 15, tzinfo=UTC), date(2027, 1, 1)),
        ("Pacific/Pago_Pago", datetime(2027, 1, 1, 10, 59, tzinfo=UTC), date(2026, 12, 31)),
        ("America/Toronto", datetime(2026, 11, 1, 5, 59, tzinfo=UTC), date(2026, 11, 1)),  # the hour that comes twice
    ],
)
def test_the_day_is_the_one_on_the_wall_of_that_place(zone, moment, day):
    assert periods.local_day(moment, zone) == day


def test_months_later_is_clamped():
    assert periods.months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert periods.months_later(date(2026, 10, 2), 3) == date(2027, 1, 2)


@pytest.mark.parametrize(("kind", "start"), [("month", 1), ("week", 7), ("week", None), ("personal_month", 0)])
def test_what_cannot_be_is_refused(kind, start):
    with pytest.raises(ValueError, match=r"(There is no stretch|begins on)"):
        span(kind, date(2026, 11, 22), start)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        periods.local_day(datetime(2026, 11, 22), "Europe/London")  # noqa: DTZ001
