"""Reads of initiatives. Every other room asks here who sits at which table."""

from django.db.models import Q

from alongside.initiatives.models import Initiative, InitiativeDuty, Seat
from alongside.initiatives.policies import holds, is_seated, seated_in, table_of
from alongside.initiatives.states import InitiativeState
from alongside.organisations import queries as organisations

__all__ = ["holds", "is_seated", "seated_in", "table_of"]


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
