"""What changes in an organisation."""

from django.db import transaction

from alongside.organisations.models import Area, Duty, Membership, Organisation
from alongside.record import operations as record


@transaction.atomic
def found(*, name, at, by=None, **details):
    """Make an Organisation. details: about, country, zone, promise_days. For the installer and the demo."""
    organisation = Organisation.objects.create(name=name, made_at=at, **details)
    record.note(
        what="organisations.organisation.founded", subject=organisation, by=by, at=at, organisation_id=organisation.pk
    )
    return organisation


@transaction.atomic
def add_area(*, organisation, level, name, at, parent=None, by=None):
    """Add an Area to an organisation."""
    area = Area.objects.create(organisation=organisation, level=level, name=name, parent=parent)
    record.note(what="organisations.area.added", subject=area, by=by, at=at, organisation_id=organisation.pk)
    return area


@transaction.atomic
def welcome(*, person, organisation, on, at, by=None):
    """Let a person belong to an organisation from `on`; somebody who belongs already stays as they are."""
    membership, fresh = Membership.objects.get_or_create(
        person=person, organisation=organisation, until=None, defaults={"since": on}
    )
    if fresh:
        record.note(
            what="organisations.membership.begun", subject=membership, by=by, at=at, organisation_id=organisation.pk
        )
    return membership


@transaction.atomic
def ask_to(*, person, kind, organisation, on, at, by=None):
    """Give a person a duty from `on`; asking twice asks once. Who gives duties is ruled where the button stands."""
    duty, fresh = Duty.objects.get_or_create(
        person=person, organisation=organisation, kind=kind, until=None, defaults={"since": on}
    )
    if fresh:
        record.note(
            what="organisations.duty.given",
            subject=duty,
            by=by,
            at=at,
            organisation_id=organisation.pk,
            kind=str(kind),
            person=person.pk,
        )
    return duty
