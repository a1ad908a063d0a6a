"""Who may read, take part, lead and keep notes at one table."""

from alongside.initiatives import policies
from alongside.initiatives.states import InitiativeState
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.refusals import Refusal

_LEADING = (DutyKind.LEAD, DutyKind.CHAIR)


def _holds_any(by, initiative, kinds):
    return any(policies.holds(by, kind, initiative) for kind in kinds)


def why_not_read(initiative, *, by):
    """None for people at the table; others are told that it is not theirs to see."""
    if by is not None and policies.table_of(by).filter(pk=initiative.pk).exists():
        return None
    return Refusal("not-at-the-table", "Only people with a seat in this initiative can see this.")


def why_not_take_part(initiative, *, by):
    """None for somebody who is here, holds a seat, while the initiative is open."""
    if refusal := people.why_not_act(by):
        return refusal
    if initiative.state != InitiativeState.OPEN:
        return Refusal("state", f"This initiative is {initiative.get_state_display().lower()}.")
    if not policies.is_seated(by, initiative):
        return Refusal("no-seat", "You need a seat in this initiative.", "Answer an advert, or ask who leads it.")
    return None


def why_not_lead(initiative, *, by):
    """None for who leads or chairs here, or leads the whole organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if _holds_any(by, initiative, _LEADING):
        return None
    return Refusal("not-asked", "This is for the people who lead or chair this initiative.", "Ask one of them.")


def why_not_record(initiative, *, by):
    """None for who leads, chairs or keeps the notes."""
    if refusal := people.why_not_act(by):
        return refusal
    if _holds_any(by, initiative, (*_LEADING, DutyKind.RECORDER)):
        return None
    return Refusal("not-asked", "This is for the people who lead, chair or keep notes here.", "Ask one of them.")
