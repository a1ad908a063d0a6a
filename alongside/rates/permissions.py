"""Who may set what an organisation pays, and which rates can be. Each rule answers with its reason."""

from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.refusals import Refusal

SETTING = (DutyKind.LEAD, DutyKind.OPERATOR)


def why_not_set(organisation, *, by):
    """None for who leads or runs the organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if any(organisations.holds(by, kind, organisation.pk) for kind in SETTING):
        return None
    return Refusal("not-asked", "The rate card is set by the people who lead the organisation.", "Ask one of them.")


def why_not_lines(lines):
    """None for at least one rate, and no two that cannot be told apart. lines: dicts of a RateLine's fields."""
    told = [(line["words"], line["unit"], line["prepared"], line["chairs"]) for line in lines]
    if told and len(set(told)) == len(told):
        return None
    words = "A rate card needs at least one line, each with words of its own."
    return Refusal("lines", words, "Look for two lines that say the same.")
