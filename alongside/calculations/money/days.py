"""Working days: Monday to Friday, less the holidays that the caller names."""

from datetime import timedelta

MOST_DAYS = 1000


def working_day_after(start_date, days, holidays=()):
    """The day that comes `days` working days after `start_date`; the start day itself is not counted.

    With days=10 this is the promised day of payment: work on a Friday is paid by Friday two weeks later.
    With days=0 it is the start day, or the next working day when the start day is none.
    Raises ValueError for a negative number of days, or more than 1,000.
    """
    if not 0 <= days <= MOST_DAYS:
        raise ValueError(f"Between 0 and {MOST_DAYS} working days, not {days}")
    holidays = frozenset(holidays)
    day = start_date
    while days or not is_working_day(day, holidays):
        day += timedelta(days=1)
        if days and is_working_day(day, holidays):
            days -= 1
    return day


def working_day_before(end_date, days, holidays=()):
    """The day that comes `days` working days before `end_date`; the end day itself is not counted.

    Raises ValueError for less than one day, or more than 1,000.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"Between 1 and {MOST_DAYS} working days, not {days}")
    holidays = frozenset(holidays)
    day = end_date
    while days:
        day -= timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def working_days_between(start_date, end_date, holidays=()):
    """How many working days lie after `start_date` up to and with `end_date`; 0 when the end is not later."""
    holidays = frozenset(holidays)
    span = (end_date - start_date).days
    return sum(is_working_day(start_date + timedelta(days=step), holidays) for step in range(1, span + 1))


def is_working_day(day, holidays=()):
    """True from Monday to Friday, unless the day is one of the holidays."""
    return day.weekday() < 5 and day not in holidays
