"""How an initiative, an advert and a reply stand; the words an initiative says of itself."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from alongside.organisations.states import DutyKind


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


# Duties that are held in one initiative. Those over money and the installation stand in the organisation.
DUTIES_HERE = (DutyKind.LEAD, DutyKind.CHAIR, DutyKind.RECORDER, DutyKind.ON_CALL, DutyKind.DISTRESS_LEAD)
LEADING = (DutyKind.LEAD, DutyKind.CHAIR)

ORIGIN = ("who_asked", "why_now", "who_is_affected", "affected_inside")
DEFINITION = ("we_mean_what", "we_mean_how", "we_mean_whom", "we_mean_why")
WORDS = {
    "name": "Its name",
    "about": "What it does",
    "who_asked": "Who asked for it, and who said yes",
    "why_now": "Why now",
    "who_is_affected": "Who is affected",
    "affected_inside": "Which of them were in it from the start",
    "we_mean_what": "What working together means here",
    "we_mean_how": "How we do it",
    "we_mean_whom": "By whom",
    "we_mean_why": "Why we do it",
    "honest_limits": "What cannot be changed here",
}
CHANGES = WORDS | {"aim_frozen_on": "The day from which the aim stood fast", "stage": "How far a stage aims"}


@dataclass(frozen=True)
class Gap:
    """How long after the aim was fixed somebody first came in. days: 0 or less means they could still shape it."""

    person_id: int
    joined_on: date
    days: int

    @property
    def late(self):
        """Whether they came when the aim stood fast already."""
        return self.days > 0

    @property
    def words(self):
        """How long before or after the aim stood fast they came in."""
        if self.days == 0:
            return "the day on which the aim stood fast"
        days = f"{abs(self.days)} day{'s' if abs(self.days) > 1 else ''}"
        return f"{days} after the aim stood fast" if self.late else f"{days} before the aim stood fast"
