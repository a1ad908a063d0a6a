"""Who belongs where, and who was asked to do what."""

from alongside.organisations.models import Area, Duty, Membership, Organisation
from alongside.organisations.policies import holds, is_member, organisations_where

__all__ = ["holds", "is_member", "organisations_where"]


def of(person):
    """Organisations to which the person belongs now, by name."""
    if person is None:
        return Organisation.objects.none()
    here = Membership.objects.filter(person=person, until=None).values("organisation")
    return Organisation.objects.filter(pk__in=here).order_by("name", "pk")


def organisation(pk):
    """One Organisation by key; None when there is none."""
    return Organisation.objects.filter(pk=pk).first()


def members_of(organisation):
    """Current Memberships with their person, by shown name."""
    return (
        Membership.objects.filter(organisation=organisation, until=None)
        .select_related("person")
        .order_by("person__shown_name", "pk")
    )


def areas_of(organisation):
    """Areas of an organisation, widest first."""
    return Area.objects.filter(organisation=organisation).select_related("parent").order_by("-level", "name", "pk")


def duty_holders(organisation, *kinds):
    """Current Duties of these kinds with their person, by kind then name; all kinds when none is named."""
    duties = Duty.objects.filter(organisation=organisation, until=None)
    duties = duties.filter(kind__in=kinds) if kinds else duties
    return duties.select_related("person").order_by("kind", "person__shown_name", "pk")
