"""Pages of what an organisation pays."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.calculations.money import currency
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.rates import forms, operations, permissions, queries
from alongside.record import operations as record
from alongside.refusals import Refused


def _today(organisation):
    return timezone.now().astimezone(ZoneInfo(organisation.zone)).date()


@require_safe
@person_needed
def card(request, organisation_id):
    """What this organisation pays, what it paid before, and how each rate stands beside the living wage."""
    organisation = get_object_or_404(queries.organisation_for(request.person, organisation_id))
    context = {
        "organisation": organisation,
        "cards": queries.lines_to_show(organisation, _today(organisation)),
        "refusal": permissions.why_not_set(organisation, by=request.person),
        "back_url": reverse("organisations:organisation", args=[organisation.pk]),
        "back_words": organisation.name,
    }
    return render(request, "rates/card.html", context)


@ASK
@person_needed
def add(request, organisation_id):
    """A new version of the rate card; the older ones stay as they are."""
    organisation = get_object_or_404(queries.may_set(request.person), pk=organisation_id)
    today = _today(organisation)
    initial = {"lines": forms.written(queries.rates_on(organisation, today)), "from_on": today}
    form = forms.CardForm(request.POST or None, initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and _set(request, form, operations.add, organisation, "lines"):
        return redirect("rates:card", organisation.pk)
    context = {
        "form": form, "title": "A new rate card", "submit": "Set it",
        "lead": "The older one stays readable, and old offers keep their rate.",
    }  # fmt: skip
    return _question(request, context, organisation)


@ASK
@person_needed
def start(request, organisation_id):
    """Begin with a published list; it becomes a version of one's own that can be followed by another."""
    organisation = get_object_or_404(queries.may_set(request.person), pk=organisation_id)
    today = _today(organisation)
    starters = queries.starters(organisation, today)
    if not starters:
        messages.info(request, queries.NO_STARTERS.format(many=currency().many))
        return redirect("rates:add", organisation.pk)
    form = forms.StartForm(request.POST or None, starters=starters)
    sent = request.method == "POST" and form.is_valid()
    if sent and _set(request, form, operations.start, organisation, "card_id", on=today):
        return redirect("rates:card", organisation.pk)
    context = {
        "form": form, "title": "Start from a published list", "submit": "Start from this",
        "lead": "Its source stays with it. Change what does not suit you in the next version.",
    }  # fmt: skip
    return _question(request, context, organisation)


def _set(request, form, do, organisation, field, **more):
    """Run one operation once; False with the reason at the field when it was refused."""
    said = dict(form.cleaned_data)
    token = said.pop("once")
    write = {"organisation": organisation, "by": request.person, "at": timezone.now()} | said | more
    try:
        record.once(token=token, do=lambda: do(**write).pk)
    except Refused as stop:
        form.add_error(field, stop.said)
        return False
    return True


def _question(request, context, organisation):
    context |= {"back_url": reverse("rates:card", args=[organisation.pk]), "back_words": "What we pay"}
    return render(request, "design/question.html", context)
