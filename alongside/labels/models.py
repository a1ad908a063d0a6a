"""What is said of a label: claims, declining, seeing it differently, what came of it, and what was shown outside.

The label itself is not kept. It is worked out from the records each time somebody looks, and copied only on showing.
"""

from django.db import models
from django.db.models import Q

from alongside.declared import declare
from alongside.labels.states import Outcome


class LabelClaim(models.Model):
    """What who leads says of the whole, or of one stage. Never changed: a newer one takes its place."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        stage       public  not-personal  with-the-record
        label       public  not-personal  with-the-record
        words       public  not-personal  with-the-record
        said        public  not-personal  with-the-record
        by          table   personal      with-the-record
        at          public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, blank=True, help_text="Id of content stage; empty for all of it.")
    label = models.CharField(max_length=40, blank=True, help_text="Id of content label; empty: we say nothing.")
    words = models.CharField(max_length=160, blank=True, help_text="The label's words at the time.")
    said = models.CharField(max_length=600, blank=True, help_text="Why, in their own words.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "label_claim"
        constraints = [
            models.CheckConstraint(
                name="label_claim_words_with_its_label",
                condition=Q(label="", words="") | (~Q(label="") & ~Q(words="")),
            )
        ]


class LabelDeclined(models.Model):
    """The people at the table do not use the word, with their reason; or use it again, with theirs."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        declined    public  not-personal  with-the-record
        words       public  not-personal  with-the-record
        called      public  not-personal  with-the-record
        by          table   personal      with-the-record
        at          public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    declined = models.BooleanField(help_text="False takes an earlier decline back.")
    words = models.CharField(max_length=1000)
    called = models.CharField(max_length=200, blank=True, help_text="Their own name for what they do.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "label_declined"
        constraints = [models.CheckConstraint(name="label_declined_has_a_reason", condition=~Q(words=""))]


class LabelDissent(models.Model):
    """How one person at the table sees it differently. Their newest words stand; empty words take them back."""

    DECLARED = declare("""
        initiative  table   not-personal  with-the-record
        stage       table   not-personal  with-the-record
        words       chosen  personal      until-erased
        outside     self    not-personal  with-the-record
        by          table   personal      with-the-record
        at          table   not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    outside = models.BooleanField(default=False, help_text="May be read outside too, without the name.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "label_dissent"


class OutcomeSaid(models.Model):
    """What came of it, as somebody at the table says. No label is worked out from this."""

    DECLARED = declare("""
        initiative  table  not-personal  with-the-record
        tag         table  not-personal  with-the-record
        words       table  personal      until-erased
        by          table  personal      with-the-record
        at          table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    tag = models.CharField(max_length=11, choices=Outcome)
    words = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "outcome_said"


class LabelShown(models.Model):
    """A label as it was shown outside: a copy that no later record changes. The newest stands."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        number      public  not-personal  with-the-record
        label       public  not-personal  with-the-record
        words       public  not-personal  with-the-record
        shown       public  not-personal  with-the-record
        by          table   personal      with-the-record
        at          public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40, help_text="Id of content label: what stands first.")
    words = models.CharField(max_length=160, help_text="The label's words at the time.")
    shown = models.JSONField(help_text="Stages with label, reasons and what is missing, as sentences.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "label_shown"
        constraints = [models.UniqueConstraint("initiative", "number", name="label_shown_number_once")]
