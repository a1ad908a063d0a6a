"""Reads of payments, payees and the book. Money pages show who, how much, how and by when; never what the work was."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse

from alongside.calculations.money import pounds
from alongside.contributions import queries as contributions
from alongside.contributions.states import MoneyState
from alongside.design.states import NEEDS, WAITS, Line, day_words
from alongside.initiatives import queries as initiatives
from alongside.ledger import queries as ledger
from alongside.ledger.states import EntryKind
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payments.models import Payee, Payment
from alongside.payments.policies import days_to_pay
from alongside.payments.states import TURN, PaymentState

MONEY = (DutyKind.APPROVER, DutyKind.PAYER)
GONE = (PaymentState.SENT, PaymentState.PAID)
TRIGGERS = {"payment_forward", "payment_stays", "offer_stands", "offer_stays"}
ONLY_GROW = ("rate_card", "rate_line")


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
    return claims([offer], on)[0]


def claims(offers, on):
    """The Claims of these offers, in their order, in one query more. on: today, to say what is late."""
    offers = list(offers)
    found = Payment.objects.filter(offer__in=[offer.pk for offer in offers])
    payments = {p.offer_id: p for p in found.select_related("approved_by", "sent_by", "held_by", "fund")}
    return [_claim(offer, payments.get(offer.pk), on) for offer in offers]


def _claim(offer, payment, on):
    state = PaymentState(payment.state) if payment else PaymentState.DUE
    due = contributions.due_day(offer)
    return Claim(offer, payment, state, TURN[state], due, state not in GONE and due < on)


# --- who sees what ---


def offers_of_money(person, *kinds):
    """Offers with money whose initiative or organisation asked the person to approve or pay; newest promise first."""
    return contributions.offers_worked_in(initiatives.asked_to(person, kinds or MONEY))


def owed_to_see(person):
    """Offers whose money is still on its way and that the person helps to pay; soonest promise first."""
    return contributions.owed_in(initiatives.asked_to(person, MONEY))


def paid_to_see(person):
    """The last fifty payments that arrived, of those that the person helps to pay."""
    return offers_of_money(person).filter(money=MoneyState.ARRIVED)[:50]


def handles_money(person):
    """Organisations or initiatives ask the person to approve or pay: whether any does."""
    return initiatives.initiatives_where(person, *MONEY).exists() or books_of(person).exists()


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


# --- pages of other rooms ---


def today(person, on):
    """Lines of the today page: what waits for an approver or a payer, and details that are missing."""
    if person is None:
        return []
    lines = []
    for kind, words, state in (
        (DutyKind.APPROVER, "to approve", Q(money=MoneyState.NOT_YET)),
        (DutyKind.PAYER, "to send", Q(money=MoneyState.APPROVED)),
    ):
        waiting = offers_of_money(person, kind).filter(state).exclude(to=person).order_by()
        found = waiting.aggregate(count=Count("pk"), first=Min("promised_on"))
        if found["count"]:
            plural = "payment" if found["count"] == 1 else "payments"
            lines.append(Line(f"{found['count']} {plural} {words}", reverse("payments:due"), NEEDS, found["first"]))
    wants_bank = contributions.offers_to(person).filter(method="BANK", sent_on=None, accepted_pence__gt=0)
    if wants_bank.exists() and payee_of(person) is None:
        lines.append(Line("Where shall your money go? We need your bank details", reverse("payments:payee"), NEEDS))
    return lines


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
    return [*ledger.invariants(), *_paid_otherwise(), *_one_hand(), *_unlike_offers(), *_missing_triggers()]


def _paid_otherwise():
    """Payments that the book does not call paid exactly as often as they left and did not come back."""
    paid = Counter(ledger.abouts(EntryKind.PAID))
    back = Counter(ledger.abouts(EntryKind.RETURNED))
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


def _unlike_offers():
    unlike = Payment.objects.filter(state__in=GONE).exclude(pence=F("offer__accepted_pence"))
    for pk in unlike.order_by("pk").values_list("pk", flat=True):
        yield f"Payment {pk} is not the sum that the person said yes to."


def _missing_triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
            wanted = TRIGGERS | {f"{table}_only_grows" for table in ONLY_GROW}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = TRIGGERS | {f"{table}_no_{verb}" for table in ONLY_GROW for verb in ("update", "delete")}
        there = {name for (name,) in cursor.fetchall()}
    return [f"The guard {name} is missing from the database." for name in sorted(wanted - there)]
