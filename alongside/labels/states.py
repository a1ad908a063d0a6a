"""Which rung of a published ladder a label stands on, what a reason opens, and what may come of working together."""

from django.db import models

WHOLE = ""  # the place of a claim or a dissent that is about all of it, not about one stage

# Names that say only what is not known, or how the group stands to the name. Nobody claims these.
NOT_CLAIMED = frozenset({"not-enough-known", "no-part", "label-declined"})

_SHARED = ("co-production-partial", "co-production-broad", "co-production-equal")

# Ladders are other people's, so this is ours to defend: only where a rung says what the label says. A label without a
# rung has none on purpose: being led by people, or by research, is no step of a ladder about asking people.
RUNG_OF = {
    "arnstein": {
        "informing": "informing",
        "consultation": "consultation",
        "involvement": "placation",
        **dict.fromkeys(_SHARED, "partnership"),
        "service-user-led": "delegated-power",
    },
    "tlap": {
        "informing": "informing",
        "consultation": "consultation",
        "involvement": "engagement",
        "co-production-partial": "co-design",
        "co-production-broad": "co-production",
        "co-production-equal": "co-production",
    },
    "hse-engagement": {
        "consultation": "consulting",
        "involvement": "involving",
        **dict.fromkeys(_SHARED, "co-producing"),
    },
    "nef": {
        **dict.fromkeys(("informing", "consultation", "involvement"), "for"),
        **dict.fromkeys(_SHARED, "with"),
    },
    "hart": {"consultation": "consulted-and-informed"},
}


# What a list behind a reason holds, in words; the keys stand in addresses.
class Heard(models.TextChoices):
    """Whether people who were paid are also heard, as far as the records may say it."""

    YES = "YES", "At least one decision took up something that they said."
    NO = "NO", "Nothing that they said is in a decision yet. Talk about it."
    FEW = "FEW", "Too few people were paid here, or too few were not, to say more without pointing at somebody."


LISTS = {
    "started": "The start",
    "worked": "The work that was done",
    "spoke": "What people put forward",
    "decisions": "The decisions",
    "seats": "Who sat at the table",
}

# How a reason begins, and which list it opens. The sentences are those of the calculation.
OPENS = (
    ("Started by", "started"),
    ("The work was done by", "worked"),
    ("Asked for their view", "spoke"),
    ("Answered:", "spoke"),
    ("Decided by", "decisions"),
    ("Decisions taken", "decisions"),
    ("Could undo it alone", "decisions"),
    ("Every vote counted", "decisions"),
    ("Votes did not count", "decisions"),
    ("Seats:", "seats"),
    ("Chairs:", "seats"),
)


class Outcome(models.TextChoices):
    """What may come of working together. Kept and shown; no label is ever worked out from it."""

    RECOVERY = "RECOVERY", "Somebody’s own recovery"
    WELLBEING = "WELLBEING", "Feeling better"
    TAKING_PART = "TAKING_PART", "Taking part more"
    LESS_STIGMA = "LESS_STIGMA", "Less stigma"
    POWER = "POWER", "More say over one’s own life or care"
    SERVICE = "SERVICE", "A service that works better"
    HARM = "HARM", "Something was lost, or did harm"
    OTHER = "OTHER", "Something else"
