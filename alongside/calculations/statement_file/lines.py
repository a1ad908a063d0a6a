"""What a statement is once it is read, how much of one we look at, and what we say when it cannot be read."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from alongside.refusals import Refusal, Refused

MEBIBYTE = 1024 * 1024
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_PENCE = 100_000_000_000  # a thousand million pounds: no account of ours
RETURN_WORDS = frozenset(
    [
        "RETURN", "RETURNED", "RETURNS", "UNPAID", "REJECT", "REJECTED", "REJECTION", "UNAPPLIED", "RECALL", "RECALLED",
        "REVERSAL", "REVERSED",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How much of a file we look at. A year of a busy account is a tenth of this."""

    bytes: int = 20 * MEBIBYTE
    lines: int = 100_000
    depth: int = 40
    text: int = 1_000
    columns: int = 200
    refused: int = 1_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Line:
    """One booked line. pence: plus came in, minus went out. text: everything in which a reference may stand."""

    number: int
    on: date
    pence: int
    currency: str
    text: str
    name: str
    returned: bool
    reason: str
    mark: str


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that was not taken, and why, in words."""

    number: int
    reason: str


@dataclass
class Statement:
    """All lines of a file: taken, or refused with their reason. account: as the bank wrote it, or empty."""

    kind: str
    account: str = ""
    lines: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    same: Counter = field(default_factory=Counter)

    def take(self, *, number, on, pence, currency="", text="", name="", returned=False, reason="", bank_mark=""):
        """Add a line. Of lines that are alike in everything the second has another mark than the first."""
        alike = "\x1f".join([on.isoformat(), str(pence), currency, bank_mark, text, name])
        self.same[alike] += 1
        mark = hashlib.sha256(f"{alike}\x1f{self.same[alike]}".encode()).hexdigest()
        self.lines.append(Line(number, on, pence, currency, text, name, returned, reason, mark))
        if len(self.lines) > LIMITS.lines:
            raise refused("too-many")

    def refuse(self, number, reason):
        """Write down why a line was not taken."""
        self.refused.append(RefusedLine(number, reason))
        if len(self.refused) > LIMITS.refused:
            raise refused("not-a-statement")


_WORDS = {
    "empty": "The file is empty.",
    "too-big": "The file is bigger than 20 megabytes.",
    "too-many": "The file has more than 100,000 lines.",
    "not-text": "We could not read the letters in this file.",
    "damaged": "The file is damaged: it stops in the middle or its parts do not fit.",
    "entities": "The file defines words of its own (a DOCTYPE). No bank's statement does, so we did not read it.",
    "too-deep": "The file is built in more layers than a statement has.",
    "not-a-statement": "This is not a bank statement that we can read.",
    "not-booked": "This file tells of movements that are not booked yet, or of single ones. It is not a statement.",
    "no-columns": "We did not find the columns of a statement: a day, a sum, and a description or reference.",
    "nothing": "There is no line in this statement.",
    "answer-empty": "This answer of the bank does not say which file it answers, or what became of it.",
    "answer-other": "This answer of the bank is about another kind of file than payments that leave.",
    "answer-unclear": "This answer of the bank says two things of the same payments, or does not name them.",
}
_HELP = "Ask your bank for the statement as camt.053, or as CSV with headings, and try again."


def refused(code, words=""):
    """A Refused about the whole file; nothing of it was taken."""
    return Refused(Refusal(f"statement-{code}", words or _WORDS[code], _HELP))
