"""How a person is here, and how they are reached. Words for people stand beside the state."""

from django.db import models


class PersonState(models.TextChoices):
    ACTIVE = "ACTIVE", "Taking part"
    PAUSED = "PAUSED", "Taking a break"
    STOPPED = "STOPPED", "Stopped for now"
    ERASED = "ERASED", "Erased"


NEXT = {
    PersonState.ACTIVE: {PersonState.PAUSED, PersonState.STOPPED, PersonState.ERASED},
    PersonState.PAUSED: {PersonState.ACTIVE, PersonState.STOPPED, PersonState.ERASED},
    PersonState.STOPPED: {PersonState.ACTIVE, PersonState.ERASED},
    PersonState.ERASED: set(),
}


class Channel(models.TextChoices):
    """By which way an answer came in. All of them count the same."""

    SCREEN = "SCREEN", "on a screen"
    PAPER = "PAPER", "on paper"
    PHONE = "PHONE", "by phone"
    IN_PERSON = "IN_PERSON", "in person"
    ASSISTED = "ASSISTED", "with a helper"


class TellBy(models.TextChoices):
    """How a person wants to be told things."""

    MAIL = "MAIL", "By e-mail"
    PHONE = "PHONE", "By phone call or text"
    LETTER = "LETTER", "By letter"
    NONE = "NONE", "I will look here myself"


class ContactKind(models.TextChoices):
    MAIL = "MAIL", "E-mail"
    PHONE = "PHONE", "Phone"
    LETTER = "LETTER", "Postal address"
