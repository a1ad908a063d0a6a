"""The first organisation: made by the installer, with somebody who can go on from there."""

import pytest
from django.core.management.base import CommandError

from alongside.config import cli
from alongside.organisations import operations, queries
from alongside.organisations.models import Organisation
from alongside.organisations.states import DutyKind
from alongside.people import queries as people
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from tests.world import AT

pytestmark = pytest.mark.django_db


def begin(**more):
    return operations.begin(**{"name": "Harbour", "shown_name": "Ffion", "mail": "ffion@example.org", "at": AT} | more)


def test_first_person_leads_and_runs_the_installation_and_can_sign_in():
    organisation = begin()
    person = people.login_at("ffion@example.org").person
    held = {duty.kind for duty in queries.duty_holders(organisation)}
    assert (person.shown_name, held) == ("Ffion", {DutyKind.LEAD, DutyKind.OPERATOR})
    assert queries.is_member(person, organisation.pk)


def test_second_organisation_takes_the_same_person():
    begin()
    second = begin(name="Hills")
    assert [duty.person.shown_name for duty in queries.duty_holders(second)] == ["Ffion", "Ffion"]
    assert people.login_at("ffion@example.org").person.shown_name == "Ffion"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "no-name"),
        ({"name": "HARBOUR "}, "name-used"),
        ({"name": "Hills", "mail": "ffion"}, "no-address"),
    ],
)
def test_refusal_says_why_and_changes_nothing(more, code):
    begin()
    before = (Organisation.objects.count(), JournalLine.objects.count())
    with pytest.raises(Refused, match=code):
        begin(**more)
    assert (Organisation.objects.count(), JournalLine.objects.count()) == before


def options(**more):
    words = ["found", "Harbour", "--person", "Ffion", "--mail", "ffion@example.org"]
    return cli._parser()[0].parse_args([*words, *(word for pair in more.items() for word in (f"--{pair[0]}", pair[1]))])


def test_command_says_what_stands_and_what_comes_next(capsys):
    cli._found(options())
    said = capsys.readouterr().out
    assert "Harbour stands. Ffion leads co-production there and runs this installation." in said
    assert "Sign in with ffion@example.org" in said


def test_command_refuses_an_unknown_zone_in_words():
    with pytest.raises(CommandError, match="no time zone called Mars/Base"):
        cli._found(options(zone="Mars/Base"))
    assert not Organisation.objects.exists()
