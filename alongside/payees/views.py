"""Pages about where my money goes, and for people who confirm a new account."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.payees import forms, operations, queries
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.pressing import ASK, press
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 60
KEPT = "We keep this locked. Only its last figures are shown."


@ASK
@person_needed
def payee(request):
    """Where my money goes, and what waits to be confirmed."""
    form = forms.PayeeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token = said.pop("once")
        press(request, KEPT, lambda **who: record.once(
            token=token, do=lambda: operations.set_payee(person=request.person, **said, **who).pk
        ))  # fmt: skip
        return redirect("payees:payee")
    context = {"form": form, "title": "Your bank details", "submit": "Keep these", "code": forms.CodeForm()}
    context |= {"payee": queries.payee_of(request.person), "waiting": queries.waiting_of(request.person)}
    context |= {"back_url": reverse("front:today"), "back_words": "Today"}
    return render(request, "payees/payee.html", context)


@require_POST
@person_needed
def code(request):
    """Confirm my new details by the code."""
    waiting, form = queries.waiting_of(request.person), forms.CodeForm(request.POST)
    if waiting is None or not form.is_valid():
        messages.error(request, "Type the six figures of the code.")
        return redirect("payees:payee")
    try:
        right = operations.confirm_by_code(
            payee_id=waiting.pk, by=request.person, at=timezone.now(), **form.cleaned_data
        )
    except Refused as stop:
        messages.error(request, stop.said)
        return redirect("payees:payee")
    if right:
        messages.success(request, "Confirmed. Your money goes there from now on.")
    else:
        messages.error(request, "That was another code. Look at it again.")
    return redirect("payees:payee")


@require_POST
@person_needed
def drop(request):
    """Forget where my money goes."""
    press(request, "Forgotten.", operations.drop_payee, person=request.person)
    return redirect("payees:payee")


@require_POST
@person_needed
def take_back(request):
    """Take my new details back before they count."""
    press(request, "Taken back. What was there stays.", operations.drop_waiting, person=request.person)
    return redirect("payees:payee")


@require_POST
@person_needed
def stand_by(request):
    """Say that my details are right as they are."""
    press(request, "Thank you. Money goes there again.", operations.stand_by, person=request.person)
    return redirect("payees:payee")


@require_safe
@person_needed
def to_confirm(request):
    """New accounts that wait for somebody who talked with the person."""
    page = Paginator(queries.to_confirm(request.person), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": queries.with_new_ways(list(page.object_list)),
        "back_url": reverse("front:today"),
        "back_words": "Today",
    }
    return render(request, "payees/to_confirm.html", context)


@require_POST
@second_factor_needed
def confirm(request, payee_id):
    """Say that I talked with the person and these are their details."""
    shown = get_object_or_404(queries.to_confirm(request.person), pk=payee_id)
    press(request, "Confirmed. Their money goes there from now on.", operations.confirm_seen, payee_id=shown.pk)
    return redirect("payees:to_confirm")
