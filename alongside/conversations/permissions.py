"""Who may open, answer, write, look through, close and read results; each rule answers with its reason."""

from alongside.conversations import policies
from alongside.conversations.models import Issued, Statement
from alongside.conversations.states import (
    NEXT,
    PEOPLE_FLOOR,
    ROWS_FROM,
    WAITING_MOST,
    ConversationState,
    OpensFor,
    Results,
    StatementState,
)
from alongside.initiatives import permissions as initiatives
from alongside.initiatives.states import InitiativeState
from alongside.people import permissions as people
from alongside.refusals import Refusal


def why_not_open_new(initiative, *, by):
    """None for who leads or chairs, while the initiative is open."""
    if refusal := initiatives.why_not_lead(initiative, by=by):
        return refusal
    if initiative.state != InitiativeState.OPEN:
        return Refusal("state", f"This initiative is {initiative.get_state_display().lower()}.", "Open it first.")
    return None


def why_closed(conversation, *, at):
    """The Refusal once a conversation takes no more answers; None while it does."""
    if conversation.state != ConversationState.OPEN:
        return Refusal("closed", "This conversation is closed.", "Look at what came out of it.")
    if conversation.closes_at and at >= conversation.closes_at:
        return Refusal("over", "The last day for answers is over.", "The results come when it is closed.")
    return None


def why_not_take_part(conversation, *, by, at):
    """None for who may answer and write here: seated people, or anybody who is here when it is public."""
    if refusal := people.why_not_act(by) or why_closed(conversation, at=at):
        return refusal
    if conversation.opens_for == OpensFor.TABLE:
        return initiatives.why_not_take_part(conversation.initiative, by=by)
    if conversation.initiative.state != InitiativeState.OPEN:
        return Refusal("state", f"This initiative is {conversation.initiative.get_state_display().lower()}.")
    return None


def why_not_take_paper(conversation, *, by, at, press=""):
    """None for who may have a ballot paper: one for each person. The same press of the button may ask again."""
    if refusal := why_not_take_part(conversation, by=by, at=at):
        return refusal
    issued = Issued.objects.filter(conversation=conversation, person=by).first()
    if issued and not (press and issued.press == press):
        return Refusal(
            "has-paper",
            "You have had a ballot paper here. There is one for each person, and we cannot find yours.",
            "Use the device you took it on, or type in the code that you wrote down. What you answered still counts.",
        )
    return None


def why_not_answer(conversation, *, code, by, at):
    """None for somebody who is here, with a genuine ballot paper, while the conversation is open.

    Who may have a paper was asked when it was given out; it is not asked again at every answer.
    """
    if refusal := people.why_not_act(by) or why_closed(conversation, at=at):
        return refusal
    if not policies.is_genuine(conversation.seal, code):
        return Refusal(
            "no-paper",
            "You need your ballot paper to answer.",
            "Take one, or type in the code that you wrote down.",
        )
    return None


def why_not_add(conversation, *, by, at):
    """None for who may write a statement and does not have many waiting already."""
    if refusal := why_not_take_part(conversation, by=by, at=at):
        return refusal
    waiting = Statement.objects.filter(conversation=conversation, author=by, state=StatementState.WAITING).count()
    if waiting >= WAITING_MOST:
        return Refusal(
            "many",
            f"{waiting} of your statements wait for the people who lead.",
            "Write more when they have looked at these.",
        )
    return None


def why_not_decide(statement, to, *, by):
    """None for who leads, when the statement can be put up or not put up and the conversation is open."""
    if refusal := initiatives.why_not_lead(statement.conversation.initiative, by=by):
        return refusal
    if statement.conversation.state != ConversationState.OPEN:
        return Refusal("closed", "This conversation is closed.", "Its statements stay as they are.")
    if to not in NEXT[statement.state]:
        return Refusal("state", f"This statement stands like this: {statement.get_state_display().lower()}.")
    return None


def why_not_enter_paper(conversation, *, by):
    """None for who keeps the notes, while the conversation is open. Paper that came in on the last day may be late."""
    if refusal := initiatives.why_not_record(conversation.initiative, by=by):
        return refusal
    if conversation.state != ConversationState.OPEN:
        return Refusal("closed", "This conversation is closed.", "Paper cannot be added after the results are out.")
    return None


def why_not_close(conversation, *, by):
    """None for who leads, until it is closed and the old copies are thrown away."""
    if refusal := initiatives.why_not_lead(conversation.initiative, by=by):
        return refusal
    if conversation.state == ConversationState.CLOSED and conversation.swept:
        return Refusal("closed", "This conversation is closed already.")
    return None


def needed(conversation):
    """How many people must have answered before numbers show: never fewer than five."""
    return max(conversation.needed, conversation.initiative.organisation.small_number, PEOPLE_FLOOR)


def why_not_results(conversation):
    """The Refusal that keeps the numbers back from everybody; None once they may be shown."""
    steps = conversation.results == Results.IN_STEPS
    if conversation.state == ConversationState.OPEN and not (steps and conversation.voters):
        words = "The results come once, when this conversation closes. Nobody sees them before."
        if steps:
            words = "The first results come when at least 30 people have answered."
        return Refusal("open", words, "Until then you can change your answers.")
    if conversation.voters < needed(conversation):
        return Refusal(
            "too-few",
            f"Fewer than {needed(conversation)} people answered. The numbers stay hidden, so that nobody can be found.",
            "The statements themselves can still be read and talked about.",
        )
    return None


def why_not_rows(conversation):
    """The Refusal that keeps answers row by row back: only from a closed public conversation of 30 people or more."""
    if conversation.state != ConversationState.CLOSED:
        return Refusal("open", "This conversation is still open.")
    if conversation.opens_for != OpensFor.PUBLIC:
        return Refusal("not-public", "This conversation was not opened as public.", "Totals are given out instead.")
    if conversation.voters < ROWS_FROM:
        words = f"Fewer than {ROWS_FROM} people answered."
        return Refusal("too-few", words, "Totals are given out instead.")
    return None
