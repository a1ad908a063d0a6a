"""The stretches of days by which offices and people count money. No clock, and nothing of the server's own zone.

    span("personal_month", date(2026, 11, 16), start=12)   -> Span(12 November 2026 .. 12 December 2026)
    sums("week", [(date(2026, 11, 16), 2500), ...], start=0)   -> [(Span, pence), ...] in order
    local_day(moment, "Pacific/Chatham")   -> the day on the calendar of that place

    moment(date(2026, 11, 16), time(14), "Pacific/Chatham")   -> when the clock on the wall there shows 14:00

A span runs from its first day up to, not including, `to_on`.
"""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from alongside.calculations.periods.series import (
    EACH_MONTH,
    EACH_TWO_WEEKS,
    EACH_WEEK,
    ONCE,
    comes,
    days_again,
    moment,
)

__all__ = [
    "BENEFIT_WEEK",
    "CALENDAR_MONTH",
    "EACH_MONTH",
    "EACH_TWO_WEEKS",
    "EACH_WEEK",
    "KINDS",
    "ONCE",
    "PERSONAL_MONTH",
    "TAX_YEAR",
    "TWELVE_MONTHS",
    "WEEK",
    "Span",
    "comes",
    "days_again",
    "local_day",
    "moment",
    "months_later",
    "span",
    "sums",
]

WEEK = "week"
BENEFIT_WEEK = "benefit_week"
CALENDAR_MONTH = "calendar_month"
PERSONAL_MONTH = "personal_month"
TWELVE_MONTHS = "12_months_rolling"
TAX_YEAR = "tax_year"
KINDS = (WEEK, BENEFIT_WEEK, CALENDAR_MONTH, PERSONAL_MONTH, TWELVE_MONTHS, TAX_YEAR)
STARTS = {WEEK: range(7), BENEFIT_WEEK: range(7), PERSONAL_MONTH: range(1, 32)}
DAY = timedelta(days=1)
TAX_YEAR_BEGINS = (4, 6)  # 6 April, United Kingdom


@dataclass(frozen=True, order=True)
class Span:
    """Days from `from_on` up to, not including, `to_on`."""

    from_on: date
    to_on: date

    @property
    def last(self):
        """The last day of it."""
        return self.to_on - DAY

    def __contains__(self, day):
        return self.from_on <= day < self.to_on


def span(kind, day, start=None):
    """The span of a kind that holds `day`.

    start: for a week the day it begins (Monday is 0); for a benefit week too; for a personal month its day, 1 to 31.
    The other kinds need none. Twelve months, rolling, are those that end with `day`.
    Raises ValueError for an unknown kind or a start that cannot be.
    """
    if kind not in KINDS:
        raise ValueError(f"There is no stretch of days called {kind!r}; known are {', '.join(KINDS)}.")
    starts = STARTS.get(kind)
    if starts is not None and start not in starts:
        raise ValueError(f"A {kind} begins on {starts[0]} to {starts[-1]}, not on {start!r}.")
    return _MAKE[kind](day, start)


def sums(kind, payments, start=None):
    """What falls into each span that has a payment: [(Span, pence)], earliest first. payments: (day, pence) pairs."""
    payments = list(payments)
    if kind == TWELVE_MONTHS:
        spans = {span(kind, day) for day, _ in payments}
        return sorted((each, sum(pence for day, pence in payments if day in each)) for each in spans)
    found = defaultdict(int)
    for day, pence in payments:
        found[span(kind, day, start)] += pence
    return sorted(found.items())


def local_day(moment, zone):
    """The calendar day of an aware moment in a zone such as Europe/London. Raises ValueError for one without zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone falls on no day.")
    return moment.astimezone(ZoneInfo(zone)).date()


def months_later(day, months):
    """The same day so many months on, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    return _clamped(day.year + years, month + 1, day.day)


def _week(day, start):
    first = day - timedelta(days=(day.weekday() - start) % 7)
    return Span(first, first + timedelta(days=7))


def _calendar_month(day, _start=None):
    return _personal_month(day, 1)


def _personal_month(day, start):
    """One that starts on 31 starts on the last day of a shorter month."""
    this = _clamped(day.year, day.month, start)
    first = this if this <= day else _clamped(*_month_before(day), start)
    return Span(first, _clamped(*_month_after(first), start))


def _twelve_months(day, _start=None):
    """Ends with `day`. Where the day after has no twin a year before (29 February), it begins on 1 March."""
    to_on = day + DAY
    if (to_on.month, to_on.day) == (2, 29):
        return Span(date(to_on.year - 1, 3, 1), to_on)
    return Span(to_on.replace(year=to_on.year - 1), to_on)


def _tax_year(day, _start=None):
    first = date(day.year, *TAX_YEAR_BEGINS)
    year = day.year if day >= first else day.year - 1
    return Span(date(year, *TAX_YEAR_BEGINS), date(year + 1, *TAX_YEAR_BEGINS))


def _clamped(year, month, day):
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_before(day):
    return (day.year - 1, 12) if day.month == 1 else (day.year, day.month - 1)


def _month_after(day):
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)


_MAKE = {
    WEEK: _week,
    BENEFIT_WEEK: _week,
    CALENDAR_MONTH: _calendar_month,
    PERSONAL_MONTH: _personal_month,
    TWELVE_MONTHS: _twelve_months,
    TAX_YEAR: _tax_year,
}
