"""What a yearly page is made of: a stretch of whole years, sections, figures, and the words that stand for a number."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.design.states import day_words
from alongside.organisations.states import DutyKind

NOT_RECORDED = "not recorded"
NONE = "none"
ONE_YEAR_AT_A_TIME = "choose one year to see it"
READERS = (DutyKind.LEAD, DutyKind.COMMISSIONER, DutyKind.APPROVER, DutyKind.PAYER)
EARLIEST = 2000

# Figures that open a list, and what the list is called. Lists hold things; no list is of people.
LISTS = {
    "initiatives": "Initiatives run",
    "adverts": "Adverts published",
    "adverts-unpaid": "Adverts without money",
    "agreements": "Agreements brought in force",
    "gatherings": "Gatherings held",
    "conversations": "Conversations closed",
    "decisions": "Decisions taken",
    "decisions-substance": "Decisions of substance",
    "decisions-answering": "Decisions that answer what people said",
    "decisions-overturned": "Decisions overturned from above",
    "decisions-told": "Decisions of which everybody was told",
    "offers": "Offers of work made",
    "paid": "Payments sent",
    "labels": "Labels shown outside",
}
FOR_LEAD = {"offers"}  # each is about one person's work
FOR_MONEY = {"paid"}


@dataclass(frozen=True)
class Scope:
    """What a yearly page is about: an organisation or one of its initiatives, and whole years with an exclusive end."""

    organisation: object
    initiative: object | None
    first: int
    after: int

    @property
    def from_on(self):
        """The first day."""
        return date(self.first, 1, 1)

    @property
    def to_on(self):
        """The first day after the last."""
        return date(self.after, 1, 1)

    @property
    def one_year(self):
        """Whether it is a single year: only then are numbers of people shown."""
        return self.after - self.first == 1

    @property
    def name(self):
        """What it is about, in words."""
        return (self.initiative or self.organisation).name

    @property
    def words(self):
        """The stretch of time in words, with its first and its last day."""
        last = self.to_on - timedelta(days=1)
        return f"from {day_words(self.from_on, weekday=False)} to {day_words(last, weekday=False)}"

    @property
    def asked(self):
        """The stretch of time as the end of an address."""
        return f"?from={self.first}&to={self.after}"


@dataclass(frozen=True)
class Figure:
    """One figure. shown: the number as it may be read, in words where there is none. listed: it opens its list."""

    key: str
    words: str
    shown: str
    listed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars with the sentence that says the same."""

    title: str
    unit: str
    rows: list
    sentence: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a yearly page. beside: a second column of figures that must be read together with the first."""

    title: str
    sentence: str
    figures: list
    charts: list = field(default_factory=list)
    heading: str = ""
    beside: list = field(default_factory=list)
    beside_heading: str = ""
    column: str = "How many"


@dataclass(frozen=True)
class Row:
    """One row behind a number. url: empty where this reader may not open it."""

    words: str
    on: date | None
    url: str = ""
