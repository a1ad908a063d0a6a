"""An organisation with somebody who leads it and somebody who does not, and rate cards made through the operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people
from alongside.rates import operations
from alongside.rates.states import Unit

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
ON = date(2026, 11, 2)


@dataclass
class Cast:
    """Lea leads, Asha is a member, Eli is a stranger."""

    organisation: object
    lea: object
    asha: object
    eli: object


def cast(name="Harbour Trust"):
    organisation = organisations.found(name=name, at=AT)
    lea, asha, eli = (people.add_person(shown_name=name, at=AT) for name in ("Lea", "Asha", "Eli"))
    for person in (lea, asha):
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    organisations.ask_to(person=lea, kind=DutyKind.LEAD, organisation=organisation, on=ON, at=AT)
    return Cast(organisation, lea, asha, eli)


def card(them, lines=(("Taking part", Unit.HOUR, 2750),), from_on=date(2026, 1, 1)):
    return operations.add(
        organisation=them.organisation, from_on=from_on, source="Agreed by us", lines=lines, by=them.lea, at=AT
    )
