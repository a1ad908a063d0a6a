"""How a version of an agreement stands, and what a person says to it."""

from django.db import models


class VersionState(models.TextChoices):
    DRAFT = "DRAFT", "Being written"
    PROPOSED = "PROPOSED", "Waiting for everybody's answer"
    IN_FORCE = "IN_FORCE", "In force"
    REPLACED = "REPLACED", "Replaced by a newer one"


NEXT = {
    VersionState.DRAFT: {VersionState.PROPOSED},
    VersionState.PROPOSED: {VersionState.IN_FORCE, VersionState.REPLACED},
    VersionState.IN_FORCE: {VersionState.REPLACED},
    VersionState.REPLACED: set(),
}


class Answer(models.TextChoices):
    """What each answer means is said beside it, so that nobody signs by habit."""

    YES = "YES", "Yes, I agree to this"
    WORRY = "WORRY", "Yes, and I have a worry to write down"
    NOT_YET = "NOT_YET", "Not yet"


MEANING = {
    Answer.YES: "You will keep to it, and you may hold the others to it.",
    Answer.WORRY: "You agree. Your worry stands beside your name until the next review.",
    Answer.NOT_YET: "You keep your seat. The group hears that something must change first.",
}
AGREES = {Answer.YES, Answer.WORRY}
