"""A table at which Asha and Bo sit, that Lea leads; Eli is a stranger. Asks are made through the operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.initiatives import operations as initiatives
from alongside.media import operations
from alongside.media.models import Answer
from alongside.media.states import AskState, Own, Want
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
UNTIL = date(2027, 11, 1)
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


def ask(them, who="The Evening Paper", state=None, **more):
    """An ask, answered by the table when a state is given."""
    said = {"wants": [Want.PHOTO, Want.NAME], "purpose": "A page about the ward.", "until": UNTIL, "asked_on": ON}
    made = operations.write_down(initiative=them.initiative, who=who, by=them.asha, at=AT, **(said | more))
    return answered(them, made, state) if state else made


def answered(them, ask, state, **more):
    said = {"answered_on": ON, "decided_how": "All of us", "conditions": "We read it first."} | more
    return operations.answer_ask(ask_id=ask.pk, to=AskState(state), by=them.lea, at=AT, **said)


def own(them, ask, person, to=None):
    """The Answer of a person who is asked, and says something when `to` is given."""
    operations.ask_people(ask_id=ask.pk, people_asked=[person], by=them.lea, at=AT)
    answer = Answer.objects.get(ask=ask, person=person)
    return operations.say(answer_id=answer.pk, to=Own(to), by=person, at=AT) if to else answer


def used(them, ask, named=(), unnamed=()):
    keys = {"named": [each.pk for each in named], "unnamed": [each.pk for each in unnamed]}
    return operations.use(ask_id=ask.pk, place="Page 4", used_on=ON, by=them.lea, at=AT, **keys)
