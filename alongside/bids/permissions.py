"""Who may write a bid and answer for it, and who may say that somebody helped. Each rule answers with its reason."""

from alongside.bids.policies import ended
from alongside.bids.states import NEXT, NEXT_HELP, BidState, HelpState
from alongside.initiatives import permissions as initiatives
from alongside.people import permissions as people
from alongside.refusals import Refusal


def why_not_lead(initiative, *, by):
    """None for who leads or chairs the initiative: they write bids and answer for them."""
    return initiatives.why_not_lead(initiative, by=by)


def why_not_say(initiative, *, chance, chance_from, fund_line, unpaid, confirmed_unpaid):
    """None for a bid whose chance is from somewhere, and whose writing is paid or plainly said not to be."""
    if chance is not None and not chance_from.strip():
        return Refusal("chance", "Say from where this figure is.", "Ask the funder, or choose: nobody knows.")
    if fund_line and fund_line.fund.organisation_id != initiative.organisation_id:
        return Refusal("fund", "This money belongs to another organisation.")
    if not fund_line and not unpaid:
        return Refusal("pay", "Say how those who write it are paid.", "Choose a line of a fund, or: not paid.")
    if fund_line and unpaid:
        return Refusal("pay", "It is paid or it is not.", "Choose one of the two.")
    if unpaid and not confirmed_unpaid:
        return Refusal("confirm-unpaid", "This asks for work without money.", "Say that you know, or choose a fund.")
    return None


def why_not_change(bid, *, by, seen):
    """None for who leads, while the bid is written, when nobody wrote on since. seen: the version that was shown."""
    if refusal := why_not_lead(bid.initiative, by=by):
        return refusal
    if bid.state != BidState.WRITING:
        return Refusal("state", f"This bid is no longer written: {bid.get_state_display().lower()}.")
    if bid.version != seen:
        return Refusal(
            "changed",
            "Somebody else wrote on this bid meanwhile.",
            "Their words are kept, and yours stand here still. Open the bid in another window and put both together.",
        )
    return None


def why_not_send(text, *, by, understood):
    """None for who leads, for a bid that is written, that says what becomes of it after a no, and that can be read."""
    if refusal := why_not_move(text.bid, by=by, to=BidState.SENT):
        return refusal
    if not text.reuse_plan.strip():
        return Refusal("reuse", "Say first what becomes of the text if the answer is no.", "Change the bid.")
    if not understood:
        return Refusal("not-read", "Let somebody read it who does not do this work.", "Ask them what they understood.")
    return None


def why_not_move(bid, *, by, to):
    """None for who leads, where the bid can become this."""
    if refusal := why_not_lead(bid.initiative, by=by):
        return refusal
    if to not in NEXT.get(bid.state, ()):
        return Refusal("state", f"This cannot be said of it now: {bid.get_state_display().lower()}.")
    return None


def why_not_propose(bid, person, *, by, row):
    """None for who leads, for somebody at the table who neither helps nor was asked. row: their BidHelper, or None."""
    if refusal := why_not_lead(bid.initiative, by=by):
        return refusal
    if initiatives.why_not_read(bid.initiative, by=person):
        return Refusal("not-here", f"{person.shown_name} has no seat in this initiative.")
    if row:
        return Refusal("asked", f"{person.shown_name} was asked before. They can say that they help at any time.")
    return None


def why_not_help(bid, row, *, by, state):
    """None for somebody at the table who speaks for themselves. row: their BidHelper, or None."""
    if refusal := people.why_not_act(by) or initiatives.why_not_read(bid.initiative, by=by):
        return refusal
    if by.helped_by and why_not_lead(bid.initiative, by=by.helped_by) is None:
        words = f"{by.helped_by.shown_name} leads here, so they cannot help with this answer."
        return Refusal("helper-decides", words, "Ask somebody else to help, or answer in your own browser.")
    if row and row.thanked_at:
        return Refusal("state", "You were thanked for your help. That stands.")
    if state not in NEXT_HELP[row.state if row else HelpState.ASKED] and not (row and row.state == state):
        return Refusal("state", "Say whether you help.")
    return None


def why_not_thank(bid, *, by, unthanked):
    """None for who leads, once there is an answer, while somebody who helped has not been thanked."""
    if refusal := why_not_lead(bid.initiative, by=by):
        return refusal
    if not ended(bid):
        return Refusal("state", "There is no answer yet.", "Thank people together with the answer.")
    if not unthanked:
        return Refusal("done", "Everybody who helped was thanked and told the answer.")
    return None


def why_not_reuse(bid, *, by):
    """None for who leads, once the bid was sent or taken back: before that there is nothing to use again."""
    if refusal := why_not_lead(bid.initiative, by=by):
        return refusal
    return Refusal("state", "This bid is still being written.") if bid.state == BidState.WRITING else None
