"""The living agreement of one table: versions, their clauses, and who said yes to which."""

from django.db import models
from django.db.models import Q

from alongside.agreements.states import Answer, VersionState
from alongside.declared import declare
from alongside.people.states import Channel


class Version(models.Model):
    """One wording of an agreement. After it was proposed it never changes; a new version replaces it."""

    DECLARED = declare("""
        initiative   table  not-personal  with-the-record
        number       table  not-personal  with-the-record
        state        table  not-personal  with-the-record
        why          table  not-personal  with-the-record
        review_on    table  not-personal  with-the-record
        begun_by     table  personal      with-the-record
        begun_at     table  not-personal  with-the-record
        proposed_at  table  not-personal  with-the-record
        in_force_at  table  not-personal  with-the-record
        not_all      table  not-personal  with-the-record
    """)
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=VersionState, default=VersionState.DRAFT)
    why = models.CharField(max_length=500, blank=True, help_text="Why the words change.")
    review_on = models.DateField(null=True)
    begun_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    not_all = models.CharField(max_length=500, blank=True, help_text="Why it came in force before everybody said yes.")

    class Meta:
        db_table = "agreement_version"
        constraints = [
            models.UniqueConstraint("initiative", "number", name="agreement_version_number_once"),
            models.UniqueConstraint(
                "initiative", condition=Q(state=VersionState.DRAFT), name="agreement_version_one_draft"
            ),
            models.UniqueConstraint(
                "initiative", condition=Q(state=VersionState.IN_FORCE), name="agreement_version_one_in_force"
            ),
            models.CheckConstraint(
                name="agreement_version_proposed_has_a_review_date",
                condition=Q(state=VersionState.DRAFT) | Q(review_on__isnull=False, proposed_at__isnull=False),
            ),
        ]


class Clause(models.Model):
    """One thing agreed, in the group's own words."""

    DECLARED = declare("""
        version  table  not-personal  with-the-record
        place    table  not-personal  with-the-record
        heading  table  not-personal  with-the-record
        words    table  not-personal  with-the-record
    """)
    version = models.ForeignKey("agreements.Version", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    words = models.TextField()

    class Meta:
        db_table = "clause"


class SignOn(models.Model):
    """What one person said to one version. A later answer replaces an earlier one; the journal keeps both."""

    DECLARED = declare("""
        version  table  not-personal  with-the-record
        person   table  personal      with-the-record
        answer   table  personal      with-the-record
        worry    table  personal      until-erased
        channel  table  not-personal  with-the-record
        at       table  not-personal  with-the-record
    """)
    version = models.ForeignKey("agreements.Version", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=7, choices=Answer)
    worry = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=9, choices=Channel)
    at = models.DateTimeField()

    class Meta:
        db_table = "sign_on"
        constraints = [models.UniqueConstraint("version", "person", name="sign_on_once")]
