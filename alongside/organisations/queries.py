"""Who belongs where, and who was asked to do what."""

from alongside.organisations.models import Area, Duty, Membership, Organisation


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


def is_member(person, organisation_id):
    """Whether the person belongs to the organisation now."""
    return (
        person is not None
        and Membership.objects.filter(person=person, organisation=organisation_id, until=None).exists()
    )


def areas_of(organisation):
    """Areas of an organisation, widest first."""
    return Area.objects.filter(organisation=organisation).select_related("parent").order_by("-level", "name", "pk")


def duty_holders(organisation, *kinds):
    """Current Duties of these kinds with their person, by kind then name; all kinds when none is named."""
    duties = Duty.objects.filter(organisation=organisation, until=None)
    duties = duties.filter(kind__in=kinds) if kinds else duties
    return duties.select_related("person").order_by("kind", "person__shown_name", "pk")


def holds(person, kind, organisation_id):
    """Whether the person holds this duty in the organisation now."""
    return (
        person is not None
        and Duty.objects.filter(person=person, organisation=organisation_id, kind=kind, until=None).exists()
    )


def organisations_where(person, *kinds):
    """Organisations in which the person holds one of these duties now, by name."""
    if person is None:
        return Organisation.objects.none()
    held = Duty.objects.filter(person=person, kind__in=kinds, until=None).values("organisation")
    return Organisation.objects.filter(pk__in=held).order_by("name", "pk")
