"""Reads of initiatives. Every other room asks here who sits at which table."""

from django.db.models import Q

from alongside.initiatives.models import Initiative, InitiativeDuty, Seat
from alongside.initiatives.states import InitiativeState
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


def visible_to(person):
    """Initiatives whose own page the person may open: all that are not drafts, and drafts at whose table they sit."""
    public = Initiative.objects.exclude(state=InitiativeState.DRAFT)
    return (
        Initiative.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=table_of(person).order_by().values("pk")))
        .select_related("organisation", "area")
        .order_by("name", "pk")
    )


def initiative(pk):
    """One Initiative by key with its organisation; None when there is none. For operations, not for pages."""
    return Initiative.objects.select_related("organisation").filter(pk=pk).first()


def seated(initiative):
    """Current Seats that somebody holds, with person and shown lens, by name."""
    return (
        Seat.objects.filter(initiative=initiative, left_on=None, person__isnull=False)
        .select_related("person", "lens")
        .order_by("person__shown_name", "pk")
    )


def empty_seats(initiative):
    """Seats that wait for somebody, oldest first."""
    return Seat.objects.filter(initiative=initiative, left_on=None, person=None).order_by("pk")


def is_seated(person, initiative):
    """Whether the person holds a current seat."""
    return person is not None and Seat.objects.filter(initiative=initiative, person=person, left_on=None).exists()


def holds(person, kind, initiative):
    """Whether the person holds this duty in the initiative, or in the whole organisation."""
    if person is None:
        return False
    here = InitiativeDuty.objects.filter(initiative=initiative, person=person, kind=kind, until=None)
    return here.exists() or organisations.holds(person, kind, initiative.organisation_id)


def holders(initiative, *kinds):
    """Current duties of these kinds in the initiative (not the organisation's), with person, by kind then name."""
    return (
        InitiativeDuty.objects.filter(initiative=initiative, kind__in=kinds, until=None)
        .select_related("person")
        .order_by("kind", "person__shown_name", "pk")
    )


def initiatives_where(person, *kinds):
    """Initiatives in which the person holds one of these duties, there or in the whole organisation, by name."""
    if person is None:
        return Initiative.objects.none()
    here = InitiativeDuty.objects.filter(person=person, kind__in=kinds, until=None).values("initiative")
    whole = organisations.organisations_where(person, *kinds).order_by().values("pk")
    return Initiative.objects.filter(Q(pk__in=here) | Q(organisation__in=whole)).order_by("name", "pk")
