"""Run as a program of its own, never imported by the site: reads one XLSX from standard input under hard limits.

Arguments: the caps as JSON. Prints JSON: {"sheets": [{"name", "rows": [[line, [text, ...]], ...]}], "hidden": n,
"formulas": n}, or {"refused": code}. Whatever else goes wrong, the process ends with an error and the site says so.
It knows nothing of the site, so that it starts quickly and holds no secret.
"""

import datetime
import io
import json
import re
import sys
import zipfile

import python_calamine

try:
    import resource
except ImportError:  # Windows: only the clock of the parent limits us there
    resource = None

_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_OVERLAP = 16  # longer than any tag start that we count
_CHUNK = 1 << 18


class TooMuch(Exception):
    """A cap was reached; the argument is the code."""


def limit(caps):
    """Give this process a ceiling of memory and processor time; it is killed when it goes over."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (caps["memory"], caps["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (caps["cpu_seconds"], caps["cpu_seconds"]))


def read(data, caps):
    """The answer for the bytes of a file, checked on the outside before it is parsed."""
    formulas = check_package(data, caps)
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets, hidden, left = [], 0, {"cells": caps["cells"], "characters": caps["characters"]}
    for place, about in enumerate(workbook.sheets_metadata):
        if about.visible != python_calamine.SheetVisibleEnum.Visible:
            hidden += 1
        elif about.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(place)
            sheets.append({"name": about.name, "rows": rows_of(sheet, caps, left)})
    return {"sheets": sheets, "hidden": hidden, "formulas": formulas}


def check_package(data, caps):
    """Unpack the whole file piece by piece and count, keeping nothing. Returns the number of formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if not any(part.filename.startswith("xl/") for part in parts):
            raise TooMuch("other-kind")
        if len(parts) > caps["parts"] or sum(part.file_size for part in parts) > caps["unzipped"]:
            raise TooMuch("unpacks-too-big")
        if any(part.file_size > 100_000 and part.file_size > caps["ratio"] * part.compress_size for part in parts):
            raise TooMuch("unpacks-too-big")
        counts = [count(package, part, caps) for part in parts if "worksheets/" in part.filename]
    if sum(cells for cells, _ in counts) > caps["cells"]:
        raise TooMuch("too-many-cells")
    return sum(formulas for _, formulas in counts)


def count(package, part, caps):
    """Return (cells, formulas) of one sheet; stops at the first cap."""
    rows = cells = formulas = 0
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            text, tail = (text, b"") if len(chunk) < _CHUNK else (text[:-_OVERLAP], text[-_OVERLAP:])
            rows += len(_ROW.findall(text))
            cells += len(_CELL.findall(text))
            formulas += len(_FORMULA.findall(text))
            if rows > caps["rows"]:
                raise TooMuch("too-many-rows")
            if cells > caps["cells"]:
                raise TooMuch("too-many-cells")
    return cells, formulas


def rows_of(sheet, caps, left):
    """Rows of one sheet as [line, texts], blank ones too, under the caps. `left` is what the whole file may still hold."""
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= caps["rows"]:
        raise TooMuch("too-many-rows")
    if last_column >= caps["columns"]:
        raise TooMuch("too-many-columns")
    rows = []
    for line, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = [text(value) for value in values]
        left["cells"] -= len(texts)
        left["characters"] -= sum(map(len, texts))
        if min(left.values()) < 0:
            raise TooMuch("too-many-cells")
        rows.append([line, texts])
    return rows


def text(value):
    """A cell as text: days as 2026-12-31, whole numbers without .0, yes and no for true and false."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def main():
    caps = json.loads(sys.argv[1])
    limit(caps)
    try:
        answer = read(sys.stdin.buffer.read(), caps)
    except TooMuch as stop:
        answer = {"refused": str(stop)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
