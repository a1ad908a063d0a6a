"""Pages that look back at money: how long it took, what is late, and the pack for an audit."""

import tempfile

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.audits import forms, operations, permissions, queries
from alongside.audits.states import Scope
from alongside.calculations.times_to_pay import METHOD
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.payments import queries as payments
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.pressing import ASK
from alongside.refusals import Refused

A_PAGE = 100
IN_MEMORY = 8_000_000


def _on(organisation):
    return organisations.local_day(organisation, timezone.now())


@require_safe
@person_needed
def days(request, organisation_id):
    """Days from the work to the money in one quarter: of the whole organisation, of each fund, and beside others."""
    organisation = get_object_or_404(queries.read_by(request.person), pk=organisation_id)
    on = _on(organisation)
    quarters = queries.quarters(organisation, on)
    form = forms.QuarterForm(request.GET or None, quarters=quarters, initial={"quarter": quarters[0].name})
    quarter = form.cleaned_data["quarter"] if form.is_bound and form.is_valid() else quarters[0]
    whole, funds, rows = queries.days_to_pay(organisation, quarter, on, request.person)
    exact = permissions.handles_money(organisation, by=request.person)
    context = {
        "organisation": organisation, "form": form, "quarter": quarter, "whole": whole, "funds": funds, "rows": rows,
        "exact": exact, "on": on, "few": queries.few(organisation), "method": METHOD,
        "later": queries.later_by_wish(organisation, quarter) if exact else 0,
    }  # fmt: skip
    return render(request, "audits/days.html", context)


@require_safe
@person_needed
def days_list(request, organisation_id):
    """The payments behind one number; for who approves or pays."""
    organisation = get_object_or_404(queries.packed_by(request.person), pk=organisation_id)
    on = _on(organisation)
    form = forms.ListForm(request.GET, quarters=queries.quarters(organisation, on), funds=ledger.funds_of(organisation))
    if request.GET and not form.is_valid():
        raise Http404
    quarter, asked, words = form.asked() if request.GET else (queries.quarters(organisation, on)[0], {}, "")
    page = Paginator(queries.listed(organisation, quarter, on, **asked), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation, "page_obj": page, "words": words or quarter.words,
        "back_url": reverse("audits:days", args=[organisation.pk]) + f"?quarter={quarter.name}",
        "back_words": "Days to pay",
    }  # fmt: skip
    return render(request, "audits/list.html", context)


@require_safe
@person_needed
def late(request):
    """What is late, by whose turn it is: one's own, and where the person leads, approves or pays."""
    on = timezone.localdate()
    context = {
        "own": queries.late_to(request.person, on),
        "helps": queries.helps_with_money(request.person),
        "groups": queries.late_for(request.person, on),
        "opens": payments.handles_money(request.person),
        "organisations": queries.read_by(request.person),
        "on": on,
    }
    return render(request, "audits/late.html", context)


@ASK
@second_factor_needed
def pack(request, organisation_id):
    """Choose what an audit pack is about, and take it. The record keeps who took it."""
    organisation = get_object_or_404(queries.packed_by(request.person), pk=organisation_id)
    on, funds = _on(organisation), ledger.funds_of(organisation)
    said = request.POST if request.method == "POST" else None
    quarters = queries.quarters(organisation, on)
    form = forms.PackForm(said, funds=funds, quarters=quarters, initial={"quarter": quarters[0].name})
    if form.is_valid():
        said = form.cleaned_data
        fund = next((each for each in funds if each.pk == said["fund"]), None)
        answer = _taken(request, Scope(organisation, on, fund, said["quarter"]), said["pictures"])
        if answer:
            return answer
    context = {
        "form": form, "organisation": organisation, "submit": "Take the pack",
        "refusal": permissions.why_not_take(organisation, by=request.person),
        "back_url": reverse("audits:days", args=[organisation.pk]), "back_words": "Days to pay",
    }  # fmt: skip
    return render(request, "audits/pack.html", context)


def _taken(request, scope, pictures):
    """The pack as an answer that no browser keeps; None when a rule stands in the way, which is then said."""
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        operations.take(scope=scope, out=out, by=request.person, at=timezone.now(), pictures=pictures)
    except Refused as stop:
        messages.error(request, stop.said)
        return None
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"audit-{scope.name}.zip", content_type="application/zip")
