"""How a conversation and a statement stand, for whom it opens, when its results come, and what a person can answer."""

from django.db import models


class ConversationState(models.TextChoices):
    OPEN = "OPEN", "Open"
    CLOSED = "CLOSED", "Closed"


class OpensFor(models.TextChoices):
    """Fixed when a conversation opens; it never widens or narrows afterwards."""

    TABLE = "TABLE", "people with a seat in this initiative"
    PUBLIC = "PUBLIC", "anybody on the internet, guests too"


class Results(models.TextChoices):
    """When the numbers are shown. Never after each answer: who watches the totals would see single answers."""

    AT_CLOSE = "AT_CLOSE", "once, when it closes"
    IN_STEPS = "IN_STEPS", "in steps, each time several more people have answered"


class StatementState(models.TextChoices):
    WAITING = "WAITING", "Waits for the people who lead"
    SHOWN = "SHOWN", "Open for answers"
    DECLINED = "DECLINED", "Not put up"


NEXT = {
    StatementState.WAITING: {StatementState.SHOWN, StatementState.DECLINED},
    StatementState.SHOWN: {StatementState.DECLINED},
    StatementState.DECLINED: {StatementState.SHOWN},
}


class Choice(models.IntegerChoices):
    AGREE = 1, "Agree"
    DISAGREE = -1, "Disagree"
    PASS = 0, "Pass"


PEOPLE_FLOOR = 5  # below this nothing is shown, whatever was set
STEPS_FROM = 30  # in a public conversation, results may come in steps from this many people on
STEP = 5  # so many more people for the next step
ROWS_FROM = 30  # with fewer people the answers of one person are cut apart at the close, and no rows are given out
WORDS_MOST = 300
WAITING_MOST = 10  # one person's statements that wait at a time
SMALL_TABLE = 5  # at so few seats people may know each other by their words; we say so before they write
