"""Organisation, its areas, who belongs, and who was asked to do what. Everything else hangs below one organisation."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.organisations.states import AreaLevel, DutyKind, UploadState


class Organisation(models.Model):
    """A body that runs things together with people. The line that no data crosses."""

    DECLARED = declare("""
        name          public  not-personal  with-the-record
        about         public  not-personal  with-the-record
        country       public  not-personal  with-the-record
        zone          public  not-personal  with-the-record
        promise_days  public  not-personal  with-the-record
        small_number  public  not-personal  with-the-record
        made_at       public  not-personal  with-the-record
    """)
    name = models.CharField(max_length=160, unique=True)
    about = models.TextField(blank=True)
    country = models.CharField(max_length=6, default="GB", help_text="Two letters, or GB-SCT and the like.")
    zone = models.CharField(max_length=60, default="Europe/London", help_text="Time zone name.")
    promise_days = models.PositiveSmallIntegerField(default=10, help_text="Working days from an activity to the money.")
    small_number = models.PositiveSmallIntegerField(
        default=5, help_text="Numbers about fewer people than this are hidden; never under 5."
    )
    made_at = models.DateTimeField()

    class Meta:
        db_table = "organisation"
        constraints = [models.CheckConstraint(name="organisation_small_number_floor", condition=Q(small_number__gte=5))]

    def __str__(self):
        return self.name


class Area(models.Model):
    """A part of an organisation: a place (local), several places (area), or all of it (whole)."""

    DECLARED = declare("""
        organisation  public  not-personal  with-the-record
        parent        public  not-personal  with-the-record
        level         public  not-personal  with-the-record
        name          public  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("organisations.Area", null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=5, choices=AreaLevel)
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "area"
        constraints = [models.UniqueConstraint("organisation", "name", name="area_name_once")]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person belongs to an organisation for a time."""

    DECLARED = declare("""
        person        duties  personal  until-erased
        organisation  duties  not-personal  with-the-record
        since         duties  not-personal  with-the-record
        until         duties  not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, help_text="The first day on which they no longer belong.")

    class Meta:
        db_table = "membership"
        constraints = [
            models.UniqueConstraint("person", "organisation", condition=Q(until=None), name="membership_current_once"),
            models.CheckConstraint(
                name="membership_until_after_since", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]


class Duty(models.Model):
    """What one person was asked to do for a whole organisation."""

    DECLARED = declare("""
        person        organisation  personal      with-the-record
        organisation  organisation  not-personal  with-the-record
        kind          organisation  not-personal  with-the-record
        since         organisation  not-personal  with-the-record
        until         organisation  not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=DutyKind)
    since = models.DateField()
    until = models.DateField(null=True, help_text="The first day on which they no longer hold it.")

    class Meta:
        db_table = "duty"
        constraints = [
            models.UniqueConstraint("person", "organisation", "kind", condition=Q(until=None), name="duty_current_once")
        ]


class RegisterUpload(models.Model):
    """A register that somebody sent and is still looking at. Nothing of it is anywhere else before they say yes.

    At yes the file is emptied and only the refused rows stay for taking away; at no the row goes; after a day it goes
    in any case.
    """

    DECLARED = declare("""
        organisation  duties  not-personal  short
        by            duties  personal      short
        name          duties  personal      short
        content       nobody  personal      short
        chosen        duties  not-personal  short
        state         duties  not-personal  short
        refused       duties  personal      short
        counts        duties  not-personal  short
        made_at       duties  not-personal  short
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="The file's name, for the person who sent it.")
    content = models.BinaryField()
    chosen = models.JSONField(default=dict, help_text="Columns that somebody changed: place -> field.")
    state = models.CharField(max_length=7, choices=UploadState, default=UploadState.WAITING)
    refused = models.TextField(blank=True, help_text="The refused rows as CSV.")
    counts = models.JSONField(default=dict, help_text="added, known and refused, once it was taken.")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "register_upload"
        constraints = [
            models.CheckConstraint(
                name="register_upload_empty_once_taken", condition=Q(state=UploadState.WAITING) | Q(content=b"")
            )
        ]
