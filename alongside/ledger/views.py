"""Pages of the people who keep funds, and of those who keep the book, the box of cash and the drawer of vouchers."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.ledger import forms, operations, permissions, queries
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.pressing import ASK, press
from alongside.record import operations as record

A_PAGE = 60


def _once(request, form, told, do):
    """Run one operation for the first press of a form; True when it went through, else its reason is shown."""
    said = dict(form.cleaned_data)
    token = said.pop("once")
    return press(request, told, lambda **who: record.once(token=token, do=lambda: do(**said, **who)))


def _asked(request, form):
    return request.method == "POST" and form.is_valid()


def _question(request, form, title, submit, back, back_words, *args):
    context = {"form": form, "title": title, "submit": submit, "back_url": reverse(back, args=args)}
    return render(request, "design/question.html", context | {"back_words": back_words})


def _kept(request, organisation_id):
    return get_object_or_404(queries.kept_by(request.person), pk=organisation_id)


def _booked(request, organisation_id):
    return get_object_or_404(queries.books_of(request.person), pk=organisation_id)


# --- funds and lines ---


@require_safe
@person_needed
def funds(request, organisation_id):
    """Every line: whole, promised, owed, paid, left; and every fund with its days."""
    organisation = _kept(request, organisation_id)
    on = organisations.local_day(organisation, timezone.now())
    context = {
        "organisation": organisation,
        "rows": queries.fund_rows(organisation),
        "covers": queries.covers(organisation, on),
        "sees_book": queries.books_of(request.person).filter(pk=organisation.pk).exists(),
        "back_url": reverse("front:today"),
        "back_words": "Today",
    }
    return render(request, "ledger/funds.html", context)


@ASK
@person_needed
def fund_add(request, organisation_id):
    """Write down a fund and its first lines."""
    organisation = _kept(request, organisation_id)
    form = forms.FundForm(request.POST or None)
    if _asked(request, form) and _once(request, form, "The fund is written down.", lambda **said: (
        operations.add_fund(organisation=organisation, **said).pk
    )):  # fmt: skip
        return redirect("ledger:funds", organisation.pk)
    return _question(request, form, "A new fund", "Write it down", "ledger:funds", "Funds", organisation.pk)


@ASK
@person_needed
def line_add(request, fund_id):
    """Write down one line more."""
    fund = get_object_or_404(queries.funds_kept_by(request.person), pk=fund_id)
    form = forms.LineForm(request.POST or None)
    if _asked(request, form) and _once(request, form, "The line is written down.", lambda **said: (
        operations.add_line(fund=fund, **said).pk
    )):  # fmt: skip
        return redirect("ledger:funds", fund.organisation_id)
    title = f"A new line of {fund.name}"
    return _question(request, form, title, "Write it down", "ledger:funds", "Funds", fund.organisation_id)


@ASK
@person_needed
def days(request, fund_id):
    """Change the days between which a fund may be spent."""
    fund = get_object_or_404(queries.funds_kept_by(request.person), pk=fund_id)
    form = forms.DaysForm(request.POST or None, initial={"from_on": fund.from_on, "to_on": fund.to_on})
    if _asked(request, form) and press(request, "The days are changed.", lambda **who: (
        operations.change_days(fund_id=fund.pk, **form.cleaned_data, **who)
    )):  # fmt: skip
        return redirect("ledger:funds", fund.organisation_id)
    return _question(request, form, f"The days of {fund.name}", "Keep", "ledger:funds", "Funds", fund.organisation_id)


# --- the book ---


@require_safe
@person_needed
def book(request, organisation_id):
    """Sums and every transaction, newest first."""
    organisation = _booked(request, organisation_id)
    page = Paginator(queries.transactions_of(organisation), A_PAGE).get_page(request.GET.get("page"))
    entries = list(queries.entries_of([row.pk for row in page.object_list]))
    sums = queries.sums(organisation)
    context = {
        "organisation": organisation,
        "sums": sums,
        "all_sums": sum(row["pence"] for row in sums),
        "page_obj": page,
        "rows": [(row, [e for e in entries if e.transaction_id == row.pk]) for row in page.object_list],
        "back_url": reverse("ledger:funds", args=[organisation.pk]),
        "back_words": "Funds",
    }
    return render(request, "ledger/book.html", context)


# --- the box of cash ---


@require_safe
@person_needed
def cash(request, fund_id):
    """What a box of cash holds, and everything that happened to it."""
    fund = get_object_or_404(queries.funds_of_books(request.person), pk=fund_id)
    page = Paginator(queries.float_moves_of(fund), A_PAGE).get_page(request.GET.get("page"))
    context = {"fund": fund, "holds": queries.float_holds(fund), "page_obj": page}
    context["rows"] = queries.float_rows(list(page.object_list))
    context |= {"back_url": reverse("ledger:funds", args=[fund.organisation_id]), "back_words": "Funds"}
    return render(request, "ledger/cash.html", context)


@ASK
@second_factor_needed
def cash_move(request, fund_id):
    """Put cash in, take it out, hand it on or count it, with a second person there."""
    fund = get_object_or_404(queries.funds_of_books(request.person), pk=fund_id)
    members = organisations.members_of(fund.organisation).exclude(person=request.person)
    form = forms.CashForm(request.POST or None, people=[(row.person_id, row.person.shown_name) for row in members])
    if _asked(request, form) and _once(request, form, "It is written down.", lambda second, **said: (
        operations.move_float(fund_id=fund.pk, second=people.person(second), **said).pk
    )):  # fmt: skip
        return redirect("ledger:cash", fund.pk)
    return _question(request, form, f"The cash of {fund.name}", "Write it down", "ledger:cash", "The cash", fund.pk)


# --- for who was written down as having been there ---


@require_safe
@person_needed
def there(request):
    """Where I was written down as having been there, and what I say of it."""
    page = Paginator(queries.named_in(request.person), A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": queries.named_rows(list(page.object_list))}
    return render(request, "ledger/there.html", context | {"back_url": reverse("front:today"), "back_words": "Today"})


@require_POST
@person_needed
def say_there(request, presence_id):
    """Say that I was there, or that it is not so."""
    presence = get_object_or_404(queries.named_in(request.person), pk=presence_id)
    if request.POST.get("there") not in ("yes", "no"):
        return redirect("ledger:there")
    yes = request.POST["there"] == "yes"
    told = (
        "Thank you. It is confirmed."
        if yes
        else "Thank you. Whoever leads and whoever pays are told that it is not so."
    )
    press(request, told, lambda **who: operations.say_whether_there(presence_id=presence.pk, yes=yes, **who))
    return redirect("ledger:there")


# --- the drawer of vouchers ---


@require_safe
@person_needed
def vouchers(request, organisation_id):
    """Vouchers that were bought, handed out, and left."""
    organisation = _booked(request, organisation_id)
    page = Paginator(queries.batches_of(organisation), A_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "page_obj": page, "funds": queries.funds_of(organisation)}
    context |= {"back_url": reverse("ledger:funds", args=[organisation.pk]), "back_words": "Funds"}
    return render(request, "ledger/vouchers.html", context)


@ASK
@second_factor_needed
def vouchers_buy(request, fund_id):
    """Write down vouchers that were bought."""
    fund = get_object_or_404(queries.funds_of_books(request.person), pk=fund_id)
    form = forms.VouchersForm(request.POST or None)
    if _asked(request, form) and _once(request, form, "They are in the drawer.", lambda **said: (
        operations.buy_vouchers(fund=fund, **said).pk
    )):  # fmt: skip
        return redirect("ledger:vouchers", fund.organisation_id)
    title = f"Vouchers bought from {fund.name}"
    return _question(request, form, title, "Write it down", "ledger:vouchers", "Vouchers", fund.organisation_id)


# --- days off ---


@ASK
@person_needed
def days_off(request, organisation_id):
    """Days that are no working days of a promise; and add some."""
    organisation = _kept(request, organisation_id)
    form = forms.DaysOffForm(request.POST or None)
    if _asked(request, form) and _once(request, form, "The days are written down.", lambda **said: (
        operations.add_days_off(organisation=organisation, **said) or "kept"
    )):  # fmt: skip
        return redirect("ledger:days_off", organisation.pk)
    context = {"form": form, "days": queries.days_off(organisation), "organisation": organisation, "submit": "Add them"}
    context |= {"back_url": reverse("ledger:funds", args=[organisation.pk]), "back_words": "Funds"}
    return render(request, "ledger/days_off.html", context)


@require_safe
@person_needed
def bank_holidays(request, organisation_id):
    """Choose a place and a year, and see what would be written down."""
    organisation = _kept(request, organisation_id)
    year = organisations.local_day(organisation, timezone.now()).year
    places = queries.bank_holiday_places(organisation)
    chosen = {"place": places[0][0], "year": year}
    form = forms.BankHolidaysForm(request.GET or None, initial=chosen, places=places, years=range(year, year + 3))
    context = {"form": form, "organisation": organisation}
    context |= {"back_url": reverse("ledger:days_off", args=[organisation.pk]), "back_words": "Days off"}
    if form.is_bound and form.is_valid():
        holidays, rows = queries.bank_holidays(organisation, **form.cleaned_data)
        refusal = permissions.why_not_bank_holidays(holidays, form.cleaned_data["year"], rows)
        yes = None if refusal else forms.BankHolidaysYesForm(initial=form.cleaned_data, places=places)
        context |= {"holidays": holidays, "rows": rows, "refusal": refusal, "yes": yes, **form.cleaned_data}
    return render(request, "ledger/bank_holidays.html", context)


@require_POST
@person_needed
def bank_holidays_add(request, organisation_id):
    """Say yes to the days that were shown."""
    organisation = _kept(request, organisation_id)
    form = forms.BankHolidaysYesForm(request.POST, places=queries.bank_holiday_places(organisation))
    if not form.is_valid():
        return redirect("ledger:bank_holidays", organisation.pk)
    _once(request, form, "The days are written down.", lambda **said: (
        operations.add_bank_holidays(organisation=organisation, **said)
    ))  # fmt: skip
    return redirect("ledger:days_off", organisation.pk)


@require_POST
@person_needed
def day_off_drop(request, organisation_id, day_off_id):
    """Say that a day is a working day after all."""
    organisation = _kept(request, organisation_id)
    press(request, "It is a working day.", lambda **who: operations.drop_day_off(
        day_off_id=day_off_id, organisation=organisation, **who
    ))  # fmt: skip
    return redirect("ledger:days_off", organisation.pk)
