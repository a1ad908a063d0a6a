"""Yearly pages: of an organisation, and of one initiative."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.downloads import download
from alongside.organisations.queries import local_day
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.record import operations as record
from alongside.refusals import Refused
from alongside.reports import forms, operations, permissions, queries
from alongside.reports.states import LISTS, Scope

SETTLES_IN = timedelta(days=90)  # early in a year people come to read about the last one


def _organisation(request, organisation_id):
    return get_object_or_404(queries.read_by(request.person), pk=organisation_id)


def _initiative(request, initiative_id):
    return get_object_or_404(queries.initiatives_read_by(request.person), pk=initiative_id)


def _years(request, organisation):
    """(form, first year, year after the last): as chosen in the address, else the year that has settled."""
    today = local_day(organisation, timezone.now())
    bounds = {"began": local_day(organisation, organisation.made_at).year, "this_year": today.year}
    form = forms.YearsForm(request.GET if request.GET else None, **bounds)
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["from"], form.cleaned_data["to"]
    settled = max((today - SETTLES_IN).year, bounds["began"])
    if not form.is_bound:
        form = forms.YearsForm(initial={"from": settled, "to": settled + 1}, **bounds)
    return form, settled, settled + 1


def _scope(request, organisation, initiative=None):
    form, first, after = _years(request, organisation)
    return form, Scope(organisation, initiative, first, after)


def _page(request, form, scope, name, pk):
    """The yearly page. name: `year` or `initiative`; its list and file stand under the same name."""
    context = {
        "title": f"A year of {scope.name}",
        "form": form,
        "scope": scope,
        "sections": queries.sections(scope, request.person),
        "links": queries.links_of(scope.organisation),
        "may_link": permissions.leads(scope.organisation, by=request.person),
        "list_url": f"reports:{name}_list",
        "pk": pk,
        "file_url": reverse(f"reports:{name}_file", args=[pk]) + scope.asked,
        "initiatives": queries.initiatives_read_by(request.person).filter(organisation=scope.organisation),
    }
    return render(request, "reports/year.html", context)


def _file(scope):
    return download(queries.file_of(scope), f"year-{scope.first}-{scope.after}.csv", "text/csv; charset=utf-8")


def _list(request, scope, key, back):
    rows = queries.behind(scope, key, request.person)
    if rows is None:
        raise Http404
    context = {
        "title": LISTS[key],
        "scope": scope,
        "rows": rows,
        "back_url": back + scope.asked,
        "back_words": f"A year of {scope.name}",
    }
    return render(request, "reports/behind.html", context)


@require_safe
@person_needed
def year(request, organisation_id):
    """The yearly page of an organisation."""
    organisation = _organisation(request, organisation_id)
    form, scope = _scope(request, organisation)
    return _page(request, form, scope, "year", organisation.pk)


@require_safe
@person_needed
def year_file(request, organisation_id):
    """The same figures as a file for a spreadsheet."""
    return _file(_scope(request, _organisation(request, organisation_id))[1])


@require_safe
@person_needed
def year_list(request, organisation_id, key):
    """The rows behind one figure of an organisation."""
    organisation = _organisation(request, organisation_id)
    return _list(request, _scope(request, organisation)[1], key, reverse("reports:year", args=[organisation.pk]))


@require_safe
@person_needed
def initiative(request, initiative_id):
    """The yearly page of one initiative."""
    here = _initiative(request, initiative_id)
    form, scope = _scope(request, here.organisation, here)
    return _page(request, form, scope, "initiative", here.pk)


@require_safe
@person_needed
def initiative_file(request, initiative_id):
    """The same figures of one initiative as a file for a spreadsheet."""
    here = _initiative(request, initiative_id)
    return _file(_scope(request, here.organisation, here)[1])


@require_safe
@person_needed
def initiative_list(request, initiative_id, key):
    """The rows behind one figure of one initiative."""
    here = _initiative(request, initiative_id)
    scope = _scope(request, here.organisation, here)[1]
    return _list(request, scope, key, reverse("reports:initiative", args=[here.pk]))


@ASK
@person_needed
def link(request, organisation_id):
    """Name a policy that the work answers to."""
    organisation = _organisation(request, organisation_id)
    form = forms.LinkForm(request.POST or None)
    refusal = permissions.why_not_link(organisation, by=request.person)
    if request.method == "POST" and form.is_valid() and not refusal:
        said = form.cleaned_data
        record.once(
            token=said.pop("once"),
            do=lambda: (
                operations.link_policy(organisation=organisation, by=request.person, at=timezone.now(), **said).pk
            ),
        )
        messages.success(request, "It stands on the yearly page now.")
        return redirect("reports:year", organisation.pk)
    context = {
        "form": form,
        "title": "What does our work answer to?",
        "lead": "A policy, a plan or a promise that asks for working together. Readers see the figures beside it.",
        "submit": "Put it on the page",
        "refusal": refusal,
        "back_url": reverse("reports:year", args=[organisation.pk]),
        "back_words": f"A year of {organisation.name}",
    }
    return render(request, "reports/question.html", context)


@require_POST
@person_needed
def end_link(request, link_id):
    """Say that the work does not answer to a policy any more."""
    found = get_object_or_404(queries.links_read_by(request.person), pk=link_id)
    try:
        operations.end_link(link_id=found.pk, by=request.person, at=timezone.now())
        messages.success(request, "It does not stand on the yearly page any more.")
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("reports:year", found.organisation_id)
