"""The figures of days to pay, held against a plain model that counts one by one."""

import statistics
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.times_to_pay import (
    BANDS,
    OVER_30,
    TO_30,
    UP_TO_15,
    Times,
    band,
    middle,
    percentile,
    report,
    span,
    times,
)

ON = date(2026, 11, 2)
DAYS = st.lists(st.integers(0, 400), max_size=60)
ROWS = st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 400)), max_size=60)


@pytest.mark.parametrize(
    ("days", "name"),
    [(0, UP_TO_15), (15, UP_TO_15), (16, TO_30), (30, TO_30), (31, OVER_30), (4_000, OVER_30)],
)
def test_bands_end_where_they_say(days, name):
    assert band(days) == name


def test_nothing_is_no_nought():
    assert times([]) == Times(0, 0, 0, 0, None, None, None)


def test_worked_example():
    assert times([1, 2, 15, 16, 30, 31]) == Times(6, 3, 2, 1, 15.5, 31, 31)
    assert times(range(1, 11)) == Times(10, 10, 0, 0, 5.5, 9, 10)


@pytest.mark.parametrize("wrong", [0, -1, 101])
def test_a_percentile_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="Between 1 and 100"):
        percentile([1], wrong)


def test_money_before_the_work_took_no_days():
    assert span(ON, ON - timedelta(days=3), ON).days == 0
    assert span(ON, None, ON - timedelta(days=3)).days == 0


@given(DAYS)
def test_bands_add_up_and_the_middle_is_the_usual_one(days):
    found = times(days)
    assert found.to_15 + found.to_30 + found.over_30 == found.count == len(days)
    assert found.median == (statistics.median(days) if days else None)
    assert sum(BANDS[band(each)] == BANDS[OVER_30] for each in days) == found.over_30


@given(DAYS, st.integers(1, 100))
def test_percentile_is_the_smallest_within_which_enough_lie(days, hundredths):
    found = percentile(days, hundredths)
    enough = [each for each in days if sum(other <= each for other in days) * 100 >= hundredths * len(days)]
    assert found == min(enough, default=None)


@given(DAYS)
def test_order_does_not_count(days):
    assert times(days) == times(reversed(days))
    assert middle(days) == middle(sorted(days, reverse=True))


@given(ROWS, st.integers(0, 500))
def test_nothing_is_left_out_and_what_waits_counts_with_its_age(rows, now):
    """The model: every payment is in exactly one of the two, and both together hold all of them."""
    on = ON + timedelta(days=now)
    found = report(span(ON + timedelta(days=a), b if b is None else ON + timedelta(days=b), on) for a, b in rows)
    waiting = [max(now - a, 0) for a, b in rows if b is None]
    arrived = [max(b - a, 0) for a, b in rows if b is not None]
    assert (found.arrived, found.waiting) == (times(arrived), times(waiting))
    assert found.both == times(arrived + waiting)
    assert found.both.count == len(rows)


@given(ROWS, st.integers(0, 500))
def test_waiting_longer_never_looks_quicker(rows, now):
    def at(days):
        on = ON + timedelta(days=days)
        return report(span(ON + timedelta(days=a), b if b is None else ON + timedelta(days=b), on) for a, b in rows)

    before, after = at(now).both, at(now + 1).both
    assert after.to_15 <= before.to_15 and after.over_30 >= before.over_30
    assert before.ninety is None or after.ninety >= before.ninety
