"""Reads of payments, payees and the book. Money pages show who, how much, how and by when; never what the work was."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse

from alongside.calculations.money import pounds
from alongside.contributions import queries as contributions
from alongside.contributions.states import MoneyState
from alongside.design.states import NEEDS, WAITS, Line, day_words
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payments.models import Fund, FundLine, LedgerEntry, LedgerTransaction, Payee, Payment
from alongside.payments.policies import days_to_pay
from alongside.payments.states import TURN, AccountKind, PaymentState

MONEY = (DutyKind.APPROVER, DutyKind.PAYER)
GONE = (PaymentState.SENT, PaymentState.PAID)
TRIGGERS = {
    "ledger_seal_even", "ledger_entry_open", "payment_forward", "payment_stays", "offer_stands", "offer_stays",
}  # fmt: skip
ONLY_GROW = ("ledger_transaction", "ledger_entry", "ledger_seal", "rate_card", "rate_line")


@dataclass(frozen=True)
class Claim:
    """The money of one offer as the money pages show it. payment is None while nobody has looked at it."""

    offer: object
    payment: object
    state: str
    turn: str
    due: object
    late: bool

    @property
    def state_words(self):
        return PaymentState(self.state).label

    @property
    def next_words(self):
        """Whose turn it is and by when, as a sentence; of what arrived, when."""
        if self.state == PaymentState.PAID:
            return f"It came on {day_words(self.payment.arrived_on)}."
        return (
            f"Next: {self.turn}."
            if self.state == PaymentState.SENT
            else f"Next: {self.turn}, by {day_words(self.due)}."
        )

    @property
    def pence(self):
        """What is to be paid: as approved, else as the person takes it now."""
        approved = self.state in (PaymentState.APPROVED, *GONE)
        return self.payment.pence if approved else self.offer.accepted_pence


def claim(offer, on):
    """The Claim of one offer."""
    return _claim(offer, payment_of(offer), on)


def claims(offers, on):
    """The Claims of these offers for a table, in their order, in one query more. on: today, to say what is late."""
    offers = list(offers)
    found = Payment.objects.filter(offer__in=[offer.pk for offer in offers]).only("offer", "state", "pence")
    payments = {payment.offer_id: payment for payment in found}
    return [_claim(offer, payments.get(offer.pk), on) for offer in offers]


def _claim(offer, payment, on):
    state = PaymentState(payment.state) if payment else PaymentState.DUE
    due = contributions.due_day(offer)
    return Claim(offer, payment, state, TURN[state], due, state not in GONE and due < on)


# --- who sees what ---


def offers_of_money(person, *kinds):
    """Offers with money whose initiative or organisation asked the person to approve or pay; newest promise first."""
    return contributions.worked_in(initiatives.asked_to(person, kinds or MONEY))


def owed_to_see(person):
    """Offers whose money is still on its way and that the person helps to pay, for a table; soonest promise first."""
    return contributions.for_a_table(contributions.owed_in(initiatives.asked_to(person, MONEY)))


def paid_to_see(person):
    """The last fifty payments that arrived, of those that the person helps to pay, for a table."""
    return contributions.for_a_table(offers_of_money(person).filter(money=MoneyState.ARRIVED))[:50]


def handles_money(person):
    """Organisations or initiatives ask the person to approve or pay: whether any does."""
    return initiatives.is_asked(person, MONEY)


def books_of(person):
    """Organisations whose book the person may read."""
    return organisations.organisations_where(person, *MONEY)


def offers_with_money_to(person):
    """Offers to the person that bring money and whose work is done; newest promise first."""
    done = contributions.offers_to(person).filter(done_on__isnull=False, accepted_pence__gt=0)
    return done.order_by("-promised_on", "-pk")


def payment_of(offer):
    """The Payment of an offer; None while nobody has looked at it."""
    return Payment.objects.filter(offer=offer).select_related("approved_by", "sent_by", "held_by", "fund").first()


def payee_of(person):
    """Where the person's money goes: their current Payee (locked details), or None."""
    return Payee.objects.filter(person=person, replaced_at=None).select_related("typed_by").first()


def funds_of(organisation):
    """Funds of an organisation, by name."""
    return Fund.objects.filter(organisation=organisation).order_by("name", "pk")


# --- the book ---


def sums(organisation):
    """What each account of each fund holds now, in whole pence: rows with fund, kind, pence; and a line that is zero."""
    rows = (
        LedgerEntry.objects.filter(account__fund__organisation=organisation)
        .values(name=F("account__fund__name"), kind=F("account__kind"))
        .annotate(pence=Sum("pence"))
        .order_by("name", "kind")
    )
    return [row | {"words": AccountKind(row["kind"]).label} for row in rows]


def fund_rows(organisation):
    """Each fund with what it has, promised and owed, paid, and left; in whole pence, by name."""
    has = dict(
        FundLine.objects.filter(fund__organisation=organisation)
        .values_list("fund")
        .annotate(Sum("pence"))
        .order_by("fund")
    )
    held = _by_fund(organisation)
    return [_fund_row(fund, has.get(fund.pk), held) for fund in funds_of(organisation)]


def _by_fund(organisation):
    rows = LedgerEntry.objects.filter(account__fund__organisation=organisation)
    found = rows.values_list("account__fund", "account__kind").annotate(pence=Sum("pence")).order_by()
    return {(fund, kind): pence for fund, kind, pence in found}


def _fund_row(fund, has, sums):
    taken = sums.get((fund.pk, AccountKind.FUND), 0)
    owed = -sums.get((fund.pk, AccountKind.OWED), 0)
    return {
        "fund": fund, "has": has, "owed": owed, "paid": taken - owed,
        "left": None if has is None else has - taken,
    }  # fmt: skip


def transactions_of(organisation):
    """The book, newest first: transactions with payment, its person and who wrote it."""
    return (
        LedgerTransaction.objects.filter(organisation=organisation)
        .select_related("payment__to", "payment__fund", "by")
        .order_by("-at", "-pk")
    )


def entries_of(transactions):
    """The entries of these transactions with their accounts, in the order in which they were written."""
    return (
        LedgerEntry.objects.filter(transaction__in=transactions).select_related("account").order_by("transaction", "pk")
    )


# --- pages of other rooms ---


def today(person, on):
    """Lines of the today page: what waits for an approver or a payer, and details that are missing."""
    if person is None:
        return []
    lines = [
        Line(f"{count} {'payment' if count == 1 else 'payments'} {words}", reverse("payments:due"), NEEDS, first)
        for words, count, first in _waiting_for(person)
    ]
    wants_bank = contributions.offers_to(person).filter(method="BANK", sent_on=None, accepted_pence__gt=0)
    if wants_bank.exists() and payee_of(person) is None:
        lines.append(Line("Where shall your money go? We need your bank details", reverse("payments:payee"), NEEDS))
    return lines


def _waiting_for(person):
    """(what to do, how many payments, the first promised day) of what this person may approve, then send."""
    if not handles_money(person):
        return []
    words = {MoneyState.NOT_YET: "to approve", MoneyState.APPROVED: "to send"}
    to_approve = initiatives.asked_to(person, [DutyKind.APPROVER]) & Q(money=MoneyState.NOT_YET)
    to_send = initiatives.asked_to(person, [DutyKind.PAYER]) & Q(money=MoneyState.APPROVED)
    waiting = contributions.worked_in(to_approve | to_send).exclude(to=person).order_by().values_list("money")
    found = {money: rest for money, *rest in waiting.annotate(Count("pk"), Min("promised_on"))}
    return [(words[state], *found[state]) for state in words if state in found]


def where_is_my_money(person, on):
    """One Line for each sum that is on its way to the person or came: the thread says whose turn and by when."""
    offers = offers_with_money_to(person)
    return [
        Line(
            f"{pounds(offer.accepted_pence)} for: {offer.task}",
            reverse("payments:my_payment", args=[offer.pk]), WAITS, None if offer.sent_on else contributions.due_day(offer),
            contributions.thread_of(offer, viewer=person, on=on),
        )
        for offer in offers
    ]  # fmt: skip


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    payee = payee_of(person)
    rows = Payment.objects.filter(to=person).order_by("pk")
    return {
        "payee": [{"name": payee.name, "account_ends_in": payee.last_figures, "since": payee.made_at}] if payee else [],
        "payments": [
            {
                "pence": row.pence, "by": row.get_means_display(), "state": row.get_state_display(),
                "sent_on": row.sent_on, "arrived_on": row.arrived_on, "reference": row.reference,
                "on_hold_because": row.held_words,
            }
            for row in rows
        ],
    }  # fmt: skip


def figures(organisation, from_day, to_day, on=None):
    """What was paid for work from a day up to, not including, another; for the yearly page.

    paid: payments, pence, and people; days from the work to the day it was sent (up to 15, 16 to 30, over 30, and the
    median); overdue: promised before `on` (default to_day) and not sent.
    """
    paid = Payment.objects.filter(
        organisation=organisation, state__in=GONE, offer__done_on__gte=from_day, offer__done_on__lt=to_day
    )
    found = paid.aggregate(paid=Count("pk"), pence=Sum("pence"), people=Count("to", distinct=True))
    spans = [(sent - done).days for sent, done in paid.values_list("sent_on", "offer__done_on").order_by("pk")]
    on = on or to_day
    own = contributions.owed_in_organisation(organisation).filter(promised_on__lt=on, sent_on=None)
    overdue = own.filter(done_on__gte=from_day, done_on__lt=to_day)
    late = overdue.filter(Q(pay_from=None) | Q(pay_from__lt=on)).count()
    return found | {"pence": found["pence"] or 0, "overdue": late} | days_to_pay(spans)


# --- for `alongside verify` ---


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well."""
    return [*_uneven(), *_paid_twice(), *_one_hand(), *_unlike_offers(), *_missing_triggers()]


def _uneven():
    sums = LedgerEntry.objects.values("transaction", "transaction__currency").annotate(pence=Sum("pence"))
    for row in sums.exclude(pence=0).order_by("transaction"):
        yield f"Transaction {row['transaction']} of the book is off by {row['pence']} hundredths of {row['transaction__currency']}."
    bare = LedgerTransaction.objects.exclude(pk__in=LedgerEntry.objects.values("transaction"))
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield f"Transaction {pk} of the book has no entries."


def _paid_twice():
    paid = LedgerTransaction.objects.filter(kind="PAID").values("payment").annotate(count=Count("pk"))
    for row in paid.filter(count__gt=1).order_by("payment"):
        yield f"Payment {row['payment']} stands in the book as paid {row['count']} times."
    gone = Payment.objects.filter(state__in=GONE)
    for pk in gone.exclude(pk__in=paid.values("payment")).order_by("pk").values_list("pk", flat=True):
        yield f"Payment {pk} was sent, and the book does not say so."
    for row in LedgerTransaction.objects.filter(kind="PAID").exclude(payment__state__in=GONE).order_by("pk"):
        yield f"Payment {row.payment_id} stands in the book as paid, and was not sent."


def _one_hand():
    same = Q(approved_by=F("to")) | Q(sent_by=F("to")) | Q(sent_by=F("approved_by"))
    for pk in Payment.objects.filter(same).order_by("pk").values_list("pk", flat=True):
        yield f"Payment {pk} was claimed, approved or sent by the same person."


def _unlike_offers():
    unlike = Payment.objects.filter(state__in=GONE).exclude(pence=F("offer__accepted_pence"))
    for pk in unlike.order_by("pk").values_list("pk", flat=True):
        yield f"Payment {pk} is not the sum that the person said yes to."


def _missing_triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
            wanted = TRIGGERS | {f"{table}_only_grows" for table in ONLY_GROW} | {"ledger_even_at_commit"}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = TRIGGERS | {f"{table}_no_{verb}" for table in ONLY_GROW for verb in ("update", "delete")}
        there = {name for (name,) in cursor.fetchall()}
    return [f"The guard {name} is missing from the database." for name in sorted(wanted - there)]
