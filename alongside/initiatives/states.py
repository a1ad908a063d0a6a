"""How an initiative, an advert and a reply stand."""

from django.db import models


class InitiativeState(models.TextChoices):
    DRAFT = "DRAFT", "Being prepared"
    OPEN = "OPEN", "Open"
    PAUSED = "PAUSED", "Paused"
    ENDED = "ENDED", "Ended"


NEXT = {
    InitiativeState.DRAFT: {InitiativeState.OPEN, InitiativeState.ENDED},
    InitiativeState.OPEN: {InitiativeState.PAUSED, InitiativeState.ENDED},
    InitiativeState.PAUSED: {InitiativeState.OPEN, InitiativeState.ENDED},
    InitiativeState.ENDED: set(),
}


class AdvertState(models.TextChoices):
    DRAFT = "DRAFT", "Being written"
    PUBLISHED = "PUBLISHED", "Open for answers"
    CLOSED = "CLOSED", "Closed"


class PayKind(models.TextChoices):
    """What an advert says about money: one of these must be said before it can be published."""

    UNSAID = "", "Not said yet"
    PAID = "PAID", "Paid"
    NO_MONEY = "NO_MONEY", "There is no money for this"


class ReplyState(models.TextChoices):
    ASKED = "ASKED", "Waiting for an answer"
    WELCOMED = "WELCOMED", "Has a seat"
    NOT_NOW = "NOT_NOW", "Not this time"
    WITHDRAWN = "WITHDRAWN", "Withdrawn by the person"
