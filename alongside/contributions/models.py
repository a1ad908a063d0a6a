"""Offers of money for work, and the parts in which money comes. What was offered is never edited: a new offer replaces."""

from django.db import models
from django.db.models import F, Q

from alongside.contributions.states import (
    FIXED,
    MOST_PARTS,
    MOST_PENCE,
    WITHOUT_MONEY,
    YES,
    Method,
    MoneyState,
    OfferState,
)
from alongside.declared import declare
from alongside.people.states import Channel

ANSWERED_YES = [*sorted(YES), OfferState.DONE]


class Offer(models.Model):
    """Money put to one person for one piece of work, written before the work.

    What is offered never changes (the database refuses); a new offer replaces it. What the person answers may
    change until the money is approved. Why they answered so is theirs alone, and may be empty.
    """

    DECLARED = declare("""
        initiative     duties  not-personal  with-the-record
        to             duties  personal      money-years
        task           duties  not-personal  with-the-record
        activity_on    duties  not-personal  with-the-record
        minutes        duties  not-personal  with-the-record
        work_minutes   duties  not-personal  with-the-record
        prep_minutes   duties  not-personal  with-the-record
        debrief_minutes duties not-personal  with-the-record
        rest_minutes   duties  not-personal  with-the-record
        from_gathering duties  not-personal  with-the-record
        from_advert    duties  not-personal  with-the-record
        line           duties  not-personal  with-the-record
        rate_words     duties  not-personal  with-the-record
        pay_pence      duties  not-personal  with-the-record
        costs_pence    duties  not-personal  with-the-record
        costs_words    duties  not-personal  with-the-record
        early_pence    duties  not-personal  with-the-record
        pence          duties  not-personal  with-the-record
        unpaid         duties  not-personal  with-the-record
        same_day       duties  not-personal  with-the-record
        fund_line      duties  not-personal  with-the-record
        costs_only     duties  not-personal  with-the-record
        approver       duties  not-personal  with-the-record
        approver_words duties  not-personal  with-the-record
        ask_words      duties  not-personal  with-the-record
        promised_on    duties  not-personal  with-the-record
        replaces       duties  not-personal  with-the-record
        made_at        duties  not-personal  with-the-record
        made_by        duties  not-personal  with-the-record
        state          duties  personal      money-years
        answered_at    duties  personal      money-years
        channel        duties  not-personal  with-the-record
        accepted_pence money   personal      money-years
        method         money   personal      money-years
        shop           money   personal      until-erased
        provider       money   personal      until-erased
        given_to       money   personal      until-erased
        pay_from       money   personal      until-erased
        fixed_pence    money   personal      money-years
        later_on       duties  personal      until-erased
        reason         self    personal      until-erased
        done_on        duties  personal      money-years
        done_at        duties  not-personal  with-the-record
        done_by        duties  not-personal  with-the-record
        done_channel   duties  not-personal  with-the-record
        time_given_at  duties  not-personal  with-the-record
        money          money   personal      money-years
        approved_on    money   personal      money-years
        sent_on        money   personal      money-years
        arrived_on     money   personal      money-years
        held_words     money   personal      until-erased
        held_by        money   not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    task = models.CharField(max_length=300)
    activity_on = models.DateField(help_text="The day of the work; the promise counts from here.")
    minutes = models.PositiveIntegerField(help_text="All of it: the work, getting ready, talking afterwards, rest.")
    work_minutes = models.PositiveIntegerField(help_text="The work itself.")
    prep_minutes = models.PositiveIntegerField(default=0, help_text="Getting ready before it.")
    debrief_minutes = models.PositiveIntegerField(default=0, help_text="Talking about it afterwards.")
    rest_minutes = models.PositiveIntegerField(default=0, help_text="Getting over it.")
    from_gathering = models.ForeignKey("gatherings.Gathering", null=True, on_delete=models.PROTECT, related_name="+")
    from_advert = models.ForeignKey("initiatives.Advert", null=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("rates.RateLine", null=True, on_delete=models.PROTECT, related_name="+")
    rate_words = models.CharField(max_length=300, help_text="The rate as it stood when the offer was made.")
    pay_pence = models.PositiveIntegerField(help_text="For the work: whole pence, or cents.")
    costs_pence = models.PositiveIntegerField(default=0, help_text="For costs, without receipts: whole pence.")
    costs_words = models.CharField(max_length=300, blank=True)
    early_pence = models.PositiveIntegerField(
        default=0, help_text="Of the costs, what comes before the day, apart from the pay."
    )
    pence = models.PositiveIntegerField(help_text="All of it: whole pence, or cents.")
    unpaid = models.BooleanField(default=False, help_text="Asks for work without money; confirmed by who asked.")
    same_day = models.BooleanField(default=False, help_text="Cash on the day, no reason asked.")
    costs_only = models.BooleanField(default=False, help_text="Brings back costs; asks for no work.")
    fund_line = models.ForeignKey(
        "ledger.FundLine", null=True, on_delete=models.PROTECT, related_name="+", help_text="What pays for it."
    )
    approver = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    approver_words = models.CharField(max_length=160)
    ask_words = models.CharField(max_length=200, help_text="Who to ask about this offer.")
    promised_on = models.DateField(help_text="The day by which the money is there.")
    replaces = models.OneToOneField("contributions.Offer", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    state = models.CharField(max_length=8, choices=OfferState, default=OfferState.MADE)
    answered_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=9, choices=Channel, blank=True)
    accepted_pence = models.PositiveIntegerField(null=True, help_text="What the person said yes to.")
    method = models.CharField(max_length=7, choices=Method, blank=True)
    shop = models.CharField(max_length=120, blank=True)
    provider = models.CharField(max_length=160, blank=True, help_text="Who is paid straight, for what they provide.")
    given_to = models.CharField(max_length=160, blank=True)
    pay_from = models.DateField(null=True, help_text="The person wants the first of it on this day or after.")
    fixed_pence = models.PositiveIntegerField(default=0, help_text="Of it, what is approved or gone: it stands.")
    later_on = models.DateField(null=True, help_text="The person wants to be asked again from this day.")
    reason = models.CharField(max_length=500, blank=True)

    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    done_channel = models.CharField(max_length=9, choices=Channel, blank=True)
    time_given_at = models.DateTimeField(null=True, help_text="When the minutes were given; from then on no money.")

    money = models.CharField(max_length=8, choices=MoneyState, blank=True, default=MoneyState.NOT_YET)
    approved_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    held_words = models.CharField(max_length=300, blank=True)
    held_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "offer"
        indexes = [models.Index(fields=["to", "state"], name="offer_of_person")]
        constraints = [
            models.CheckConstraint(
                name="offer_adds_up", condition=Q(pence=F("pay_pence") + F("costs_pence"), pence__lte=MOST_PENCE)
            ),
            models.CheckConstraint(
                name="offer_comes_early_or_with_the_pay",
                condition=Q(early_pence__lte=F("costs_pence"))
                & (Q(accepted_pence=None) | Q(accepted_pence__lte=F("pence") - F("early_pence"))),
            ),
            models.CheckConstraint(
                name="offer_unpaid_is_said",
                condition=Q(unpaid=True, pay_pence=0, costs_only=False)
                | Q(unpaid=False, pay_pence__gt=0, costs_only=False)
                | Q(unpaid=False, pay_pence=0, costs_only=True, pence__gt=0),
            ),
            models.CheckConstraint(name="offer_not_to_oneself", condition=~Q(to=F("made_by")) | Q(costs_only=True)),
            models.CheckConstraint(
                name="offer_minutes_add_up",
                condition=Q(minutes=F("work_minutes") + F("prep_minutes") + F("debrief_minutes") + F("rest_minutes")),
            ),
            models.CheckConstraint(
                name="offer_yes_says_how_much_and_how",
                condition=~Q(state__in=ANSWERED_YES)
                | Q(accepted_pence__isnull=False, accepted_pence=0, method__in=WITHOUT_MONEY)
                | Q(accepted_pence__isnull=False, accepted_pence__gt=0, accepted_pence__lte=F("pence"))
                & ~Q(method="")
                & ~Q(method__in=WITHOUT_MONEY),
            ),
            models.CheckConstraint(
                name="offer_what_stands_is_part_of_the_yes",
                condition=Q(fixed_pence=0) | Q(accepted_pence__isnull=False, fixed_pence__lte=F("accepted_pence")),
            ),
            models.CheckConstraint(
                name="offer_straight_payment_names_who", condition=~Q(method=Method.PREPAID) | ~Q(provider="")
            ),
            models.CheckConstraint(
                name="offer_voucher_names_its_shop", condition=~Q(method=Method.VOUCHER) | ~Q(shop="")
            ),
            models.CheckConstraint(
                name="offer_done_says_when_and_by_whom",
                condition=Q(state=OfferState.DONE, done_on__isnull=False, done_at__isnull=False, done_by__isnull=False)
                | (~Q(state=OfferState.DONE) & Q(done_on=None, done_at=None, done_by=None)),
            ),
            models.CheckConstraint(
                name="offer_money_only_after_the_work", condition=Q(money="") | Q(state=OfferState.DONE)
            ),
            models.CheckConstraint(
                name="offer_time_given_is_never_money",
                condition=Q(time_given_at=None) | Q(state=OfferState.DONE, method=Method.TIME, accepted_pence=0),
            ),
        ]


class OfferPart(models.Model):
    """One part of the money of a yes: how much, and from which day the person wants it. Chosen by the person.

    The parts of an offer add up to what was accepted; without a split there is one. A part that the person no longer
    wants stands with no pence, because money may have begun to move for it.
    """

    DECLARED = declare("""
        offer        money  not-personal  with-the-record
        place        money  not-personal  with-the-record
        pence        money  personal      money-years
        from_on      money  personal      until-erased
        money        money  personal      money-years
        approved_on  money  personal      money-years
        sent_on      money  personal      money-years
        arrived_on   money  personal      money-years
        back_at      money  personal      money-years
        held_words   money  personal      until-erased
        held_by      money  not-personal  with-the-record
    """)
    offer = models.ForeignKey("contributions.Offer", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    pence = models.PositiveIntegerField(help_text="Whole pence, or cents, in the currency of the site.")
    from_on = models.DateField(null=True, help_text="The person wants it on this day or after.")
    money = models.CharField(max_length=8, choices=MoneyState, blank=True, default=MoneyState.NOT_YET)
    approved_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    back_at = models.DateTimeField(null=True, help_text="When the bank last sent it back, until it is sent again.")
    held_words = models.CharField(max_length=300, blank=True)
    held_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "offer_part"
        constraints = [
            models.UniqueConstraint("offer", "place", name="offer_part_place_once"),
            models.CheckConstraint(name="offer_part_of_some_size", condition=Q(pence__lte=MOST_PENCE)),
            models.CheckConstraint(name="offer_part_has_a_place", condition=Q(place__gte=1, place__lte=MOST_PARTS)),
            models.CheckConstraint(
                name="offer_part_money_only_where_some_is", condition=Q(pence__gt=0) | ~Q(money__in=FIXED)
            ),
        ]
