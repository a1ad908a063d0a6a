"""A day, an amount and lines, as people write them, and as they should never get in."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from alongside.design.forms import DayField, Form, LinesField, MoneyField, pounds_words
from alongside.design.states import day_words


def words_of(stop):
    return " ".join(stop.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        "4 12 2026", "2026-12-04", "4/12/2026", "04.12.2026", "4-12-2026", "4 December 2026", "4 dec 2026",
        "4th December 2026", "4th of December, 2026", "Friday 4 December 2026", "Friday, 4 DECEMBER 2026",
        "December 4, 2026", "  4   December\t2026 ", "４ １２ ２０２６", "4\u201312\u20132026", "2026-12-4",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(typed):
    assert DayField().clean(typed) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"), ("   ", "required"), ("soon", "invalid"), ("4", "invalid"), ("4 13 2026", "invalid"),
        ("12/31/2026", "invalid"), ("0 12 2026", "no-such-day"), ("30 February 2026", "no-such-day"),
        ("29 2 2027", "no-such-day"), ("4 Ju 2026", "invalid"), ("4 jun1 2026", "invalid"), ("4/12/26", "year"),
        ("4 dec 26", "year"), ("4 12 1066", "early"), ("4 12 2999", "late"), ("0000-00-00", "invalid"),
        ("4 12 2026; DROP TABLE", "invalid"), ("<b>4 12 2026</b>", "invalid"), ("4 12 2026\x00", "invalid"),
        ("9" * 100_000, "invalid"), ("\u202e4 12 2026", "invalid"), ("1e3-12-04", "invalid"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(typed, code):
    with pytest.raises(ValidationError) as stop:
        DayField().clean(typed)
    assert stop.value.error_list[0].code == code
    assert words_of(stop).endswith(".")


def test_a_leap_day_is_a_day():
    assert DayField().clean("29 2 2028") == date(2028, 2, 29)


def test_a_missing_day_says_how_many_the_month_has():
    with pytest.raises(ValidationError, match="February 2026 has 28 days"):
        DayField().clean("30/2/2026")


def test_a_day_outside_its_bounds_names_the_bound():
    field = DayField(earliest=date(2026, 12, 1), latest=date(2026, 12, 31))
    assert field.clean("1 12 2026") == date(2026, 12, 1)
    assert field.clean("31 12 2026") == date(2026, 12, 31)
    with pytest.raises(ValidationError, match="not before Tuesday 1 December 2026"):
        field.clean("30 11 2026")
    with pytest.raises(ValidationError, match="not after Thursday 31 December 2026"):
        field.clean("1 1 2027")


def test_a_day_may_be_left_empty_when_it_is_not_needed():
    assert DayField(required=False).clean("") is None


@given(some.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_that_we_show_can_be_read_back(day):
    field = DayField()
    assert field.clean(day_words(day)) == field.clean(field.prepare_value(day)) == field.clean(day.isoformat()) == day


@given(some.text(max_size=80))
def test_no_text_breaks_the_day_field(text):
    try:
        assert isinstance(DayField().clean(text), date)
    except ValidationError as stop:
        assert stop.messages


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£12.50", 1250), ("12.5", 1250), ("12", 1200), ("1,250", 125_000), ("£1,250.05", 125_005), ("0", 0), ("50p", 50),
        (" £ 12.50 ", 1250), ("12.50 pounds", 1250), ("1 pound", 100), ("GBP 3", 300), ("0.01", 1), ("100000", 10_000_000),
        ("１２.５０", 1250), ("007", 700),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_whole_pence(typed, pence):
    assert MoneyField().clean(typed) == pence


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"), ("-3", "minus"), ("£-3", "minus"), ("\u22123", "minus"), ("(3)", "minus"), ("12.505", "part"),
        ("0.001", "part"), ("12,50", "invalid"), ("1,25", "invalid"), ("1,2,3", "invalid"), ("12.", "invalid"),
        ("ten", "invalid"), ("1e5", "invalid"), ("nan", "invalid"), ("inf", "invalid"), ("$12", "currency"), ("12£50", "invalid"),
        ("€12", "currency"), ("0x10", "invalid"), ("12 50", "invalid"), ("=1+1", "invalid"), ("12\x00", "invalid"),
        ("100000.01", "large"), ("9" * 30, "large"), ("9" * 1_000_000, "large"),
    ],
)  # fmt: skip
def test_an_amount_that_is_none_is_refused(typed, code):
    with pytest.raises(ValidationError) as stop:
        MoneyField().clean(typed)
    assert stop.value.error_list[0].code == code
    assert words_of(stop).endswith(".")


def test_an_amount_outside_its_bounds_names_the_bound():
    field = MoneyField(least=100, most=2000)
    assert (field.clean("1"), field.clean("20")) == (100, 2000)
    with pytest.raises(ValidationError, match="£1.00 or more"):
        field.clean("0.99")
    with pytest.raises(ValidationError, match="£20.00 or less"):
        field.clean("20.01")


@given(some.integers(0, 10_000_000))
def test_every_amount_that_we_show_can_be_read_back(pence):
    assert MoneyField().clean(pounds_words(pence)) == pence


@given(some.text(max_size=80))
def test_no_text_breaks_the_money_field(text):
    try:
        assert MoneyField().clean(text) >= 0
    except ValidationError as stop:
        assert stop.messages


def test_lines_keep_their_order_and_drop_the_empty_ones():
    assert LinesField().clean(" tea \r\n\n  milk\n\t\nsugar, brown") == ["tea", "milk", "sugar, brown"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "required"), (" \n \n", "required"), ("a\nb\nc\nd", "many"), ("a\n" + "b" * 11, "long")],
)
def test_lines_that_are_none_too_many_or_too_long_are_refused(typed, code):
    with pytest.raises(ValidationError) as stop:
        LinesField(most_lines=3, longest=10).clean(typed)
    assert stop.value.error_list[0].code == code


def test_lines_refuse_what_a_database_cannot_keep():
    with pytest.raises(ValidationError):
        LinesField().clean("tea\x00")


def test_lines_may_be_left_empty_when_they_are_not_needed():
    assert LinesField(required=False).clean("") == []


class Filled(Form):
    start = DayField(required=False)
    cost = MoneyField(required=False)
    things = LinesField(required=False)


def test_what_was_there_before_is_shown_as_people_write_it_and_counts_as_unchanged():
    initial = {"start": date(2026, 12, 4), "cost": 125_000, "things": ["tea", "milk"]}
    shown = Filled(initial=initial)
    assert shown["start"].value() == "4 December 2026"
    assert shown["cost"].value() == "1,250.00"
    assert shown["things"].value() == "tea\nmilk"
    back = Filled({name: shown[name].value() for name in initial}, initial=initial)
    assert back.is_valid()
    assert back.cleaned_data == initial
    assert back.changed_data == []
    assert Filled({"start": "soon", "cost": "much"}, initial=initial).changed_data == ["start", "cost", "things"]
