"""What is looked back at: a quarter, a fund, whose turn something late is, and the files of an audit pack."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.calculations.times_to_pay import BANDS
from alongside.design.states import MONTHS
from alongside.organisations.states import DutyKind

READERS = (DutyKind.LEAD, DutyKind.COMMISSIONER, DutyKind.APPROVER, DutyKind.PAYER)
HELPERS = (DutyKind.LEAD, DutyKind.APPROVER, DutyKind.PAYER)  # who sees what is late, and can move it
NONE = "none"
NO_FUND = "No fund yet"
ALL_FUNDS = "All funds together"
BOTH, ARRIVED, WAITING = "all", "arrived", "waiting"
OF = {BOTH: "All of it", ARRIVED: "Arrived", WAITING: "Not arrived yet, age so far"}
BAND_WORDS = {name: words.capitalize() for name, words in BANDS.items()}


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, by the calendar: 2026-Q4 is October to December 2026."""

    year: int
    number: int

    @property
    def from_on(self):
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def before(self):
        """The first day after it."""
        return self.later(1).from_on

    @property
    def last(self):
        """Its last day."""
        return self.before - timedelta(days=1)

    @property
    def name(self):
        """`2026-Q4`, as it is typed and put into names of files."""
        return f"{self.year}-Q{self.number}"

    @property
    def words(self):
        """`October to December 2026`."""
        return f"{MONTHS[3 * self.number - 3]} to {MONTHS[3 * self.number - 1]} {self.year}"

    def later(self, count):
        """The quarter so many later; earlier for a minus."""
        year, place = divmod(4 * self.year + self.number - 1 + count, 4)
        return Quarter(year, place + 1)

    def __contains__(self, day):
        return self.from_on <= day < self.before


@dataclass(frozen=True)
class Timed:
    """One part of money whose work is done, as it is counted: when, from which fund, for how long. Never what for."""

    part_id: int
    person_id: int
    fund_id: int | None
    fund: str
    pence: int
    worked_on: date
    arrived_on: date | None
    later_on: date | None
    days: int
    band: str


@dataclass(frozen=True)
class Cell:
    """One number as this reader may see it. asked: the end of the address of its list, or ""."""

    shown: str
    asked: str = ""


@dataclass(frozen=True)
class Figures:
    """One row: how many, in which band, the middle one, nine in ten. bands is empty where they are not told apart."""

    words: str
    count: Cell
    bands: tuple
    middle: str
    ninety: str


@dataclass(frozen=True)
class Group:
    """Rows that belong together: an organisation, or one fund, in one quarter."""

    title: str
    rows: tuple


# --- what is late ---


@dataclass(frozen=True)
class Turn:
    """Whose turn it is with something late, and what would help."""

    key: str
    words: str
    helps: str


APPROVER = Turn("approver", "Somebody who approves", "Open it and approve it, or put it on hold and say why.")
PAYER = Turn("payer", "Somebody who pays", "Put it into the next run, or hand it over and mark it as sent.")
BANK = Turn("bank", "The bank", "Bring in the bank’s statement. If it is not there, ask the bank by the reference.")
RECEIVER = Turn("receiver", "Whoever was paid straight", "Ask them whether it came, and write down the day.")
DETAILS = Turn(
    "details",
    "The person, about their bank details",
    "Ring them: the details can be confirmed by phone. Or offer cash.",
)
HELD = Turn("held", "Whoever put it on hold", "Ask them by name to look again. The reason stands with the payment.")
FROZEN = Turn("frozen", "Whoever froze the money", "Ask them by name to let it go on, or to say by when.")
TURNS = (APPROVER, PAYER, BANK, RECEIVER, DETAILS, HELD, FROZEN)


@dataclass(frozen=True)
class Late:
    """One part of money that is late: its Claim, whose Turn, by name where one person has it, and days late."""

    claim: object
    turn: Turn
    who: str
    days: int


# --- the audit pack ---


@dataclass(frozen=True)
class Scope:
    """What an audit pack is about: an organisation's fund, or a quarter, or that fund in that quarter; as of a day."""

    organisation: object
    on: date
    fund: object = None
    quarter: Quarter | None = None

    @property
    def name(self):
        """For names of files: neither the organisation nor the fund is named."""
        return "-".join(filter(None, (self.fund and f"fund-{self.fund.pk}", self.quarter and self.quarter.name)))

    @property
    def words(self):
        """What it is about, in words."""
        fund = f"the fund {self.fund.name}" if self.fund else "all funds"
        return f"{fund}, {self.quarter.words if self.quarter else 'from its beginning'}"


# Of each file: its headings. Nothing in a file says why a person is involved: no task, table, story or typed words.
FILES = {
    "offers.csv": ("Offer", "To", "Offered on", "Offered by", "Work offered for", "Minutes", "For work", "For costs", "All of it", "Fund", "Line", "Code", "Promised by", "In place of offer"),
    "yeses.csv": ("Offer", "To", "Said on", "Accepted", "How it is paid", "Work done on", "Done said on", "Done said by"),
    "receipts.csv": ("Offer", "Claim", "Kind", "How many", "Amount", "Picture", "SHA-256 of the picture"),
    "approvals.csv": ("Payment", "In the book", "Approved on", "Approved by", "Amount", "Fund", "Line", "Code", "Held since", "Held by", "Held until"),
    "payments.csv": ("Payment", "In the book", "Offer", "To", "Paid to", "Amount", "By", "Stands at", "Promised by", "Wanted from", "Sent on", "Sent by", "Reference", "Receipted", "Seen by", "Arrived on", "Tries", "Paid by the book", "Came back by the book"),
    "runs.csv": ("Run", "Number for the bank", "To be paid on", "Payments in all", "All together", "Stands at", "Chosen by", "Chosen on", "Confirmed by", "Confirmed on", "Given to the bank on", "Given by", "SHA-256 of the file", "Cancelled, since the bank did not have it"),
    "run-payments.csv": ("Run", "Place", "Reference", "Payment", "Amount", "Stands at", "Settled on"),
    "statements.csv": ("Statement", "Line", "Brought in on", "By", "SHA-256 of the statement", "Day at the bank", "Out of the account", "Into the account", "Read as", "References"),
    "ledger.csv": ("Transaction", "Written on", "By", "What", "About", "Currency", "Fund", "Account", "Line", "Code", "Onto", "Out of"),
    "ledger-sums.csv": ("Fund", "Account", "Before: onto", "Before: out of", "Onto", "Out of", "After: onto", "After: out of"),
    "journal.csv": ("Number", "When", "What", "About", "By", "Figures", "Digest"),
    "days-to-pay.csv": ("Payment", "Fund", "Work done on", "Arrived on", "Wanted from", "Days", "Band", "Still waits"),
    "days-to-pay-sums.csv": ("Which", "How many", "Up to 15 days", "16 to 30 days", "More than 30 days", "Median days", "90th percentile days", "Longest"),
}  # fmt: skip
COVER, COVER_IN_WORDS, MANIFEST = "cover.pdf", "cover.txt", "manifest.json"


@dataclass(frozen=True)
class Pack:
    """What was packed: each file as Packed, {words: pence} of the sums, why payments and book differ or ""."""

    files: tuple
    sums: dict
    differs: str
    size: int = 0
    sha256: str = ""
