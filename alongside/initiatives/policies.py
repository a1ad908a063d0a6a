"""Facts that rules and reads both ask: who sits at which table, who was asked to do what."""

from django.db.models import Q

from alongside.initiatives.models import Initiative, InitiativeDuty, Seat
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind


def _led(person):
    return organisations.organisations_where(person, DutyKind.LEAD).values("pk")


def table_of(person):
    """Initiatives inside which the person may read: a current seat, a duty in it, or leading its organisation."""
    if person is None:
        return Initiative.objects.none()
    seats = Seat.objects.filter(person=person, left_on=None).values("initiative")
    duties = InitiativeDuty.objects.filter(person=person, until=None).values("initiative")
    return Initiative.objects.filter(
        Q(pk__in=seats) | Q(pk__in=duties) | Q(organisation__in=_led(person).order_by())
    ).order_by("name", "pk")


def is_seated(person, initiative):
    """Whether the person holds a current seat."""
    return person is not None and Seat.objects.filter(initiative=initiative, person=person, left_on=None).exists()


def holds(person, kind, initiative):
    """Whether the person holds this duty in the initiative, or in the whole organisation."""
    if person is None:
        return False
    here = InitiativeDuty.objects.filter(initiative=initiative, person=person, kind=kind, until=None)
    return here.exists() or organisations.holds(person, kind, initiative.organisation_id)


def seated_in(person):
    """Keys of the initiatives in which the person holds a current seat; for use inside other queries."""
    return Seat.objects.filter(person=person, left_on=None).values("initiative")
