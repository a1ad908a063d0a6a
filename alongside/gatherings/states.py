"""How a gathering, an answer to an invitation and an action stand."""

from django.db import models

from alongside.calculations import periods

MOST_AGAIN = 52  # a year of weeks after the first; people are asked to all of them with one message


class GatheringState(models.TextChoices):
    PLANNED = "PLANNED", "Planned"
    HELD = "HELD", "Held"
    CANCELLED = "CANCELLED", "Called off"


NEXT = {
    GatheringState.PLANNED: {GatheringState.HELD, GatheringState.CANCELLED},
    GatheringState.HELD: set(),
    GatheringState.CANCELLED: set(),
}


class Again(models.TextChoices):
    """Whether a gathering comes again when it is called. Each of its days is then a gathering of its own."""

    ONCE = periods.ONCE, "No, once"
    WEEK = periods.EACH_WEEK, "Each week"
    TWO_WEEKS = periods.EACH_TWO_WEEKS, "Every two weeks"
    MONTH = periods.EACH_MONTH, "Each month, on the same weekday of it (like the second Tuesday)"


class Coming(models.TextChoices):
    """What a person says to an invitation. None of the answers needs a reason, and nobody is chased after a no."""

    ASKED = "ASKED", "No answer yet"
    YES = "YES", "I am coming"
    PART = "PART", "I am coming for a part"
    LATER = "LATER", "I would rather add something later"
    NO = "NO", "Not this time"


class Met(models.TextChoices):
    """Asked afterwards of the person whose need it was."""

    UNKNOWN = "", "Not said"
    YES = "YES", "It was met"
    PART = "PART", "Partly"
    NO = "NO", "It was not met"
