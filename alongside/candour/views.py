"""Pages of what an initiative says openly about itself."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations import papers
from alongside.candour import forms, operations, permissions, queries
from alongside.candour.states import DISSENT_ROWS, DISSENT_SHEET
from alongside.downloads import download
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press_once
from alongside.refusals import Refused


def _read(request, initiative_id):
    """(initiative, whether the reader sits inside) of an initiative whose page the reader may open; else not found."""
    here = get_object_or_404(queries.initiatives_read_by(request.person), pk=initiative_id)
    return here, queries.is_inside(here, request.person)


def _page(request, initiative_id, sheet_id):
    here, inside = _read(request, initiative_id)
    page = queries.page_of(here, sheet_id, inside=inside)
    if page is None:
        raise Http404
    return page


@require_safe
def sheets(request, initiative_id):
    """Every sheet of an initiative that the reader may open, with how much is said."""
    here, inside = _read(request, initiative_id)
    context = {
        "initiative": here,
        "inside": inside,
        "sheets": queries.sheets_of(here, inside=inside),
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "candour/sheets.html", context)


@require_safe
def sheet(request, initiative_id, sheet_id):
    """One sheet: each question, what is said, since when, and what was said before."""
    page = _page(request, initiative_id, sheet_id)
    context = {
        "page": page,
        "refusal": permissions.why_not_say(page.initiative, by=request.person),
        "back_url": reverse("candour:sheets", args=[page.initiative.pk]),
        "back_words": "All sheets",
    }
    return render(request, "candour/sheet.html", context)


@require_safe
def disagree(request, initiative_id):
    """To whom somebody at the table can say that they disagree, and what happens then; in one tap from the initiative."""
    page = _page(request, initiative_id, DISSENT_SHEET)
    context = {
        "page": page,
        "rows": [said for said in page.rows if said.row.id in DISSENT_ROWS],
        "refusal": permissions.why_not_say(page.initiative, by=request.person),
        "back_url": reverse("front:initiative", args=[page.initiative.pk]),
        "back_words": page.initiative.name,
    }
    return render(request, "candour/disagree.html", context)


@require_safe
def paper(request, initiative_id, sheet_id):
    """One sheet as a PDF; when it cannot be set, its page, which prints, with the reason."""
    page = _page(request, initiative_id, sheet_id)
    try:
        return download(queries.pdf_of(page), "open-sheet.pdf", "application/pdf")
    except papers.CannotSet as stop:
        messages.error(request, str(stop))
        return redirect("candour:sheet", initiative_id, sheet_id)


@require_safe
def file(request, initiative_id, sheet_id):
    """One sheet for a spreadsheet."""
    page = _page(request, initiative_id, sheet_id)
    return download(queries.file_of(page), "open-sheet.csv", "text/csv; charset=utf-8")


# --- answering ---


def _asked(request, initiative_id, sheet_id):
    """(initiative, sheet) for who answers for the table; else not found."""
    here = get_object_or_404(queries.initiatives_said_by(request.person), pk=initiative_id)
    found = queries.sheet(sheet_id)
    if found is None:
        raise Http404
    return here, found


@ASK
@person_needed
def say(request, initiative_id, sheet_id, row_id):
    """One question, one page."""
    here, found = _asked(request, initiative_id, sheet_id)
    row = queries.row(found, row_id)
    if row is None:
        raise Http404
    newest = queries.newest(here, found.id, row.id)
    kept = {"choice": newest.choice, "words": newest.words, "seen": newest.pk} if newest else {}
    form = forms.AnswerForm(request.POST or None, choices=row.choices, initial=kept)
    if press_once(request, form, partial(operations.say, initiative=here, sheet=found, row=row), "words"):
        return redirect("candour:sheet", here.pk, found.id)
    context = {
        "form": form,
        "row": row,
        "outside": found.id in queries.shown(here),
        "title": row.words,
        "lead": row.helps,
        "submit": "Keep this",
        "back_url": reverse("candour:sheet", args=[here.pk, found.id]),
        "back_words": found.words,
    }
    return render(request, "candour/say.html", context)


def _move(request, initiative_id, sheet_id, *, outside, told):
    here, found = _asked(request, initiative_id, sheet_id)
    try:
        operations.show(initiative=here, sheet=found, outside=outside, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    else:
        messages.success(request, told)
    return redirect("candour:sheet", here.pk, found.id)


@require_POST
@person_needed
def show(request, initiative_id, sheet_id):
    """Show one sheet to anybody who may open the initiative's page."""
    told = "Everybody who can open the page of this initiative can now read this sheet. Nobody is named as its writer."
    return _move(request, initiative_id, sheet_id, outside=True, told=told)


@require_POST
@person_needed
def hide(request, initiative_id, sheet_id):
    """Keep one sheet at the table again."""
    told = "Only the table reads this sheet now. Who has read it before may remember it."
    return _move(request, initiative_id, sheet_id, outside=False, told=told)


# --- all initiatives of an organisation ---


@require_safe
@person_needed
def organisation(request, organisation_id):
    """How much the initiatives of an organisation say, and who decides about their money."""
    here = get_object_or_404(queries.organisations_read_by(request.person), pk=organisation_id)
    context = {
        "organisation": here,
        "overview": queries.overview_of(here, request.person),
        "back_url": reverse("organisations:organisation", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "candour/organisation.html", context)
