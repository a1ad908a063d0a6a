"""Where money goes: one current account for each person, and at most one new one that waits to be confirmed."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.declared import declare
from alongside.payees.states import Confirmed


class Payee(models.Model):
    """To what account money goes. Not the person: a person may have none, or change it and keep all else.

    The account is encrypted with a key outside the database, bound to this row; only its last figures are readable.
    """

    DECLARED = declare("""
        person        money   personal  until-erased
        token         nobody  not-personal  with-the-record
        name          money   personal  until-erased
        last_figures  money   personal  until-erased
        sealed        nobody  personal  until-erased
        typed_by      money   not-personal  with-the-record
        made_at       money   not-personal  with-the-record
        confirmed     money   not-personal  with-the-record
        confirmed_at  money   not-personal  with-the-record
        confirmed_by  money   not-personal  with-the-record
        code_digest   nobody  not-personal  while-needed
        code_by       self    personal      with-the-record
        tries         nobody  not-personal  while-needed
        replaced_at   money   not-personal  with-the-record
    """)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=140, blank=True, help_text="The name on the account.")
    last_figures = models.CharField(max_length=4, blank=True)
    sealed = models.BinaryField(help_text="Sort code and account number or IBAN, AES-256-GCM.")
    typed_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", help_text="The person, or who helped them."
    )
    made_at = models.DateTimeField()
    confirmed = models.CharField(max_length=5, choices=Confirmed, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=64, blank=True)
    code_by = models.CharField(max_length=6, blank=True, help_text="By which way the code went: phone, letter, mail.")
    tries = models.PositiveSmallIntegerField(default=0)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payee"
        constraints = [
            models.UniqueConstraint(
                "person", condition=Q(replaced_at=None, confirmed_at__isnull=False), name="payee_current_once"
            ),
            models.UniqueConstraint(
                "person", condition=Q(replaced_at=None, confirmed_at=None), name="payee_waiting_once"
            ),
            models.CheckConstraint(
                name="payee_confirmed_says_how",
                condition=Q(confirmed="", confirmed_at=None, confirmed_by=None)
                | (~Q(confirmed="") & Q(confirmed_at__isnull=False, confirmed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="payee_seen_by_somebody_else",
                condition=~Q(confirmed=Confirmed.SEEN)
                | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("typed_by"))),
            ),
        ]
