"""Asks to use an initiative for publicity, what the table and each person answered, and where it was used."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.media.states import MOST_WORDS, AskState, Own
from alongside.people.states import Channel


class Ask(models.Model):
    """Somebody asks to use the initiative. The table answers as a whole; a no stays as it was said."""

    DECLARED = declare("""
        initiative   table   not-personal  with-the-record
        who          table   not-personal  with-the-record
        wants        public  not-personal  with-the-record
        purpose      table   not-personal  with-the-record
        until        table   not-personal  with-the-record
        given_back   table   not-personal  with-the-record
        asked_on     public  not-personal  with-the-record
        state        table   not-personal  with-the-record
        conditions   table   not-personal  with-the-record
        why          public  not-personal  with-the-record
        decided_how  table   not-personal  with-the-record
        decision     table   not-personal  with-the-record
        answered_on  table   not-personal  with-the-record
        answered_at  table   not-personal  with-the-record
        answered_by  duties  personal      with-the-record
        made_at      table   not-personal  with-the-record
        made_by      duties  personal      with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=160, help_text="Who asks, in words: a paper, an office, a funder.")
    wants = models.JSONField(default=list, help_text="What they want, of Want, in its order.")
    purpose = models.CharField(max_length=MOST_WORDS, help_text="What for, and where it would appear.")
    until = models.DateField(help_text="The last day of use.")
    given_back = models.CharField(max_length=300, blank=True, help_text="What is given back; empty for nothing.")
    asked_on = models.DateField()
    state = models.CharField(max_length=10, choices=AskState, default=AskState.ASKED)
    conditions = models.CharField(max_length=MOST_WORDS, blank=True)
    why = models.CharField(max_length=MOST_WORDS, blank=True, help_text="Why not. Nobody has to say.")
    decided_how = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=300, blank=True, help_text="Where the decision is written, in words.")
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "publicity_ask"
        constraints = [
            models.CheckConstraint(name="publicity_ask_ends_after_it_was_asked", condition=Q(until__gte=F("asked_on"))),
            models.CheckConstraint(
                name="publicity_ask_answered_has_its_day",
                condition=Q(state=AskState.ASKED, answered_on=None, answered_at=None, answered_by=None)
                | ~Q(state=AskState.ASKED)
                & Q(answered_on__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publicity_ask_words_fit_the_answer",
                condition=(Q(conditions="") | ~Q(state__in=[AskState.ASKED, AskState.YES]))
                & (Q(why="") | Q(state=AskState.NO))
                & (~Q(conditions="") | ~Q(state=AskState.CONDITIONS)),
            ),
        ]


class Answer(models.Model):
    """What one person says for themselves to one ask. Nobody else can say it; silence counts as no."""

    DECLARED = declare("""
        ask          chosen  not-personal  with-the-record
        person       chosen  personal      with-the-record
        state        chosen  personal      with-the-record
        asked_at     duties  not-personal  with-the-record
        asked_by     duties  personal      with-the-record
        answered_by  self    personal      with-the-record
        answered_at  self    personal      with-the-record
        channel      self    personal      with-the-record
    """)
    ask = models.ForeignKey("media.Ask", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=Own, default=Own.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=9, choices=Channel, blank=True)

    class Meta:
        db_table = "publicity_answer"
        constraints = [
            models.UniqueConstraint("ask", "person", name="publicity_answer_once"),
            models.CheckConstraint(
                name="publicity_answer_only_by_oneself",
                condition=Q(state=Own.ASKED, answered_by=None, answered_at=None)
                | ~Q(state=Own.ASKED)
                & Q(answered_by__isnull=False, answered_by=F("person"), answered_at__isnull=False),
            ),
        ]


class Used(models.Model):
    """Where it was used. Possible only while the table said yes and everybody in it has a yes that holds."""

    DECLARED = declare("""
        ask      table   not-personal  with-the-record
        place    table   not-personal  with-the-record
        used_on  table   not-personal  with-the-record
        by       duties  personal      with-the-record
        at       duties  not-personal  with-the-record
        told_at  table   not-personal  with-the-record
        told_by  duties  personal      with-the-record
    """)
    ask = models.ForeignKey("media.Ask", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, help_text="Where it can be seen.")
    used_on = models.DateField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="When this place was told to take it down.")
    told_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "publicity_used"
        constraints = [
            models.CheckConstraint(
                name="publicity_used_told_by_somebody",
                condition=Q(told_at=None, told_by=None) | Q(told_at__isnull=False, told_by__isnull=False),
            )
        ]


class InUse(models.Model):
    """Somebody who is in a use, with their name or without it."""

    DECLARED = declare("""
        used    chosen  not-personal  with-the-record
        answer  chosen  personal      with-the-record
        named   chosen  personal      with-the-record
    """)
    used = models.ForeignKey("media.Used", on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey("media.Answer", on_delete=models.PROTECT, related_name="+")
    named = models.BooleanField(help_text="Their name stands there.")

    class Meta:
        db_table = "publicity_in_use"
        constraints = [models.UniqueConstraint("used", "answer", name="publicity_in_use_once")]


class Openness(models.Model):
    """Whether anybody may read what an initiative said no to. Without a row: no."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        shown       public  not-personal  with-the-record
        at          table   not-personal  with-the-record
        by          duties  personal      with-the-record
    """)
    initiative = models.OneToOneField("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    shown = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "publicity_openness"
