"""Pages of gatherings."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.downloads import download
from alongside.gatherings import forms, operations, permissions, queries
from alongside.gatherings.states import GatheringState
from alongside.initiatives import queries as initiatives
from alongside.people import queries as people
from alongside.people.permissions import person_needed
from alongside.people.states import Channel
from alongside.pressing import ASK, press_once, question
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 20


def _shown(request, gathering_id):
    return get_object_or_404(queries.gatherings_visible_to(request.person), pk=gathering_id)


def _question(request, form, title, gathering, refusal, submit, lead=""):
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "refusal": refusal,
        "back_url": reverse("gatherings:gathering", args=[gathering.pk]),
        "back_words": gathering.title,
    }
    return render(request, "gatherings/question.html", context)


def _ask_once(request, shown, form, refusal, title, submit, do):
    """Ask one question about a gathering; on a good answer do it once and go back to the gathering.

    do: an operation that takes gathering_id, by, at and what the form asks.
    """
    if request.method == "POST" and form.is_valid() and not refusal:
        said = form.cleaned_data
        record.once(
            token=said.pop("once"),
            do=lambda: do(gathering_id=shown.pk, by=request.person, at=timezone.now(), **said).pk,
        )
        return redirect("gatherings:gathering", shown.pk)
    return _question(request, form, title, shown, refusal, submit)


@require_safe
@person_needed
def list_of(request, initiative_id):
    """All gatherings of one table."""
    initiative = get_object_or_404(
        initiatives.table_of(request.person).select_related("organisation"), pk=initiative_id
    )
    context = {
        "title": "Gatherings",
        "initiative": initiative,
        "page_obj": Paginator(queries.of_initiative(initiative), A_PAGE).get_page(request.GET.get("page")),
        "why_not_call": permissions.why_not_call(initiative, by=request.person),
        "back_url": reverse("front:initiative", args=[initiative.pk]),
        "back_words": initiative.name,
    }
    return render(request, "gatherings/list.html", context)


@require_safe
@person_needed
def gathering(request, gathering_id):
    """One gathering: its thread, what it asks of you, then agenda, people, notes and actions."""
    shown = _shown(request, gathering_id)
    person = request.person
    host = permissions.why_not_record(shown, by=person) is None
    asked = queries.answers(shown)
    context = {
        "gathering": shown,
        "thread": queries.thread(shown, timezone.now()),
        "mine": next((each for each in asked if each["person"] == person.pk), None),
        "my_needs": queries.my_needs_asked(shown, person),
        "planned": shown.state == GatheringState.PLANNED,
        "held": shown.state == GatheringState.HELD,
        "agenda": queries.agenda(shown),
        "table": queries.table(asked),
        "there": [(Channel(way).label, count) for way, count in sorted(queries.by_channel(asked).items())],
        "notes": queries.notes(shown),
        "actions": queries.actions(shown),
        "access": queries.access_summary(shown) if host else None,
        "host": host,
        "back_url": reverse("gatherings:list", args=[shown.initiative_id]),
        "back_words": "Gatherings",
    }
    return render(request, "gatherings/gathering.html", context)


@ASK
@person_needed
def call(request, initiative_id):
    initiative = get_object_or_404(initiatives.table_of(request.person), pk=initiative_id)
    form = forms.CallForm(request.POST or None, zone=initiative.organisation.zone)
    refusal = permissions.why_not_call(initiative, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        said = form.cleaned_data
        pk = record.once(
            token=said.pop("once"),
            do=lambda: operations.call(initiative=initiative, by=request.person, at=timezone.now(), **said).pk,
        )
        times = f"Called {len(said['more']) + 1} times" if said["more"] else "Called"
        messages.success(request, f"{times}. Everybody with a seat is asked, each by the way they chose.")
        return redirect("gatherings:gathering", pk)
    context = {
        "form": form,
        "title": "Call a gathering",
        "submit": "Ask everybody",
        "refusal": refusal,
        "back_url": reverse("gatherings:list", args=[initiative.pk]),
        "back_words": "Gatherings",
    }
    return render(request, "gatherings/question.html", context)


@ASK
@person_needed
def ask(request, gathering_id):
    """Ask who has taken a seat since it was called."""
    shown = _shown(request, gathering_id)
    seated = list(initiatives.seated_names(shown.initiative))
    left = queries.not_asked(shown, seated)
    later = queries.planned_after(shown).count()
    form = forms.AskForm(request.POST or None, seated=seated, left=left, later=later)

    def do(**said):
        return operations.invite(gathering_id=shown.pk, **said)

    if press_once(request, form, do, "people_asked", told="They are asked, each by the way they chose."):
        return redirect("gatherings:gathering", shown.pk)
    context = {
        "form": form,
        "title": "Ask people who joined later",
        "lead": shown.title,
        "submit": "Ask them",
        "refusal": permissions.why_not_invite(shown, by=request.person),
        "left": left,
        "template": "gatherings/ask.html",
    }
    return question(request, context, "gatherings:gathering", shown.title, shown.pk)


@ASK
@person_needed
def move(request, gathering_id):
    shown = _shown(request, gathering_id)
    form = forms.WhenForm(request.POST or None, zone=shown.initiative.organisation.zone, initial=_when(shown))
    refusal = permissions.why_not_change(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        said = form.cleaned_data
        record.once(
            token=said.pop("once"),
            do=lambda: operations.move(gathering_id=shown.pk, by=request.person, at=timezone.now(), **said).pk,
        )
        messages.success(request, "Moved. Everybody is asked again.")
        return redirect("gatherings:gathering", shown.pk)
    lead = "Everybody is asked again, because a yes was a yes to the old day."
    return _question(request, form, "Move this gathering", shown, refusal, "Move it and ask again", lead)


def _when(gathering):
    starts = timezone.localtime(gathering.starts_at, ZoneInfo(gathering.initiative.organisation.zone))
    minutes = int((gathering.ends_at - gathering.starts_at).total_seconds() // 60)
    return {"day": starts.date(), "time": f"{starts:%H:%M}", "minutes": minutes, "place": gathering.place}


@require_POST
@person_needed
def call_off(request, gathering_id):
    shown = _shown(request, gathering_id)
    try:
        operations.call_off(gathering_id=shown.pk, by=request.person, at=timezone.now())
        messages.success(request, "Called off. Everybody who was asked is told.")
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("gatherings:gathering", shown.pk)


@ASK
@person_needed
def item(request, gathering_id):
    shown = _shown(request, gathering_id)
    form, refusal = forms.ItemForm(request.POST or None), permissions.why_not_raise(shown, by=request.person)
    title, submit = "Put something on the agenda", "Put it on the agenda"
    return _ask_once(request, shown, form, refusal, title, submit, operations.raise_item)


@ASK
@person_needed
def answer(request, gathering_id):
    shown = _shown(request, gathering_id)
    mine = queries.invitation(shown, request.person)
    form = forms.AnswerForm(request.POST or None, initial={"coming": mine.coming if mine else "", "share_needs": True})
    refusal = permissions.why_not_answer(shown, by=request.person, invited=mine)
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.answer(gathering_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your answer is kept. You can change it until the day.")
        return redirect("gatherings:gathering", shown.pk)
    needs = [need.words for need in people.shared_needs([request.person.pk])]
    lead = (
        f"You share with hosts: {'; '.join(needs)}." if needs else "You share no needs yet. Add them on your own page."
    )
    return _question(request, form, "Do you come?", shown, refusal, "Keep my answer", lead)


@ASK
@person_needed
def attendance(request, gathering_id):
    shown = _shown(request, gathering_id)
    form = forms.AttendanceForm(request.POST or None, invitations=queries.invitations(shown))
    refusal = permissions.why_not_record(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.record_attendance(gathering_id=shown.pk, there=form.there(), by=request.person, at=timezone.now())
        messages.success(request, "Kept. Every way of being there counts the same.")
        return redirect("gatherings:gathering", shown.pk)
    return _question(request, form, "Who was there, and how?", shown, refusal, "Keep this")


@ASK
@person_needed
def met(request, gathering_id):
    shown = _shown(request, gathering_id)
    form = forms.MetForm(request.POST or None, needs=queries.my_needs_asked(shown, request.person))
    if request.method == "POST" and form.is_valid():
        operations.say_met(gathering_id=shown.pk, met=form.met(), by=request.person, at=timezone.now())
        messages.success(request, "Thank you. The hosts see what to do better, not why you need it.")
        return redirect("gatherings:gathering", shown.pk)
    return _question(request, form, "Was what you needed there?", shown, None, "Keep my answers")


@ASK
@person_needed
def note(request, gathering_id):
    shown = _shown(request, gathering_id)
    form, refusal = forms.NoteForm(request.POST or None), permissions.why_not_note(shown, by=request.person)
    return _ask_once(request, shown, form, refusal, "Add to the notes", "Add this line", operations.note)


@ASK
@person_needed
def action(request, gathering_id):
    shown = _shown(request, gathering_id)
    seated = initiatives.seated(shown.initiative)
    form = forms.ActionForm(request.POST or None, seated=seated)
    refusal = permissions.why_not_note(shown, by=request.person)
    title, submit = "Who does what, by when?", "Keep this"
    return _ask_once(request, shown, form, refusal, title, submit, operations.promise)


@require_POST
@person_needed
def finish(request, action_id):
    shown = get_object_or_404(queries.actions_visible_to(request.person), pk=action_id)
    try:
        operations.finish(action_id=shown.pk, by=request.person, at=timezone.now())
        messages.success(request, f"Done: {shown.words}")
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("gatherings:gathering", shown.gathering_id)


@require_safe
@person_needed
def calendar(request, gathering_id):
    """A file that a calendar program opens."""
    shown = _shown(request, gathering_id)
    return download(queries.calendar_file(shown), f"gathering-{shown.pk}.ics", "text/calendar; charset=utf-8")
