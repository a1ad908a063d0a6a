"""Offers made through the operations, so that each is one that could exist. The cast: see `cast`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from alongside.contributions import operations
from alongside.contributions.states import Method, OfferState
from alongside.initiatives import operations as initiatives
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people
from alongside.rates import operations as rates
from alongside.rates.queries import lines_of
from alongside.rates.states import Unit

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
ON = date(2026, 11, 2)
PROMISED = date(2026, 11, 16)  # ten working days after
ORIGIN = {"who_asked": "We did.", "why_now": "It is time.", "who_is_affected": "All of us.", "affected_inside": "Two."}


@dataclass
class Cast:
    """Asha and Bo give time, Cy cares for somebody, Dee approves, Fay pays, Lea leads, Eli is a stranger."""

    organisation: object
    initiative: object
    asha: object
    bo: object
    cy: object
    dee: object
    fay: object
    lea: object
    eli: object
    line: object


def add(name, organisation=None):
    person = people.add_person(shown_name=name, at=AT)
    if organisation:
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    return person


def table(organisation, leader, *seated, name="Sleep well"):
    """An open initiative that `leader` leads, with seats for the others."""
    initiative = initiatives.begin(
        organisation=organisation, name=name, kind="service", by=leader, at=AT, on=ON, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    for person in seated:
        initiatives.give_seat(initiative=initiative, person=person, role="Knows it", on=ON, by=leader, at=AT)
    return initiative


def cast(name="Harbour Trust"):
    organisation = organisations.found(name=name, at=AT)
    asha, bo, cy, dee, fay, lea = (add(n, organisation) for n in ("Asha", "Bo", "Cy", "Dee", "Fay", "Lea"))
    for person, kind in ((dee, DutyKind.APPROVER), (fay, DutyKind.PAYER), (lea, DutyKind.LEAD)):
        organisations.ask_to(person=person, kind=kind, organisation=organisation, on=ON, at=AT)
    initiative = table(organisation, lea, asha, bo, cy)
    card = rates.add(
        organisation=organisation, from_on=date(2026, 1, 1), source="Agreed by us", by=lea, at=AT,
        lines=[("Taking part", Unit.HOUR, 2750), ("A talk", Unit.FIXED, 8000)],
    )  # fmt: skip
    line = lines_of([card])[0]
    return Cast(organisation, initiative, asha, bo, cy, dee, fay, lea, add("Eli"), line)


def offer(them, to=None, **terms):
    """Two hours of taking part for Asha, £55.00, unless terms say otherwise."""
    terms = {"task": "Read the leaflet with us", "activity_on": ON, "minutes": 120, "line": them.line, "at": AT} | terms
    return operations.make_offer(initiative=them.initiative, to=to or them.asha, by=them.lea, **terms)


def accepted(them, to=None, method=Method.CASH, at=AT, **terms):
    made = offer(them, to, **terms)
    return operations.answer(offer_id=made.pk, state=OfferState.ACCEPTED, method=method, by=to or them.asha, at=at)


def done(them, to=None, on=ON, at=AT, **terms):
    """Work that is done and not paid yet."""
    made = accepted(them, to, **terms)
    return operations.say_done(offer_id=made.pk, on=on, by=to or them.asha, at=at)


ADVERT = {
    "title": "Readers wanted", "task": "Read with us.", "pay_kind": "PAID", "pay_words": "£27.50 for each started hour",
    "access": "Step-free.", "time_words": "Two hours.", "benefit_line": "Money can change benefits. Ask first.",
}  # fmt: skip


def advert_answered_by(them, first, *others):
    """An advert that these people answered; the first of them was welcomed and has a seat."""
    advert = initiatives.write_advert(initiative_id=them.initiative.pk, by=them.lea, at=AT, **ADVERT)
    initiatives.publish(advert_id=advert.pk, by=them.lea, at=AT)
    replies = [
        initiatives.reply(advert_id=advert.pk, person=person, words="", on=ON, at=AT) for person in (first, *others)
    ]
    initiatives.welcome_reply(reply_id=replies[0].pk, role="Reads drafts with us", on=ON, by=them.lea, at=AT)
    return advert


def later(days):
    return AT + timedelta(days=days)
