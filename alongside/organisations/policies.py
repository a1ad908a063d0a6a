"""Facts that rules and reads both ask: who belongs, who was asked to do what."""

from alongside.organisations.models import Duty, Membership, Organisation


def is_member(person, organisation_id):
    """Whether the person belongs to the organisation now."""
    here = Membership.objects.filter(person=person, organisation=organisation_id, until=None)
    return person is not None and here.exists()


def holds(person, kind, organisation_id):
    """Whether the person holds this duty in the organisation now."""
    held = Duty.objects.filter(person=person, organisation=organisation_id, kind=kind, until=None)
    return person is not None and held.exists()


def organisations_where(person, *kinds):
    """Organisations in which the person holds one of these duties now, by name."""
    if person is None:
        return Organisation.objects.none()
    held = Duty.objects.filter(person=person, kind__in=kinds, until=None).values("organisation")
    return Organisation.objects.filter(pk__in=held).order_by("name", "pk")
