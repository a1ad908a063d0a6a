"""The journal, and the presses that make twice once. Nothing here is ever changed."""

from django.db import models

from alongside.declared import declare


class JournalLine(models.Model):
    """What was done, by whom, when. Only ever added to; the database refuses to change or remove a line.

    Lines hold names of events and numbers of things, no words of people: erasing a person leaves them true.
    Each line carries a digest of itself and of the line before, so that a gap or a change shows.
    """

    DECLARED = declare("""
        what             duties  not-personal  with-the-record
        subject          duties  not-personal  with-the-record
        by_person        duties  not-personal  with-the-record
        helped_by_person duties  not-personal  with-the-record
        organisation     duties  not-personal  with-the-record
        at               duties  not-personal  with-the-record
        facts            duties  not-personal  with-the-record
        digest           nobody  not-personal  with-the-record
    """)
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True, db_index=True)
    by_person = models.BigIntegerField(null=True, db_index=True)
    helped_by_person = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "journal_line"


class JournalHead(models.Model):
    """One row: the digest of the newest line. Locked while a line is added, so that the chain has one order."""

    DECLARED = declare("digest nobody not-personal with-the-record")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "journal_head"


class Press(models.Model):
    """One press of one form: its token was made when the form was shown and is unique for ever."""

    DECLARED = declare("""
        token   nobody  not-personal  while-needed
        result  nobody  not-personal  while-needed
    """)
    token = models.CharField(max_length=64, unique=True)
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "press"


class CacheRow(models.Model):
    """The table of Django's database cache: counters of tries, so that limits hold across workers."""

    DECLARED = declare("""
        cache_key  nobody  not-personal  short
        value      nobody  not-personal  short
        expires    nobody  not-personal  short
    """)
    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache_row"
