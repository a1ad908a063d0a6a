"""Pages of what I can do, and of asking for a reference."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations import papers
from alongside.downloads import download
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press_once, question
from alongside.refusals import Refused
from alongside.skills import forms, operations, permissions, queries
from alongside.skills.states import RequestState


def _press(request, do, told, **which):
    try:
        do(by=request.person, at=timezone.now(), **which)
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        messages.success(request, told)
    return redirect("skills:mine")


# --- one's own list ---


@require_safe
@person_needed
def mine(request):
    """What I can do, what my records propose, and the references that I asked for."""
    context = {
        "skills": queries.skills_of(request.person),
        "proposals": queries.proposed(request.person),
        "requests": queries.requests_of(request.person),
        "tables": queries.tables_of(request.person),
        "back_url": reverse("people:me"),
        "back_words": "My page",
    }
    return render(request, "skills/mine.html", context)


@ASK
@person_needed
def write(request):
    """One line in my own words."""
    form = forms.SkillForm(request.POST or None)
    if press_once(request, form, operations.write, "words"):
        return redirect("skills:mine")
    lead = "Only you see your list. It leaves here only on the paper that you print or download yourself."
    context = {"form": form, "title": "Something that I can do", "lead": lead, "submit": "Put it on my list"}
    return question(request, context, "skills:mine", "What I can do")


@require_POST
@person_needed
def choose(request):
    """Take what my records propose, or leave it out."""
    take = request.POST.get("take") == "1"
    told = "It is on your list." if take else "Left out. It is not proposed again."
    return _press(request, operations.choose, told, key=request.POST.get("key", ""), take=take)


@require_POST
@person_needed
def take_away(request, skill_id):
    """Take a line off my list."""
    skill = get_object_or_404(queries.skills_of(request.person), pk=skill_id)
    return _press(request, operations.take_away, "It is gone.", skill_id=skill.pk)


@require_safe
@person_needed
def paper(request):
    """My list as a PDF; when it cannot be set, the page, which prints."""
    try:
        return download(queries.pdf_of(request.person, timezone.localdate()), "what-i-bring.pdf", "application/pdf")
    except papers.CannotSet as stop:
        messages.error(request, str(stop))
        return redirect("skills:mine")


# --- references on request ---


@ASK
@person_needed
def ask(request, initiative_id):
    """Ask somebody who leads or chairs where I sit or sat."""
    tables = {table.pk: table for table in queries.tables_of(request.person)}
    here = tables.get(initiative_id)
    if here is None:
        raise Http404
    form = forms.AskForm(request.POST or None, people=queries.may_be_asked(here, request.person))

    def do(**said):
        return operations.ask(initiative=here, **said)

    if press_once(
        request, form, do, "of", told="They are asked, by the way they chose. You see here what becomes of it."
    ):
        return redirect("skills:mine")
    lead = f"{here.name}. They write it in their words, and you read it first. They may also say no."
    context = {"form": form, "title": "Ask for a reference", "lead": lead, "submit": "Ask them"}
    return question(request, context, "skills:mine", "What I can do")


@require_safe
@person_needed
def one(request, request_id):
    """One ask for a reference: for who asked and for who was asked."""
    shown = get_object_or_404(queries.requests_of(request.person), pk=request_id)
    context = {
        "asked": shown,
        "refusal": permissions.why_not_answer(shown, RequestState.WRITTEN, by=request.person),
        "own": shown.person_id == request.person.pk,
        "open": shown.state == RequestState.ASKED,
        "back_url": reverse("skills:mine"),
        "back_words": "What I can do",
    }
    return render(request, "skills/request.html", context)


@ASK
@person_needed
def write_reference(request, request_id):
    """Write the reference that somebody asked for."""
    shown = get_object_or_404(queries.requests_to(request.person), pk=request_id)
    form = forms.WriteForm(request.POST or None, initial={"signed": request.person.shown_name})

    def do(**said):
        return operations.write_reference(request_id=shown.pk, **said)

    if press_once(request, form, do, "words"):
        return redirect("skills:request", shown.pk)
    lead = f"What it is for: {shown.purpose} They read it first and decide what becomes of it."
    context = {"form": form, "title": f"A reference for {shown.person.shown_name}", "lead": lead}
    return question(request, context | {"submit": "Show it to them"}, "skills:request", "The ask", shown.pk)


@ASK
@person_needed
def say_no(request, request_id):
    """Say kindly that I cannot."""
    shown = get_object_or_404(queries.requests_to(request.person), pk=request_id)
    form = forms.NoForm(request.POST or None)

    def do(**said):
        return operations.say_no(request_id=shown.pk, **said)

    if press_once(request, form, do, "kindly"):
        return redirect("skills:request", shown.pk)
    lead = f"{shown.person.shown_name} is told that you cannot this time, and that they can ask somebody else."
    context = {"form": form, "title": "I cannot write it", "lead": lead, "submit": "Tell them"}
    return question(request, context, "skills:request", "The ask", shown.pk)


@require_POST
@person_needed
def take_back(request, request_id):
    """Take my ask back."""
    shown = get_object_or_404(queries.requests_of(request.person).filter(person=request.person), pk=request_id)
    return _press(request, operations.take_back, "You took it back.", request_id=shown.pk)
