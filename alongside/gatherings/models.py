"""A gathering: why, when and how people meet, who came by which way, what was noted and who does what next."""

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.gatherings.states import Coming, GatheringState, Met
from alongside.people.states import Channel


class Gathering(models.Model):
    """One meeting of an initiative, in a room, by phone, on a screen or all of them."""

    DECLARED = declare("""
        initiative  table  not-personal  with-the-record
        title       table  not-personal  with-the-record
        purpose     table  not-personal  with-the-record
        starts_at   table  not-personal  with-the-record
        ends_at     table  not-personal  with-the-record
        place       table  not-personal  with-the-record
        other_ways  table  not-personal  with-the-record
        access      table  not-personal  with-the-record
        state       table  not-personal  with-the-record
        change      table  not-personal  with-the-record
        called_by   table  personal      with-the-record
        made_at     table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    other_ways = models.CharField(max_length=300, blank=True, help_text="Phone number, link, or paper before the day.")
    access = models.TextField(blank=True, help_text="What the place and the meeting are like.")
    state = models.CharField(max_length=9, choices=GatheringState, default=GatheringState.PLANNED)
    change = models.PositiveSmallIntegerField(default=0, help_text="How often day, time or place changed.")
    called_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "gathering"
        constraints = [
            models.CheckConstraint(name="gathering_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at")))
        ]


class AgendaItem(models.Model):
    """Something to talk about, with who raised it and how long it may take."""

    DECLARED = declare("""
        gathering  table  not-personal  with-the-record
        place      table  not-personal  with-the-record
        words      table  not-personal  with-the-record
        minutes    table  not-personal  with-the-record
        raised_by  table  personal      with-the-record
    """)
    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField(null=True)
    raised_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "agenda_item"


class Invitation(models.Model):
    """One person asked to one gathering, what they said, and afterwards by which way they were there (if they were)."""

    DECLARED = declare("""
        gathering    table   not-personal  with-the-record
        person       table   personal      with-the-record
        coming       table   personal      with-the-record
        answered_by  duties  not-personal  with-the-record
        answered_at  duties  not-personal  with-the-record
        was_there    table   personal      with-the-record
        there_by     table   not-personal  with-the-record
    """)
    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=5, choices=Coming, default=Coming.ASKED)
    answered_by = models.CharField(max_length=9, choices=Channel, blank=True)
    answered_at = models.DateTimeField(null=True)
    was_there = models.BooleanField(null=True, help_text="Null: not recorded.")
    there_by = models.CharField(max_length=9, choices=Channel, blank=True)

    class Meta:
        db_table = "invitation"
        constraints = [
            models.UniqueConstraint("gathering", "person", name="invitation_once"),
            models.CheckConstraint(
                name="invitation_there_by_some_way",
                condition=Q(was_there=True, there_by__gt="")
                | ((Q(was_there=None) | Q(was_there=False)) & Q(there_by="")),
            ),
        ]


class NeedAsked(models.Model):
    """A need that somebody shared for one gathering, in its words of the day, and whether it was met."""

    DECLARED = declare("""
        gathering  chosen  not-personal  with-the-record
        person     chosen  personal      with-the-record
        words      chosen  personal      until-erased
        met        chosen  personal      with-the-record
    """)
    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    met = models.CharField(max_length=4, choices=Met, blank=True)

    class Meta:
        db_table = "need_asked"
        constraints = [models.UniqueConstraint("gathering", "person", "words", name="need_asked_once")]


class Note(models.Model):
    """A line of the notes. Corrected by adding a line, never by changing one."""

    DECLARED = declare("""
        gathering  table  not-personal  with-the-record
        words      table  not-personal  with-the-record
        written_by table  personal      with-the-record
        at         table  not-personal  with-the-record
        corrects   table  not-personal  with-the-record
    """)
    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrects = models.ForeignKey("gatherings.Note", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "note"


class Action(models.Model):
    """Something that somebody said they would do, by a day. Owners are of every kind, or the signal shows it."""

    DECLARED = declare("""
        gathering  table  not-personal  with-the-record
        words      table  not-personal  with-the-record
        owner      table  personal      with-the-record
        due_on     table  not-personal  with-the-record
        made_at    table  not-personal  with-the-record
        done_at    table  not-personal  with-the-record
    """)
    gathering = models.ForeignKey("gatherings.Gathering", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "action"
