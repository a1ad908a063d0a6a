"""Laying the lines of a statement beside what was sent. A reference decides; without one a person does."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

from alongside.calculations.payment_file.letters import in_letters

EARLY, LATE = timedelta(days=1), timedelta(days=14)  # a line may stand this long before and after the day of sending
MOST_TO_ASK = 10


class Verdict(StrEnum):
    """What a line says of what was sent."""

    PAID = "PAID"
    RUN_PAID = "RUN_PAID"
    BACK = "BACK"
    ASK = "ASK"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Sent:
    """One payment that was sent. arrived: the bank has shown it before; back: it came back; run: the code of its run."""

    code: str
    pence: int
    on: date
    name: str
    arrived: bool = False
    back: bool = False
    run: str = ""


@dataclass(frozen=True, slots=True)
class SentRun:
    """One run that was sent as a whole; some banks show it as one line."""

    code: str
    pence: int
    on: date


@dataclass(frozen=True, slots=True)
class Find:
    """A line with its verdict. codes: of the payments it is about, or of those to choose from; why: words for ASK."""

    line: object
    verdict: Verdict
    codes: tuple = ()
    why: str = ""


def lay_beside(lines, sent, runs=()):
    """A Find for each line, in order. Time grows with lines and payments, not with their product."""
    table = _Table(sent, runs)
    return [table.find(line) for line in lines]


def named_in(lines, sent, runs=()):
    """The codes of these payments and runs that stand in any of the lines."""
    table = _Table(sent, runs)
    return {code for line in lines for found in table.codes(line.text) for code in found}


class _Table:
    def __init__(self, sent, runs):
        self.sent = {each.code: each for each in sent}
        self.runs = {run.code: run for run in runs}
        self.seen = {each.code for each in self.sent.values() if each.arrived or each.back}
        self.whole, self.begun = set(), {each.run for each in self.sent.values() if each.arrived}
        self.by_sum, self.runs_by_sum = defaultdict(list), defaultdict(list)
        for each in self.sent.values():
            self.by_sum[each.pence].append(each)
        for run in self.runs.values():
            self.runs_by_sum[run.pence].append(run)
        self.lengths = sorted({len(code) for code in (*self.sent, *self.runs)})
        letters = set().union(*self.sent, *self.runs)
        self.others = re.compile(f"[^{re.escape(''.join(sorted(letters)))}]+" if letters else ".+")

    def find(self, line):
        codes, runs = self.codes(line.text)
        if len(codes) == 1:
            return self._of_one(line, self.sent[codes[0]])
        if codes:
            return Find(line, Verdict.ASK, codes[:MOST_TO_ASK], "More than one reference stands in this line.")
        if runs:
            return self._of_run(line, self.runs[runs[0]])
        return self._without_reference(line)

    def codes(self, text):
        """The references of ours in a text, however the bank breaks or joins its words: (payments, runs)."""
        joined, found = re.sub(r"[^A-Z0-9]", "", text.upper()), {}
        for length, piece in product(self.lengths, self.others.split(joined)):  # a letter in no code is in none
            for start in range(len(piece) - length + 1):
                code = piece[start : start + length]
                if code in self.sent or code in self.runs:
                    found[code] = None
        return tuple(c for c in found if c in self.sent), tuple(c for c in found if c in self.runs)

    def _of_one(self, line, sent):
        codes = (sent.code,)
        if abs(line.pence) != sent.pence:
            return Find(line, Verdict.ASK, codes, "The reference is ours and the sum is another one.")
        if line.pence > 0:
            return Find(line, Verdict.BACK, codes)
        if sent.code in self.seen or sent.run in self.whole:
            why = (
                "It came back before, and here it is paid."
                if sent.back
                else "The bank shows this payment a second time."
            )
            return Find(line, Verdict.ASK, codes, why)
        if line.on < sent.on - EARLY:
            return Find(line, Verdict.ASK, codes, "This line is older than the payment.")
        self.seen.add(sent.code)
        self.begun.add(sent.run)
        return Find(line, Verdict.PAID, codes)

    def _of_run(self, line, run):
        codes = (run.code,)
        if -line.pence != run.pence:
            return Find(line, Verdict.ASK, codes, "The reference is that of a run and the sum is another one.")
        if run.code in self.whole | self.begun:
            return Find(line, Verdict.ASK, codes, "The bank shows this run, or payments of it, a second time.")
        if line.on < run.on - EARLY:
            return Find(line, Verdict.ASK, codes, "This line is older than the run.")
        self.whole.add(run.code)
        return Find(line, Verdict.RUN_PAID, codes)

    def _without_reference(self, line):
        near = [each for each in self.by_sum.get(abs(line.pence), ()) if _near(line, each)]
        alike = [each for each in near if _same_name(line, each.name)]
        if line.pence < 0:
            alike = [each for each in alike if each.code not in self.seen]
            runs = [run for run in self.runs_by_sum.get(-line.pence, ()) if _near(line, run)]
            if not alike and runs:
                return Find(
                    line, Verdict.ASK, tuple(run.code for run in runs), "The sum and the day are those of a run."
                )
        elif not line.returned:
            alike = []
        if not alike:
            return Find(line, Verdict.OTHER)
        why = "No reference. The sum, the day and the name fit."
        return Find(line, Verdict.ASK, tuple(each.code for each in alike[:MOST_TO_ASK]), why)


def _near(line, sent):
    return sent.on - EARLY <= line.on <= sent.on + LATE


def _same_name(line, name):
    """The last word of the payee's name stands in the line."""
    words = re.findall(r"[A-Z0-9]{2,}", in_letters(name, "bacs", longest=140, capitals=True))
    said = in_letters(f"{line.name} {line.text}", "bacs", longest=2000, capitals=True)
    return bool(words) and words[-1] in re.findall(r"[A-Z0-9]{2,}", said)
