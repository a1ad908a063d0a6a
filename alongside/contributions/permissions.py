"""Who may offer, answer and say that work is done. Each rule answers with its reason."""

from alongside.calculations.money import currency, pounds
from alongside.contributions.policies import accepted, offered
from alongside.contributions.states import (
    FOR_COSTS,
    FOR_WORK,
    MOST_CASH_TODAY,
    MOST_MINUTES,
    MOST_PARTS,
    MOST_PENCE,
    NEXT,
    YES,
    Method,
    MoneyState,
    OfferState,
)
from alongside.design.states import day_words
from alongside.initiatives import permissions as initiatives
from alongside.initiatives import queries as tables
from alongside.initiatives.states import InitiativeState
from alongside.people import permissions as people
from alongside.people.states import PersonState
from alongside.refusals import Refusal

NOT_YOURS = Refusal("not-yours", "Only the person it was made to can answer an offer.")
TIME_GIVEN = Refusal(
    "time-given",
    "The time for this work was given already, and time is never turned into money.",
    "For the next work you can choose money.",
)


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


def why_not_minutes(minutes):
    """None for a time that somebody can spend."""
    if 0 < minutes <= MOST_MINUTES:
        return None
    return Refusal("minutes", f"The time is between 1 and {MOST_MINUTES} minutes.")


def why_not_terms(*, task, pence, unpaid, confirmed_unpaid, same_day=False):
    """The Refusal for an offer whose words or figures cannot be; None for one that a person can say yes to."""
    if not task.strip():
        return Refusal("no-task", "Say what the work is.")
    if not 0 <= pence <= MOST_PENCE:
        return Refusal("amount", f"One offer is at most {pounds(MOST_PENCE)}.", "Please check the amount.")
    if same_day and not 0 < pence <= MOST_CASH_TODAY:
        return Refusal("cash-today", f"Cash on the day is at most {pounds(MOST_CASH_TODAY)}.")
    if unpaid and not confirmed_unpaid:
        return Refusal("confirm-unpaid", "This asks for work without money.", "Say that you know, or offer money.")
    return None


def why_not_rate(line, holds, on):
    """None for work without a rate, and for a line of the rate card that holds on its day. holds: that card, or None."""
    if line is None or (holds and holds.pk == line.card_id):
        return None
    begins = f"Choose one from the rate card of {day_words(holds.from_on)}." if holds else "Choose another day."
    return Refusal("other-day", f"That rate does not hold on {day_words(on)}.", begins)


def why_not_warned(of, warning, *, confirmed):
    """None where nothing warns, or who makes the offer said that they know it. of: its day that is "gone", or "cover"."""
    if not warning or confirmed:
        return None
    return Refusal(of, warning, f"Say that you know, or choose another {'day' if of == 'gone' else 'line'}.")


def why_not_replace(offer, *, by):
    """None for who leads, until the work is done or another offer took its place."""
    if refusal := initiatives.why_not_lead(offer.initiative, by=by):
        return refusal
    if OfferState.REPLACED not in NEXT[offer.state]:
        return Refusal("state", f"This offer cannot be replaced: {offer.get_state_display().lower()}.")
    return None


def why_not_change_answer(offer, *, by):
    """None for the person it was made to, while some of its money does not stand yet and no time was given for it."""
    if refusal := people.why_not_act(by):
        return refusal
    if by.pk != offer.to_id:
        return NOT_YOURS
    if not NEXT[offer.state]:
        return Refusal("state", f"This offer is {offer.get_state_display().lower()}.", "Look at the new offer.")
    if offer.time_given_at:
        return TIME_GIVEN
    if offer.fixed_pence and offer.fixed_pence == offer.accepted_pence:
        return Refusal(
            "money-moving",
            _money_stands(offer),
            "While it is not sent, you can ask for it to wait, and then change your answer.",
        )
    return None


def _money_stands(offer):
    has = "has" if offer.money == MoneyState.ARRIVED else "is"
    return f"The money {has} {offer.get_money_display().lower()} already."


def why_not_answer(offer, *, by, state, pence=None, method="", shop="", given_to="", provider="", parts=()):
    """The Refusal that stops `by` from this answer; None when it can be given."""
    if refusal := why_not_change_answer(offer, by=by):
        return refusal
    if state not in NEXT[offer.state]:
        return Refusal(
            "done-already", "The work is done, so the offer was a yes.", "You can still take less or give it."
        )
    if state == OfferState.PART and (pence is None or not offer.fixed_pence <= pence < offered(offer)):
        least = f"between {pounds(offer.fixed_pence)} and" if offer.fixed_pence else "less than"
        return Refusal(
            "part", f"A part is {least} {pounds(offered(offer))}.", "Choose a smaller sum, or say yes to all."
        )
    if state == OfferState.GIVEN and (not given_to.strip() or not offer.pence):
        return Refusal("given-to", "Say who the money goes to.", "A charity, or a group that you choose.")
    if state == OfferState.GIVEN and offer.fixed_pence:
        return Refusal("some-gone", "Some of the money is approved or sent already.", "Take what is left, or less.")
    amount = accepted(offer, state, pence) or 0
    if refusal := why_not_parts(parts, amount - offer.fixed_pence):
        return refusal
    money = state in YES and state != OfferState.GIVEN and amount
    return why_not_method(offer, method, shop, provider) if money else None


def why_not_parts(parts, pence):
    """None for parts that add up to so many pence, on different days, one after the other; and for no parts."""
    if not parts:
        return None
    sums, days = [part for part, _ in parts], [day for _, day in parts if day]
    if len(parts) > MOST_PARTS or min(sums) <= 0:
        return Refusal("parts", f"Between 1 and {MOST_PARTS} parts, each of at least one {currency().part}.")
    if sum(sums) != pence:
        return Refusal("parts-sum", f"The parts come to {pounds(sum(sums))}. They must come to {pounds(pence)}.")
    if len(days) < len(parts) - 1 or (len(days) < len(parts) and parts[0][1]) or days != sorted(set(days)):
        return Refusal("parts-days", "Each part needs a day of its own, the earliest first.")
    return None


def ways_to_pay(offer):
    """The methods that a person can choose for this offer; straight to a provider and before the day only for costs."""
    return FOR_WORK if offer.pay_pence or offer.same_day else FOR_COSTS


def why_not_method(offer, method, shop, provider):
    """A yes to money says how it comes; a voucher names its shop, and what is paid straight names who."""
    if method not in ways_to_pay(offer):
        return Refusal("method", "Choose how the money comes to you.")
    return _why_not_named(method, shop, provider)


def _why_not_named(method, shop, provider):
    if method == Method.VOUCHER and not shop.strip():
        return Refusal("shop", "Say which shop the voucher is for.", "Or choose bank or cash.")
    if method == Method.PREPAID and not provider.strip():
        return Refusal("provider", "Say who is to be paid.", "For example the carer, the interpreter or the taxi.")
    return None


def why_not_owe_costs(initiative, to, *, by, pence, method, provider=""):
    """None for the person, and for who leads or keeps the records there and writes it down for them."""
    refusal = people.why_not_act(by) if by.pk == to.pk else initiatives.why_not_record(initiative, by=by)
    if refusal:
        return refusal
    if not 0 < pence <= MOST_PENCE:
        return Refusal("amount", f"Costs are between {pounds(1)} and {pounds(MOST_PENCE)}.", "Look at the sum.")
    if method not in FOR_COSTS:
        return Refusal("method", "Choose how the money comes.")
    return _why_not_named(method, "", provider)


def why_not_costs_early(offer, *, by):
    """None for the person, who said yes to pay and costs at once: then the costs can come before the day."""
    if refusal := why_not_change_answer(offer, by=by):
        return refusal
    if offer.state not in (OfferState.ACCEPTED, OfferState.PART) or not offer.pay_pence:
        help = "Say yes first. Where there is no pay, choose in your answer that the costs come before the day."
        return Refusal("no-yes", "Costs come before the day once you said yes to the work and its pay.", help)
    if offer.early_pence:
        return Refusal("early-already", f"{pounds(offer.early_pence)} of it comes before the day already.")
    if not 0 < offer.costs_pence < offer.accepted_pence or offer.fixed_pence:
        return Refusal("no-costs", "There are no costs in what you take of this offer.", "Say here what it costs you.")
    return None


def why_not_costs_back(offer, *, by):
    """None for the person, while the pay of the offer does not stand yet."""
    if by.pk != offer.to_id:
        return NOT_YOURS
    if offer.accepted_pence and offer.fixed_pence == offer.accepted_pence:
        return Refusal("money-moving", _money_stands(offer), "Ask who leads how to put this right.")
    return None


def why_not_replace_costs(old, costs_pence):
    """None unless costs would be offered anew that come before the day already."""
    if not old.early_pence or not costs_pence:
        return None
    words = f"{pounds(old.early_pence)} of costs comes before the day already."
    return Refusal("early-already", words, "Leave the costs out of the new offer.")


def _takes_part(offer, by):
    """None for the person it was made to, and for who leads here."""
    if by is not None and by.pk == offer.to_id:
        return people.why_not_act(by)
    return initiatives.why_not_lead(offer.initiative, by=by)


def why_not_say_done(offer, *, by, on, today):
    """None for the person or who leads, once it was a yes and the day has come; who leads may say that it came early."""
    if refusal := _takes_part(offer, by):
        return refusal
    if OfferState.DONE not in NEXT[offer.state]:
        words = f"This offer is not a yes: {offer.get_state_display().lower()}."
        return Refusal("state", words, "The person says yes first.")
    if on > today:
        return Refusal("future", "That day has not come yet.", "Write the day on which the work was done.")
    if on < offer.activity_on and by.pk == offer.to_id:
        words = f"This offer is for work on {day_words(offer.activity_on)}."
        return Refusal("early", words, "If it was done earlier, ask the person who leads to say so here.")
    return None


def why_not_take_back_done(offer, *, by):
    """None for the person or who leads, until the money is approved or the time is given."""
    if refusal := _takes_part(offer, by):
        return refusal
    if offer.state != OfferState.DONE:
        return Refusal("state", "Nobody has said that this work is done.")
    if offer.time_given_at:
        return TIME_GIVEN
    if offer.money or offer.fixed_pence:
        return Refusal("money-moving", _money_stands(offer))
    return None


def why_not_give_time(offer):
    """None for work that is done, for which its person chose time, and for which none was given yet."""
    if offer.method != Method.TIME or offer.state != OfferState.DONE:
        return Refusal("not-for-time", "This work is not done, or its person did not choose time.")
    if offer.time_given_at:
        return Refusal("given", "The time for this work was given already.", "Look at what was exchanged.")
    return None
