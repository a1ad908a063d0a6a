"""Whose turn it is, what the book writes, and how quickly money came. Nothing here reads or writes."""

from alongside.calculations.money import working_day_after
from alongside.calculations.times_to_pay import times
from alongside.ledger.states import AccountKind, EntryKind
from alongside.payments.states import DOES, IN_CASH, Means, Next, PaymentState

ON_ITS_WAY_DAYS = 3  # working days that a bank takes at most

# Of each happening in the book: (the account that gains, the account that gives).
SIDES = {
    EntryKind.OWED: (AccountKind.PROMISED, AccountKind.OWED),
    EntryKind.BACK: (AccountKind.OWED, AccountKind.PROMISED),
    EntryKind.RETURNED: (AccountKind.BANK, AccountKind.OWED),
}


def about_in_book(payment):
    """What a happening of the book names for a payment."""
    return f"payment:{payment.pk}"


def sides(kind, means, *, from_box=False, from_drawer=False):
    """The two accounts of a happening: the one that gains pence, the one that gives them.

    from_box: cash leaves the fund's box of cash; from_drawer: a voucher leaves the drawer.
    """
    if kind != EntryKind.PAID:
        return SIDES[kind]
    if means in IN_CASH:
        return AccountKind.OWED, AccountKind.FLOAT if from_box else AccountKind.CASH
    if means == Means.VOUCHER and from_drawer:
        return AccountKind.OWED, AccountKind.STOCK
    return AccountKind.OWED, AccountKind(means)


def account_is_looked_at(payment, payee):
    """Whether the account was confirmed after the bank last sent this money back for a reason that may lie with it."""
    return payment.back_at is None or payment.back_ours or (payee is not None and payee.confirmed_at > payment.back_at)


def next_step(part, payment, *, due, on, payee=None, waiting=False, freeze=None, off=()):
    """The Next of one part of money: whose turn, what they do, by which day. It is never nobody's before it arrives.

    payee: where it goes by bank, or None; waiting: new details wait to be confirmed; freeze: a Freeze over it, or None.
    off: days from the sending on that are no working days of the organisation.
    """
    state = PaymentState(payment.state) if payment else PaymentState.DUE
    if state == PaymentState.PAID:
        return Next("nobody", "it came", payment.arrived_on)
    if state == PaymentState.SENT:
        return _on_its_way(payment, part.offer, off)
    if freeze:
        return Next(freeze.by.shown_name, "looks again at all money that waits", freeze.until)
    if state == PaymentState.HELD:
        return Next(payment.held_by.shown_name, "looks at it again", payment.held_until)
    if state == PaymentState.DUE:
        return Next(part.offer.approver_words, "looks at it and approves it", due)
    return _ready(part, payment, due, on, payee, waiting)


def _on_its_way(payment, offer, off):
    who = {Means.BANK: "the bank", Means.PREPAID: offer.provider, Means.GIFT: offer.given_to}.get(payment.means)
    what = "brings it" if payment.means == Means.BANK else "says that it came"
    return Next(who or "somebody who pays", what, working_day_after(payment.sent_on, ON_ITS_WAY_DAYS, off))


def _ready(part, payment, due, on, payee, waiting):
    """Approved or come back: the person's turn while their account is missing or in doubt, else who pays."""
    person, does = part.offer.to.shown_name, DOES[Means(payment.means)]
    if payment.means == Means.BANK and waiting:
        return Next(person, "confirms the new bank details", due, of_person=True)
    if payment.means == Means.BANK and payee is None:
        return Next(person, "says where the money goes", due, of_person=True)
    if payment.state == PaymentState.BACK and not account_is_looked_at(payment, payee):
        return Next(person, "looks at the bank details", due, of_person=True)
    if part.from_on and part.from_on > on:
        return Next("somebody who pays", f"{does} on the day that was chosen", due)
    return Next("somebody who pays", does, due)


def days_to_pay(spans):
    """Counts of payments by days from the work to the money, and the median. spans: whole days."""
    found = times(spans)
    return {
        "to_15": found.to_15,
        "to_30": found.to_30,
        "over_30": found.over_30,
        "median_days": found.median,
    }
