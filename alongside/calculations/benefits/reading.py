"""Payments out of a file that somebody wrote: CSV with a line of headings, or a JSON list. Every fault is named."""

import csv
import io
import json
import re
from datetime import date

from alongside.calculations.benefits.asked import METHODS, Payment
from alongside.calculations.money import SIGNS

COLUMNS = ("date", "amount", "currency", "method", "earned")
NEEDED = ("date", "amount")
AMOUNT = re.compile(rf"[{SIGNS}]?(\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}})(?:\.(\d{{1,2}}))?")
MOST_ROWS = 1000
MOST_CHARACTERS = 200_000
MOST_FAULTS = 20
FIRST_YEAR, LAST_YEAR = 2000, 2100


class PaymentsError(ValueError):
    """The file cannot be used. `faults` are plain sentences, one for each row with a fault."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def read_payments(text, *, currency, name=""):
    """The payments in a file, in its order. currency: what the benefit counts in; rows may leave it out.

    Raises PaymentsError that names every faulty row (the first twenty), not only the first.
    """
    if len(text) > MOST_CHARACTERS:
        raise PaymentsError(["The file is too long. At most 1,000 payments."])
    rows = _json_rows(text) if name.endswith(".json") or text.lstrip().startswith(("[", "{")) else _csv_rows(text)
    if not rows:
        raise PaymentsError(["There is no payment in the file."])
    if len(rows) > MOST_ROWS:
        raise PaymentsError([f"There are {len(rows):,} payments in the file. At most {MOST_ROWS:,}."])
    found, faults = [], []
    for number, row in rows:
        try:
            found.append(_payment(row, currency))
        except ValueError as fault:
            faults.append(f"Row {number}: {fault}")
    if faults:
        more = [f"{len(faults) - MOST_FAULTS} more rows have a fault."] if len(faults) > MOST_FAULTS else []
        raise PaymentsError(faults[:MOST_FAULTS] + more)
    return tuple(found)


def _csv_rows(text):
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as fault:
        raise PaymentsError([f"The file cannot be read as CSV: {fault}."]) from fault
    if not lines:
        return []
    heads = [cell.strip().casefold() for cell in lines[0]]
    _refuse_heads(heads)
    return [
        (number, _row(heads, cells)) for number, cells in enumerate(lines[1:], start=2) if any(map(str.strip, cells))
    ]


def _row(heads, cells):
    if len(cells) > len(heads):
        return {"too many": cells}
    return {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}


def _refuse_heads(heads):
    if missing := [name for name in NEEDED if name not in heads]:
        raise PaymentsError(
            [
                f"The first line has no heading {missing[0]}. Write: date,amount,currency,method (and earned, if you like)."
            ]
        )
    if unknown := [name for name in heads if name not in COLUMNS]:
        raise PaymentsError([f"The heading {unknown[0]!r} is not known. Known are {', '.join(COLUMNS)}."])
    if len(set(heads)) != len(heads):
        raise PaymentsError(["A heading stands there twice."])


def _json_rows(text):
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as fault:
        raise PaymentsError([f"The file cannot be read as JSON: {fault}."]) from fault
    found = found.get("payments") if isinstance(found, dict) else found
    if not isinstance(found, list):
        raise PaymentsError(["The file must hold a list of payments."])
    return [(number, row) for number, row in enumerate(found, start=1)]


def _payment(row, currency):
    if not isinstance(row, dict) or "too many" in row:
        raise ValueError("it has not the same columns as the headings.")
    row = {str(key).strip().casefold(): _text(key, value) for key, value in row.items()}
    if unknown := [name for name in row if name not in COLUMNS]:
        raise ValueError(f"{unknown[0]!r} is not known. Known are {', '.join(COLUMNS)}.")
    _refuse_currency(row.get("currency", ""), currency)
    earned = row.get("earned", "")
    return Payment(
        _day(row.get("date", "")), _pence(row.get("amount", "")), _method(row.get("method", "")),
        _day(earned) if earned else None,
    )  # fmt: skip


def _text(key, value):
    """JSON may hold an amount as a number; a float is taken as it is written, so 0.1 stays 0.1."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{key} is not words or a number.")
    return str(value).strip()


def _day(text):
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year < LAST_YEAR:
        raise ValueError(f"the day {text!r} is none we can read. Write it like 2026-11-22.")
    return day


def _pence(text):
    found = AMOUNT.fullmatch(text)
    if not found:
        raise ValueError(f"the amount {text!r} is none we can read. Write it like 165.00.")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def _method(text):
    method = text.casefold().replace(" ", "_") or "bank"
    if method not in METHODS:
        raise ValueError(f"the method {text!r} is not known. Known are {', '.join(METHODS)}.")
    return method


def _refuse_currency(given, wanted):
    if given and given.upper() != wanted:
        raise ValueError(f"this is in {given.upper()}, and the benefit counts in {wanted}. We do not change money.")
