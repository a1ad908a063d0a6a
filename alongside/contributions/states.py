"""How an offer stands, how a person answered, and how its money stands. Words for people stand beside each."""

from django.db import models


class OfferState(models.TextChoices):
    MADE = "MADE", "Waiting for an answer"
    ACCEPTED = "ACCEPTED", "Accepted"
    PART = "PART", "Accepted in part"
    LATER = "LATER", "To be asked again later"
    DECLINED = "DECLINED", "Declined with thanks"
    GIVEN = "GIVEN", "Accepted, and the money given away"
    DONE = "DONE", "Work done"
    REPLACED = "REPLACED", "Replaced by a new offer"


YES = frozenset({OfferState.ACCEPTED, OfferState.PART, OfferState.GIVEN})
ANSWERS = YES | {OfferState.LATER, OfferState.DECLINED}
NEXT = {
    OfferState.MADE: ANSWERS | {OfferState.REPLACED},
    OfferState.ACCEPTED: ANSWERS | {OfferState.REPLACED, OfferState.DONE},
    OfferState.PART: ANSWERS | {OfferState.REPLACED, OfferState.DONE},
    OfferState.GIVEN: ANSWERS | {OfferState.REPLACED, OfferState.DONE},
    OfferState.LATER: ANSWERS | {OfferState.REPLACED},
    OfferState.DECLINED: ANSWERS | {OfferState.REPLACED},
    # After the work the person may still choose how much, how and for whom; the state stays.
    OfferState.DONE: YES,
    OfferState.REPLACED: frozenset(),
}


class Method(models.TextChoices):
    """How money comes to a person. Chosen by the person for each offer; nothing is chosen beforehand."""

    BANK = "BANK", "Bank transfer"
    CASH = "CASH", "Cash"
    VOUCHER = "VOUCHER", "Voucher for a shop that you name"
    PREPAID = "PREPAID", "Paid straight to who provides it"
    ADVANCE = "ADVANCE", "Before the day, in cash"
    TIME = "TIME", "Time credit, no money"
    GIFT = "GIFT", "Given away"
    NONE = "NONE", "No money"


class When(models.TextChoices):
    """When the money of a yes comes. The words of the first four are completed with days where they are shown."""

    ONCE = "ONCE", "All of it"
    MONTH = "MONTH", "Half of it, and half in the next month"
    JANUARY = "JANUARY", "Half of it, and half in January"
    DAY = "DAY", "All of it, but not before a day that I choose"
    PARTS = "PARTS", "In parts of my own"


WITHOUT_MONEY = (Method.NONE, Method.TIME)
FOR_WORK = (Method.BANK, Method.CASH, Method.VOUCHER)
FOR_COSTS = (Method.BANK, Method.CASH, Method.ADVANCE, Method.PREPAID)
BEFORE_THE_DAY = (Method.ADVANCE, Method.PREPAID)  # costs that ask no work first
TO_THE_PERSON = (Method.BANK, Method.CASH, Method.VOUCHER, Method.ADVANCE)


class MoneyState(models.TextChoices):
    """What the people who pay have said of the money of an offer; written by the room above, shown here."""

    NOT_YET = "", "Not looked at yet"
    APPROVED = "APPROVED", "Approved"
    HELD = "HELD", "On hold"
    SENT = "SENT", "Sent"
    ARRIVED = "ARRIVED", "Arrived"


FIXED = (MoneyState.APPROVED, MoneyState.SENT, MoneyState.ARRIVED)  # an answer cannot touch it any more


MOST_PENCE = 500_000  # 5,000 pounds or euro for one offer; more is a slip
MOST_CASH_TODAY = 5_000  # 50 from the float, without a question
MOST_PARTS = 12  # money that comes in turns: once a month for a year
MOST_MINUTES = 4_800  # ten days of eight hours
NO_LINE = "This names no money that pays for it, so nothing is set aside for it. Your funds have lines: press “Change it” to choose one."
