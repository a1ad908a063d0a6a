"""How money moves: due, approved, sent, arrived; held on the way, or back from the bank. Each move is in the book at once.

Rows are always locked in one order (offer, part, payment) before anything is noted, so that two moves never wait for
each other. Accounts are opened here only.
"""

from collections import defaultdict
from itertools import batched

from django.db import transaction
from django.urls import reverse

from alongside.calculations.money import pounds
from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import MoneyState
from alongside.ledger import operations as ledger
from alongside.ledger import queries as funds
from alongside.ledger.states import EntryKind, SeenKind
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees import operations as accounts
from alongside.payees import queries as payees
from alongside.payments import permissions, queries
from alongside.payments.models import Freeze, Payment
from alongside.payments.policies import about_in_book
from alongside.payments.states import GONE, IN_THE_HAND, PaymentState, Receipt
from alongside.people import operations as people
from alongside.people.states import TellBy, Telling
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

BACK_THEIRS = "The bank sent your money back. It is still yours. Please look at your bank details."
BACK_OURS = (
    "The bank did not carry out our payment to you. It is still yours, and we send it again. You need do nothing."
)
ON_THE_PHONE = (TellBy.PHONE, TellBy.LETTER)
ON_ITS_WAY = "Money is on its way to you."
AT_A_STEP = 100


def _note(what, payment, by, at, **facts):
    record.note(what=what, subject=payment, by=by, at=at, organisation_id=payment.organisation_id, **facts)


def _both(part_id):
    """(part with its offer, its Payment or None), all locked."""
    return _pairs([part_id])[0]


def _pairs(part_ids):
    """(part with its offer, its Payment or None) of each of these parts, all locked, in the one order."""
    parts = contributions.lock_parts(part_ids=part_ids)
    rows = Payment.objects.select_for_update(of=("self",)).select_related("organisation", "to", "fund", "line")
    found = {row.part_id: row for row in rows.filter(part__in=part_ids).order_by("pk")}
    return [(part, found.get(part.pk)) for part in parts]


def _made(part, at):
    """The one Payment of a part, as due."""
    offer = part.offer
    return Payment.objects.create(
        part=part, organisation=offer.initiative.organisation, to=offer.to, pence=part.pence, means=offer.method,
        made_at=at,
    )  # fmt: skip


def _save(*payments, **fields):
    """Save the same new fields of all these Payments."""
    for payment in payments:
        for name, value in fields.items():
            setattr(payment, name, value)
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(**fields)


def _today(part, at):
    return organisations.local_day(part.offer.initiative.organisation, at)


# --- the way of a payment ---


@transaction.atomic
def approve(*, part_id, by, at, fund_id=None, line_id=None):
    """Approve one part of the money of an offer whose work is done; from now on it is owed and its amount stands.

    It is paid from the line that the offer names; else from line_id, or fund_id for a fund without lines, or the only
    fund there is. Raises Refused when a rule stands in the way.
    """
    part, payment = _both(part_id)
    fund, line = _source(part.offer, fund_id, line_id, at)
    facts = {"payee": payees.payee_of(part.offer.to), "freeze": queries.freeze_on(part, fund)}
    stop_if(permissions.why_not_approve(part, payment, by=by, **facts))
    payment = payment or _made(part, at)
    _save(
        payment, state=PaymentState.APPROVED, fund=fund, line=line, pence=part.pence, means=part.offer.method,
        approved_by=by, approved_at=at,
    )  # fmt: skip
    _promise(part.offer, payment, payment.pence, by, at)
    _write(EntryKind.OWED, payment, by=by, at=at)
    _settle([part], MoneyState.APPROVED, at, on=_today(part, at))
    _note("payments.payment.approved", payment, by, at, pence=payment.pence)
    return payment


@transaction.atomic
def send(*, part_id, on, by, at, reference="", receipt=Receipt.SIGNED, witness=None, batch_id=None):
    """Say that an approved payment left on a day. What is handed over (cash, voucher) has arrived with that.

    reference: of the bank or the slip. Of what is handed over: receipt, a Receipt, and the witness who saw it; cash
    comes out of the fund's box where it has one; batch_id: vouchers of the drawer, else one is bought for this.
    Raises Refused when a rule stands in the way; then nothing has moved.
    """
    part, payment = _both(part_id)
    stop_if(permissions.why_not_send(part, payment, by=by, on=on, **queries.leaving([(part, payment)])[part.pk]))
    in_the_hand = payment.means in IN_THE_HAND
    if in_the_hand:
        stop_if(permissions.why_not_hand_over(payment, by=by, receipt=receipt, witness=witness))
    stop_if(_why_not_day(part, on, at, earliest=part.offer.done_on))
    if batch_id:
        ledger.hand_out(
            batch_id=batch_id, fund=payment.fund, pence=payment.pence, about=about_in_book(payment), by=by, at=at
        )
    _send([(part, payment)], on, by, at, reference=reference, from_drawer=bool(batch_id), **(
        {"receipt": receipt, "witness": witness if receipt == Receipt.WITNESSED else None} if in_the_hand else {}
    ))  # fmt: skip
    _note("payments.payment.sent", payment, by, at, pence=payment.pence)
    if in_the_hand:
        _arrive([(part, payment)], on, by, at)
        _name_witness(payment, by, at)
    else:
        _tell([(part, payment)], ON_ITS_WAY, by, at)
    return payment


def _name_witness(payment, by, at):
    """Tell who is said to have seen it, so that they can say whether that is so."""
    if payment.witness:
        ledger.name_second(
            organisation=payment.organisation, about=f"receipt:{payment.part_id}", kind=SeenKind.HANDED,
            pence=payment.pence, of=f"payment {payment.part_id}", on=payment.sent_on,
            person=payment.witness, by=by, at=at,
        )  # fmt: skip


def _send(found, on, by, at, *, reference="", references=None, from_drawer=False, **receipt):
    """Let these leave on a day. references: {payment pk: its own reference}, where it has one."""
    rows = [payment for _, payment in found]
    _save(*rows, state=PaymentState.SENT, sent_by=by, sent_at=at, sent_on=on, reference=reference.strip(), **receipt)
    if references:
        for row in rows:
            row.reference = references.get(row.pk, reference).strip()
        Payment.objects.bulk_update(rows, ["reference"])
    _write(EntryKind.PAID, *rows, by=by, at=at, from_drawer=from_drawer)
    _settle([part for part, _ in found], MoneyState.SENT, at, on=on)


@transaction.atomic
def arrive(*, part_id, on, by, at):
    """Say that the money arrived on a day: the person, or who pays from the bank's statement. The end of the way."""
    part, payment = _both(part_id)
    stop_if(permissions.why_not_arrive(part, payment, by=by))
    stop_if(_why_not_day(part, on, at, earliest=payment.sent_on))
    _arrive([(part, payment)], on, by, at)
    _note("payments.payment.arrived", payment, by, at)
    return payment


def _arrive(found, on, by, at):
    _save(*(payment for _, payment in found), state=PaymentState.PAID, arrived_on=on, arrived_at=at, arrived_by=by)
    _settle([part for part, _ in found], MoneyState.ARRIVED, at, on=on)


def _why_not_day(part, on, at, *, earliest):
    """A day that has come, and not before the step before it."""
    if on > _today(part, at):
        return Refusal("future", "That day has not come yet.", "Write the day on which it was so.")
    if on < earliest:
        return Refusal("too-early", "That day is before the step before it.", "Look at the day again.")
    return None


@transaction.atomic
def came_back(*, payment, words, by, at, ours=False, **said):
    """The bank sent the money back: it is owed again, the lead and the person are told. words: what the bank said.

    ours: the fault lies with our file or our account. The approval stands. It leaves again once the person has looked
    at their account; at once when the fault was ours. said: run_about and told_by_bank, see `why_not_come_back`.
    Returns the Payment.
    """
    part, payment = _both(payment.part_id)
    stop_if(permissions.why_not_come_back(part, payment, by=by, words=words, **said))
    _write(EntryKind.RETURNED, payment, by=by, at=at)
    _save(
        payment, state=PaymentState.BACK, times=payment.times + 1, back_at=at, back_words=words.strip()[:300],
        back_ours=ours,
        run_about="", sent_by=None, sent_at=None, sent_on=None, arrived_on=None, arrived_at=None, arrived_by=None,
        shown_at=None, shown_by=None,
    )  # fmt: skip
    approved_on = organisations.local_day(payment.organisation, payment.approved_at)
    _settle([part], MoneyState.APPROVED, at, on=approved_on, back_at=None if ours else at)
    _note("payments.payment.came_back", payment, by, at, pence=payment.pence, times=payment.times)
    _tell([(part, payment)], BACK_OURS if ours else BACK_THEIRS, by, at)
    _tell_who_leads(part, payment, by, at)
    return payment


def _tell_who_leads(part, payment, by, at):
    """Who leads reads whose money it is and what the bank said, and opens the offer."""
    name, about = payment.to.shown_name, f"{about_in_book(payment)}:back:{payment.times}"
    words = (
        f"Money to {name} did not go through: {pounds(payment.pence)}, payment {part.pk}. {payment.back_words} "
        f"{name} was told."
    )
    url = reverse("contributions:offer", args=[part.offer_id])
    for duty in organisations.duty_holders(payment.organisation, DutyKind.LEAD):
        people.tell(to=duty.person, about=about, words=words, url=url, by=by, at=at)


@transaction.atomic
def hold(*, part_id, words, by, at, until=None):
    """Put a payment on hold before it is sent. words: why, for the person to read. What is owed stays owed.

    until: the day by which it is looked at again; without it, as many working days from now as are promised. The
    person themselves may ask for it to wait. Released, it is approved anew.
    """
    part, payment = _both(part_id)
    today = _today(part, at)
    stop_if(permissions.why_not_hold(part, payment, by=by, words=words, until=until, on=today))
    payment = payment or _made(part, at)
    until = until or funds.promised_day(payment.organisation, today)
    _save(payment, state=PaymentState.HELD, held_by=by, held_at=at, held_words=words.strip(), held_until=until)
    _settle([part], MoneyState.HELD, at, held_words=payment.held_words, held_by=by)
    _note("payments.payment.held", payment, by, at)
    if by.pk != payment.to_id:
        _tell([(part, payment)], "Your money is on hold. The page says who did this and why.", by, at)
    return payment


@transaction.atomic
def release(*, part_id, by, at):
    """Let a payment go on. It is due again, its approval is taken back in the book, and the person may change it."""
    part, payment = _both(part_id)
    stop_if(permissions.why_not_release(part, payment, by=by))
    if payment.approved_by_id:
        _write(EntryKind.BACK, payment, by=by, at=at)
        _promise(part.offer, payment, 0, by, at)
    _save(
        payment, state=PaymentState.DUE, fund=None, line=None, approved_by=None, approved_at=None, held_by=None,
        held_at=None, held_words="", held_until=None,
    )  # fmt: skip
    _settle([part], MoneyState.NOT_YET, at)
    _note("payments.payment.released", payment, by, at)
    return payment


def _settle(parts, money, at, **facts):
    contributions.settle_parts(parts=parts, money=money, at=at, **facts)


def _tell(found, words, by, at):
    """Tell each person by their own channel. On the phone list and the letter list the whole line stands with it.

    A mail says less: the amount and the reason stand on the page. found: (part, Payment) of each.
    """
    lines = _lines([part for part, payment in found if payment.to.tell_by in ON_THE_PHONE], at)
    url, second = reverse("payments:mine"), int(at.timestamp())
    tellings = [
        Telling(payment.to, f"{about_in_book(payment)}:{payment.state}:{second}", words + lines.get(part.pk, ""), url)
        for part, payment in found
    ]
    people.tell_many(tellings=tellings, by=by, at=at)


def _lines(parts, at):
    """{part pk: where its money is, as a sentence to add}."""
    days = defaultdict(list)
    for part in parts:
        days[_today(part, at)].append(part)
    return {claim.part.pk: f" {claim.line}" for day, some in days.items() for claim in queries.claims(some, day)}


@transaction.atomic
def tell_where(*, part_id, by, at):
    """Tell the person by their own channel where their money is: for who has no login, or has waited. Returns the way."""
    part, payment = _both(part_id)
    stop_if(permissions.why_not_tell(part, by=by))
    on = _today(part, at)
    words = "You can see where your money is, and by when it comes."
    if part.offer.to.tell_by in ON_THE_PHONE:
        words = " ".join(queries.money_lines(part.offer.to, on))
    about = f"money:{part.offer.to_id}:{int(at.timestamp())}"
    way = people.tell(to=part.offer.to, about=about, words=words[:1000], url=reverse("payments:mine"), by=by, at=at)
    here = part.offer.initiative.organisation_id
    record.note(what="payments.person.told", subject=part.offer.to, by=by, at=at, organisation_id=here)
    return way


# --- the book ---


def _write(kind, *payments, by, at, from_drawer=False):
    """One transaction of the book for each payment, on its fund and line."""
    happenings = [queries.happening(kind, payment, from_drawer) for payment in payments]
    ledger.write_many(happenings=happenings, by=by, at=at)


def _promise(offer, payment, pence, by, at):
    """What is promised for a payment: by its offer where that names a line, else by the payment itself."""
    if offer.fund_line_id is None:
        ledger.promise(line=payment.line, fund=payment.fund, about=about_in_book(payment), pence=pence, by=by, at=at)
    elif pence:
        ledger.promise(line=offer.fund_line, about=f"offer:{offer.pk}", pence=offer.accepted_pence, by=by, at=at)


def _source(offer, fund_id, line_id, at):
    """(Fund, FundLine or None) that pays for an offer; a first fund is opened when there is none."""
    if offer.fund_line_id:
        return offer.fund_line.fund, offer.fund_line
    organisation = offer.initiative.organisation
    if line_id:
        line = funds.line(line_id)
        fund = line.fund if line and line.fund.organisation_id == organisation.pk else None
    else:
        known, line = list(funds.funds_of(organisation)), None
        if fund_id is None and not known:
            return ledger.general_fund(organisation=organisation, at=at), None
        fund = next((f for f in known if f.pk == fund_id or (fund_id is None and len(known) == 1)), None)
    if fund is None:
        raise Refused(Refusal("no-fund", "Choose the fund that pays for this."))
    if line is None:
        line = _only_line(fund)
    if offer.done_on and not funds.is_open(fund, offer.done_on):
        raise Refused(Refusal("fund-closed", funds.window_words(fund, offer.done_on), "Choose another one."))
    return fund, line


def _only_line(fund):
    """The line of a fund that has one, and None where it has none. Raises Refused where one of several must be named."""
    line = funds.only_line(fund)
    if line is None and funds.has_lines(fund):
        raise Refused(Refusal("no-line", f"The fund {fund.name} has lines.", "Choose the line that pays for this."))
    return line


# --- accounts ---


@transaction.atomic
def show_details(*, part_id, by, at):
    """The whole account of one approved payment, once to each person who pays; every look is in the record."""
    part, payment = _both(part_id)
    stop_if(permissions.why_not_show_details(part, payment, by=by))
    stop_if(permissions.why_not_show_again(payment, by=by))
    _save(payment, shown_at=at, shown_by=by)
    _note("payments.payee.shown", payment, by, at)
    return _details(payment)


@transaction.atomic
def open_all_for_file(payments, *, run_about, by, at):
    """{payment pk: Details} of many payments in one run, for the bank's file; one line in the record says how many.

    payments: with their part, offer and initiative. Raises Refused, naming whose, for the first that may not be opened;
    then none is.
    """
    found = [(payment.part, payment) for payment in payments]
    facts = queries.leaving(found)
    for part, payment in found:
        _stop_if_of(part, permissions.why_not_open_for_file(part, payment, run_about, by=by, **facts[part.pk]))
    record.note(what="payments.payees.filed", by=by, at=at, payments=len(payments), run=run_about)
    current = payees.current_of({payment.to_id for payment in payments})
    if missing := next((payment for payment in payments if payment.to_id not in current), None):
        words = f"{missing.to.shown_name} has no bank details any more."
        raise Refused(Refusal("no-payee", words, "Take that payment out, and ask the person."))
    return {payment.pk: accounts.open_details(current[payment.to_id]) for payment in payments}


def _stop_if_of(part, refusal):
    """Raise Refused with the refusal of one part among many, naming whose money it is; nothing for None."""
    if refusal:
        words = f"{part.offer.to.shown_name}, payment {part.pk}: {refusal.words}"
        raise Refused(Refusal(refusal.code, words, refusal.help))


def _details(payment):
    payee = payees.payee_of(payment.to)
    if payee is None:
        raise Refused(Refusal("no-payee", "There are no bank details yet.", "Ask the person to type them."))
    return accounts.open_details(payee)


# --- runs ---


def _steps(payments):
    """(part, Payment) of each, all locked in one order, some at a time, so that memory stays small however many.

    Lines in the record come after the last of them: whoever writes one holds up all others who write one.
    """
    for part_ids in batched(offers.in_order(payment.part_id for payment in payments), AT_A_STEP):
        yield _pairs(part_ids)


@transaction.atomic
def take_into_run(*, payments, run_about, by, at, step=lambda: None):
    """Put approved bank payments into a run, such as run:5; all of them or none. Raises Refused for the first that may not.

    step: called once for each payment, for who watches.
    """
    taken = []
    for found in _steps(payments):
        facts = queries.leaving(found)
        for part, payment in found:
            _stop_if_of(part, permissions.why_not_run(part, payment, by=by, on=_today(part, at), **facts[part.pk]))
            step()
        _save(*(payment for _, payment in found), run_about=run_about)
        taken.append((None, None, {"payments": len(found), "run": run_about}))
    record.note_many(what="payments.run.taken", by=by, at=at, about=taken)


@transaction.atomic
def take_out_of_run(*, payments, run_about, by, at):
    """Take payments out of a run that has not left; they wait for another."""
    count, asked = 0, {}
    for found in _steps(payments):
        for part, payment in found:
            stop_if(permissions.why_not_take_out(part, payment, run_about, by=by, asked=asked))
        _save(*(payment for _, payment in found), run_about="")
        count += len(found)
    record.note(what="payments.run.taken_out", by=by, at=at, payments=count, run=run_about)


@transaction.atomic
def send_by_run(*, payments, run_about, sent_on, reference, by, at, references=None, step=lambda: None):
    """Say that the payments of a run left on a day; all of them or none. Sent already, a payment stays as it is.

    The bank has them, so nothing that came since they were put into its file stands in the way.

    references: {payment pk: what stands on the person's own statement}, where that differs from the run's reference.
    step: called once for each payment, for who watches.
    """
    sent, asked = [], {}
    for pairs in _steps(payments):
        found = [(part, payment) for part, payment in pairs if payment.state not in GONE]
        for part, payment in found:
            _stop_if_of(part, permissions.why_not_have_left(part, payment, run_about, by=by, asked=asked))
            stop_if(_why_not_day(part, sent_on, at, earliest=part.offer.done_on))
        _send(found, sent_on, by, at, reference=reference, references=references)
        _tell(found, ON_ITS_WAY, by, at)
        sent.append((None, None, {"payments": len(found), "pence": sum(payment.pence for _, payment in found)}))
        for _ in pairs:
            step()
    record.note_many(what="payments.run.sent", by=by, at=at, about=sent)


@transaction.atomic
def mark_arrived(*, payment, on, by, at):
    """Say from the bank's statement that a payment arrived on a day. One that arrived already stays as it is."""
    mark_many_arrived(days=[(payment, on)], by=by, at=at)
    return _both(payment.part_id)[1]


@transaction.atomic
def mark_many_arrived(*, days, by, at):
    """As `mark_arrived`, for many: all of them or none. days: (Payment, day on which it arrived) of each, at most once."""
    on, asked, arrived = {payment.part_id: day for payment, day in days}, {}, set()
    for pairs in _steps(payment for payment, _ in days):
        found = [(part, payment) for part, payment in pairs if payment.state != PaymentState.PAID]
        together = defaultdict(list)
        for part, payment in found:
            stop_if(permissions.why_not_arrive(part, payment, by=by, asked=asked))
            approved_on = organisations.local_day(payment.organisation, payment.approved_at)
            stop_if(_why_not_day(part, on[part.pk], at, earliest=min(approved_on, payment.sent_on)))
            together[on[part.pk]].append((part, payment))
        for day, some in together.items():
            _arrive(some, day, by, at)
        arrived |= {payment.pk for _, payment in found}
    lines = [(payment, payment.organisation_id, {}) for payment, _ in days if payment.pk in arrived]
    record.note_many(what="payments.payment.arrived", by=by, at=at, about=lines)


# --- freezes ---


@transaction.atomic
def freeze(*, organisation, words, until, by, at, fund=None):
    """Let nothing leave from a fund, or from the whole organisation, until it is lifted. What is owed stays owed.

    words: why, for the people who wait; until: the day by which it is looked at again. Each of them is told.
    """
    today = organisations.local_day(organisation, at)
    stop_if(permissions.why_not_freeze(organisation, by=by, words=words, until=until, on=today))
    if any(row.fund_id == (fund and fund.pk) for row in queries.freezes({organisation.pk})):
        raise Refused(Refusal("frozen", "This is frozen already.", "Look at it again."))
    effect = queries.effect_of_freeze(organisation, fund)
    row = Freeze.objects.create(
        organisation=organisation, fund=fund, words=words.strip(), until=until, at=at, by=by, people=effect.people,
        pence=effect.pence,
    )  # fmt: skip
    record.note(
        what="payments.freeze.made", subject=row, by=by, at=at, organisation_id=organisation.pk, people=effect.people,
        pence=effect.pence,
    )  # fmt: skip
    _tell_all(row, "Your money has to wait. The page says who decided this and why. It is still yours.", by, at)
    return row


@transaction.atomic
def lift(*, freeze_id, by, at):
    """Let money go on that was frozen. Everybody whose money still waits is told."""
    row = Freeze.objects.select_for_update(of=("self",)).select_related("organisation", "fund").get(pk=freeze_id)
    stop_if(permissions.why_not_freeze(row.organisation, by=by, words=row.words))
    if row.lifted_at:
        raise Refused(Refusal("state", "This was lifted already."))
    row.lifted_at, row.lifted_by = at, by
    row.save(update_fields=["lifted_at", "lifted_by"])
    record.note(what="payments.freeze.lifted", subject=row, by=by, at=at, organisation_id=row.organisation_id)
    _tell_all(row, "Your money goes on again.", by, at)
    return row


def _tell_all(row, words, by, at):
    waiting = {part.offer.to for part in queries.frozen_parts(row.organisation, row.fund)}
    about, url = f"freeze:{row.pk}:{'lifted' if row.lifted_at else 'made'}", reverse("payments:mine")
    in_order = sorted(waiting, key=lambda each: each.pk)
    people.tell_many(tellings=[Telling(person, about, words, url) for person in in_order], by=by, at=at)


@transaction.atomic
def erase_words(*, person, at):
    """Blank the words on holds and returns of a person; amounts and days stay as long as money records must."""
    theirs = Payment.objects.filter(to=person)
    theirs.exclude(held_words="").update(held_words="erased")
    theirs.exclude(back_words="").update(back_words="erased")
    record.note(what="payments.words.erased", subject=person, at=at)
