"""Facts that rules and reads both ask: who belongs, who was asked to do what."""

from zoneinfo import ZoneInfo

from alongside.organisations.models import Duty, Membership, Organisation
from alongside.organisations.states import KEEPERS


def is_member(person, organisation_id):
    """Whether the person belongs to the organisation now."""
    here = Membership.objects.filter(person=person, organisation=organisation_id, until=None)
    return person is not None and here.exists()


def holds(person, kind, organisation_id):
    """Whether the person holds this duty in the organisation now."""
    held = Duty.objects.filter(person=person, organisation=organisation_id, kind=kind, until=None)
    return person is not None and held.exists()


def duty_kinds(person, organisation_id):
    """Duties that the person holds in the organisation now: rows with `kind`, for use inside other reads."""
    return Duty.objects.filter(person=person, organisation=organisation_id, until=None)


def carry(person):
    """Read all duties of a person in organisations in one query and keep them on this Person, for one page.

    For pages that only show. Operations are given the person too, but ask their rules of the table that they lock.
    """
    person.held = {}
    for kind, organisation in Duty.objects.filter(person=person, until=None).values_list("kind", "organisation"):
        person.held.setdefault(kind, []).append(organisation)
    return person


def where_held(person, kinds):
    """Keys of the organisations in which the person holds one of these duties, for use inside other reads."""
    if (held := getattr(person, "held", None)) is not None:
        return [organisation for kind in kinds for organisation in held.get(kind, ())]
    return Duty.objects.filter(person=person, kind__in=kinds, until=None).values("organisation")


def organisations_where(person, *kinds):
    """Organisations in which the person holds one of these duties now, by name."""
    if person is None:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=where_held(person, kinds)).order_by("name", "pk")


def keeps(person, organisation_id):
    """Whether the person keeps the register of the organisation: leads co-production or runs the installation."""
    held = Duty.objects.filter(person=person, organisation=organisation_id, kind__in=KEEPERS, until=None)
    return person is not None and held.exists()


def somebody_else_holds(duty):
    """Whether another person holds the same duty in the same organisation now."""
    same = Duty.objects.filter(organisation=duty.organisation_id, kind=duty.kind, until=None)
    return same.exclude(person=duty.person_id).exists()


def local_day(organisation, at):
    """The date on which `at` falls where the organisation is."""
    return at.astimezone(ZoneInfo(organisation.zone)).date()


def is_taken(name):
    """Whether an organisation has this name."""
    return Organisation.objects.filter(name__iexact=name.strip()).exists()
