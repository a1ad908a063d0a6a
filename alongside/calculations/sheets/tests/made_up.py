"""A messy register of made-up people, as a generalist keeps one; and files that mean harm.

Phone numbers are from the range kept free for stories (07700 900...), addresses end in example.org.
"""

import csv
import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta

import xlsxwriter

FIRST = "Asha Bo Cy Dee Eli Fen Gwen Hana Idris Jo Kofi Lena Mai Noor Olu Pia Quin Rhys Siân Tomás Uma Vik Wren Xin Zoë"
SURNAMES = "Rao Novák O’Shea Ní-Bhriain Lee Okafor Price Díaz Khan Murphy Small Wójcik Evans Hughes Adeyemi Park"
ROLES = ("Contributor", "Carer", "Co-chair", "Peer worker", "")
TEAMS = ("Sleep group", "Education group", "North team", "")
NEEDS = ("", "Large print", "Step-free room; breaks", "BSL interpreter", "")
UPPER = ["Person", "", "Known as", "Contact", "", "Dates", "", "Role", "Team", "Access needs", "Address", "", "Notes"]
LOWER = ["First name", "Surname", "", "E-mail", "Mobile no.", "Joined", "Left", "", "", "", "Street", "Postcode", ""]
TITLES = [["Community register"], ["Kept by the office. Last change 3 May 2026"], []]


@dataclass
class MadeUp:
    """lines: the cells of each line. outcome: line number -> "row", "aside" or the code of the refusal."""

    lines: list = field(default_factory=list)
    outcome: dict = field(default_factory=dict)

    def add(self, cells, outcome):
        self.lines.append(cells)
        self.outcome[len(self.lines)] = outcome

    def count(self, outcome):
        return sum(one == outcome for one in self.outcome.values())


def messy_register(seed=7, people=300):
    """`people` lines of people among titles, two rows of headings, headings again, blank lines and a total."""
    chance, made, good = random.Random(seed), MadeUp(), []
    for cells in [*TITLES, UPPER, LOWER]:
        made.add(list(cells), "aside")
    for number in range(people):
        if number % 60 == 59:
            made.add([], "aside")
        if number in (100, 200):
            made.add(list(UPPER), "aside")
            made.add(list(LOWER), "aside")
        cells = _person(chance, number)
        made.add(*_spoilt(cells, number, good))
        if made.outcome[len(made.lines)] == "row":
            good.append(cells)
    made.add([], "aside")
    made.add([f"Total: {people}"], "aside")
    return made


def _person(chance, number):
    first, surname = chance.choice(FIRST.split()), chance.choice(SURNAMES.split())
    joined = date(2019, 1, 1) + timedelta(days=chance.randrange(2500))
    left = joined + timedelta(days=chance.randrange(1, 400)) if chance.random() < 0.2 else ""
    known_as = "Ash" if number % 25 == 3 else ""
    phone = f"07700 900{number % 1000:03d}" if number % 3 else ""
    mail = f"p{number}@example.org" if number % 4 else ""
    words = [chance.choice(ROLES), chance.choice(TEAMS), chance.choice(NEEDS)]
    home = [f"{number} High Street", "AB1 2CD", "Told us about her medication"]
    return [first, surname, known_as, mail, phone, joined, left, *words, *home]


def _spoilt(cells, number, good):
    """Some lines with the usual faults; the rest as they are. Dates stay dates until the file is made."""
    cells = list(cells)
    if number % 35 == 10:
        cells[:3] = ["", "", ""]
        return cells, "name-missing"
    if number % 50 == 20:
        return list(good[-7]), "duplicate"
    if number % 70 == 30:
        cells[5] = "last spring"
        return cells, "joined-unreadable"
    if number % 80 == 40:
        cells[3] = "ask her sister"
        return cells, "mail-unreadable"
    if number % 90 == 50:
        cells[0] = '=HYPERLINK("http://example.org","Jo")'
        return cells, "name-not-a-name"
    # Duplicates are known by mail or phone: each good line has one of the two.
    cells[4] = cells[4] or ("" if cells[3] else f"07700 901{number:03d}")
    return cells, "row"


def date_text(day, place):
    """Two forms of date in turn, and now and then a third and a fourth, as in real registers."""
    if place % 40 == 0:
        return f"{day.day} {day:%b} {day.year}"
    if place % 40 == 1:
        return str((day - date(1899, 12, 30)).days)
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if place % 2 else day.isoformat()


def as_csv(made, *, encoding="utf-8", separator=","):
    """The bytes of the register as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for place, cells in enumerate(made.lines):
        writer.writerow([date_text(cell, place) if isinstance(cell, date) else cell for cell in cells])
    return out.getvalue().encode(encoding)


def as_xlsx(made, *, hidden=True):
    """The bytes of the register as XLSX: merged headings, real dates and dates as text, a cover sheet, a hidden one."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    book.add_worksheet("Cover").write(0, 0, "Register, spring edition")
    sheet = book.add_worksheet("People")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, cells in enumerate(made.lines):
        for place, cell in enumerate(cells):
            if isinstance(cell, date) and line % 2:
                sheet.write_datetime(line, place, cell, day)
            elif cell != "":
                sheet.write_string(line, place, date_text(cell, line) if isinstance(cell, date) else str(cell))
    top = made.lines.index(UPPER)
    for first, last in ((0, 1), (3, 4), (5, 6), (10, 11)):
        sheet.merge_range(top, first, top, last, UPPER[first])
    sheet.merge_range(top, 2, top + 1, 2, UPPER[2])
    if hidden:
        book.add_worksheet("Old").hide()
    book.close()
    return out.getvalue()


def small_xlsx(rows=(("Name", "E-mail"), ("Asha Rao", "asha@example.org"))):
    """A tidy XLSX of a few rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for line, cells in enumerate(rows):
        sheet.write_row(line, 0, cells)
    book.close()
    return out.getvalue()


def with_sheet_xml(xml):
    """A small XLSX whose sheet is the XML given."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            new.writestr(part.filename, xml if is_sheet else old.read(part))
    return out.getvalue()


def bomb_xlsx(rows=400_000):
    """Many rows, packed small: what cost 20 seconds of processor time before there were caps."""
    return with_sheet_xml(_SHEET.format("<row><c><v>1</v></c></row>" * rows))


def far_cell_xlsx():
    """Two cells, as far from each other as a sheet allows: a parser that keeps the space between them runs out."""
    cell = '<row r="{1}"><c r="{0}{1}"><v>1</v></c></row>'
    return with_sheet_xml(_SHEET.format(cell.format("A", 1) + cell.format("XFD", 1048576)))


_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
