"""What an initiative says openly about itself: answers that only follow each other, and what is shown outside."""

from django.db import models
from django.db.models import Q

from alongside.declared import declare


class Answer(models.Model):
    """What a table said to one question on one day. The newest of a row counts; nothing is written over.

    Each answer says which one it follows, and is followed once: two people who write at the same moment cannot both
    be the next. An answer without a choice and without words takes the one before back. It is for the table; a `Shown`
    of its sheet lets others read it.
    """

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        sheet       public  not-personal  with-the-record
        row         public  not-personal  with-the-record
        asks        public  not-personal  with-the-record
        choice      table   not-personal  with-the-record
        says        table   not-personal  with-the-record
        words       table   not-personal  with-the-record
        follows     nobody  not-personal  with-the-record
        at          table   not-personal  with-the-record
        by          table   not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=40, help_text="Id of an open sheet of the content.")
    row = models.CharField(max_length=40, help_text="Id of a row of that sheet.")
    asks = models.CharField(max_length=300, help_text="The words of the question on that day.")
    choice = models.CharField(max_length=40, blank=True)
    says = models.CharField(max_length=200, blank=True, help_text="The words of the choice on that day.")
    words = models.TextField(blank=True)
    follows = models.ForeignKey("candour.Answer", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "open_answer"
        constraints = [
            models.UniqueConstraint("follows", name="open_answer_followed_once"),
            models.UniqueConstraint(
                fields=["initiative", "sheet", "row"], condition=Q(follows=None), name="open_answer_first_once"
            ),
        ]


class Shown(models.Model):
    """From when on a sheet is shown outside the table, or no longer is. The newest of a sheet counts."""

    DECLARED = declare("""
        initiative  public  not-personal  with-the-record
        sheet       public  not-personal  with-the-record
        outside     public  not-personal  with-the-record
        at          table   not-personal  with-the-record
        by          table   not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=40, help_text="Id of an open sheet of the content.")
    outside = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "open_sheet_shown"
        indexes = [models.Index("initiative", "sheet", name="open_sheet_shown_of")]
