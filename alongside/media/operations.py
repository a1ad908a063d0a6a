"""What changes: an ask, its answers, a use, and whether refusals are shown. The record says that, and never who said no."""

from django.db import transaction
from django.urls import reverse

from alongside.media import permissions, policies
from alongside.media.models import Answer, Ask, InUse, Openness, Used
from alongside.media.states import SAID_YES, AskState, Own, Want
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import stop_if


def _locked(model, pk, *related):
    return model.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


def _note(what, subject, initiative, by, at, **facts):
    record.note(
        what=f"media.{what}", subject=subject, by=by, at=at, organisation_id=initiative.organisation_id, **facts
    )


@transaction.atomic
def write_down(*, initiative, who, wants, purpose, until, asked_on, by, at, given_back=""):
    """Write down that somebody asks to use the initiative. Returns the Ask."""
    stop_if(permissions.why_not_write_down(initiative, by=by, wants=wants, asked_on=asked_on, until=until))
    ask = Ask.objects.create(
        initiative=initiative, who=who.strip(), wants=[each for each in Want.values if each in wants],
        purpose=purpose.strip(), until=until, given_back=given_back.strip(), asked_on=asked_on, made_at=at, made_by=by,
    )  # fmt: skip
    _note("ask.written_down", ask, initiative, by, at)
    return ask


@transaction.atomic
def answer_ask(*, ask_id, to, answered_on, by, at, conditions="", why="", decided_how="", decision=""):
    """Write down what the table answered as a whole. A no stays; a yes can be taken back by a no. Returns the Ask."""
    ask = _locked(Ask, ask_id, "initiative")
    stop_if(permissions.why_not_answer_ask(ask, by=by, to=to, conditions=conditions, answered_on=answered_on))
    ask.state, ask.answered_on, ask.answered_at, ask.answered_by = to, answered_on, at, by
    ask.conditions = conditions.strip() if to == AskState.CONDITIONS else ""
    ask.why = why.strip() if to == AskState.NO else ""
    ask.decided_how, ask.decision = decided_how.strip(), decision.strip()
    ask.save(
        update_fields=[
            "state", "answered_on", "answered_at", "answered_by", "conditions", "why", "decided_how", "decision",
        ]
    )  # fmt: skip
    _note("ask.answered", ask, ask.initiative, by, at, state=str(to))
    return ask


@transaction.atomic
def ask_people(*, ask_id, people_asked, by, at):
    """Ask persons to answer for themselves, each by their own channel. Who was asked before is not asked again.

    Returns how many were asked now.
    """
    ask = _locked(Ask, ask_id, "initiative")
    known = set(Answer.objects.filter(ask=ask).values_list("person", flat=True))
    fresh = [person for person in people_asked if person.pk not in known]
    for person in fresh:
        stop_if(permissions.why_not_ask(ask, person, by=by))
    for person in fresh:
        made = Answer.objects.create(ask=ask, person=person, asked_at=at, asked_by=by)
        _tell_asked(made, ask, by, at)
    if fresh:
        _note("people.asked", ask, ask.initiative, by, at, people=len(fresh))
    return len(fresh)


def _tell_asked(answer, ask, by, at):
    words = (
        f"{ask.who} asks to use something of {ask.initiative.name}. You say for yourself whether you may be in it. "
        "Until you say yes you are not. Nobody asks why."
    )
    url = reverse("media:answer", args=[answer.pk])
    people.tell(to=answer.person, about=f"publicity:{answer.pk}", words=words, url=url, by=by, at=at)


@transaction.atomic
def say(*, answer_id, to, by, at):
    """Say for oneself: yes, yes without my name, or no. It can be said otherwise at any time. Returns the Answer.

    The record says that somebody answered, and not what.
    """
    answer = _locked(Answer, answer_id, "ask__initiative", "person")
    stop_if(permissions.why_not_say(answer, to, by=by))
    answer.state, answer.answered_by, answer.answered_at, answer.channel = to, by, at, by.channel
    answer.save(update_fields=["state", "answered_by", "answered_at", "channel"])
    _note("answer.said", answer, answer.ask.initiative, by, at)
    return answer


@transaction.atomic
def use(*, ask_id, place, used_on, by, at, named=(), unnamed=()):
    """Write down where it was used, with who is in it. Returns the Used.

    named, unnamed: keys of Answers, with and without their name. Everybody's yes is read again inside the lock.
    """
    ask = _locked(Ask, ask_id, "initiative")
    rows = Answer.objects.select_for_update(of=("self",)).filter(pk__in={*named, *unnamed}).order_by("pk")
    people_in = {answer: answer.pk in set(named) for answer in rows}
    stop_if(permissions.why_not_use(ask, by=by, used_on=used_on, people_in=people_in))
    used = Used.objects.create(ask=ask, place=place.strip(), used_on=used_on, by=by, at=at)
    InUse.objects.bulk_create(InUse(used=used, answer=answer, named=name) for answer, name in people_in.items())
    _note("used", used, ask.initiative, by, at)
    return used


@transaction.atomic
def say_told(*, used_id, by, at):
    """Say that a place was told to take it down. Returns the Used."""
    used = _locked(Used, used_id, "ask__initiative")
    due = policies.open_uses().filter(pk=used.pk).exists()
    stop_if(permissions.why_not_say_told(used, by=by, due=due))
    used.told_at, used.told_by = at, by
    used.save(update_fields=["told_at", "told_by"])
    _note("place.told", used, used.ask.initiative, by, at)
    return used


@transaction.atomic
def show_refusals(*, initiative, shown, by, at):
    """Let anybody read what the initiative said no to, or not any more. Returns the Openness."""
    stop_if(permissions.why_not_open(initiative, by=by))
    openness, _ = Openness.objects.update_or_create(
        initiative=initiative, defaults={"shown": shown, "at": at, "by": by}
    )
    _note("refusals.shown" if shown else "refusals.hidden", openness, initiative, by, at)
    return openness


@transaction.atomic
def erase_words(*, person, at):
    """Take back every yes of a person; who leads is then asked to have each place take it down."""
    yes = Answer.objects.filter(person=person, state__in=sorted(SAID_YES))
    changed = yes.update(state=Own.NO, answered_by=person, answered_at=at)
    record.note(what="media.yes.erased", subject=person, at=at, answers=changed)
