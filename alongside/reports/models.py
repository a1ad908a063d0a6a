"""Which policies and promises of others an organisation's yearly page answers to. The figures themselves are not kept."""

from django.db import models

from alongside.declared import declare


class PolicyLink(models.Model):
    """A policy, plan or promise that the work answers to, with where it can be read. Ended, never removed."""

    DECLARED = declare("""
        organisation  organisation  not-personal  with-the-record
        words         organisation  not-personal  with-the-record
        asks          organisation  not-personal  with-the-record
        url           organisation  not-personal  with-the-record
        by            duties        personal      with-the-record
        at            organisation  not-personal  with-the-record
        ended_at      organisation  not-personal  with-the-record
    """)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, help_text="Its name and year.")
    asks = models.CharField(max_length=400, blank=True, help_text="What it asks of us, in our words.")
    url = models.URLField(max_length=400, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "policy_link"
