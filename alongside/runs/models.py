"""Runs of payments, the account they are paid from, and what the bank's statements said.

No account number stands here in plain words: the organisation's own is locked, and those of people stay in the room of
payments. The file for the bank is not kept: it is made again from the payments, and its hash says that it is the same.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.runs.states import CLOSED, LIVE, ItemState, LineState, RunState

AT_THE_BANK = [RunState.SENT, RunState.DONE]


class OurAccount(models.Model):
    """The account that an organisation pays from, in one currency, and the file its bank takes."""

    DECLARED = declare("""
        organisation  money   not-personal  with-the-record
        currency      money   not-personal  with-the-record
        name          money   not-personal  with-the-record
        bank_file     money   not-personal  with-the-record
        last_figures  money   not-personal  with-the-record
        token         nobody  not-personal  with-the-record
        sealed        nobody  not-personal  with-the-record
        made_at       money   not-personal  with-the-record
        made_by       money   not-personal  with-the-record
        replaced_at   money   not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=70)
    bank_file = models.CharField(max_length=60, help_text="Id of the content that says which file the bank takes.")
    last_figures = models.CharField(max_length=4)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed = models.BinaryField(help_text="Sort code and account, or IBAN and BIC; AES-256-GCM.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "paying_account"
        constraints = [
            models.UniqueConstraint(
                "organisation", "currency", condition=Q(replaced_at=None), name="paying_account_current_once"
            )
        ]


class Run(models.Model):
    """Payments that leave together. Once a second person confirmed it, what is in it and its file stand for ever.

    code is the number that the bank knows the file by: sent twice, it is still one. Whoever chose it never confirms it.
    """

    DECLARED = declare("""
        organisation  money  not-personal  with-the-record
        account       money  not-personal  with-the-record
        number        money  not-personal  with-the-record
        currency      money  not-personal  with-the-record
        bank_file     money  not-personal  with-the-record
        code          money  not-personal  with-the-record
        pay_on        money  not-personal  with-the-record
        state         money  not-personal  with-the-record
        count         money  not-personal  with-the-record
        pence         money  not-personal  with-the-record
        chosen_at     money  not-personal  with-the-record
        chosen_by     money  not-personal  with-the-record
        confirmed_at  money  not-personal  with-the-record
        confirmed_by  money  not-personal  with-the-record
        sha256        money  not-personal  with-the-record
        size          money  not-personal  with-the-record
        taken_at      money  not-personal  with-the-record
        taken_by      money  not-personal  with-the-record
        sent_on       money  not-personal  with-the-record
        sent_at       money  not-personal  with-the-record
        sent_by       money  not-personal  with-the-record
        ended_at      money  not-personal  with-the-record
        ended_by      money  not-personal  with-the-record
        ended_words   money  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("runs.OurAccount", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="1, 2, 3 in its organisation.")
    currency = models.CharField(max_length=3)
    bank_file = models.CharField(max_length=60)
    code = models.CharField(max_length=18, unique=True)
    pay_on = models.DateField()
    state = models.CharField(max_length=9, choices=RunState, default=RunState.CHOSEN)
    count = models.PositiveIntegerField()
    pence = models.PositiveBigIntegerField(help_text="The whole run, in hundredths of its currency.")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file, as it was when it was confirmed.")
    size = models.PositiveBigIntegerField(default=0, help_text="Of the file, in bytes.")
    taken_at = models.DateTimeField(null=True, help_text="When the file was last fetched.")
    taken_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, help_text="The day on which the bank got the file.")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="Finished or cancelled.")
    ended_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ended_words = models.CharField(
        max_length=300,
        blank=True,
        help_text="Of a cancelled run whose file was fetched: how it is known that the bank does not have it.",
    )

    class Meta:
        db_table = "payment_run"
        indexes = [models.Index(fields=["organisation", "state"], name="payment_run_of_organisation")]
        constraints = [
            models.UniqueConstraint("organisation", "number", name="payment_run_number_once"),
            models.CheckConstraint(
                name="payment_run_chosen_and_confirmed_by_two",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("chosen_by")),
            ),
            models.CheckConstraint(
                name="payment_run_confirmed_says_by_whom_and_hash",
                condition=~Q(state__in=CLOSED)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False, count__gt=0) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="payment_run_sent_says_when_and_by_whom",
                condition=Q(state__in=AT_THE_BANK, sent_by__isnull=False, sent_at__isnull=False, sent_on__isnull=False)
                | (~Q(state__in=AT_THE_BANK) & Q(sent_by=None, sent_at=None, sent_on=None)),
            ),
        ]


class RunItem(models.Model):
    """One payment in a run. Its code is all that the bank, and the person's own statement, get to read."""

    DECLARED = declare("""
        run         money  not-personal  with-the-record
        payment     money  not-personal  with-the-record
        place       money  not-personal  with-the-record
        code        money  not-personal  with-the-record
        pence       money  personal      money-years
        state       money  not-personal  with-the-record
        settled_on  money  personal      money-years
    """)
    run = models.ForeignKey("runs.Run", on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    code = models.CharField(max_length=18, unique=True)
    pence = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=ItemState, default=ItemState.IN)
    settled_on = models.DateField(null=True, help_text="The bank's own day: arrived, or sent back.")

    class Meta:
        db_table = "run_item"
        constraints = [
            models.UniqueConstraint("run", "place", name="run_item_place_once"),
            models.UniqueConstraint("payment", condition=Q(state__in=LIVE), name="run_item_payment_in_one_run"),
            models.CheckConstraint(name="run_item_some_money", condition=Q(pence__gt=0)),
        ]


class StatementIn(models.Model):
    """One statement that was brought in. Lines that are not about our payments are counted and not kept."""

    DECLARED = declare("""
        organisation  money  not-personal  with-the-record
        sha256        money  not-personal  with-the-record
        kind          money  not-personal  with-the-record
        lines         money  not-personal  with-the-record
        known         money  not-personal  with-the-record
        others        money  not-personal  with-the-record
        refused       money  not-personal  with-the-record
        by            money  not-personal  with-the-record
        at            money  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    lines = models.PositiveIntegerField()
    known = models.PositiveIntegerField(help_text="Lines that an earlier statement had already.")
    others = models.PositiveIntegerField(help_text="Lines about something else.")
    refused = models.JSONField(help_text="[number of the line, reason] of each line that could not be read.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "bank_statement"
        constraints = [models.UniqueConstraint("organisation", "sha256", name="bank_statement_once")]


class StatementLine(models.Model):
    """One line of a statement that is about our payments, or may be. Its mark is the same wherever it comes again."""

    DECLARED = declare("""
        statement     money  not-personal  with-the-record
        organisation  money  not-personal  with-the-record
        mark          nobody not-personal  with-the-record
        on            money  personal      money-years
        pence         money  personal      money-years
        state         money  not-personal  with-the-record
        words         money  personal      while-needed
        why           money  not-personal  with-the-record
        codes         money  not-personal  with-the-record
        settled_by    money  not-personal  with-the-record
        settled_at    money  not-personal  with-the-record
    """)
    statement = models.ForeignKey("runs.StatementIn", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=64)
    on = models.DateField()
    pence = models.BigIntegerField(help_text="Minus went out, plus came in.")
    state = models.CharField(max_length=8, choices=LineState)
    words = models.CharField(max_length=200, blank=True, help_text="The bank's own words, until somebody has answered.")
    why = models.CharField(max_length=120, blank=True, help_text="Why somebody has to look.")
    codes = models.CharField(max_length=220, help_text="Of the payments or the run that it is or may be about.")
    settled_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bank_statement_line"
        constraints = [
            models.UniqueConstraint("organisation", "mark", name="bank_statement_line_once"),
            models.CheckConstraint(
                name="bank_statement_line_words_until_answered", condition=Q(state=LineState.ASK) | Q(words="")
            ),
        ]
