"""How an exchange of time stands, and what kinds of help there are. Time is counted in minutes, and in nothing else."""

from django.db import models


class GiftState(models.TextChoices):
    ASKED = "ASKED", "Waiting for a yes"
    AGREED = "AGREED", "Agreed"
    DECLINED = "DECLINED", "Not agreed"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


NEXT = {
    GiftState.ASKED: {GiftState.AGREED, GiftState.DECLINED, GiftState.WITHDRAWN},
    GiftState.AGREED: set(),
    GiftState.DECLINED: set(),
    GiftState.WITHDRAWN: set(),
}


class TimeKind(models.TextChoices):
    LISTENING = "LISTENING", "Listening, or being there"
    GETTING_ABOUT = "GETTING_ABOUT", "Getting somewhere"
    PRACTICAL = "PRACTICAL", "Something practical"
    SKILL = "SKILL", "Teaching or showing something"
    LOOKING_AFTER = "LOOKING_AFTER", "Looking after somebody"
    TOGETHER = "TOGETHER", "Work that we do together here"
    OTHER = "OTHER", "Something else"


START_LOWEST = 600  # ten hours below nothing, until the organisation says otherwise
MOST_LOWEST = 6_000
MOST_MINUTES = 4_800  # one exchange is at most ten days of eight hours, like one offer of work
