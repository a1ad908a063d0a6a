"""From the bytes of a file to one table."""

from dataclasses import dataclass

from alongside.calculations.sheets.caps import CAPS, refused
from alongside.calculations.sheets.csv_text import read_csv
from alongside.calculations.sheets.layout import Row, SetAside, lay_out
from alongside.calculations.sheets.xlsx import read_xlsx
from alongside.refusals import Refused

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc",
)
_WHY = {
    "title": "above the headings",
    "headings again": "the headings once more",
    "total": "a total, not a person",
}


@dataclass(frozen=True)
class Sheet:
    """The table in a file. Every line of the file is in rows or in aside, once.

    headings: one text a column. rows: the lines that may be people. aside: blank lines, titles, headings, totals.
    notes: what the person should know about how we read the file, in sentences.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    aside: tuple[SetAside, ...]
    notes: tuple[str, ...]


def read_sheet(name, data, caps=CAPS):
    """The table in a CSV or XLSX file. The content decides what it is, not the name.

    Raises Refused in plain words for anything that cannot be read, and nothing else whatever the bytes are.
    """
    try:
        return _read(name, data, caps)
    except Refused:
        raise
    except Exception:  # the one boundary: a hostile or broken file may fail in any way
        raise refused("unreadable") from None


def _read(name, data, caps):
    if not data.strip():
        raise refused("empty")
    if len(data) > caps.bytes:
        raise refused("too-big")
    if data.startswith(_OLD_OFFICE):
        raise refused("old-excel")
    if data.startswith(_OTHER_KINDS):
        raise refused("other-kind")
    is_xlsx = data.startswith(_ZIP)
    lines, notes = read_xlsx(data, caps) if is_xlsx else read_csv(data, caps)
    table = lay_out(lines)
    if table is None:
        raise refused("no-table")
    notes = [*_about_name(name, is_xlsx), *notes, *_about_layout(table)]
    return Sheet(table.headings, table.rows, table.aside, tuple(notes))


def _about_name(name, is_xlsx):
    named_xlsx = name.casefold().endswith((".xlsx", ".xlsm"))
    if named_xlsx == is_xlsx:
        return []
    return [f"The name of the file does not fit: inside it is {'XLSX' if is_xlsx else 'CSV'}. We read it as that."]


def _about_layout(table):
    notes = []
    if not table.certain:
        notes.append("We are not sure which line holds the headings. Please check the columns.")
    if len([row for row in table.aside if row.why == "headings"]) == 2:
        notes.append("The headings take two rows. We put them together.")
    for why, words in _WHY.items():
        lines = [str(row.line) for row in table.aside if row.why == why]
        if lines:
            shown = ", ".join(lines[:10]) + (" and more" if len(lines) > 10 else "")
            notes.append(f"Left out as {words}: line {shown}.")
    return notes
