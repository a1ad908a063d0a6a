"""Broken and changed files by the thousand: each is read, or refused in words; nothing else happens.

Seeded, so that a failure comes back.
"""

import io
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor

from alongside.calculations.sheets import propose_columns, read_register, read_sheet, refused_csv
from alongside.calculations.sheets.tests import made_up
from alongside.refusals import Refused

PIECES = (b"", b"\0", b'"', b"\n", b"\r", b",", b";", b"\t", b"\xff\xfe", b"\xef\xbb\xbf", b"=cmd()", b"\xe2\x80\xae")
PIECES += (
    b"9" * 400,
    b"Name,",
    b"Total",
    b"<",
    b"&#x0;",
    b"\xd8\x00",
    b"A1048576",
    b'r="0"',
    b"</row>",
    b"-1",
    b"1e999",
)


def changed(chance, data):
    """The bytes with one to six changes: a piece put in, cut out, doubled, or a bit turned."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            data[place:place] = chance.choice(PIECES)
        elif kind == 1:
            del data[place : place + chance.randrange(1, 200)]
        elif kind == 2:
            data[place:place] = data[place : place + chance.randrange(1, 300)]
        elif kind == 3 and place < len(data):
            data[place] ^= 1 << chance.randrange(8)
        else:
            data[place : place + 4] = chance.randbytes(4)
    return bytes(data)


def outcome(name, data):
    """The code of the refusal, or "read" after the whole way to the file of refused rows."""
    try:
        sheet = read_sheet(name, data)
        register = read_register(sheet, propose_columns(sheet))
    except Refused as stop:
        assert stop.refusal.words
        return stop.refusal.code
    taken = [row.line for row in register.rows + register.refused] + list(register.blank)
    assert sorted(taken) == sorted(row.line for row in sheet.rows)
    refused_csv(register.refused)
    return "read"


def changed_inside(chance, data):
    """An XLSX with one of its parts changed, packed again so that the outside is sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.namelist()
        chosen = chance.choice(parts)
        for part in parts:
            content = old.read(part)
            new.writestr(part, changed(chance, content) if part == chosen else content)
    return out.getvalue()


def test_two_thousand_changed_csv_files_are_read_or_refused():
    chance = random.Random(20261)
    made = made_up.messy_register(people=25)
    files = [made_up.as_csv(made), made_up.as_csv(made, encoding="cp1252", separator=";")]
    files.append(made_up.as_csv(made, encoding="utf-16", separator="\t"))
    outcomes = [outcome("r.csv", changed(chance, chance.choice(files))) for _ in range(2000)]
    assert outcomes.count("read") > 300
    assert len(set(outcomes)) > 3


def test_three_hundred_changed_xlsx_files_are_read_or_refused():
    chance = random.Random(20262)
    good = made_up.as_xlsx(made_up.messy_register(people=20))
    files = [changed(chance, good) for _ in range(120)] + [changed_inside(chance, good) for _ in range(180)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda data: outcome("r.xlsx", data), files))
    assert outcomes.count("read") > 30
    assert outcomes.count("sheet-unreadable") > 30


def test_random_bytes_are_refused_or_read():
    chance = random.Random(20263)
    for _ in range(300):
        outcome("r.csv", chance.randbytes(chance.randrange(1, 400)))
