"""Rate cards. Nothing here is edited in place: a new version follows."""

from django.db import models
from django.db.models import Q

from alongside.declared import declare
from alongside.rates.states import MOST_LEAST_MINUTES, MOST_PENCE, Unit


class RateCard(models.Model):
    """What an organisation pays, from a day on. Never changed: a new version holds from its own day."""

    DECLARED = declare("""
        organisation  organisation  not-personal  with-the-record
        version       organisation  not-personal  with-the-record
        from_on       organisation  not-personal  with-the-record
        source        organisation  not-personal  with-the-record
        words         organisation  not-personal  with-the-record
        made_at       organisation  not-personal  with-the-record
        made_by       organisation  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    source = models.CharField(max_length=400, help_text="Where these amounts come from, or who agreed them.")
    words = models.CharField(max_length=400, blank=True, help_text="What is counted: preparation, cancelled work ...")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "rate_card"
        constraints = [models.UniqueConstraint("organisation", "version", name="rate_card_version_once")]


class RateLine(models.Model):
    """One rate of a card: what, how it is counted, with or without getting ready, chairing or not, how much."""

    DECLARED = declare("""
        card           organisation  not-personal  with-the-record
        words          organisation  not-personal  with-the-record
        unit           organisation  not-personal  with-the-record
        prepared       organisation  not-personal  with-the-record
        chairs         organisation  not-personal  with-the-record
        least_minutes  organisation  not-personal  with-the-record
        pence          organisation  not-personal  with-the-record
        note           organisation  not-personal  with-the-record
    """)
    card = models.ForeignKey("rates.RateCard", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=160, help_text="Level or role, in plain words.")
    unit = models.CharField(max_length=8, choices=Unit)
    prepared = models.BooleanField(default=False, help_text="Getting ready is in this amount already.")
    chairs = models.BooleanField(default=False, help_text="For who chairs or leads it.")
    least_minutes = models.PositiveSmallIntegerField(default=0, help_text="At least so much time is paid.")
    pence = models.PositiveIntegerField(help_text="Whole pence, or cents, in the currency of the site.")
    note = models.CharField(max_length=300, blank=True, help_text="What is unsure about it.")

    class Meta:
        db_table = "rate_line"
        constraints = [
            models.UniqueConstraint("card", "words", "unit", "prepared", "chairs", name="rate_line_once"),
            models.CheckConstraint(name="rate_line_some_money", condition=Q(pence__gt=0, pence__lte=MOST_PENCE)),
            models.CheckConstraint(
                name="rate_line_least_is_a_time", condition=Q(least_minutes__lte=MOST_LEAST_MINUTES)
            ),
        ]
