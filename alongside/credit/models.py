"""Outputs and who is named for them; quotations, of which words without a yes lie apart from those with one."""

from django.db import models
from django.db.models import F, Q

from alongside.credit.states import (
    WRITTEN,
    Answer,
    CreditState,
    NameForm,
    Order,
    OutputKind,
    OutputState,
    QuoteState,
    ReferenceState,
    Source,
    Standing,
    Use,
)
from alongside.declared import declare
from alongside.people.states import Channel


class Output(models.Model):
    """Something that people of an initiative make and that others read, see or use."""

    DECLARED = declare("""
        initiative   public  not-personal  with-the-record
        title        public  not-personal  with-the-record
        kind         public  not-personal  with-the-record
        state        public  not-personal  with-the-record
        found_at     public  not-personal  with-the-record
        group_name   public  not-personal  with-the-record
        begun_on     public  not-personal  with-the-record
        out_on       public  not-personal  with-the-record
        made_at      table   not-personal  with-the-record
        made_by      table   personal      with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=OutputKind)
    state = models.CharField(max_length=8, choices=OutputState, default=OutputState.MAKING)
    found_at = models.CharField(max_length=300, blank=True, help_text="Where it can be found: an address or a place.")
    group_name = models.CharField(max_length=160, blank=True, help_text="The name that the group gave itself.")
    begun_on = models.DateField()
    out_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "output"
        constraints = [
            models.CheckConstraint(
                name="output_out_has_its_day",
                condition=Q(state=OutputState.OUT, out_on__isnull=False) | (~Q(state=OutputState.OUT) & Q(out_on=None)),
            )
        ]


class Credit(models.Model):
    """One person and one output. Nothing of it is shown before the person said how; nobody can say it for them.

    A seat that was left, or a break, changes nothing here.
    """

    DECLARED = declare("""
        output       duties  not-personal  with-the-record
        person       duties  personal      with-the-record
        state        duties  personal      with-the-record
        form         self    personal      with-the-record
        written      public  personal      until-erased
        standing     public  personal      with-the-record
        keep_name    self    personal      with-the-record
        asked_at     duties  not-personal  with-the-record
        answered_by  self    personal      with-the-record
        answered_at  self    personal      with-the-record
        channel      self    personal      with-the-record
    """)
    output = models.ForeignKey("credit.Output", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=CreditState, default=CreditState.ASKED)
    form = models.CharField(max_length=9, choices=NameForm, default=NameForm.NONE)
    written = models.CharField(max_length=160, blank=True, help_text="The name exactly as it stands in the line.")
    standing = models.CharField(max_length=7, choices=Standing, default=Standing.AUTHOR)
    keep_name = models.BooleanField(default=False, help_text="The name stays here when the person is erased.")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=9, choices=Channel, blank=True)

    class Meta:
        db_table = "output_credit"
        constraints = [
            models.UniqueConstraint("output", "person", name="output_credit_once"),
            models.CheckConstraint(
                name="output_credit_only_by_oneself",
                condition=Q(state=CreditState.ASKED, answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_by=F("person"), answered_at__isnull=False)
                & ~Q(state=CreditState.ASKED),
            ),
            models.CheckConstraint(
                name="output_credit_name_only_where_wanted",
                condition=Q(written="") | Q(state=CreditState.YES, form__in=sorted(WRITTEN)),
            ),
        ]


class CreditRole(models.Model):
    """One way in which somebody gave to an output, proposed by a record or added by themselves."""

    DECLARED = declare("""
        credit   duties  not-personal  with-the-record
        role     public  personal      with-the-record
        words    public  not-personal  with-the-record
        record   self    personal      with-the-record
        chosen   self    personal      with-the-record
    """)
    credit = models.ForeignKey("credit.Credit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60, help_text="Id of content contributor-role.")
    words = models.CharField(max_length=120, help_text="The words of the role at the time.")
    record = models.CharField(max_length=300, blank=True, help_text="Which record proposes it; empty: the person did.")
    chosen = models.BooleanField(null=True, help_text="What the person said; empty: not said yet.")

    class Meta:
        db_table = "output_credit_role"
        constraints = [models.UniqueConstraint("credit", "role", name="output_credit_role_once")]


class OrderRule(models.Model):
    """In which order names stand, as the group chose it. Never changed: a new row with its reason takes its place."""

    DECLARED = declare("""
        output   table  not-personal  with-the-record
        order    table  not-personal  with-the-record
        agreed   table  not-personal  with-the-record
        reason   table  not-personal  with-the-record
        places   nobody not-personal  with-the-record
        seed     public not-personal  with-the-record
        by       table  personal      with-the-record
        at       table  not-personal  with-the-record
    """)
    output = models.ForeignKey("credit.Output", on_delete=models.PROTECT, related_name="+")
    order = models.CharField(max_length=11, choices=Order)
    agreed = models.CharField(max_length=300, help_text="Where and by whom it was chosen, in words.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is not as before; empty for the first.")
    places = models.JSONField(default=list, help_text="Keys of credits: in their order, or the first and the last.")
    seed = models.CharField(max_length=40, blank=True, help_text="What the lot was drawn with.")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "order_rule"
        constraints = [
            models.CheckConstraint(name="order_rule_says_who_agreed", condition=~Q(agreed="")),
            models.CheckConstraint(name="order_rule_lot_shows_its_seed", condition=~Q(order=Order.LOT) | ~Q(seed="")),
        ]


class AuthorAnswer(models.Model):
    """What somebody answers to one condition of authorship. It helps; it never takes anybody off."""

    DECLARED = declare("""
        credit    self  not-personal  with-the-record
        question  self  personal      with-the-record
        answer    self  personal      with-the-record
        at        self  not-personal  with-the-record
    """)
    credit = models.ForeignKey("credit.Credit", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=40, help_text="Id of content authorship-question.")
    answer = models.CharField(max_length=7, choices=Answer)
    at = models.DateTimeField()

    class Meta:
        db_table = "author_answer"
        constraints = [models.UniqueConstraint("credit", "question", name="author_answer_once")]


class Quote(models.Model):
    """Somebody said something that somebody else wrote down. This row knows where and when; no words stand here."""

    DECLARED = declare("""
        initiative   writer  not-personal  with-the-record
        speaker      writer  personal      with-the-record
        captured_by  writer  personal      with-the-record
        source       writer  not-personal  with-the-record
        said_on      writer  not-personal  with-the-record
        note         writer  not-personal  with-the-record
        state        writer  personal      with-the-record
        captured_at  writer  not-personal  with-the-record
        shown_at     writer  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    speaker = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    captured_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=9, choices=Source)
    said_on = models.DateField()
    note = models.ForeignKey("gatherings.Note", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=QuoteState, default=QuoteState.CAPTURED)
    captured_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "quote"


class QuoteDraft(models.Model):
    """A wording that nobody has said yes to. Only the speaker and who wrote it down read this table, and no file."""

    DECLARED = declare("""
        quote  writer  not-personal  with-the-record
        words  writer  personal      until-erased
        by     writer  personal      with-the-record
        at     writer  not-personal  with-the-record
    """)
    quote = models.ForeignKey("credit.Quote", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "quote_draft"


class ApprovedQuote(models.Model):
    """The wording that its speaker said yes to, with the name under it, until when. All that others ever read.

    A newer yes or a taking back ends it. Words and name never change; erasing empties them.
    """

    DECLARED = declare("""
        quote        nobody  not-personal  with-the-record
        initiative   table   not-personal  with-the-record
        speaker      nobody  personal      with-the-record
        approved_by  nobody  personal      with-the-record
        words        chosen  personal      until-erased
        form         chosen  personal      with-the-record
        name         chosen  personal      until-erased
        until        chosen  not-personal  with-the-record
        approved_at  chosen  not-personal  with-the-record
        channel      self    personal      with-the-record
        ended_at     table   not-personal  with-the-record
    """)
    quote = models.ForeignKey("credit.Quote", on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    speaker = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    form = models.CharField(max_length=9, choices=NameForm)
    name = models.CharField(max_length=160, blank=True)
    until = models.DateField(help_text="The last day on which it may be used.")
    approved_at = models.DateTimeField()
    channel = models.CharField(max_length=9, choices=Channel)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "approved_quote"
        constraints = [
            models.CheckConstraint(name="approved_quote_by_its_speaker", condition=Q(approved_by=F("speaker"))),
            models.CheckConstraint(
                name="approved_quote_name_only_where_wanted",
                condition=Q(name="") | Q(form__in=[*sorted(WRITTEN), NameForm.GROUP]),
            ),
            models.UniqueConstraint("quote", condition=Q(ended_at=None), name="approved_quote_current_once"),
        ]


class ApprovedUse(models.Model):
    """One thing that approved words may be used for."""

    DECLARED = declare("""
        approved  chosen  not-personal  with-the-record
        use       chosen  not-personal  with-the-record
    """)
    approved = models.ForeignKey("credit.ApprovedQuote", on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=8, choices=Use)

    class Meta:
        db_table = "approved_quote_use"
        constraints = [models.UniqueConstraint("approved", "use", name="approved_quote_use_once")]


class QuoteUsed(models.Model):
    """Where and when approved words were used; after a taking back, whether that place was told."""

    DECLARED = declare("""
        approved  table  not-personal  with-the-record
        use       table  not-personal  with-the-record
        place     table  not-personal  with-the-record
        used_on   table  not-personal  with-the-record
        by        table  personal      with-the-record
        at        table  not-personal  with-the-record
        told_at   table  not-personal  with-the-record
        told_by   table  personal      with-the-record
    """)
    approved = models.ForeignKey("credit.ApprovedQuote", on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=8, choices=Use)
    place = models.CharField(max_length=300)
    used_on = models.DateField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "quote_used"
        constraints = [
            models.CheckConstraint(
                name="quote_used_told_at_and_by_together",
                condition=Q(told_at=None, told_by=None) | Q(told_at__isnull=False, told_by__isnull=False),
            )
        ]


class Reference(models.Model):
    """What one named person writes of how another worked. Whom it is about reads it first and decides."""

    DECLARED = declare("""
        initiative  writer  not-personal  with-the-record
        about       writer  personal      with-the-record
        written_by  writer  personal      with-the-record
        signed      writer  personal      until-erased
        words       writer  personal      until-erased
        state       writer  personal      with-the-record
        remark      writer  personal      until-erased
        written_at  writer  not-personal  with-the-record
        answered_at writer  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    signed = models.CharField(max_length=200, blank=True, help_text="Name and how to reach them, as it stands below.")
    words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=ReferenceState, default=ReferenceState.SHOWN)
    remark = models.CharField(
        max_length=300, blank=True, help_text="What should change, in the words of whom it is about."
    )
    written_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reference"
        constraints = [models.CheckConstraint(name="reference_not_of_oneself", condition=~Q(about=F("written_by")))]


class Thanks(models.Model):
    """One person at a table thanks another in a sentence. Nobody counts these, and only the two read them."""

    DECLARED = declare("""
        initiative  writer  not-personal  with-the-record
        to          writer  personal      with-the-record
        by          writer  personal      with-the-record
        words       writer  personal      until-erased
        at          writer  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "thanks"
        constraints = [models.CheckConstraint(name="thanks_not_to_oneself", condition=~Q(to=F("by")))]
