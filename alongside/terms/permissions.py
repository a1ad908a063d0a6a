"""Who may write a payment policy and a plan, and who may be named under it. Each rule answers with its reason."""

from alongside.initiatives import permissions as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.refusals import Refusal
from alongside.terms.states import NEXT

SETTING = (DutyKind.LEAD, DutyKind.OPERATOR)


def why_not_write(organisation, *, by):
    """None for who leads or runs the organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if any(organisations.holds(by, kind, organisation.pk) for kind in SETTING):
        return None
    return Refusal("not-asked", "The people who lead the organisation keep its payment policy.", "Ask one of them.")


def why_not_word(newest, *, seen):
    """None when nobody wrote at this point since it was shown. newest, seen: keys of the newest Wording, or None."""
    if newest == seen:
        return None
    return Refusal(
        "changed",
        "Somebody else wrote at this point meanwhile.",
        "Their words are kept. Open the point again to see them.",
    )


def why_not_set(said, *, from_on, review_on):
    """None for a policy with words for at least one point, that is looked at again on a later day."""
    if not any(words.strip() for words in said.values()):
        return Refusal("nothing", "No point has words yet.", "Write at least one. The others say: not settled yet.")
    if review_on <= from_on:
        return Refusal("review", "The day to look at it again comes after the day from which it holds.")
    return None


def why_not_ask(policy, person):
    """None for somebody who belongs to the organisation: nobody else helped to write it here."""
    if organisations.is_member(person, policy.organisation_id):
        return None
    return Refusal("not-here", f"{person.shown_name} does not belong to this organisation.")


def why_not_answer(writer, *, by, state):
    """None for the person who was asked, alone or with a helper who does not keep the policy."""
    if refusal := people.why_not_change(writer.person, by=by):
        return refusal
    if by.helped_by and why_not_write(writer.policy.organisation, by=by.helped_by) is None:
        words = f"{by.helped_by.shown_name} keeps this policy, so they cannot help with this answer."
        return Refusal("helper-decides", words, "Ask somebody else to help, or answer in your own browser.")
    if state not in NEXT[writer.state]:
        return Refusal("state", f"Your answer stands already: {writer.get_state_display().lower()}.")
    return None


def why_not_say(initiative, *, by):
    """None for somebody at the table who speaks for themselves, alone or with a helper who does not lead here."""
    if refusal := people.why_not_act(by) or initiatives.why_not_read(initiative, by=by):
        return refusal
    if by.helped_by and why_not_plan(initiative, by=by.helped_by) is None:
        words = f"{by.helped_by.shown_name} leads here, so they may not see how you are paid."
        return Refusal("helper-decides", words, "Ask somebody else to help, or answer in your own browser.")
    return None


def why_not_plan(initiative, *, by):
    """None for who leads or chairs the initiative."""
    return initiatives.why_not_lead(initiative, by=by)


def why_not_add(initiative, *, by, rate, fund_line, minutes, costs_pence):
    """None for a line with pay or with costs, whose rate and fund are those of the initiative's organisation."""
    if refusal := why_not_plan(initiative, by=by):
        return refusal
    if fund_line and fund_line.fund.organisation_id != initiative.organisation_id:
        return Refusal("fund", "This money belongs to another organisation.")
    if rate and rate.card.organisation_id != initiative.organisation_id:
        return Refusal("rate", "This rate belongs to another organisation.")
    if rate and not minutes:
        return Refusal("time", "Say how long it takes.", "Pay by a rate needs the time of one person.")
    if not rate and not costs_pence:
        return Refusal("nothing", "Choose a rate, or write what it costs.")
    return None


def why_not_take_off(line, *, by):
    """None for who leads, for a line that is still planned."""
    if refusal := why_not_plan(line.initiative, by=by):
        return refusal
    return Refusal("state", "This line was taken off already.") if line.off_at else None
