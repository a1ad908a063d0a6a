"""Who may open, speak, decide, finish and overturn. The state is asked first: it costs no query."""

from alongside.calculations import content
from alongside.decisions.states import NEXT, DecisionState, Way
from alongside.initiatives import permissions as initiatives
from alongside.people import permissions as people
from alongside.refusals import Refusal


def _state(decision, to):
    if to in NEXT[decision.state]:
        return None
    return Refusal("state", f"This decision is {decision.get_state_display().lower()}.")


def why_not_open(initiative, *, by):
    """Everybody with a seat may put a question to be decided."""
    return initiatives.why_not_take_part(initiative, by=by)


def why_not_speak(decision, *, by):
    """Everybody with a seat may say what they prefer until it is decided."""
    return _state(decision, DecisionState.DECIDED) or initiatives.why_not_take_part(decision.initiative, by=by)


def why_not_decide(decision, *, by, harms=()):
    """Who leads, chairs or keeps notes writes down what was decided; by consent only when nobody sees harm."""
    if refusal := _state(decision, DecisionState.DECIDED) or initiatives.why_not_record(decision.initiative, by=by):
        return refusal
    if decision.way == Way.CONSENT and harms:
        words = f"{', '.join(harms)} {'sees' if len(harms) == 1 else 'see'} harm in going ahead."
        return Refusal("harm", words, "Talk until nobody does, change the options, or agree on another way to decide.")
    return None


def why_not_finish(decision, *, by, waiting):
    """A decision is done when everybody who spoke has been told."""
    if refusal := _state(decision, DecisionState.TOLD) or initiatives.why_not_record(decision.initiative, by=by):
        return refusal
    if waiting:
        words = f"{waiting} {'person has' if waiting == 1 else 'people have'} not been told yet."
        return Refusal("not-told", words, "The phone and letter lists show who, and how.")
    return None


def why_not_overturn(decision, *, by):
    """Who leads or chairs writes down that a decision was overturned, by whom and why."""
    return _state(decision, DecisionState.OVERTURNED) or initiatives.why_not_lead(decision.initiative, by=by)


def why_not_add(decision, *, kind, says, by):
    """Everybody who may speak may bring what they know, of any kind on the list, until it is decided."""
    if refusal := why_not_speak(decision, by=by):
        return refusal
    if kind not in {each.id for each in content.evidence_kinds()}:
        return Refusal("kind", "Choose what kind of knowledge it is.")
    return None if says.strip() else Refusal("empty", "Write what it says.")


def why_not_take_back(evidence, *, by):
    """Who brought it takes it back, at any time, also after it was decided."""
    if refusal := people.why_not_change(evidence.added_by, by=by):
        return refusal
    return Refusal("state", "You took this back already.") if evidence.back_at else None
