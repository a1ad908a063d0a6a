"""The shapes of an account, and how a new one is confirmed."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Details:
    """An account in full, as it is shown once to who pays and written into a bank's file."""

    name: str
    sort_code: str = ""
    account: str = ""
    iban: str = ""
    bic: str = ""


class Confirmed(models.TextChoices):
    """By which way an account was confirmed."""

    FIRST = "FIRST", "The first account"
    CODE = "CODE", "A code by another way"
    SEEN = "SEEN", "Somebody talked with them"


CODE_DAYS = 14
CODE_TRIES = 5
KNOWN_DAYS = 7  # a code goes only by a way that was known for so long
