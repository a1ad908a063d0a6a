"""A person's whole record, from all rooms: to take away in open files, or to have erased."""

import io
import json
import re
import zipfile
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.calculations.sheets import safe_rows
from alongside.config import wiring
from alongside.design.forms import Form
from alongside.design.states import day_words
from alongside.downloads import download
from alongside.people import operations as people
from alongside.people import permissions
from alongside.people.permissions import person_needed
from alongside.refusals import Refused


def tables_about(person):
    """{title: rows} from every room that is wired; titles of one name are laid one after the other."""
    tables = {}
    for about_me in wiring.ABOUT_ME:
        for title, rows in about_me(person).items():
            tables.setdefault(heading_words(title), []).extend(as_rows(rows))
    return tables


def as_rows(told):
    """What a room tells under one title, as rows {heading: value}: a list of rows, of plain values, or one value."""
    if not isinstance(told, list | tuple):
        told = [] if told is None or told == "" else [told]
    return [
        {heading_words(heading): value for heading, value in row.items()} if isinstance(row, dict) else {"What": row}
        for row in told
    ]


def in_words(value):
    """A value as a reader wants it: days in full, yes and no, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{day_words(local.date())}, {local:%H:%M}"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, list | tuple | set):
        return ", ".join(map(in_words, value))
    return str(value)


def heading_words(name):
    """A title or heading as a reader wants it: `pay_kind` is “Pay kind”."""
    words = str(name).replace("_", " ")
    return words[:1].upper() + words[1:]


def headings(rows):
    """The headings of all rows, in the order they first came up."""
    return list(dict.fromkeys(heading for row in rows for heading in row))


def as_csv(rows):
    """One table as text with commas."""
    lines = [[in_words(row.get(heading)) for heading in headings(rows)] for row in rows]
    return "\ufeff" + safe_rows([headings(rows), *lines])


def as_json(tables, at):
    """All tables as one JSON text; times as ISO 8601."""
    return json.dumps(
        {"made": at, "tables": tables},
        ensure_ascii=False,
        indent=2,
        default=lambda value: value.isoformat() if isinstance(value, date) else str(value),
    )


def as_page(tables, at):
    """All tables as one page that any browser opens without us."""
    sections = [
        (title, headings(rows), [[in_words(row.get(heading)) for heading in headings(rows)] for row in rows])
        for title, rows in tables.items()
        if rows
    ]
    return render_to_string("people/record_file.html", {"sections": sections, "at": at})


def files_about(person):
    """(name, bytes) of each file that rooms keep of a person."""
    return [file for files in wiring.FILES_ABOUT_ME for file in files(person)]


def packed(tables, at, more=()):
    """The bytes of a zip: record.html to read, record.json and a CSV a table for other programs; more: (name, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("record.html", as_page(tables, at))
        files.writestr("record.json", as_json(tables, at))
        for title, rows in tables.items():
            if rows:
                files.writestr(f"{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}.csv", as_csv(rows))
        for name, data in more:
            files.writestr(name, data)
    return out.getvalue()


@person_needed
@require_http_methods(["GET", "HEAD", "POST"])
def my_record(request):
    """Say what is in the record and how much; a press hands it over as one file."""
    refusal = permissions.why_not_alone(request.person, by=request.person)
    tables = {} if refusal else tables_about(request.person)
    if request.method == "POST" and not refusal:
        return download(packed(tables, timezone.now(), files_about(request.person)), "my-record.zip", "application/zip")
    counts = [(title, len(rows)) for title, rows in tables.items()]
    return render(request, "people/record.html", {"refusal": refusal, "counts": counts})


class SureForm(Form):
    sure = forms.BooleanField(label="Yes, erase me", error_messages={"required": "Tick this if you are sure."})


@person_needed
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request):
    """Two steps: what goes and what stays; then the question whether they are sure."""
    refusal = permissions.why_not_alone(request.person, by=request.person)
    if refusal or (request.method != "POST" and "sure" not in request.GET):
        return _erase_page(request, refusal)
    form = SureForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/erase_sure.html", {"form": form})
    try:
        people.erase(person_id=request.person.pk, by=request.person, at=timezone.now(), also=wiring.ERASING)
    except Refused as stop:
        return _erase_page(request, stop.refusal)
    return _gone(request)


def _erase_page(request, refusal):
    return render(request, "people/erase.html", {"refusal": refusal, "money_years": settings.MONEY_YEARS})


def _gone(request):
    """The last page: they are signed out, and nothing names them any more."""
    logout(request)
    request.person = None
    response = render(request, "people/erased.html")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
