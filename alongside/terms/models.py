"""The payment policy of an organisation, in versions; what an initiative plans to spend; how its people are paid."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.terms.states import MOST_COSTS, MOST_MINUTES, MOST_PEOPLE, MOST_TIMES, Paid, WriterState


class Wording(models.Model):
    """Words tried for one point of the next policy. The newest of a point counts; nothing is written over."""

    DECLARED = declare("""
        organisation  duties  not-personal  with-the-record
        point         duties  not-personal  with-the-record
        words         duties  not-personal  with-the-record
        at            duties  not-personal  with-the-record
        by            duties  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=40, help_text="Id of a point of the checklist.")
    words = models.TextField(blank=True, help_text="Empty means: not settled yet.")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "policy_wording"
        indexes = [models.Index("organisation", "point", name="policy_wording_of")]


class Policy(models.Model):
    """How an organisation pays, from a day on. Never changed: a new version holds from its own day."""

    DECLARED = declare("""
        organisation  public        not-personal  with-the-record
        version       public        not-personal  with-the-record
        from_on       public        not-personal  with-the-record
        review_on     public        not-personal  with-the-record
        together      public        not-personal  with-the-record
        made_at       organisation  not-personal  with-the-record
        made_by       organisation  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    review_on = models.DateField(help_text="The day on which it is looked at again.")
    together = models.PositiveSmallIntegerField(null=True, help_text="How many people wrote it together, named or not.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "payment_policy"
        constraints = [
            models.UniqueConstraint("organisation", "version", name="payment_policy_version_once"),
            models.CheckConstraint(name="payment_policy_looked_at_later", condition=Q(review_on__gt=F("from_on"))),
        ]


class PolicyPoint(models.Model):
    """One point of a policy: what is asked, and the organisation's words for it."""

    DECLARED = declare("""
        policy  public  not-personal  with-the-record
        point   public  not-personal  with-the-record
        asks    public  not-personal  with-the-record
        words   public  not-personal  with-the-record
    """)
    policy = models.ForeignKey("terms.Policy", on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=40)
    asks = models.CharField(max_length=300, help_text="The words of the point on that day.")
    words = models.TextField(blank=True, help_text="Empty means: not settled yet.")

    class Meta:
        db_table = "payment_policy_point"
        constraints = [models.UniqueConstraint("policy", "point", name="payment_policy_point_once")]


class PolicyWriter(models.Model):
    """Somebody who helped to write a policy and was asked whether their name may stand under it."""

    DECLARED = declare("""
        policy       chosen  not-personal  with-the-record
        person       chosen  personal      with-the-record
        state        chosen  personal      with-the-record
        asked_at     duties  not-personal  with-the-record
        asked_by     duties  not-personal  with-the-record
        answered_at  duties  not-personal  with-the-record
    """)
    policy = models.ForeignKey("terms.Policy", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=WriterState, default=WriterState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payment_policy_writer"
        constraints = [models.UniqueConstraint("policy", "person", name="payment_policy_writer_once")]


class BudgetLine(models.Model):
    """What an initiative plans for: so many people, so often, so long, at a rate, with their costs."""

    DECLARED = declare("""
        initiative   table   not-personal  with-the-record
        fund_line    duties  not-personal  with-the-record
        words        table   not-personal  with-the-record
        people       table   not-personal  with-the-record
        times        table   not-personal  with-the-record
        minutes      table   not-personal  with-the-record
        rate         table   not-personal  with-the-record
        costs_pence  table   not-personal  with-the-record
        made_at      table   not-personal  with-the-record
        made_by      duties  not-personal  with-the-record
        off_at       table   not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    fund_line = models.ForeignKey("ledger.FundLine", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=160)
    people = models.PositiveSmallIntegerField()
    times = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=0, help_text="Of one person at one time, all of it counted.")
    rate = models.ForeignKey("rates.RateLine", null=True, on_delete=models.PROTECT, related_name="+")
    costs_pence = models.PositiveIntegerField(default=0, help_text="Of one person at one time. Whole pence (GBP).")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    off_at = models.DateTimeField(null=True, help_text="Since when it is no longer planned.")

    class Meta:
        db_table = "budget_line"
        constraints = [
            models.CheckConstraint(
                name="budget_line_can_be",
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE, times__gte=1, times__lte=MOST_TIMES)
                & Q(minutes__lte=MOST_MINUTES, costs_pence__lte=MOST_COSTS),
            ),
            models.CheckConstraint(
                name="budget_line_is_for_something",
                condition=Q(rate__isnull=False, minutes__gt=0) | Q(rate=None, minutes=0, costs_pence__gt=0),
            ),
        ]


class Means(models.Model):
    """How somebody is paid for being at one table. Theirs alone: it leaves this row only as a part of `MeansShown`.

    No time stands here, and no line of the record tells of it: who answered is nobody's to know either.
    """

    DECLARED = declare("""
        person      self    personal      with-the-record
        initiative  self    not-personal  with-the-record
        answer      self    personal      until-erased
        fresh       nobody  not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=6, choices=Paid, blank=True, help_text="Empty: taken away.")
    fresh = models.BooleanField(default=True, help_text="Said, changed or taken away since the newest figures.")

    class Meta:
        db_table = "means"
        constraints = [models.UniqueConstraint("person", "initiative", name="means_once")]


class MeansShown(models.Model):
    """What a table may read of how its people are paid, from a day on. Rounded, and hidden where few are in it."""

    DECLARED = declare("""
        initiative  table  not-personal  with-the-record
        from_on     table  not-personal  with-the-record
        figures     table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    figures = models.JSONField(help_text="Pairs of words and a rounded number or words; empty when too few said it.")

    class Meta:
        db_table = "means_shown"
        constraints = [models.UniqueConstraint("initiative", "from_on", name="means_shown_once")]
