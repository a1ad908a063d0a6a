"""Who writes a list of what they can do, and who asks whom for a reference. Each rule answers with its reason."""

from alongside.credit import permissions as credit
from alongside.initiatives import queries as initiatives
from alongside.people import permissions as people
from alongside.refusals import Refusal
from alongside.skills import policies
from alongside.skills.states import MOST_WORDS, NEXT, Kept, RequestState


def why_not_write(words, known_from, *, by, on_purpose=False):
    """None for somebody who writes about themselves. Words that say why they are involved need their own say-so."""
    if refusal := people.why_not_change(by, by=by):
        return refusal
    if not words.strip() or max(len(words), len(known_from)) > MOST_WORDS:
        return Refusal("words", f"Say what you can do, in at most {MOST_WORDS} characters.")
    if on_purpose:
        return None
    if refusal := credit.why_not_words(f"{words} {known_from}"):
        help = "Leave it out, or tick that you want it to say so: it is your paper."
        return Refusal(refusal.code, refusal.words.replace("they are", "you are"), help)
    return None


def why_not_choose(proposal, *, by):
    """None for a proposal of one's own records. proposal: a Proposal, or None where the records say no such thing."""
    if refusal := people.why_not_change(by, by=by):
        return refusal
    return None if proposal else Refusal("gone", "Your records do not propose this any more.")


def why_not_take_away(skill, *, by):
    """None for the person themself, for a line that is on their list."""
    if refusal := people.why_not_change(skill.person, by=by):
        return refusal
    return None if skill.kept == Kept.MINE else Refusal("state", "This is not on your list.")


def why_not_ask(initiative, of, *, by, waits=False):
    """None for somebody who sits or sat here, away or not, to who leads or chairs it. waits: whether they asked already."""
    if refusal := people.why_not_change(by, by=by):
        return refusal
    if not initiatives.seats_ever(initiative).filter(person=by).exists():
        return Refusal("no-seat", "You have no seat here and never had one.", "Ask where you sat.")
    if of not in policies.may_be_asked(initiative, by):
        return Refusal("not-leading", "They do not lead or chair this initiative.", "Choose somebody who does.")
    if waits:
        return Refusal("asked", "You have asked them already.", "Give them a little time.")
    return None


def _step(request, to):
    if to in NEXT[request.state]:
        return None
    return Refusal("state", f"This is settled: {request.get_state_display().lower()}.")


def why_not_answer(request, to, *, by):
    """None for who was asked: write it, or say no. Whether the words can stand is asked by the room of references."""
    if by is None or by.pk != request.of_id:
        return people.NOT_YOURS
    return people.why_not_act(by) or _step(request, to)


def why_not_take_back(request, *, by):
    """None for who asked, while nobody answered."""
    return people.why_not_change(request.person, by=by) or _step(request, RequestState.BACK)
