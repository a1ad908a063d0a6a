"""How somebody answered who was asked to stand under a policy, and how people are paid; limits; and words for what is open."""

from django.db import models


class WriterState(models.TextChoices):
    ASKED = "ASKED", "Waiting for an answer"
    YES = "YES", "Named"
    NO = "NO", "Not named"


class Paid(models.TextChoices):
    """How somebody is paid for being at one table, as they say it themselves. Empty: they do not say."""

    JOB = "JOB", "In my paid job"
    FEE = "FEE", "A fee for it"
    COSTS = "COSTS", "My costs only"
    WISH = "WISH", "Nothing, and I would like to be paid"
    CHOICE = "CHOICE", "Nothing, by my choice"


NEXT = {
    WriterState.ASKED: {WriterState.YES, WriterState.NO},
    WriterState.YES: {WriterState.NO},
    WriterState.NO: {WriterState.YES},
}
CHECKLIST = "payment-policy"
HISTORY = "unpaid-work"
NOT_SETTLED = "Not settled yet."
MANY_SAID = 8  # figures are made of at least so many answers, and anew only after so many were given or changed
MOST_WORDS = 2_000
MOST_TOGETHER = 10_000
MOST_PEOPLE = 1_000
MOST_TIMES = 400
MOST_MINUTES = 4_800  # of one person at one time: ten days of eight hours
MOST_COSTS = 500_000  # £5,000 of costs for one person at one time; more is a slip
