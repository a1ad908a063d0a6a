"""How a gathering, an answer to an invitation and an action stand."""

from django.db import models


class GatheringState(models.TextChoices):
    PLANNED = "PLANNED", "Planned"
    HELD = "HELD", "Held"
    CANCELLED = "CANCELLED", "Called off"


NEXT = {
    GatheringState.PLANNED: {GatheringState.HELD, GatheringState.CANCELLED},
    GatheringState.HELD: set(),
    GatheringState.CANCELLED: set(),
}


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
