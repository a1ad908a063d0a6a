"""Payments on every step of their way, made through the operations."""

from alongside.contributions.tests.factories import AT, ON, accepted, cast, done, later, offer
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
    "sent",
    "with_payee",
]


def with_payee(person, at=AT):
    return operations.set_payee(
        person=person, name="A Person", sort_code="200415", account="38290008", by=person, at=at
    )


def approved(them, to=None, **terms):
    made = done(them, to, **terms)
    return operations.approve(offer_id=made.pk, by=them.dee, at=AT)


def held(them, to=None, words="The fund opens on Monday.", **terms):
    made = done(them, to, **terms)
    return operations.hold(offer_id=made.pk, words=words, by=them.dee, at=AT)


def sent(them, to=None, on=ON, at=AT, **terms):
    """Sent by bank unless terms name another method; cash and vouchers have arrived by that."""
    terms = {"method": "BANK"} | terms
    if terms["method"] == "BANK":
        with_payee(to or them.asha)
    payment = approved(them, to, **terms)
    return operations.send(offer_id=payment.offer_id, on=on, by=them.fay, at=at, reference="R1")


def arrived(them, to=None, **terms):
    return sent(them, to, **({"method": "CASH"} | terms))
