"""Who may say what of a label. Looking and dissenting need a seat; claiming and showing outside need the lead."""

from alongside.initiatives import permissions as initiatives
from alongside.initiatives import queries as initiative_queries
from alongside.initiatives.states import InitiativeState
from alongside.people import permissions as people
from alongside.refusals import Refusal

why_not_read = initiatives.why_not_read


def why_not_sit(initiative, *, by):
    """None for somebody who is here and holds a seat. A label may be spoken of after the work has ended, too."""
    if refusal := people.why_not_act(by):
        return refusal
    if not initiative_queries.is_seated(by, initiative):
        return Refusal("no-seat", "Only people with a seat here say this.", "Ask who leads for a seat.")
    return None


def why_not_claim(initiative, *, by):
    """Who leads or chairs says what we call it. The records answer beside it."""
    return initiatives.why_not_lead(initiative, by=by)


def why_not_decline(initiative, *, by, declined):
    """Everybody with a seat may say that we do not use the word. declined: whether it is declined now."""
    if refusal := why_not_sit(initiative, by=by):
        return refusal
    if declined:
        return Refusal("declined", "The word is declined already.", "Say how you see it, or use the word again.")
    return None


def why_not_take_back(initiative, *, by, declined):
    """Everybody with a seat may say that we use the word again, when it was declined."""
    if refusal := why_not_sit(initiative, by=by):
        return refusal
    return None if declined else Refusal("not-declined", "The word is not declined.")


def why_not_dissent(initiative, *, by):
    """Everybody with a seat may say that they see it differently."""
    return why_not_sit(initiative, by=by)


def why_not_say_outcome(initiative, *, by):
    """Everybody with a seat may say what came of it."""
    return why_not_sit(initiative, by=by)


def why_not_publish(initiative, *, by):
    """Who leads or chairs shows a label outside, once the initiative itself can be seen there."""
    if refusal := initiatives.why_not_lead(initiative, by=by):
        return refusal
    if initiative.state == InitiativeState.DRAFT:
        return Refusal("draft", "Nobody outside can see this initiative yet.", "Open it first.")
    return None


def why_not_publish_this(*, seen, now):
    """What was read before pressing is what is shown. seen, now: the marks of both texts."""
    if seen == now:
        return None
    return Refusal(
        "changed", "The records have changed since you read this.", "Read it again below, then press once more."
    )
