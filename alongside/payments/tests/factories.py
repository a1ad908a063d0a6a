"""Payments on every step of their way, made through the operations."""

from alongside.contributions import queries as offers
from alongside.contributions.tests.factories import AT, ON, accepted, cast, done, later, offer
from alongside.ledger import operations as ledger
from alongside.payees import operations as payees
from alongside.payments import operations

__all__ = [
    "AT",
    "ON",
    "accepted",
    "approved",
    "arrived",
    "cast",
    "done",
    "held",
    "later",
    "offer",
    "part",
    "sent",
    "with_payee",
]


def with_payee(person, at=AT):
    return payees.set_payee(person=person, name="A Person", sort_code="200415", account="38290008", by=person, at=at)


def part(offer):
    """The first part of an offer's money."""
    return offers.parts_of(offer).first()


def fund(them, name="Council", pence=400_000, **days):
    """A fund with one line, and the line."""
    made = ledger.add_fund(
        organisation=them.organisation, name=name, by=them.fay, at=AT, lines=[("Pay", "CC104", pence)], **days
    )
    return made, ledger.queries.covers(them.organisation, ON)[0].line


def approved(them, to=None, **terms):
    made = done(them, to, **terms)
    return operations.approve(part_id=part(made).pk, by=them.dee, at=AT)


def held(them, to=None, words="The fund opens on Monday.", **terms):
    made = done(them, to, **terms)
    return operations.hold(part_id=part(made).pk, words=words, by=them.dee, at=AT)


def sent(them, to=None, on=ON, at=AT, **terms):
    """Sent by bank unless terms name another method; cash and vouchers have arrived by that."""
    terms = {"method": "BANK"} | terms
    if terms["method"] == "BANK":
        with_payee(to or them.asha)
    payment = approved(them, to, **terms)
    return operations.send(part_id=payment.part_id, on=on, by=them.fay, at=at, reference="R1")


def arrived(them, to=None, **terms):
    return sent(them, to, **({"method": "CASH"} | terms))
