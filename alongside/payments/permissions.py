"""Who may approve, send, hold and see. Whoever claims, approves and pays are three people, each with their own hands."""

from alongside.contributions.states import OfferState
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payments.policies import account_is_looked_at
from alongside.payments.states import GONE, NEXT, Means, PaymentState, Receipt
from alongside.people import permissions as people
from alongside.record import queries as record
from alongside.refusals import Refusal

MONEY = (DutyKind.APPROVER, DutyKind.PAYER)
SHOWN, CAME_BACK = "payments.payee.shown", "payments.payment.came_back"  # lines of the record


def why_not_hold_duty(initiative, kind, *, by, asked=None):
    """None for who holds the duty, is here, and acts with their own hands.

    asked: {(initiative, kind): answer}, filled as it is asked, so that many payments ask once for each table.
    """
    asked, place = {} if asked is None else asked, (initiative, kind)
    if place not in asked:
        asked[place] = _why_not_hold_duty(initiative, kind, by)
    return asked[place]


def _why_not_hold_duty(initiative, kind, by):
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


def _frozen(freeze):
    if freeze is None:
        return None
    words = f"All money here waits, by {freeze.by.shown_name}: {freeze.words}"
    return Refusal("frozen", words, "Ask them to let it go on.")


def _typed(payee, by):
    """The Refusal for who typed or confirmed the account; None for everybody else."""
    if payee and by.pk in (payee.typed_by_id, payee.confirmed_by_id) and by.pk != payee.person_id:
        words = "You typed the account it goes to, or confirmed it."
        return Refusal("own-typing", words, "Ask another person who approves or pays.")
    return None


def why_not_approve(part, payment, *, by, payee=None, freeze=None):
    """The Refusal that stops `by` approving one part of an offer's money; None when nothing does.

    payment: the Payment so far, or None. payee: the person's current Payee, or None. freeze: a Freeze over it, or None.
    """
    offer = part.offer
    if refusal := why_not_hold_duty(offer.initiative, DutyKind.APPROVER, by=by):
        return refusal
    if by.pk == offer.to_id:
        return Refusal("own-payment", "Nobody approves a payment to themselves.", "Ask another person who approves.")
    if offer.costs_only and by.pk == offer.made_by_id:
        return Refusal("own-claim", "You wrote this claim down.", "Ask another person who approves.")
    if offer.costs_only and by.pk == offer.done_by_id:
        words = "You noted for its person that this claim is right."
        return Refusal("own-claim", words, "Ask another person who approves.")
    if refusal := _typed(payee, by):
        return refusal
    if offer.state != OfferState.DONE:
        return Refusal("not-done", "Nobody has said that this work is done.", "The person or who leads says so first.")
    if not part.pence:
        return Refusal("no-money", "The person wants no money for this.")
    return _state(payment, PaymentState.APPROVED) or _frozen(freeze)


def why_not_leave(part, payment, *, by, on, payee=None, waiting=False, freeze=None, asked=None):
    """The Refusal that stops `by` letting an approved payment leave on a day, by itself or with a run; or None.

    payee: who it goes to; waiting: new details wait; freeze: a Freeze over it; asked: see `why_not_hold_duty`.
    """
    if refusal := why_not_show_details(part, payment, by=by, asked=asked) or _typed(payee, by) or _frozen(freeze):
        return refusal
    if payment.means == Means.BANK and (refusal := _why_not_account(payment, payee, waiting)):
        return refusal
    if part.from_on and on < part.from_on:
        return Refusal("not-yet", "The person wants it later.", "Send it on the day they chose.")
    return None


def _why_not_account(payment, payee, waiting):
    if waiting:
        words = "New bank details wait to be confirmed, so this money waits too."
        return Refusal("payee-waits", words, "The person confirms them with a code, or somebody talks with them.")
    if payee is None:
        return Refusal("no-payee", "There are no bank details yet.", "Ask the person to type them, or to choose cash.")
    if not account_is_looked_at(payment, payee):
        words = "The bank sent this back, and nobody has looked at the account since."
        return Refusal("came-back", words, "The person says that it is right, or types another.")
    return None


def why_not_send(part, payment, *, by, on, **facts):
    """The Refusal that stops `by` sending one approved payment by itself on a day; None when nothing does.

    facts: as `why_not_leave` takes them.
    """
    return why_not_leave(part, payment, by=by, on=on, **facts) or _in_a_run(payment)


def _in_a_run(payment):
    if payment is None or not payment.run_about:
        return None
    return Refusal("in-a-run", "This leaves together with others.", "Take it out of that run first.")


def why_not_hand_over(payment, *, by, receipt, witness):
    """The Refusal for cash or a voucher that is handed over without a receipt, or with a wrong witness."""
    if receipt not in Receipt.values:
        return Refusal("no-receipt", "Say how it was receipted.", "The person signs, or somebody else sees it.")
    if receipt == Receipt.SIGNED:
        return None
    if witness is None or not organisations.is_member(witness, payment.organisation_id):
        return Refusal("no-witness", "Say who saw it.", "Choose somebody of your organisation.")
    if witness.pk in (by.pk, payment.to_id):
        return Refusal("own-witness", "A third person has to see it.", "Choose somebody else who was there.")
    return None


def why_not_show_details(part, payment, *, by, asked=None):
    """None for another person than who claims and approved, while an approved payment waits to be sent."""
    if refusal := why_not_hold_duty(part.offer.initiative, DutyKind.PAYER, by=by, asked=asked):
        return refusal
    if by.pk == part.offer.to_id:
        return Refusal("own-payment", "Nobody pays themselves.", "Ask another person who pays.")
    if refusal := _state(payment, PaymentState.SENT):
        return refusal
    if payment.approved_by_id == by.pk:
        return Refusal("same-hand", "You approved this, so somebody else pays it.", "Ask another person who pays.")
    return None


def why_not_show_again(payment, *, by):
    """None until this person has seen the whole account for this payment once since it last came back.

    The record is asked, since others who pay may have looked in between.
    """
    steps = record.lines_about(payment).filter(what__in=(SHOWN, CAME_BACK)).values_list("what", "by_person")
    seen = set()
    for what, who in steps:
        seen = seen | {who} if what == SHOWN else set()
    if by.pk in seen:
        return Refusal("shown-once", "You have seen these details once.", "Another person who pays can see them.")
    return None


def why_not_arrive(part, payment, *, by, asked=None):
    """None for the person or who pays, once it was sent. asked: see `why_not_hold_duty`."""
    theirs = by is not None and by.pk == part.offer.to_id
    if not theirs and (refusal := why_not_hold_duty(part.offer.initiative, DutyKind.PAYER, by=by, asked=asked)):
        return refusal
    if payment is None or payment.state != PaymentState.SENT:
        return _state(payment, PaymentState.PAID) or Refusal("state", "This payment has not been sent yet.")
    return None


def why_not_come_back(part, payment, *, by, words, run_about="", told_by_bank=False):
    """None for who pays, of money that left by bank; always with what the bank said.

    run_about: the run as part of which it is said, "" for a payment by itself. told_by_bank: it stands in what the bank
    sent us. Else it is one person's word, who neither gets the money nor approved it.
    """
    if refusal := why_not_hold_duty(part.offer.initiative, DutyKind.PAYER, by=by):
        return refusal
    if by.pk == part.offer.to_id:
        return Refusal("own-payment", "Nobody says this of their own money.", "Ask another person who pays.")
    if payment is not None and payment.approved_by_id == by.pk and not told_by_bank:
        return Refusal("same-hand", "You approved this, so somebody else says that it came back.")
    if not words.strip():
        return Refusal("no-words", "Say what the bank said, so that others can read it.")
    if payment is None or payment.state not in GONE or payment.means != Means.BANK:
        return Refusal("state", "Only money that left by bank comes back from it.", "Look at the payment again.")
    if payment.run_about != run_about:
        return Refusal("in-a-run", "It left together with others.", "Say it on the page of that run.")
    return None


def _may_stop(part, by):
    """None for the person, and for who approves or pays."""
    if by is not None and by.pk == part.offer.to_id:
        return None
    return why_not_tell(part, by=by)


def _why_not_until(until, on):
    if until and on and until < on:
        return Refusal("past", "That day has passed.", "Write the day by which somebody looks at it again.")
    return None


def why_not_hold(part, payment, *, by, words, until=None, on=None):
    """None for the person and who approves or pays, until it is sent; always with words for the person to read.

    until: the day by which somebody looks at it again, where that is said; on: today.
    """
    if refusal := _may_stop(part, by) or _why_not_until(until, on):
        return refusal
    if not words.strip():
        return Refusal("no-words", "Say why, so that the person can read it.")
    if part.offer.state != OfferState.DONE or not part.pence:
        return Refusal("not-done", "There is no money to hold yet.")
    return _state(payment, PaymentState.HELD) or _in_a_run(payment)


def why_not_release(part, payment, *, by):
    """None for who approves or pays; for the person when they themselves asked to wait."""
    if by is not None and by.pk == part.offer.to_id:
        if payment is None or payment.held_by_id != by.pk:
            return Refusal("not-yours", "Somebody else put this on hold.", "Ask them, or who leads.")
    elif refusal := _may_stop(part, by):
        return refusal
    return _state(payment, PaymentState.DUE)


def why_not_freeze(organisation, *, by, words, until=None, on=None):
    """None for who approves or pays in the organisation; always with words for the people who wait.

    until: the day by which somebody looks at it again, when it begins; on: today.
    """
    if refusal := people.why_not_act(by):
        return refusal
    if not any(organisations.holds(by, kind, organisation.pk) for kind in MONEY):
        return Refusal("not-asked", "This is for people who approve or pay.", "Ask the person who leads.")
    if by.helped_by:
        return Refusal("helped", "Nobody does this for somebody else.", "They sign in by themselves for it.")
    if not words.strip():
        return Refusal("no-words", "Say why, so that the people who wait can read it.")
    return _why_not_until(until, on)


def why_not_run(part, payment, *, by, on, **facts):
    """The Refusal that stops `by` putting a payment into a run that leaves on a day; None when nothing does.

    facts: as `why_not_leave` takes them.
    """
    if payment is None or payment.means != Means.BANK:
        return Refusal("state", "Only approved bank payments leave with a run.", "Look at the payment again.")
    return why_not_send(part, payment, by=by, on=on, **facts)


def why_not_take_out(part, payment, run_about, *, by, asked=None):
    """None for who pays, of a payment that is in this run and has not left. asked: see `why_not_hold_duty`."""
    if refusal := why_not_hold_duty(part.offer.initiative, DutyKind.PAYER, by=by, asked=asked):
        return refusal
    if payment is None or payment.run_about != run_about or payment.state in GONE:
        return Refusal("state", "This payment is not in that run, or has left.", "Look at the payment again.")
    return None


def why_not_open_for_file(part, payment, run_about, *, by, payee=None, waiting=False, freeze=None, asked=None):
    """None for who pays, of a payment in this run that is neither to them nor approved by them.

    Until it has left, nothing over it may be frozen and nobody may doubt its account. Facts: as `why_not_leave` takes
    them.
    """
    if refusal := why_not_hold_duty(part.offer.initiative, DutyKind.PAYER, by=by, asked=asked):
        return refusal
    if by.pk in (payment.to_id, payment.approved_by_id):
        return Refusal("same-hand", "This payment is to you, or you approved it.", "Ask another person who pays.")
    if payment.run_about != run_about:
        return Refusal("no-run", "This payment is not in this run.", "Look at the run again.")
    if payment.state in GONE:
        return None
    return _frozen(freeze) or _why_not_account(payment, payee, waiting)


def why_not_have_left(part, payment, run_about, *, by, asked=None):
    """The Refusal that stops `by` saying that the bank has the file in which a payment of this run stands; or None.

    What came after the file was made (new details, a freeze) does not unsay it: the bank pays by what it was given.
    """
    if payment.run_about != run_about:
        return Refusal("no-run", "This payment is not in this run.", "Look at the run again.")
    return why_not_show_details(part, payment, by=by, asked=asked)


def why_not_tell(part, *, by):
    """None for who approves or pays there."""
    refusals = [why_not_hold_duty(part.offer.initiative, kind, by=by) for kind in MONEY]
    return None if None in refusals else refusals[0]
