"""What a person wishes about money. Neither a benefit, nor a look-up, nor an answer has a place here."""

from django.db import models
from django.db.models import Q

from alongside.benefits.states import Stretch
from alongside.declared import declare


class Ceiling(models.Model):
    """How much a person wants at most to come in a week or a month. Only they see it; it stops nothing, it warns."""

    DECLARED = declare("""
        person   self  personal  until-erased
        stretch  self  personal  until-erased
        start    self  personal  until-erased
        pence    self  personal  until-erased
        words    self  personal  until-erased
        set_at   self  personal  until-erased
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    stretch = models.CharField(max_length=9, choices=Stretch)
    start = models.PositiveSmallIntegerField(
        help_text="Week: its first day, Monday is 0. Month: 1. Own month: 1 to 31."
    )
    pence = models.PositiveIntegerField()
    words = models.CharField(max_length=60, blank=True, help_text="What its owner calls it.")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "ceiling"
        constraints = [
            models.CheckConstraint(
                name="ceiling_begins_on_a_day_there_is",
                condition=Q(stretch=Stretch.WEEK, start__lte=6)
                | Q(stretch=Stretch.MONTH, start=1)
                | Q(stretch=Stretch.OWN_MONTH, start__gte=1, start__lte=31),
            ),
            models.CheckConstraint(name="ceiling_is_some_money", condition=Q(pence__gt=0)),
            models.UniqueConstraint(name="ceiling_one_of_a_kind", fields=["person", "stretch", "start"]),
        ]


class AskFirst(models.Model):
    """A person wants to be asked before anybody writes an offer with money for them."""

    DECLARED = declare("""
        person  self  personal  until-erased
        since   self  personal  until-erased
    """)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "ask_first"
