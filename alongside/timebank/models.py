"""Time that people give each other, in minutes. There is no field for money here, no rate and no way out to one.

What one person gains, another spends: a move carries both sides in one row, so that all balances together are zero,
whatever is written. Only moves change a balance; they are never changed or removed.
"""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.people.states import Channel
from alongside.timebank.states import MOST_LOWEST, MOST_MINUTES, START_LOWEST, GiftState, TimeKind


class TimeBank(models.Model):
    """Whether an organisation lets its people exchange time, and how far below nothing somebody may go. Off at first."""

    DECLARED = declare("""
        organisation    organisation  not-personal  with-the-record
        is_on           organisation  not-personal  with-the-record
        lowest_minutes  organisation  not-personal  with-the-record
        office          organisation  not-personal  with-the-record
        changed_at      organisation  not-personal  with-the-record
        changed_by      organisation  not-personal  with-the-record
    """)
    organisation = models.OneToOneField("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=False)
    lowest_minutes = models.PositiveIntegerField(
        default=START_LOWEST, help_text="How far below nothing anybody may go."
    )
    office = models.BooleanField(default=False, help_text="The organisation itself gives and takes time too.")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "time_bank"
        constraints = [
            models.CheckConstraint(name="time_bank_has_an_end", condition=Q(lowest_minutes__lte=MOST_LOWEST))
        ]


class TimeAccount(models.Model):
    """Whose time: a person's in one organisation, or, without a person, the organisation's own."""

    DECLARED = declare("""
        bank    self  not-personal  with-the-record
        person  self  personal      with-the-record
    """)
    bank = models.ForeignKey("timebank.TimeBank", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "time_account"
        constraints = [
            models.UniqueConstraint("bank", "person", name="time_account_of_person_once"),
            models.UniqueConstraint("bank", condition=Q(person=None), name="time_account_of_office_once"),
        ]


class TimeGift(models.Model):
    """Time that one gave and another took, as one of them says; nothing moves until the other says yes."""

    DECLARED = declare("""
        bank              self  not-personal  with-the-record
        giver             self  not-personal  with-the-record
        taker             self  not-personal  with-the-record
        minutes           self  not-personal  with-the-record
        kind              self  not-personal  with-the-record
        words             self  personal      until-erased
        on                self  not-personal  with-the-record
        offer             self  not-personal  with-the-record
        state             self  not-personal  with-the-record
        asked_by          self  personal      with-the-record
        asked_at          self  not-personal  with-the-record
        asked_channel     self  not-personal  with-the-record
        answered_by       self  personal      with-the-record
        answered_at       self  not-personal  with-the-record
        answered_channel  self  not-personal  with-the-record
    """)
    bank = models.ForeignKey("timebank.TimeBank", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey("timebank.TimeAccount", on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey("timebank.TimeAccount", on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=13, choices=TimeKind)
    words = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    offer = models.OneToOneField(
        "contributions.Offer", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Work for which its person chose time. Only its minutes are read.",
    )  # fmt: skip
    state = models.CharField(max_length=9, choices=GiftState, default=GiftState.ASKED)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_channel = models.CharField(max_length=9, choices=Channel)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_channel = models.CharField(max_length=9, choices=Channel, blank=True)

    class Meta:
        db_table = "time_gift"
        constraints = [
            models.CheckConstraint(name="time_gift_between_two", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(
                name="time_gift_of_some_size", condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES)
            ),
            models.CheckConstraint(
                name="time_gift_answer_says_who_and_when",
                condition=Q(state=GiftState.ASKED, answered_by=None, answered_at=None)
                | (~Q(state=GiftState.ASKED) & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="time_gift_two_say_yes", condition=~Q(state=GiftState.AGREED) | ~Q(asked_by=F("answered_by"))
            ),
        ]


class TimeMove(models.Model):
    """Minutes that left one account and came to another. The database refuses one that is not what was agreed."""

    DECLARED = declare("""
        gift     self  not-personal  with-the-record
        taken    self  not-personal  with-the-record
        given    self  not-personal  with-the-record
        minutes  self  not-personal  with-the-record
        at       self  not-personal  with-the-record
    """)
    gift = models.OneToOneField("timebank.TimeGift", on_delete=models.PROTECT, related_name="+")
    taken = models.ForeignKey(
        "timebank.TimeAccount", on_delete=models.PROTECT, related_name="+", help_text="Minutes less."
    )
    given = models.ForeignKey(
        "timebank.TimeAccount", on_delete=models.PROTECT, related_name="+", help_text="Minutes more."
    )
    minutes = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "time_move"
        constraints = [
            models.CheckConstraint(name="time_move_between_two", condition=~Q(taken=F("given"))),
            models.CheckConstraint(name="time_move_some_time", condition=Q(minutes__gt=0, minutes__lte=MOST_MINUTES)),
        ]
