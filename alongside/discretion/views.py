"""A person's own page of whom they keep their part from."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.discretion import forms, operations, permissions, queries
from alongside.people.permissions import person_needed
from alongside.pressing import press_once, question
from alongside.refusals import Refused


@require_safe
@person_needed
def mine(request):
    """My own list, for my eyes, and where my name can be seen."""
    refusal = permissions.why_not_read(request.person, by=request.person)
    context = {
        "refusal": refusal,
        "rows": [] if refusal else queries.kept_by(request.person),
        "back_url": reverse("people:me"),
        "back_words": "My page",
    }
    return render(request, "discretion/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@person_needed
def add(request):
    """One name more."""
    form = forms.NameForm(request.POST or None)
    if press_once(request, form, operations.keep_from, "name", told="Kept. Only you see it."):
        return redirect("discretion:mine")
    lead = "Only you see this list. It is on no other page, and in no file but your own."
    context = {"form": form, "title": "Keep it from somebody", "lead": lead, "submit": "Keep it"}
    return question(request, context, "discretion:mine", "My list")


@require_POST
@person_needed
def take_off(request, row_id):
    """Take one name off my list."""
    row = get_object_or_404(queries.kept_by(request.person), pk=row_id)
    try:
        operations.take_off(row_id=row.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        messages.success(request, "It is off your list.")
    return redirect("discretion:mine")
