"""How much of a file we are willing to look at, and what we say when it is more."""

from dataclasses import dataclass

from alongside.refusals import Refusal, Refused

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Caps:
    """Limits, checked before the parser sees the file where that is possible.

    A register of 300 people needs a fiftieth of these. unzipped, ratio, parts: of the ZIP that an XLSX is.
    cpu_seconds, seconds, memory: of the child process that reads an XLSX.
    """

    bytes: int = 5 * MEBIBYTE
    rows: int = 5_000
    columns: int = 60
    cells: int = 150_000
    line: int = 100_000
    characters: int = 10_000_000
    unzipped: int = 60 * MEBIBYTE
    ratio: int = 120
    parts: int = 500
    cpu_seconds: int = 4
    seconds: float = 8
    memory: int = 256 * MEBIBYTE


CAPS = Caps()

_AGAIN = "Save it again as CSV or XLSX in your spreadsheet program and try once more."
_SMALLER = "Copy only the people into a new sheet and save that."
_WORDS = {
    "empty": ("The file is empty.", "Check that you chose the right file."),
    "too-big": ("The file is bigger than we read.", _SMALLER),
    "too-many-rows": ("The file has more rows than we read.", _SMALLER),
    "too-many-columns": ("The file has more columns than we read.", _SMALLER),
    "too-many-cells": ("The file has more cells than we read.", _SMALLER),
    "too-long": ("There is a cell or a line that is far too long.", _SMALLER),
    "unpacks-too-big": ("The file unpacks to far more than a register holds.", _SMALLER),
    "too-slow": ("The file took too long to read, so we stopped.", _SMALLER),
    "old-excel": ("This is an older Excel file, or one with a password.", "Save it as XLSX without a password."),
    "other-kind": ("This is not a CSV or XLSX file.", _AGAIN),
    "not-text": ("We could not read the letters in this file.", _AGAIN),
    "unreadable": ("We could not read this file. It may be damaged.", _AGAIN),
    "no-table": ("We found no table in this file.", "It needs a row of headings with the people below it."),
}


def refused(code, words="", help=""):
    """A Refused about the whole file, in the words that belong to the code."""
    usual_words, usual_help = _WORDS.get(code, ("", _AGAIN))
    return Refused(Refusal(f"sheet-{code}", words or usual_words, help or usual_help))
