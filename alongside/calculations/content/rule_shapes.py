"""The shapes of what is known about benefits: rules, where to ask, and the words of a letter to the office.

docs/benefit-rules.md says what each key means and how a rule is looked up.
"""

from dataclasses import dataclass
from datetime import date

from alongside.calculations.content.entry import Entry, Pence

CONFIDENCE = {
    "A": "the office itself, or the law",
    "B": "an advice service or a public body",
    "C": "a newspaper or somebody's own page",
    "D": "worked out by us",
    "G": "a public collection of rules as data",
    "M": "remembered, not seen in print",
}


@dataclass(frozen=True, kw_only=True)
class Slice:
    """What happens to money up to an amount ("counts by half"); the last slice has no end."""

    words: str
    up_to: Pence | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """The limit that held from one day up to, not including, another. `seen` is false where it is worked out by us."""

    from_on: date
    limit: Pence
    to_on: date | None = None
    seen: bool = True
    wage: Pence | None = None
    slices: tuple[Slice, ...] = ()
    printed_in: str = ""


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A limit that is an hourly wage so many times over, rounded up to a multiple of `up_to`."""

    words: str
    times: int
    up_to: Pence

    def of(self, wage):
        """The limit, in pence, for an hourly wage in pence."""
        return -(-wage * self.times // self.up_to) * self.up_to


@dataclass(frozen=True, kw_only=True)
class Position:
    """What one source says. `dated` is its own date, `seen_on` when we read it; CONFIDENCE explains the mark."""

    says: str
    title: str
    confidence: str
    address: str = ""
    dated: str = ""
    seen_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Paid:
    """One payment of a worked example."""

    on: date
    pence: Pence
    method: str = "bank"
    earned_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Worked:
    """A worked example that the rule must answer rightly: the status, and (`says`) a part of the words."""

    payments: tuple[Paid, ...]
    expect: str
    from_source: str
    day: int | None = None
    week_day: int | None = None
    since: date | None = None
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitRule(Entry):
    """One rule of one benefit in one place. Without `periods` it is told, not reckoned."""

    jurisdiction: str
    scheme: str
    order: int
    kind: str
    say: str
    ask: tuple[str, ...]
    agreement: str
    positions: tuple[Position, ...]
    for_whom: str = ""
    period: str = ""
    basis: str = ""
    counted_on: str = ""
    unit_scope: str = "person"
    currency: str = ""
    applies_to: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    wait_months: int = 0
    formula: Formula | None = None
    periods: tuple[Figure, ...] = ()
    not_known: str = ""
    tests: tuple[Worked, ...] = ()

    def figure(self, day):
        """The figure that holds on a day; None when we have none for it (never last year's instead)."""
        return next((f for f in self.periods if f.from_on <= day and (f.to_on is None or day < f.to_on)), None)


@dataclass(frozen=True, kw_only=True)
class Scheme(Entry):
    """A benefit, or "ANY" for what holds for all of them. `code` is what `alongside rules --scheme` takes."""

    code: str
    jurisdiction: str
    order: int
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AdviceRoute(Entry):
    """Somebody to ask before saying yes."""

    jurisdiction: str
    order: int
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitLetter(Entry):
    """The sentences of a letter to the benefits office in one country. {braces} take facts and nothing else."""

    country: str
    title: str
    to: str
    greeting: str
    opening: str
    not_a_job: str
    may_stop: str
    money: str
    no_money: str
    guidance: tuple[str, ...]
    please: str
    closing: str
    foot: str
