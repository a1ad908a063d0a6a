"""Write, put forward, answer, bring in force."""

from django.db import transaction
from django.db.models import Max

from alongside.agreements import permissions, queries
from alongside.agreements.models import Clause, SignOn, Version
from alongside.agreements.states import VersionState
from alongside.initiatives import queries as initiatives
from alongside.record import operations as record
from alongside.refusals import stop_if


def _locked(version_id):
    return Version.objects.select_for_update(of=("self",)).select_related("initiative__organisation").get(pk=version_id)


def _note(what, version, by, at, **facts):
    record.note(
        what=f"agreements.{what}",
        subject=version,
        by=by,
        at=at,
        organisation_id=version.initiative.organisation_id,
        number=version.number,
        **facts,
    )


@transaction.atomic
def begin_version(*, initiative, by, at):
    """Begin the next version with the words of the newest one; the draft that exists already is given back."""
    stop_if(permissions.why_not_write(initiative, by=by))
    if existing := queries.draft(initiative):
        return existing
    newest = queries.versions_of(initiative).first()
    version = Version.objects.create(
        initiative=initiative, number=newest.number + 1 if newest else 1, begun_by=by, begun_at=at
    )
    if newest:
        Clause.objects.bulk_create(
            Clause(version=version, place=old.place, heading=old.heading, words=old.words)
            for old in queries.clauses_of(newest)
        )
    _note("version.begun", version, by, at)
    return version


@transaction.atomic
def add_clause(*, version_id, heading, words, by, at):
    """Add a clause at the end of a draft."""
    version = _locked(version_id)
    stop_if(permissions.why_not_change(version, by=by))
    last = Clause.objects.filter(version=version).aggregate(last=Max("place"))["last"] or 0
    clause = Clause.objects.create(version=version, place=last + 1, heading=heading, words=words)
    _note("clause.added", version, by, at, clause=clause.pk)
    return clause


@transaction.atomic
def change_clause(*, clause_id, heading, words, by, at):
    """Change a clause of a draft."""
    clause = Clause.objects.select_for_update().get(pk=clause_id)
    version = _locked(clause.version_id)
    stop_if(permissions.why_not_change(version, by=by))
    clause.heading, clause.words = heading, words
    clause.save(update_fields=["heading", "words"])
    _note("clause.changed", version, by, at, clause=clause.pk)
    return clause


@transaction.atomic
def remove_clause(*, clause_id, by, at):
    """Take a clause out of a draft. Earlier versions keep it."""
    clause = Clause.objects.select_for_update().get(pk=clause_id)
    version = _locked(clause.version_id)
    stop_if(permissions.why_not_change(version, by=by))
    _note("clause.removed", version, by, at, clause=clause.pk)
    clause.delete()


@transaction.atomic
def move_clause(*, clause_id, up, by, at):
    """Move a clause of a draft one place up, or down; at the edge it stays."""
    clause = Clause.objects.select_for_update().get(pk=clause_id)
    version = _locked(clause.version_id)
    stop_if(permissions.why_not_change(version, by=by))
    order = list(queries.clauses_of(version))
    here = next(place for place, other in enumerate(order) if other.pk == clause.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, other in enumerate(order, 1):
        other.place = place
    Clause.objects.bulk_update(order, ["place"])
    _note("clause.moved", version, by, at, clause=clause.pk)


@transaction.atomic
def propose(*, version_id, why, review_on, by, at):
    """Put a draft forward: from now on its words stand, and everybody with a seat is asked again."""
    version = _locked(version_id)
    clauses = queries.clauses_of(version).exists()
    stop_if(permissions.why_not_propose(version, by=by, clauses=clauses))
    Version.objects.filter(initiative=version.initiative, state=VersionState.PROPOSED).update(
        state=VersionState.REPLACED
    )
    version.state, version.why, version.review_on, version.proposed_at = VersionState.PROPOSED, why, review_on, at
    version.save(update_fields=["state", "why", "review_on", "proposed_at"])
    _note("version.proposed", version, by, at)
    return version


@transaction.atomic
def answer(*, version_id, answer, worry="", by, at):
    """Say yes, yes with a worry, or not yet, for oneself. The last yes that was missing brings it in force."""
    version = _locked(version_id)
    stop_if(permissions.why_not_answer(version, by=by))
    sign, _ = SignOn.objects.update_or_create(
        version=version,
        person=by,
        defaults={"answer": answer, "worry": worry, "channel": by.channel, "at": at},
    )
    _note("version.answered", version, by, at, answer=str(answer))
    if version.state == VersionState.PROPOSED and not queries.standing(version).waiting:
        _bring_in_force(version, by=by, at=at)
    return sign


@transaction.atomic
def bring_in_force(*, version_id, reason, by, at):
    """Let a version begin before everybody said yes, with the reason beside it. Raises Refused without one."""
    version = _locked(version_id)
    missing = len(queries.standing(version).waiting)
    stop_if(permissions.why_not_bring_in_force(version, by=by, missing=missing, reason=reason))
    _bring_in_force(version, by=by, at=at, reason=reason if missing else "")
    return version


def _bring_in_force(version, *, by, at, reason=""):
    Version.objects.filter(initiative=version.initiative, state=VersionState.IN_FORCE).update(
        state=VersionState.REPLACED
    )
    version.state, version.in_force_at, version.not_all = VersionState.IN_FORCE, at, reason
    version.save(update_fields=["state", "in_force_at", "not_all"])
    seated = initiatives.seated(version.initiative).count()
    _note("version.in_force", version, by, at, seated=seated)


@transaction.atomic
def erase_words(*, person, at):
    """Blank the worries a person wrote; that they answered stays, under no name."""
    SignOn.objects.filter(person=person).update(worry="")
