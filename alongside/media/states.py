"""What an initiative is asked to be used for, how its table answers, and how a person answers for themselves."""

from django.db import models


class Want(models.TextChoices):
    """What somebody who asks wants to use."""

    PHOTO = "PHOTO", "A photograph"
    FILM = "FILM", "A film"
    NAME = "NAME", "A person’s name"
    STORY = "STORY", "A person’s story"
    WORDS = "WORDS", "The words on the wall"
    LOGO = "LOGO", "Our logo, or the name of the initiative"
    INTERVIEW = "INTERVIEW", "An interview"


OF_PEOPLE = frozenset({Want.STORY, Want.WORDS, Want.INTERVIEW})  # words of somebody: these need a yes of their own


class AskState(models.TextChoices):
    ASKED = "ASKED", "Waiting for the table"
    YES = "YES", "Yes"
    CONDITIONS = "CONDITIONS", "Yes, on conditions"
    NO = "NO", "No"


# A no stays in the log. Who asks again is written down again.
NEXT = {
    AskState.ASKED: {AskState.YES, AskState.CONDITIONS, AskState.NO},
    AskState.YES: {AskState.NO},
    AskState.CONDITIONS: {AskState.NO},
    AskState.NO: set(),
}
GIVEN = frozenset({AskState.YES, AskState.CONDITIONS})


class Own(models.TextChoices):
    """What a person says for themselves. Until they say something it counts as no."""

    ASKED = "ASKED", "Not answered, which counts as no"
    YES = "YES", "Yes"
    NAMELESS = "NAMELESS", "Yes, without my name"
    NO = "NO", "No"


SAID_YES = frozenset({Own.YES, Own.NAMELESS})
MAY_BE_IN = {True: frozenset({Own.YES}), False: SAID_YES}  # by whether the name stands there
MOST_WORDS = 600
