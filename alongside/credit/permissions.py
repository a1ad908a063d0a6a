"""Who may write down, name, approve and use. Nobody says yes for somebody else."""

from datetime import timedelta

from alongside.credit import policies
from alongside.credit.states import (
    MOST_WORDS,
    NEXT,
    NEXT_QUOTE,
    WRITTEN,
    NameForm,
    Order,
    OutputState,
    QuoteState,
    ReferenceState,
)
from alongside.initiatives import permissions as initiatives
from alongside.organisations import queries as organisations
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal

NOT_YOURS = Refusal("not-yours", "Only the person themselves can say this.", "Open your own page.")
MOST_YEARS = 10


def _why_not_at_table(initiative, by):
    return people.why_not_act(by) or initiatives.why_not_read(initiative, by=by)


def _why_not_oneself(person, initiative, by, also=None):
    """None for the person, away or not, alone or with a helper who neither leads here nor is `also`."""
    if refusal := people.why_not_change(person, by=by):
        return refusal
    helper = by.helped_by
    if helper is None:
        return None
    if helper.pk == also or initiatives.why_not_lead(initiative, by=helper) is None:
        return Refusal(
            "helper-decides",
            f"{helper.shown_name} leads here or wrote this down, so they cannot help with this answer.",
            "Ask somebody else to help, or answer in your own browser.",
        )
    return None


# --- outputs ---


def why_not_add_output(initiative, *, by):
    """None for who leads or chairs here, also after the initiative has ended: papers come late."""
    return initiatives.why_not_lead(initiative, by=by)


def why_not_change_output(output, *, by, state, out_on=None):
    """None for who leads, along the allowed moves; what is out has its day."""
    if refusal := initiatives.why_not_lead(output.initiative, by=by):
        return refusal
    if state != output.state and state not in NEXT[output.state]:
        return Refusal("state", f"This is {output.get_state_display().lower()} already.")
    if state == OutputState.OUT and out_on is None:
        return Refusal("no-day", "Say on which day it came out.")
    return None


def why_not_order(output, *, by, order, agreed, reason, places, before, named):
    """None for who leads and writes down what the group chose.

    before: the rule that holds now, or None. places, named: keys of credits, those that were put in order and those
    that have a name.
    """
    if refusal := initiatives.why_not_lead(output.initiative, by=by):
        return refusal
    if not agreed.strip():
        return Refusal("not-agreed", "Say when and by whom this order was chosen.", "The group chooses it, not you.")
    if before is not None and not reason.strip():
        return Refusal("no-reason", "Another order holds already.", "Say why it changes. The older one stays readable.")
    if order == Order.ENDS and (len(places) != 2 or places[0] == places[1]):
        return Refusal("ends", "Say who stands first and who stands last.", "These are two different people.")
    if order == Order.AGREED and (not places or sorted(places) != sorted(named)):
        words = "The order that you agreed does not name everybody who stands in the line."
        return Refusal("places", words, "Write each name once, one on each line.")
    return None


# --- being named ---


def why_not_answer(credit, *, by):
    """None for the person, also on a break; a helper may not be somebody who leads here."""
    return _why_not_oneself(credit.person, credit.output.initiative, by)


def why_not_name(form, words, group_name, *, known_as):
    """The Refusal for a name that cannot stand; None for one that can. known_as: the name that people here know."""
    if form not in NameForm:
        return Refusal("form", "Choose how you want to be named.")
    if form in WRITTEN and not words.strip():
        return Refusal("no-name", "Write the name as it should stand.", "Or choose to be counted without a name.")
    if form == NameForm.PSEUDONYM and _folded(words) == _folded(known_as):
        words = "This is the name that people here know you by."
        return Refusal("own-name", words, "Write another name, or choose to be named with this one.")
    if form == NameForm.GROUP and not group_name:
        return Refusal("no-group", "This group has no name yet.", "Choose another way, or ask who leads to write it.")
    return None


def _folded(words):
    return " ".join(words.casefold().split())


# --- quotations ---


def why_not_capture(initiative, speaker, words, *, by):
    """None for people at the table, writing down words of somebody who sits or sat here."""
    if refusal := _why_not_at_table(initiative, by):
        return refusal
    if not words.strip() or len(words) > MOST_WORDS:
        return Refusal("words", f"Write what was said, in at most {MOST_WORDS:,} characters.")
    if speaker.state == PersonState.ERASED or not policies.sat_here(speaker, initiative):
        return Refusal(
            "no-seat", "Nobody can ask them here for a yes.", "Choose somebody who sits or sat at the table."
        )
    return None


def _why_not_step(quote, to):
    if to in NEXT_QUOTE[quote.state]:
        return None
    return Refusal("state", f"This is settled: {quote.get_state_display().lower()}.", "Read the words again.")


def why_not_show(quote, *, by):
    """None for who wrote it down, once."""
    if refusal := people.why_not_act(by):
        return refusal
    if by.pk != quote.captured_by_id:
        return NOT_YOURS
    return _why_not_there(quote) or _why_not_step(quote, QuoteState.SHOWN)


def _why_not_there(quote):
    """The Refusal where the speaker was erased: nobody can say yes, so nobody writes their words again."""
    if quote.speaker.state != PersonState.ERASED:
        return None
    return Refusal("erased", "Who said this asked to be forgotten.", "Nothing more is kept of their words.")


def why_not_drop(quote, *, by):
    """None for who wrote it down, before it was shown."""
    return NOT_YOURS if by.pk != quote.captured_by_id else _why_not_step(quote, QuoteState.DROPPED)


def why_not_reword(quote, words, *, by):
    """None for who wrote it down until the yes, and for the speaker once it was shown, also after a yes."""
    if by.pk == quote.captured_by_id and quote.state in {QuoteState.CAPTURED, QuoteState.SHOWN}:
        refusal = people.why_not_act(by) or _why_not_there(quote)
    elif refusal := _why_not_speaker(quote, by):
        return refusal
    elif quote.state not in {QuoteState.SHOWN, QuoteState.APPROVED, QuoteState.WITHDRAWN}:
        return _why_not_step(quote, QuoteState.APPROVED)
    if not refusal and (not words.strip() or len(words) > MOST_WORDS):
        return Refusal("words", f"Write the words, in at most {MOST_WORDS:,} characters.")
    return refusal


def _why_not_speaker(quote, by):
    if refusal := _why_not_oneself(quote.speaker, quote.initiative, by, also=quote.captured_by_id):
        return NOT_YOURS if refusal.code == people.NOT_YOURS.code else refusal
    return None


def why_not_decide(quote, to, *, by):
    """None for the speaker alone: APPROVED, DECLINED or WITHDRAWN, as the state allows."""
    return _why_not_speaker(quote, by) or _why_not_step(quote, to)


def why_not_approve(quote, *, by, seen, newest, uses, until, today):
    """None for the speaker who says yes to the words that they read. seen, newest: keys of drafts."""
    if refusal := why_not_decide(quote, QuoteState.APPROVED, by=by):
        return refusal
    if newest is None or seen != newest:
        return Refusal("changed", "The words were changed while you read them.", "Read them again, then decide.")
    if not uses:
        return Refusal("no-use", "Say what your words may be used for.", "Choose at least one.")
    if until < today or until > today + timedelta(days=366 * MOST_YEARS):
        words = f"The last day lies between today and {MOST_YEARS} years from now."
        return Refusal("until", words, "You can say yes again later.")
    return None


def why_not_use(approved, *, by, use, used_on, uses, today):
    """None for people at the table, for what the speaker allowed, from the day of their yes until the day they said."""
    if refusal := _why_not_at_table(approved.initiative, by):
        return refusal
    if approved.ended_at is not None:
        return Refusal("ended", "These words were taken back or changed.", "Look at what may be used now.")
    if used_on > today:
        return Refusal("to-come", "That day is still to come.", "Write it down once the words are used.")
    if used_on < organisations.local_day(approved.initiative.organisation, approved.approved_at):
        return Refusal("before-the-yes", "On that day nobody had said yes to these words.", "Look at the day again.")
    if used_on > approved.until:
        return Refusal("expired", "The yes to these words has run out.", "Ask the person again.")
    if use not in uses:
        return Refusal("not-for-this", "The person did not say yes to this use.", "Ask them, or use other words.")
    return None


def why_not_say_told(used, *, by):
    """None for people at the table, once, after the words were taken back."""
    if refusal := _why_not_at_table(used.approved.initiative, by):
        return refusal
    if used.approved.quote.state != QuoteState.WITHDRAWN:
        return Refusal("still-good", "These words may still be used.", "Nobody needs to be told.")
    return people.ALREADY if used.told_at else None


# --- references and thanks ---


def why_not_refer(initiative, about, words, *, by):
    """None for somebody who sits, sat or leads here, about somebody else who sits or sat here, without the why."""
    if refusal := people.why_not_act(by):
        return refusal
    if not policies.sat_here(by, initiative) and initiatives.why_not_lead(initiative, by=by):
        return Refusal("not-here", "A reference comes from somebody who worked here too.")
    return _why_not_of(initiative, about, by) or why_not_words(words)


def _why_not_of(initiative, person, by):
    if person.pk == by.pk:
        return Refusal("oneself", "This is for somebody else.", "Choose another person.")
    if person.state == PersonState.ERASED or not policies.sat_here(person, initiative):
        return Refusal("no-seat", "They have no seat in this initiative and never had one.")
    return None


def why_not_words(words):
    """The Refusal for a text that is empty or says why somebody is involved."""
    if not words.strip() or len(words) > MOST_WORDS:
        return Refusal("words", f"Write at most {MOST_WORDS:,} characters.")
    if found := policies.words_that_say_why(words):
        said = "”, “".join(found)
        return Refusal("says-why", f"It says “{said}”. That tells why they are involved.", "Say what they did.")
    return None


def why_not_change_reference(reference, words, *, by):
    """None for who wrote it, when it was given back to be changed."""
    if by.pk != reference.written_by_id:
        return NOT_YOURS
    if reference.state != ReferenceState.RETURNED:
        return Refusal("state", "They have it now.", "They can give it back to be changed.")
    return people.why_not_act(by) or why_not_words(words)


def why_not_answer_reference(reference, *, by):
    """None for whom it is about, away or not."""
    return people.why_not_change(reference.about, by=by)


def why_not_thank(initiative, to, *, by):
    """None for people at the table, to somebody else who sits or sat here."""
    return _why_not_at_table(initiative, by) or _why_not_of(initiative, to, by)
