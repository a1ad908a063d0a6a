"""Pages of runs and statements, for people who approve and pay. Every change asks for the second factor."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations import money, papers
from alongside.calculations.money import amount
from alongside.downloads import download
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.pressing import ASK, press, press_once, question
from alongside.record import operations as record
from alongside.runs import forms, operations, permissions, queries

A_PAGE = 30


def _organisation(request, pk, *kinds):
    found = organisations.organisations_where(request.person, *(kinds or permissions.MONEY))
    return get_object_or_404(found, pk=pk)


def _run(request, pk):
    return get_object_or_404(queries.runs_of(request.person), pk=pk)


def _payers_run(request, pk):
    """A run whose organisation asked the person to pay; 404 for others."""
    shown = _run(request, pk)
    _organisation(request, shown.organisation_id, DutyKind.PAYER)
    return shown


def _currency(request):
    """The site's currency. An address that asks for another one leads nowhere."""
    if request.GET.get("currency", money.code()) != money.code():
        raise Http404
    return money.code()


def _on(organisation):
    return organisations.local_day(organisation, timezone.now())


@require_safe
@person_needed
def every(request):
    """Every run and statement, newest first, and where to begin."""
    if not queries.kept_by(request.person).exists():
        raise Http404
    page = Paginator(queries.runs_of(request.person), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisations": queries.paid_by(request.person),
        "accounts": queries.accounts_of(request.person),
        "page_obj": page,
        "statements": queries.statements_of(request.person)[:A_PAGE],
        "open_lines": queries.open_lines(request.person).count(),
        "back_url": reverse("payments:due"),
        "back_words": "Payments",
    }
    return render(request, "runs/all.html", context)


@ASK
@second_factor_needed
def choose(request, organisation_id):
    """What can be paid now, all of it ticked; one press makes a run of it."""
    organisation = _organisation(request, organisation_id, DutyKind.PAYER)
    currency = _currency(request)
    choice = queries.choice(organisation, currency, request.person, _on(organisation))
    rows = queries.ticks(choice, currency)
    start = {"pay_on": _on(organisation), "chosen": [pk for pk, *_ in rows]}
    form = forms.ChooseForm(request.POST or None, rows=rows, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        pk = press(request, "", lambda **who: record.once(token=said["once"], do=lambda: operations.choose(
            organisation=organisation, currency=currency, payment_ids=said["chosen"], pay_on=said["pay_on"], **who
        ).pk))  # fmt: skip
        return redirect("runs:run", pk) if pk else redirect(request.get_full_path())
    context = {
        "organisation": organisation, "currency": currency, "choice": choice, "form": form,
        "refusal": permissions.why_not_currency(currency) or permissions.why_not_choose(organisation, choice.account, by=request.person),
        "back_url": reverse("runs:all"), "back_words": "Payment runs",
    }  # fmt: skip
    return render(request, "runs/choose.html", context)


@ASK
@second_factor_needed
def account(request, organisation_id):
    """The account that pays, and the file that its bank takes."""
    organisation = _organisation(request, organisation_id, DutyKind.PAYER)
    currency = _currency(request)
    if refusal := permissions.why_not_currency(currency):
        messages.error(request, refusal.said)
        return redirect("runs:all")
    files = queries.bank_files(currency)
    now = queries.account_of(organisation, currency)
    start = {"name": now.name, "bank_file": now.bank_file} if now else {"bank_file": files[0].id}
    form = forms.AccountForm(request.POST or None, currency=currency, files=files, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept = press(request, "We keep this locked.", lambda **who: record.once(
            token=said["once"], do=lambda: operations.set_our_account(organisation=organisation, currency=currency,
            account=form.own_account(), bank_file=said["bank_file"], **who).pk
        ))  # fmt: skip
        return redirect("runs:all") if kept else redirect(request.get_full_path())
    context = {
        "form": form, "title": "The account that pays", "submit": "Keep this", "now": now, "currency": currency,
        "files": files, "back_url": reverse("runs:all"), "back_words": "Payment runs",
    }  # fmt: skip
    return render(request, "runs/account.html", context)


@require_safe
@person_needed
def run(request, run_id):
    """One run: how it stands, whose turn it is, what is in it, and what may be done now."""
    shown = _run(request, run_id)
    on, by = _on(shown.organisation), request.person
    page = Paginator(queries.items_of(shown), queries.MOST_ON_PAGE).get_page(request.GET.get("page"))
    hands = queries.hands_in(shown)
    rows = queries.rows_of(shown, list(page.object_list), on)
    context = {
        "run": shown, "rows": rows, "page_obj": page, "thread": queries.thread_of(shown, on),
        "pointed": sum(bool(row.points) for row in rows), "file": queries.file_of(shown),
        "why_not_confirm": permissions.why_not_confirm(shown, hands, by=by, on=on),
        "why_not_take_out": permissions.why_not_take_out(shown, by=by),
        "why_not_fetch": permissions.why_not_fetch(shown, by=by, on=on),
        "why_not_send": permissions.why_not_send(shown, hands, by=by),
        "why_not_cancel": permissions.why_not_cancel(shown, by=by),
        "day_words": queries.day_words_of(shown, on),
        "form": forms.SentForm(initial={"on": on}),
        "pays": queries.paid_by(by).filter(pk=shown.organisation_id).exists(),
        "back_url": reverse("runs:all"), "back_words": "Payment runs",
    }  # fmt: skip
    return render(request, "runs/run.html", context)


@require_POST
@second_factor_needed
def confirm(request, run_id):
    """The second person says yes."""
    shown = _payers_run(request, run_id)
    press(request, "Confirmed. Whoever pays fetches the file next.", operations.confirm, run_id=shown.pk)
    return redirect("runs:run", shown.pk)


@require_POST
@second_factor_needed
def file(request, run_id):
    """The file for the bank; every fetching is in the record."""
    shown = _payers_run(request, run_id)
    made = press(request, "", operations.fetch, run_id=shown.pk)
    if made is None:
        return redirect("runs:run", shown.pk)
    name = queries.file_name(shown)
    kind = "text/csv; charset=us-ascii" if name.endswith("csv") else "application/xml"
    with made:
        return download(made.read(), name, kind)


@require_POST
@second_factor_needed
def sent(request, run_id):
    """The bank has the file: every payment in it is sent."""
    shown = _payers_run(request, run_id)
    form = forms.SentForm(request.POST)
    if form.is_valid():
        press(request, "Sent. Each person can see it.", operations.send, run_id=shown.pk, on=form.cleaned_data["on"])
    else:
        messages.error(request, form.errors["on"][0])
    return redirect("runs:run", shown.pk)


@ASK
@second_factor_needed
def cancel(request, run_id):
    """Give the payments back, so that another run can pay them; once the file was fetched, with how that is known."""
    shown = _payers_run(request, run_id)
    form = forms.CancelForm(request.POST or None, fetched=bool(shown.taken_at))
    if press_once(
        request,
        form,
        partial(operations.cancel, run_id=shown.pk),
        told="Cancelled. What was in it can be paid by another run.",
    ):
        return redirect("runs:run", shown.pk)
    context = {
        "form": form, "title": f"Cancel run {shown.number}?", "submit": "Cancel this run", "run": shown,
        "refusal": permissions.why_not_cancel(shown, by=request.person), "template": "runs/cancel.html",
    }  # fmt: skip
    return question(request, context, "runs:run", f"Run {shown.number}", shown.pk)


@ASK
@second_factor_needed
def back(request, run_id, item_id):
    """Say that the bank sent one payment of a run back, when no statement says so."""
    shown = _payers_run(request, run_id)
    item = get_object_or_404(queries.items_of(shown), pk=item_id)
    form = forms.BackForm(request.POST or None)
    if press_once(
        request,
        form,
        partial(operations.say_back, item_id=item.pk),
        told="It is owed again. The person and who leads were told.",
    ):
        return redirect("runs:run", shown.pk)
    context = {
        "form": form, "title": "The bank sent it back", "submit": "It came back",
        "lead": f"{item.payment.to.shown_name}, {amount(item.pence, shown.currency)}, reference {item.code}.",
        "refusal": permissions.why_not_say_back(shown, item, by=request.person), "template": "runs/question.html",
    }  # fmt: skip
    return question(request, context, "runs:run", f"Run {shown.number}", shown.pk)


@require_POST
@second_factor_needed
def take_out(request, run_id, item_id):
    """Take one payment out of a run that nobody has confirmed."""
    shown = _payers_run(request, run_id)
    item = get_object_or_404(queries.items_of(shown), pk=item_id)
    press(request, "Taken out. It can be paid by another run.", operations.take_out, item_id=item.pk)
    return redirect("runs:run", shown.pk)


def _closed_run(request, run_id):
    shown = _run(request, run_id)
    if not shown.sha256:
        raise Http404
    return shown


@require_safe
@person_needed
def cover(request, run_id):
    """The cover of a run, to print and to lay beside the bank's own list."""
    shown = _closed_run(request, run_id)
    context = {"run": shown, "facts": queries.cover_facts(shown), "rows": queries.cover_rows(shown)}
    context |= {"back_url": reverse("runs:run", args=[shown.pk]), "back_words": f"Run {shown.number}"}
    return render(request, "runs/cover.html", context)


@require_safe
@person_needed
def cover_pdf(request, run_id):
    """The cover as a PDF."""
    shown = _closed_run(request, run_id)
    try:
        made = papers.pdf("sheet", queries.cover_paper(shown))
    except papers.CannotSet as stop:
        messages.error(request, str(stop))
        return redirect("runs:cover", shown.pk)
    return download(made, f"run-{shown.number}-{shown.code}-cover.pdf", "application/pdf")


@ASK
@second_factor_needed
def statement_in(request, organisation_id):
    """Bring in a statement of the bank."""
    organisation = _organisation(request, organisation_id, DutyKind.PAYER)
    form = forms.StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        if kept := press(request, "", operations.bring_in, organisation=organisation, data=data):
            return redirect("runs:statement", kept.pk)
    context = {"form": form, "title": "Bring in what the bank says", "submit": "Read it", "organisation": organisation}
    context |= {"back_url": reverse("runs:all"), "back_words": "Payment runs"}
    return render(request, "runs/statement_in.html", context)


@require_safe
@person_needed
def statement(request, statement_id):
    """What a statement said: paid, sent back, to look at, not read."""
    shown = get_object_or_404(queries.statements_of(request.person), pk=statement_id)
    pays = queries.paid_by(request.person).filter(pk=shown.organisation_id).exists()
    asks = [
        (row, forms.LineForm(candidates=choices, auto_id=f"id_{row.pk}_%s") if pays else None)
        for row, choices in queries.asks_of(shown)
    ]
    context = {
        "statement": shown, "answer": shown.kind == queries.ANSWER, "found": queries.found_in(shown), "asks": asks, "back_url": reverse("runs:all"),
        "back_words": "Payment runs",
    }  # fmt: skip
    return render(request, "runs/statement.html", context)


@require_POST
@second_factor_needed
def line(request, line_id):
    """Say what one line is."""
    shown = get_object_or_404(queries.lines_to_see(request.person), pk=line_id)
    _organisation(request, shown.organisation_id, DutyKind.PAYER)
    form = forms.LineForm(request.POST, candidates=queries.candidates(shown))
    if form.is_valid():
        press(request, "Thank you.", operations.settle_line, line_id=shown.pk, code=form.cleaned_data["code"])
    else:
        messages.error(request, form.errors["code"][0])
    return redirect("runs:statement", shown.statement_id)
