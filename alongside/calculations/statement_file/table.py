"""A statement as CSV: its columns found by their headings, whatever the separator, the letters and the form of the day."""

import csv
import io
import re
from datetime import date

from alongside.calculations import content
from alongside.calculations.money import KNOWN, SIGNS
from alongside.calculations.sheets.csv_text import decoded
from alongside.calculations.statement_file.camt import day_of
from alongside.calculations.statement_file.lines import LIMITS, MOST_PENCE, RETURN_WORDS, Statement, refused
from alongside.refusals import Refused

SEPARATORS = (",", ";", "\t", "|")
LOOK_AT = 30
NOTHING = f"0., {SIGNS}"
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
FIGURES = re.compile(r"(?P<day>[0-9]{1,2})[/. -](?P<month>[0-9]{1,2})[/. -](?P<year>[0-9]{4}|[0-9]{2})")
NAMED = re.compile(r"(?P<day>[0-9]{1,2})[ -](?P<month>[A-Za-z]{3,9})\.?[ -](?P<year>[0-9]{4}|[0-9]{2})")
POINT = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<rest>[0-9]{1,2}))?")
COMMA = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),(?P<rest>[0-9]{2})")


def read_table(data):
    """The Statement in the bytes of a CSV file. Raises Refused."""
    try:
        text, _ = decoded(data)
    except Refused:
        raise refused("not-text") from None
    separator, row, profile = _columns(text)
    statement = Statement(profile.id)
    for number, cells in _rows(text, separator):
        if number > row[0] and any(cell.strip() for cell in cells):
            if len(cells) > LIMITS.columns:
                raise refused("damaged")
            said = dict(zip(row[1], (cell.strip()[: LIMITS.text] for cell in cells), strict=False))
            try:
                statement.take(number=number, **_facts(profile, said))
            except LookupError as stop:
                statement.refuse(number, str(stop.args[0]))
    return statement


def _rows(text, separator):
    """(number of the line in the file, cells) of each row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        raise refused("damaged") from None


def _columns(text):
    """(separator, (line number, headings), profile) of the row of headings that fits a profile best. Raises Refused."""
    found = []
    for separator in SEPARATORS:
        for number, cells in _rows(text[:200_000], separator):
            if number > LOOK_AT:
                break
            headings = [" ".join(cell.split()).casefold() for cell in cells]
            for profile in content.bank_statements():
                if fit := _fit(profile, set(headings)):
                    found.append((fit, -profile.order, -number, separator, headings, profile))
    if not found:
        raise refused("no-columns")
    _, _, number, separator, headings, profile = max(found, key=lambda each: each[:3])
    return separator, (-number, headings), profile


def _fit(profile, headings):
    """How many of a profile's columns are there; 0 when one that it needs is missing."""
    sums = {profile.money} if profile.money else {profile.money_in, profile.money_out}
    texts = {*profile.text, *([profile.name] if profile.name else [])}
    if not {profile.day, *sums} <= headings or not texts & headings:
        return 0
    return len(({profile.day, profile.kind} | sums | texts) & headings)


def _facts(profile, said):
    """What Statement.take wants. Raises LookupError with the reason, in words."""
    texts = [said.get(heading, "") for heading in (*profile.text, profile.name, profile.kind) if heading]
    text = " ".join(filter(None, texts))
    return {
        "on": read_day(said.get(profile.day, "")),
        "pence": _sum(profile, said),
        "currency": _currency(profile, said),
        "text": text,
        "name": said.get(profile.name, "") if profile.name else "",
        "returned": bool(RETURN_WORDS & set(re.findall(r"[A-Z]+", text.upper()))),
    }


def _sum(profile, said):
    if profile.money:
        return read_sum(said.get(profile.money, ""))
    came, went = said.get(profile.money_in, ""), said.get(profile.money_out, "")
    if bool(came.strip(NOTHING)) == bool(went.strip(NOTHING)):
        raise LookupError("Money must stand in one of the two columns, in or out.")
    return abs(read_sum(came)) if came.strip(NOTHING) else -abs(read_sum(went))


def _currency(profile, said):
    """The code of the currency whose sign stands beside the sum; "" for none, or a sign that several have."""
    texts = "".join(
        said.get(heading, "") for heading in (profile.money, profile.money_in, profile.money_out) if heading
    )
    found = [each.code for each in KNOWN.values() if each.sign in texts]
    return found[0] if len(found) == 1 else ""


def read_day(text):
    """A day as banks write it: 04/11/2026, 4 Nov 2026, 2026-11-04; the day always before the month."""
    text = text.strip()[:40].split("T")[0]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", text):
        return day_of(text[:10])
    if match := FIGURES.fullmatch(text):
        month = int(match["month"])
    elif (match := NAMED.fullmatch(text)) and match["month"][:3].casefold() in MONTHS:
        month = MONTHS.index(match["month"][:3].casefold()) + 1
    else:
        raise LookupError("The day cannot be read." if text else "There is no day.")
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return day_of(date(year, month, int(match["day"])).isoformat())
    except ValueError:
        raise LookupError("There is no such day. The day comes first, then the month.") from None


def read_sum(text):
    """Whole pence of a sum as banks write it: 12.50, -12.50, (12.50), £1,250.00 DR, 1.250,00."""
    plain = re.sub(rf"[\s{SIGNS}\u2212]", lambda found: "-" if found[0] == "\u2212" else "", text[:60]).upper()
    minus = plain.startswith(("-", "(")) or plain.endswith(("-", "DR", ")"))
    plain = plain.removesuffix("DR").removesuffix("CR").strip("-+()")
    match = POINT.fullmatch(plain) or COMMA.fullmatch(plain)
    if not match:
        raise LookupError("The sum cannot be read." if text.strip() else "There is no sum.")
    whole = re.sub(r"[.,]", "", match["whole"])
    if len(whole) > 13:
        raise LookupError("The sum is nothing, or more than can be.")
    pence = int(whole) * 100 + int((match["rest"] or "").ljust(2, "0"))
    if not pence or pence > MOST_PENCE:
        raise LookupError("The sum is nothing, or more than can be.")
    return -pence if minus else pence
