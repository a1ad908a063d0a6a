"""Wishes about money are the person's own: nobody else sets, sees or lets go of one."""

from alongside.refusals import Refusal

MOST = 6


def why_not_wish(person, *, by):
    """Only for oneself, also with a helper beside."""
    if by is None or by.pk != person.pk:
        return Refusal("not-yours", "Only the person themselves decides this.")
    return None


def why_not_set(person, *, by, held):
    """held: how many ceilings there are already, this one not counted."""
    if refusal := why_not_wish(person, by=by):
        return refusal
    if held >= MOST:
        return Refusal("many", f"You have {MOST} ceilings already.", "Let one go first.")
    return None
