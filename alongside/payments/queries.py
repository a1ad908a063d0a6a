"""Reads of payments. Money pages show who, how much, how and by when; never what the work was."""

from collections import Counter
from dataclasses import dataclass
from itertools import batched

from django.db.models import Count, F, Min, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from alongside import append_only
from alongside.calculations.money import pounds
from alongside.contributions import queries as contributions
from alongside.contributions.states import MoneyState
from alongside.design.states import NEEDS, WAITS, Line, day_words
from alongside.initiatives import queries as initiatives
from alongside.ledger import queries as ledger
from alongside.ledger.states import Entry, EntryKind, Happening
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees import queries as payees
from alongside.payments.models import Freeze, Payment
from alongside.payments.permissions import MONEY
from alongside.payments.policies import about_in_book, account_is_looked_at, days_to_pay, next_step, sides
from alongside.payments.states import GONE, IN_CASH, READY, Effect, Means, Next, Payable, PaymentState

TRIGGERS = {"payment_forward", "payment_stays", "freeze_stands", "freeze_stays"}
AT = "offer__initiative"
AT_ONCE = 500
_OF_PAYABLE = ("part", "organisation", "to__shown_name", "approved_by", "pence", "back_at")  # a payment is a wide row


@dataclass(frozen=True)
class Claim:
    """One part of an offer's money as the money pages show it. payment is None while nobody has looked at it."""

    part: object
    payment: object
    state: str
    next: Next
    due: object
    late: bool
    past: bool  # the day of the next step is over
    freeze: object

    @property
    def offer(self):
        return self.part.offer

    @property
    def turn(self):
        return self.next.whose

    @property
    def state_words(self):
        return PaymentState(self.state).label

    @property
    def next_words(self):
        """Whose turn it is, what they do and by when, as a sentence; of what arrived, when."""
        if self.state == PaymentState.PAID:
            return f"It came on {day_words(self.payment.arrived_on)}."
        return f"Next: {self.next.whose} {self.next.what}{self._by}."

    @property
    def _by(self):
        """By when; of a day that is over, that it was to be by then. A late promise is said by itself."""
        if self.late and self.next.by == self.due:
            return ""
        return f". That was to be by {day_words(self.next.by)}" if self.past else f", by {day_words(self.next.by)}"

    @property
    def pence(self):
        """What is to be paid: as approved, else as the person takes it now."""
        return self.payment.pence if self.state in (*READY, *GONE) else self.part.pence

    @property
    def line(self):
        """Where this money is, in one line without a word of what it is for: for a page, a text or a phone call."""
        late = f" It is late: it was promised by {day_words(self.due)}." if self.late else ""
        return f"{pounds(self.pence)} (number {self.part.pk}): {self.state_words.lower()}. {self.next_words}{late}"


def claim(part, on):
    """The Claim of one part of money."""
    return claims([part], on)[0]


def claims(parts, on):
    """The Claims of these parts, in their order, in four queries more, or five where something is on its way.

    on: today, to say what is late.
    """
    parts = list(parts)
    people = {part.offer.to_id for part in parts}
    if not parts:
        return []
    payments = {p.part_id: p for p in _payments().filter(part__in=[part.pk for part in parts])}
    current, waiting = payees.current_of(people), payees.waiting_among(people)
    frozen, off = freezes({part.offer.initiative.organisation_id for part in parts}), _days_off(payments.values())
    return [
        _claim(part, payments.get(part.pk), on, frozen, off, current.get(part.offer.to_id), part.offer.to_id in waiting)
        for part in parts
    ]


def _days_off(payments):
    """{organisation's key: days off from the first sending on} of those of these payments that are on their way."""
    away = [payment for payment in payments if payment.state == PaymentState.SENT]
    first = min((payment.sent_on for payment in away), default=None)
    return ledger.days_off_from({payment.organisation_id for payment in away}, first) if away else {}


def _payments():
    return Payment.objects.select_related("to", "approved_by", "sent_by", "held_by", "fund", "line", "witness")


def _claim(part, payment, on, frozen, off, payee, waiting):
    state = PaymentState(payment.state) if payment else PaymentState.DUE
    due = contributions.due_day_of(part)
    freeze = None if state in GONE else freeze_over(part, payment, frozen)
    off = off.get(part.offer.initiative.organisation_id, ())
    step = next_step(part, payment, due=due, on=on, payee=payee, waiting=waiting, freeze=freeze, off=off)
    return Claim(part, payment, state, step, due, state not in GONE and due < on, step.by < on, freeze)


# --- who sees what ---


def parts_of_money(person, *kinds):
    """Parts of money whose initiative or organisation asked the person to approve or pay; newest promise first."""
    found = contributions.worked_in(initiatives.asked_to(person, kinds or MONEY, AT))
    return found.select_related("offer__fund_line__fund")


def owed_to_see(person):
    """Parts of money on their way that the person helps to pay; soonest promise first."""
    owed = contributions.for_a_table(parts_of_money(person).exclude(money=MoneyState.ARRIVED))
    return owed.order_by("offer__promised_on", "offer__pk", "place")


def paid_to_see(person):
    """The last fifty parts that arrived, of those that the person helps to pay."""
    return contributions.for_a_table(parts_of_money(person).filter(money=MoneyState.ARRIVED))[:50]


def handles_money(person):
    """Organisations or initiatives ask the person to approve or pay: whether any does."""
    return initiatives.is_asked(person, MONEY)


def books_of(person):
    """Organisations whose money the person approves or pays."""
    return organisations.organisations_where(person, *MONEY)


def parts_to(person):
    """Parts of money to the person whose work is done; newest promise first."""
    return contributions.worked_in(Q(offer__to=person)).select_related("offer__fund_line__fund")


def payment_of(part):
    """The Payment of a part; None while nobody has looked at it."""
    return _payments().filter(part=part).first()


def payment(pk):
    """One Payment by key with its people, fund and line; None when there is none."""
    return _payments().filter(pk=pk).first()


def witness_words(payment):
    """What the witness of a payment says of it, as a sentence; "" where nobody is named as one."""
    if payment is None or payment.witness_id is None:
        return ""
    about = f"receipt:{payment.part_id}"
    return ledger.seen([about]).get(about, "")


def payments_where(which):
    """Payments under a condition, with their people, fund and line, by number."""
    return _payments().filter(which).order_by("pk")


def payments_in(run_about):
    """The Payments of a run, by number."""
    return _payments().filter(run_about=run_about).order_by("pk")


def run_pk(payment):
    """The key of the run that a payment leaves or left with, as text; "" when it is in none, or None."""
    return payment.run_about.removeprefix("run:") if payment else ""


def payable(organisation, on):
    """Approved bank payments of an organisation that may leave on a day and are in no run: Payables, by name.

    The pay day has come, there is an account that nobody doubts, and nothing is frozen. Of each payment only what a run
    asks is at hand.
    """
    frozen = {freeze.fund_id for freeze in freezes({organisation.pk})}
    if None in frozen:
        return []
    ready = Payment.objects.filter(organisation=organisation, state__in=READY, means=Means.BANK, run_about="")
    ready = ready.filter(Q(part__from_on=None) | Q(part__from_on__lte=on)).exclude(fund__in=frozen)
    rows = ready.select_related("to").only(*_OF_PAYABLE).order_by("to__shown_name", "pk")
    return [each for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE) for each in _payables(some)]


def _payables(rows):
    """Payables of those of these Payments that have an account which nobody doubts."""
    people = {row.to_id for row in rows}
    current, waiting = payees.current_of(people), payees.waiting_among(people)
    return [
        Payable(row, payee.name, payee.last_figures, payee.confirmed_at, row.pence)
        for row in rows
        if (payee := current.get(row.to_id)) and row.to_id not in waiting and account_is_looked_at(row, payee)
    ]  # fmt: skip


# --- freezes ---


def freezes(organisations):
    """The Freezes that hold now in these organisations, with who made each."""
    rows = Freeze.objects.filter(organisation__in=organisations, lifted_at=None).select_related("by", "fund")
    return list(rows.order_by("pk"))


def freeze_over(part, payment, frozen):
    """The Freeze among these that holds a part of money: of its organisation, or of the fund that pays; or None."""
    line = part.offer.fund_line
    fund = payment.fund_id if payment and payment.fund_id else line and line.fund_id
    place = part.offer.initiative.organisation_id
    return next((f for f in frozen if f.organisation_id == place and f.fund_id in (None, fund)), None)


def freeze_of(part, payment):
    """The Freeze that holds a part of money now, or None."""
    return freeze_over(part, payment, freezes({part.offer.initiative.organisation_id}))


def freezes_seen_by(person):
    """Freezes of the organisations whose money the person approves or pays, those that hold first, then newest."""
    books = books_of(person).order_by().values("pk")
    rows = Freeze.objects.filter(organisation__in=books).select_related("organisation", "fund", "by", "lifted_by")
    return rows.order_by(F("lifted_at").desc(nulls_first=True), "-pk")


def freeze_on(part, fund):
    """The Freeze that keeps a part waiting when it is paid from this fund, or None."""
    frozen = freezes({part.offer.initiative.organisation_id})
    return next((freeze for freeze in frozen if freeze.fund_id in (None, fund.pk)), None)


def leaving(found):
    """{part pk: what the rules ask about a payment that is to leave}: its account, what waits, and what is frozen.

    found: (part, Payment) of each.
    """
    people = {part.offer.to_id for part, _ in found}
    frozen = freezes({part.offer.initiative.organisation_id for part, _ in found})
    current, waiting, asked = payees.current_of(people), payees.waiting_among(people), {}
    return {
        part.pk: {
            "payee": current.get(part.offer.to_id), "waiting": part.offer.to_id in waiting, "asked": asked,
            "freeze": freeze_over(part, payment, frozen),
        }
        for part, payment in found
    }  # fmt: skip


def frozen_parts(organisation, fund=None):
    """Parts of money that a freeze of the organisation, or of one of its funds, keeps waiting; soonest promise first."""
    owed = contributions.worked_in(Q(offer__initiative__organisation=organisation)).exclude(
        money__in=[MoneyState.SENT, MoneyState.ARRIVED]
    )
    if fund is not None:
        of_fund = Payment.objects.filter(fund=fund).values("part")
        unseen = Q(offer__fund_line__fund=fund) & ~Q(pk__in=Payment.objects.exclude(fund=None).values("part"))
        owed = owed.filter(Q(pk__in=of_fund) | unseen)
    return owed.order_by("offer__promised_on", "offer__pk", "place")


def effect_of_freeze(organisation, fund=None):
    """Whom a freeze would keep waiting: an Effect."""
    found = (
        frozen_parts(organisation, fund)
        .order_by()
        .aggregate(people=Count("offer__to", distinct=True), payments=Count("pk"), pence=Sum("pence"))
    )
    return Effect(found["people"], found["payments"], found["pence"] or 0)


# --- pages of other rooms ---


def today(person, on):
    """Lines of the today page: what waits for an approver or a payer, and details that are missing."""
    if person is None:
        return []
    lines = [
        Line(f"{count} {'payment' if count == 1 else 'payments'} {words}", reverse("payments:due"), NEEDS, first)
        for words, count, first in _waiting_for(person, on)
    ]
    return lines + _looked_at_again(person, on) + _own_account(person)


def _looked_at_again(person, on):
    """A line for each payment on hold and each freeze that this person said they would look at again by now.

    Once that day is over, a freeze stands before everybody who approves or pays there. In one query.
    """
    if not initiatives.is_asked(person, [*MONEY, DutyKind.LEAD]):
        return []
    held = Payment.objects.filter(state=PaymentState.HELD, held_by=person, held_until__lte=on).exclude(to=person)
    frozen = Freeze.objects.filter(lifted_at=None, organisation__in=books_of(person).order_by().values("pk"))
    frozen = frozen.filter(Q(by=person, until=on) | Q(until__lt=on))
    held = held.order_by().values_list("held_until", "pk", Value(""))
    return [
        _again(*row)
        for row in sorted(
            held.union(frozen.values_list("until", "pk", Coalesce("fund__name", "organisation__name")), all=True)
        )
    ]


def _again(until, pk, frozen):
    """The Line of a payment on hold, or of a freeze. frozen: of what, or ""."""
    if frozen:
        return Line(f"Money of {frozen} is frozen. Look at it again", reverse("payments:freezes"), NEEDS, until)
    url = reverse("payments:claim", args=[pk])
    return Line(f"Payment {pk} is on hold. Look at it again", url, NEEDS, until)


def _own_account(person):
    """A line when money comes by bank and the account is missing, or the bank sent something back to it."""
    confirmed_at, waits = payees.confirmed_and_waiting(person)
    url = reverse("payees:payee")
    if confirmed_at is None:
        asks = not waits and contributions.wants_by_bank(person)
        return [Line("Where shall your money go? We need your bank details", url, NEEDS)] if asks else []
    back = Payment.objects.filter(to=person, state=PaymentState.BACK, back_ours=False).select_related("organisation")
    last = back.order_by("-back_at", "-pk").first()
    if last and last.back_at >= confirmed_at:
        since = organisations.local_day(last.organisation, last.back_at)
        return [Line("The bank sent your money back. Look at your bank details", url, NEEDS, since)]
    return []


def _waiting_for(person, on):
    """(what to do, how many payments, the first promised day) of what this person may approve, then send."""
    if not handles_money(person):
        return []
    to_approve = initiatives.asked_to(person, [DutyKind.APPROVER], AT) & Q(money=MoneyState.NOT_YET)
    waiting = contributions.worked_in(to_approve).exclude(offer__to=person).order_by()
    found = waiting.aggregate(count=Count("pk"), first=Min("offer__promised_on"))
    lines = [("to approve", found["count"], found["first"])] if found["count"] else []
    due = _to_send(person, on)
    return [*lines, ("to send", len(due), min(due))] if due else lines


def _to_send(person, on):
    """The promised day of each payment that this person may send today by itself.

    Its day has come, nothing is frozen, it is in no run, and it does not wait for the person whose money it is.
    """
    ready = Payment.objects.filter(
        initiatives.asked_to(person, [DutyKind.PAYER], "part__offer__initiative"), state__in=READY, run_about=""
    )
    ready = ready.filter(Q(part__from_on=None) | Q(part__from_on__lte=on)).exclude(Q(to=person) | Q(approved_by=person))
    rows = list(
        ready.order_by("pk").values_list(
            "to_id", "organisation_id", "fund_id", "means", "back_at", "back_ours", "part__from_on",
            "part__offer__promised_on", named=True,
        )
    )  # fmt: skip
    if not rows:
        return []
    people, frozen = {row.to_id for row in rows}, freezes({row.organisation_id for row in rows})
    stopped = {(freeze.organisation_id, freeze.fund_id) for freeze in frozen}
    current, waiting = payees.current_of(people), payees.waiting_among(people)
    return [
        max(row.part__offer__promised_on, row.part__from_on or row.part__offer__promised_on)
        for row in rows
        if not stopped & {(row.organisation_id, None), (row.organisation_id, row.fund_id)}
        and (row.means != Means.BANK or _has_account(row, current.get(row.to_id), waiting))
    ]


def _has_account(row, payee, waiting):
    return payee is not None and row.to_id not in waiting and account_is_looked_at(row, payee)


def where_is_my_money(person, on, parts=None):
    """One Line for each sum that is on its way to the person or came: the thread says whose turn and by when.

    parts: some of their Parts, where not all are wanted.
    """
    parts = parts_to(person) if parts is None else parts
    return [
        Line(
            f"{pounds(part.pence)} for: {part.offer.task}",
            reverse("payments:my_payment", args=[part.pk]), WAITS,
            None if part.sent_on else contributions.due_day_of(part),
            contributions.thread_of(part.offer, viewer=person, on=on, parts=[part]),
        )
        for part in parts
    ]  # fmt: skip


def money_lines(person, on, parts=None):
    """Where each sum is that has not arrived, one sentence each, soonest first: for a text or a phone call.

    Nothing says what the work was: a phone shows it to whoever holds the phone. parts: their Parts, where they were read.
    """
    parts = parts_to(person) if parts is None else parts
    owed = [part for part in parts if part.money != MoneyState.ARRIVED]
    owed.sort(key=lambda part: (part.offer.promised_on, part.offer_id, part.place))
    return [claim.line for claim in claims(owed, on)]


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    rows = Payment.objects.filter(to=person).order_by("pk")
    return {
        "payments": [
            {
                "number": row.part_id, "pence": row.pence, "by": row.get_means_display(),
                "state": row.get_state_display(), "sent_on": row.sent_on, "arrived_on": row.arrived_on,
                "reference": row.reference, "receipt": row.get_receipt_display(), "on_hold_because": row.held_words,
                "bank_said": row.back_words,
            }
            for row in rows
        ]
    }  # fmt: skip


def figures(organisation, from_day, to_day, on=None):
    """What was paid for work from a day up to, not including, another; for the yearly page.

    paid: payments, pence, and people; days from the work, or from a later claim of costs, to the day it was sent (up to 15, 16 to 30, over 30, and the
    median); overdue: promised before `on` (default to_day) and not sent.
    """
    paid = Payment.objects.filter(
        organisation=organisation, state__in=GONE, part__offer__done_on__gte=from_day, part__offer__done_on__lt=to_day
    )
    found = paid.aggregate(paid=Count("pk"), pence=Sum("pence"), people=Count("to", distinct=True))
    found_days = paid.values_list("sent_on", *(f"part__offer__{name}" for name in ("done_on", "costs_only", "done_at")))
    spans = [
        (sent - (max(done, organisations.local_day(organisation, said_at)) if costs else done)).days
        for sent, done, costs, said_at in found_days.order_by("pk")
    ]
    on = on or to_day
    owed = contributions.worked_in(Q(offer__initiative__organisation=organisation)).filter(sent_on=None)
    overdue = owed.filter(offer__done_on__gte=from_day, offer__done_on__lt=to_day, offer__promised_on__lt=on)
    late = overdue.filter(Q(from_on=None) | Q(from_on__lt=on)).count()
    return found | {"pence": found["pence"] or 0, "overdue": late} | days_to_pay(spans)


def happening(kind, payment, from_drawer):
    """The Happening of one payment. What leaves once for each try is keyed by the try."""
    about = about_in_book(payment)
    once = kind in (EntryKind.PAID, EntryKind.RETURNED)
    count = payment.times if once else ledger.happenings(about, kind).count() + 1
    from_box = kind == EntryKind.PAID and payment.means in IN_CASH and ledger.has_float(payment.fund)
    gains, gives = sides(kind, payment.means, from_box=from_box, from_drawer=from_drawer)
    fund, line, pence = payment.fund, payment.line, payment.pence
    entries = [Entry(fund, gains, pence, line), Entry(fund, gives, -pence, line)]
    return Happening(payment.organisation, f"{kind.lower()}:{about}:{count}", kind, about, entries)


# --- for `alongside verify` ---


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well."""
    return [
        *ledger.invariants(),
        *_paid_otherwise(),
        *_one_hand(),
        *_unlike_parts(),
        *append_only.missing(others=TRIGGERS),
    ]


def _paid_otherwise():
    """Payments that the book does not call paid exactly as often as they left and did not come back."""
    paid, back = Counter(ledger.abouts(EntryKind.PAID)), Counter(ledger.abouts(EntryKind.RETURNED))
    for pk, state in Payment.objects.order_by("pk").values_list("pk", "state"):
        about = f"payment:{pk}"
        times = paid[about] - back[about]
        if times > 1:
            yield f"Payment {pk} stands in the book as paid {times} times."
        if times == 0 and state in GONE:
            yield f"Payment {pk} was sent, and the book does not say so."
        if times > 0 and state not in GONE:
            yield f"Payment {pk} stands in the book as paid, and was not sent."


def _one_hand():
    same = Q(approved_by=F("to")) | Q(sent_by=F("to")) | Q(sent_by=F("approved_by"))
    for pk in Payment.objects.filter(same).order_by("pk").values_list("pk", flat=True):
        yield f"Payment {pk} was claimed, approved or sent by the same person."


def _unlike_parts():
    unlike = Payment.objects.filter(state__in=GONE).exclude(pence=F("part__pence"))
    for pk in unlike.order_by("pk").values_list("pk", flat=True):
        yield f"Payment {pk} is not the sum that the person said yes to."
