"""Pages of decisions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations import content
from alongside.conversations import queries as conversations
from alongside.decisions import forms, operations, permissions, queries
from alongside.initiatives import queries as initiatives
from alongside.people import queries as people
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 20


def _shown(request, decision_id):
    return get_object_or_404(queries.decisions_visible_to(request.person), pk=decision_id)


def _question(request, form, title, refusal, submit, back, lead=""):
    context = {"form": form, "title": title, "submit": submit, "refusal": refusal, "back_url": back, "lead": lead}
    return render(request, "decisions/question.html", context)


def _url(decision):
    return reverse("decisions:decision", args=[decision.pk])


@require_safe
@person_needed
def list_of(request, initiative_id):
    """All decisions of one table."""
    initiative = get_object_or_404(initiatives.table_of(request.person), pk=initiative_id)
    context = {
        "title": "Decisions",
        "initiative": initiative,
        "page_obj": Paginator(queries.listed(initiative), A_PAGE).get_page(request.GET.get("page")),
        "why_not_open": permissions.why_not_open(initiative, by=request.person),
        "back_url": reverse("front:initiative", args=[initiative.pk]),
        "back_words": initiative.name,
    }
    return render(request, "decisions/list.html", context)


@require_safe
@person_needed
def decision(request, decision_id):
    """One decision: its thread, its one next action, then options, views, what it answers and who was told."""
    shown = _shown(request, decision_id)
    told, views = list(queries.tellings(shown)), list(queries.views_on(shown))
    waiting = sum(each.told_at is None for each in told)
    named, unnamed = queries.told_openly(told, views)
    context = {
        "decision": shown,
        "thread": queries.thread(shown, len(told) - waiting, len(told)),
        "options": queries.options_preferred(shown, views),
        "views": views,
        "basis": queries.basis_of(shown),
        "named": named,
        "unnamed": unnamed,
        "unnamed_wait": any(each.told_at is None for each in unnamed),
        "why_not_speak": permissions.why_not_speak(shown, by=request.person),
        "why_not_decide": permissions.why_not_decide(shown, by=request.person),
        "why_not_finish": permissions.why_not_finish(shown, by=request.person, waiting=waiting),
        "why_not_overturn": permissions.why_not_overturn(shown, by=request.person),
        "back_url": reverse("decisions:list", args=[shown.initiative_id]),
        "back_words": "Decisions",
    }
    return render(request, "decisions/decision.html", context)


@require_safe
@person_needed
def answer(request, decision_id):
    """What became of what you said: for authors, who may not sit at the table."""
    shown = get_object_or_404(queries.decisions_about(request.person), pk=decision_id)
    said = conversations.statements_of_author(request.person)
    answered = {each["statement"] for each in queries.basis_of(shown)}
    context = {
        "decision": shown,
        "thread": queries.statement_thread(shown),
        "said": [statement for statement in said if statement.pk in answered],
        "view": queries.view_of(shown, request.person),
        "back_url": reverse("front:today"),
        "back_words": "Today",
    }
    return render(request, "decisions/answer.html", context)


@ASK
@person_needed
def open_new(request, initiative_id):
    initiative = get_object_or_404(initiatives.table_of(request.person), pk=initiative_id)
    form = forms.OpenForm(request.POST or None, statements=conversations.statements_for(initiative))
    refusal = permissions.why_not_open(initiative, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        pk = record.once(
            token=form.cleaned_data["once"],
            do=lambda: (
                operations.open_question(initiative=initiative, by=request.person, at=timezone.now(), **form.said()).pk
            ),
        )
        return redirect("decisions:decision", pk)
    back = reverse("decisions:list", args=[initiative.pk])
    return _question(request, form, "Put a question to be decided", refusal, "Put the question", back)


@ASK
@person_needed
def speak(request, decision_id):
    shown = _shown(request, decision_id)
    mine = queries.view_of(shown, request.person)
    initial = {"option_id": mine.option_id, "harm": mine.harm, "words": mine.words} if mine else None
    form = forms.SpeakForm(request.POST or None, options=queries.options_of(shown), initial=initial)
    refusal = permissions.why_not_speak(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.speak(decision_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Kept. You can change it until it is decided, and you will be told what was decided.")
        return redirect("decisions:decision", shown.pk)
    return _question(request, form, shown.question, refusal, "Keep what I say", _url(shown))


@ASK
@person_needed
def decide(request, decision_id):
    shown = _shown(request, decision_id)
    seated = initiatives.seated(shown.initiative)
    form = forms.DecideForm(request.POST or None, options=queries.options_of(shown), seated=seated)
    refusal = permissions.why_not_decide(shown, by=request.person, harms=queries.harms(shown))
    if request.method == "POST" and form.is_valid() and not refusal:
        said = form.cleaned_data | {"owner": people.person(form.cleaned_data["owner"])}
        operations.decide(decision_id=shown.pk, by=request.person, at=timezone.now(), **said)
        messages.success(request, "Written down. Everybody who spoke is told now, each by the way they chose.")
        return redirect("decisions:decision", shown.pk)
    missing = queries.nobody_brought(shown)
    lead = f"Nobody has brought: {'; '.join(missing)}. You can still ask for it." if missing else ""
    title, submit = "What was decided, and why?", "Write it down and tell people"
    return _question(request, form, title, refusal, submit, _url(shown), lead)


@require_safe
@person_needed
def known(request, decision_id):
    """What is known, each kind side by side in the same shape."""
    shown = _shown(request, decision_id)
    context = {
        "decision": shown,
        "rows": queries.known(shown),
        "why_not_add": permissions.why_not_speak(shown, by=request.person),
        "back_url": _url(shown),
        "back_words": shown.question,
    }
    return render(request, "decisions/known.html", context)


@ASK
@person_needed
def add_evidence(request, decision_id):
    shown = _shown(request, decision_id)
    initial = {"kind": request.GET.get("kind", "")}
    form = forms.EvidenceForm(request.POST or None, kinds=content.evidence_kinds(), initial=initial)
    refusal = permissions.why_not_speak(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        said = dict(form.cleaned_data) | {"decision_id": shown.pk, "by": request.person, "at": timezone.now()}
        record.once(token=said.pop("once"), do=lambda: operations.add_evidence(**said).pk)
        return redirect("decisions:known", shown.pk)
    back = reverse("decisions:known", args=[shown.pk])
    return _question(request, form, "Bring what you know", refusal, "Put it beside the rest", back, shown.question)


@require_POST
@person_needed
def take_back(request, evidence_id):
    evidence = get_object_or_404(queries.evidence_of(request.person), pk=evidence_id)
    try:
        operations.take_back(evidence_id=evidence.pk, by=request.person, at=timezone.now())
        messages.success(request, "It is gone from the page and from the record.")
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("decisions:known", evidence.decision_id)


@require_POST
@person_needed
def finish(request, decision_id):
    shown = _shown(request, decision_id)
    try:
        operations.finish(decision_id=shown.pk, by=request.person, at=timezone.now())
        messages.success(request, "Everybody who spoke has been told. The decision is done.")
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("decisions:decision", shown.pk)


@ASK
@person_needed
def overturn(request, decision_id):
    shown = _shown(request, decision_id)
    form = forms.OverturnForm(request.POST or None)
    refusal = permissions.why_not_overturn(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.overturn(decision_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Written down. Everybody who spoke is told, with the reason.")
        return redirect("decisions:decision", shown.pk)
    return _question(
        request, form, "This decision was overturned", refusal, "Write it down and tell people", _url(shown)
    )
