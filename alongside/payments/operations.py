"""How money moves: due, approved, sent, arrived; held on the way. Each move is written in the book in the same breath.

Rows are always locked in one order (offer, payment) before anything is noted, so that two moves never wait for each
other. The payee's details are opened here only.
"""

from django.db import transaction
from django.urls import reverse

from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import MoneyState
from alongside.ledger import operations as ledger
from alongside.ledger import queries as funds
from alongside.ledger.states import Entry, EntryKind
from alongside.payments import permissions
from alongside.payments.models import Payee, Payment
from alongside.payments.policies import Details, lock_details, open_details, sides
from alongside.payments.states import IN_THE_HAND, PaymentState
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if


def _note(what, payment, by, at, **facts):
    record.note(what=what, subject=payment, by=by, at=at, organisation_id=payment.organisation_id, **facts)


def _both(offer_id):
    """(offer, its Payment or None), both locked."""
    offer = contributions.lock(offer_id=offer_id)
    return offer, Payment.objects.select_for_update().filter(offer=offer).first()


def _made(offer, at):
    """The one Payment of an offer, as due."""
    return Payment.objects.create(
        offer=offer, organisation=offer.initiative.organisation, to=offer.to, pence=offer.accepted_pence,
        means=offer.method, made_at=at,
    )  # fmt: skip


def _payee_of(person):
    return Payee.objects.filter(person=person, replaced_at=None).first()


def _save(payment, **fields):
    for name, value in fields.items():
        setattr(payment, name, value)
    payment.save(update_fields=list(fields))


# --- the way of a payment ---


@transaction.atomic
def approve(*, offer_id, by, at, fund_id=None):
    """Approve the money of an offer whose work is done, out of a fund; from now on it is owed and its amount stands.

    fund_id: a Fund of the organisation; without it the only open one. Raises Refused when a rule stands in the way.
    """
    offer, payment = _both(offer_id)
    stop_if(permissions.why_not_approve(offer, payment, by=by, payee=_payee_of(offer.to)))
    fund = _fund(offer.initiative.organisation, fund_id, at)
    payment = payment or _made(offer, at)
    _save(
        payment, state=PaymentState.APPROVED, fund=fund, pence=offer.accepted_pence, means=offer.method,
        approved_by=by, approved_at=at,
    )  # fmt: skip
    _promise(payment, payment.pence, by, at)
    _write(EntryKind.OWED, payment, by=by, at=at)
    _settle(payment, MoneyState.APPROVED, at, on=offers.local_day(at, offer.initiative.organisation))
    _note("payments.payment.approved", payment, by, at, pence=payment.pence)
    return payment


@transaction.atomic
def send(*, offer_id, on, by, at, reference=""):
    """Say that an approved payment left on a day. What is handed over (cash, voucher) has arrived with that.

    reference: of the bank or the cash slip. Raises Refused when a rule stands in the way; then nothing has moved.
    """
    offer, payment = _both(offer_id)
    stop_if(permissions.why_not_send(offer, payment, by=by, on=on, payee=_payee_of(offer.to)))
    stop_if(_why_not_day(offer, on, at, earliest=offer.done_on))
    _save(payment, state=PaymentState.SENT, sent_by=by, sent_at=at, sent_on=on, reference=reference.strip())
    _write(EntryKind.PAID, payment, by=by, at=at)
    _settle(payment, MoneyState.SENT, at, on=on)
    _note("payments.payment.sent", payment, by, at, pence=payment.pence)
    if payment.means in IN_THE_HAND:
        _arrive(payment, on, by, at)
    else:
        _tell(payment, "Money is on its way to you.", by, at)
    return payment


@transaction.atomic
def arrive(*, offer_id, on, by, at):
    """Say that the money arrived on a day: the person, or who pays from the bank's statement. The end of the way."""
    offer, payment = _both(offer_id)
    stop_if(permissions.why_not_arrive(offer, payment, by=by))
    stop_if(_why_not_day(offer, on, at, earliest=payment.sent_on))
    _arrive(payment, on, by, at)
    _note("payments.payment.arrived", payment, by, at)
    return payment


def _arrive(payment, on, by, at):
    _save(payment, state=PaymentState.PAID, arrived_on=on, arrived_at=at, arrived_by=by)
    _settle(payment, MoneyState.ARRIVED, at, on=on)


def _why_not_day(offer, on, at, *, earliest):
    """A day that has come, and not before the step before it."""
    if on > offers.local_day(at, offer.initiative.organisation):
        return Refusal("future", "That day has not come yet.", "Write the day on which it was so.")
    if on < earliest:
        return Refusal("too-early", "That day is before the step before it.", "Look at the day again.")
    return None


@transaction.atomic
def hold(*, offer_id, words, by, at):
    """Put a payment on hold before it is sent. words: why, for the person to read. What is owed stays owed.

    The person themselves may ask for it to wait. Released, it is approved anew.
    """
    offer, payment = _both(offer_id)
    stop_if(permissions.why_not_hold(offer, payment, by=by, words=words))
    payment = payment or _made(offer, at)
    _save(payment, state=PaymentState.HELD, held_by=by, held_at=at, held_words=words.strip())
    _settle(payment, MoneyState.HELD, at, held_words=payment.held_words, held_by=by)
    _note("payments.payment.held", payment, by, at)
    if by.pk != payment.to_id:
        _tell(payment, "Your money is on hold. The page says who did this and why.", by, at)
    return payment


@transaction.atomic
def release(*, offer_id, by, at):
    """Let a payment go on. It is due again, its approval is taken back in the book, and the person may change it."""
    offer, payment = _both(offer_id)
    stop_if(permissions.why_not_release(offer, payment, by=by))
    if payment.approved_by_id:
        _write(EntryKind.BACK, payment, by=by, at=at)
        _promise(payment, 0, by, at)
    _save(
        payment, state=PaymentState.DUE, approved_by=None, approved_at=None, held_by=None, held_at=None, held_words=""
    )
    _settle(payment, MoneyState.NOT_YET, at)
    _note("payments.payment.released", payment, by, at)
    return payment


def _settle(payment, money, at, **facts):
    contributions.settle(offer_id=payment.offer_id, money=money, at=at, **facts)


def _tell(payment, words, by, at):
    """Tell the person by their own channel; the amount and the reason stand on the page, not in a mail."""
    url = reverse("payments:mine")
    about = f"payment:{payment.pk}:{payment.state}:{int(at.timestamp())}"
    people.tell(to=payment.to, about=about, words=words, url=url, by=by, at=at)


# --- the book ---


def _write(kind, payment, *, by, at):
    """One transaction of the book for a payment, on its fund and line."""
    about = f"payment:{payment.pk}"
    count = funds.happenings(about, kind).count() + 1
    gains, gives = sides(kind, payment.means)
    fund, line, pence = payment.fund, payment.line, payment.pence
    ledger.write(
        organisation=payment.organisation, key=f"{kind.lower()}:{about}:{count}", kind=kind, about=about, by=by, at=at,
        entries=[Entry(fund, gains, pence, line), Entry(fund, gives, -pence, line)],
    )  # fmt: skip


def _promise(payment, pence, by, at):
    ledger.promise(line=payment.line, fund=payment.fund, about=f"payment:{payment.pk}", pence=pence, by=by, at=at)


def _fund(organisation, fund_id, at):
    """The chosen Fund of the organisation, or its only one; a first one is opened when there is none."""
    known = list(funds.funds_of(organisation))
    if fund_id is None and len(known) == 1:
        return known[0]
    if fund_id is None and not known:
        return ledger.general_fund(organisation=organisation, at=at)
    chosen = next((fund for fund in known if fund.pk == fund_id), None)
    if chosen is None:
        raise Refused(Refusal("no-fund", "Choose the fund that pays for this."))
    day = offers.local_day(at, organisation)
    if not funds.is_open(chosen, day):
        raise Refused(Refusal("fund-closed", funds.window_words(chosen, day), "Choose another one."))
    return chosen


# --- payees ---


@transaction.atomic
def set_payee(*, person, name, sort_code, account, by, at):
    """Keep where this person's money goes, encrypted; what was there before is replaced and its account blanked.

    The person types it, alone or with a helper beside them; they are told by their own channel that it changed.
    """
    stop_if(permissions.NOT_YOURS if by.pk != person.pk else None)
    before = _drop(person, at)
    payee = Payee(person=person, name=name.strip(), last_figures=account[-4:], made_at=at, typed_by=by.helped_by or by)
    payee.sealed = lock_details(Details(payee.name, sort_code, account), person_id=person.pk, token=payee.token)
    payee.save()
    record.note(what="payments.payee.set", subject=payee, by=by, at=at)
    if before:
        words = "The bank details for your money have changed. If that was not you, tell us at once."
        people.tell(to=person, about=f"payee:{payee.pk}", words=words, url=reverse("payments:payee"), by=by, at=at)
    return payee


@transaction.atomic
def drop_payee(*, person, by, at):
    """Forget where this person's money goes."""
    stop_if(permissions.NOT_YOURS if by.pk != person.pk else None)
    payee = _drop(person, at)
    if payee:
        record.note(what="payments.payee.dropped", subject=payee, by=by, at=at)
    return payee


def _drop(person, at):
    """End the current Payee and blank what it held; None when there is none."""
    payee = Payee.objects.select_for_update().filter(person=person, replaced_at=None).first()
    if payee:
        payee.replaced_at, payee.sealed, payee.name, payee.last_figures = at, b"", "", ""
        payee.save(update_fields=["replaced_at", "sealed", "name", "last_figures"])
    return payee


@transaction.atomic
def show_details(*, offer_id, by, at):
    """The whole account of one approved payment, once to each person who pays; every look is in the record."""
    offer, payment = _both(offer_id)
    stop_if(permissions.why_not_show_details(offer, payment, by=by))
    stop_if(permissions.why_not_show_again(payment, by=by))
    payee = _payee_of(offer.to)
    if payee is None:
        raise Refused(Refusal("no-payee", "There are no bank details yet.", "Ask the person to type them."))
    details = open_details(payee.sealed, person_id=payee.person_id, token=payee.token)
    _save(payment, shown_at=at, shown_by=by)
    _note("payments.payee.shown", payment, by, at)
    return details


@transaction.atomic
def erase_words(*, person, at):
    """Blank the payee and the words on holds of a person; amounts and days stay as long as money records must."""
    Payee.objects.filter(person=person).update(name="", last_figures="", sealed=b"")
    Payee.objects.filter(person=person, replaced_at=None).update(replaced_at=at)
    Payment.objects.filter(to=person).exclude(held_words="").update(held_words="erased")
    record.note(what="payments.words.erased", subject=person, at=at)
