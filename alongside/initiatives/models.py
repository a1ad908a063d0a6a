"""An initiative: what is run together, in which stages, by whom, for whom, and how it came about."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.initiatives.states import AdvertState, InitiativeState, PayKind, ReplyState
from alongside.organisations.states import DutyKind
from alongside.people.states import Channel


class Initiative(models.Model):
    """One piece of work that people run together.

    Kinds, stages and rungs are ids of reviewed content. The four blanks of its own definition of working together
    (what, how, by whom, why) are local words. Origin answers may be "unknown" but not empty when it opens.
    """

    DECLARED = declare("""
        organisation      public  not-personal  with-the-record
        area              public  not-personal  with-the-record
        name              public  not-personal  with-the-record
        kind              public  not-personal  with-the-record
        state             public  not-personal  with-the-record
        about             public  not-personal  with-the-record
        who_asked         public  not-personal  with-the-record
        why_now           public  not-personal  with-the-record
        who_is_affected   public  not-personal  with-the-record
        affected_inside   public  not-personal  with-the-record
        we_mean_what      public  not-personal  with-the-record
        we_mean_how       public  not-personal  with-the-record
        we_mean_whom      public  not-personal  with-the-record
        we_mean_why       public  not-personal  with-the-record
        honest_limits     public  not-personal  with-the-record
        aim_frozen_on     public  not-personal  with-the-record
        review_on         public  not-personal  with-the-record
        made_at           public  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("organisations.Area", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40, help_text="Id of content kind: service, education, research ...")
    state = models.CharField(max_length=6, choices=InitiativeState, default=InitiativeState.DRAFT)
    about = models.TextField(blank=True)
    who_asked = models.TextField(blank=True)
    why_now = models.TextField(blank=True)
    who_is_affected = models.TextField(blank=True)
    affected_inside = models.TextField(blank=True, help_text="Which of those affected are in from the start.")
    we_mean_what = models.TextField(blank=True)
    we_mean_how = models.TextField(blank=True)
    we_mean_whom = models.TextField(blank=True)
    we_mean_why = models.TextField(blank=True)
    honest_limits = models.TextField(blank=True)
    aim_frozen_on = models.DateField(null=True, help_text="The day after which the aim no longer moved.")
    review_on = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "initiative"
        constraints = [
            models.UniqueConstraint("organisation", "name", name="initiative_name_once"),
            models.CheckConstraint(
                name="initiative_open_answers_its_origin",
                condition=Q(state=InitiativeState.DRAFT)
                | Q(state=InitiativeState.ENDED)
                | (~Q(who_asked="") & ~Q(why_now="") & ~Q(who_is_affected="") & ~Q(affected_inside="")),
            ),
        ]

    def __str__(self):
        return self.name


class Stage(models.Model):
    """A stretch of an initiative, with the rung of a ladder at which its people aim."""

    DECLARED = declare("""
        initiative   public  not-personal  with-the-record
        kind         public  not-personal  with-the-record
        from_on      public  not-personal  with-the-record
        to_on        public  not-personal  with-the-record
        ladder       public  not-personal  with-the-record
        target_rung  public  not-personal  with-the-record
        aimed_at     public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, help_text="Id of content stage.")
    from_on = models.DateField()
    to_on = models.DateField(null=True, help_text="The first day after the stage.")
    ladder = models.CharField(max_length=40, blank=True)
    target_rung = models.CharField(max_length=60, blank=True)
    aimed_at = models.CharField(max_length=400, blank=True, help_text="The rung's words at the time.")

    class Meta:
        db_table = "stage"
        constraints = [
            models.UniqueConstraint("initiative", "kind", "from_on", name="stage_once"),
            models.CheckConstraint(
                name="stage_ends_after_it_begins", condition=Q(to_on=None) | Q(to_on__gt=F("from_on"))
            ),
        ]


class Seat(models.Model):
    """A place at the table. Without a person it is an open invitation with a real description, never a vague title."""

    DECLARED = declare("""
        initiative    public  not-personal  with-the-record
        person        seats   personal      with-the-record
        role          seats   not-personal  with-the-record
        asked         duties  personal      while-needed
        lens          chosen  personal      until-erased
        shown_public  self    personal      until-erased
        joined_on     table   personal      with-the-record
        left_on       table   personal      with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=200, help_text="What this place is for, in a sentence.")
    asked = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", help_text="Who was asked to take it."
    )
    lens = models.ForeignKey("people.Lens", null=True, on_delete=models.PROTECT, related_name="+")
    shown_public = models.BooleanField(default=False)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True, help_text="The first day on which they no longer sit here.")

    class Meta:
        db_table = "seat"
        constraints = [
            models.UniqueConstraint(
                "initiative", "person", condition=Q(left_on=None, person__isnull=False), name="seat_current_once"
            ),
            models.CheckConstraint(
                name="seat_person_and_joined_together",
                condition=Q(person=None, joined_on=None) | Q(person__isnull=False, joined_on__isnull=False),
            ),
            models.CheckConstraint(name="seat_says_what_it_is_for", condition=~Q(role="")),
            models.CheckConstraint(name="seat_asked_only_while_empty", condition=Q(asked=None) | Q(person=None)),
            models.UniqueConstraint(
                "initiative", "asked", condition=Q(left_on=None, asked__isnull=False), name="seat_asked_once"
            ),
        ]


class InitiativeDuty(models.Model):
    """What one person was asked to do for one initiative."""

    DECLARED = declare("""
        initiative  table  not-personal  with-the-record
        person      table  personal      with-the-record
        kind        table  not-personal  with-the-record
        since       table  not-personal  with-the-record
        until       table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=DutyKind)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "initiative_duty"
        constraints = [
            models.UniqueConstraint(
                "initiative", "person", "kind", condition=Q(until=None), name="initiative_duty_current_once"
            )
        ]


class Move(models.Model):
    """The initiative opened, paused, went on or ended: when, and why."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        before      public  not-personal  with-the-record
        now         public  not-personal  with-the-record
        reason      public  not-personal  with-the-record
        by          table   personal      with-the-record
        at          public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=6, choices=InitiativeState)
    now = models.CharField(max_length=6, choices=InitiativeState)
    reason = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "initiative_move"
        constraints = [models.CheckConstraint(name="initiative_move_has_a_reason", condition=~Q(reason=""))]


class Partner(models.Model):
    """A body or group that takes part beside the organisation."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        name        public  not-personal  with-the-record
        brings      public  not-personal  with-the-record
        since       public  not-personal  with-the-record
        until       public  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    brings = models.CharField(max_length=200, blank=True, help_text="What they bring and what they hope for.")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "partner"


class Advert(models.Model):
    """An open invitation. Cannot be published without pay or a plain no-money sentence, access, time and a benefit line."""

    DECLARED = declare("""
        initiative    public  not-personal  with-the-record
        title         public  not-personal  with-the-record
        task          public  not-personal  with-the-record
        pay_kind      public  not-personal  with-the-record
        pay_words     public  not-personal  with-the-record
        access        public  not-personal  with-the-record
        time_words    public  not-personal  with-the-record
        benefit_line  public  not-personal  with-the-record
        other_ways    public  not-personal  with-the-record
        state         public  not-personal  with-the-record
        closes_on     public  not-personal  with-the-record
        published_at  public  not-personal  with-the-record
        published_by  duties  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    task = models.TextField()
    pay_kind = models.CharField(max_length=8, choices=PayKind, blank=True)
    pay_words = models.CharField(max_length=300, blank=True)
    access = models.TextField(blank=True)
    time_words = models.CharField(max_length=300, blank=True)
    benefit_line = models.TextField(blank=True)
    other_ways = models.CharField(max_length=300, blank=True, help_text="How to answer by phone, on paper, in person.")
    state = models.CharField(max_length=9, choices=AdvertState, default=AdvertState.DRAFT)
    closes_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "advert"
        constraints = [
            models.CheckConstraint(
                name="advert_published_says_pay_access_time_benefits",
                condition=Q(state=AdvertState.DRAFT)
                | (
                    ~Q(pay_kind="")
                    & ~Q(pay_words="")
                    & ~Q(access="")
                    & ~Q(time_words="")
                    & ~Q(benefit_line="")
                    & Q(published_at__isnull=False)
                ),
            )
        ]


class AdvertReply(models.Model):
    """One person's answer to an advert, by whichever way it came."""

    DECLARED = declare("""
        advert      duties  not-personal  with-the-record
        person      duties  personal      with-the-record
        words       duties  personal      until-erased
        channel     duties  not-personal  with-the-record
        state       duties  personal      with-the-record
        at          duties  not-personal  with-the-record
        answered_at duties  not-personal  with-the-record
        answered_by duties  not-personal  with-the-record
        reason      duties  personal      until-erased
    """)
    advert = models.ForeignKey("initiatives.Advert", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=9, choices=Channel)
    state = models.CharField(max_length=9, choices=ReplyState, default=ReplyState.ASKED)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "advert_reply"
        constraints = [models.UniqueConstraint("advert", "person", name="advert_reply_once")]


class ChangeOfDirection(models.Model):
    """The work turned: where to, why, and who raised it. Nothing is overwritten without one of these."""

    DECLARED = declare("""
        initiative  table  not-personal  with-the-record
        what        table  not-personal  with-the-record
        before      table  not-personal  with-the-record
        now         table  not-personal  with-the-record
        reason      table  not-personal  with-the-record
        raised_by   table  personal      with-the-record
        at          table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, help_text="Field of the initiative, or `stage`, that turned.")
    before = models.TextField(blank=True)
    now = models.TextField()
    reason = models.TextField()
    raised_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "change_of_direction"
        constraints = [models.CheckConstraint(name="change_of_direction_has_a_reason", condition=~Q(reason=""))]


class Review(models.Model):
    """The people at the table looked at how it goes, and said what they keep and change."""

    DECLARED = declare("""
        initiative  table  not-personal  with-the-record
        words       table  not-personal  with-the-record
        next_on     table  not-personal  with-the-record
        by          table  personal      with-the-record
        at          table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    next_on = models.DateField(null=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "initiative_review"
