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


class Side(models.TextChoices):
    """How a lens is counted when a label is worked out, if its owner wants it counted at all."""

    LIVED = "lived", "lived experience"
    CARER = "carer", "family or carer"
    PAID = "paid", "paid to do this work"


class Typed(models.TextChoices):
    """What is to be said of six digits that somebody typed."""

    RIGHT = "right", "These are the digits that were sent"
    WRONG = "wrong", "These are other digits"
    OVER = "over", "These digits are more than ten minutes old"


# What stands where the name of somebody who was erased stood.
ERASED_NAME = "Somebody who left"

# Ways in which a helper and a person can be together: the channel that their answers carry.
VISIT_CHANNELS = (Channel.ASSISTED, Channel.IN_PERSON, Channel.PHONE, Channel.PAPER)

# Journal events in plain words; others are read off their name by `queries.event_words`.
EVENT_WORDS = {
    "people.person.added": "Your name was written down",
    "people.person.renamed": "Your shown name was changed",
    "people.person.moved": "You took a break, stopped or came back",
    "people.person.erased": "You were erased",
    "people.telling.chosen": "How you are told things was chosen",
    "people.contact.kept": "A way to reach you was written down or taken away",
    "people.lens.added": "A lens was added",
    "people.lens.changed": "A lens was changed",
    "people.need.added": "Something you need to take part was added",
    "people.need.changed": "Something you need to take part was changed",
    "people.unpaid.chosen": "Work without money: your answer was kept",
    "people.claim_code.made": "A claim code was made",
    "people.claim_code.used": "A claim code was used",
    "people.visit.begun": "A visit with a helper began",
    "people.visit.ended": "A visit with a helper ended",
    "people.login.joined": "Your sign-in was joined to your record",
    "people.login.address_changed": "Your sign-in address was changed",
    "people.login.out_everywhere": "You signed out everywhere",
    "people.telling.told": "Somebody was told something",
}

# For so many days somebody can say a secret, such as a code, to who is on the phone or letter list.
SECRET_DAYS = 14
