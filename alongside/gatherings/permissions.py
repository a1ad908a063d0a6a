"""Who may call, change, answer, record and note."""

from alongside.gatherings.states import MOST_AGAIN, NEXT, GatheringState
from alongside.initiatives import permissions as initiatives
from alongside.refusals import Refusal


def why_not_call(initiative, *, by):
    """Who leads, chairs or keeps notes calls a gathering."""
    return initiatives.why_not_record(initiative, by=by)


def why_not_again(more):
    """The Refusal for a gathering that would come again too often; more: how often after the first."""
    if more > MOST_AGAIN:
        words = f"That would be {more + 1} gatherings at once."
        return Refusal("too-many", words, f"Choose an earlier last day: it comes again up to {MOST_AGAIN} times.")
    return None


def why_not_change(gathering, *, by):
    """Day, place and state change only while a gathering is planned."""
    if refusal := initiatives.why_not_record(gathering.initiative, by=by):
        return refusal
    return _not_planned(gathering)


def why_not_invite(gathering, *, by, seated=True):
    """Who leads, chairs or keeps notes asks people with a seat, also after the day; never to one called off."""
    if refusal := why_not_record(gathering, by=by):
        return refusal
    return None if seated else Refusal("no-seat", "Only people with a seat are asked.", "Give them a seat first.")


def why_not_call_off(gathering, *, by):
    """Who leads, chairs or keeps notes may call off what has not been held."""
    if refusal := initiatives.why_not_record(gathering.initiative, by=by):
        return refusal
    return None if GatheringState.CANCELLED in NEXT[gathering.state] else _not_planned(gathering)


def _not_planned(gathering):
    if gathering.state == GatheringState.PLANNED:
        return None
    return Refusal("state", f"This gathering is {gathering.get_state_display().lower()}.")


def why_not_raise(gathering, *, by):
    """Everybody with a seat puts things on the agenda until the gathering was held."""
    return initiatives.why_not_take_part(gathering.initiative, by=by) or _not_planned(gathering)


def why_not_answer(gathering, *, by, invited):
    """Who was asked may answer until the gathering was held."""
    if not invited:
        return Refusal("not-asked", "You were not asked to this gathering.", "Ask who leads to invite you.")
    return _not_planned(gathering)


def why_not_record(gathering, *, by):
    """Attendance is kept by who leads, chairs or keeps notes, also after the day; never of one called off."""
    if refusal := initiatives.why_not_record(gathering.initiative, by=by):
        return refusal
    if gathering.state == GatheringState.CANCELLED:
        return Refusal("state", "This gathering was called off.")
    return None


def why_not_note(gathering, *, by):
    """Everybody with a seat may add a line: a correction counts as much as the first note."""
    if refusal := initiatives.why_not_take_part(gathering.initiative, by=by):
        return why_not_record(gathering, by=by) and refusal
    return None if gathering.state != GatheringState.CANCELLED else Refusal("state", "This gathering was called off.")


def why_not_finish(action, *, by):
    """An action is ended by its owner, or by who keeps the record."""
    if by is not None and by.pk == action.owner_id:
        return None
    return initiatives.why_not_record(action.gathering.initiative, by=by)
