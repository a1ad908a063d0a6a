"""A table at which Asha and Bo sit, that Lea leads; Eli is a stranger. Lines are written through the operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.initiatives import operations as initiatives
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people
from alongside.reflections import operations

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
ORIGIN = {
    "who_asked": "People who had been discharged.", "why_now": "The contract ends.", "who_is_affected": "Anyone leaving.",
    "affected_inside": "Two people.",
}  # fmt: skip


@dataclass
class Cast:
    initiative: object
    lea: object
    asha: object
    bo: object
    eli: object


def cast():
    organisation = organisations.found(name="Harbour Trust", at=AT)
    lea, asha, bo, eli = (people.add_person(shown_name=name, at=AT) for name in ("Lea", "Asha", "Bo", "Eli"))
    for person in (lea, asha, bo):
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    organisations.ask_to(person=lea, kind=DutyKind.LEAD, organisation=organisation, on=ON, at=AT)
    initiative = initiatives.begin(
        organisation=organisation, name="Leaving well", kind="service", by=lea, at=AT, on=ON, lead=False, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    for person in (asha, bo):
        initiatives.give_seat(initiative=initiative, person=person, role="Knows the ward", on=ON, by=None, at=AT)
    return Cast(initiative, lea, asha, bo, eli)


def line(person, words="I can ask.", kind="LEARNING", **more):
    return operations.write(kind=kind, words=words, on=ON, by=person, at=AT, **more)
