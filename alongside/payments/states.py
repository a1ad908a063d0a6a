"""How a payment stands. Words for people stand beside each state."""

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
