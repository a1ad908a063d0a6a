"""Words of ceilings, and the plain values that other rooms give and get."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from alongside.calculations import money, periods


class Stretch(TextChoices):
    """For how long a ceiling counts."""

    WEEK = "WEEK", "A week"
    MONTH = "MONTH", "A month of the calendar"
    OWN_MONTH = "OWN_MONTH", "My own month"


KIND = {
    Stretch.WEEK: periods.WEEK,
    Stretch.MONTH: periods.CALENDAR_MONTH,
    Stretch.OWN_MONTH: periods.PERSONAL_MONTH,
}
WEEK_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Over:
    """A stretch of days in which more would come than the person wants: from `from_on` up to, not including, `to_on`."""

    words: str
    limit_pence: int
    sum_pence: int
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Sum:
    """One sum of a letter: the day, whole pence, and what for."""

    on: date
    pence: int
    words: str = ""
    currency: str = field(default_factory=money.code)


@dataclass(frozen=True)
class LetterFacts:
    """What a letter to an office says. It takes no name of a benefit, and nothing of it is kept.

    country: GB, IE, CA, NZ, AU ... not_employment: whether the offer says that it is no job. lines: sums and days
    that somebody typed, beside or in place of `sums`.
    """

    organisation: str
    country: str
    activity: str
    on: date
    sums: tuple[Sum, ...] = ()
    costs: tuple[Sum, ...] = ()
    lines: tuple[str, ...] = ()
    not_employment: bool = True


@dataclass(frozen=True)
class Letter:
    """A letter as it is shown and set: the same words on the page and in the PDF."""

    title: str
    sender: tuple[str, ...]
    to: tuple[str, ...]
    day: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    closing: tuple[str, ...]
    foot: str
