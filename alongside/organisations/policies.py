"""Facts that rules and reads both ask: who belongs, who was asked to do what."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from alongside.organisations.models import Duty, Membership, Organisation
from alongside.organisations.states import KEEPERS


def is_member(person, organisation_id):
    """Whether the person belongs to the organisation now."""
    here = Membership.objects.filter(person=person, organisation=organisation_id, until=None)
    return person is not None and here.exists()


def holds(person, kind, organisation_id):
    """Whether the person holds this duty in the organisation now."""
    return _holds_any(person, [kind], organisation_id)


def keeps(person, organisation_id):
    """Whether the person keeps the register of the organisation: leads co-production or runs the installation."""
    return _holds_any(person, KEEPERS, organisation_id)


def _holds_any(person, kinds, organisation_id):
    if person is None:
        return False
    if person.only_shows:
        return organisation_id in where_held(person, kinds)
    return duty_rows(person).filter(organisation=organisation_id, kind__in=kinds).exists()


def duty_rows(person):
    """Duties that the person holds in whole organisations now: rows with `kind` and `organisation`."""
    return Duty.objects.filter(person=person, until=None)


def carry(person, duties):
    """Keep all duties of a person, pairs (kind, organisation key), on this Person for a request that only shows."""
    person.held = defaultdict(set)
    for kind, organisation in duties:
        person.held[kind].add(organisation)


def where_held(person, kinds):
    """Keys of the organisations in which the person holds one of these duties, for use inside other reads."""
    if not person.only_shows:
        return Duty.objects.filter(person=person, kind__in=kinds, until=None).values("organisation")
    if not hasattr(person, "held"):
        carry(person, duty_rows(person).values_list("kind", "organisation"))
    return frozenset().union(*(person.held.get(kind, ()) for kind in kinds))


def organisations_where(person, *kinds):
    """Organisations in which the person holds one of these duties now, by name."""
    if person is None:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=where_held(person, kinds)).order_by("name", "pk")


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
