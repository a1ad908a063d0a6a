"""Reads of labels. The worked-out label is for the table; what was shown outside is for everybody."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from alongside.calculations import content, periods, small_numbers
from alongside.calculations.labels import Declined, check_claim, from_records
from alongside.conversations import queries as conversations
from alongside.decisions import queries as decisions
from alongside.decisions.states import DecisionState
from alongside.design.states import BECAME, DONE, NEXT, NOW, Ladder, Line, MirrorRow, Step, Thread
from alongside.initiatives import queries as initiatives
from alongside.labels import policies
from alongside.labels.models import LabelClaim, LabelDeclined, LabelDissent, LabelShown, OutcomeSaid
from alongside.labels.states import LISTS, NOT_CLAIMED, OPENS, RUNG_OF, WHOLE, Heard
from alongside.organisations import queries as organisations

NEWS_DAYS = 14
NOT_KNOWN = "not-enough-known"


@dataclass(frozen=True)
class StageLabelled:
    """One stage with its label and all that stands beside it."""

    kind: object
    stages: list
    verdict: object
    label: object
    ladder: Ladder | None
    aimed_at: str
    no_rung: bool
    claim: object
    check: object
    things: dict
    thread: Thread

    @property
    def known(self):
        """Whether the records carry a label at all."""
        return self.verdict.label != NOT_KNOWN


@dataclass(frozen=True)
class Labelled:
    """An initiative with its labels as the records have them on one day."""

    initiative: object
    labels: object
    label: object
    records_label: object
    stages: list
    claim: object
    declined: object
    shown: object

    def stage(self, wanted):
        """One stage by the id of its kind; None when it has not begun."""
        return next((one for one in self.stages if one.kind.id == wanted), None)


# --- what was said ---


def claims_of(initiative):
    """{stage id, or "" for all of it: the newest LabelClaim}."""
    rows = LabelClaim.objects.filter(initiative=initiative).select_related("by").order_by("pk")
    return {row.stage: row for row in rows}


def claim_history(initiative):
    """All that was ever claimed, newest first."""
    return LabelClaim.objects.filter(initiative=initiative).select_related("by").order_by("-pk")


def declining_history(initiative):
    """Each time the word was declined or used again, newest first."""
    return LabelDeclined.objects.filter(initiative=initiative).select_related("by").order_by("-pk")


def declined_now(initiative):
    """The LabelDeclined that holds now; None when the word is used."""
    newest = declining_history(initiative).first()
    return newest if newest and newest.declined else None


def dissents_of(initiative):
    """How people see it differently: the newest words of each person on each stage, oldest first."""
    rows = LabelDissent.objects.filter(initiative=initiative).select_related("by").order_by("pk")
    newest = {(row.by_id, row.stage): row for row in rows}
    return [row for row in rows if row.words and newest[row.by_id, row.stage].pk == row.pk]


def dissents_outside(initiative):
    """Those that their writers let be read outside. Pages show them without the name."""
    return [row for row in dissents_of(initiative) if row.outside]


def dissent_of(initiative, person, stage):
    """This person's standing words on a stage (or on all of it, ""); None when there are none."""
    rows = LabelDissent.objects.filter(initiative=initiative, by=person, stage=stage).order_by("-pk")
    newest = rows.first()
    return newest if newest and newest.words else None


def outcomes_of(initiative):
    """What came of it, as people at the table say; oldest first."""
    return OutcomeSaid.objects.filter(initiative=initiative).select_related("by").order_by("pk")


def shown_versions(initiative):
    """What was shown outside, newest first."""
    return (
        LabelShown.objects.filter(initiative=initiative)
        .select_related("by", "initiative__organisation")
        .order_by("-number")
    )


def shown_now(initiative):
    """The newest of what was shown outside; None before the first."""
    return shown_versions(initiative).first()


def last_shown(initiative):
    """Of the newest of what was shown outside only its words and when; None before the first."""
    return shown_versions(initiative).select_related(None).only("words", "at").first()


def claimable():
    """Labels that somebody may claim, in the order of content."""
    return [one for one in sorted(content.labels(), key=lambda one: one.order) if one.id not in NOT_CLAIMED]


def stage_choices(initiative):
    """[(id, words)] of the stages set down, once each, in the order of content; for forms."""
    there = {stage.kind for stage in initiatives.stages_of(initiative)}
    return [(kind.id, kind.words) for kind in content.stages() if kind.id in there]


# --- the label ---


def labelled(initiative, on, *, outside=False):
    """The labels of an initiative from its records, on the day `on`. Returns Labelled.

    outside: without any number of people, as it may be shown to everybody.
    """
    records = policies.read_records(initiative)
    found = policies.evidence(records, list(initiatives.stages_of(initiative)), on)
    claims, declined, shown = claims_of(initiative), declined_now(initiative), shown_now(initiative)
    claim = claims.get(WHOLE)
    labels = from_records(
        [one.records for one in found],
        title=initiative.name,
        claimed=claim.label if claim else "",
        declined=_declined(declined),
        numbers=not outside and records.few <= small_numbers.K_FLOOR,
    )
    return Labelled(
        initiative=initiative,
        labels=labels,
        label=content.label(labels.verdict.label),
        records_label=content.label(labels.records_show.label),
        stages=[_stage(one, labels, claims.get(one.kind), shown) for one in found],
        claim=claim if claim and claim.label else None,
        declined=declined,
        shown=shown,
    )


def _declined(row):
    return Declined(reason=row.words, by="The people at the table", called=row.called) if row else None


def _stage(found, labels, claim, shown):
    verdict = labels.relationships[0].stage(found.kind)
    newest = found.stages[-1]
    ladder = ladder_of(newest, verdict.label)
    claim = claim if claim and claim.label else None
    return StageLabelled(
        kind=content.stage(found.kind),
        stages=found.stages,
        verdict=verdict,
        label=content.label(verdict.label),
        ladder=ladder,
        aimed_at=rung_words(newest),
        no_rung=bool(ladder and ladder.shown is None and verdict.label != NOT_KNOWN),
        claim=claim,
        check=check_claim(claim.label, verdict) if claim else None,
        things=found.things,
        thread=stage_thread(newest, verdict.label, found.kind, shown),
    )


def rung_words(stage):
    """The name of the rung a stage aims at, as it was then, without what it means."""
    return stage.aimed_at.split(":")[0]


def ladder_of(stage, label):
    """The ladder a stage aims on, with the rung aimed at and the rung its label stands on; None without an aim."""
    if not stage.target_rung:
        return None
    ladder = next((one for one in content.ladders() if one.id == stage.ladder), None)
    if ladder is None or not ladder.ordered:
        return None
    places = {rung.id: place for place, rung in enumerate(ladder.rungs)}
    return Ladder(
        label=ladder.words,
        rungs=tuple(rung.words for rung in ladder.rungs),
        said=places.get(stage.target_rung),
        shown=places.get(RUNG_OF.get(ladder.id, {}).get(label)),
    )


def stage_thread(stage, label, kind, shown):
    """The life of a stage's rung: aimed at, recorded, shown outside."""
    known = label != NOT_KNOWN
    told = bool(shown) and _shown_label(shown, kind) == label
    aimed = f"aimed at: {rung_words(stage)}" if stage.aimed_at else "no aim set down"
    recorded = f"recorded: {content.label(label).words}" if known else "recorded: not enough known yet"
    return Thread(
        content.stage(kind).words,
        [
            Step(aimed, DONE if stage.aimed_at else NEXT),
            Step(recorded, DONE if known else NOW),
            Step("shown", DONE, by=_day(shown)) if told else Step("to show", NOW if known else NEXT, "the lead"),
        ],
    )


def _day(shown):
    return organisations.local_day(shown.initiative.organisation, shown.at)


def _shown_label(shown, kind):
    return next((stage["label"] for stage in shown.shown["stages"] if stage["kind"] == kind), None)


# --- pictures and lists ---


def mirror_rows(found):
    """What we say and aim at beside what the records show: MirrorRows, all of it first, then by stage."""
    rows = []
    if found.claim:
        check = found.labels.claim
        rows.append(MirrorRow("All of it", found.claim.words, found.records_label.words, check.holds))
    for one in found.stages:
        rows += stage_rows(found.initiative, one)
    return rows


def stage_rows(initiative, one):
    """What we say and aim at of one stage, beside what its records show."""
    rows, url = [], reverse("labels:stage", args=[initiative.pk, one.kind.id])
    if one.claim:
        rows.append(MirrorRow(one.kind.words, one.claim.words, one.label.words, one.check.holds, url))
    if one.aimed_at:
        rows.append(MirrorRow(f"{one.kind.words}: our aim", one.aimed_at, one.label.words, _reached(one), url))
    return rows


def _reached(one):
    """Whether the rung aimed at is the rung recorded; None when the records or the ladder do not say."""
    if one.ladder is None or not one.known:
        return None
    return one.ladder.said == one.ladder.shown


def also(one):
    """The content Labels that hold of a stage beside the first."""
    return [content.label(name) for name in one.verdict.also]


def reasons(initiative, one):
    """[(reason, address of the list behind it, or "")] of one stage."""
    return [(sentence, _opens(initiative, one, sentence)) for sentence in one.verdict.reasons]


def _opens(initiative, one, sentence):
    what = next((what for beginning, what in OPENS if sentence.startswith(beginning)), "")
    return reverse("labels:evidence", args=[initiative.pk, one.kind.id, what]) if what else ""


def things(one, what, *, all_open):
    """(things that may be opened, how many may not) behind a reason. all_open: for who leads. None: no such list."""
    if what not in LISTS:
        return None
    found = one.things[what]
    shown = [thing for thing in found if all_open or not thing.few_may_open]
    return shown, len(found) - len(shown)


# --- what is shown outside ---


def text_for_outside(initiative, on):
    """What showing the label now would show: a plain dict of sentences, without any number of people."""
    found = labelled(initiative, on, outside=True)
    labels = found.labels
    return {
        **_said(labels.verdict),
        "records_show": _said(labels.records_show),
        "with_whom": labels.relationships[0].words,
        "declined": {"words": found.declined.words, "called": found.declined.called} if found.declined else None,
        "claim": {"words": found.claim.words, "said": found.claim.said, "holds": labels.claim.words}
        if found.claim
        else None,
        "stages": [_stage_for_outside(one) for one in found.stages],
    }


def _stage_for_outside(one):
    return _said(one.verdict) | {
        "kind": one.kind.id,
        "stage": one.kind.words,
        "aimed_at": one.aimed_at,
        "claim": {"words": one.claim.words, "holds": one.check.words} if one.claim else None,
    }


def _said(verdict):
    label = content.label(verdict.label)
    return {
        "label": verdict.label,
        "words": label.words,
        "means": label.means,
        "does_not_claim": label.does_not_claim,
        "also": [content.label(name).words for name in verdict.also],
        "reasons": list(verdict.reasons),
        "against": list(verdict.against),
        "missing": list(verdict.missing),
    }


def mark_of(text):
    """A short mark of a text for outside, the same only for the same text."""
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()[:16]


# --- pages of other rooms ---


def today(person, on):
    """Labels that were shown outside lately, of tables where the person sits."""
    if person is None:
        return []
    rows = LabelShown.objects.filter(initiative__in=initiatives.seated_in(person))
    rows = rows.select_related("initiative__organisation").order_by("number", "pk")
    rows = rows.only("words", "at", "initiative__name", "initiative__organisation__zone")
    newest = {row.initiative_id: row for row in rows}
    lately = sorted((row for row in newest.values() if (on - _day(row)).days <= NEWS_DAYS), key=lambda row: row.pk)
    return [
        Line(
            f"What the records show of {row.initiative.name} can be read outside now: {row.words}",
            reverse("labels:shown", args=[row.initiative_id]),
            BECAME,
        )
        for row in lately
    ]


def about_me(person):
    """What this room holds about a person, for their own record: lists of plain rows by title."""
    of = ("initiative__name", "at")
    return {
        "Labels that you saw differently": list(
            LabelDissent.objects.filter(by=person).order_by("pk").values("stage", "words", "outside", *of)
        ),
        "What you said came of it": list(
            OutcomeSaid.objects.filter(by=person).order_by("pk").values("tag", "words", *of)
        ),
        "Labels that you claimed": list(
            LabelClaim.objects.filter(by=person).order_by("pk").values("stage", "words", "said", *of)
        ),
        "Words that you declined or used again": list(
            LabelDeclined.objects.filter(by=person).order_by("pk").values("declined", "words", "called", *of)
        ),
        "Labels that you showed outside": list(
            LabelShown.objects.filter(by=person).order_by("pk").values("number", "words", *of)
        ),
    }


def shown_between(organisation, from_on, to_on, initiative=None):
    """Labels shown outside in [from_on, to_on), with their initiative, oldest first; of one initiative when given."""
    rows = LabelShown.objects.filter(initiative__organisation=organisation, at__date__gte=from_on, at__date__lt=to_on)
    rows = rows.filter(initiative=initiative) if initiative else rows
    return rows.select_related("initiative").order_by("at", "pk")


def standing_in(organisation, before, initiative=None):
    """The newest label shown outside before a day, one for each initiative that showed any, by its name."""
    rows = LabelShown.objects.filter(initiative__organisation=organisation, at__date__lt=before)
    rows = rows.filter(initiative=initiative) if initiative else rows
    newest = {row.initiative_id: row for row in rows.select_related("initiative").order_by("number", "pk")}
    return sorted(newest.values(), key=lambda row: (row.initiative.name, row.pk))


def figures(organisation, from_on, to_on, initiative=None):
    """{what: pks} of labels shown outside in [from_on, to_on); of one initiative when given."""
    rows = shown_between(organisation, from_on, to_on, initiative).order_by("pk")
    return {
        "labels shown": list(rows.values_list("pk", flat=True)),
        "labels declined": list(rows.filter(label="label-declined").values_list("pk", flat=True)),
    }


# --- paid, and heard? ---


@dataclass(frozen=True)
class PaidAndHeard:
    """Whether people who were paid at a table are also heard. words: a sentence; decisions: all of that time, oldest first."""

    kind: Heard
    words: str
    from_on: date
    last_on: date
    decisions: list


def paid_and_heard(initiative, on):
    """Of the twelve months up to a day: people paid here, beside decisions that took up something they said.

    Not a score: at most a question for the table. The list holds every decision, never whose words are in which.
    """
    year = periods.span(periods.TWELVE_MONTHS, on)
    from_on, to_on = year.from_on, year.to_on
    decided = decisions.taken(initiative.organisation, from_on, to_on, initiative)
    taken = [each for each in decided if each.substantive]
    standing = [each.pk for each in taken if each.state != DecisionState.OVERTURNED]
    statements, agreed = decisions.taken_up(standing)
    authors = {person.pk for person in conversations.authors_of(statements)} if statements else set()
    paid = policies.paid_people(initiative, from_on, to_on)
    everybody = paid | {seat.person_id for seat in initiatives.seats_ever(initiative)}
    few = max(initiative.organisation.small_number, small_numbers.K_FLOOR)
    kind = policies.heard(paid=paid, everybody=everybody, agreed=agreed, authors=authors, few=few)
    return PaidAndHeard(
        kind, _heard_words(kind, len(paid), len(everybody), few), from_on, to_on - timedelta(days=1), taken
    )


def _heard_words(kind, paid, everybody, few):
    """The sentence; with the number of people only where it may be shown."""
    if kind == Heard.FEW:
        return kind.label
    who = f"{paid} people" if small_numbers.may_show(paid, everybody, few) else "People"
    return f"{who} were paid here in the last twelve months. {kind.label}"
