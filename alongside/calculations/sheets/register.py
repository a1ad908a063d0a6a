"""Each row of a register: clean, or refused with its reason."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from alongside.calculations.sheets.cells import filled, read_day, read_mail, read_phone
from alongside.refusals import Refusal, Refused

LONGEST_NAME = 80
LONGEST_TEXT = 300
NAME_FIELDS = ("name", "first_name", "surname", "known_as")
_DAY_FIRST = "day first"
_FORMULA_STARTS = ("=", "+", "-", "@", "#", "＝", "＋", "－", "＠")
_NOT_IN_NAMES = set("=<>{}|\\")
_SURNAME_FIRST = re.compile(r"([^,()\"“”/]*[^,()\"“”/ ]) *, *([^,()\"“”/]+)")


@dataclass(frozen=True)
class RegisterRow:
    """One person, ready to be looked at. remarks: what we changed or guessed, in sentences."""

    line: int
    shown_name: str
    mail: str
    phone: str
    joined_on: date | None
    left_on: date | None
    role: str
    organisation: str
    access_needs: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class RefusedRow:
    """One row that we cannot take. cells: (heading, text) of the columns we take; code: for tests; reason: for people."""

    line: int
    cells: tuple[tuple[str, str], ...]
    code: str
    reason: str


@dataclass(frozen=True)
class Register:
    """Every row of the sheet, once: taken, refused, or blank (its line number). notes: sentences about the whole."""

    rows: tuple[RegisterRow, ...]
    refused: tuple[RefusedRow, ...]
    blank: tuple[int, ...]
    notes: tuple[str, ...]


def read_register(sheet, mapping):
    """Read every row of the sheet by the mapping. A row that repeats an earlier one that was taken is refused.

    Raises Refused when no column gives a name.
    """
    if not mapping.names_people:
        help = "Choose the column that holds the names."
        raise Refused(Refusal("register-no-names", "We do not see which column holds the names.", help))
    rows, refused, blank, seen = [], [], [], {}
    for row in sheet.rows:
        if not any(row.cells):
            blank.append(row.line)
            continue
        answer = _read_row(row, mapping, seen)
        (rows if isinstance(answer, RegisterRow) else refused).append(answer)
    return Register(tuple(rows), tuple(refused), tuple(blank), _notes(rows, refused))


def _read_row(row, mapping, seen):
    texts = _Texts(row, mapping)
    name, problems, remarks = _name(texts)
    read = {"mail": "", "phone": "", "joined_on": None, "left_on": None}
    for field, reader in (("mail", read_mail), ("phone", read_phone), ("joined_on", read_day), ("left_on", read_day)):
        text = texts.of(field)
        value, words = reader(text) if text else (read[field], "")
        if value is None and text:
            problems.append((f"{field.split('_')[0]}-unreadable", words))
        else:
            read[field] = value
            remarks += [words] if words else []
    if read["joined_on"] and read["left_on"] and read["left_on"] < read["joined_on"]:
        problems.append(("left-before-joined", "The day they left is before the day they joined."))
    problems = problems or _repeats(name, texts.full_name, read, row.line, seen)
    if problems:
        reason = " ".join(words for _, words in problems)
        return RefusedRow(row.line, texts.pairs(), problems[0][0], reason)
    remarks += _same_name(name, row.line, seen)
    return RegisterRow(row.line, name, **read, **_words(texts), remarks=tuple(remarks))


class _Texts:
    """The filled texts of one row, by field."""

    def __init__(self, row, mapping):
        self._cells = row.cells
        self._mapping = mapping

    def of(self, field):
        """The first filled text among the columns of the field, or ""."""
        may_be_name = field in NAME_FIELDS
        places = [place for place in self._mapping.places(field) if place < len(self._cells)]
        texts = (filled(self._cells[place], may_be_name=may_be_name) for place in places)
        return next(filter(None, texts), "")

    @property
    def full_name(self):
        return self.of("name") or " ".join(filter(None, [self.of("first_name"), self.of("surname")]))

    def pairs(self):
        taken = [column for column in self._mapping.columns if column.field]
        return tuple((c.heading, self._cells[c.place] if c.place < len(self._cells) else "") for c in taken)


def _name(texts):
    """Return (shown name, problems, remarks). A "known as" of one word takes the surname with it, where there is one."""
    full, known_as, remarks = texts.full_name, texts.of("known_as"), []
    parts = filter(None, [texts.of(field) for field in NAME_FIELDS])
    problems = [problem for part in parts for problem in _name_problems(part)]
    if match := _SURNAME_FIRST.fullmatch(texts.of("name")):
        full = f"{match[2]} {match[1]}"
        remarks.append(f"We turned the name round: {full}.")
    name = known_as or full
    if known_as and " " not in known_as and texts.of("surname"):
        name = f"{known_as} {texts.of('surname')}"
    if not name:
        problems.append(("name-missing", "There is no name on this line."))
    return name, problems[:1], remarks


def _name_problems(text):
    if text.startswith(_FORMULA_STARTS) or _NOT_IN_NAMES & set(text) or not any(map(str.isalpha, text)):
        return [("name-not-a-name", "This is not a name, or it is a formula. We do not work formulas out.")]
    if any(letter.isdigit() for letter in text) or "@" in text:
        return [("name-not-a-name", "There are numbers or an e-mail address where the name should be.")]
    if len(text) > LONGEST_NAME:
        return [("name-too-long", f"The name has more than {LONGEST_NAME} letters.")]
    return []


def _words(texts):
    return {field: texts.of(field)[:LONGEST_TEXT] for field in ("role", "organisation", "access_needs")}


def _repeats(name, full_name, read, line, seen):
    """The problem of a row that is on an earlier line already; a row without problem is remembered."""
    keys = _keys(name, full_name, read)
    for key in keys:
        if key in seen:
            earlier, their_name = seen[key]
            same = "e-mail address" if key[0] == "mail" else "name and phone number"
            words = f"Same {same} as line {earlier} ({their_name})."
            if key[0] == "mail" and their_name.casefold() != name.casefold():
                words += " If they are two people who share it, leave it out for one of them."
            return [("duplicate", words)]
    seen.update(dict.fromkeys(keys, (line, name)))
    return []


def _keys(name, full_name, read):
    keys = [("mail", read["mail"].casefold())] if read["mail"] else []
    if read["phone"]:
        figures = re.sub(r"[^0-9]", "", read["phone"])[-9:]  # +44 7... and 07... are one number
        keys += [("phone", one.casefold(), figures) for one in {name, full_name} if one]
    return keys


def _same_name(name, line, seen):
    earlier = seen.setdefault(("name", name.casefold()), (line, name))[0]
    return [f"Line {earlier} has the same name. They may be one person or two."] if earlier != line else []


def _notes(rows, refused):
    notes = []
    day_first = sum(any(_DAY_FIRST in remark for remark in row.remarks) for row in rows)
    if day_first:
        notes.append(
            f"On {_many(day_first)} a date could be read two ways, like 03/04/2026. We read the day first: 3 April 2026."
        )
    reasons = Counter(row.code for row in refused)
    if reasons["duplicate"]:
        notes.append(f"On {_many(reasons['duplicate'])} we found somebody a second time.")
    return tuple(notes)


def _many(count):
    return "1 line" if count == 1 else f"{count} lines"
