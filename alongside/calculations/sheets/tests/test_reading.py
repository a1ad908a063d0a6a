"""Files: kinds, encodings, separators, layouts, and the ones that mean harm."""

import io
import zipfile

import pytest

from alongside.calculations.sheets import CAPS, Caps, propose_columns, read_sheet
from alongside.calculations.sheets.tests import made_up
from alongside.refusals import Refused

TIDY = "Name,E-mail,Joined\nAsha Rao,asha@example.org,31/12/2026\nBo Lee,bo@example.org,2026-12-31\n"


def refusal_of(data, name="register.csv", caps=CAPS):
    with pytest.raises(Refused) as stop:
        read_sheet(name, data, caps)
    assert stop.value.refusal.words
    assert stop.value.refusal.help
    return stop.value.refusal.code


def cells(sheet):
    return [row.cells for row in sheet.rows]


def test_a_tidy_csv_comes_as_it_is():
    sheet = read_sheet("register.csv", TIDY.encode())
    assert sheet.headings == ("Name", "E-mail", "Joined")
    assert [row.line for row in sheet.rows] == [2, 3]
    assert cells(sheet)[0] == ("Asha Rao", "asha@example.org", "31/12/2026")
    assert sheet.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_ending_gives_the_same_table(encoding, separator, ending):
    text = "Name,E-mail\nZoë Díaz,zoe@example.org\nSiân O’Shea,sian@example.org\n".replace(",", separator)
    sheet = read_sheet("register.csv", text.replace("\n", ending).encode(encoding))
    assert sheet.headings == ("Name", "E-mail")
    assert cells(sheet) == [("Zoë Díaz", "zoe@example.org"), ("Siân O’Shea", "sian@example.org")]


def test_commas_inside_cells_do_not_deceive_the_separator():
    text = "Name;Address;E-mail\nAsha;1 High St, Leeds, UK;a@example.org\nBo;2 High St, Leeds, UK;b@example.org\n"
    assert cells(read_sheet("r.csv", text.encode()))[1] == ("Bo", "2 High St, Leeds, UK", "b@example.org")


def test_windows_letters_are_mentioned():
    assert "older Windows" in read_sheet("r.csv", "Name,E-mail\nZoë,z@example.org".encode("cp1252")).notes[0]


def test_titles_blank_lines_headings_again_and_totals_are_set_aside_by_line():
    text = "Register 2026\n\nName,E-mail\nAsha,a@example.org\n\nName,E-mail\nBo,b@example.org\nTotal,2\n"
    sheet = read_sheet("r.csv", text.encode())
    assert [row.line for row in sheet.rows] == [4, 7]
    assert [(row.line, row.why) for row in sheet.aside][:6] == [
        (1, "title"),
        (2, "blank"),
        (3, "headings"),
        (5, "blank"),
        (6, "headings again"),
        (8, "total"),
    ]
    assert sheet.notes == (
        "Left out as above the headings: line 1.",
        "Left out as the headings once more: line 6.",
        "Left out as a total, not a person: line 8.",
    )


def test_a_person_called_total_is_still_a_person():
    sheet = read_sheet("r.csv", b"Name,E-mail\nTotal Khan,t@example.org\nTotal,t2@example.org\n")
    assert len(sheet.rows) == 2


def test_headings_over_two_rows_come_together():
    text = "Person,,Contact,\nFirst name,Surname,E-mail,Phone\nAsha,Rao,a@example.org,07700 900001\n"
    sheet = read_sheet("r.csv", text.encode())
    assert sheet.headings == ("Person: First name", "Person: Surname", "Contact: E-mail", "Contact: Phone")
    assert len(sheet.rows) == 1


def test_an_upper_heading_that_we_do_not_take_covers_the_columns_below_it():
    text = "Person,,Emergency contact,\nName,Mobile,Full name,Phone\nAsha,07700 900001,Bo,07700 900002\n"
    mapping = propose_columns(read_sheet("r.csv", text.encode()))
    assert [column.field for column in mapping.columns] == ["name", "phone", "", ""]


def test_headings_twice_in_a_row_are_one_row_of_headings():
    sheet = read_sheet("r.csv", b"Name,E-mail\nName,E-mail\nAsha,a@example.org\n")
    assert (sheet.headings, len(sheet.rows)) == (("Name", "E-mail"), 1)


def test_a_first_person_under_one_row_of_headings_stays_a_person():
    sheet = read_sheet("r.csv", b"Name,Role,Team\nAsha,Member,Service\nBo,Member,Group\n")
    assert (sheet.headings, len(sheet.rows)) == (("Name", "Role", "Team"), 2)


def test_a_cell_of_several_lines_keeps_the_line_numbers_right():
    sheet = read_sheet("r.csv", b'Name,Role\nAsha,"one\ntwo"\nBo,three\n')
    assert [(row.line, row.cells) for row in sheet.rows] == [(2, ("Asha", "one two")), (4, ("Bo", "three"))]


def test_unknown_headings_are_taken_with_doubt():
    sheet = read_sheet("r.csv", b"Colour,Taste\nred,sweet\n")
    assert sheet.headings == ("Colour", "Taste")
    assert "not sure which line" in sheet.notes[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Name,E-mail\nAsha,"a@example.org\nBo,b@example.org\nCy,c@example.org\n', 2),
        ('Name,E-mail,Role\n"Asha,a@example.org,x\nBo,b@example.org,x\nCy,c@example.org,x\nDee,d,"x"\n', 2),
    ],
)
def test_an_open_quote_that_would_swallow_people_is_refused_with_its_line(text, line):
    with pytest.raises(Refused) as stop:
        read_sheet("r.csv", text.encode())
    assert stop.value.refusal.code == "sheet-open-quote"
    assert f"line {line} " in stop.value.refusal.words


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet-empty"),
        (b" \r\n\t ", "sheet-empty"),
        (b"\xef\xbb\xbf", "sheet-no-table"),
        (b",,,\n,,\n", "sheet-no-table"),
        (b"Name,E-mail\nAsha\0Rao,a@example.org\n", "sheet-not-text"),
        (b"\0" * 50, "sheet-not-text"),
        (b"\xff\xfe\0\0N\0\0\0", "sheet-not-text"),
        (b"\xff\xfeN", "sheet-not-text"),
        (b"Name\n\x81\x8d\x8f", "sheet-not-text"),
        (b"%PDF-1.7 ...", "sheet-other-kind"),
        (b"\x89PNG\r\n", "sheet-other-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "sheet-old-excel"),
        (b"PK\x03\x04", "sheet-unreadable"),
        (b"Name\n" + b"x" * 200_000, "sheet-too-long"),
        (b'Name\n"' + b"x\n" * 90_000 + b'"', "sheet-too-long"),
        (b"Name" + b",x" * 100 + b"\n", "sheet-too-many-columns"),
        (b"Name\n" + b"Asha\n" * 6000, "sheet-too-many-rows"),
        (b"Name\n" + (b"a," * 50 + b"\n") * 4000, "sheet-too-many-cells"),
        (b"x" * (CAPS.bytes + 1), "sheet-too-big"),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(data, code):
    assert refusal_of(data) == code


def test_a_name_that_does_not_fit_is_mentioned_and_the_content_decides():
    as_csv = read_sheet("register.csv", made_up.small_xlsx())
    as_xlsx = read_sheet("register.xlsx", TIDY.encode())
    assert cells(as_csv) == [("Asha Rao", "asha@example.org")]
    assert "inside it is XLSX" in as_csv.notes[0]
    assert len(as_xlsx.rows) == 2
    assert "inside it is CSV" in as_xlsx.notes[0]


def test_xlsx_cells_come_as_text_without_calculating():
    rows = [("Name", "E-mail", "Joined", "Phone"), ("=1+1", "a@example.org", 46387, 7700900123), ("Bo", True, 1.5, "")]
    sheet = read_sheet("r.xlsx", made_up.small_xlsx(rows))
    assert cells(sheet) == [("0", "a@example.org", "46387", "7700900123"), ("Bo", "yes", "1.5")]
    assert sheet.notes == (
        "Some cells hold formulas. We took the results as your spreadsheet program last saved them.",
    )


def test_xlsx_without_any_text_is_no_table():
    assert refusal_of(made_up.small_xlsx([()]), "r.xlsx") == "sheet-no-table"


def test_a_bomb_is_refused_before_it_is_parsed():
    bomb = made_up.bomb_xlsx()
    assert len(bomb) < 100_000
    assert refusal_of(bomb, "r.xlsx") == "sheet-unpacks-too-big"
    assert refusal_of(made_up.bomb_xlsx(6000), "r.xlsx", Caps(ratio=10_000)) == "sheet-too-many-rows"
    assert refusal_of(made_up.bomb_xlsx(400), "r.xlsx", Caps(cells=300)) == "sheet-too-many-cells"


def test_cells_far_apart_do_not_take_the_memory():
    assert refusal_of(made_up.far_cell_xlsx(), "r.xlsx") in ("sheet-unreadable", "sheet-too-many-rows")


def test_many_columns_are_refused():
    assert refusal_of(made_up.small_xlsx([["Name"] * 61]), "r.xlsx") == "sheet-too-many-columns"


def test_the_child_is_stopped_by_the_clock_the_processor_and_the_memory():
    good = made_up.small_xlsx()
    assert refusal_of(good, "r.xlsx", Caps(seconds=0.001)) == "sheet-too-slow"
    long = made_up.as_xlsx(made_up.messy_register(people=3000))  # the kernel looks at its clock only now and then
    assert refusal_of(long, "r.xlsx", Caps(cpu_seconds=0)) == "sheet-unreadable"
    assert refusal_of(good, "r.xlsx", Caps(memory=1024 * 1024)) == "sheet-unreadable"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_xlsx_is_refused(share):
    data = made_up.as_xlsx(made_up.messy_register(people=40))
    assert refusal_of(data[: int(len(data) * share)], "r.xlsx") == "sheet-unreadable"


def test_a_zip_that_is_no_spreadsheet_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "hello")
    assert refusal_of(out.getvalue(), "r.xlsx") == "sheet-other-kind"


def test_the_sheet_with_the_people_is_read_and_the_others_are_named():
    sheet = read_sheet("r.xlsx", made_up.as_xlsx(made_up.messy_register(people=20)))
    assert sheet.notes[0] == "We read the sheet “People”, and not “Cover”."
    assert "hidden" in sheet.notes[1]
