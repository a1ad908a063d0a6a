"""How long money took from the day of the work to the day it was there. Whole days; no clock, no money, no people.

    report([span(date(2026, 11, 2), date(2026, 11, 12), on), span(date(2026, 11, 2), None, on)])
        -> Report(arrived=Times(count=1, ...), waiting=Times(...), both=Times(...))

What has not arrived counts with its age so far. It stands apart and in `both`, and is never left out: a payer who
never pays would look quick otherwise.
"""

from dataclasses import dataclass

UP_TO_15, TO_30, OVER_30 = "to-15", "to-30", "over-30"
BANDS = {UP_TO_15: "up to 15 days", TO_30: "16 to 30 days", OVER_30: "more than 30 days"}
METHOD = (
    "Days are counted from the day of the work to the day the bank, or the hand, brought the money; of costs that were "
    "claimed later, from the day of the claim. The middle one "
    "(median) has as many above as below; of an even number it lies halfway between the two in the middle. Nine in ten "
    "(90th percentile, nearest rank) is the smallest number of days within which at least 90 in 100 arrived. "
    "What has not arrived counts with its age so far."
)


@dataclass(frozen=True)
class Span:
    """Days from the work to the money; of what has not arrived, its age so far."""

    days: int
    arrived: bool


@dataclass(frozen=True)
class Times:
    """How long some payments took. median and ninety are None when there are none; longest too."""

    count: int
    to_15: int
    to_30: int
    over_30: int
    median: float | None
    ninety: int | None
    longest: int | None


@dataclass(frozen=True)
class Report:
    """Times of what arrived, of what still waits (its age so far), and of both together."""

    arrived: Times
    waiting: Times
    both: Times


def span(worked_on, arrived_on, on):
    """The Span of one payment on a day. Money that was there before the work took no days."""
    until = on if arrived_on is None else arrived_on
    return Span(max((until - worked_on).days, 0), arrived_on is not None)


def band(days):
    """In which of the three bands a number of days lies."""
    return UP_TO_15 if days <= 15 else TO_30 if days <= 30 else OVER_30


def percentile(days, hundredths):
    """The smallest of these numbers within which at least so many in a hundred of them lie; None of none.

    Nearest rank: always a number of days that a payment really took. Raises ValueError outside 1 to 100.
    """
    if not 1 <= hundredths <= 100:
        raise ValueError(f"Between 1 and 100 in a hundred, not {hundredths}")
    days = sorted(days)
    return days[-(-len(days) * hundredths // 100) - 1] if days else None


def middle(days):
    """The median; of an even number halfway between the two in the middle; None of none."""
    days = sorted(days)
    if not days:
        return None
    low, high = days[(len(days) - 1) // 2], days[len(days) // 2]
    return (low + high) / 2


def times(days):
    """The Times of payments that took so many days each."""
    days = sorted(days)
    bands = [band(each) for each in days]
    return Times(
        len(days),
        *(bands.count(name) for name in BANDS),
        middle(days),
        percentile(days, 90),
        days[-1] if days else None,
    )


def report(spans):
    """The Report of these Spans."""
    spans = list(spans)
    arrived, waiting = ([each.days for each in spans if each.arrived is there] for there in (True, False))
    return Report(times(arrived), times(waiting), times(arrived + waiting))
