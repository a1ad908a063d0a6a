"""The money on its way. Where it goes stands in the room `payees`, what the book says of it in `ledger`."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.payments.states import GONE, READY, Means, PaymentState, Receipt


class Payment(models.Model):
    """The money of one part of an offer, on its way. At most one for each part, for ever, and it has the part's number.

    Whoever claims, whoever approves and whoever pays are three people; the database refuses less, and refuses a way
    back from what was sent, but for money that the bank sent back. Nothing here says why a person is involved.
    """

    DECLARED = declare("""
        part          money  not-personal  with-the-record
        organisation  money  not-personal  with-the-record
        to            money  personal      money-years
        fund          money  not-personal  with-the-record
        line          money  not-personal  with-the-record
        pence         money  personal      money-years
        means         money  personal      money-years
        state         money  personal      money-years
        times         money  not-personal  with-the-record
        made_at       money  not-personal  with-the-record
        approved_at   money  not-personal  with-the-record
        approved_by   money  not-personal  with-the-record
        run_about     money  not-personal  with-the-record
        sent_at       money  not-personal  with-the-record
        sent_by       money  not-personal  with-the-record
        sent_on       money  personal      money-years
        reference     money  not-personal  with-the-record
        receipt       money  not-personal  with-the-record
        witness       money  not-personal  with-the-record
        arrived_at    money  not-personal  with-the-record
        arrived_by    money  not-personal  with-the-record
        arrived_on    money  personal      money-years
        back_at       money  not-personal  with-the-record
        back_ours     money  not-personal  with-the-record
        back_words    money  personal      until-erased
        held_at       money  not-personal  with-the-record
        held_by       money  not-personal  with-the-record
        held_until    money  not-personal  with-the-record
        held_words    money  personal      until-erased
        shown_at      money  not-personal  with-the-record
        shown_by      money  not-personal  with-the-record
    """)
    part = models.OneToOneField(
        "contributions.OfferPart", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )  # one number for one payment: on pages, in the book, in the record and in files
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey("ledger.Fund", null=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("ledger.FundLine", null=True, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveIntegerField(help_text="Whole pence, or cents, in the currency of the site.")
    means = models.CharField(max_length=7, choices=Means)
    state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.DUE)
    times = models.PositiveSmallIntegerField(
        default=1, help_text="How often it is tried: one more each time it came back."
    )
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    run_about = models.CharField(max_length=40, blank=True, help_text="The run that it leaves with, such as run:5.")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    receipt = models.CharField(max_length=9, choices=Receipt, blank=True, help_text="Of what was handed over.")
    witness = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    arrived_on = models.DateField(null=True)
    back_at = models.DateTimeField(null=True, help_text="When the bank last sent it back.")
    back_ours = models.BooleanField(default=False, help_text="The fault was ours, so nobody looks at their account.")
    back_words = models.CharField(max_length=300, blank=True, help_text="What the bank said.")
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    held_until = models.DateField(null=True, help_text="The day by which it is looked at again.")
    held_words = models.CharField(max_length=300, blank=True, help_text="Why, for the person to read.")
    shown_at = models.DateTimeField(null=True, help_text="When the whole account was last shown to who pays.")
    shown_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "payment"
        indexes = [
            models.Index(fields=["organisation", "state"], name="payment_of_organisation"),
            models.Index(fields=["run_about"], name="payment_of_run"),
        ]
        constraints = [
            models.CheckConstraint(name="payment_some_money", condition=Q(pence__gt=0)),
            models.CheckConstraint(
                name="payment_claimed_and_approved_by_two",
                condition=Q(approved_by=None) | ~Q(approved_by=F("to")),
            ),
            models.CheckConstraint(
                name="payment_claimed_and_sent_by_two", condition=Q(sent_by=None) | ~Q(sent_by=F("to"))
            ),
            models.CheckConstraint(
                name="payment_approved_and_sent_by_two",
                condition=Q(sent_by=None) | (Q(approved_by__isnull=False) & ~Q(sent_by=F("approved_by"))),
            ),
            models.CheckConstraint(
                name="payment_approved_says_by_whom_and_from_where",
                condition=~Q(state__in=[*READY, *GONE])
                | Q(approved_by__isnull=False, approved_at__isnull=False, fund__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_sent_says_by_whom_and_when",
                condition=Q(state__in=GONE, sent_by__isnull=False, sent_at__isnull=False, sent_on__isnull=False)
                | (~Q(state__in=GONE) & Q(sent_by=None, sent_at=None, sent_on=None)),
            ),
            models.CheckConstraint(
                name="payment_arrived_says_when",
                condition=Q(state=PaymentState.PAID, arrived_on__isnull=False, arrived_at__isnull=False)
                | (~Q(state=PaymentState.PAID) & Q(arrived_on=None, arrived_at=None)),
            ),
            models.CheckConstraint(
                name="payment_held_says_by_whom_why_and_until_when",
                condition=(
                    Q(state=PaymentState.HELD, held_by__isnull=False, held_at__isnull=False, held_until__isnull=False)
                    & ~Q(held_words="")
                )
                | (~Q(state=PaymentState.HELD) & Q(held_by=None, held_at=None, held_until=None, held_words="")),
            ),
            models.CheckConstraint(
                name="payment_back_says_when_and_why",
                condition=~Q(state=PaymentState.BACK) | (Q(back_at__isnull=False, times__gt=1) & ~Q(back_words="")),
            ),
            models.CheckConstraint(
                name="payment_in_a_run_is_approved_and_by_bank",
                condition=Q(run_about="")
                | Q(run_about__startswith="run:", state__in=[*READY, *GONE], means=Means.BANK),
            ),
            models.CheckConstraint(
                name="payment_witness_is_a_third_person",
                condition=(Q(witness=None) & ~Q(receipt=Receipt.WITNESSED))
                | (
                    Q(receipt=Receipt.WITNESSED, witness__isnull=False) & ~Q(witness=F("to")) & ~Q(witness=F("sent_by"))
                ),
            ),
        ]


class Freeze(models.Model):
    """Nothing leaves from a whole fund, or from an organisation, until it is lifted. All that is owed stays owed."""

    DECLARED = declare("""
        organisation  money  not-personal  with-the-record
        fund          money  not-personal  with-the-record
        words         money  not-personal  with-the-record
        until         money  not-personal  with-the-record
        at            money  not-personal  with-the-record
        by            money  not-personal  with-the-record
        people        money  not-personal  with-the-record
        pence         money  not-personal  with-the-record
        lifted_at     money  not-personal  with-the-record
        lifted_by     money  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey("ledger.Fund", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, help_text="Why, for the people who wait to read.")
    until = models.DateField(help_text="The day by which it is looked at again.")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(help_text="How many people it kept waiting when it was made.")
    pence = models.PositiveBigIntegerField(help_text="How much was owed to them.")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "money_freeze"
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=Q(fund=None, lifted_at=None), name="freeze_of_organisation_once"
            ),
            models.UniqueConstraint("fund", condition=Q(lifted_at=None), name="freeze_of_fund_once"),
        ]
