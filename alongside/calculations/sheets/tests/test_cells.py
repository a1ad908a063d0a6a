"""Days, addresses, numbers and safe text, one cell at a time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.sheets import clean, read_day, read_mail, read_phone, safe_cell

LAST_DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2026",
        "31-12-2026",
        "31.12.2026",
        "31/12/26",
        "2026-12-31",
        "2026/12/31",
        "2026-12-31T09:30:00",
        "2026-12-31 00:00",
        "31/12/2026 14:05",
        "31 Dec 2026",
        "31st December 2026",
        "31-Dec-26",
        "Thursday 31 December 2026",
        "Thu, 31 Dec 2026",
        "Dec 31, 2026",
        "December 31 2026",
        "  31 / 12 / 2026 ".replace(" / ", "/"),
        "46387",
        "46387.0",
        "46387.75",
    ],
)
def test_a_day_is_read_in_every_form(text):
    assert read_day(text) == (LAST_DAY, "")


def test_a_day_that_could_be_two_is_read_day_first_and_says_so():
    assert read_day("03/04/2026") == (date(2026, 4, 3), "We read 03/04/2026 day first, as 3 April 2026.")
    assert read_day("04/04/2026") == (date(2026, 4, 4), "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12/31/2026", "“12/31/2026” is not a date we can read: we read the day first, and no month is 31."),
        ("31/02/2026", "“31/02/2026” is not a date we can read. Write it like 31/12/2026."),
        ("last spring", "“last spring” is not a date we can read. Write it like 31/12/2026."),
        ("May 2026", "“May 2026” is not a date we can read. Write it like 31/12/2026."),
        ("31 Smarch 2026", "“31 Smarch 2026” is not a date we can read. Write it like 31/12/2026."),
        ("01/01/1066", "“01/01/1066” is a day in 1066, which cannot be right."),
        ("0000-00-00", "“0000-00-00” is not a date we can read. Write it like 31/12/2026."),
        ("99999", "“99999” is a day in 2173, which cannot be right."),
        ("00/00/00", "“00/00/00” is not a date we can read. Write it like 31/12/2026."),
    ],
)
def test_an_unreadable_day_says_why(text, words):
    assert read_day(text) == (None, words)


@given(st.dates(date(1920, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_from_every_form(day):
    serial = (day - date(1899, 12, 30)).days
    forms = [day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%b} {day.year}", f"{day:%d %B %Y}"]
    forms += [str(serial)] if serial > 9999 else []
    assert {read_day(form)[0] for form in forms} == {day}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("asha@example.org", "asha@example.org"),
        (" Asha.Rao+x@Example.ORG ", "Asha.Rao+x@Example.ORG"),
        ("mailto:asha@example.org", "asha@example.org"),
        ("Asha Rao <asha@example.org>", "asha@example.org"),
        ("zoë@exämple.org", "zoë@exämple.org"),
    ],
)
def test_an_address_is_read(text, address):
    assert read_mail(text) == (address, "")


def test_the_first_of_several_addresses_counts_and_says_so():
    for text in ("a@example.org; b@example.org", "a@example.org or b@example.org", "a@example.org b@example.org"):
        assert read_mail(text) == ("a@example.org", "There are several e-mail addresses; we took the first.")


@pytest.mark.parametrize(
    "text",
    ["asha", "asha@", "@example.org", "asha@example", "ask her sister", "a@b@example.org", "a@.org", "a@example..org"]
    + ["a@example.org (old)", "x" * 250 + "@example.org", "a@exam<ple.org", "=cmd()", "a b@example.org"],
)
def test_what_is_not_like_an_address_is_refused(text):
    address, words = read_mail(text)
    assert address is None
    assert "e-mail address" in words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900123", "07700 900123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("(0151) 496 0000", "(0151) 496 0000"),
        ("+44 (0)7700 900123", "+44 7700 900123"),
        ("Tel: 07700 900123", "07700 900123"),
        ("07700 900123 (home)", "07700 900123"),
        ("353861234567.0", "353861234567"),
    ],
)
def test_a_number_is_read(text, number):
    assert read_phone(text) == (number, "")


def test_a_lost_nought_comes_back_and_the_first_of_several_counts():
    assert read_phone("7700900123") == (
        "07700900123",
        "The phone number had lost the 0 at its front; we put it back.",
    )
    assert read_phone("07700 900123 / 07700 900124") == (
        "07700 900123",
        "There are several phone numbers; we took the first.",
    )


@pytest.mark.parametrize(
    "text", ["ring the bell", "12345", "1" * 16, "07700 900123 after five", "0770+0900123", "/", ";"]
)
def test_what_is_not_like_a_number_is_refused(text):
    number, words = read_phone(text)
    assert number is None
    assert "phone number" in words


def test_clean_takes_out_marks_that_hide_or_turn_and_keeps_names():
    assert clean(" Asha\u202e\x00\tRao\n") == "Asha Rao"
    assert clean("Zoe\u0308") == "Zoë"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"  # this join mark is part of the spelling
    assert clean("a\ud800b") == "a b"


@pytest.mark.parametrize("start", list("=+-@\t\r\n\0＝＋－＠"))
def test_a_cell_that_could_calculate_gets_a_quote_mark(start):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_any_text_is_read_or_refused_and_never_fails(text):
    for read in (read_day, read_mail, read_phone):
        value, words = read(text)
        assert value is not None or words
    assert not safe_cell(text).startswith(tuple("=+-@\t\r\n\0"))
    assert clean(clean(text)) == clean(text)
