"""Who may read and write from whom somebody keeps their part: they themselves, alone."""

from alongside.discretion.states import MOST_KEPT
from alongside.people import permissions as people
from alongside.refusals import Refusal


def why_not_read(person, *, by):
    """None for the person alone. A helper who is beside them may be the one that it is kept from."""
    return people.why_not_alone(person, by=by)


def why_not_keep(name, *, by, kept):
    """None for anybody with a record, alone, for a name that is not there yet. kept: the names that are there."""
    if refusal := people.why_not_alone(by, by=by):
        return refusal
    if not name.strip():
        return Refusal("empty", "Write a name.", "As people here would write it.")
    if name.strip() in kept:
        return Refusal("state", "This name is on your list already.")
    if len(kept) >= MOST_KEPT:
        return Refusal("many", f"There are {MOST_KEPT} names on your list.", "Take one off first.")
    return None


def why_not_take_off(row, *, by):
    """None for the person themselves, alone."""
    return people.why_not_alone(row.person, by=by)
