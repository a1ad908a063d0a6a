"""Pages of what somebody got from taking part, and of questions to talk about."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press_once, question
from alongside.reflections import forms, operations, permissions, queries
from alongside.reflections.states import Level
from alongside.refusals import Refused


@require_safe
@person_needed
def mine(request):
    """My own lines, for my eyes."""
    refusal = permissions.why_not_read(request.person, by=request.person)
    context = {
        "refusal": refusal,
        "lines": [] if refusal else queries.lines_of(request.person),
        "back_url": reverse("people:me"),
        "back_words": "My page",
    }
    return render(request, "reflections/mine.html", context)


@ASK
@person_needed
def write(request):
    """One line for oneself; after a question, with its level."""
    level = queries.level_of(request.GET.get("card", ""))
    form = forms.LineForm(request.POST or None)
    if press_once(
        request,
        form,
        partial(operations.write, level=level, on=timezone.localdate()),
        "words",
        told="It is written down. Only you see it.",
    ):
        return redirect("reflections:mine")
    lead = "Half a minute. Only you see it, and it is counted nowhere."
    context = {"form": form, "title": "What did you get from this?", "lead": lead, "submit": "Keep it for me"}
    return question(request, context, "reflections:mine", "What I got from this")


@ASK
@person_needed
def share(request, line_id):
    """Show one line to the people at one table."""
    line = get_object_or_404(queries.lines_of(request.person), pk=line_id)
    form = forms.ShareForm(request.POST or None, tables=queries.tables_of(request.person))
    if request.method == "POST" and form.is_valid():
        acts = {"by": request.person, "at": timezone.now()}
        try:
            operations.share(line_id=line.pk, initiative=form.cleaned_data["initiative"], **acts)
        except Refused as stop:
            form.add_error("initiative", stop.said)
        else:
            messages.success(request, "Shared. You can take it back here.")
            return redirect("reflections:mine")
    lead = f"Everybody at that table reads it with your name: “{line.words}”"
    context = {"form": form, "title": "Share a line", "lead": lead, "submit": "Share it"}
    return question(request, context, "reflections:mine", "What I got from this")


def _press(request, line_id, do, told):
    line = get_object_or_404(queries.lines_of(request.person), pk=line_id)
    try:
        do(line_id=line.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        messages.success(request, told)
    return redirect("reflections:mine")


@require_POST
@person_needed
def take_back(request, line_id):
    """Keep a shared line to oneself again."""
    return _press(request, line_id, operations.take_back, "Only you see it now.")


@require_POST
@person_needed
def take_away(request, line_id):
    """Take a line away for good."""
    return _press(request, line_id, operations.take_away, "It is gone.")


@require_safe
@person_needed
def table(request, initiative_id):
    """What people shared with a table, by level: about themselves, about where they work, about the world around it."""
    here = get_object_or_404(queries.tables_of(request.person), pk=initiative_id)
    context = {
        "initiative": here,
        "levels": queries.by_level(here),
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "reflections/table.html", context)


@require_safe
def cards(request):
    """One question at a time, to talk about. Nothing that is said is kept."""
    asked = request.GET.get("level", "")
    level = asked if asked in Level.values else Level.NONE
    card, following = queries.drawn(request.GET.get("card", ""), level)
    context = {"card": card, "following": following, "level": level, "levels": [each for each in Level if each.value]}
    return render(request, "reflections/cards.html", context)
