"""Who may read, take part, lead and keep notes at one table; and what may change when."""

from alongside.discretion import queries as discretion
from alongside.initiatives import policies
from alongside.initiatives.states import (
    DUTIES_HERE,
    LEADING,
    NEXT,
    WORDS,
    AdvertState,
    InitiativeState,
    ReplyState,
)
from alongside.organisations import permissions as organisations
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.refusals import Refusal

_SAYS = {
    "pay": "what is paid, or plainly that there is no money",
    "access": "how people can get in and take part",
    "time": "how much time it takes",
    "benefits": "what money may do to benefits",
}


def why_not_read(initiative, *, by):
    """None for people at the table; others are told that it is not theirs to see."""
    if policies.reads(by, initiative):
        return None
    return Refusal("not-at-the-table", "Only people with a seat in this initiative can see this.")


def why_not_take_part(initiative, *, by):
    """None for somebody who is here, holds a seat, while the initiative is open."""
    if refusal := people.why_not_act(by):
        return refusal
    if initiative.state != InitiativeState.OPEN:
        return Refusal("state", f"This initiative is {initiative.get_state_display().lower()}.")
    if not policies.is_seated(by, initiative):
        return Refusal("no-seat", "You need a seat in this initiative.", "Answer an advert, or ask who leads it.")
    return None


def why_not_lead(initiative, *, by):
    """None for who leads or chairs here, or leads the whole organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if policies.holds_any(by, LEADING, initiative):
        return None
    return Refusal("not-asked", "This is for the people who lead or chair this initiative.", "Ask one of them.")


def why_not_record(initiative, *, by):
    """None for who leads, chairs or keeps the notes."""
    if refusal := people.why_not_act(by):
        return refusal
    if policies.holds_any(by, (*LEADING, DutyKind.RECORDER), initiative):
        return None
    return Refusal("not-asked", "This is for the people who lead, chair or keep notes here.", "Ask one of them.")


def why_not_change(initiative, *, by):
    """None for who leads, while the initiative has not ended."""
    if refusal := why_not_lead(initiative, by=by):
        return refusal
    if initiative.state == InitiativeState.ENDED:
        return Refusal("state", "This initiative has ended. What it was stays as it is.", "Begin a new one.")
    return None


def why_not_write(initiative, words, *, by):
    """Why `by` may not write these words ({field: text}) into an initiative.

    While it is being prepared everything may be written. Later an empty place may be filled; what was said already
    changes only with a reason, as a change of direction.
    """
    if refusal := why_not_change(initiative, by=by):
        return refusal
    over = [field for field, text in words.items() if getattr(initiative, field) and getattr(initiative, field) != text]
    if initiative.state != InitiativeState.DRAFT and over:
        words = f"This is public already: {WORDS[over[0]].lower()}."
        return Refusal("say-why", words, "Change it as a change of direction, with your reason.")
    return None


def why_not_move(initiative, to, *, by):
    """Why an initiative may not go to the state `to`: it opens only with its origin answered."""
    if refusal := why_not_lead(initiative, by=by):
        return refusal
    if to not in NEXT[initiative.state]:
        return Refusal("state", f"This initiative is {initiative.get_state_display().lower()}.")
    if to == InitiativeState.OPEN:
        return _why_origin_stops(initiative, policies.unsaid_origin(initiative))
    return None


def _why_origin_stops(initiative, unsaid):
    if not unsaid:
        return None
    missing = ", ".join(WORDS[field].lower() for field in unsaid)
    return Refusal("origin-unsaid", f"It does not say yet: {missing}.", "“Unknown” and “nobody yet” are answers too.")


def why_not_add_stage(initiative, kind, *, by):
    """Why a stage may not be set down: design and what follows need to say who is affected and who of them is in."""
    if refusal := why_not_change(initiative, by=by):
        return refusal
    if policies.shapes_something(kind):
        return _why_origin_stops(initiative, policies.unsaid_origin(initiative))
    return None


def why_not_seat(initiative, role, *, by, person=None, spoken=False):
    """Why `by` may not set a place with this role, for `person` or left empty. A role says what the place is for.

    spoken: the table was asked whether it is all right that this person comes.
    """
    if refusal := why_not_change(initiative, by=by):
        return refusal
    if policies.is_vague(role):
        words = (
            "A title like “representative” or “member” does not say what the place is for, so nobody can hold it well."
        )
        help = (
            "Say in a sentence what this person brings or does, like: knows the night shift, and reads drafts with us."
        )
        return Refusal("vague-role", words, help)
    if person is not None and policies.is_seated(person, initiative):
        return Refusal("seated", f"{person.shown_name} has a seat here already.")
    return None if person is None else why_not_bring(initiative, person, spoken=spoken)


def why_not_bring(initiative, person, *, spoken):
    """Why a person may not come to this table yet: somebody who sits here wants to be asked first. Nobody learns who."""
    if spoken or not discretion.to_ask_first(policies.sitting(initiative), person.shown_name):
        return None
    words = f"Somebody at this table wants to be asked before {person.shown_name} comes. We do not say who."
    return Refusal("ask-the-table", words, "Ask everybody here, one by one. Then tick that you have asked.")


def why_not_answer_seat(seat, *, by):
    """Why `by` may not say yes or no to a seat: it was kept for one person."""
    if refusal := people.why_not_act(by):
        return refusal
    if seat.left_on is not None or seat.asked_id != by.pk:
        return Refusal("not-yours", "This seat does not wait for your answer.")
    return None


def why_not_own(seat, *, by):
    """Why `by` may not say how this seat is shown, or leave it: only who sits there. A break does not matter here."""
    if by is None or seat.person_id != by.pk:
        return Refusal("not-yours", "Only the person who sits here can do that.")
    if seat.left_on is not None:
        return Refusal("left", "You have left this seat already.")
    return None


def why_not_take_back(seat, *, by):
    """Why an empty seat may not be taken back."""
    if refusal := why_not_change(seat.initiative, by=by):
        return refusal
    if seat.person_id is not None or seat.left_on is not None:
        return Refusal("state", "Only an empty seat can be taken back.")
    return None


def why_not_give(initiative, kind, *, to, by):
    """Why `by` may not ask `to` to take a duty here."""
    if refusal := why_not_change(initiative, by=by):
        return refusal
    if kind not in DUTIES_HERE:
        return Refusal("not-here", "This duty is held for the whole organisation.", "Ask there.")
    if not policies.is_seated(to, initiative):
        return Refusal("no-seat", f"{to.shown_name} has no seat here.", "Give them a seat first.")
    return None


def why_not_end_duty(duty, *, by):
    """Why `by` may not end a duty here. Everybody may lay down their own."""
    if duty.until is not None:
        return Refusal("ended", "This duty has ended already.")
    return None if duty.person_id == by.pk else why_not_lead(duty.initiative, by=by)


def why_not_write_advert(advert, *, by):
    """Why an advert may not be written on: what was published stays as people read it."""
    if refusal := why_not_change(advert.initiative, by=by):
        return refusal
    if advert.state != AdvertState.DRAFT:
        return Refusal("published", "People have read this advert already.", "Close it and write a new one.")
    return None


def why_not_publish(advert, *, by):
    """Why an advert may not be published: it says pay or plainly that there is none, access, time and benefits."""
    if refusal := why_not_write_advert(advert, by=by):
        return refusal
    if advert.initiative.state != InitiativeState.OPEN:
        words = f"The initiative is {advert.initiative.get_state_display().lower()}."
        return Refusal("state", words, "Open the initiative first.")
    if unsaid := policies.unsaid_in(advert):
        missing = "; ".join(_SAYS[code] for code in unsaid)
        return Refusal(f"{unsaid[0]}-unsaid", f"The advert does not say yet: {missing}.", "Write it, then publish.")
    if not policies.names_an_amount(advert):
        return Refusal("amount-unsaid", "The advert says that it is paid, but not how much.", "Write the amount.")
    return None


def why_not_close(advert, *, by):
    """Why an advert may not be closed."""
    if refusal := why_not_lead(advert.initiative, by=by):
        return refusal
    if advert.state != AdvertState.PUBLISHED:
        return Refusal("state", f"This advert is {advert.get_state_display().lower()}.")
    return None


def why_not_reply(advert, *, person, on):
    """Why a person (None: somebody who is new here) may not answer an advert on this day."""
    if advert.state != AdvertState.PUBLISHED or (advert.closes_on and advert.closes_on < on):
        return Refusal("closed", "This advert is closed.", "Look at the other open adverts.")
    if advert.initiative.state != InitiativeState.OPEN:
        return Refusal("state", f"The initiative is {advert.initiative.get_state_display().lower()}.")
    if person is None:
        return None
    if refusal := people.why_not_act(person):
        return refusal
    if policies.is_seated(person, advert.initiative):
        return Refusal("seated", "You have a seat in this initiative already.")
    if policies.has_replied(person, advert):
        return Refusal("replied", "You have answered this advert already.", "Your answer is on your page Today.")
    return None


def why_not_answer(reply, *, by):
    """Why `by` may not welcome somebody, or say not now: who leads, once, and never to themselves."""
    if refusal := why_not_change(reply.advert.initiative, by=by):
        return refusal
    if reply.person_id == by.pk:
        return Refusal("own-reply", "Nobody answers themselves.", "Ask another person who leads here.")
    if reply.state != ReplyState.ASKED:
        return Refusal("answered", f"This is answered already: {reply.get_state_display().lower()}.")
    return None


def why_not_withdraw(reply, *, by):
    """Why `by` may not take a reply back: only who gave it, while nobody has answered."""
    if reply.person_id != by.pk:
        return Refusal("not-yours", "Only the person who answered can take it back.")
    if reply.state != ReplyState.ASKED:
        return Refusal("answered", f"This is answered already: {reply.get_state_display().lower()}.")
    return None


def why_not_begin(organisation_id, *, by):
    """Why `by` may not begin an initiative: any member of the organisation may."""
    if refusal := people.why_not_act(by):
        return refusal
    return organisations.why_not_belong(organisation_id, by=by)
