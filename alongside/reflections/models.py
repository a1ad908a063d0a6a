"""What taking part gave somebody, in their own line. Theirs alone until they share it; in no total."""

from django.db import models
from django.db.models import Q

from alongside.declared import declare
from alongside.reflections.states import MOST_WORDS, Got, Level


class Reflection(models.Model):
    """One line that a person wrote for themselves after anything. Taking it away blanks its words."""

    DECLARED = declare("""
        person      chosen  personal      with-the-record
        kind        chosen  personal      until-erased
        words       chosen  personal      until-erased
        level       chosen  personal      until-erased
        on          chosen  personal      with-the-record
        made_at     self    not-personal  with-the-record
        shared_with chosen  personal      with-the-record
        shared_at   chosen  not-personal  with-the-record
        away_at     self    not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Got, default=Got.OTHER)
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    level = models.CharField(max_length=12, choices=Level, blank=True, default=Level.NONE)
    on = models.DateField()
    made_at = models.DateTimeField()
    shared_with = models.ForeignKey("initiatives.Initiative", null=True, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True)
    away_at = models.DateTimeField(null=True, help_text="Taken away by the person.")

    class Meta:
        db_table = "reflection"
        constraints = [
            models.CheckConstraint(
                name="reflection_shared_at_a_time",
                condition=Q(shared_with=None, shared_at=None) | Q(shared_with__isnull=False, shared_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reflection_away_is_blank", condition=Q(away_at=None) | Q(words="", shared_with=None)
            ),
        ]
