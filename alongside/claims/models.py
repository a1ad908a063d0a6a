"""The list of fixed costs, claims with their lines, receipts, and what somebody gave without an offer."""

from django.db import models
from django.db.models import F, Q

from alongside.claims.states import (
    MOST_MINUTES,
    MOST_PENCE,
    MOST_TENTHS,
    OF_AN_OFFER,
    TOLD_BY,
    ClaimState,
    LineKind,
    LogKind,
    Per,
)
from alongside.declared import declare
from alongside.people.states import Channel


class CostList(models.Model):
    """Costs that an organisation pays back without a receipt, from a day on. Never changed: a new version holds."""

    DECLARED = declare("""
        organisation  organisation  not-personal  with-the-record
        version       organisation  not-personal  with-the-record
        from_on       organisation  not-personal  with-the-record
        source        organisation  not-personal  with-the-record
        made_at       organisation  not-personal  with-the-record
        made_by       organisation  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    source = models.CharField(max_length=400, help_text="Where these sums come from, or who agreed them.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "cost_list"
        constraints = [models.UniqueConstraint("organisation", "version", name="cost_list_version_once")]


class CostItem(models.Model):
    """One sum of a list of costs."""

    DECLARED = declare("""
        list   organisation  not-personal  with-the-record
        words  organisation  not-personal  with-the-record
        per    organisation  not-personal  with-the-record
        pence  organisation  not-personal  with-the-record
    """)
    list = models.ForeignKey("claims.CostList", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=120)
    per = models.CharField(max_length=9, choices=Per)
    pence = models.PositiveIntegerField(help_text="Whole pence, or cents, in the currency of the site.")

    class Meta:
        db_table = "cost_item"
        constraints = [
            models.UniqueConstraint("list", "words", name="cost_item_words_once"),
            models.CheckConstraint(name="cost_item_some_money", condition=Q(pence__gt=0, pence__lte=MOST_PENCE)),
        ]


class Claim(models.Model):
    """What somebody claims after one activity: that the work was done, and what it cost them.

    A claim that somebody else wrote down owes nothing until its person, and nobody else, said that it is right.
    """

    DECLARED = declare("""
        initiative       duties  not-personal  with-the-record
        gathering        duties  not-personal  with-the-record
        to               duties  personal      money-years
        activity_on      duties  not-personal  with-the-record
        state            duties  personal      money-years
        pence            duties  personal      money-years
        costs_pence      duties  personal      money-years
        method           duties  personal      money-years
        provider         duties  personal      until-erased
        offer            duties  not-personal  with-the-record
        written_by       duties  not-personal  with-the-record
        channel          duties  not-personal  with-the-record
        asked_words      duties  personal      until-erased
        made_at          duties  not-personal  with-the-record
        answered_at      duties  not-personal  with-the-record
        answered_by      duties  not-personal  with-the-record
        answered_channel duties  not-personal  with-the-record
        answered_words   duties  personal      until-erased
        before           duties  not-personal  with-the-record
        spent_pence      duties  personal      money-years
        spent_at         duties  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey("gatherings.Gathering", null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    activity_on = models.DateField()
    state = models.CharField(max_length=10, choices=ClaimState)
    pence = models.PositiveIntegerField(help_text="Work and costs as they stood when it was sent.")
    costs_pence = models.PositiveIntegerField(help_text="Of it, costs.")
    method = models.CharField(max_length=7, blank=True, help_text="How the costs come back.")
    provider = models.CharField(max_length=160, blank=True)
    offer = models.OneToOneField("contributions.Offer", null=True, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=9, choices=Channel)
    asked_words = models.CharField(max_length=200, blank=True, help_text="Who was asked, and how they said it.")
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_channel = models.CharField(max_length=9, choices=Channel, blank=True)
    answered_words = models.CharField(max_length=200, blank=True, help_text="How they were asked whether it is right.")
    before = models.BooleanField(default=False, help_text="Asked for before the day.")
    spent_pence = models.PositiveIntegerField(null=True, help_text="What it cost in the end, as the person told it.")
    spent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "claim"
        indexes = [models.Index(fields=["to", "state"], name="claim_of_person")]
        constraints = [
            models.CheckConstraint(
                name="claim_costs_are_part_of_it",
                condition=Q(costs_pence__lte=F("pence")) & Q(costs_pence__lte=MOST_PENCE),
            ),
            models.CheckConstraint(
                name="claim_is_owed_only_once_it_is_said",
                condition=Q(state__in=[ClaimState.ASKED, ClaimState.NOT_RIGHT], offer=None)
                | Q(state__in=[ClaimState.SENT, ClaimState.TAKEN_BACK], costs_pence=0, offer=None)
                | Q(state__in=[ClaimState.SENT, ClaimState.TAKEN_BACK], costs_pence__gt=0, offer__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_for_somebody_says_who_was_asked",
                condition=Q(written_by=F("to")) | (Q(channel__in=TOLD_BY) & ~Q(asked_words="")),
            ),
            models.CheckConstraint(
                name="claim_is_not_confirmed_by_who_wrote_it",
                condition=~Q(state=ClaimState.SENT) | Q(written_by=F("to")) | ~Q(answered_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="claim_answer_says_who_and_when",
                condition=Q(state=ClaimState.ASKED, answered_at=None, answered_by=None)
                | (~Q(state=ClaimState.ASKED) & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_spent_is_told_of_money_before_the_day",
                condition=Q(spent_pence=None, spent_at=None)
                | Q(spent_pence__isnull=False, spent_at__isnull=False, spent_pence__lte=MOST_PENCE, before=True),
            ),
        ]


class Receipt(models.Model):
    """A picture of a receipt, cleaned to its pixels. The file stands beside the database; nobody gets it but here."""

    DECLARED = declare("""
        owner        self    personal      money-years
        initiative   money   not-personal  with-the-record
        gathering    self    not-personal  with-the-record
        activity_on  money   not-personal  with-the-record
        words        self    personal      until-erased
        pence        money   personal      money-years
        file         nobody  personal      money-years
        digest       nobody  not-personal  money-years
        made_at      money   not-personal  with-the-record
        sent_at      money   not-personal  with-the-record
        thrown_at    money   not-personal  with-the-record
    """)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey("gatherings.Gathering", null=True, on_delete=models.PROTECT, related_name="+")
    activity_on = models.DateField()
    words = models.CharField(max_length=120)
    pence = models.PositiveIntegerField()
    file = models.CharField(max_length=80, unique=True, help_text="Its name on the shelf; says nothing.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, help_text="Empty while it waits to be sent with a claim.")
    thrown_at = models.DateTimeField(null=True, help_text="When the picture was thrown away.")

    class Meta:
        db_table = "receipt"
        constraints = [
            models.CheckConstraint(name="receipt_some_money", condition=Q(pence__gt=0, pence__lte=MOST_PENCE))
        ]


class ClaimLine(models.Model):
    """One line of a claim. What was claimed never changes; the database refuses."""

    DECLARED = declare("""
        claim       duties  not-personal  with-the-record
        kind        duties  not-personal  with-the-record
        words       duties  personal      until-erased
        rate_words  duties  not-personal  with-the-record
        count       duties  not-personal  with-the-record
        pence       duties  not-personal  with-the-record
        item        duties  not-personal  with-the-record
        receipt     duties  not-personal  with-the-record
        offer       duties  not-personal  with-the-record
    """)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=LineKind)
    words = models.CharField(max_length=300)
    rate_words = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(help_text="Times or hours; tenths of a mile; minutes of work.")
    pence = models.PositiveIntegerField()
    item = models.ForeignKey("claims.CostItem", null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey("claims.Receipt", null=True, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("contributions.Offer", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "claim_line"
        constraints = [
            models.UniqueConstraint("claim", "item", condition=Q(item__isnull=False), name="claim_line_item_once"),
            models.UniqueConstraint("claim", "offer", condition=Q(offer__isnull=False), name="claim_line_offer_once"),
            models.CheckConstraint(
                name="claim_line_distance_of_a_day", condition=~Q(kind=LineKind.MILES) | Q(count__lte=MOST_TENTHS)
            ),
            models.CheckConstraint(
                name="claim_line_receipt_has_its_picture",
                condition=Q(kind=LineKind.RECEIPT, receipt__isnull=False)
                | (~Q(kind=LineKind.RECEIPT) & Q(receipt=None)),
            ),
            models.CheckConstraint(
                name="claim_line_work_has_its_offer",
                condition=Q(kind__in=OF_AN_OFFER, offer__isnull=False) | (~Q(kind__in=OF_AN_OFFER) & Q(offer=None)),
            ),
        ]


class LogEntry(models.Model):
    """Something that somebody gave: what, minutes, day, which table. Nobody approves it.

    Whether it was paid is not typed in: it follows from the offer that it belongs to. Without one it is given by
    choice where the person says so, and unpaid by default where nobody offered money.
    """

    DECLARED = declare("""
        person      duties  personal  with-the-record
        initiative  duties  not-personal  with-the-record
        kind        duties  personal  with-the-record
        words       duties  personal  until-erased
        minutes     duties  personal  with-the-record
        on          duties  personal  with-the-record
        by_choice   duties  personal  with-the-record
        offer       duties  personal  with-the-record
        private     self    personal  with-the-record
        channel     duties  not-personal  with-the-record
        made_at     self    not-personal  with-the-record
        let_go_at   self    not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey("initiatives.Initiative", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=LogKind)
    words = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField()
    on = models.DateField()
    by_choice = models.BooleanField(default=False, help_text="The person says: I gave this, and want no money for it.")
    offer = models.ForeignKey("contributions.Offer", null=True, on_delete=models.PROTECT, related_name="+")
    private = models.BooleanField(default=False, help_text="Only for the person's own eyes; in no total.")
    channel = models.CharField(max_length=9, choices=Channel)
    made_at = models.DateTimeField()
    let_go_at = models.DateTimeField(null=True, help_text="Taken away by the person.")

    class Meta:
        db_table = "log_entry"
        indexes = [models.Index(fields=["initiative", "on"], name="log_entry_at_table")]
        constraints = [
            models.CheckConstraint(name="log_entry_of_a_day", condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES)),
            models.CheckConstraint(name="log_entry_choice_or_offer", condition=Q(by_choice=False) | Q(offer=None)),
        ]
