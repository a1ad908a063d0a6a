"""Reads of where money goes. Accounts are locked; only their last figures are readable."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from alongside.design.states import NEEDS, Line
from alongside.organisations import queries as organisations
from alongside.payees.models import Payee
from alongside.payees.permissions import VOUCH
from alongside.payees.policies import is_known
from alongside.people import queries as known


def _kept():
    return Payee.objects.filter(replaced_at=None).select_related("person", "typed_by")


def payee_of(person):
    """Where the person's money goes: their current Payee (locked details), or None."""
    return _kept().filter(person=person, confirmed_at__isnull=False).first()


def waiting_of(person):
    """The person's new Payee that waits to be confirmed, or None."""
    return _kept().filter(person=person, confirmed_at=None).first()


def confirmed_and_waiting(person):
    """(when the person's account was confirmed, or None; whether new details wait), in one narrow read."""
    days = list(Payee.objects.filter(person=person, replaced_at=None).values_list("confirmed_at", flat=True))
    return next((day for day in days if day), None), None in days


def current_of(people):
    """{person pk: current Payee} of many people, in one query. Only the keys of who typed and confirmed are at hand."""
    rows = Payee.objects.filter(replaced_at=None, person__in=people, confirmed_at__isnull=False)
    return {row.person_id: row for row in rows}


def waiting_among(people):
    """The keys of those of these people whose new details wait to be confirmed: a set, in one query."""
    return set(_kept().filter(person__in=people, confirmed_at=None).values_list("person", flat=True))


def to_confirm(person):
    """New details that the person may confirm: of members of organisations they lead, approve or pay for; oldest first."""
    theirs = organisations.members_among(organisations.where_held(person, VOUCH))
    return _kept().filter(person__in=theirs, confirmed_at=None).exclude(person=person).order_by("made_at", "pk")


def with_new_ways(waiting):
    """[(Payee, Contacts that were too new when it was typed)]: by these, whoever typed it may answer as the person."""
    ways = known.ways_to_reach({payee.person_id for payee in waiting})
    return [
        (payee, [way for way in ways.get(payee.person_id, {}).values() if not is_known(way.since, payee.made_at)])
        for payee in waiting
    ]


def today(person, on):
    """Lines of the today page: own details to confirm, and those of others."""
    if person is None:
        return []
    lines = []
    own = _kept().filter(person=person, confirmed_at=None).values_list("made_at", flat=True)
    if since := own.first():
        lines.append(Line("Confirm your new bank details", reverse("payees:payee"), NEEDS, timezone.localdate(since)))
    found = to_confirm(person).order_by().aggregate(count=Count("pk"), first=Min("made_at"))
    if found["count"]:
        words = "1 new account to confirm" if found["count"] == 1 else f"{found['count']} new accounts to confirm"
        lines.append(Line(words, reverse("payees:to_confirm"), NEEDS, timezone.localdate(found["first"])))
    return lines


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    rows = _kept().filter(person=person).order_by("pk")
    return {
        "Where your money goes": [
            {
                "name": row.name, "account_ends_in": row.last_figures, "since": row.made_at,
                "confirmed": row.get_confirmed_display() or "not yet",
            }
            for row in rows
        ]
    }  # fmt: skip
