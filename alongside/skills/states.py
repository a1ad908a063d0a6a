"""How an ask for a reference stands, what becomes of a proposal, and the words of duties as things one can do."""

from dataclasses import dataclass

from django.db import models


class RequestState(models.TextChoices):
    ASKED = "ASKED", "Asked"
    WRITTEN = "WRITTEN", "Written"
    NO = "NO", "Not this time"
    BACK = "BACK", "Taken back"


NEXT = {
    RequestState.ASKED: {RequestState.WRITTEN, RequestState.NO, RequestState.BACK},
    RequestState.WRITTEN: set(),
    RequestState.NO: set(),
    RequestState.BACK: set(),
}


class Kept(models.TextChoices):
    """What the person does with a line of their list."""

    MINE = "MINE", "On my list"
    LEFT = "LEFT", "Left out"


@dataclass(frozen=True)
class Proposal:
    """What a record says that somebody can do. key: which record; words: what; known_from: from what it is known."""

    key: str
    words: str
    known_from: str


DUTY_WORDS = {
    "LEAD": "Leading a piece of work together with others",
    "CHAIR": "Chairing meetings",
    "RECORDER": "Keeping notes for a group",
    "ON_CALL": "Being there when somebody needs me",
    "DISTRESS_LEAD": "Staying calm when somebody is upset",
}
MOST_WORDS = 200
MOST_SAID = 600
"""Longest words of why a reference is wanted, and of a kind no."""
