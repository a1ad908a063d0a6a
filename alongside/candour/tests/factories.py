"""An initiative at whose table people sit, and answers made by operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.candour import operations, policies
from alongside.initiatives import operations as initiatives
from alongside.initiatives.states import InitiativeState
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
LATER = datetime(2026, 11, 9, 10, 0, tzinfo=UTC)
LAST = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
ORIGIN = {
    "who_asked": "People who had been discharged.", "why_now": "The contract ends.", "who_is_affected": "Anyone leaving.",
    "affected_inside": "Two people.",
}  # fmt: skip


@dataclass
class Cast:
    """Lea leads the organisation, Cleo chairs, Asha has a seat, Bo is a member without one, Eli is a stranger."""

    organisation: object
    initiative: object
    lea: object
    cleo: object
    asha: object
    bo: object
    eli: object


def cast(state=InitiativeState.OPEN):
    organisation = organisations.found(name="Harbour Trust", at=AT)
    names = ("Lea", "Cleo", "Asha", "Bo", "Eli")
    lea, cleo, asha, bo, eli = (people.add_person(shown_name=name, at=AT) for name in names)
    for person in (lea, cleo, asha, bo):
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    organisations.ask_to(person=lea, kind=DutyKind.LEAD, organisation=organisation, on=ON, at=AT)
    initiative = table(organisation, "Leaving well", lea, state)
    for person in (cleo, asha):
        initiatives.give_seat(initiative=initiative, person=person, role="Knows the ward", on=ON, by=None, at=AT)
    initiatives.ask_to(initiative=initiative, person=cleo, kind=DutyKind.CHAIR, on=ON, by=None, at=AT)
    return Cast(organisation, initiative, lea, cleo, asha, bo, eli)


def table(organisation, name, by, state=InitiativeState.OPEN):
    """Another initiative of an organisation."""
    made = initiatives.begin(
        organisation=organisation, name=name, kind="service", by=by, at=AT, on=ON, lead=False, **ORIGIN
    )
    made.state = state
    made.save(update_fields=["state"])
    return made


def say(them, sheet, row, *, initiative=None, by=None, at=AT, seen=None, **said):
    """An answer to a row by its ids, by who chairs."""
    of = policies.sheet(sheet)
    return operations.say(
        initiative=initiative or them.initiative, sheet=of, row=policies.row(of, row), by=by or them.lea, at=at,
        seen=seen, **said,
    )  # fmt: skip


def show(them, sheet, *, outside=True, by=None, at=AT):
    return operations.show(
        initiative=them.initiative, sheet=policies.sheet(sheet), outside=outside, by=by or them.lea, at=at
    )


def cast_elsewhere():
    """Another organisation."""
    return organisations.found(name="Far Valley", at=AT)
