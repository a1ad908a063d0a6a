"""Duties and levels, with their words."""

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


class AreaLevel(models.TextChoices):
    LOCAL = "LOCAL", "local"
    AREA = "AREA", "area"
    WHOLE = "WHOLE", "whole organisation"
