"""What somebody can do, in their own list; and asks for a reference."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.skills.states import MOST_SAID, MOST_WORDS, Kept, RequestState


class Skill(models.Model):
    """One line of what a person can do. For their own eyes; it leaves only on the paper that they take themselves."""

    DECLARED = declare("""
        person      self  personal      with-the-record
        words       self  personal      until-erased
        known_from  self  personal      until-erased
        record      self  personal      until-erased
        kept        self  personal      with-the-record
        made_at     self  not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    known_from = models.CharField(max_length=MOST_WORDS, blank=True)
    record = models.CharField(max_length=80, blank=True, help_text="Which record proposed it; empty: the person did.")
    kept = models.CharField(max_length=4, choices=Kept, default=Kept.MINE)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "own_skill"
        constraints = [
            models.UniqueConstraint("person", "record", condition=~Q(record=""), name="own_skill_proposed_once"),
            models.CheckConstraint(name="own_skill_left_out_is_blank", condition=Q(kept=Kept.MINE) | Q(words="")),
        ]


class ReferenceRequest(models.Model):
    """Somebody asks for a reference. The other writes it, or says kindly that they cannot."""

    DECLARED = declare("""
        initiative   writer  not-personal  with-the-record
        person       writer  personal      with-the-record
        of           writer  personal      with-the-record
        purpose      writer  personal      until-erased
        by_on        writer  not-personal  with-the-record
        state        writer  personal      with-the-record
        kindly       writer  personal      until-erased
        reference    writer  personal      with-the-record
        asked_at     writer  not-personal  with-the-record
        answered_at  writer  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", help_text="Who is asked.")
    purpose = models.CharField(max_length=MOST_SAID, blank=True, help_text="What it is for.")
    by_on = models.DateField(help_text="By when it is needed.")
    state = models.CharField(max_length=7, choices=RequestState, default=RequestState.ASKED)
    kindly = models.CharField(max_length=MOST_SAID, blank=True, help_text="Words that come with a no.")
    reference = models.ForeignKey("credit.Reference", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reference_request"
        constraints = [
            models.CheckConstraint(name="reference_request_of_somebody_else", condition=~Q(person=F("of"))),
            models.CheckConstraint(
                name="reference_request_written_has_it",
                condition=Q(state=RequestState.WRITTEN, reference__isnull=False)
                | ~Q(state=RequestState.WRITTEN) & Q(reference=None),
            ),
            models.CheckConstraint(
                name="reference_request_answered_at_a_time",
                condition=Q(state=RequestState.ASKED, answered_at=None)
                | ~Q(state=RequestState.ASKED) & Q(answered_at__isnull=False),
            ),
            models.UniqueConstraint(
                "initiative", "person", "of", condition=Q(state=RequestState.ASKED), name="reference_request_open_once"
            ),
        ]
