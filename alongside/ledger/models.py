"""Money for a purpose, and the book of double entry. The book only grows and every transaction in it sums to zero.

How the database holds a transaction to zero, on SQLite and on PostgreSQL alike: a transaction names a seal that does
not exist yet; its entries are written; then the seal. A trigger refuses a seal whose entries do not sum to zero, and an
entry for what is sealed; the foreign key to the seal is checked at commit, so nothing unsealed can be kept.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.calculations.money import code
from alongside.declared import declare
from alongside.ledger.states import AccountKind, EntryKind, FloatKind, SeenKind


class Fund(models.Model):
    """Money that an organisation has for this, with the days between which it may be spent."""

    DECLARED = declare("""
        organisation  money  not-personal  with-the-record
        name          money  not-personal  with-the-record
        from_on       money  not-personal  with-the-record
        to_on         money  not-personal  with-the-record
        made_at       money  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True, help_text="The first day on which it can no longer be spent.")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "fund"
        constraints = [
            models.UniqueConstraint("organisation", "name", name="fund_name_once"),
            models.CheckConstraint(
                name="fund_ends_after_it_begins",
                condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return self.name


class FundLine(models.Model):
    """One line of a fund: what it is for and how much."""

    DECLARED = declare("""
        fund   money  not-personal  with-the-record
        words  money  not-personal  with-the-record
        code   money  not-personal  with-the-record
        pence  money  not-personal  with-the-record
    """)
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=160)
    code = models.CharField(max_length=40, blank=True, help_text="How finance calls it.")
    pence = models.PositiveBigIntegerField(help_text="Whole pence, or cents, in the currency of the site.")

    class Meta:
        db_table = "fund_line"
        constraints = [models.UniqueConstraint("fund", "words", name="fund_line_words_once")]

    def __str__(self):
        return self.words


class Account(models.Model):
    """One column of the book: a kind of account of one fund."""

    DECLARED = declare("""
        fund  money  not-personal  with-the-record
        kind  money  not-personal  with-the-record
    """)
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AccountKind)

    class Meta:
        db_table = "account"
        constraints = [models.UniqueConstraint("fund", "kind", name="account_once")]


class LedgerSeal(models.Model):
    """Says that a transaction of the book is whole: its entries sum to zero. Written last; nothing follows it."""

    DECLARED = declare("number nobody not-personal with-the-record")
    number = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        db_table = "ledger_seal"


class LedgerTransaction(models.Model):
    """One happening in the book: something promised, owed or paid. Never changed; a mistake gets its own opposite."""

    DECLARED = declare("""
        seal          nobody  not-personal  with-the-record
        organisation  money   not-personal  with-the-record
        key           money   not-personal  with-the-record
        about         money   not-personal  with-the-record
        kind          money   not-personal  with-the-record
        currency      money   not-personal  with-the-record
        at            money   not-personal  with-the-record
        by            money   not-personal  with-the-record
    """)
    seal = models.OneToOneField("ledger.LedgerSeal", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(
        max_length=80, unique=True, help_text="What can happen once only, such as paid:payment:12:1."
    )
    about = models.CharField(max_length=60, help_text="What it is about, such as payment:12.")
    kind = models.CharField(max_length=8, choices=EntryKind)
    currency = models.CharField(max_length=3, default=code)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "ledger_transaction"
        indexes = [models.Index(fields=["about", "kind"], name="ledger_about")]


class LedgerEntry(models.Model):
    """One side of a transaction: pence onto (plus) or out of (minus) one account, of one line where there is one."""

    DECLARED = declare("""
        transaction  money  not-personal  with-the-record
        account      money  not-personal  with-the-record
        line         money  not-personal  with-the-record
        pence        money  not-personal  with-the-record
    """)
    transaction = models.ForeignKey("ledger.LedgerTransaction", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("ledger.FundLine", null=True, on_delete=models.PROTECT, related_name="+")
    pence = models.BigIntegerField(help_text="Whole pence in the currency of the transaction; plus or minus.")

    class Meta:
        db_table = "ledger_entry"
        constraints = [models.CheckConstraint(name="ledger_entry_some_money", condition=~Q(pence=0))]


class DayOff(models.Model):
    """A day on which the organisation does not work, so that it is no working day of a promise."""

    DECLARED = declare("""
        organisation  organisation  not-personal  with-the-record
        on            organisation  not-personal  with-the-record
        words         organisation  not-personal  with-the-record
        source        organisation  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=120)
    source = models.CharField(max_length=160, blank=True, help_text="Which list it came from; empty when by hand.")

    class Meta:
        db_table = "day_off"
        constraints = [models.UniqueConstraint("organisation", "on", name="day_off_once")]


class FloatMove(models.Model):
    """Something that happened to a fund's box of cash, with two people there. Never changed."""

    DECLARED = declare("""
        fund         money  not-personal  with-the-record
        transaction  money  not-personal  with-the-record
        kind         money  not-personal  with-the-record
        pence        money  not-personal  with-the-record
        by           money  not-personal  with-the-record
        second       money  not-personal  with-the-record
        at           money  not-personal  with-the-record
    """)
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    transaction = models.OneToOneField(
        "ledger.LedgerTransaction", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=FloatKind)
    pence = models.PositiveBigIntegerField(help_text="What was put in, taken out, handed on or found.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", help_text="Who received it, or saw it."
    )
    at = models.DateTimeField()

    class Meta:
        db_table = "float_move"
        constraints = [models.CheckConstraint(name="float_move_by_two", condition=~Q(by=F("second")))]


class Presence(models.Model):
    """Somebody wrote down that this person was there when money was handed on or counted. Never changed.

    It is a word about the person, not by them: until they answer, what they are said to have seen is not confirmed.
    """

    DECLARED = declare("""
        organisation  money  not-personal  with-the-record
        about         money  not-personal  with-the-record
        kind          money  not-personal  with-the-record
        pence         money  not-personal  with-the-record
        of            money  not-personal  with-the-record
        on            money  not-personal  with-the-record
        person        money  not-personal  with-the-record
        by            money  not-personal  with-the-record
        at            money  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60, unique=True, help_text="What it is about, such as cash:12 or receipt:7.")
    kind = models.CharField(max_length=8, choices=SeenKind)
    pence = models.PositiveBigIntegerField(help_text="Whole pence (GBP).")
    of = models.CharField(max_length=120, help_text="Which box, or which payment, as people call it.")
    on = models.DateField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "presence"
        indexes = [models.Index(fields=["person"], name="presence_of_person")]
        constraints = [models.CheckConstraint(name="presence_by_another", condition=~Q(by=F("person")))]


class PresenceAnswer(models.Model):
    """What the person says of it: yes, I was there; or, that is not so. Once, and it stands."""

    DECLARED = declare("""
        presence  money  not-personal  with-the-record
        yes       money  not-personal  with-the-record
        at        money  not-personal  with-the-record
    """)
    presence = models.OneToOneField("ledger.Presence", on_delete=models.PROTECT, related_name="+")
    yes = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "presence_answer"


class VoucherBatch(models.Model):
    """Vouchers of one shop that were bought together, and lie in the drawer until they are handed out."""

    DECLARED = declare("""
        fund         money  not-personal  with-the-record
        transaction  money  not-personal  with-the-record
        shop         money  not-personal  with-the-record
        each_pence   money  not-personal  with-the-record
        count        money  not-personal  with-the-record
        by           money  not-personal  with-the-record
        at           money  not-personal  with-the-record
    """)
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    transaction = models.OneToOneField("ledger.LedgerTransaction", on_delete=models.PROTECT, related_name="+")
    shop = models.CharField(max_length=120)
    each_pence = models.PositiveIntegerField(help_text="What one is worth, in whole pence.")
    count = models.PositiveIntegerField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "voucher_batch"
        constraints = [
            models.CheckConstraint(name="voucher_batch_some", condition=Q(each_pence__gt=0, count__gt=0)),
        ]


class VoucherOut(models.Model):
    """Vouchers of one batch that were handed out for one thing."""

    DECLARED = declare("""
        batch  money  not-personal  with-the-record
        about  money  not-personal  with-the-record
        count  money  not-personal  with-the-record
        by     money  not-personal  with-the-record
        at     money  not-personal  with-the-record
    """)
    batch = models.ForeignKey("ledger.VoucherBatch", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60, unique=True)
    count = models.PositiveIntegerField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "voucher_out"
        constraints = [models.CheckConstraint(name="voucher_out_some", condition=Q(count__gt=0))]
