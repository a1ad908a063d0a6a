"""CSV as it comes: any of the usual encodings, any of the usual separators, quotes that are not closed."""

import codecs
import csv
import io
from collections import Counter

from alongside.calculations.sheets.caps import refused
from alongside.calculations.sheets.layout import LOOK_AT, known_headings

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
LOOK_AT_CHARACTERS = 100_000
_END = "end of the sheet: put here by the reader"
_MARKS = (
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(data, caps):
    """Return (lines, notes): lines is a list of (line number, cells) of the whole file. Raises Refused."""
    text, notes = decoded(data)
    if max(map(len, text.splitlines()), default=0) > caps.line:
        raise refused("too-long")
    separator = find_separator(text)
    if separator != ",":
        notes.append(f"The cells are kept apart by {SEPARATORS[separator]}.")
    return list(_lines(text, separator, caps)), notes


def decoded(data):
    """Return (text, notes) for the bytes of a text file: UTF-8, UTF-16 or Windows letters. Raises Refused."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_text(data, encoding), []
    if b"\0" in data:
        return _as_text(data, _utf16_without_mark(data)), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        note = "The file is in the letters of older Windows programs. Please check names with accents."
        return _as_text(data, "cp1252"), [note]


def find_separator(text):
    """The separator under which most known headings appear, and then the most lines of one width."""
    sample = text[:LOOK_AT_CHARACTERS]
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator))


def _as_text(data, encoding):
    try:
        text = data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        raise refused("not-text")
    return text


def _utf16_without_mark(data):
    """The byte order of UTF-16 text in mostly Latin letters, where every second byte is 0; None when it is not that."""
    half = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if len(data) % 2 == 0 and even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _fit(sample, separator):
    try:
        rows = [cells for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(cells)]
    except csv.Error:
        return (0, 0, 0)
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    width, rows_of_it = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return max((known_headings(cells[:100]) for cells in rows[:LOOK_AT]), default=0), rows_of_it, width


def _lines(text, separator, caps):
    """Lines under the caps. A last line of our own shows whether a quote mark was still open at the end."""
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=separator)
    start, held, cells_so_far = 1, None, 0
    for cells in _without_errors(reader):
        if held:
            cells_so_far += len(held[1])
            _check(held, cells_so_far, separator, caps)
            yield held
        held = (start, cells)
        start = reader.line_num + 1
    if held[1] != [_END]:
        raise _open_quote(held[0])


def _without_errors(reader):
    try:
        yield from reader
    except csv.Error:
        raise refused("too-long") from None


def _check(held, cells_so_far, separator, caps):
    line, cells = held
    if line > caps.rows:
        raise refused("too-many-rows")
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > caps.columns:
        raise refused("too-many-columns")
    if cells_so_far > caps.cells:
        raise refused("too-many-cells")
    if any(_swallowed(cell, separator) for cell in cells):
        raise _open_quote(line)


def _swallowed(cell, separator):
    """True when a cell of several lines holds what look like further rows: a quote was opened and closed far below."""
    lines = cell.splitlines()
    return len(lines) > 2 and sum(line.count(separator) >= 2 for line in lines[1:]) * 2 > len(lines)


def _open_quote(line):
    words = f"A quote mark that opens in line {line} is not closed where it should be."
    return refused("open-quote", words, "Take the quote mark out, or put one at the end of that cell.")
