"""People whose money goes somewhere, made through the operations."""

from datetime import timedelta

from alongside.ledger.tests.factories import AT, ON, cast
from alongside.payees import operations, queries
from alongside.people import operations as people
from alongside.people.models import Login, ToTell

__all__ = ["AT", "ON", "cast", "code_of", "signs_in", "typed", "waits", "with_contact"]

IBAN = "IE29AIBK93115212345678"


def typed(person, account="38290008", at=AT, **facts):
    facts = {"sort_code": "200415", "account": account} | facts
    return operations.set_payee(person=person, name="A Person", by=person, at=at, **facts)


def waits(person, account="38290009", at=AT):
    """A second account, which waits to be confirmed beside the first."""
    typed(person)
    typed(person, account, at=at)
    return queries.waiting_of(person)


def with_contact(person, kind, value, at=AT - timedelta(days=30)):
    people.keep_contact(person_id=person.pk, kind=kind, value=value, safe="", by=person, at=at)


def signs_in(person):
    return Login.objects.create(person=person, email=f"{person.pk}@example.org")


def code_of(person):
    """The code as it stands on the list of what is to be told."""
    words = ToTell.objects.get(person=person, about__startswith="payee-code:").words
    return "".join(letter for letter in words if letter.isdigit())
