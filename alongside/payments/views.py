"""Pages of the people who approve and pay, of the person whose money it is, and of the book."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.contributions import queries as offers
from alongside.organisations.states import DutyKind
from alongside.payments import forms, operations, permissions, queries
from alongside.payments.states import Means, PaymentState
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.record import operations as record
from alongside.refusals import Refused

ASK = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 60


def _on(organisation):
    return offers.local_day(timezone.now(), organisation)


def _offer(request, offer_id, *kinds):
    """An offer whose money the person helps to pay, by one of these duties; 404 for anybody else."""
    return get_object_or_404(queries.offers_of_money(request.person, *kinds), pk=offer_id)


def _mine(request, offer_id):
    return get_object_or_404(queries.offers_with_money_to(request.person), pk=offer_id)


def _try(request, told, do, **facts):
    """Run one operation; say what happened, or why it did not. True when it did."""
    try:
        do(by=request.person, at=timezone.now(), **facts)
    except Refused as stop:
        messages.error(request, f"{stop.refusal.words} {stop.refusal.help}".strip())
        return False
    messages.success(request, told)
    return True


def _question(request, context, back, back_words, *args):
    context |= {"back_url": reverse(back, args=args), "back_words": back_words}
    return render(request, "payments/question.html", context)


# --- for people who approve and pay ---


@require_safe
@person_needed
def due(request):
    """Everything that waits, soonest promise first; then what arrived lately."""
    if not queries.handles_money(request.person):
        raise Http404
    page = Paginator(queries.owed_to_see(request.person), A_PAGE).get_page(request.GET.get("page"))
    on = timezone.localdate()
    context = {
        "page_obj": page,
        "claims": queries.claims(page.object_list, on),
        "paid": queries.claims(queries.paid_to_see(request.person), on),
        "books": queries.books_of(request.person),
    }
    return render(request, "payments/due.html", context)


@require_safe
@person_needed
def claim(request, offer_id):
    """One payment: who, how much, how, by when, whose turn, and what may be done now."""
    shown = _offer(request, offer_id)
    on = _on(shown.initiative.organisation)
    found, payee, by = queries.claim(shown, on), queries.payee_of(shown.to), request.person
    payment = found.payment
    context = {
        "claim": found,
        "payee": payee,
        "by_bank": shown.method == Means.BANK,
        "why_not_approve": permissions.why_not_approve(shown, payment, by=by, payee=payee),
        "why_not_send": permissions.why_not_send(shown, payment, by=by, on=on, payee=payee),
        "why_not_show": permissions.why_not_show_details(shown, payment, by=by)
        or permissions.why_not_show_again(payment, by=by),
        "why_not_hold": permissions.why_not_hold(shown, payment, by=by, words="-"),
        "why_not_release": permissions.why_not_release(shown, payment, by=by),
        "why_not_arrive": permissions.why_not_arrive(shown, payment, by=by),
        "back_url": reverse("payments:due"),
        "back_words": "Payments",
    }
    context["reason"] = _now_refused(context)
    return render(request, "payments/claim.html", context)


def _now_refused(context):
    """The Refusal that belongs to the present step: of approving while due, of sending while approved."""
    steps = {PaymentState.DUE: "why_not_approve", PaymentState.APPROVED: "why_not_send"}
    return context.get(steps.get(context["claim"].state, ""))


@ASK
@second_factor_needed
def approve(request, offer_id):
    """Approve one payment, after one more look."""
    shown = _offer(request, offer_id, DutyKind.APPROVER)
    found, payee = queries.claim(shown, _on(shown.initiative.organisation)), queries.payee_of(shown.to)
    form = forms.ApproveForm(request.POST or None, funds=queries.funds_of(shown.initiative.organisation))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token = said.pop("once")
        told = "Approved. Somebody else pays it next."
        _try(request, told, lambda **who: record.once(
            token=token, do=lambda: operations.approve(offer_id=shown.pk, **said, **who).pk
        ))  # fmt: skip
        return redirect("payments:claim", shown.pk)
    refusal = permissions.why_not_approve(shown, found.payment, by=request.person, payee=payee)
    context = {"form": form, "title": "Approve this payment", "submit": "Approve it", "refusal": refusal}
    context["claim"] = found
    return _question(request, context, "payments:claim", "The payment", shown.pk)


@require_POST
@second_factor_needed
def account(request, offer_id):
    """The whole account, once, on a page that no browser keeps."""
    shown = _offer(request, offer_id, DutyKind.PAYER)
    try:
        details = operations.show_details(offer_id=shown.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, f"{stop.refusal.words} {stop.refusal.help}".strip())
        return redirect("payments:claim", shown.pk)
    context = {"details": details, "claim": queries.claim(shown, _on(shown.initiative.organisation))}
    return render(request, "payments/account.html", context)


@ASK
@second_factor_needed
def send(request, offer_id):
    """Mark an approved payment as sent, or handed over."""
    shown = _offer(request, offer_id, DutyKind.PAYER)
    on = _on(shown.initiative.organisation)
    found, payee = queries.claim(shown, on), queries.payee_of(shown.to)
    form = forms.SendForm(request.POST or None, initial={"on": on})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token = said.pop("once")
        _try(request, "Sent. The person can see it.", lambda **who: record.once(
            token=token, do=lambda: operations.send(offer_id=shown.pk, **said, **who).pk
        ))  # fmt: skip
        return redirect("payments:claim", shown.pk)
    refusal = permissions.why_not_send(shown, found.payment, by=request.person, on=on, payee=payee)
    context = {"form": form, "title": "Mark this as sent", "submit": "It is sent", "refusal": refusal}
    context["claim"] = found
    return _question(request, context, "payments:claim", "The payment", shown.pk)


@ASK
@person_needed
def hold(request, offer_id):
    """Put a payment on hold, with words for the person."""
    shown = _offer(request, offer_id)
    form = forms.HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = "On hold. The person reads why."
        _try(request, told, operations.hold, offer_id=shown.pk, **form.cleaned_data)
        return redirect("payments:claim", shown.pk)
    refusal = permissions.why_not_hold(shown, queries.payment_of(shown), by=request.person, words="-")
    context = {"form": form, "title": "Put this on hold", "submit": "Put it on hold", "refusal": refusal}
    return _question(request, context, "payments:claim", "The payment", shown.pk)


@require_POST
@person_needed
def release(request, offer_id):
    """Let a held payment go on."""
    shown = _offer(request, offer_id)
    _try(request, "It goes on. It is approved anew.", operations.release, offer_id=shown.pk)
    return redirect("payments:claim", shown.pk)


@ASK
@person_needed
def arrived(request, offer_id):
    """Say from the bank's statement that it arrived."""
    shown = _offer(request, offer_id)
    refusal = permissions.why_not_arrive(shown, queries.payment_of(shown), by=request.person)
    return _arrived(request, shown, refusal, "payments:claim")


def _arrived(request, shown, refusal, back):
    form = forms.ArriveForm(request.POST or None, initial={"on": _on(shown.initiative.organisation)})
    if request.method == "POST" and form.is_valid():
        _try(request, "Thank you. It arrived.", operations.arrive, offer_id=shown.pk, **form.cleaned_data)
        return redirect(back, shown.pk)
    context = {"form": form, "title": "It arrived", "submit": "It arrived", "refusal": refusal}
    return _question(request, context, back, "The payment", shown.pk)


@require_safe
@person_needed
def slip(request, offer_id):
    """The receipt, for the books."""
    return _receipt(request, _offer(request, offer_id), "payments:claim")


def _receipt(request, shown, back):
    payment = queries.payment_of(shown)
    if payment is None or payment.state not in (PaymentState.SENT, PaymentState.PAID):
        messages.error(request, "There is a receipt once the money is sent.")
        return redirect(back, shown.pk)
    context = {"offer": shown, "payment": payment, "payee": queries.payee_of(shown.to)}
    context |= {"back_url": reverse(back, args=[shown.pk]), "back_words": "The payment"}
    return render(request, "payments/receipt.html", context)


@require_safe
@person_needed
def book(request, organisation_id):
    """Funds, sums and every transaction, newest first."""
    organisation = get_object_or_404(queries.books_of(request.person), pk=organisation_id)
    page = Paginator(queries.transactions_of(organisation), A_PAGE).get_page(request.GET.get("page"))
    entries = list(queries.entries_of([row.pk for row in page.object_list]))
    count, pence = offers.promised_pence(organisation)
    sums = queries.sums(organisation)
    context = {
        "organisation": organisation,
        "funds": queries.fund_rows(organisation),
        "sums": sums,
        "all_sums": sum(row["pence"] for row in sums),
        "page_obj": page,
        "rows": [(row, [e for e in entries if e.transaction_id == row.pk]) for row in page.object_list],
        "promised": {"count": count, "pence": pence},
        "back_url": reverse("payments:due"),
        "back_words": "Payments",
    }
    return render(request, "payments/book.html", context)


@ASK
@person_needed
def fund_add(request, organisation_id):
    """Write down a fund."""
    organisation = get_object_or_404(queries.books_of(request.person), pk=organisation_id)
    form = forms.FundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token = said.pop("once")
        if _try(request, "The fund is in the book.", lambda **who: record.once(
            token=token, do=lambda: operations.open_fund(organisation=organisation, **said, **who).pk
        )):  # fmt: skip
            return redirect("payments:book", organisation.pk)
    context = {"form": form, "title": "A new fund", "submit": "Write it down"}
    return _question(request, context, "payments:book", "The book", organisation.pk)


# --- for the person whose money it is ---


@require_safe
@person_needed
def mine(request):
    """Where is my money: one line for each sum."""
    lines = queries.where_is_my_money(request.person, timezone.localdate())
    return render(request, "payments/mine.html", {"lines": lines, "payee": queries.payee_of(request.person)})


@require_safe
@person_needed
def my_payment(request, offer_id):
    """One sum on its way to me: the thread, whose turn, by when, and what I can do."""
    shown = _mine(request, offer_id)
    on = _on(shown.initiative.organisation)
    found, by = queries.claim(shown, on), request.person
    payment = found.payment
    context = {
        "offer": shown,
        "claim": found,
        "thread": offers.thread_of(shown, viewer=by, on=on),
        "payee": queries.payee_of(by),
        "by_bank": shown.method == Means.BANK,
        "has_receipt": shown.sent_on is not None,
        "why_not_wait": permissions.why_not_hold(shown, payment, by=by, words="-"),
        "why_not_go_on": permissions.why_not_release(shown, payment, by=by),
        "why_not_arrive": permissions.why_not_arrive(shown, payment, by=by),
        "back_url": reverse("payments:mine"),
        "back_words": "My money",
    }
    return render(request, "payments/my_payment.html", context)


@ASK
@person_needed
def wait(request, offer_id):
    """Ask for my money to wait."""
    shown = _mine(request, offer_id)
    form = forms.WaitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = "It waits. It stays yours, and you can let it go on at any time."
        _try(request, told, operations.hold, offer_id=shown.pk, **form.cleaned_data)
        return redirect("payments:my_payment", shown.pk)
    refusal = permissions.why_not_hold(shown, queries.payment_of(shown), by=request.person, words="-")
    context = {"form": form, "title": "Let it wait", "submit": "Let it wait", "refusal": refusal}
    return _question(request, context, "payments:my_payment", "My money", shown.pk)


@require_POST
@person_needed
def go_on(request, offer_id):
    """Let my money go on."""
    shown = _mine(request, offer_id)
    _try(request, "It goes on. It is approved next.", operations.release, offer_id=shown.pk)
    return redirect("payments:my_payment", shown.pk)


@ASK
@person_needed
def i_have_it(request, offer_id):
    """Say that my money arrived."""
    shown = _mine(request, offer_id)
    refusal = permissions.why_not_arrive(shown, queries.payment_of(shown), by=request.person)
    return _arrived(request, shown, refusal, "payments:my_payment")


@require_safe
@person_needed
def receipt(request, offer_id):
    """My receipt, to print."""
    return _receipt(request, _mine(request, offer_id), "payments:my_payment")


@ASK
@person_needed
def payee(request):
    """Where my money goes."""
    form = forms.PayeeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        token = said.pop("once")
        told = "We keep this locked. Only its last figures are shown."
        _try(request, told, lambda **who: record.once(
            token=token, do=lambda: operations.set_payee(person=request.person, **said, **who).pk
        ))  # fmt: skip
        return redirect("payments:payee")
    context = {
        "form": form,
        "title": "Your bank details",
        "submit": "Keep these",
        "payee": queries.payee_of(request.person),
    }
    context |= {"back_url": reverse("payments:mine"), "back_words": "My money"}
    return render(request, "payments/payee.html", context)


@require_POST
@person_needed
def payee_drop(request):
    """Forget where my money goes."""
    _try(request, "Forgotten.", operations.drop_payee, person=request.person)
    return redirect("payments:payee")
