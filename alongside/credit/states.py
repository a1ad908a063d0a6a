"""What is made, how people are named for it, and how a quotation stands. Words for people stand beside each."""

from dataclasses import dataclass

from django.db import models


class OutputKind(models.TextChoices):
    PAPER = "PAPER", "Paper or article"
    COURSE = "COURSE", "Course or session"
    LEAFLET = "LEAFLET", "Leaflet or booklet"
    POLICY = "POLICY", "Policy or plan"
    FILM = "FILM", "Film, picture or sound"
    REPORT = "REPORT", "Report"
    TALK = "TALK", "Talk or poster"
    SITE = "SITE", "Website or program"
    OTHER = "OTHER", "Something else"


class OutputState(models.TextChoices):
    MAKING = "MAKING", "Being made"
    READY = "READY", "Finished"
    OUT = "OUT", "Out in the world"
    DROPPED = "DROPPED", "Not going on"


NEXT = {
    OutputState.MAKING: {OutputState.READY, OutputState.OUT, OutputState.DROPPED},
    OutputState.READY: {OutputState.MAKING, OutputState.OUT, OutputState.DROPPED},
    OutputState.OUT: set(),
    OutputState.DROPPED: {OutputState.MAKING},
}


class NameForm(models.TextChoices):
    """How somebody wants to be named. Nothing is chosen beforehand: without their own yes nobody is named."""

    FULL = "FULL", "My whole name"
    FIRST = "FIRST", "My first name only"
    INITIALS = "INITIALS", "My initials"
    PSEUDONYM = "PSEUDONYM", "Another name that I choose"
    GROUP = "GROUP", "Only as part of the group"
    NONE = "NONE", "Counted, without a name"


WRITTEN = frozenset({NameForm.FULL, NameForm.FIRST, NameForm.INITIALS, NameForm.PSEUDONYM})


OWN_NAME = frozenset({NameForm.FULL, NameForm.FIRST, NameForm.INITIALS})


class CreditState(models.TextChoices):
    ASKED = "ASKED", "Waiting for their answer"
    YES = "YES", "They said how"
    HIDDEN = "HIDDEN", "Not shown, as they wish"


class Standing(models.TextChoices):
    """Where a name stands in the line. The person says which; nobody is moved by a rule."""

    AUTHOR = "AUTHOR", "Among those who made it"
    THANKED = "THANKED", "Among those who are thanked"


class Order(models.TextChoices):
    ALPHABET = "ALPHABET", "By the alphabet"
    AGREED = "AGREED", "By what each gave, as we agreed"
    GROUP_FIRST = "GROUP_FIRST", "The group’s name first, then the alphabet"
    ENDS = "ENDS", "Who drove it first, who leads last, the others by the alphabet"
    LOT = "LOT", "Drawn by lot"


class Answer(models.TextChoices):
    """What somebody answers to one condition of authorship."""

    YES = "YES", "Yes"
    NOT_YET = "NOT_YET", "Not yet"
    ASK = "ASK", "Not yet, and I want help to get there"


class Source(models.TextChoices):
    """Where words were said."""

    GATHERING = "GATHERING", "At a gathering"
    TALK = "TALK", "In a talk between two"
    PHONE = "PHONE", "By phone"
    MAIL = "MAIL", "In a letter or an e-mail"
    COMMENT = "COMMENT", "In a comment on a draft"
    INTERVIEW = "INTERVIEW", "In an interview"
    OTHER = "OTHER", "Somewhere else"


class QuoteState(models.TextChoices):
    CAPTURED = "CAPTURED", "Written down, not shown yet"
    SHOWN = "SHOWN", "Waiting for who said it"
    APPROVED = "APPROVED", "May be used as they said"
    DECLINED = "DECLINED", "Not to be used"
    WITHDRAWN = "WITHDRAWN", "Taken back"
    DROPPED = "DROPPED", "Thrown away before it was shown"


NEXT_QUOTE = {
    QuoteState.CAPTURED: {QuoteState.SHOWN, QuoteState.DROPPED},
    QuoteState.SHOWN: {QuoteState.APPROVED, QuoteState.DECLINED},
    QuoteState.APPROVED: {QuoteState.APPROVED, QuoteState.WITHDRAWN},
    QuoteState.WITHDRAWN: {QuoteState.APPROVED},
    QuoteState.DECLINED: set(),
    QuoteState.DROPPED: set(),
}


class Use(models.TextChoices):
    """What words may be used for. Asked for each."""

    INSIDE = "INSIDE", "Inside our own table only"
    REPORT = "REPORT", "Our reports and yearly pages"
    PAPER = "PAPER", "Papers and articles"
    TEACHING = "TEACHING", "Talks and courses"
    LEAFLET = "LEAFLET", "Leaflets and our website"
    FUNDER = "FUNDER", "Letters to those who give money"
    PRESS = "PRESS", "Newspapers and social media"


class ReferenceState(models.TextChoices):
    SHOWN = "SHOWN", "Shown to whom it is about"
    KEPT = "KEPT", "Taken by whom it is about"
    RETURNED = "RETURNED", "Given back to be changed"


@dataclass(frozen=True)
class Approved:
    """Words that may be used now, and the name that stands under them ("" for none). All that leaves this room."""

    pk: int
    words: str
    name: str


@dataclass(frozen=True)
class Proposal:
    """What a record says that somebody gave. record: which kind of record; words: in a sentence."""

    person_id: int
    record: str
    words: str


@dataclass(frozen=True)
class Piece:
    """A stretch of words of two wordings laid side by side. change: "same", "added" or "removed"."""

    words: str
    change: str


MOST_WORDS = 2_000
