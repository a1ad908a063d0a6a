"""Who reads how long money takes, who opens the lists, and who takes an audit pack away."""

from alongside.organisations import queries as organisations
from alongside.organisations.states import MONEY
from alongside.people import permissions as people
from alongside.refusals import Refusal


def handles_money(organisation, *, by):
    """Whether `by` approves or pays in the organisation: then numbers are exact and open their list."""
    return by is not None and any(organisations.holds(by, kind, organisation.pk) for kind in MONEY)


def why_not_take(organisation, *, by):
    """None for who approves or pays in the organisation, is here, and acts with their own hands."""
    if refusal := people.why_not_act(by):
        return refusal
    if not handles_money(organisation, by=by):
        return Refusal("not-asked", "An audit pack is for people who approve or pay.", "Ask one of them.")
    if by.helped_by:
        return Refusal("helped", "Nobody does this for somebody else.", "They sign in by themselves for it.")
    return None


def why_not_scope(scope):
    """None for a scope that names a fund or a quarter, of the same organisation, that has begun."""
    if scope.fund is None and scope.quarter is None:
        return Refusal("no-scope", "Say which fund or which quarter.", "Choose one of them, or both.")
    if scope.fund is not None and scope.fund.organisation_id != scope.organisation.pk:
        return Refusal("other-fund", "This fund belongs to another organisation.", "Choose one of your own.")
    if scope.quarter is not None and scope.quarter.from_on > scope.on:
        return Refusal("not-yet", f"{scope.quarter.words} has not begun.", "Choose an earlier quarter.")
    return None
