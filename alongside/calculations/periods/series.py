"""Times on the wall of one place, and meetings that come again at the same one, whatever the clocks there do."""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ONCE, EACH_WEEK, EACH_TWO_WEEKS, EACH_MONTH = "once", "week", "two_weeks", "month"
WEEKS = {EACH_WEEK: 1, EACH_TWO_WEEKS: 2}
A_WEEK = 7


def moment(day, time, zone):
    """The moment in UTC at which the clock on the wall of a place shows `time` on `day`.

    A time that comes twice is the first. One that never comes, because clocks go forward over it, is counted from the
    time before the change, so that it shows as much later. Both as calendar programs do (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, time, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def comes(day, time, zone):
    """Whether the clock on the wall of a place shows `time` on `day` at all."""
    shown = moment(day, time, zone).astimezone(ZoneInfo(zone))
    return (shown.date(), shown.time()) == (day, time)


def days_again(first, how, until):
    """The days after `first`, up to and with `until`, on which something comes again; how: EACH_WEEK and the like.

    Each month it is the same weekday of the month as the first: the second Tuesday, say. A fifth one is the last.
    Raises ValueError for any other `how`.
    """
    if how in WEEKS:
        step = timedelta(days=A_WEEK * WEEKS[how])
        return [first + step * number for number in range(1, max((until - first) // step, 0) + 1)]
    if how != EACH_MONTH:
        raise ValueError(f"Nothing comes again {how!r}; known are {', '.join([*WEEKS, EACH_MONTH])}.")
    months = range(1, max((until.year - first.year) * 12 + until.month - first.month, 0) + 1)
    days = (_same_weekday(first, number) for number in months)
    return [day for day in days if day <= until]


def _same_weekday(first, months):
    """That weekday of the month so many months on: as many weeks into it as `first`, or its last one."""
    year, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + year, month + 1
    begins, length = calendar.monthrange(year, month)
    day = 1 + (first.weekday() - begins) % A_WEEK + (first.day - 1) // A_WEEK * A_WEEK
    return date(year, month, day if day <= length else day - A_WEEK)
