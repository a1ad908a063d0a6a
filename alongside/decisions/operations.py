"""Put a question, speak, decide, tell, finish, overturn."""

from django.db import transaction
from django.urls import reverse

from alongside.conversations import queries as conversations
from alongside.decisions import permissions, queries
from alongside.decisions.models import Basis, Decision, Evidence, Option, View
from alongside.decisions.states import DecisionState
from alongside.declared import blanks_of
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

FEWEST_OPTIONS = 2


def _locked(decision_id):
    rows = Decision.objects.select_for_update(of=("self",)).select_related("initiative__organisation")
    return rows.get(pk=decision_id)


def _note(what, decision, by, at, **facts):
    record.note(
        what=f"decisions.{what}",
        subject=decision,
        by=by,
        at=at,
        organisation_id=decision.initiative.organisation_id,
        **facts,
    )


@transaction.atomic
def open_question(
    *, initiative, question, options, way, who_decides, by, at, background="", substantive=True, statement_ids=()
):
    """Put a question to be decided.

    options: list of (words, meaning), two or more. way: a Way. statement_ids: statements of this initiative's
    conversations that it answers; others are left out. Raises Refused without a choice.
    """
    stop_if(permissions.why_not_open(initiative, by=by))
    if len(options) < FEWEST_OPTIONS:
        raise Refused(Refusal("no-choice", "There is no choice yet.", "Write at least two options."))
    decision = Decision.objects.create(
        initiative=initiative,
        question=question,
        background=background,
        way=way,
        who_decides=who_decides,
        substantive=substantive,
        opened_by=by,
        opened_at=at,
    )
    Option.objects.bulk_create(
        Option(decision=decision, place=place, words=words, meaning=meaning)
        for place, (words, meaning) in enumerate(options, 1)
    )
    here = conversations.statements_for(initiative).filter(pk__in=statement_ids)
    Basis.objects.bulk_create(Basis(decision=decision, statement=statement) for statement in here)
    _note("decision.opened", decision, by, at, way=str(way))
    return decision


@transaction.atomic
def speak(*, decision_id, option_id, harm, words, by, at):
    """Say which option one prefers (None: no preference) and whether one sees harm. Can be said again."""
    decision = _locked(decision_id)
    stop_if(permissions.why_not_speak(decision, by=by))
    option = queries.option(decision, option_id) if option_id else None
    view, _ = View.objects.update_or_create(
        decision=decision,
        person=by,
        defaults={"option": option, "harm": harm, "words": words, "channel": by.channel, "at": at},
    )
    _note("view.given", decision, by, at, harm=harm)
    return view


@transaction.atomic
def add_evidence(*, decision_id, kind, says, by, at, source="", why_here=""):
    """Bring what one knows to a decision. What it weighs is argued in words, here and in the reason. Returns the Evidence."""
    decision = _locked(decision_id)
    stop_if(permissions.why_not_add(decision, kind=kind, says=says, by=by))
    made = Evidence.objects.create(
        decision=decision, kind=kind, says=says.strip(), source=source.strip(), why_here=why_here.strip(), added_by=by,
        added_at=at, channel=by.channel,
    )  # fmt: skip
    _note("evidence.added", decision, by, at, kind=kind)
    return made


@transaction.atomic
def take_back(*, evidence_id, by, at):
    """Take back what one brought: its words are gone. Returns the Evidence."""
    found = Evidence.objects.select_for_update(of=("self",)).select_related("decision__initiative", "added_by")
    evidence = found.get(pk=evidence_id)
    stop_if(permissions.why_not_take_back(evidence, by=by))
    evidence.says = evidence.source = evidence.why_here = ""
    evidence.back_at = at
    evidence.save(update_fields=["says", "source", "why_here", "back_at"])
    _note("evidence.taken_back", evidence.decision, by, at)
    return evidence


@transaction.atomic
def decide(*, decision_id, option_id, reason, owner, review_on, by, at):
    """Write down what was decided, why, who does it and when it is looked at again; then tell who spoke."""
    decision = _locked(decision_id)
    stop_if(permissions.why_not_decide(decision, by=by, harms=queries.harms(decision)))
    option = queries.option(decision, option_id)
    if option is None:
        raise Refused(Refusal("no-option", "That option belongs to another decision.", "Choose one shown here."))
    decision.outcome, decision.reason, decision.owner, decision.review_on = option, reason, owner, review_on
    decision.state, decision.decided_by, decision.decided_at = DecisionState.DECIDED, by, at
    decision.save(update_fields=["outcome", "reason", "owner", "review_on", "state", "decided_by", "decided_at"])
    _note("decision.decided", decision, by, at, option=option.place)
    _tell(decision, f"You spoke about: {decision.question} We decided: {option.words}. Why: {reason}", by, at)
    return decision


def _tell(decision, words, by, at):
    url = reverse("decisions:answer", args=[decision.pk])
    for person in queries.to_be_told(decision):
        people.tell(to=person, about=queries.about(decision), words=words[:1000], url=url, by=by, at=at)


@transaction.atomic
def finish(*, decision_id, by, at):
    """Say that everybody was told. Raises Refused while somebody waits: a decision is not done before that."""
    decision = _locked(decision_id)
    stop_if(permissions.why_not_finish(decision, by=by, waiting=queries.waiting(decision)))
    decision.state, decision.told_at = DecisionState.TOLD, at
    decision.save(update_fields=["state", "told_at"])
    _note("decision.told", decision, by, at, told=queries.tellings(decision).count())
    return decision


@transaction.atomic
def overturn(*, decision_id, who, reason, by, at):
    """Write down that a decision was overturned: by whom, why; and tell again everybody who spoke."""
    decision = _locked(decision_id)
    stop_if(permissions.why_not_overturn(decision, by=by))
    decision.state, decision.overturned_at = DecisionState.OVERTURNED, at
    decision.overturned_who, decision.overturned_reason = who, reason
    decision.save(update_fields=["state", "overturned_at", "overturned_who", "overturned_reason"])
    _note("decision.overturned", decision, by, at)
    _tell(decision, f"A decision you spoke about was overturned by {who}. The reason given: {reason}", by, at)
    return decision


@transaction.atomic
def erase_words(*, person, at):
    """Blank what a person wrote about decisions; which option they preferred stays, under no name."""
    View.objects.filter(person=person).update(words="")
    Evidence.objects.filter(added_by=person).update(**blanks_of(Evidence))
