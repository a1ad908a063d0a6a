"""Pages of agreements."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.agreements import forms, operations, permissions, queries
from alongside.initiatives import queries as initiatives
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.record import operations as record
from alongside.refusals import Refused


def _agreement_url(initiative_id):
    return reverse("agreements:agreement", args=[initiative_id])


@require_safe
@person_needed
def agreement(request, initiative_id):
    """The agreement of one table as it stands: words, who said what, the next one action."""
    initiative = get_object_or_404(initiatives.table_of(request.person), pk=initiative_id)
    current, draft = queries.current(initiative), queries.draft(initiative)
    stand = queries.standing(current) if current else None
    context = {
        "initiative": initiative,
        "current": current,
        "draft": draft,
        "clauses": queries.clauses_of(current) if current else [],
        "stand": stand,
        "mine": stand.said.get(request.person.pk) if stand else None,
        "thread": queries.thread(current, stand) if current else None,
        "older": [version for version in queries.versions_of(initiative) if version not in (current, draft)],
        "why_not_answer": permissions.why_not_answer(current, by=request.person) if current else None,
        "why_not_begin": permissions.why_not_bring_in_force(current, by=request.person, missing=1, reason="asked there")
        if current
        else None,
        "why_not_write": permissions.why_not_write(initiative, by=request.person),
        "back_url": reverse("front:initiative", args=[initiative.pk]),
        "back_words": initiative.name,
    }
    return render(request, "agreements/agreement.html", context)


@require_safe
@person_needed
def version(request, version_id):
    """One version: a draft to work on, or an old one to read."""
    shown = get_object_or_404(queries.versions_visible_to(request.person), pk=version_id)
    context = {
        "version": shown,
        "clauses": queries.clauses_of(shown),
        "refusal": permissions.why_not_change(shown, by=request.person),
        "back_url": _agreement_url(shown.initiative_id),
        "back_words": "The agreement",
    }
    return render(request, "agreements/version.html", context)


@require_POST
@person_needed
def begin(request, initiative_id):
    initiative = get_object_or_404(initiatives.table_of(request.person), pk=initiative_id)
    try:
        made = operations.begin_version(initiative=initiative, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
        return redirect("agreements:agreement", initiative.pk)
    return redirect("agreements:version", made.pk)


@ASK
@person_needed
def clause_add(request, version_id):
    shown = get_object_or_404(queries.versions_visible_to(request.person), pk=version_id)
    form = forms.ClauseForm(request.POST or None)
    refusal = permissions.why_not_change(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        said = form.cleaned_data
        record.once(
            token=said.pop("once"),
            do=lambda: operations.add_clause(version_id=shown.pk, by=request.person, at=timezone.now(), **said).pk,
        )
        return redirect("agreements:version", shown.pk)
    return _question(request, form, "A new clause", shown, refusal)


@ASK
@person_needed
def clause(request, clause_id):
    shown = get_object_or_404(queries.clauses_visible_to(request.person), pk=clause_id)
    initial = {"heading": shown.heading, "words": shown.words}
    form = forms.ClauseForm(request.POST or None, initial=initial)
    refusal = permissions.why_not_change(shown.version, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        form.cleaned_data.pop("once")
        operations.change_clause(clause_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        return redirect("agreements:version", shown.version_id)
    return _question(request, form, "Change this clause", shown.version, refusal)


def _question(request, form, title, version, refusal, submit="Keep these words"):
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "refusal": refusal,
        "back_url": reverse("agreements:version", args=[version.pk]),
        "back_words": f"Version {version.number}",
    }
    return render(request, "agreements/question.html", context)


@require_POST
@person_needed
def clause_move(request, clause_id, way):
    shown = get_object_or_404(queries.clauses_visible_to(request.person), pk=clause_id)
    at = timezone.now()
    try:
        if way == "out":
            operations.remove_clause(clause_id=shown.pk, by=request.person, at=at)
            messages.success(request, f"Taken out: {shown.heading}. Earlier versions still have it.")
        else:
            operations.move_clause(clause_id=shown.pk, up=way == "up", by=request.person, at=at)
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("agreements:version", shown.version_id)


@ASK
@person_needed
def propose(request, version_id):
    shown = get_object_or_404(queries.versions_visible_to(request.person), pk=version_id)
    form = forms.ProposeForm(request.POST or None)
    clauses = queries.clauses_of(shown).exists()
    refusal = permissions.why_not_propose(shown, by=request.person, clauses=clauses)
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.propose(version_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Put forward. Everybody with a seat is asked now.")
        return redirect("agreements:agreement", shown.initiative_id)
    return _question(request, form, f"Put version {shown.number} forward", shown, refusal, "Ask everybody")


@ASK
@person_needed
def answer(request, version_id):
    shown = get_object_or_404(queries.versions_visible_to(request.person), pk=version_id)
    form = forms.AnswerForm(request.POST or None)
    refusal = permissions.why_not_answer(shown, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.answer(version_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your answer is kept. You can change it at any time.")
        return redirect("agreements:agreement", shown.initiative_id)
    return _question(request, form, f"Your answer to version {shown.number}", shown, refusal, "Keep my answer")


@ASK
@person_needed
def in_force(request, version_id):
    shown = get_object_or_404(queries.versions_visible_to(request.person), pk=version_id)
    form = forms.InForceForm(request.POST or None)
    missing = len(queries.standing(shown).waiting)
    refusal = permissions.why_not_bring_in_force(shown, by=request.person, missing=missing, reason="asked below")
    if request.method == "POST" and form.is_valid() and not refusal:
        operations.bring_in_force(version_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Version {shown.number} is in force.")
        return redirect("agreements:agreement", shown.initiative_id)
    return _question(request, form, f"Let version {shown.number} begin now", shown, refusal, "Let it begin")
