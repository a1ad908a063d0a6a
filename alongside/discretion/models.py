"""From whom a person keeps it that they take part. Theirs alone; no reason has a place here."""

from django.db import models
from django.db.models import Q

from alongside.declared import declare
from alongside.discretion.states import MOST_NAME


class KeptFrom(models.Model):
    """Somebody who should not learn that this person takes part. Taken off, the row is gone."""

    DECLARED = declare("""
        person    self  personal  until-erased
        name      self  personal  until-erased
        ask_me    self  personal  until-erased
        since     self  personal  until-erased
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=MOST_NAME, help_text="As others would write it. Never a reason.")
    ask_me = models.BooleanField(
        default=False, help_text="Who leads is stopped, with no name, before asking them to sit."
    )
    since = models.DateTimeField()

    class Meta:
        db_table = "kept_from"
        constraints = [
            models.UniqueConstraint("person", "name", name="kept_from_once"),
            models.CheckConstraint(name="kept_from_has_a_name", condition=~Q(name="")),
        ]
