"""Who may write down an ask, answer it for the table, answer for themselves, and use what was asked for."""

from alongside.initiatives import permissions as initiatives
from alongside.media import policies
from alongside.media.states import GIVEN, MAY_BE_IN, NEXT, SAID_YES, AskState, Own, Want
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal


def why_not_write_down(initiative, *, by, wants=(Want.PHOTO,), asked_on=None, until=None):
    """None for everybody at the table, so that no ask is answered past it. A want is named, and a day that can be."""
    if refusal := people.why_not_act(by) or initiatives.why_not_read(initiative, by=by):
        return refusal
    if not wants or not set(wants) <= set(Want.values):
        return Refusal("wants", "Say what they want.", "Choose at least one.")
    if until and until < asked_on:
        return Refusal("until", "The last day comes before the day on which they asked.")
    return None


def why_not_answer_ask(ask, *, by, to, conditions="", answered_on=None):
    """None for who leads or chairs and writes down what the table said. A no stays; a yes can become a no."""
    if refusal := initiatives.why_not_lead(ask.initiative, by=by):
        return refusal
    if to not in NEXT[ask.state]:
        words = f"The table has answered this already: {ask.get_state_display().lower()}."
        return Refusal("state", words, "When they ask again, write it down as a new ask.")
    if to == AskState.CONDITIONS and not conditions.strip():
        return Refusal("conditions", "Say on which conditions.")
    if answered_on and answered_on < ask.asked_on:
        return Refusal("day", "The table cannot answer before it was asked.")
    return None


def why_not_ask(ask, person, *, by):
    """None for who leads or chairs, about somebody who sits or sat here, while the table has not said no."""
    if refusal := initiatives.why_not_lead(ask.initiative, by=by):
        return refusal
    if ask.state == AskState.NO:
        return Refusal("state", "The table said no.", "Nobody needs to be asked.")
    if person.state == PersonState.ERASED or not policies.sat_here(person, ask.initiative):
        return Refusal("no-seat", "They have no seat in this initiative and never had one.")
    return None


def why_not_read_own(person, *, by):
    """None for the person alone: who is beside them does not read what they said to whom."""
    return people.why_not_alone(person, by=by)


def why_not_say(answer, to, *, by):
    """None for the person themselves. A yes is said alone; for a no somebody may help who does not lead here."""
    if refusal := people.why_not_change(answer.person, by=by):
        return refusal
    if to not in (Own.YES, Own.NAMELESS, Own.NO):
        return Refusal("answer", "Say yes, yes without your name, or no.")
    if to in SAID_YES:
        return people.why_not_alone(answer.person, by=by) or _why_no_yes(answer.ask)
    helper = by.helped_by
    if helper and initiatives.why_not_lead(answer.ask.initiative, by=helper) is None:
        words = f"{helper.shown_name} leads here, so they cannot help with this answer."
        return Refusal("helper-decides", words, "Ask somebody else to help, or answer in your own browser.")
    return None


def _why_no_yes(ask):
    if ask.state == AskState.NO:
        return Refusal("table-no", "The table said no, so nothing is used.", "You need not answer.")
    return None


def why_not_use(ask, *, by, used_on, people_in=None):
    """None for who leads, while the table says yes, in its days, with everybody in it saying yes for themselves.

    people_in: {Answer: whether their name stands there}; None before it is known. Nobody is told whose yes is missing.
    """
    if refusal := initiatives.why_not_lead(ask.initiative, by=by):
        return refusal
    if ask.state not in GIVEN:
        words = f"The table has not said yes: {ask.get_state_display().lower()}."
        return Refusal("no-yes", words, "Nothing is used without a yes of the table.")
    if used_on < ask.asked_on or used_on > ask.until:
        return Refusal("days", "This day lies outside the days that were asked for.", "Write down a new ask.")
    for answer, named in (people_in or {}).items():
        if answer.ask_id != ask.pk or answer.state not in MAY_BE_IN[named]:
            words = "Not everybody in it says yes to it now."
            return Refusal("no-own-yes", words, "Use it without them. Nobody has to say why.")
    return None


def why_not_say_told(used, *, by, due):
    """None for who leads, once, for a use that has to be taken down. due: whether it has to be."""
    if refusal := initiatives.why_not_lead(used.ask.initiative, by=by):
        return refusal
    if used.told_at:
        return people.ALREADY
    return None if due else Refusal("still-good", "This may still be used.", "Nobody needs to be told.")


def why_not_open(initiative, *, by):
    """None for who leads or chairs, also after the initiative has ended."""
    return initiatives.why_not_lead(initiative, by=by)
