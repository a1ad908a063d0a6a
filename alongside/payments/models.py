"""Payees, and the money on its way. What the book says of it stands in the room below, `ledger`."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.payments.states import Means, PaymentState

GONE = [PaymentState.SENT, PaymentState.PAID]


class Payee(models.Model):
    """To what account money goes. Not the person: a person may have none, or change it and keep all else.

    The account is encrypted with a key outside the database, bound to this row; only its last figures are readable.
    """

    DECLARED = declare("""
        person       money   personal  until-erased
        token        nobody  not-personal  with-the-record
        name         money   personal  until-erased
        last_figures money   personal  until-erased
        sealed       nobody  personal  until-erased
        typed_by     money   not-personal  with-the-record
        made_at      money   not-personal  with-the-record
        replaced_at  money   not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=140, blank=True, help_text="The name on the account.")
    last_figures = models.CharField(max_length=4, blank=True)
    sealed = models.BinaryField(help_text="Sort code and account number, AES-256-GCM.")
    typed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", help_text="The person, or who helped them."
    )
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payee"
        constraints = [models.UniqueConstraint("person", condition=Q(replaced_at=None), name="payee_current_once")]


class Payment(models.Model):
    """The money of one offer, on its way. At most one for each offer, for ever.

    Whoever claims, whoever approves and whoever pays are three people; the database refuses less, and refuses a way
    back from what was sent. Nothing here says why a person is involved.
    """

    DECLARED = declare("""
        offer         money  not-personal  with-the-record
        organisation  money  not-personal  with-the-record
        to            money  personal      money-years
        fund          money  not-personal  with-the-record
        line          money  not-personal  with-the-record
        pence         money  personal      money-years
        means         money  personal      money-years
        state         money  personal      money-years
        made_at       money  not-personal  with-the-record
        approved_at   money  not-personal  with-the-record
        approved_by   money  not-personal  with-the-record
        sent_at       money  not-personal  with-the-record
        sent_by       money  not-personal  with-the-record
        sent_on       money  personal      money-years
        reference     money  not-personal  with-the-record
        arrived_at    money  not-personal  with-the-record
        arrived_by    money  not-personal  with-the-record
        arrived_on    money  personal      money-years
        held_at       money  not-personal  with-the-record
        held_by       money  not-personal  with-the-record
        held_words    money  personal      until-erased
        shown_at      money  not-personal  with-the-record
        shown_by      money  not-personal  with-the-record
    """)
    offer = models.OneToOneField("contributions.Offer", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey("ledger.Fund", null=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("ledger.FundLine", null=True, on_delete=models.PROTECT, related_name="+")
    pence = models.PositiveIntegerField(help_text="Whole pence (GBP).")
    means = models.CharField(max_length=7, choices=Means)
    state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.DUE)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    arrived_on = models.DateField(null=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    held_words = models.CharField(max_length=300, blank=True, help_text="Why, for the person to read.")
    shown_at = models.DateTimeField(null=True, help_text="When the whole account was last shown to who pays.")
    shown_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "payment"
        indexes = [models.Index(fields=["organisation", "state"], name="payment_of_organisation")]
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
                condition=~Q(state__in=[PaymentState.APPROVED, *GONE])
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
                name="payment_held_says_by_whom_and_why",
                condition=~Q(state=PaymentState.HELD) | (Q(held_by__isnull=False) & ~Q(held_words="")),
            ),
        ]
