"""Claim, decline, use again, see it differently, say what came of it, show outside. Each writes a new row."""

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from alongside.calculations import content
from alongside.initiatives import queries as initiatives
from alongside.labels import permissions, queries
from alongside.labels.models import LabelClaim, LabelDeclined, LabelDissent, LabelShown, OutcomeSaid
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if


def _note(what, subject, initiative, by, at, **facts):
    record.note(
        what=f"labels.{what}", subject=subject, by=by, at=at, organisation_id=initiative.organisation_id, **facts
    )


def _tell_the_table(initiative, words, about, *, by, at):
    url = reverse("labels:initiative", args=[initiative.pk])
    for seat in initiatives.seated(initiative):
        if seat.person_id != by.pk:
            people.tell(to=seat.person, about=about, words=words, url=url, by=by, at=at)


@transaction.atomic
def claim(*, initiative, label, said, by, at, stage=""):
    """Say what we call it (an id of content label, or "" for nothing), of all of it or of one stage.

    An earlier claim stays readable; this one takes its place. Returns the LabelClaim.
    """
    stop_if(permissions.why_not_claim(initiative, by=by))
    if label and label not in {one.id for one in queries.claimable()}:
        raise Refused(Refusal("no-label", "Nobody can claim that.", "Choose one of the names shown."))
    words = content.label(label).words if label else ""
    made = LabelClaim.objects.create(
        initiative=initiative, stage=stage, label=label, words=words, said=said.strip(), by=by, at=at
    )
    _note("claim.made", made, initiative, by, at, stage=stage, label=label)
    return made


@transaction.atomic
def decline(*, initiative, words, by, at, called=""):
    """Say that we do not use the word, why, and what we call it instead. Everybody at the table is told."""
    declined = _declined_locked(initiative)
    stop_if(permissions.why_not_decline(initiative, by=by, declined=declined))
    return _decline(initiative, True, words, called, by, at)


@transaction.atomic
def take_back(*, initiative, words, by, at):
    """Say that we use the word again, and why. The earlier reason stays readable. Everybody at the table is told."""
    declined = _declined_locked(initiative)
    stop_if(permissions.why_not_take_back(initiative, by=by, declined=declined))
    return _decline(initiative, False, words, "", by, at)


def _hold_the_table(initiative):
    """Let one person at a time speak for the table: of two who press at once the second sees what the first wrote."""
    list(initiatives.seats_ever(initiative).select_for_update(of=("self",)).values_list("pk", flat=True))


def _declined_locked(initiative):
    _hold_the_table(initiative)
    return queries.declined_now(initiative)


def _decline(initiative, declined, words, called, by, at):
    row = LabelDeclined.objects.create(
        initiative=initiative, declined=declined, words=words.strip(), called=called.strip(), by=by, at=at
    )
    _note("label.declined" if declined else "label.used_again", row, initiative, by, at)
    what = "do not use a word for our work any more" if declined else "use a word for our work again"
    _tell_the_table(initiative, f"We {what}. Read why.", f"label-declined:{row.pk}", by=by, at=at)
    return row


@transaction.atomic
def dissent(*, initiative, words, outside, by, at, stage=""):
    """Say how `by` sees it differently; it stands beside the label. Newer words take the place of earlier ones."""
    stop_if(permissions.why_not_dissent(initiative, by=by))
    row = LabelDissent.objects.create(
        initiative=initiative, stage=stage, words=words.strip(), outside=outside, by=by, at=at
    )
    _note("dissent.written", row, initiative, by, at, stage=stage)
    return row


@transaction.atomic
def take_dissent_back(*, initiative, by, at, stage=""):
    """Take back how `by` saw it. A new, empty row says so."""
    stop_if(permissions.why_not_dissent(initiative, by=by))
    if queries.dissent_of(initiative, by, stage) is None:
        raise Refused(Refusal("nothing", "You have no words here to take back."))
    row = LabelDissent.objects.create(initiative=initiative, stage=stage, by=by, at=at)
    _note("dissent.taken_back", row, initiative, by, at, stage=stage)
    return row


@transaction.atomic
def say_outcome(*, initiative, tag, words, by, at):
    """Say what came of it. It stands on the label's page and changes no label."""
    stop_if(permissions.why_not_say_outcome(initiative, by=by))
    row = OutcomeSaid.objects.create(initiative=initiative, tag=tag, words=words.strip(), by=by, at=at)
    _note("outcome.said", row, initiative, by, at, tag=str(tag))
    return row


@transaction.atomic
def publish(*, initiative, seen, by, at, on):
    """Show the label outside as the records have it on the day `on`: a copy that no later record changes.

    seen: the mark of the text that `by` read before pressing; Refused when the records have changed since.
    Everybody at the table is told. Returns the LabelShown.
    """
    stop_if(permissions.why_not_publish(initiative, by=by))
    _hold_the_table(initiative)
    text = queries.text_for_outside(initiative, on)
    stop_if(permissions.why_not_publish_this(seen=seen, now=queries.mark_of(text)))
    last = LabelShown.objects.filter(initiative=initiative).aggregate(last=Max("number"))["last"] or 0
    row = LabelShown.objects.create(
        initiative=initiative, number=last + 1, label=text["label"], words=text["words"], shown=text, by=by, at=at
    )
    _note("label.shown", row, initiative, by, at, number=row.number, label=row.label)
    _tell_the_table(
        initiative,
        "What the records show of our work can be read outside now. You can write beside it how you see it.",
        f"label-shown:{row.pk}",
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def erase_words(*, person, at):
    """Blank how a person saw it and what they said came of it; that they spoke stays, under no name."""
    LabelDissent.objects.filter(by=person).update(words="")
    OutcomeSaid.objects.filter(by=person).update(words="")
