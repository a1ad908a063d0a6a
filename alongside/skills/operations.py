"""What changes: a line of one's list, and an ask for a reference. The record says that, and never what was written."""

from django.db import transaction
from django.urls import reverse

from alongside.credit import operations as credit
from alongside.declared import blanks_of
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import stop_if
from alongside.skills import permissions, policies
from alongside.skills.models import ReferenceRequest, Skill
from alongside.skills.states import Kept, RequestState


def _note(what, subject, by, at, **facts):
    record.note(what=f"skills.{what}", subject=subject, by=by, at=at, **facts)


# --- one's own list ---


@transaction.atomic
def write(*, words, known_from, by, at, on_purpose=False):
    """Put a line on one's own list. Returns the Skill. on_purpose: it may say why one is involved."""
    stop_if(permissions.why_not_write(words, known_from, by=by, on_purpose=on_purpose))
    made = Skill.objects.create(person=by, words=words.strip(), known_from=known_from.strip(), made_at=at)
    _note("skill.written", made, by, at)
    return made


@transaction.atomic
def choose(*, key, take, by, at):
    """Take what a record proposes onto one's list, or leave it out; it is not proposed again. Returns the Skill."""
    proposal = next((each for each in policies.proposals(by) if each.key == key), None)
    stop_if(permissions.why_not_choose(proposal, by=by))
    said = {"words": proposal.words, "known_from": proposal.known_from, "kept": Kept.MINE}
    said = said if take else {"words": "", "known_from": "", "kept": Kept.LEFT}
    skill, _ = Skill.objects.update_or_create(person=by, record=key, defaults=said | {"made_at": at})
    _note("skill.taken" if take else "skill.left", skill, by, at)
    return skill


@transaction.atomic
def take_away(*, skill_id, by, at):
    """Take a line off one's list; its words are gone. Returns the Skill."""
    skill = Skill.objects.select_for_update(of=("self",)).select_related("person").get(pk=skill_id)
    stop_if(permissions.why_not_take_away(skill, by=by))
    skill.words, skill.known_from, skill.kept = "", "", Kept.LEFT
    skill.save(update_fields=["words", "known_from", "kept"])
    _note("skill.taken_away", skill, by, at)
    return skill


# --- references on request ---


def _locked(request_id):
    rows = ReferenceRequest.objects.select_for_update(of=("self",))
    return rows.select_related("initiative", "person", "of").get(pk=request_id)


def _settle(request, state, what, by, at, **more):
    request.state, request.answered_at = state, at
    for name, value in more.items():
        setattr(request, name, value)
    request.save(update_fields=["state", "answered_at", *more])
    _note(f"request.{what}", request, by, at)
    return request


@transaction.atomic
def ask(*, initiative, of, purpose, by_on, by, at):
    """Ask somebody who leads or chairs for a reference. They are told by their own channel. Returns the ReferenceRequest."""
    waits = ReferenceRequest.objects.filter(initiative=initiative, person=by, of=of, state=RequestState.ASKED).exists()
    stop_if(permissions.why_not_ask(initiative, of, by=by, waits=waits))
    made = ReferenceRequest.objects.create(
        initiative=initiative, person=by, of=of, purpose=purpose.strip(), by_on=by_on, asked_at=at
    )
    _note("request.made", made, by, at)
    _tell(made, of, f"{by.shown_name} asks you for a reference. You write it, or say kindly that you cannot.", by, at)
    return made


def _tell(request, to, words, by, at):
    url = reverse("skills:request", args=[request.pk])
    people.tell(to=to, about=f"reference_request:{request.pk}:{request.state}", words=words, url=url, by=by, at=at)


@transaction.atomic
def write_reference(*, request_id, words, signed, by, at):
    """Write what was asked for. It is a reference like any other: whom it is about reads it first and decides."""
    request = _locked(request_id)
    stop_if(permissions.why_not_answer(request, RequestState.WRITTEN, by=by))
    made = credit.refer(initiative=request.initiative, about=request.person, words=words, signed=signed, by=by, at=at)
    return _settle(request, RequestState.WRITTEN, "written", by, at, reference=made)


@transaction.atomic
def say_no(*, request_id, kindly, by, at):
    """Say that one cannot, with a kind word if one likes. Returns the ReferenceRequest."""
    request = _locked(request_id)
    stop_if(permissions.why_not_answer(request, RequestState.NO, by=by))
    _settle(request, RequestState.NO, "declined", by, at, kindly=kindly.strip())
    words = f"{by.shown_name} cannot write your reference this time. You can ask somebody else."
    _tell(request, request.person, words, by, at)
    return request


@transaction.atomic
def take_back(*, request_id, by, at):
    """Take one's ask back while nobody answered. Returns the ReferenceRequest."""
    request = _locked(request_id)
    stop_if(permissions.why_not_take_back(request, by=by))
    return _settle(request, RequestState.BACK, "taken_back", by, at)


@transaction.atomic
def erase_words(*, person, at):
    """Blank a person's list, and what they wrote when they asked or answered; asks that wait are taken back."""
    Skill.objects.filter(person=person).update(**blanks_of(Skill) | {"kept": Kept.LEFT})
    mine, to_me = ReferenceRequest.objects.filter(person=person), ReferenceRequest.objects.filter(of=person)
    for asks, state in ((mine, RequestState.BACK), (to_me, RequestState.NO)):
        asks.filter(state=RequestState.ASKED).update(state=state, answered_at=at)
    mine.update(purpose="", kindly="")
    to_me.update(kindly="")
    record.note(what="skills.words.erased", subject=person, at=at)
