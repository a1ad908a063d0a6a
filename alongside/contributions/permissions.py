"""Who may offer, answer and say that work is done. Each rule answers with its reason."""

from alongside.calculations.money import pounds
from alongside.contributions.states import (
    MOST_CASH_TODAY,
    MOST_MINUTES,
    MOST_PENCE,
    NEXT,
    YES,
    Method,
    MoneyState,
    OfferState,
)
from alongside.initiatives import permissions as initiatives
from alongside.initiatives import queries as tables
from alongside.initiatives.states import InitiativeState
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal

NOT_YOURS = Refusal("not-yours", "Only the person it was made to can answer an offer.")


def why_not_set_rates(organisation, *, by):
    """None for who leads or runs the organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if any(organisations.holds(by, kind, organisation.pk) for kind in (DutyKind.LEAD, DutyKind.OPERATOR)):
        return None
    return Refusal("not-asked", "The rate card is set by the people who lead the organisation.", "Ask one of them.")


def why_not_offer(initiative, to, *, by, pay_pence):
    """None for who leads here and offers to somebody else at the table. Unpaid asks reach only who allowed them."""
    if refusal := initiatives.why_not_lead(initiative, by=by):
        return refusal
    if initiative.state != InitiativeState.OPEN:
        return Refusal("state", f"This initiative is {initiative.get_state_display().lower()}.")
    if to.pk == by.pk:
        return Refusal("own-offer", "Nobody makes an offer to themselves.", "Ask somebody else who leads here.")
    if not tables.is_seated(to, initiative):
        return Refusal("no-seat", f"{to.shown_name} has no seat in this initiative.", "Give them a seat first.")
    if to.state != PersonState.ACTIVE:
        return Refusal("away", f"{to.shown_name} is taking a break.", "Ask again when they are back.")
    if not pay_pence and not to.ask_unpaid:
        return Refusal(
            "not-unpaid",
            f"{to.shown_name} has not said that they may be asked for work without money.",
            "Offer money, or ask somebody who said so.",
        )
    return None


def why_not_terms(*, task, minutes, pence, unpaid, confirmed_unpaid, same_day=False):
    """The Refusal for an offer whose words or figures cannot be; None for one that a person can say yes to."""
    if not task.strip():
        return Refusal("no-task", "Say what the work is.")
    if not 0 < minutes <= MOST_MINUTES:
        return Refusal("minutes", f"The time is between 1 and {MOST_MINUTES} minutes.")
    if not 0 <= pence <= MOST_PENCE:
        return Refusal("amount", f"One offer is at most {pounds(MOST_PENCE)}.", "Please check the amount.")
    if same_day and not 0 < pence <= MOST_CASH_TODAY:
        return Refusal("cash-today", f"Cash on the day is at most {pounds(MOST_CASH_TODAY)}.")
    if unpaid and not confirmed_unpaid:
        return Refusal("confirm-unpaid", "This asks for work without money.", "Say that you know, or offer money.")
    return None


def why_not_replace(offer, *, by):
    """None for who leads, until the work is done or another offer took its place."""
    if refusal := initiatives.why_not_lead(offer.initiative, by=by):
        return refusal
    if OfferState.REPLACED not in NEXT[offer.state]:
        return Refusal("state", f"This offer cannot be replaced: {offer.get_state_display().lower()}.")
    return None


def why_not_change_answer(offer, *, by):
    """None for the person it was made to, until the money is approved."""
    if refusal := people.why_not_act(by):
        return refusal
    if by.pk != offer.to_id:
        return NOT_YOURS
    if not NEXT[offer.state]:
        return Refusal("state", f"This offer is {offer.get_state_display().lower()}.", "Look at the new offer.")
    if offer.money:
        waits = offer.money in {MoneyState.APPROVED, MoneyState.HELD}
        helps = "While it is not sent, you can ask for it to wait." if waits else "Ask the person who made the offer."
        return Refusal("money-moving", _money_stands(offer), helps)
    return None


def _money_stands(offer):
    has = "has" if offer.money == MoneyState.ARRIVED else "is"
    return f"The money {has} {offer.get_money_display().lower()} already."


def why_not_answer(offer, *, by, state, pence=None, method="", shop="", given_to=""):
    """The Refusal that stops `by` from this answer; None when it can be given."""
    if refusal := why_not_change_answer(offer, by=by):
        return refusal
    if state not in NEXT[offer.state]:
        return Refusal(
            "done-already", "The work is done, so the offer was a yes.", "You can still take less or give it."
        )
    if state == OfferState.PART and (pence is None or not 0 <= pence < offer.pence):
        return Refusal(
            "part", f"A part is less than {pounds(offer.pence)}.", "Choose a smaller sum, or say yes to all."
        )
    if state == OfferState.GIVEN and (not given_to.strip() or not offer.pence):
        return Refusal("given-to", "Say who the money goes to.", "A charity, or a group that you choose.")
    money = state in YES and state != OfferState.GIVEN and (pence if state == OfferState.PART else offer.pence)
    return why_not_method(method, shop) if money else None


def why_not_method(method, shop):
    """A yes to money says how it comes; a voucher names its shop."""
    if method not in {Method.BANK, Method.CASH, Method.VOUCHER}:
        return Refusal("method", "Choose how the money comes to you.")
    if method == Method.VOUCHER and not shop.strip():
        return Refusal("shop", "Say which shop the voucher is for.", "Or choose bank or cash.")
    return None


def _takes_part(offer, by):
    """None for the person it was made to, and for who leads here."""
    if by is not None and by.pk == offer.to_id:
        return people.why_not_act(by)
    return initiatives.why_not_lead(offer.initiative, by=by)


def why_not_say_done(offer, *, by, on, today):
    """None for the person or who leads, once it was a yes and the day has come."""
    if refusal := _takes_part(offer, by):
        return refusal
    if OfferState.DONE not in NEXT[offer.state]:
        words = f"This offer is not a yes: {offer.get_state_display().lower()}."
        return Refusal("state", words, "The person says yes first.")
    if on > today:
        return Refusal("future", "That day has not come yet.", "Write the day on which the work was done.")
    return None


def why_not_take_back_done(offer, *, by):
    """None for the person or who leads, until the money is approved."""
    if refusal := _takes_part(offer, by):
        return refusal
    if offer.state != OfferState.DONE:
        return Refusal("state", "Nobody has said that this work is done.")
    if offer.money:
        return Refusal("money-moving", _money_stands(offer))
    return None
