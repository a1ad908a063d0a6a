"""The shape of each kind of reviewed content: one frozen dataclass a kind.

A field without a default must be in the file; a key that is no field is refused. Money is written as a string
("27.50") and held as whole pence (or cents). A period runs from its first day up to, not including, its last.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.calculations.content.bank_shapes import BankAnswers, BankFile, BankStatement, PaymentArea
from alongside.calculations.content.day_shapes import BankHolidays
from alongside.calculations.content.entry import Entry, Pence
from alongside.calculations.content.open_shapes import OpenSheet
from alongside.calculations.content.rule_shapes import AdviceRoute, BenefitLetter, BenefitRule, Scheme


@dataclass(frozen=True, kw_only=True)
class CoWord(Entry):
    """One of the four co-words that our stages are gathered under."""

    order: int
    means: str


@dataclass(frozen=True, kw_only=True)
class Stage(Entry):
    """One stage of an initiative; `co_word` is the id of a CoWord."""

    order: int
    co_word: str
    means: str
    questions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of a ladder, or one part of a set that has no order. `band` groups rungs."""

    id: str
    words: str
    means: str = ""
    band: str = ""


@dataclass(frozen=True, kw_only=True)
class Ladder(Entry):
    """A published ladder. `ordered` is false where the parts stand side by side; rungs run from low to high."""

    ordered: bool
    rungs: tuple[Rung, ...]
    credit: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Label(Entry):
    """One honest label: what it means, what it does not claim, and why it is a respected answer."""

    order: int
    means: str
    does_not_claim: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class InitiativeKind(Entry):
    """A kind of initiative, with an example of its own."""

    order: int
    means: str
    example: str


@dataclass(frozen=True, kw_only=True)
class RateLine:
    """One rate. `seen` is false for a figure that we worked out or could not find in print.

    prepared: getting ready is in the amount; chairs: for who chairs or leads; least_minutes: at least so much is paid.
    """

    id: str
    words: str
    pence: Pence
    per: str
    seen: bool = True
    prepared: bool = False
    chairs: bool = False
    least_minutes: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RatePeriod:
    """The rates that held from one day up to, not including, another; an open end has no `to`."""

    from_on: date
    lines: tuple[RateLine, ...]
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RateCard(Entry):
    """The rates that one body published. `use` is "offer" to start an offer from, or "floor" to compare with."""

    body: str
    country: str
    currency: str
    use: str
    periods: tuple[RatePeriod, ...]
    note: str = ""

    def on(self, day):
        """The period that holds on a day; None when we have no figures for it (never last year's instead)."""
        return next((p for p in self.periods if p.from_on <= day and (p.to_on is None or day < p.to_on)), None)


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way to reach a helping line: `how` is call, text, chat or visit."""

    how: str
    number: str
    hours: str
    cost: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Signpost(Entry):
    """Somewhere that helps when things are hard. Out of date means not shown: a wrong number does harm."""

    country: str
    place: str
    who_for: str
    channels: tuple[Channel, ...]
    order: int
    checked_on: date
    checked_how: str
    expires_after_days: int
    emergency: bool = False
    languages: tuple[str, ...] = ("English",)

    @property
    def expires_on(self):
        """The first day on which it may no longer be shown."""
        return self.checked_on + timedelta(days=self.expires_after_days)


@dataclass(frozen=True, kw_only=True)
class Duty(Entry):
    """A duty that somebody holds for a while, in an organisation or an initiative."""

    order: int
    means: str
    may: tuple[str, ...]
    may_not: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SchemeLine:
    """One plain sentence about one benefit. `agreed` is false where official sources disagree."""

    id: str
    words: str
    say: str
    source: str
    agreed: bool = True


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Where to ask before saying yes."""

    words: str
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitLine(Entry):
    """What an advert says about pay and benefits in one country. It never names an amount and never decides."""

    country: str
    say: tuple[str, ...]
    ask: tuple[Advice, ...]
    schemes: tuple[SchemeLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AccessNeed(Entry):
    """Something that makes a meeting possible: the need, never the reason."""

    order: int
    group: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    """One word of the glossary."""

    means: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContributionKind(Entry):
    """A way of giving. `credit_roles` are the matching CRediT roles; none where that list has no word for it."""

    order: int
    means: str
    examples: tuple[str, ...]
    credit_roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContributorRole(Entry):
    """One way to be credited. `credit_name` and `credit_uri` are those of CRediT, empty where that list has no word.

    `records`: which records propose it. `tells_why`: it says why somebody is involved, so no certificate carries it.
    """

    order: int
    means: str
    example: str
    credit_name: str = ""
    credit_uri: str = ""
    records: tuple[str, ...] = ()
    tells_why: bool = False


@dataclass(frozen=True, kw_only=True)
class AuthorshipQuestion(Entry):
    """One condition of authorship as a question, with what would help somebody to meet it."""

    order: int
    means: str
    helps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PaymentMethod(Entry):
    """A way to be paid. Only one with `may_be_default` may be filled in for anybody."""

    order: int
    means: str
    can_go_wrong: tuple[str, ...]
    may_be_default: bool


@dataclass(frozen=True, kw_only=True)
class Principle(Entry):
    """One of Norton's eleven principles; `hard` marks those he found hardest to bring in."""

    order: int
    means: str
    records: str
    hard: bool = False


@dataclass(frozen=True, kw_only=True)
class Action(Entry):
    """One of Norton's nine action areas: what to do, how it shows, and the tasks."""

    order: int
    means: str
    measure: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Phase(Entry):
    """One of the five steps of the journey: map, focus, people, market, grow."""

    order: int
    means: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing that a checklist asks about."""

    id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Checklist(Entry):
    """A list to go through together."""

    means: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class History(Entry):
    """A short note on what was, to read before something is decided; `asks` is the question that it leaves."""

    paragraphs: tuple[str, ...]
    asks: str


@dataclass(frozen=True, kw_only=True)
class ReflectionCard(Entry):
    """A question to talk about. `level` is "personal", "organisation" or "social"."""

    order: int
    level: str
    asks: str


@dataclass(frozen=True, kw_only=True)
class EvidenceKind(Entry):
    """A way in which something is known. `order` is where it stands on a page and says nothing of its weight."""

    order: int
    asks: str


@dataclass(frozen=True, kw_only=True)
class CostItem(Entry):
    """A cost that is paid back without a receipt, to start one's own list from. `per` is "time" or "hour"."""

    order: int
    country: str
    currency: str
    pence: Pence
    per: str
    seen: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MileageLine:
    """What one mile or kilometre with one vehicle pays, in pence with two decimals: "41.80" is held as 4180."""

    id: str
    words: str
    pence_each: Pence


@dataclass(frozen=True, kw_only=True)
class MileagePeriod:
    """The rates that held from one day up to, not including, another."""

    from_on: date
    lines: tuple[MileageLine, ...]
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Mileage(Entry):
    """Rates for travel with one's own vehicle, as a public body set them. `per` is "mile" or "kilometre"."""

    body: str
    country: str
    currency: str
    per: str
    periods: tuple[MileagePeriod, ...]
    note: str = ""

    def on(self, day):
        """The period that holds on a day; None when we have no figures for it (never last year's instead)."""
        return next((p for p in self.periods if p.from_on <= day and (p.to_on is None or day < p.to_on)), None)


@dataclass(frozen=True)
class Kind:
    """A folder of content: its name, the shape of its files, and how its entries are ordered."""

    folder: str
    shape: type
    sort: tuple[str, ...] = field(default=("order",))


KINDS = {
    kind.folder: kind
    for kind in (
        Kind("co-words", CoWord),
        Kind("stages", Stage),
        Kind("ladders", Ladder, ("id",)),
        Kind("labels", Label),
        Kind("kinds", InitiativeKind),
        Kind("rate-cards", RateCard, ("country", "id")),
        Kind("signposts", Signpost, ("country", "order")),
        Kind("duties", Duty),
        Kind("benefit-lines", BenefitLine, ("country",)),
        Kind("benefit-rules", BenefitRule, ("jurisdiction", "order")),
        Kind("benefit-schemes", Scheme),
        Kind("advice-routes", AdviceRoute),
        Kind("benefit-letters", BenefitLetter, ("country",)),
        Kind("access-needs", AccessNeed),
        Kind("glossary", Term, ("id",)),
        Kind("contribution-kinds", ContributionKind),
        Kind("contributor-roles", ContributorRole),
        Kind("authorship-questions", AuthorshipQuestion),
        Kind("payment-methods", PaymentMethod),
        Kind("principles", Principle),
        Kind("actions", Action),
        Kind("phases", Phase),
        Kind("checklists", Checklist, ("id",)),
        Kind("histories", History, ("id",)),
        Kind("reflection-cards", ReflectionCard),
        Kind("evidence-kinds", EvidenceKind),
        Kind("open-sheets", OpenSheet),
        Kind("cost-items", CostItem),
        Kind("mileage", Mileage, ("country", "id")),
        Kind("bank-files", BankFile),
        Kind("bank-statements", BankStatement),
        Kind("bank-answers", BankAnswers, ("id",)),
        Kind("payment-areas", PaymentArea, ("id",)),
        Kind("bank-holidays", BankHolidays),
    )
}
