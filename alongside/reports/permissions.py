"""Who reads a yearly page, and who says which policies it answers to."""

from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.refusals import Refusal


def why_not_link(organisation, *, by):
    """None for who leads the organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if organisations.holds(by, DutyKind.LEAD, organisation.pk):
        return None
    return Refusal("not-asked", "Only who leads the organisation writes this.", "Ask them.")


def why_not_end(link, *, by):
    """None for who leads, while the link holds."""
    if refusal := why_not_link(link.organisation, by=by):
        return refusal
    return Refusal("ended", "This does not stand on the page any more.") if link.ended_at else None


def leads(organisation, *, by):
    """Whether `by` leads the organisation: then lists about people's work open as well."""
    return why_not_link(organisation, by=by) is None
