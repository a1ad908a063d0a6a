"""A bid: asking a funder for money, with its honest chance, who writes it and how they are paid, and what came of it."""

from django.db import models
from django.db.models import Q

from alongside.bids.states import MOST_PENCE, MOST_WORDS, BidState, HelpState
from alongside.declared import declare


class Bid(models.Model):
    """One asking for money, by an initiative. Its wording stands in versions; the newest is the bid's `version`."""

    DECLARED = declare("""
        initiative   table   not-personal  with-the-record
        state        table   not-personal  with-the-record
        version      table   not-personal  with-the-record
        made_at      table   not-personal  with-the-record
        made_by      duties  not-personal  with-the-record
        sent_at      table   not-personal  with-the-record
        answer_by    table   not-personal  with-the-record
        answered_at  table   not-personal  with-the-record
        learned      table   not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=BidState, default=BidState.WRITING)
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True, help_text="The day by which the funder says they answer.")
    answered_at = models.DateTimeField(null=True, help_text="When it was answered or taken back.")
    learned = models.TextField(blank=True, help_text="The funder's words, or why it was taken back.")

    class Meta:
        db_table = "bid"
        constraints = [
            models.CheckConstraint(
                name="bid_sent_at_a_time", condition=Q(sent_at__isnull=False) | Q(state__in=["WRITING", "BACK"])
            ),
            models.CheckConstraint(
                name="bid_answered_at_a_time",
                condition=Q(answered_at=None, state__in=["WRITING", "SENT"])
                | Q(answered_at__isnull=False, state__in=["YES", "NO", "BACK"]),
            ),
        ]


class BidText(models.Model):
    """What a bid says, in one version. Never changed: who writes on makes the next version."""

    DECLARED = declare("""
        bid          table   not-personal  with-the-record
        version      table   not-personal  with-the-record
        funder       table   not-personal  with-the-record
        what_for     table   not-personal  with-the-record
        pence        table   not-personal  with-the-record
        due_on       table   not-personal  with-the-record
        chance       table   not-personal  with-the-record
        chance_from  table   not-personal  with-the-record
        fund_line    duties  not-personal  with-the-record
        unpaid       table   not-personal  with-the-record
        reuse_plan   table   not-personal  with-the-record
        at           table   not-personal  with-the-record
        by           table   not-personal  with-the-record
    """)
    bid = models.ForeignKey("bids.Bid", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    funder = models.CharField(max_length=160)
    what_for = models.TextField(max_length=MOST_WORDS)
    pence = models.PositiveIntegerField(help_text="Whole pence (GBP).")
    due_on = models.DateField()
    chance = models.PositiveSmallIntegerField(null=True, help_text="About so many in 100. Empty: nobody knows.")
    chance_from = models.CharField(max_length=300, blank=True, help_text="From where the figure is.")
    fund_line = models.ForeignKey("ledger.FundLine", null=True, on_delete=models.PROTECT, related_name="+")
    unpaid = models.BooleanField(default=False, help_text="Those who write it are not paid, and that was said.")
    reuse_plan = models.TextField(max_length=MOST_WORDS, blank=True, help_text="What becomes of it after a no.")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "bid_text"
        constraints = [
            models.UniqueConstraint("bid", "version", name="bid_text_version_once"),
            models.CheckConstraint(
                name="bid_text_chance_is_from_somewhere",
                condition=Q(chance=None) | (Q(chance__lte=100) & ~Q(chance_from="")),
            ),
            models.CheckConstraint(
                name="bid_text_paid_or_said_not_to_be",
                condition=Q(unpaid=True, fund_line=None) | Q(unpaid=False, fund_line__isnull=False),
            ),
            models.CheckConstraint(name="bid_text_asks_for_money", condition=Q(pence__gt=0, pence__lte=MOST_PENCE)),
        ]


class BidHelper(models.Model):
    """Somebody who helps with a bid, by their own yes; or who was asked whether they do."""

    DECLARED = declare("""
        bid          table   not-personal  with-the-record
        person       table   personal      with-the-record
        state        table   personal      with-the-record
        thanks       duties  personal      until-erased
        asked_at     duties  not-personal  with-the-record
        asked_by     duties  not-personal  with-the-record
        answered_at  duties  not-personal  with-the-record
        thanked_at   table   not-personal  with-the-record
    """)
    bid = models.ForeignKey("bids.Bid", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=HelpState, default=HelpState.ASKED)
    thanks = models.CharField(max_length=200, blank=True, help_text="How they want to be thanked.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True, help_text="Thanked, and told the answer.")

    class Meta:
        db_table = "bid_helper"
        constraints = [models.UniqueConstraint("bid", "person", name="bid_helper_once")]


class BidReuse(models.Model):
    """Where the text of a bid was used again. Never changed."""

    DECLARED = declare("""
        bid    table  not-personal  with-the-record
        words  table  not-personal  with-the-record
        at     table  not-personal  with-the-record
        by     table  not-personal  with-the-record
    """)
    bid = models.ForeignKey("bids.Bid", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "bid_reuse"
        indexes = [models.Index("bid", name="bid_reuse_of")]
