"""A table with Asha, Bo and Cy, led by Dee; Eli is a stranger. Plain functions, no surprises."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.test import Client

from alongside.conversations import operations, policies, queries
from alongside.conversations.models import Ballot, Conversation
from alongside.initiatives import operations as initiatives
from alongside.organisations import operations as organisations
from alongside.people import operations as people
from alongside.people.models import Login

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
LATER = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)
ORIGIN = {
    "who_asked": "People who sleep badly.",
    "why_now": "The ward moves next year.",
    "who_is_affected": "Anybody on the ward.",
    "affected_inside": "Two people who were there.",
}
TOKEN = "a-token-of-one-showing-{:04}"
WORDS = ("Nights are too loud.", "Lights should be out at eleven.", "Staff should knock.")


def person(name):
    """Somebody with an account."""
    found = people.add_person(shown_name=name, at=AT)
    Login.objects.create(email=f"{name.lower()}@example.org", person=found)
    return found


def table(name="Sleep", organisation=None):
    """An open initiative: Dee leads, Asha, Bo and Cy sit, Bo keeps the notes, Eli is elsewhere."""
    organisation = organisation or organisations.found(name=f"{name} Trust", at=AT)
    cast = SimpleNamespace(**{each.lower(): person(f"{each}{'' if name == 'Sleep' else name}") for each in NAMES})
    initiative = initiatives.begin(
        organisation=organisation, name=name, kind="service", by=cast.dee, at=AT, on=ON, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    for each in (cast.asha, cast.bo, cast.cy):
        seat(initiative, each)
    initiatives.ask_to(initiative=initiative, person=cast.bo, kind="RECORDER", on=ON, by=None, at=AT)
    cast.initiative, cast.organisation = initiative, organisation
    return cast


NAMES = ("Asha", "Bo", "Cy", "Dee", "Eli")


def seat(initiative, who):
    initiatives.give_seat(initiative=initiative, person=who, role="Was there", on=ON, by=None, at=AT)


def conversation(cast, words=WORDS, **choices):
    """An open conversation of the table with three starting statements."""
    said = {"question": "How should nights be?", "seeds": words} | choices
    return operations.open_new(initiative=cast.initiative, by=cast.dee, at=AT, **said)


def up(found):
    """Its statements that are up, by number."""
    return list(queries.statements_up(found))


def paper(found, who, press=1):
    """The code of the ballot paper of `who`."""
    return operations.take_paper(conversation_id=found.pk, token=TOKEN.format(press), by=who, at=AT)


def answer(found, code, statement, choice, by):
    operations.answer(conversation_id=found.pk, statement_id=statement.pk, code=code, choice=choice, by=by, at=AT)


def key(found, code):
    return policies.voter_key(found.seal, code)


def voters(found, choices, by):
    """So many voters, each with a key of their own, who all answered every statement: choices[voter][statement]."""
    statements = up(found)
    rows = [(policies.new_voter_key(), row) for row in choices]
    Ballot.objects.bulk_create(
        Ballot(conversation=found, voter_key=key, statement=statement, choice=choice, channel=by.channel)
        for key, row in rows
        for statement, choice in zip(statements, row, strict=True)
    )


def closed(found, by):
    """The conversation, closed by who leads."""
    return operations.close(conversation_id=found.pk, by=by, at=LATER)


def waiting(found, by, words="Doors should be left open.", **choices):
    """A statement that waits for who leads."""
    return operations.add_statement(conversation_id=found.pk, words=words, by=by, at=AT, on=ON, **choices)


def fresh(thing):
    """The same row as the database has it now."""
    return type(thing).objects.get(pk=thing.pk)


def browser(who=None):
    """A browser in which `who` is signed in."""
    client = Client()
    if who is not None:
        client.force_login(Login.objects.get(person=who))
    return client


def counted(model=Conversation):
    return model.objects.count()
