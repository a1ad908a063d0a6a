"""How a bid stands, how somebody answered who was asked whether they help; and limits."""

from dataclasses import dataclass

from django.db import models


class BidState(models.TextChoices):
    WRITING = "WRITING", "Being written"
    SENT = "SENT", "Sent"
    YES = "YES", "The answer is yes"
    NO = "NO", "The answer is no"
    BACK = "BACK", "Taken back"


NEXT = {
    BidState.WRITING: {BidState.SENT, BidState.BACK},
    BidState.SENT: {BidState.YES, BidState.NO, BidState.BACK},
}
ENDED = (BidState.YES, BidState.NO, BidState.BACK)
# What each who helped is told. One sentence each, with the funder's name.
TOLD = {
    BidState.YES: "{} said yes to the bid that you helped with.",
    BidState.NO: "{} said no to the bid that you helped with.",
    BidState.BACK: "The bid to {} that you helped with was taken back.",
}


class HelpState(models.TextChoices):
    ASKED = "ASKED", "Waiting for an answer"
    YES = "YES", "Helps"
    NO = "NO", "Does not help"


NEXT_HELP = {
    HelpState.ASKED: {HelpState.YES, HelpState.NO},
    HelpState.YES: {HelpState.NO},
    HelpState.NO: {HelpState.YES},
}
MOST_WORDS = 2_000
MOST_PENCE = 1_000_000_000  # ten million pounds; more is a slip
LONG_SENTENCE = 25  # words; longer ones are pointed out


@dataclass(frozen=True)
class Next:
    """Whose turn it is, what they do, and by which day (None when no day is promised)."""

    whose: str
    what: str
    by: object = None
