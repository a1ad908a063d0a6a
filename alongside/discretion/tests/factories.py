"""A table at which Asha and Bo sit, that Lea leads; Mary is a member who sits nowhere, Eli a stranger."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.discretion import operations
from alongside.initiatives import operations as initiatives
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
ORIGIN = {
    "who_asked": "People who had been discharged.", "why_now": "The contract ends.", "who_is_affected": "Anyone leaving.",
    "affected_inside": "Two people.",
}  # fmt: skip
ROLE = "Knows the night shift, and reads drafts with us"


@dataclass
class Cast:
    initiative: object
    lea: object
    asha: object
    bo: object
    mary: object
    eli: object


def cast():
    organisation = organisations.found(name="Harbour Trust", at=AT)
    names = ("Lea", "Asha", "Bo", "Mary Jones", "Eli")
    lea, asha, bo, mary, eli = (people.add_person(shown_name=name, at=AT) for name in names)
    for person in (lea, asha, bo, mary):
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    organisations.ask_to(person=lea, kind=DutyKind.LEAD, organisation=organisation, on=ON, at=AT)
    initiative = initiatives.begin(
        organisation=organisation, name="Leaving well", kind="service", by=lea, at=AT, on=ON, lead=False, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    for person in (asha, bo):
        initiatives.give_seat(initiative=initiative, person=person, role=ROLE, on=ON, by=None, at=AT)
    return Cast(initiative, lea, asha, bo, mary, eli)


def kept(person, name="Mary", *, ask_me=True):
    return operations.keep_from(name=name, ask_me=ask_me, by=person, at=AT)
