"""An organisation with a fund, an initiative at whose table people sit, and a bid made by operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.bids import operations
from alongside.initiatives import operations as initiatives
from alongside.ledger import operations as ledger
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
ON = date(2026, 11, 2)
DUE = date(2026, 12, 4)
ORIGIN = {
    "who_asked": "People who had been discharged.", "why_now": "The contract ends.", "who_is_affected": "Anyone leaving.",
    "affected_inside": "Two people.",
}  # fmt: skip


@dataclass
class Cast:
    """Lea leads; Asha and Bo sit at the table; Cy is a member without a seat; Eli is a stranger."""

    organisation: object
    initiative: object
    line: object
    lea: object
    asha: object
    bo: object
    cy: object
    eli: object


def cast():
    organisation = organisations.found(name="Harbour Trust", at=AT)
    lea, asha, bo, cy, eli = (people.add_person(shown_name=n, at=AT) for n in ("Lea", "Asha", "Bo", "Cy", "Eli"))
    for person in (lea, asha, bo, cy):
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    organisations.ask_to(person=lea, kind=DutyKind.LEAD, organisation=organisation, on=ON, at=AT)
    initiative = initiatives.begin(
        organisation=organisation, name="Leaving well", kind="service", by=lea, at=AT, on=ON, lead=False, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    for person in (asha, bo):
        initiatives.give_seat(initiative=initiative, person=person, role="Knows the ward", on=ON, by=None, at=AT)
    fund = ledger.add_fund(organisation=organisation, name="Grant", from_on=None, to_on=None, by=lea, at=AT)
    line = ledger.add_line(fund=fund, words="People", code="", pence=50_000, by=lea, at=AT)
    return Cast(organisation, initiative, line, lea, asha, bo, cy, eli)


def said(them, **more):
    """What a bid says: £5,000 of the Sea Fund, about 12 in 100, paid, with a plan after a no."""
    return {
        "funder": "Sea Fund", "what_for": "A kitchen that we run together.", "pence": 500_000, "due_on": DUE, "chance": 12,
        "chance_from": "their report of last year", "fund_line": them.line, "reuse_plan": "Half of it goes to the council.",
    } | more  # fmt: skip


def bid(them, **more):
    return operations.begin(initiative=them.initiative, by=them.lea, at=AT, **said(them, **more))


def sent(them, **more):
    made = bid(them, **more)
    return operations.send(bid_id=made.pk, understood=True, by=them.lea, at=AT)


def answered(them, state="NO", helpers=(), **more):
    """A bid with helpers and with its answer."""
    made = sent(them, **more)
    for person in helpers:
        operations.say_help(bid_id=made.pk, state="YES", by=person, at=AT)
    return operations.answer(bid_id=made.pk, state=state, learned="Too many asked.", by=them.lea, at=AT)
