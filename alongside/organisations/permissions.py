"""Rules about duties in an organisation."""

from alongside.organisations import policies
from alongside.organisations.states import DutyKind
from alongside.refusals import Refusal


def why_not_hold(person, kind, organisation_id):
    """The Refusal for somebody who was not asked to do this in the organisation; None for who was."""
    if policies.holds(person, kind, organisation_id):
        return None
    words = f"This is for somebody who {DutyKind(kind).label}. Your organisation has not asked you to."
    return Refusal("not-asked", words, "Ask the person who leads co-production.")
