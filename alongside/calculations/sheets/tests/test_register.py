"""Rows: clean or refused, each one once."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations.sheets import (
    RefusedRow,
    RegisterRow,
    Sheet,
    propose_columns,
    read_register,
    read_sheet,
    refused_csv,
)
from alongside.calculations.sheets.layout import Row
from alongside.calculations.sheets.tests import made_up
from alongside.refusals import Refused

HEADINGS = ("Name", "Known as", "E-mail", "Phone", "Joined", "Left", "Role", "Team", "Access needs", "Notes")


def register_of(*rows, headings=HEADINGS):
    lines = tuple(Row(line, tuple(cells)) for line, cells in enumerate(rows, start=2))
    sheet = Sheet(headings, lines, (), ())
    return read_register(sheet, propose_columns(sheet))


def only(register):
    """The one row of a register, taken or refused."""
    (row,) = register.rows + register.refused
    return row


def test_a_clean_row_has_all_its_parts():
    cells = (
        "Asha Rao",
        "",
        "asha@example.org",
        "07700 900001",
        "31/12/2025",
        "",
        "Carer",
        "North",
        "Large print",
        "ill",
    )
    assert only(register_of(cells)) == RegisterRow(
        line=2,
        shown_name="Asha Rao",
        mail="asha@example.org",
        phone="07700 900001",
        joined_on=date(2025, 12, 31),
        left_on=None,
        role="Carer",
        organisation="North",
        access_needs="Large print",
        remarks=(),
    )


@pytest.mark.parametrize(
    ("cells", "code", "reason"),
    [
        (("", "", "a@example.org"), "name-missing", "There is no name on this line."),
        (("-", "", "a@example.org"), "name-missing", "There is no name on this line."),
        (("=1+1",), "name-not-a-name", "This is not a name, or it is a formula. We do not work formulas out."),
        (("#REF!",), "name-not-a-name", "This is not a name, or it is a formula. We do not work formulas out."),
        (("<b>Asha</b>",), "name-not-a-name", "This is not a name, or it is a formula. We do not work formulas out."),
        (("...",), "name-not-a-name", "This is not a name, or it is a formula. We do not work formulas out."),
        (
            ("Last change 3 May",),
            "name-not-a-name",
            "There are numbers or an e-mail address where the name should be.",
        ),
        (("a" * 81,), "name-too-long", "The name has more than 80 letters."),
        (("Asha", "", "asha"), "mail-unreadable", "“asha” is not like an e-mail address."),
        (("Asha", "", "", "ring"), "phone-unreadable", "“ring” is not like a phone number."),
        (
            ("Asha", "", "", "", "spring"),
            "joined-unreadable",
            "“spring” is not a date we can read. Write it like 31/12/2026.",
        ),
        (
            ("Asha", "", "", "", "", "autumn"),
            "left-unreadable",
            "“autumn” is not a date we can read. Write it like 31/12/2026.",
        ),
        (
            ("Asha", "", "", "", "2026-01-02", "2026-01-01"),
            "left-before-joined",
            "The day they left is before the day they joined.",
        ),
    ],
)
def test_a_row_is_refused_with_its_reason(cells, code, reason):
    row = only(register_of(cells))
    assert isinstance(row, RefusedRow)
    assert (row.line, row.code, row.reason) == (2, code, reason)


def test_a_row_with_two_faults_names_both():
    row = only(register_of(("Asha", "", "nowhere", "none of it")))
    assert row.reason == "“nowhere” is not like an e-mail address. “none of it” is not like a phone number."


def test_a_refused_row_keeps_the_columns_we_take_and_no_others():
    row = only(register_of(("", "", "a@example.org", "", "", "", "", "", "", "very ill")))
    assert [heading for heading, _ in row.cells] == list(HEADINGS[:-1])
    assert "very ill" not in str(row)


def test_somebody_twice_is_refused_naming_the_first_line():
    register = register_of(
        ("Asha Rao", "", "asha@example.org", "07700 900001"),
        ("ASHA RAO", "", "Asha@Example.org"),
        ("Asha Rao", "", "", "+44 7700 900001"),
        ("Bo Rao", "", "asha@example.org"),
        ("Bo Rao", "", "", "07700 900001"),
    )
    assert [row.shown_name for row in register.rows] == ["Asha Rao", "Bo Rao"]
    assert [(row.line, row.reason) for row in register.refused] == [
        (3, "Same e-mail address as line 2 (Asha Rao)."),
        (4, "Same name and phone number as line 2 (Asha Rao)."),
        (
            5,
            "Same e-mail address as line 2 (Asha Rao). If they are two people who share it, leave it out for one of them.",
        ),
    ]
    assert "On 3 lines we found somebody a second time." in register.notes


def test_a_row_that_repeats_a_refused_one_is_taken():
    register = register_of(("", "", "a@example.org"), ("Asha", "", "a@example.org"))
    assert [row.line for row in register.rows] == [3]


def test_the_same_name_alone_is_only_a_remark():
    register = register_of(("Asha Rao",), ("Asha Rao",))
    assert register.rows[1].remarks == ("Line 2 has the same name. They may be one person or two.",)


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        (("First name", "Surname"), ("Asha", "Rao"), "Asha Rao"),
        (("First name", "Surname"), ("", "Rao"), "Rao"),
        (("First name", "Surname"), ("Na", "Li"), "Na Li"),
        (("First name", "Surname", "Known as"), ("Robert", "Lee", "Bo"), "Bo Lee"),
        (("First name", "Surname", "Known as"), ("Robert", "Lee", "Bo Small"), "Bo Small"),
        (("Name", "Known as"), ("Robert Lee", "Bo"), "Bo"),
        (("Name",), ("Rao, Asha",), "Asha Rao"),
        (("Name",), ("'t Hooft, Lena",), "Lena 't Hooft"),
        (("Name",), ("陳大文",), "陳大文"),
        (("Name",), ("Siân Ní-Bhriain O’Shea",), "Siân Ní-Bhriain O’Shea"),
        (("Name",), ("Rao, Asha (carer)",), "Rao, Asha (carer)"),
    ],
)
def test_the_shown_name(headings, cells, name):
    assert only(register_of(cells, headings=headings)).shown_name == name


def test_a_formula_hides_nowhere_in_a_name():
    headings = ("First name", "Surname", "Known as")
    for place in range(3):
        cells = ["Asha", "Rao", "Ash"]
        cells[place] = '=HYPERLINK("http://example.org","Jo")'
        assert only(register_of(cells, headings=headings)).code == "name-not-a-name"


def test_a_date_read_day_first_is_remarked_on_the_row_and_on_the_whole():
    register = register_of(("Asha", "", "", "", "03/04/2026"))
    assert register.rows[0].joined_on == date(2026, 4, 3)
    assert register.rows[0].remarks == ("We read 03/04/2026 day first, as 3 April 2026.",)
    assert register.notes == (
        "On 1 line a date could be read two ways, like 03/04/2026. We read the day first: 3 April 2026.",
    )


def test_a_second_phone_column_fills_in_for_an_empty_first():
    register = register_of(("Asha", "", "07700 900001"), headings=("Name", "Phone", "Mobile"))
    assert only(register).phone == "07700 900001"


def test_without_names_nothing_is_read():
    with pytest.raises(Refused) as stop:
        register_of(("x",), headings=("Colour",))
    assert stop.value.refusal.code == "register-no-names"


def test_refused_rows_leave_as_csv_that_cannot_calculate():
    register = register_of(('=cmd|"/c calc"!A0', "@x", "+a", "-1", "\tx", "\r=1"))
    rows = list(csv.reader(io.StringIO(refused_csv(register.refused), newline="")))
    assert rows[0] == ["Line", "Why we could not take it", *HEADINGS[:-1]]
    assert rows[1][0] == "2"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])
    assert rows[1][2] == '\'=cmd|"/c calc"!A0'


def test_no_refused_rows_give_only_the_headings():
    assert refused_csv([]) == '"Line","Why we could not take it"\r\n'


words = st.one_of(
    st.sampled_from(
        ["", " ", "-", "Asha", "Bo Lee", "a@example.org", "b@example.org", "07700 900001", "03/04/2026", "=1", "x"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(words, max_size=10), max_size=12))
def test_no_row_is_lost(rows):
    register = register_of(*rows)
    lines = [row.line for row in register.rows + register.refused] + list(register.blank)
    assert sorted(lines) == list(range(2, len(rows) + 2))
    assert all(row.shown_name for row in register.rows)
    assert all(row.reason for row in register.refused)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(alphabet="ab=,;@1-é ", max_size=6), max_size=6), min_size=1, max_size=10))
def test_no_line_of_a_file_is_lost(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([["Name", "E-mail", "Phone", "Role", "Team", "Left"], *rows])
    sheet = read_sheet("r.csv", out.getvalue().encode())
    lines = sorted([row.line for row in sheet.rows] + [row.line for row in sheet.aside])
    assert lines[: len(rows) + 1] == list(range(1, len(rows) + 2))
    assert len(set(lines)) == len(lines)


@pytest.fixture(scope="module")
def messy():
    return made_up.messy_register()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("register.csv", made_up.as_csv),
        ("register.csv", lambda made: made_up.as_csv(made, encoding="utf-16", separator="\t")),
        ("register.csv", lambda made: made_up.as_csv(made, encoding="utf-8-sig", separator=";")),
        ("register.xlsx", made_up.as_xlsx),
    ],
    ids=["csv", "utf-16 with tabs", "semicolons", "xlsx"],
)
def test_a_messy_register_of_300_comes_out_line_by_line_as_made(messy, name, make):
    sheet = read_sheet(name, make(messy))
    register = read_register(sheet, propose_columns(sheet))
    outcome = {row.line: "row" for row in register.rows}
    outcome |= {row.line: row.code for row in register.refused}
    outcome |= {row.line: "aside" for row in sheet.aside if row.line <= len(messy.lines)}
    outcome |= {line: "aside" for line in messy.outcome if line not in outcome and not messy.lines[line - 1]}
    assert outcome == messy.outcome
    for row in register.rows:
        first, surname, known_as, mail, phone, joined, left, *_ = messy.lines[row.line - 1]
        assert row.shown_name == f"{known_as or first} {surname}"
        assert (row.mail, row.phone, row.joined_on, row.left_on) == (mail, phone, joined, left or None)
    assert "medication" not in str(register)
    assert "High Street" not in str(register)
