"""Facts that rules and reads both ask: who sits at which table, who was asked to do what."""

import re
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

SEAT = "seat"


def carry(person):
    """Read all seats and duties of a person in two queries and keep them on this Person, for one page.

    A page that asks every room what needs somebody asks this first; the rooms' reads then name tables by number.
    """
    organisations.carry(person)
    person.tables = {}
    seats = Seat.objects.filter(person=person, left_on=None).values_list(Value(SEAT), "initiative")
    duties = InitiativeDuty.objects.filter(person=person, until=None).values_list("kind", "initiative")
    for kind, initiative in seats.union(duties):
        person.tables.setdefault(kind, []).append(initiative)
    return person


def seated_in(person):
    """Keys of the initiatives in which the person holds a current seat; for use inside other reads."""
    if (tables := getattr(person, "tables", None)) is not None:
        return tables.get(SEAT, [])
    return Seat.objects.filter(person=person, left_on=None).values("initiative")


def _asked_in(person, kinds=None):
    """Keys of the initiatives in which the person holds one of these duties, or any."""
    if (tables := getattr(person, "tables", None)) is not None:
        asked = set(tables) - {SEAT} if kinds is None else set(tables) & set(kinds)
        return [initiative for kind in asked for initiative in tables[kind]]
    held = InitiativeDuty.objects.filter(person=person, until=None)
    return (held if kinds is None else held.filter(kind__in=kinds)).values("initiative")


def _any_of(*sets):
    """Initiatives that lie in one of these (field, keys); none at all, without asking, when all keys are known and empty."""
    asked = [Q(**{f"{field}__in": keys}) for field, keys in sets if not isinstance(keys, list) or keys]
    return Initiative.objects.filter(reduce(or_, asked)) if asked else Initiative.objects.none()


def table_of(person):
    """Initiatives inside which the person may read: a current seat, a duty in it, or leading its organisation."""
    if person is None:
        return Initiative.objects.none()
    led = organisations.where_held(person, [DutyKind.LEAD])
    return _any_of(("pk", seated_in(person)), ("pk", _asked_in(person)), ("organisation", led)).order_by("name", "pk")


def initiatives_where(person, *kinds):
    """Initiatives in which the person holds one of these duties, there or in the whole organisation, by name."""
    if person is None:
        return Initiative.objects.none()
    found = _any_of(("pk", _asked_in(person, kinds)), ("organisation", organisations.where_held(person, kinds)))
    return found.select_related("organisation", "area").order_by("name", "pk")


@dataclass(frozen=True)
class Standing:
    """How one person stands at one table: whether they sit, and their duties here and in the whole organisation."""

    person_id: int
    seated: bool
    here: frozenset
    whole: frozenset

    @property
    def reads(self):
        return self.seated or bool(self.here) or DutyKind.LEAD in self.whole


def stand(initiative, person):
    """Read how the person stands in one query and keep it on this loaded initiative, for all that one page asks.

    For pages that only show. Operations load the initiative anew, so that a rule inside a lock is asked afresh.
    """
    seat = Seat.objects.filter(initiative=initiative, person=person, left_on=None).values_list(Value("seat"), Value(""))
    duties = InitiativeDuty.objects.filter(initiative=initiative, person=person, until=None)
    here = duties.values_list(Value("here"), "kind")
    whole = organisations.duty_kinds(person, initiative.organisation_id).values_list(Value("whole"), "kind")
    found = set(seat.union(here, whole)) if person else set()
    initiative.standing = Standing(
        person.pk if person else 0,
        any(where == "seat" for where, _ in found),
        frozenset(kind for where, kind in found if where == "here"),
        frozenset(kind for where, kind in found if where == "whole"),
    )
    return initiative


def _known(initiative, person):
    standing = getattr(initiative, "standing", None)
    return standing if standing and standing.person_id == person.pk else None


def reads(person, initiative):
    """Whether the person may read what happens at this table."""
    if person is None:
        return False
    known = _known(initiative, person)
    return known.reads if known else table_of(person).filter(pk=initiative.pk).exists()


def is_seated(person, initiative):
    """Whether the person holds a current seat."""
    if person is None:
        return False
    if known := _known(initiative, person):
        return known.seated
    return Seat.objects.filter(initiative=initiative, person=person, left_on=None).exists()


def holds_any(person, kinds, initiative):
    """Whether the person holds one of these duties in the initiative, or in the whole organisation; one query."""
    if person is None:
        return False
    if known := _known(initiative, person):
        return not (known.here | known.whole).isdisjoint(kinds)
    here = InitiativeDuty.objects.filter(initiative=initiative, person=person, kind__in=kinds, until=None)
    whole = organisations.organisations_where(person, *kinds).filter(pk=initiative.organisation_id).order_by()
    return here.values("pk").union(whole.values("pk"), all=True).exists()


def holds(person, kind, initiative):
    """Whether the person holds this duty in the initiative, or in the whole organisation."""
    return holds_any(person, (kind,), initiative)


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


def answer_by(at):
    """The day by which who leads answers somebody who answered an advert at `at`."""
    return (at + timedelta(days=ANSWER_DAYS)).date()


def aimed_at(ladder, rung):
    """The words of a rung as they are today, to be kept; nothing when no rung is aimed at."""
    if not ladder:
        return ""
    found = next(one for one in content.ladder(ladder).rungs if one.id == rung)
    return f"{found.words}: {found.means}" if found.means else found.words
