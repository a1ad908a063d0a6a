"""A conversation: what is asked, what people say, and ballots that lead back to nobody."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.conversations.states import (
    PEOPLE_FLOOR,
    Choice,
    ConversationState,
    OpensFor,
    Results,
    StatementState,
)
from alongside.declared import declare
from alongside.people.states import Channel


class Conversation(models.Model):
    """One question put to people, for a time.

    What it opens for, when results come and how many people they need is fixed at the opening. `seal` makes and
    recognises ballot papers while it is open, and is thrown away at the close. `voters`, `votes` and `came_by` are
    counted at the close (voters also at each step of results). `swept` says that the database has thrown away
    the old copies of the ballots.
    """

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        question    public  not-personal  with-the-record
        opening     public  not-personal  with-the-record
        state       public  not-personal  with-the-record
        opens_for   public  not-personal  with-the-record
        results     public  not-personal  with-the-record
        needed      public  not-personal  with-the-record
        closes_on   public  not-personal  with-the-record
        closes_at   public  not-personal  with-the-record
        opened_at   public  not-personal  with-the-record
        opened_by   table   personal      with-the-record
        closed_at   public  not-personal  with-the-record
        closed_by   table   personal      with-the-record
        seal        nobody  not-personal  until-closed
        voters      public  not-personal  with-the-record
        votes       public  not-personal  with-the-record
        came_by     table   not-personal  with-the-record
        swept       nobody  not-personal  with-the-record
        source      public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=300)
    opening = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=ConversationState, default=ConversationState.OPEN)
    opens_for = models.CharField(max_length=6, choices=OpensFor, default=OpensFor.TABLE)
    results = models.CharField(max_length=8, choices=Results, default=Results.AT_CLOSE)
    needed = models.PositiveSmallIntegerField(default=PEOPLE_FLOOR, help_text="So many people before numbers show.")
    closes_on = models.DateField(null=True, help_text="The last day for answers.")
    closes_at = models.DateTimeField(null=True, help_text="The end of that day where the organisation is.")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=64, blank=True)
    voters = models.PositiveBigIntegerField(default=0)
    votes = models.PositiveBigIntegerField(default=0)
    came_by = models.JSONField(default=dict)
    swept = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True, help_text="Where an imported conversation comes from.")

    class Meta:
        db_table = "conversation"
        constraints = [
            models.CheckConstraint(name="conversation_needs_five_people", condition=Q(needed__gte=PEOPLE_FLOOR)),
            models.CheckConstraint(
                name="conversation_steps_only_in_public",
                condition=~Q(results=Results.IN_STEPS) | Q(opens_for=OpensFor.PUBLIC),
            ),
            models.CheckConstraint(
                name="conversation_closed_has_a_moment_and_no_seal",
                condition=Q(state=ConversationState.OPEN, closed_at=None)
                | Q(state=ConversationState.CLOSED, closed_at__isnull=False, seal=""),
            ),
            models.CheckConstraint(
                name="conversation_last_day_and_moment_together",
                condition=Q(closes_on=None, closes_at=None) | Q(closes_on__isnull=False, closes_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.question


class Statement(models.Model):
    """One thing that somebody said, for others to agree or disagree with.

    The author is kept so that they can be told what became of it. `number` is drawn at random and is the only order
    in which statements are shown: they stand in no order of time and carry no badge.
    """

    DECLARED = declare("""
        conversation  public  not-personal  with-the-record
        number        public  not-personal  with-the-record
        words         public  personal      until-erased
        author        duties  personal      with-the-record
        show_name     public  personal      until-erased
        channel       duties  not-personal  with-the-record
        state         public  not-personal  with-the-record
        reason        duties  personal      until-erased
        written_on    duties  not-personal  with-the-record
        decided_by    duties  personal      with-the-record
    """)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(help_text="Drawn at random; an imported statement keeps its own.")
    words = models.TextField(blank=True)
    author = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    show_name = models.BooleanField(default=False)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.SCREEN)
    state = models.CharField(max_length=8, choices=StatementState, default=StatementState.WAITING)
    reason = models.CharField(max_length=300, blank=True, help_text="Told to the author when it is not put up.")
    written_on = models.DateField(null=True)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "statement"
        constraints = [
            models.UniqueConstraint("conversation", "number", name="statement_number_once"),
            models.CheckConstraint(
                name="statement_declined_says_why",
                condition=~Q(state=StatementState.DECLINED) | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return self.words


class Ballot(models.Model):
    """One answer to one statement. No person, no time, no address; its key says nothing.

    While the conversation is open `voter_key` is a digest of a code that only the voter has. At the close every row
    is written anew, in random order, under a fresh key: docs/decisions/0004-ballots-live-apart.md.
    """

    DECLARED = declare("""
        conversation  nobody  not-personal  with-the-record
        voter_key     nobody  not-personal  until-closed
        statement     nobody  not-personal  with-the-record
        choice        nobody  not-personal  with-the-record
        channel       nobody  not-personal  with-the-record
    """)
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    statement = models.ForeignKey("conversations.Statement", on_delete=models.PROTECT, related_name="+")
    choice = models.SmallIntegerField(choices=Choice)
    channel = models.CharField(max_length=9, choices=Channel)

    class Meta:
        db_table = "ballot"
        constraints = [
            models.UniqueConstraint(fields=["voter_key", "statement"], name="ballot_one_answer_to_a_statement"),
            models.CheckConstraint(name="ballot_choice_known", condition=Q(choice__in=[-1, 0, 1])),
        ]


class Issued(models.Model):
    """This person has taken their one ballot paper. Says neither when nor which; gone at the close.

    `press` recognises a second press of the same button. It is a digest of the button's token, which the database
    never holds and without which the code of the paper cannot be worked out.
    """

    DECLARED = declare("""
        conversation  nobody  not-personal  until-closed
        person        nobody  personal      until-closed
        press         nobody  not-personal  until-closed
    """)
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    press = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "ballot_paper_issued"
        constraints = [models.UniqueConstraint("conversation", "person", name="ballot_paper_one_each")]


class TookPart(models.Model):
    """This person had a ballot paper in a closed conversation. Written at the close, in random order, without a time."""

    DECLARED = declare("""
        conversation  table  not-personal  with-the-record
        person        table  personal      with-the-record
    """)
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "took_part"
        constraints = [models.UniqueConstraint("conversation", "person", name="took_part_once")]


class StatementTally(models.Model):
    """How many answered what, as last given out: at the close, or at a step of a public conversation."""

    DECLARED = declare("""
        statement  nobody  not-personal  with-the-record
        agree      nobody  not-personal  with-the-record
        disagree   nobody  not-personal  with-the-record
        passed     nobody  not-personal  with-the-record
    """)
    statement = models.OneToOneField("conversations.Statement", on_delete=models.PROTECT, related_name="+")
    agree = models.PositiveBigIntegerField()
    disagree = models.PositiveBigIntegerField()
    passed = models.PositiveBigIntegerField()

    class Meta:
        db_table = "statement_tally"
