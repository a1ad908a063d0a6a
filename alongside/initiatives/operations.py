"""What changes in an initiative."""

from django.db import transaction

from alongside.initiatives.models import Initiative, InitiativeDuty, Seat
from alongside.organisations import operations as organisations
from alongside.record import operations as record


@transaction.atomic
def begin(*, organisation, name, kind, by, at, on, lead=True, **details):
    """Begin an initiative as a draft; `by` gets a seat, and the duty to lead it unless lead=False.

    on: the local day. details: about, area, origin answers and the like. Returns the Initiative.
    """
    initiative = Initiative.objects.create(organisation=organisation, name=name, kind=kind, made_at=at, **details)
    record.note(what="initiatives.initiative.begun", subject=initiative, by=by, at=at, organisation_id=organisation.pk)
    give_seat(initiative=initiative, person=by, role="Began this initiative", on=on, by=by, at=at)
    if lead:
        ask_to(initiative=initiative, person=by, kind="LEAD", on=on, by=by, at=at)
    return initiative


@transaction.atomic
def give_seat(*, initiative, person, role, on, by, at):
    """Give a person a seat from `on`, and so a place in the organisation; who sits here keeps their seat. Returns the Seat."""
    organisations.welcome(person=person, organisation=initiative.organisation, on=on, by=by, at=at)
    seat, fresh = Seat.objects.get_or_create(
        initiative=initiative, person=person, left_on=None, defaults={"role": role, "joined_on": on}
    )
    if fresh:
        record.note(
            what="initiatives.seat.taken",
            subject=seat,
            by=by,
            at=at,
            organisation_id=initiative.organisation_id,
            person=person.pk,
        )
    return seat


@transaction.atomic
def ask_to(*, initiative, person, kind, on, by, at):
    """Give a person a duty in the initiative from `on`; asking twice asks once."""
    duty, fresh = InitiativeDuty.objects.get_or_create(
        initiative=initiative, person=person, kind=kind, until=None, defaults={"since": on}
    )
    if fresh:
        record.note(
            what="initiatives.duty.given",
            subject=duty,
            by=by,
            at=at,
            organisation_id=initiative.organisation_id,
            kind=str(kind),
            person=person.pk,
        )
    return duty
