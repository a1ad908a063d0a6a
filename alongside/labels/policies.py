"""What the records of the lower rooms hold of each stage: who did what, counted by the lens they chose to show here.

Nobody's side is ever supposed. Who shows no lens for this initiative, or one that is not to be counted, stands as
`not_shown`. People are only counted; the lists behind the counts hold things, never who stood on which side.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from alongside.calculations import content, small_numbers
from alongside.calculations.labels import BySide, StageRecords
from alongside.contributions import queries as contributions
from alongside.contributions.states import OfferState
from alongside.conversations import queries as conversations
from alongside.decisions import queries as decisions
from alongside.decisions.states import DecisionState, Way
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.labels.states import Heard
from alongside.organisations import queries as organisations
from alongside.people.states import Side

PEOPLE = {Side.LIVED, Side.CARER}
ONE_VOICE_EACH = {Way.CONSENT, Way.VOTE}


@dataclass(frozen=True)
class Thing:
    """One thing in the records: the day, what it is, where it opens, and who was in it (keys; only ever counted).

    few_may_open: only its person and who leads may read it; others learn that it is there.
    """

    on: date
    words: str
    url: str
    people: frozenset = frozenset()
    few_may_open: bool = False


@dataclass(frozen=True)
class Records:
    """Everything of one initiative that its labels stand on, read once."""

    initiative: object
    seats: list
    chairs: list
    sides: dict
    work: list
    offers: list
    matters: list
    statements: list
    told: set
    decisions: list
    voices: dict

    @property
    def few(self):
        """Below how many people numbers are hidden here."""
        return max(self.initiative.organisation.small_number, small_numbers.K_FLOOR)


@dataclass(frozen=True)
class StageEvidence:
    """One kind of stage: its Stages, what the records count in it, and the things behind each count."""

    kind: str
    stages: list
    records: StageRecords
    things: dict = field(default_factory=dict)


def read_records(initiative):
    """Everything that the labels of an initiative stand on, in a fixed number of queries."""
    seats = list(initiatives.seats_ever(initiative))
    decided = [each for each in decisions.of_initiative(initiative) if each.decided_at and each.substantive]
    statements = [each for each in conversations.statements_for(initiative) if each.written_on]
    return Records(
        initiative=initiative,
        seats=seats,
        chairs=list(initiatives.chairs_ever(initiative)),
        sides=sides_of(seats),
        work=_work(initiative),
        offers=_offers(initiative),
        matters=_matters(initiative),
        statements=statements,
        told=decisions.statements_told(initiative) if statements else set(),
        decisions=sorted(decided, key=lambda each: (each.decided_at, each.pk)),
        voices=decisions.voices_in([each.pk for each in decided]) if decided else {},
    )


def sides_of(seats):
    """{person key: the sides they chose to show at this table}. A lens that was let go, or is not counted, is none."""
    shown = {}
    for seat in seats:
        counted = seat.lens and seat.lens.let_go_at is None and seat.lens.side
        shown.setdefault(seat.person_id, set()).update({seat.lens.side} if counted else ())
    return shown


def _day(moment, initiative):
    return organisations.local_day(initiative.organisation, moment)


def _work(initiative):
    """What people at the table can see was done: gatherings with who came, and actions that somebody finished."""
    came = {}
    for row in gatherings.attendance(initiative):
        came.setdefault(row.gathering, set()).add(row.person_id)
    met = [
        Thing(_day(g.starts_at, initiative), g.title, reverse("gatherings:gathering", args=[g.pk]), frozenset(who))
        for g, who in came.items()
    ]
    done = [
        Thing(_day(a.done_at, initiative), a.words, _gathering(a), frozenset({a.owner_id}))
        for a in gatherings.finished(initiative)
    ]
    return met + done


def _gathering(row):
    return reverse("gatherings:gathering", args=[row.gathering_id])


def _offers(initiative):
    done = [offer for offer in contributions.offers_of(initiative) if offer.state == OfferState.DONE]
    return [
        Thing(
            offer.done_on, offer.task, reverse("contributions:offer", args=[offer.pk]), frozenset({offer.to_id}), True
        )
        for offer in done
    ]


def _matters(initiative):
    return [
        Thing(_day(item.gathering.starts_at, initiative), item.words, _gathering(item), frozenset({item.raised_by_id}))
        for item in gatherings.raised(initiative)
    ]


# --- one stage ---


def evidence(records, stages, on):
    """[StageEvidence] of the stages that have begun by the day `on`, in the order of content.

    stages: the Stages of the initiative. A stage that came twice is one, with both stretches of time.
    """
    kinds = {}
    for stage in stages:
        if stage.from_on <= on:
            kinds.setdefault(stage.kind, []).append(stage)
    return [_stage(records, kind.id, kinds[kind.id], on) for kind in content.stages() if kind.id in kinds]


def _stage(records, kind, stages, on):
    spans = [(stage.from_on, stage.to_on or on + timedelta(days=1)) for stage in stages]
    work, offers = _in(records.work, spans), _in(records.offers, spans)
    matters, statements = _in(records.matters, spans), [s for s in records.statements if _within(s.written_on, spans)]
    taken = [d for d in records.decisions if _within(_day(d.decided_at, records.initiative), spans)]
    seats = [seat for seat in records.seats if _overlaps(seat.joined_on, seat.left_on, spans)]
    chairs = {duty.person_id for duty in records.chairs if _overlaps(duty.since, duty.until, spans)}
    counted = StageRecords(
        stage=kind,
        started=_started(records) if kind == "initiate" else None,
        worked=_worked(records, work, offers),
        spoke=_spoke(records, matters, statements),
        seats=_counts(records, {seat.person_id for seat in seats}),
        chairs=_counts(records, chairs),
        **_decided(records, taken),
        **_answered(records, statements),
    )
    things = {
        "started": [],
        "worked": sorted(work + offers, key=lambda thing: thing.on),
        "spoke": matters + _conversations(statements, records.initiative),
        "decisions": [_decision(each, records.initiative) for each in taken],
        "seats": [],
    }
    return StageEvidence(kind, stages, counted, things)


def _within(day, spans):
    return any(first <= day < after for first, after in spans)


def _in(things, spans):
    return [thing for thing in things if _within(thing.on, spans)]


def _overlaps(since, until, spans):
    return any(since < after and (until is None or until > first) for first, after in spans)


def _counts(records, people, **more):
    """How many of these people stand on which side; None for nobody, because an empty record is not a no."""
    if not people and not more:
        return None
    shown = [records.sides.get(person, set()) for person in people]
    return BySide(
        lived=sum(bool(sides & PEOPLE) for sides in shown),
        professional=sum(Side.PAID in sides for sides in shown),
        not_shown=sum(not sides for sides in shown),
        **more,
    )


def _everybody(things):
    return set().union(*(thing.people for thing in things))


def _started(records):
    """Who sat here while the aim could still move. Nothing is known before a day is set from which it stands fast."""
    fixed = records.initiative.aim_frozen_on
    if fixed is None:
        return None
    early = [seat for seat in records.seats if seat.joined_on <= fixed]
    return _counts(records, {seat.person_id for seat in early})


def _worked(records, work, offers):
    """Who came, did what they took on, or did work that was offered.

    Offers are not read by all at the table. Where they add a few people to those whom all can see, no number is said.
    """
    seen, unseen = _everybody(work), _everybody(offers)
    counts = _counts(records, seen | unseen)
    if counts and 0 < len(unseen - seen) < records.few:
        return replace(counts, counted=False)
    return counts


def _spoke(records, matters, statements):
    """Whose matters stood on an agenda, and who wrote statements.

    Statements may be nameless: their authors count only where they are several, and then without any number, so that
    no lens leads to what somebody wrote.
    """
    signed = _everybody(matters)
    authors = {statement.author_id for statement in statements if statement.author_id}
    if len(authors) < records.few:
        return _counts(records, signed)
    return replace(_counts(records, signed | authors), counted=False)


def _conversations(statements, initiative):
    """One thing for each conversation: statements stand in no order of time, so none is listed by itself."""
    found = {}
    for statement in statements:
        found.setdefault(statement.conversation, []).append(statement)
    return [
        Thing(
            _day(talk.opened_at, initiative),
            f"{talk.question} {_so_many(len(said), 'statement')}.",
            reverse("conversations:conversation", args=[talk.pk]),
        )
        for talk, said in found.items()
    ]


def _so_many(count, word):
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _decision(decision, initiative):
    way = Way(decision.way).label.split(":")[0]
    return Thing(
        _day(decision.decided_at, initiative),
        f"{decision.question} Decided by: {way}.",
        reverse("decisions:decision", args=[decision.pk]),
    )


def _answered(records, statements):
    """How much of what was put forward was answered, whoever said it: counted by side it would point at authors."""
    if not statements:
        return {}
    answered = sum(statement.pk in records.told for statement in statements)
    return {"proposals": len(statements), "proposals_answered": answered}


# --- who could decide ---


def _decided(records, taken):
    """Who could decide in these decisions, whether each had one voice, and whether somebody above could undo them."""
    if not taken:
        return {}
    ways = {decision.way for decision in taken}
    overturned = any(decision.state == DecisionState.OVERTURNED for decision in taken)
    people = set().union(*(_deciders(records, decision) for decision in taken))
    unnamed = Way.PART in ways or any(
        not _deciders(records, decision) for decision in taken if decision.way != Way.ABOVE
    )
    votes = [records.voices.get(decision.pk, 0) for decision in taken if decision.way in ONE_VOICE_EACH]
    return {
        "deciders": _counts(records, people, body=Way.ABOVE in ways, more=unnamed),
        "decisions": len(taken),
        "votes": sum(votes) if votes else None,
        "equal_votes": True if ways <= ONE_VOICE_EACH else False if Way.ABOVE in ways else None,
        "undone_elsewhere": True if overturned or Way.ABOVE in ways else None,
    }


def _deciders(records, decision):
    """The people who could decide one decision: by its way, those with a seat or a duty to chair on that day."""
    day = _day(decision.decided_at, records.initiative)
    span = [(day, day + timedelta(days=1))]
    if decision.way == Way.CHAIRS:
        return {duty.person_id for duty in records.chairs if _overlaps(duty.since, duty.until, span)}
    seated = {seat.person_id for seat in records.seats if _overlaps(seat.joined_on, seat.left_on, span)}
    if decision.way in ONE_VOICE_EACH:
        return seated
    if decision.way == Way.LIVED:
        return {person for person in seated if records.sides.get(person, set()) & PEOPLE}
    return set()


# --- paid, and heard? ---


def paid_people(initiative, from_on, to_on):
    """Keys of the people to whom money for work at this table came in [from_on, to_on): a set."""
    came = Q(offer__initiative=initiative, offer__costs_only=False, pence__gt=0)
    parts = contributions.worked_in(came & Q(arrived_on__gte=from_on, arrived_on__lt=to_on))
    return set(parts.order_by().values_list("offer__to", flat=True))


def heard(*, paid, everybody, agreed, authors, few):
    """Whether people who were paid are also heard: a Heard.

    paid, everybody: keys of people. agreed: who openly preferred what was decided. authors: of the statements that
    decisions answer; whose they are is kept, so nothing is said that would point at fewer than `few` of either group,
    and silence does not depend on the answer.
    """
    if len(paid) < few:
        return Heard.FEW
    if paid & agreed:
        return Heard.YES
    if authors and len(everybody - paid) < few:
        return Heard.FEW
    return Heard.YES if paid & authors else Heard.NO
