"""The shapes of what we know of banks: files they take, statements they give, words they send back with money."""

from dataclasses import dataclass
from datetime import date

from alongside.calculations.content.entry import Entry, Pence


@dataclass(frozen=True, kw_only=True)
class FileColumn:
    """One column of a bank's file: its place (1 is the first), what stands in it, its heading if it has one.

    field: one of calculations.payment_file's fields, or "fixed" with what always stands there.
    """

    place: int
    field: str
    heading: str = ""
    fixed: str = ""


@dataclass(frozen=True, kw_only=True)
class BankFile(Entry):
    """A file that a bank takes, as we found it described. `confidence` says how sure we are; banks change these.

    format: "csv", or a version of pain.001. letters: which a bank writes ("bacs", "sepa"). Longest parts in letters.
    working_days: that the bank needs between getting the file and paying; 0 where it pays on the same day.
    """

    order: int
    means: str
    country: str
    currency: str
    format: str
    seen_on: date
    confidence: str
    letters: str
    longest_name: int
    longest_reference: int
    most_each: Pence
    service_level: str = ""
    capitals: bool = False
    columns: tuple[FileColumn, ...] = ()
    width: int = 0
    headings: bool = False
    day_form: str = ""
    sum_form: str = "pounds"
    most_lines: int = 0
    working_days: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BankStatement(Entry):
    """How one bank names the columns of a statement in CSV. Each part is a heading, in small letters.

    money: one column with plus and minus; money_in and money_out: two columns without. Days are written `day_form`.
    """

    order: int
    seen_on: date
    confidence: str
    day: str
    day_form: str
    money: str = ""
    money_in: str = ""
    money_out: str = ""
    text: tuple[str, ...] = ()
    name: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BankAnswer:
    """One reason for which a bank sends money back, or does not pay: its code, and what it means in words for people.

    ours: the reason lies with our file or our account, so nobody has to look at theirs.
    """

    code: str
    words: str
    ours: bool = False


@dataclass(frozen=True, kw_only=True)
class BankAnswers(Entry):
    """A list of codes with which banks say why money came back or was not paid."""

    answers: tuple[BankAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class PaymentArea(Entry):
    """The countries to whose accounts a currency goes by ordinary transfer: the first two letters of their IBANs.

    source: what was really read, on the day `read_on`; address: the official page to compare with.
    """

    currency: str
    countries: tuple[str, ...]
    address: str
    read_on: date
    confidence: str
    note: str = ""
