"""A decision: what may be chosen and what each choice means, who decides, why, who does it, and who has been told."""

from django.db import models
from django.db.models import Q

from alongside.decisions.states import DecisionState, Way
from alongside.declared import declare
from alongside.people.states import Channel


class Decision(models.Model):
    """One question that is decided. After it was decided its words never change; overturning it is written beside."""

    DECLARED = declare("""
        initiative   table  not-personal  with-the-record
        question     table  not-personal  with-the-record
        background   table  not-personal  with-the-record
        way          table  not-personal  with-the-record
        who_decides  table  not-personal  with-the-record
        substantive  table  not-personal  with-the-record
        state        table  not-personal  with-the-record
        opened_by    table  personal      with-the-record
        opened_at    table  not-personal  with-the-record
        outcome      table  not-personal  with-the-record
        reason       table  not-personal  with-the-record
        owner        table  personal      with-the-record
        review_on    table  not-personal  with-the-record
        decided_by   table  personal      with-the-record
        decided_at   table  not-personal  with-the-record
        told_at      table  not-personal  with-the-record
        overturned_who     table  not-personal  with-the-record
        overturned_reason  table  not-personal  with-the-record
        overturned_at      table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=300)
    background = models.TextField(blank=True)
    way = models.CharField(max_length=7, choices=Way)
    who_decides = models.CharField(max_length=300, help_text="In words: names or duties.")
    substantive = models.BooleanField(default=True, help_text="Changes what is done, not only how a page looks.")
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.OPEN)
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.ForeignKey("decisions.Option", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    overturned_who = models.CharField(max_length=300, blank=True)
    overturned_reason = models.TextField(blank=True)
    overturned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "decision"
        constraints = [
            models.CheckConstraint(
                name="decision_decided_has_outcome_reason_owner_review",
                condition=Q(state=DecisionState.OPEN, outcome=None, decided_at=None)
                | (
                    ~Q(state=DecisionState.OPEN)
                    & Q(
                        outcome__isnull=False,
                        owner__isnull=False,
                        review_on__isnull=False,
                        decided_at__isnull=False,
                        decided_by__isnull=False,
                    )
                    & ~Q(reason="")
                ),
            ),
            models.CheckConstraint(
                name="decision_overturned_says_who_and_why",
                condition=(Q(overturned_at=None) & ~Q(state=DecisionState.OVERTURNED))
                | (
                    Q(overturned_at__isnull=False, state=DecisionState.OVERTURNED)
                    & ~Q(overturned_who="")
                    & ~Q(overturned_reason="")
                ),
            ),
        ]

    def __str__(self):
        return self.question


class Option(models.Model):
    """Something that may be chosen, with what it would mean in practice."""

    DECLARED = declare("""
        decision  table  not-personal  with-the-record
        place     table  not-personal  with-the-record
        words     table  not-personal  with-the-record
        meaning   table  not-personal  with-the-record
    """)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    meaning = models.CharField(max_length=600)

    class Meta:
        db_table = "choice_option"
        constraints = [models.UniqueConstraint("decision", "place", name="choice_option_place_once")]

    def __str__(self):
        return self.words


class Basis(models.Model):
    """A statement that a decision answers. Its author is told."""

    DECLARED = declare("""
        decision   table  not-personal  with-the-record
        statement  table  not-personal  with-the-record
    """)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey("conversations.Statement", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "decision_basis"
        constraints = [models.UniqueConstraint("decision", "statement", name="decision_basis_once")]


class Evidence(models.Model):
    """Something that makes people think that a thing is so. What it weighs is argued in words: no field here says it."""

    DECLARED = declare("""
        decision  table  not-personal  with-the-record
        kind      table  not-personal  with-the-record
        says      table  personal      until-erased
        source    table  personal      until-erased
        why_here  table  personal      until-erased
        added_by  table  personal      with-the-record
        added_at  table  not-personal  with-the-record
        channel   table  not-personal  with-the-record
        back_at   table  not-personal  with-the-record
    """)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, help_text="Id of content evidence-kind.")
    says = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="From where, in words.")
    why_here = models.TextField(blank=True, help_text="Why it should count here, argued in words.")
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    channel = models.CharField(max_length=9, choices=Channel)
    back_at = models.DateTimeField(null=True, help_text="Taken back by who added it.")

    class Meta:
        db_table = "decision_evidence"
        constraints = [
            models.CheckConstraint(
                name="decision_evidence_back_is_blank", condition=Q(back_at=None) | Q(says="", source="", why_here="")
            )
        ]


class View(models.Model):
    """Which option one person at the table prefers, and what they say against, if anything. Signed, not secret."""

    DECLARED = declare("""
        decision  table  not-personal  with-the-record
        person    table  personal      with-the-record
        option    table  personal      with-the-record
        harm      table  personal      with-the-record
        words     table  personal      until-erased
        channel   table  not-personal  with-the-record
        at        table  not-personal  with-the-record
    """)
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    option = models.ForeignKey("decisions.Option", null=True, on_delete=models.PROTECT, related_name="+")
    harm = models.BooleanField(default=False, help_text="Sees harm in going ahead.")
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=9, choices=Channel)
    at = models.DateTimeField()

    class Meta:
        db_table = "decision_view"
        constraints = [models.UniqueConstraint("decision", "person", name="decision_view_once")]
