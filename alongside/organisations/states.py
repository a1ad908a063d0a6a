"""Duties and levels, with their words."""

from dataclasses import dataclass

from django.db import models


class DutyKind(models.TextChoices):
    """What somebody was asked to do for others. Held in an organisation or an initiative, never by the person as such."""

    LEAD = "LEAD", "leads co-production"
    CHAIR = "CHAIR", "chairs"
    RECORDER = "RECORDER", "keeps the notes"
    APPROVER = "APPROVER", "approves payments"
    PAYER = "PAYER", "pays"
    ON_CALL = "ON_CALL", "can be reached during a session"
    DISTRESS_LEAD = "DISTRESS_LEAD", "helps when somebody is upset"
    OPERATOR = "OPERATOR", "runs this installation"
    COMMISSIONER = "COMMISSIONER", "reads the yearly reports"


MONEY = (DutyKind.APPROVER, DutyKind.PAYER)
GUARDED = (*MONEY, DutyKind.OPERATOR)  # given and ended only with a second factor
KEEPERS = (DutyKind.LEAD, DutyKind.OPERATOR)  # keep the register and ask people to take duties


class AreaLevel(models.TextChoices):
    LOCAL = "LOCAL", "local"
    AREA = "AREA", "area"
    WHOLE = "WHOLE", "whole organisation"


class UploadState(models.TextChoices):
    """How a register that somebody sent stands."""

    WAITING = "WAITING", "Nothing is written yet"
    TAKEN = "TAKEN", "Written"


@dataclass(frozen=True)
class Review:
    """What a sent register would do, before anything is written.

    columns: sheets.Column in their order. fresh, known: RegisterRows to be added, and those that stay as they are,
    since their mail is here. refused: RefusedRows. alike: lines of `fresh` whose name somebody here has already.
    notes: sentences about the whole file. refusal: why no row can be read at all, or None.
    """

    columns: tuple = ()
    fresh: tuple = ()
    known: tuple = ()
    refused: tuple = ()
    alike: frozenset = frozenset()
    notes: tuple = ()
    refusal: object = None
