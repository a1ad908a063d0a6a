"""Where the table is in a sheet: titles above it, headings over two rows, headings again in the middle, totals below."""

import re
from dataclasses import dataclass

from alongside.calculations.sheets.cells import clean
from alongside.calculations.sheets.columns import is_known

LOOK_AT = 20  # headings further down than this are not looked for
_TOTAL = re.compile(
    r"(?:grand |sub-?)?totals?[ :=]*[0-9]*|(?:total|number|count|sum|no\.?)(?: of)? "
    r"(?:people|members|participants|contributors|volunteers|names|rows)[ :=]*[0-9]*"
)


@dataclass(frozen=True)
class Row:
    """One line of the file: its number there, and its clean cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SetAside:
    """A line that is no person: blank, a title, the headings, a total. why is one of those words."""

    line: int
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Table:
    """The headings, the rows of people, and all other lines with why they are not people."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    aside: tuple[SetAside, ...]
    certain: bool


def lay_out(lines):
    """Find the table. lines: list of (line number, cells). Every line comes back once: as a row or set aside.

    Returns None when there is no line with text.
    """
    rows = [Row(line, _trimmed(cells)) for line, cells in lines]
    full = [row for row in rows if row.cells]
    if not full:
        return None
    start, depth, certain = _find_headings(full)
    headings = _joined(full[start : start + depth])
    headings += ("",) * (max(len(row.cells) for row in full) - len(headings))
    people, aside = [], [SetAside(row.line, (), "blank") for row in rows if not row.cells]
    for place, row in enumerate(full):
        why = _why_no_person(place, row, full[start : start + depth], start, depth)
        if why:
            aside.append(SetAside(row.line, row.cells, why))
        else:
            people.append(row)
    return Table(headings, tuple(people), tuple(sorted(aside, key=lambda row: row.line)), certain)


def known_headings(cells):
    """How many different headings of a register are among the cells."""
    return len({cell.casefold() for cell in map(clean, cells) if is_known(cell)})


def _find_headings(full):
    """Return (first row, how many rows, certain). Two rows only where together they say more than either alone."""
    best, start, depth = 0, 0, 1
    for place, row in enumerate(full[:LOOK_AT]):
        alone = known_headings(row.cells)
        if alone > best:
            best, start, depth = alone, place, 1
        if place + 1 < len(full) and _may_be_heading(full[place + 1]):
            both = known_headings(_joined(full[place : place + 2]))
            least = max(best, known_headings(full[place + 1].cells))
            if both > least or (both == least and _spans(row, full[place + 1])):
                best, start, depth = both, place, 2
    if best:
        return start, depth, best > 1 or len(full[start].cells) == 1
    widest = max(range(min(len(full), 10)), key=lambda place: (sum(map(bool, full[place].cells)), -place))
    return widest, 1, False


def _may_be_heading(row):
    return not any("@" in cell or re.search(r"[0-9]{2}", cell) for cell in row.cells)


def _spans(upper, lower):
    """True when the upper row has headings of its own (an "Emergency contact" over a phone number), not only a title."""
    filled = [place for place, cell in enumerate(upper.cells) if cell]
    return (len(filled) > 1 or filled[0] > 0) and not _same_headings(lower.cells, upper.cells)


def _joined(rows):
    """Headings of one or two rows; an upper cell that was merged to the right speaks for the cells below it."""
    if len(rows) == 1:
        return rows[0].cells
    upper, lower = (list(row.cells) for row in rows)
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    joined, last = [], ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        joined.append(f"{last}: {below}" if last and below else last or below)
    return tuple(joined)


def _why_no_person(place, row, heading_rows, start, depth):
    if place < start:
        return "title"
    if place < start + depth:
        return "headings"
    if any(_same_headings(row.cells, heading.cells) for heading in heading_rows):
        return "headings again"
    texts = [cell for cell in row.cells if cell]
    if _TOTAL.fullmatch(texts[0].casefold()) and len(texts) <= 3 and not any("@" in text for text in texts):
        return "total"
    return ""


def _same_headings(cells, headings):
    """True when the filled cells are (nearly) all the headings of their own columns."""
    pairs = [(cell.casefold(), heading.casefold()) for cell, heading in zip(cells, headings, strict=False) if cell]
    same = sum(cell == heading for cell, heading in pairs)
    filled = sum(map(bool, cells))
    return same > 0 and same == filled if filled < 3 else same * 3 >= filled * 2


def _trimmed(cells):
    """Clean cells without the empty ones at the end."""
    cells = [clean(cell) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)
