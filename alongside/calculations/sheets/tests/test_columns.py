"""What a heading means, what is not taken, and changing it."""

import pytest

from alongside.calculations.sheets import FIELDS, Sheet, choose, propose_columns
from alongside.calculations.sheets.columns import meaning
from alongside.refusals import Refused


def mapping_of(*headings):
    return propose_columns(Sheet(headings, (), (), ()))


def fields_of(*headings):
    return [column.field for column in mapping_of(*headings).columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name", "name"),
        ("FULL NAME *", "name"),
        ("First name(s)", "first_name"),
        ("Surname", "surname"),
        ("Person: Last name", "surname"),
        ("Known as", "known_as"),
        ("E-mail", "mail"),
        ("e-mail address:", "mail"),
        ("Contact: Email", "mail"),
        ("Mobile no.", "phone"),
        ("Telephone", "phone"),
        ("Phone 2", "phone"),
        ("Date joined (dd/mm/yyyy)", "joined_on"),
        ("Left", "left_on"),
        ("Job_title", "role"),
        ("Organisation / team", "organisation"),
        ("Access needs", "access_needs"),
    ],
)
def test_a_heading_is_recognised(heading, field):
    assert meaning(heading)[0] == field


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Address", "addresses"),
        ("Post code", "addresses"),
        ("Address line 1", "addresses"),
        ("Notes", "words about health"),
        ("Any other comments", "words about health"),
        ("Diagnosis", "about health"),
        ("NHS no", "about health"),
        ("Date of birth", "do not need this"),
        ("Sort code", "Money details"),
        ("NI number", "Money details"),
        ("Emergency contact phone", "other people"),
        ("Next of kin: Name", "other people"),
        ("Emergency contact: Phone", "other people"),
        ("Colour", "do not know this heading"),
        ("", "do not know this heading"),
    ],
)
def test_a_column_that_is_not_taken_says_why(heading, words):
    field, why = meaning(heading)
    assert field == ""
    assert words in why


def test_a_second_column_of_one_kind_is_left_out_but_phones_and_addresses_may_be_several():
    assert fields_of("Name", "Full name", "Phone", "Mobile", "Notes", "Notes", "", "") == (
        ["name", "", "phone", "phone", "", "", "", ""]
    )


def test_columns_have_the_letters_of_a_spreadsheet():
    letters = [column.letter for column in mapping_of(*["x"] * 54).columns]
    assert (letters[0], letters[25], letters[26], letters[53]) == ("A", "Z", "AA", "BB")


def test_a_choice_changes_the_mapping():
    mapping = choose(mapping_of("Who", "E-mail"), {0: "name", 1: ""})
    assert [column.field for column in mapping.columns] == ["name", ""]
    assert mapping.names_people
    assert not mapping_of("Who").names_people


@pytest.mark.parametrize(
    ("fields", "code"),
    [({9: "name"}, "columns-unknown"), ({0: "salary"}, "columns-unknown"), ({0: "name", 1: "name"}, "columns-twice")],
)
def test_a_choice_that_cannot_be_is_refused(fields, code):
    with pytest.raises(Refused) as stop:
        choose(mapping_of("A", "B"), fields)
    assert stop.value.refusal.code == code


def test_every_field_has_words():
    assert all(FIELDS.values())
