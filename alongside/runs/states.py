"""How a run of payments stands, each payment in it, and each line of a statement. Words for people stand beside each."""

from django.db import models


class RunState(models.TextChoices):
    CHOSEN = "CHOSEN", "To be checked"
    CONFIRMED = "CONFIRMED", "Ready for the bank"
    SENT = "SENT", "With the bank"
    DONE = "DONE", "Finished"
    CANCELLED = "CANCELLED", "Cancelled"


# Nothing leads back from the bank: what came back is paid by another run.
NEXT = {
    RunState.CHOSEN: {RunState.CONFIRMED, RunState.CANCELLED},
    RunState.CONFIRMED: {RunState.SENT, RunState.CANCELLED},
    RunState.SENT: {RunState.DONE},
    RunState.DONE: set(),
    RunState.CANCELLED: set(),
}
CLOSED = (RunState.CONFIRMED, RunState.SENT, RunState.DONE)  # what is in it, and its file, stand for ever


class ItemState(models.TextChoices):
    IN = "IN", "In the run"
    OUT = "OUT", "Taken out"
    ARRIVED = "ARRIVED", "Arrived"
    BACK = "BACK", "Sent back by the bank"


LIVE = (ItemState.IN, ItemState.ARRIVED)  # so a payment stands in one run only


class LineState(models.TextChoices):
    PAID = "PAID", "Paid"
    BACK = "BACK", "Sent back"
    ASK = "ASK", "For somebody to look at"
    NOT_OURS = "NOT_OURS", "Not one of ours"
