"""How a payment stands, by which means it leaves, and how it is handed over. Words for people stand beside each."""

from dataclasses import dataclass, field

from django.db import models

from alongside.calculations import money


class PaymentState(models.TextChoices):
    DUE = "DUE", "Due"
    APPROVED = "APPROVED", "Approved"
    HELD = "HELD", "On hold"
    SENT = "SENT", "Sent"
    PAID = "PAID", "Arrived"
    BACK = "BACK", "Came back from the bank"


# There is no way back from what was sent, but for money that the bank itself sent back: that is owed again.
NEXT = {
    PaymentState.DUE: {PaymentState.APPROVED, PaymentState.HELD},
    PaymentState.APPROVED: {PaymentState.SENT, PaymentState.PAID, PaymentState.HELD},
    PaymentState.HELD: {PaymentState.DUE},
    PaymentState.SENT: {PaymentState.PAID, PaymentState.BACK},
    PaymentState.PAID: {PaymentState.BACK},
    PaymentState.BACK: {PaymentState.SENT, PaymentState.HELD},
}
GONE = (PaymentState.SENT, PaymentState.PAID)
READY = (PaymentState.APPROVED, PaymentState.BACK)  # approved, and not gone


class Means(models.TextChoices):
    """By which means a payment leaves. A gift goes to whom the person named; a provider is paid straight."""

    BANK = "BANK", "Bank transfer"
    CASH = "CASH", "Cash"
    VOUCHER = "VOUCHER", "Voucher"
    PREPAID = "PREPAID", "Paid straight to who provides it"
    ADVANCE = "ADVANCE", "Before the day, in cash"
    GIFT = "GIFT", "Given away"


IN_CASH = frozenset({Means.CASH, Means.ADVANCE})
IN_THE_HAND = IN_CASH | {Means.VOUCHER}  # arrives as it is handed over
# What somebody who pays does with it.
DOES = {
    Means.BANK: "sends it", Means.CASH: "hands it over", Means.VOUCHER: "hands the voucher over",
    Means.PREPAID: "pays the provider", Means.ADVANCE: "hands it over", Means.GIFT: "passes it on",
}  # fmt: skip


class Receipt(models.TextChoices):
    """How what was handed over is receipted."""

    SIGNED = "SIGNED", "The person signed for it"
    WITNESSED = "WITNESSED", "Somebody else saw it"


@dataclass(frozen=True)
class Next:
    """Whose turn it is, what they do, and by which day (None when no day is promised).

    of_person: True while it is the turn of the person whose money it is.
    """

    whose: str
    what: str
    by: object = None
    of_person: bool = False


@dataclass(frozen=True)
class Payable:
    """One approved bank payment whose pay day has come and that is in no run. No account stands here."""

    payment: object
    payee_name: str
    last_figures: str
    account_since: object
    pence: int
    currency: str = field(default_factory=money.code)


@dataclass(frozen=True)
class Effect:
    """Whom a freeze keeps waiting: how many people, how many payments, how much."""

    people: int
    payments: int
    pence: int
