"""Call, ask, answer, record, note, promise."""

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from alongside.design.states import day_words
from alongside.gatherings import permissions, queries
from alongside.gatherings.models import Action, AgendaItem, Gathering, Invitation, NeedAsked, Note
from alongside.gatherings.states import Coming, GatheringState
from alongside.initiatives import queries as initiatives
from alongside.people import operations as people
from alongside.people import queries as people_queries
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if


def _locked(gathering_id):
    rows = Gathering.objects.select_for_update(of=("self",)).select_related("initiative__organisation")
    return rows.get(pk=gathering_id)


def _note(what, gathering, by, at, **facts):
    record.note(
        what=f"gatherings.{what}",
        subject=gathering,
        by=by,
        at=at,
        organisation_id=gathering.initiative.organisation_id,
        **facts,
    )


@transaction.atomic
def call(*, initiative, title, starts_at, ends_at, place, by, at, purpose="", other_ways="", access="", more=()):
    """Call a gathering and ask everybody with a seat, each by the way they chose. Returns the Gathering.

    more: (begins, ends) of later days on which it comes again; each is a gathering of its own, which can be moved or
    called off alone. People get one message for all of them.
    """
    stop_if(permissions.why_not_call(initiative, by=by) or permissions.why_not_again(len(more)))
    facts = {"title": title, "purpose": purpose, "place": place, "other_ways": other_ways, "access": access}
    made = [
        Gathering.objects.create(
            initiative=initiative, starts_at=begins, ends_at=ends, called_by=by, made_at=at, **facts
        )
        for begins, ends in ((starts_at, ends_at), *more)
    ]  # fmt: skip
    _note("gathering.called", made[0], by, at, **({"times": len(made)} if more else {}))
    seated = [seat.person for seat in initiatives.seated(initiative)]
    Invitation.objects.bulk_create(Invitation(gathering=each, person=person) for each in made for person in seated)
    for person in seated:
        _tell_asked(made, person, by=by, at=at)
    return made[0]


def _tell_asked(gatherings, person, *, by, at):
    """One message for one gathering, or for all days of one that comes again."""
    first, last = gatherings[0], gatherings[-1]
    words = f"a gathering on {day_words(queries.day_of(first))}"
    url = reverse("gatherings:gathering", args=[first.pk])
    if first != last:
        words = f"{len(gatherings)} gatherings, from {day_words(queries.day_of(first))} to {day_words(queries.day_of(last))}"
        url = reverse("gatherings:list", args=[first.initiative_id])
    people.tell(
        to=person,
        about=f"gathering:{first.pk}",
        words=f"You are asked to {words}. Say yes, a part of it, later or no. You need no reason.",
        url=url,
        by=by,
        at=at,
    )


@transaction.atomic
def invite(*, gathering_id, people_asked, by, at, later=False):
    """Ask people who have taken a seat since it was called; who was asked before is not asked again.

    later: ask them to what is planned at this table after it, too. Each gets one message. After the day nothing is asked
    of them: they stand on the list, so that it can be kept that they were there. Returns the Gathering.
    """
    gathering = _locked(gathering_id)
    for person in people_asked:
        seated = initiatives.is_seated(person, gathering.initiative)
        stop_if(permissions.why_not_invite(gathering, by=by, seated=seated))
    asked_to = [gathering, *(queries.planned_after(gathering).select_for_update(of=("self",)) if later else ())]
    known = set(Invitation.objects.filter(gathering__in=asked_to).values_list("gathering", "person"))
    fresh = {person: [each for each in asked_to if (each.pk, person.pk) not in known] for person in people_asked}
    Invitation.objects.bulk_create(
        Invitation(gathering=each, person=person) for person, days in fresh.items() for each in days
    )
    for person, days in fresh.items():
        if to_come := [each for each in days if each.state == GatheringState.PLANNED]:
            _tell_asked(to_come, person, by=by, at=at)
        elif days:
            _tell_listed(gathering, person, by=by, at=at)
    if told := [person.pk for person, days in fresh.items() if days]:
        _note("gathering.invited", gathering, by, at, people=told, times=len(asked_to))
    return gathering


def _tell_listed(gathering, person, *, by, at):
    people.tell(
        to=person,
        about=f"gathering:{gathering.pk}",
        words=f"You are now on the list of a gathering on {day_words(queries.day_of(gathering))}, "
        "so that it can be kept whether you were there.",
        url=reverse("gatherings:gathering", args=[gathering.pk]),
        by=by,
        at=at,
    )


@transaction.atomic
def move(*, gathering_id, starts_at, ends_at, place, by, at):
    """Change day, time or place. Everybody is asked again, because a yes was a yes to the old day."""
    gathering = _locked(gathering_id)
    stop_if(permissions.why_not_change(gathering, by=by))
    gathering.starts_at, gathering.ends_at, gathering.place = starts_at, ends_at, place
    gathering.change += 1
    gathering.save(update_fields=["starts_at", "ends_at", "place", "change"])
    Invitation.objects.filter(gathering=gathering).update(coming=Coming.ASKED)
    _note("gathering.moved", gathering, by, at, change=gathering.change)
    for each in queries.invitations(gathering):
        people.tell(
            to=each.person,
            about=f"gathering:{gathering.pk}:{gathering.change}",
            words="A gathering has moved. Please look at the new day and say again whether you come.",
            url=reverse("gatherings:gathering", args=[gathering.pk]),
            by=by,
            at=at,
        )
    return gathering


@transaction.atomic
def call_off(*, gathering_id, by, at):
    """Call a gathering off and tell everybody who was asked."""
    gathering = _locked(gathering_id)
    stop_if(permissions.why_not_call_off(gathering, by=by))
    gathering.state = GatheringState.CANCELLED
    gathering.change += 1
    gathering.save(update_fields=["state", "change"])
    _note("gathering.called_off", gathering, by, at)
    for each in queries.invitations(gathering):
        people.tell(
            to=each.person,
            about=f"gathering:{gathering.pk}:off",
            words="A gathering you were asked to has been called off.",
            url=reverse("gatherings:gathering", args=[gathering.pk]),
            by=by,
            at=at,
        )
    return gathering


@transaction.atomic
def raise_item(*, gathering_id, words, minutes, by, at):
    """Put something on the agenda, at its end."""
    gathering = _locked(gathering_id)
    stop_if(permissions.why_not_raise(gathering, by=by))
    last = AgendaItem.objects.filter(gathering=gathering).aggregate(last=Max("place"))["last"] or 0
    item = AgendaItem.objects.create(gathering=gathering, place=last + 1, words=words, minutes=minutes, raised_by=by)
    _note("agenda.raised", gathering, by, at, item=item.pk)
    return item


@transaction.atomic
def answer(*, gathering_id, coming, by, at, share_needs=False):
    """Say whether one comes. share_needs: show the hosts the needs that the person marked as shared."""
    gathering = _locked(gathering_id)
    mine = Invitation.objects.select_for_update().filter(gathering=gathering, person=by).first()
    stop_if(permissions.why_not_answer(gathering, by=by, invited=mine))
    mine.coming, mine.answered_by, mine.answered_at = coming, by.channel, at
    mine.save(update_fields=["coming", "answered_by", "answered_at"])
    NeedAsked.objects.filter(gathering=gathering, person=by).delete()
    if share_needs:
        needs = people_queries.shared_needs([by.pk])
        NeedAsked.objects.bulk_create(NeedAsked(gathering=gathering, person=by, words=need.words) for need in needs)
    _note("invitation.answered", gathering, by, at, coming=str(coming))
    return mine


@transaction.atomic
def record_attendance(*, gathering_id, there, by, at):
    """Keep who was there and by which way, and that the gathering was held.

    there: {person pk: Channel, or "" for not there}; people who were not asked are left out. Can be said again.
    """
    gathering = _locked(gathering_id)
    stop_if(permissions.why_not_record(gathering, by=by))
    rows = list(queries.invitations(gathering).filter(person__in=there))
    for row in rows:
        row.there_by = there[row.person_id]
        row.was_there = bool(row.there_by)
    Invitation.objects.bulk_update(rows, ["was_there", "there_by"])
    gathering.state = GatheringState.HELD
    gathering.save(update_fields=["state"])
    _note("attendance.recorded", gathering, by, at, there=sum(row.was_there for row in rows))
    return gathering


@transaction.atomic
def say_met(*, gathering_id, met, by, at):
    """Say of one's own needs whether they were met. met: {NeedAsked pk: Met}."""
    gathering = _locked(gathering_id)
    rows = list(queries.my_needs_asked(gathering, by).filter(pk__in=met))
    for row in rows:
        row.met = met[row.pk]
    NeedAsked.objects.bulk_update(rows, ["met"])
    _note("needs.answered", gathering, by, at, needs=len(rows))


@transaction.atomic
def note(*, gathering_id, words, by, at, corrects=None):
    """Add a line to the notes; with `corrects` (a Note) it stands beside the line that it puts right."""
    gathering = _locked(gathering_id)
    stop_if(permissions.why_not_note(gathering, by=by))
    line = Note.objects.create(gathering=gathering, words=words, written_by=by, at=at, corrects=corrects)
    _note("note.added", gathering, by, at, note=line.pk)
    return line


@transaction.atomic
def promise(*, gathering_id, words, owner, due_on, by, at):
    """Keep who does what by which day. The owner has a seat."""
    gathering = _locked(gathering_id)
    stop_if(permissions.why_not_note(gathering, by=by))
    if not initiatives.is_seated(owner, gathering.initiative):
        raise Refused(Refusal("no-seat", "Only somebody with a seat can take this on."))
    action = Action.objects.create(gathering=gathering, words=words, owner=owner, due_on=due_on, made_at=at)
    _note("action.promised", gathering, by, at, action=action.pk, owner=owner.pk)
    return action


@transaction.atomic
def finish(*, action_id, by, at):
    """Say that an action is done; saying it twice keeps the first day."""
    action = Action.objects.select_for_update(of=("self",)).select_related("gathering__initiative").get(pk=action_id)
    stop_if(permissions.why_not_finish(action, by=by))
    if action.done_at is None:
        action.done_at = at
        action.save(update_fields=["done_at"])
        _note("action.done", action.gathering, by, at, action=action.pk)
    return action


@transaction.atomic
def erase_words(*, person, at):
    """Blank the words of a person's needs; that they met, wrote and promised stays, under no name."""
    for row in NeedAsked.objects.filter(person=person):
        row.words = f"erased {row.pk}"
        row.save(update_fields=["words"])
