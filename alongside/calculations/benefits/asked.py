"""What is asked and what is answered, as plain values."""

from dataclasses import dataclass, field
from datetime import date

from alongside.calculations.periods import Span

WELL_UNDER, NEAR, OVER, UNKNOWN, DISAGREE = "well-under", "near", "over", "unknown", "sources-disagree"
STATUS_WORDS = {
    WELL_UNDER: "Well under",
    NEAR: "Near",
    OVER: "Over",
    UNKNOWN: "We do not know",
    DISAGREE: "Sources disagree",
}
GRAVEST_FIRST = (OVER, UNKNOWN, NEAR, WELL_UNDER)
METHODS = {
    "bank": "To a bank account",
    "cash": "In cash",
    "voucher": "As a voucher",
    "gift": "As a gift",
    "payroll": "Through payroll",
    "donation": "Given to charity instead",
    "time_credit": "As time credit",
    "expenses": "It pays back costs",
}


@dataclass(frozen=True)
class Payment:
    """Money that came or will come: the day, whole pence, how, and the day of the work where it is another."""

    on: date
    pence: int
    method: str = "bank"
    earned_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """What somebody asks. Only the payments are needed; the rest makes answers sharper.

    day: on which their own month begins. week_day: on which their week begins, Monday is 0. since: first day of the
    benefit.
    """

    payments: tuple[Payment, ...]
    day: int | None = None
    week_day: int | None = None
    since: date | None = None


@dataclass(frozen=True)
class Spell:
    """One week, month or year: the sum, what it was held against (None: no figure known), what it comes to."""

    span: Span
    pence: int
    limit: int | None
    status: str
    figure: object = None
    waiting: bool = False


@dataclass(frozen=True)
class Way:
    """One way of reading: how days count, where the stretch begins, whether the wait holds, what is in dispute."""

    counted: str
    start: int | None
    waiting: bool | None
    disputed: bool
    spells: tuple[Spell, ...] = field(compare=False)

    @property
    def status(self):
        """The gravest of its stretches; with nothing to count, well under."""
        found = {spell.status for spell in self.spells}
        return next((status for status in GRAVEST_FIRST if status in found), WELL_UNDER)


@dataclass(frozen=True)
class Answer:
    """What one rule says to what was asked: a status and plain sentences; the stretches where they are certain.

    notes: what holds for the limit and not for the sum: before or after tax, a partner's money.
    """

    rule: object
    status: str
    words: tuple[str, ...]
    notes: tuple[str, ...] = ()
    spells: tuple[Spell, ...] = ()
