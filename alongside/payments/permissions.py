"""Who may approve, send, hold and see. Whoever claims, approves and pays are three people, each with their own hands."""

from alongside.contributions.states import OfferState
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payments.states import NEXT, Means, PaymentState
from alongside.people import permissions as people
from alongside.refusals import Refusal

MONEY = (DutyKind.APPROVER, DutyKind.PAYER)
NOT_YOURS = Refusal("not-yours", "Only the person whose money it is can do this.")


def why_not_hold_duty(initiative, kind, *, by):
    """None for who holds the duty, is here, and acts with their own hands."""
    if refusal := people.why_not_act(by):
        return refusal
    if not initiatives.holds(by, kind, initiative):
        words = f"This is for somebody who {DutyKind(kind).label}. Your organisation has not asked you to."
        return Refusal("not-asked", words, "Ask the person who leads co-production.")
    if by.helped_by:
        return Refusal("helped", "Nobody does this for somebody else.", "They sign in by themselves for it.")
    return None


def _state(payment, wanted):
    """None when the payment can go to the state `wanted`."""
    state = PaymentState(payment.state) if payment else PaymentState.DUE
    if wanted in NEXT[state]:
        return None
    return Refusal("state", f"This payment is {state.label.lower()}.", "Look at it again to see what comes next.")


def why_not_approve(offer, payment, *, by, payee=None):
    """The Refusal that stops `by` approving the money of an offer; None when nothing does.

    payment: the Payment so far, or None. payee: the person's current Payee, or None.
    """
    if refusal := why_not_hold_duty(offer.initiative, DutyKind.APPROVER, by=by):
        return refusal
    if by.pk == offer.to_id:
        return Refusal("own-payment", "Nobody approves a payment to themselves.", "Ask another person who approves.")
    if payee and payee.typed_by_id == by.pk:
        return Refusal("own-typing", "You typed the account it goes to.", "Ask another person who approves.")
    if offer.state != OfferState.DONE:
        return Refusal("not-done", "Nobody has said that this work is done.", "The person or who leads says so first.")
    if not offer.accepted_pence:
        return Refusal("no-money", "The person wants no money for this.")
    return _state(payment, PaymentState.APPROVED)


def why_not_send(offer, payment, *, by, on, payee=None):
    """The Refusal that stops `by` sending an approved payment on a day; None when nothing does."""
    if refusal := why_not_show_details(offer, payment, by=by):
        return refusal
    if payee and payee.typed_by_id == by.pk:
        return Refusal("own-typing", "You typed the account it goes to.", "Ask another person who pays.")
    if payment.means == Means.BANK and payee is None:
        return Refusal("no-payee", "There are no bank details yet.", "Ask the person to type them, or to choose cash.")
    if offer.pay_from and on < offer.pay_from:
        return Refusal("not-yet", "The person wants it later.", "Send it on the day they chose.")
    return None


def why_not_show_details(offer, payment, *, by):
    """None for another person than who claims and approved, while an approved payment waits to be sent."""
    if refusal := why_not_hold_duty(offer.initiative, DutyKind.PAYER, by=by):
        return refusal
    if by.pk == offer.to_id:
        return Refusal("own-payment", "Nobody pays themselves.", "Ask another person who pays.")
    if refusal := _state(payment, PaymentState.SENT):
        return refusal
    if payment.approved_by_id == by.pk:
        return Refusal("same-hand", "You approved this, so somebody else pays it.", "Ask another person who pays.")
    return None


def why_not_show_again(payment, *, by):
    """None until this person has seen the whole account for this payment once."""
    if payment.shown_by_id == by.pk:
        return Refusal("shown-once", "You have seen these details once.", "Another person who pays can see them.")
    return None


def why_not_arrive(offer, payment, *, by):
    """None for the person or who pays, once it was sent."""
    theirs = by is not None and by.pk == offer.to_id
    if not theirs and (refusal := why_not_hold_duty(offer.initiative, DutyKind.PAYER, by=by)):
        return refusal
    if payment is None or payment.state != PaymentState.SENT:
        return _state(payment, PaymentState.PAID) or Refusal("state", "This payment has not been sent yet.")
    return None


def _may_stop(offer, by):
    """None for the person, and for who approves or pays."""
    if by is not None and by.pk == offer.to_id:
        return None
    refusals = [why_not_hold_duty(offer.initiative, kind, by=by) for kind in MONEY]
    return None if None in refusals else refusals[0]


def why_not_hold(offer, payment, *, by, words):
    """None for the person and who approves or pays, until it is sent; always with words for the person to read."""
    if refusal := _may_stop(offer, by):
        return refusal
    if not words.strip():
        return Refusal("no-words", "Say why, so that the person can read it.")
    if offer.state != OfferState.DONE or not offer.accepted_pence:
        return Refusal("not-done", "There is no money to hold yet.")
    return _state(payment, PaymentState.HELD)


def why_not_release(offer, payment, *, by):
    """None for who approves or pays; for the person when they themselves asked to wait."""
    if by is not None and by.pk == offer.to_id:
        if payment is None or payment.held_by_id != by.pk:
            return Refusal("not-yours", "Somebody else put this on hold.", "Ask them, or who leads.")
    elif refusal := _may_stop(offer, by):
        return refusal
    return _state(payment, PaymentState.DUE)


def why_not_keep_book(organisation, *, by):
    """None for who approves or pays in the organisation."""
    if refusal := people.why_not_act(by):
        return refusal
    if any(organisations.holds(by, kind, organisation.pk) for kind in MONEY):
        return None
    return Refusal("not-asked", "The book is for people who approve or pay.", "Ask the person who leads.")
