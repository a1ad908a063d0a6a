"""How a decision stands, and the ways to decide with what each means."""

from django.db import models


class DecisionState(models.TextChoices):
    OPEN = "OPEN", "Being talked about"
    DECIDED = "DECIDED", "Decided, not everybody told yet"
    TOLD = "TOLD", "Decided, and everybody told"
    OVERTURNED = "OVERTURNED", "Overturned"


NEXT = {
    DecisionState.OPEN: {DecisionState.DECIDED},
    DecisionState.DECIDED: {DecisionState.TOLD, DecisionState.OVERTURNED},
    DecisionState.TOLD: {DecisionState.OVERTURNED},
    DecisionState.OVERTURNED: set(),
}


class Way(models.TextChoices):
    """Who decides. Said before people speak, so that nobody takes being asked for deciding."""

    CONSENT = "CONSENT", "All of us: it goes ahead when nobody sees harm in it"
    VOTE = "VOTE", "All of us: most voices"
    CHAIRS = "CHAIRS", "The people who chair, together"
    PART = "PART", "Some of us, chosen for this"
    ABOVE = "ABOVE", "The organisation decides; we advise"
    LIVED = "LIVED", "The people it affects decide alone"
