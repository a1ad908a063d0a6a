"""What a line is about and on which level a question stands, with the words that people read."""

from django.db import models


class Got(models.TextChoices):
    """What came of taking part, for the person. Not good and bad: some of it is what they could do without."""

    LEARNING = "LEARNING", "I learned something"
    PEOPLE = "PEOPLE", "I met people"
    CONFIDENCE = "CONFIDENCE", "I trust myself with more"
    KNOWING = "KNOWING", "I know better what I know"
    NOT_LIKED = "NOT_LIKED", "Something I did not like"
    OTHER = "OTHER", "Something else"


class Level(models.TextChoices):
    NONE = "", "Not from a question"
    PERSONAL = "personal", "About myself"
    ORGANISATION = "organisation", "About where we work"
    SOCIAL = "social", "About the world around it"


MOST_WORDS = 500
