"""How a payment stands and what the book is made of. Words for people stand beside each."""

from django.db import models


class PaymentState(models.TextChoices):
    DUE = "DUE", "Due"
    APPROVED = "APPROVED", "Approved"
    HELD = "HELD", "On hold"
    SENT = "SENT", "Sent"
    PAID = "PAID", "Arrived"


# There is no way back from what was sent: a mistake is put right by a new payment, never by changing this one.
NEXT = {
    PaymentState.DUE: {PaymentState.APPROVED, PaymentState.HELD},
    PaymentState.APPROVED: {PaymentState.SENT, PaymentState.PAID, PaymentState.HELD},
    PaymentState.HELD: {PaymentState.DUE},
    PaymentState.SENT: {PaymentState.PAID},
    PaymentState.PAID: set(),
}
TURN = {
    PaymentState.DUE: "whoever approves",
    PaymentState.APPROVED: "whoever pays",
    PaymentState.HELD: "whoever put it on hold",
    PaymentState.SENT: "the bank, then the person",
    PaymentState.PAID: "nobody",
}


class Means(models.TextChoices):
    """By which means a payment leaves. A gift goes to whom the person named."""

    BANK = "BANK", "Bank transfer"
    CASH = "CASH", "Cash"
    VOUCHER = "VOUCHER", "Voucher"
    GIFT = "GIFT", "Given away"


IN_THE_HAND = frozenset({Means.CASH, Means.VOUCHER})  # arrives as it is handed over


class AccountKind(models.TextChoices):
    """The two sides of every line in the book. A fund's money is first promised, then owed, then gone by some means."""

    FUND = "FUND", "Taken from the fund"
    PROMISED = "PROMISED", "Promised"
    OWED = "OWED", "Owed"
    BANK = "BANK", "Paid by bank"
    CASH = "CASH", "Paid in cash"
    VOUCHER = "VOUCHER", "Paid by voucher"
    GIFT = "GIFT", "Given away for people"


class EntryKind(models.TextChoices):
    """What a transaction of the book says happened."""

    PROMISED = "PROMISED", "Promised"
    OWED = "OWED", "Approved, so owed"
    PAID = "PAID", "Paid"
    BACK = "BACK", "Approval taken back"
