"""Pages of claims, receipts, the list of costs and the log."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations.sheets import safe_rows
from alongside.claims import forms, operations, permissions, queries
from alongside.claims.states import ClaimState, LineKind
from alongside.contributions import queries as contributions
from alongside.downloads import download
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 60


def _day(text):
    """The day in an address; 404 for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _gathering(request, gathering_id):
    found = queries.gathering_for(request.person, gathering_id)
    if found is None:
        raise Http404
    return found


def _at(gathering):
    """A gathering as the place of a claim."""
    return {"initiative": gathering.initiative, "activity_on": queries.day_of(gathering), "gathering": gathering}


def _page(request, template, context, back, back_words, *args):
    context |= {"back_url": reverse(back, args=args), "back_words": back_words}
    return render(request, template, context)


# --- one's own ---


def _paged(request, rows):
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


@require_safe
@person_needed
def mine(request):
    """Where I may claim, what I claimed, and receipts that wait."""
    person, on = request.person, timezone.localdate()
    context = {
        "places": queries.places(person, on), "tables": queries.tables_of(person),
        "page_obj": _paged(request, queries.claims_of(person)), "waiting": queries.waiting_receipts(person),
    }  # fmt: skip
    return render(request, "claims/mine.html", context)


@ASK
@person_needed
def send(request, gathering_id):
    """One page after a gathering: what the work pays, what it cost, and send."""
    place = _at(_gathering(request, gathering_id))
    return _send(request, place, reverse("claims:receipt_add", args=[gathering_id]))


@ASK
@person_needed
def other_day(request, initiative_id):
    """Which day, for costs without a gathering."""
    initiative = get_object_or_404(queries.tables_of(request.person), pk=initiative_id)
    form = forms.DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("claims:send_other", initiative.pk, form.cleaned_data["on"].isoformat())
    context = {"form": form, "title": "Claim costs of a day", "lead": initiative.name, "submit": "Continue"}
    return _page(request, "claims/question.html", context, "claims:mine", "My costs")


@ASK
@person_needed
def send_other(request, initiative_id, day):
    """As after a gathering, for another day at one's table."""
    initiative = get_object_or_404(queries.tables_of(request.person), pk=initiative_id)
    place = {"initiative": initiative, "activity_on": _day(day), "gathering": None}
    return _send(request, place, reverse("claims:receipt_add_other", args=[initiative.pk, day]))


def _costs_form(request, kind, place, person, **more):
    """The form of costs for a day, with the list and the mileage that hold on it."""
    organisation, on = place["initiative"].organisation, place["activity_on"]
    held = queries.items_on(organisation, on)
    return kind(request.POST or None, held=held, mileage=queries.mileage_on(organisation, held, on), **more)


def _send(request, place, receipt_url):
    person = request.person
    where = (place["initiative"], place["activity_on"], place["gathering"])
    work, waiting = queries.work_for(person, *where), list(queries.waiting_receipts(person, *where))
    way = next((offer.method for offer in work if offer.method in permissions.WAYS[:2]), "") or queries.last_way(person)
    form = _costs_form(request, forms.CostsForm, place, person, waiting=waiting, initial={"method": way})
    refusal = permissions.why_not_claim(
        person, by=person, entitled=queries.entitled(person, where[0], where[2]), activity_on=where[1],
        today=organisations.local_day(where[0].organisation, timezone.now()), gathering=where[2],
    )  # fmt: skip
    sends = request.method == "POST" and not refusal and form.is_valid()
    if sends and (sent := _sent(request, form, operations.send, to=person, **place, **form.costs())):
        return redirect("claims:claim", sent)
    context = place | {
        "form": form, "work": work, "waiting": waiting, "refusal": refusal, "receipt_url": receipt_url,
        "pence": sum(offer.accepted_pence for offer in work), "held": queries.claimed_on(person, *where[:2]),
        "brought": 0 if work else contributions.costs_on_day(person, *where[:2]),
    }  # fmt: skip
    return _page(request, "claims/send.html", context, "claims:mine", "My costs")


@ASK
@person_needed
def before(request, gathering_id):
    """What it will cost to come to a gathering, asked for before the day."""
    return _before(request, _at(_gathering(request, gathering_id)))


@ASK
@person_needed
def before_offer(request, offer_id):
    """What it will cost to do the work of an offer, asked for before its day."""
    offer = get_object_or_404(contributions.offers_to(request.person), pk=offer_id)
    place = {"initiative": offer.initiative, "activity_on": offer.activity_on, "gathering": None}
    return _before(request, place, ("contributions:offer", "The offer", offer.pk))


def _before(request, place, back=("claims:mine", "My costs")):
    person, where = request.person, (place["initiative"], place["activity_on"], place["gathering"])
    today = organisations.local_day(where[0].organisation, timezone.now())
    refusal = permissions.why_not_before(
        person, by=person, asked=queries.asked_before(person, *where), activity_on=where[1], today=today,
        gathering=where[2],
    )  # fmt: skip
    form = _costs_form(request, forms.BeforeForm, place, person, offers=queries.to_take_early(person, *where))
    asked = request.method == "POST" and not refusal and form.is_valid()
    if asked and (made := _sent(request, form, operations.ask_before, to=person, **place, **form.costs())):
        return redirect("claims:claim", made)
    context = place | {
        "form": form, "refusal": refusal, "held": queries.claimed_on(person, *where[:2]), "to": None,
        "by_day": queries.day_before(*where[:2], today),
    }  # fmt: skip
    return _page(request, "claims/before.html", context, *back)


def _sent(request, form, do, field=None, **facts):
    """The key of what was sent, by this press or an earlier one; None with the reason in the form, at a field or above."""
    facts |= {"by": request.person, "at": timezone.now()}
    try:
        return record.once(token=form.cleaned_data["once"], do=lambda: do(**facts).pk)
    except Refused as stop:
        form.add_error(field, stop.said)
        return None


@require_safe
@person_needed
def claim(request, claim_id):
    """One claim: its lines, how it stands, what can be done; prints as it is."""
    shown = get_object_or_404(queries.claims_visible_to(request.person), pk=claim_id)
    yours, offer = shown.to_id == request.person.pk, shown.offer
    lines = list(queries.lines_of(shown))
    context = {
        "claim": shown, "yours": yours, "rest": queries.rest_of(shown),
        "lines": [(line, yours or line.kind != LineKind.RECEIPT) for line in lines],
        "work": [line for line in lines if line.kind == LineKind.WORK],
        "thread": queries.thread_of(offer, request.person, timezone.localdate()) if offer else None,
        "why_not_yes": permissions.why_not_answer(shown, ClaimState.SENT, by=request.person),
        "why_not_back": permissions.why_not_take_back(shown, by=request.person),
        "why_not_note": permissions.why_not_answer_for(shown, ClaimState.SENT, by=request.person, words="-"),
        "waits": shown.state == ClaimState.ASKED, "sent": shown.state == ClaimState.SENT,
        "why_not_spent": permissions.why_not_say_spent(shown, by=request.person, today=organisations.local_day(shown.initiative.organisation, timezone.now())),
    }  # fmt: skip
    back = ("claims:mine", "My costs") if yours else ("claims:at_table", "Costs", shown.initiative_id)
    return _page(request, "claims/claim.html", context, *back)


@require_POST
@person_needed
def confirm(request, claim_id):
    """It is right."""
    get_object_or_404(queries.claims_of(request.person), pk=claim_id)
    press(request, "Thank you. It is on its way to be paid.", operations.confirm, claim_id=claim_id)
    return redirect("claims:claim", claim_id)


@require_POST
@person_needed
def set_aside(request, claim_id):
    """It is not right."""
    get_object_or_404(queries.claims_of(request.person), pk=claim_id)
    press(request, "It is set aside. Nothing is paid for it.", operations.set_aside, claim_id=claim_id)
    return redirect("claims:claim", claim_id)


@ASK
@person_needed
def spent(request, claim_id):
    """What it cost in the end, of money that came before the day."""
    shown = get_object_or_404(queries.claims_visible_to(request.person), pk=claim_id)
    today = organisations.local_day(shown.initiative.organisation, timezone.now())
    refusal = permissions.why_not_say_spent(shown, by=request.person, today=today)
    form = forms.SpentForm(request.POST or None, initial={"pence": shown.spent_pence})
    if request.method == "POST" and not refusal and form.is_valid():
        pence = form.cleaned_data["pence"]
        press(request, "Thank you. It is written down.", operations.say_spent, claim_id=shown.pk, pence=pence)
        return redirect("claims:claim", shown.pk)
    context = {"form": form, "refusal": refusal, "title": "What did it cost?", "submit": "Write it down"}
    return _page(request, "claims/question.html", context, "claims:claim", "The claim", shown.pk)


@require_POST
@person_needed
def take_back(request, claim_id):
    """Take one's claim back, to send it again put right."""
    get_object_or_404(queries.claims_of(request.person), pk=claim_id)
    press(request, "You took it back. You can send a new one.", operations.take_back, claim_id=claim_id)
    return redirect("claims:claim", claim_id)


# --- receipts ---


@ASK
@person_needed
def receipt_add(request, gathering_id):
    """A picture of a receipt for a gathering."""
    place = _at(_gathering(request, gathering_id))
    return _receipt(request, place, reverse("claims:send", args=[gathering_id]))


@ASK
@person_needed
def receipt_add_other(request, initiative_id, day):
    """A picture of a receipt for another day at one's table."""
    initiative = get_object_or_404(queries.tables_of(request.person), pk=initiative_id)
    place = {"initiative": initiative, "activity_on": _day(day), "gathering": None}
    return _receipt(request, place, reverse("claims:send_other", args=[initiative.pk, day]))


def _receipt(request, place, back):
    form = forms.ReceiptForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said, file = form.cleaned_data, form.cleaned_data["file"]
        facts = place | {"words": said["words"], "pence": said["pence"], "name": file.name, "data": file.read()}
        if _sent(request, form, operations.add_receipt, "file", **facts):
            return redirect(back)
    context = {
        "form": form, "title": "Add a receipt", "submit": "Add it", "back_url": back, "back_words": "Your claim",
        "lead": "Where and with what it was taken is thrown away. You can see it, and the people who approve and pay until some days after your money came.",
    }  # fmt: skip
    return render(request, "claims/question.html", context)


@require_safe
@person_needed
def receipt(request, receipt_id):
    """The picture itself."""
    shown = get_object_or_404(
        queries.receipts_visible_to(request.person, timezone.localdate()), pk=receipt_id, thrown_at=None
    )
    data = queries.read_file(shown.file)
    if data is None:
        raise Http404
    names = {"Content-Disposition": f'inline; filename="receipt-{shown.pk}.jpg"'}
    return HttpResponse(data, content_type="image/jpeg", headers=names)


@require_POST
@person_needed
def receipt_drop(request, receipt_id):
    """Throw away a receipt that was not sent."""
    get_object_or_404(queries.receipts_of(request.person), pk=receipt_id)
    press(request, "The receipt is thrown away.", operations.drop_receipt, receipt_id=receipt_id)
    return redirect("claims:mine")


@require_safe
@person_needed
def checks(request):
    """For who approves or pays: costs with their sums and receipts, and nothing of why."""
    if not queries.checks_money(request.person):
        raise Http404
    page = _paged(request, queries.costs_to_check(request.person))
    rows = queries.with_proof(page.object_list, timezone.localdate())
    return render(request, "claims/checks.html", {"page_obj": page, "rows": rows})


@require_safe
@person_needed
def proof(request, offer_id):
    """For who approves or pays: the receipts behind one sum of costs."""
    shown = get_object_or_404(queries.costs_to_check(request.person), offer=offer_id)
    return render(request, "claims/checks.html", {"rows": queries.with_proof([shown], timezone.localdate())})


# --- for who leads or keeps notes ---


def _noted(request, initiative_id):
    return get_object_or_404(initiatives.noted_by(request.person), pk=initiative_id)


@require_safe
@person_needed
def at_table(request, initiative_id):
    """Claims of one table, and the way to write down costs for somebody."""
    initiative = _noted(request, initiative_id)
    context = {"initiative": initiative, "page_obj": _paged(request, queries.claims_at(initiative))}
    return _page(request, "claims/at_table.html", context, "front:initiative", initiative.name, initiative.pk)


@ASK
@person_needed
def write_who(request, initiative_id):
    """For whom, and for which day."""
    initiative = _noted(request, initiative_id)
    seats = initiatives.seated(initiative).exclude(person=request.person)
    form = forms.WhoForm(request.POST or None, people=[(seat.person_id, seat.person.shown_name) for seat in seats])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return redirect("claims:write_down", initiative.pk, said["to"], said["on"].isoformat())
    context = {"form": form, "title": "Write down somebody’s costs", "submit": "Continue"}
    context["lead"] = "For costs that somebody told you by phone, on paper or in person."
    return _page(request, "claims/question.html", context, "claims:at_table", "Costs", initiative.pk)


@ASK
@person_needed
def write_down(request, initiative_id, person_id, day):
    """What somebody paid on a day, as they told it."""
    initiative, on = _noted(request, initiative_id), _day(day)
    seat = get_object_or_404(initiatives.seated(initiative).exclude(person=request.person), person=person_id)
    today = organisations.local_day(initiative.organisation, timezone.now())
    there, kind, template = queries.gathering_on, forms.ForSomebodyForm, "claims/write_down.html"
    if on > today:
        there, kind, template = queries.gathering_to_come, forms.BeforeForSomebodyForm, "claims/before.html"
    place = {"initiative": initiative, "activity_on": on, "gathering": there(seat.person, initiative, on)}
    form = _costs_form(request, kind, place, seat.person)
    writes = request.method == "POST" and form.is_valid()
    if writes and (made := _sent(request, form, operations.write_down, to=seat.person, **place, **form.costs())):
        return redirect("claims:claim", made)
    context = place | {"form": form, "to": seat.person, "by_day": queries.day_before(initiative, on, today)}
    return _page(request, template, context, "claims:at_table", "Costs", initiative.pk)


@ASK
@person_needed
def asked(request, claim_id):
    """Note what the person said when they were asked whether it is right."""
    shown = get_object_or_404(queries.claims_noted_by(request.person), pk=claim_id)
    form = forms.AskedForm(request.POST or None)
    refusal = permissions.why_not_answer_for(shown, ClaimState.NOT_RIGHT, by=request.person, words="-")
    if request.method == "POST" and form.is_valid():
        said = {"claim_id": shown.pk, "words": form.cleaned_data["words"]}
        if form.cleaned_data["answer"] == "yes":
            channel = form.cleaned_data["channel"]
            press(request, "It is noted, and owed.", operations.confirm_for, channel=channel, **said)
        else:
            press(request, "It is noted, and set aside.", operations.set_aside, **said)
        return redirect("claims:claim", shown.pk)
    context = {"form": form, "refusal": refusal, "title": f"Ask {shown.to.shown_name}", "submit": "Note it"}
    context["lead"] = "Somebody else than who wrote it down asks."
    return _page(request, "claims/question.html", context, "claims:claim", "The claim", shown.pk)


# --- the list of costs ---


@require_safe
@person_needed
def costs(request, organisation_id):
    """What this organisation pays back without a receipt, and what it paid before."""
    organisation = get_object_or_404(queries.organisation_for(request.person, organisation_id))
    on = organisations.local_day(organisation, timezone.now())
    lists = list(queries.lists_of(organisation))
    items = list(queries.items_of(lists))
    current = queries.list_on(organisation, on)
    held = [item for item in items if item.list_id == (current.pk if current else None)]
    context = {
        "organisation": organisation, "mileage": queries.mileage_on(organisation, held, on),
        "lists": [(each, [item for item in items if item.list_id == each.pk], each == current) for each in lists],
        "refusal": permissions.why_not_set_costs(organisation, by=request.person),
    }  # fmt: skip
    return render(request, "claims/costs.html", context)


@ASK
@person_needed
def costs_new(request, organisation_id):
    """A new version of the list; the first begins with what others pay."""
    organisation = get_object_or_404(queries.may_set_costs(request.person), pk=organisation_id)
    on = organisations.local_day(organisation, timezone.now())
    held = [(item.words, item.per, item.pence) for item in queries.items_on(organisation, on)]
    lines = forms.written(held or queries.starters(organisation))
    form = forms.CostListForm(request.POST or None, initial={"lines": lines, "from_on": on})
    if request.method == "POST" and form.is_valid():
        facts = {"organisation": organisation, "by": request.person, "at": timezone.now()} | form.cleaned_data
        token = facts.pop("once")
        try:
            record.once(token=token, do=lambda: operations.add_costs(**facts).pk)
        except Refused as stop:
            form.add_error("lines", stop.said)
        else:
            return redirect("claims:costs", organisation.pk)
    lead = "The older list stays readable." if held else "We filled in what others pay. Change it to what you agree."
    context = {"form": form, "title": "Set the list of costs", "lead": lead, "submit": "Set it"}
    return _page(request, "claims/question.html", context, "claims:costs", "The list of costs", organisation.pk)


# --- the log ---


@require_safe
@person_needed
def log(request):
    """What I gave, and how it was paid or not; each kind apart."""
    entries = list(queries.log_of(request.person))
    page, totals = _paged(request, entries), queries.own_totals(entries)
    context = {"rows": [(entry, queries.pay_of(entry)) for entry in page], "page_obj": page, "totals": totals}
    return _page(request, "claims/log.html", context, "claims:mine", "My costs")


@ASK
@person_needed
def log_new(request):
    """Write down what one gave; half a minute."""
    tables, offers = list(queries.tables_of(request.person)), queries.offers_to_log(request.person)
    today = timezone.localdate()
    initial = {"on": today, "pay": forms.UNPAID, "initiative": tables[0].pk if tables else ""}
    form = forms.LogForm(request.POST or None, tables=tables, offers=offers, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.entry() | {"by": request.person, "today": today, "at": timezone.now()}
        try:
            record.once(token=form.cleaned_data["once"], do=lambda: operations.log(**facts).pk)
        except Refused as stop:
            form.add_error(None, stop.said)
        else:
            messages.success(request, "It is written down.")
            return redirect("claims:log")
    context = {"form": form, "title": "What did you do?", "submit": "Write it down"}
    context["lead"] = "Nobody approves this. It is yours."
    return _page(request, "claims/question.html", context, "claims:log", "What I gave")


@require_POST
@person_needed
def log_away(request, entry_id):
    """Take away an entry of one's own."""
    get_object_or_404(queries.log_of(request.person), pk=entry_id)
    press(request, "It is taken away.", operations.let_go, entry_id=entry_id)
    return redirect("claims:log")


@require_safe
@person_needed
def log_file(request):
    """One's own log as a file for a spreadsheet."""
    rows = [queries.log_row(entry) for entry in queries.log_of(request.person)]
    lines = [[row[heading] for heading in queries.LOG_HEADINGS] for row in rows]
    text = safe_rows([queries.LOG_HEADINGS, *lines])
    return download(text.encode("utf-8-sig"), "what-i-gave.csv", "text/csv; charset=utf-8")


@require_safe
@person_needed
def log_at(request, initiative_id):
    """For who leads: how the work at this table was paid or not, each kind apart, small numbers hidden."""
    initiative = get_object_or_404(contributions.led_by(request.person), pk=initiative_id)
    totals, piles_up = queries.totals(initiative, initiative.organisation.small_number)
    context = {"initiative": initiative, "totals": list(totals.items()), "piles_up": piles_up}
    return _page(request, "claims/log_at.html", context, "front:initiative", initiative.name, initiative.pk)
