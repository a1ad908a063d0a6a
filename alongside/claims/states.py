"""How a claim stands, what its lines are, and the four ways in which work was or was not paid."""

from dataclasses import dataclass

from django.db import models

from alongside.calculations import money
from alongside.people.states import Channel


class ClaimState(models.TextChoices):
    ASKED = "ASKED", "Waiting for a yes"
    SENT = "SENT", "Sent"
    NOT_RIGHT = "NOT_RIGHT", "Set aside"
    TAKEN_BACK = "TAKEN_BACK", "Taken back"


NEXT = {
    ClaimState.ASKED: {ClaimState.SENT, ClaimState.NOT_RIGHT},
    ClaimState.SENT: {ClaimState.TAKEN_BACK},
    ClaimState.NOT_RIGHT: set(),
    ClaimState.TAKEN_BACK: set(),
}
COUNTS = (ClaimState.ASKED, ClaimState.SENT)  # what is in such a claim is not claimed again


class LineKind(models.TextChoices):
    WORK = "WORK", "Work"
    ITEM = "ITEM", "Fixed sum"
    MILES = "MILES", "Own vehicle"
    RECEIPT = "RECEIPT", "Receipt"
    PAPER = "PAPER", "Receipt on paper"
    OFFERED = "OFFERED", "Costs of an offer"
    EXPECTED = "EXPECT", "What it will cost"


class Per(models.TextChoices):
    """What one sum of the list of costs pays for."""

    TIME = "TIME", "each time"
    HOUR = "HOUR", "hour"
    MILE = "MILE", "mile"
    KILOMETRE = "KILOMETRE", "kilometre"


BY_DISTANCE = (Per.MILE, Per.KILOMETRE)
# By which way somebody's costs were told to who wrote them down. A screen is their own.
TOLD_BY = (Channel.PHONE, Channel.PAPER, Channel.IN_PERSON)


class LogKind(models.TextChoices):
    WALK = "WALK", "A walk together"
    CALL = "CALL", "A call or message"
    READING = "READING", "Reading"
    DRAFTING = "DRAFTING", "Writing or drawing"
    LISTENING = "LISTENING", "Listening to somebody"
    OTHER = "OTHER", "Something else"


class Pay(models.TextChoices):
    """Four things that are never mixed and never added together."""

    PAID = "PAID", "Paid"
    DECLINED = "DECLINED", "Money was offered, and the person wanted none"
    CHOICE = "CHOICE", "Given by choice"
    UNPAID = "UNPAID", "Unpaid: nobody offered money"


@dataclass(frozen=True)
class Cost:
    """One cost as it is asked for. count: how often, how many hours, or tenths of a mile."""

    kind: str
    words: str
    pence: int
    rate_words: str = ""
    count: int = 1
    item: object = None
    receipt: object = None
    offer: object = None


@dataclass(frozen=True)
class Vehicle:
    """What one mile or kilometre pays. each: hundredths of a penny or cent. item: the line of the own list, or None."""

    key: str
    words: str
    each: int
    item: object = None

    @property
    def each_words(self):
        """`45p`, or `41.8p`; `41.8c` where the site keeps euro."""
        return f"{self.each / 100:g}{money.currency().letter}"


@dataclass(frozen=True)
class Mileage:
    """What travel with one's own vehicle pays on a day: by the own list or a public body; or why there is nothing."""

    words: str = ""
    per: str = "mile"
    vehicles: tuple = ()
    why_not: str = ""


ONCE_A_DAY = (LineKind.ITEM, LineKind.MILES)  # by the same words not twice for one day at one table
OF_AN_OFFER = (LineKind.WORK, LineKind.OFFERED)


class Expected(models.TextChoices):
    """What somebody may need before a day. The people who pay read these words, so nobody types any."""

    CARE = "CARE", "Care for somebody while I am away"
    INTERPRETER = "INTERPRETER", "An interpreter"
    TRAVEL = "TRAVEL", "Travel"
    OTHER = "OTHER", "Something else that I need to take part"


MOST_PENCE = 100_000  # 1,000 of costs in one claim; more is a slip or needs an offer
MOST_HOURS = 24
MOST_TENTHS = 10_000  # 1,000 miles in one day
MOST_RECEIPTS = 20  # that wait to be sent, of one person
MOST_MINUTES = 1_440
ERASED = "erased"
