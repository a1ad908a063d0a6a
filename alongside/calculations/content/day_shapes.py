"""The shape of what we know of days on which a country does not work."""

from dataclasses import dataclass
from datetime import date

from alongside.calculations.content.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day on which nobody has to work, and its name."""

    on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class BankHolidays(Entry):
    """The public days off of one place, as far as they were published when we read them on `read_on`.

    address: the official page, for who compares; source: what was really read. countries: the country codes of
    organisations to which this place is shown first.
    """

    order: int
    place: str
    countries: tuple[str, ...]
    address: str
    read_on: date
    confidence: str
    days: tuple[Day, ...]
    note: str = ""

    def of(self, year):
        """The days of one year in their order; () for a year that we do not have (never another one's instead)."""
        return tuple(sorted((day for day in self.days if day.on.year == year), key=lambda day: day.on))
