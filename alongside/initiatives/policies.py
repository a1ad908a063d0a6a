"""Facts that rules and reads both ask: who sits at which table, who was asked to do what."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, Value

from alongside.calculations import content
from alongside.initiatives.models import AdvertReply, Initiative, InitiativeDuty, Seat
from alongside.initiatives.states import ORIGIN, PayKind
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind

_SEAT, _HERE, _WHOLE = "seat", "here", "whole"


@dataclass(frozen=True)
class Standing:
    """Where one person stands, as keys: seats {initiative}, here {kind of duty: {initiative}}. The duties in whole
    organisations are kept by the room of organisations."""

    seats: frozenset
    here: dict


def _standing(person):
    """The person's Standing, read once in one query for a request that only shows; None where a rule reads afresh."""
    if not person.only_shows:
        return None
    if not hasattr(person, "standing"):
        _keep_standing(person)
    return person.standing


def _keep_standing(person):
    seats = Seat.objects.filter(person=person, left_on=None).values_list(Value(_SEAT), Value(""), "initiative")
    duties = InitiativeDuty.objects.filter(person=person, until=None).values_list(Value(_HERE), "kind", "initiative")
    whole = organisations.duty_rows(person).values_list(Value(_WHOLE), "kind", "organisation")
    rows = list(seats.union(duties, whole, all=True))
    organisations.carry(person, [(kind, key) for where, kind, key in rows if where == _WHOLE])
    here = defaultdict(set)
    for kind, key in [(kind, key) for where, kind, key in rows if where == _HERE]:
        here[kind].add(key)
    person.standing = Standing(frozenset(key for where, _, key in rows if where == _SEAT), dict(here))


def seated_in(person):
    """Keys of the initiatives in which the person holds a current seat; for use inside other reads."""
    if known := _standing(person):
        return known.seats
    return Seat.objects.filter(person=person, left_on=None).values("initiative")


def _asked_in(person, kinds=DutyKind.values):
    """Keys of the initiatives in which the person holds one of these duties, or any."""
    if known := _standing(person):
        return frozenset().union(*(known.here.get(kind, ()) for kind in kinds))
    return InitiativeDuty.objects.filter(person=person, kind__in=kinds, until=None).values("initiative")


def _any_of(path, tables, whole):
    """Condition: the initiative at `path` is one of these tables, or lies in one of these whole organisations."""
    at, of = (f"{path}__in", f"{path}__organisation__in") if path else ("pk__in", "organisation__in")
    asked = reduce(or_, (Q(**{at: keys}) for keys in tables))
    return asked if isinstance(whole, frozenset) and not whole else asked | Q(**{of: whole})


def at_table(person, path="initiative"):
    """Condition on rows: their initiative is one inside which the person may read, by a seat, a duty or leading all.

    path: how the rows name their initiative; empty for initiatives themselves.
    """
    if person is None:
        return Q(pk__in=[])
    tables = seated_in(person), _asked_in(person)
    return _any_of(path, tables, organisations.where_held(person, [DutyKind.LEAD]))


def asked_to(person, kinds, path="initiative"):
    """Condition on rows: in their initiative, or its whole organisation, the person holds one of these duties."""
    if person is None:
        return Q(pk__in=[])
    tables = (_asked_in(person, kinds),)
    return _any_of(path, tables, organisations.where_held(person, kinds))


def is_asked(person, kinds):
    """Whether the person holds one of these duties in any initiative, or in a whole organisation."""
    return bool(_asked_in(person, kinds) or organisations.where_held(person, kinds))


def table_of(person):
    """Initiatives inside which the person may read: a current seat, a duty in it, or leading its organisation."""
    return Initiative.objects.filter(at_table(person, "")).order_by("name", "pk")


def initiatives_where(person, *kinds):
    """Initiatives in which the person holds one of these duties, there or in the whole organisation, by name."""
    found = Initiative.objects.filter(asked_to(person, kinds, ""))
    return found.select_related("organisation", "area").order_by("name", "pk")


def reads(person, initiative):
    """Whether the person may read what happens at this table."""
    return is_seated(person, initiative) or holds_any(person, DutyKind.values, initiative, whole=[DutyKind.LEAD])


def is_seated(person, initiative):
    """Whether the person holds a current seat."""
    if person is None:
        return False
    if known := _standing(person):
        return initiative.pk in known.seats
    return Seat.objects.filter(initiative=initiative, person=person, left_on=None).exists()


def sitting(initiative):
    """Keys of the people who have a current seat, as values for a condition."""
    return Seat.objects.filter(initiative=initiative, left_on=None, person__isnull=False).values("person")


def holds_any(person, kinds, initiative, whole=None):
    """Whether the person holds one of these duties in the initiative, or in the whole organisation; one query.

    whole: the duties that count when held in the organisation, where these are not the same.
    """
    if person is None:
        return False
    whole = kinds if whole is None else whole
    if person.only_shows:
        at_hand = _asked_in(person, kinds)
        held = organisations.where_held(person, whole)
        return initiative.pk in at_hand or initiative.organisation_id in held
    here = InitiativeDuty.objects.filter(initiative=initiative, person=person, kind__in=kinds, until=None)
    there = organisations.organisations_where(person, *whole).filter(pk=initiative.organisation_id).order_by()
    return here.values("pk").union(there.values("pk"), all=True).exists()


def holds(person, kind, initiative):
    """Whether the person holds this duty in the initiative, or in the whole organisation."""
    return holds_any(person, (kind,), initiative)


def duties_ever_of(person):
    """Every duty that the person holds or held in an initiative, oldest first; for their own eyes."""
    return InitiativeDuty.objects.filter(person=person).select_related("initiative").order_by("since", "pk")


def has_replied(person, advert):
    """Whether the person answered this advert before."""
    return AdvertReply.objects.filter(advert=advert, person=person).exists()


def unsaid_origin(initiative):
    """The origin questions that have no answer yet; "unknown" and "nobody yet" are answers."""
    return [field for field in ORIGIN if not getattr(initiative, field).strip()]


def shapes_something(kind):
    """Whether a stage is the design or later: then somebody must have said who is affected, and who of them is in."""
    return content.stage(kind).order >= content.stage("design").order


# Words that say whom somebody stands for without saying what for. A group of catch-all seats cannot hold people.
_CATCH_ALL = """
    a an the of for and or in on to by with from our this at as is general generic other others any anyone anybody
    somebody someone person people human rep reps representative representatives representation member members
    membership participant participants attendee attendees user users service services patient patients client clients
    consumer consumers survivor carer carers caregiver family families parent parents relative lived experience expert
    experts experienced volunteer volunteers contributor contributors helper stakeholder stakeholders public lay
    community group groups panel committee board team meeting meetings forum network seat role place position partner
    partners advisor adviser advisors advisers voice voices citizen
"""
_VAGUE = frozenset(_CATCH_ALL.split())


def is_vague(role):
    """Whether a role says nothing of what the place is for: fewer than three words, or only catch-all words."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", role.casefold())
    return len(words) < 3 or not set(words) - _VAGUE


def unsaid_in(advert):
    """What an advert does not say yet, of pay, access, time and benefits; in this order, as codes."""
    said = {
        "pay": advert.pay_kind != PayKind.UNSAID and advert.pay_words.strip(),
        "access": advert.access.strip(),
        "time": advert.time_words.strip(),
        "benefits": advert.benefit_line.strip(),
    }
    return [code for code, words in said.items() if not words]


def names_an_amount(advert):
    """Whether an advert of paid work says how much: some figure stands in its words about pay."""
    return advert.pay_kind != PayKind.PAID or any(letter.isdigit() for letter in advert.pay_words)


ANSWER_DAYS = 14


def answer_by(day):
    """The day by which who leads answers somebody who answered an advert on `day`."""
    return day + timedelta(days=ANSWER_DAYS)


def aimed_at(ladder, rung):
    """The words of a rung as they are today, to be kept; nothing when no rung is aimed at."""
    if not ladder:
        return ""
    found = next(one for one in content.ladder(ladder).rungs if one.id == rung)
    return f"{found.words}: {found.means}" if found.means else found.words
