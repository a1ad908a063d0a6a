"""Pages of offers and answers."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.contributions import forms, operations, permissions, queries
from alongside.contributions.states import Method, OfferState
from alongside.design.states import Answer
from alongside.design.templatetags.design import pounds, short_day
from alongside.people.permissions import person_needed
from alongside.rates import queries as rates
from alongside.record import operations as record
from alongside.refusals import Refused

ASK = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Way:
    """One way to answer: its word in the address, what it says, its form, and the state that it leads to."""

    word: str
    title: str
    says: str
    form: type
    state: str
    pence: int | None = None


WAYS = {
    way.word: way
    for way in (
        Way("yes", "Yes", "I do it, and take the money.", forms.YesForm, OfferState.ACCEPTED),
        Way("part", "Yes, for less", "I do it, and take a smaller sum.", forms.PartForm, OfferState.PART),
        Way("no-money", "Yes, without money", "I do it, and want no money.", forms.NoForm, OfferState.PART, 0),
        Way("give", "Yes, and give the money away", "It goes to whom I name.", forms.GiveForm, OfferState.GIVEN),
        Way("later", "Ask me later", "I am not sure yet.", forms.LaterForm, OfferState.LATER),
        Way("no", "No, thank you", "I do not do it.", forms.NoForm, OfferState.DECLINED),
    )
}
WITH_MONEY = {"part", "no-money", "give"}


def ways_for(offer):
    """The ways in which this offer can be answered now; without money there is nothing to divide."""
    ways = [way for way in WAYS.values() if offer.pence or way.word not in WITH_MONEY]
    return [way for way in ways if offer.state != OfferState.DONE or way.word not in {"later", "no"}]


def _on(offer):
    return queries.local_day(timezone.now(), offer.initiative.organisation)


# --- the person's own ---


@require_safe
@person_needed
def mine(request):
    """What was offered to me and where each stands."""
    offers = queries.offers_to(request.person)
    rows = [(o, queries.thread_of(o, viewer=request.person, on=_on(o))) for o in offers]
    return render(request, "contributions/mine.html", {"rows": rows})


@require_safe
@person_needed
def offer(request, offer_id):
    """One offer with its thread; the person sees the ways to answer, who leads sees where it stands."""
    shown = get_object_or_404(queries.offers_visible_to(request.person), pk=offer_id)
    yours = shown.to_id == request.person.pk
    context = {
        "offer": shown,
        "yours": yours,
        "unanswered": shown.state == OfferState.MADE,
        "takes_less": shown.accepted_pence is not None and shown.accepted_pence < shown.pence,
        "by_bank": shown.method == Method.BANK,
        "thread": queries.thread_of(shown, viewer=request.person, on=_on(shown)),
        "ways": ways_for(shown),
        "why_not_answer": permissions.why_not_change_answer(shown, by=request.person),
        "why_not_done": permissions.why_not_say_done(shown, by=request.person, on=shown.activity_on, today=_on(shown)),
        "why_not_take_back": permissions.why_not_take_back_done(shown, by=request.person),
        "why_not_replace": permissions.why_not_replace(shown, by=request.person),
        "benefits": queries.benefit_words(shown.initiative.organisation) if yours else None,
        "newer": queries.replaced_by(shown),
        "due": queries.due_day(shown),
        "back_url": reverse("contributions:mine")
        if yours
        else reverse("contributions:offers", args=[shown.initiative_id]),
        "back_words": "My work" if yours else "Offers",
    }
    return render(request, "contributions/offer.html", context)


@ASK
@person_needed
def answer(request, offer_id, answer):
    """One way to answer, with what it needs to know and nothing else."""
    shown = get_object_or_404(queries.offers_to(request.person), pk=offer_id)
    way = next((way for way in ways_for(shown) if way.word == answer), None)
    if way is None:
        raise Http404
    methods = forms.method_choices(queries.method_words())
    form = way.form(request.POST or None, methods=methods, offer=shown)
    if request.method == "POST" and (form.is_valid() or not form.fields):
        return _answered(request, shown, way, form.cleaned_data if form.fields else {})
    context = {
        "form": form, "title": way.title, "lead": way.says, "submit": way.title, "offer": shown,
        "refusal": permissions.why_not_change_answer(shown, by=request.person),
        "back_url": reverse("contributions:offer", args=[shown.pk]), "back_words": "The offer",
    }  # fmt: skip
    return render(request, "contributions/answer.html", context)


def _answered(request, shown, way, said):
    said = {"pence": way.pence} | said
    try:
        operations.answer(offer_id=shown.pk, state=way.state, by=request.person, at=timezone.now(), **said)
    except Refused as stop:
        messages.error(request, f"{stop.refusal.words} {stop.refusal.help}".strip())
    else:
        messages.success(request, f"You said: {way.title}. You can change this until the money is approved.")
    return redirect("contributions:offer", shown.pk)


@ASK
@person_needed
def done(request, offer_id):
    """The day on which the work was done."""
    shown = get_object_or_404(queries.offers_visible_to(request.person), pk=offer_id)
    form = forms.DoneForm(request.POST or None, initial={"on": min(shown.activity_on, _on(shown))})
    refusal = permissions.why_not_say_done(shown, by=request.person, on=_on(shown), today=_on(shown))
    if request.method == "POST" and form.is_valid() and not refusal:
        try:
            operations.say_done(offer_id=shown.pk, by=request.person, at=timezone.now(), **form.cleaned_data)
        except Refused as stop:
            form.add_error("on", stop.refusal.words)
        else:
            messages.success(request, "Thank you. The work is done, and the money is on the list.")
            return redirect("contributions:offer", shown.pk)
    context = {
        "form": form,
        "title": "The work is done",
        "lead": shown.task,
        "submit": "It is done",
        "refusal": refusal,
    }
    return _question(request, context, "contributions:offer", shown.pk, "The offer")


@require_POST
@person_needed
def not_done(request, offer_id):
    """Take back that it was done."""
    shown = get_object_or_404(queries.offers_visible_to(request.person), pk=offer_id)
    try:
        operations.take_back_done(offer_id=shown.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.refusal.words)
    return redirect("contributions:offer", shown.pk)


def _question(request, context, back, pk, back_words):
    context |= {"back_url": reverse(back, args=[pk]), "back_words": back_words}
    return render(request, "contributions/question.html", context)


# --- for who leads ---


@require_safe
@person_needed
def offers(request, initiative_id):
    """All offers of one initiative."""
    initiative = get_object_or_404(queries.led_by(request.person), pk=initiative_id)
    rows = list(queries.offers_of(initiative))
    context = {
        "initiative": initiative, "rows": rows, "back_url": reverse("front:initiative", args=[initiative.pk]),
        "back_words": initiative.name,
    }  # fmt: skip
    return render(request, "contributions/offers.html", context)


def _choices(initiative, by):
    """What an offer can choose from: lines of today's rate card, approvers. Also both by key."""
    on = queries.local_day(timezone.now(), initiative.organisation)
    lines = {str(line.pk): line for line in rates.rates_on(initiative.organisation, on)}
    approvers = {str(duty.person.pk): duty.person for duty in queries.approvers(initiative.organisation)}
    shown = {
        "lines": [(pk, f"{line.words}: {pounds(line.pence)}, {line.get_unit_display()}") for pk, line in lines.items()],
        "approvers": [(pk, person.shown_name) for pk, person in approvers.items()],
    }
    return shown, lines, approvers


def _terms(form, lines, approvers):
    """What the form says, as the operation takes it."""
    said = dict(form.cleaned_data)
    said["line"] = lines.get(said["line"])
    said["approver"] = approvers.get(said["approver"])
    said["costs_pence"] = said["costs_pence"] or 0
    return said


def _people(initiative, by):
    return {str(seat.person.pk): seat.person for seat in queries.seats_to_offer(initiative, by)}


@ASK
@person_needed
def make(request, initiative_id):
    """Write an offer; look at it; send it."""
    initiative = get_object_or_404(queries.led_by(request.person), pk=initiative_id)
    shown, lines, approvers = _choices(initiative, request.person)
    people = _people(initiative, request.person)
    names = [(pk, person.shown_name) for pk, person in people.items()]
    form = forms.OfferForm(
        request.POST or None, people=names, initial={"ask_words": request.person.shown_name}, **shown
    )
    if request.method == "POST" and form.is_valid():
        terms = _terms(form, lines, approvers)
        to = people[terms.pop("to")]
        return _look_or_send(request, form, terms, initiative, to)
    return _offer_page(request, form, initiative, "Make an offer")


def _offer_page(request, form, initiative, title):
    context = {
        "form": form,
        "title": title,
        "submit": "Look at it first",
        "lead": "Written before the work, so that nobody has to ask.",
    }
    context["initiative"] = initiative
    context["no_rates"] = len(form.fields["line"].choices) == 1
    return _question(request, context, "contributions:offers", initiative.pk, "Offers")


def _look_or_send(request, form, terms, initiative, to, old=None):
    """The page that shows an offer before it is sent; the offer itself when that page was pressed."""
    token = terms.pop("once")
    try:
        if "change" in request.POST:
            return _offer_page(request, form, initiative, "Make an offer")
        if "sure" not in request.POST:
            seen = operations.preview(initiative=initiative, to=to, by=request.person, **terms)
            return _look(request, form, seen, to)
        made = record.once(token=token, do=lambda: _send(initiative, to, request.person, terms, old).pk)
    except Refused as stop:
        form.add_error(None, f"{stop.refusal.words} {stop.refusal.help}".strip())
        return _offer_page(request, form, initiative, "Make an offer")
    return redirect("contributions:offer", made)


def _send(initiative, to, by, terms, old):
    at = timezone.now()
    if old:
        return operations.replace_offer(offer_id=old.pk, by=by, at=at, **terms)
    return operations.make_offer(initiative=initiative, to=to, by=by, at=at, **terms)


def _look(request, form, seen, to):
    answers = [
        Answer("Who is it for?", to.shown_name), Answer("What is the work?", seen["task"]),
        Answer("Which day?", short_day(seen["activity_on"])), Answer("What does it pay?", f"{pounds(seen['pay_pence'])}. {seen['rate_words']}"),
        Answer("Costs", f"{pounds(seen['costs_pence'])} {seen['costs_words']}".strip()), Answer("In all", pounds(seen["pence"])),
        Answer("Who approves it?", seen["approver_words"]), Answer("There by", short_day(seen["promised_on"])),
        Answer("Who can they ask?", seen["ask_words"]),
    ]  # fmt: skip
    context = {"form": form.hidden(), "answers": answers, "title": "Look at your offer", "wage": seen["wage"]}
    return render(request, "contributions/look.html", context)


@ASK
@person_needed
def replace(request, offer_id):
    """A new offer in place of this one."""
    old = get_object_or_404(queries.offers_led_by(request.person), pk=offer_id)
    shown, lines, approvers = _choices(old.initiative, request.person)
    initial = {
        name: getattr(old, name)
        for name in ("task", "activity_on", "minutes", "costs_pence", "costs_words", "ask_words")
    }
    form = forms.ReplaceForm(request.POST or None, initial=initial | {"line": old.line_id}, **shown)
    if request.method == "POST" and form.is_valid():
        return _look_or_send(request, form, _terms(form, lines, approvers), old.initiative, old.to, old)
    return _offer_page(request, form, old.initiative, "Make a new offer")


@ASK
@person_needed
def cash(request, initiative_id):
    """Cash for today."""
    initiative = get_object_or_404(queries.led_by(request.person), pk=initiative_id)
    people = _people(initiative, request.person)
    form = forms.CashForm(request.POST or None, people=[(pk, person.shown_name) for pk, person in people.items()])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        give = {"initiative": initiative, "to": people[said["to"]], "pence": said["pence"], "by": request.person}
        try:
            made = record.once(token=said["once"], do=lambda: operations.offer_cash_today(at=timezone.now(), **give).pk)
        except Refused as stop:
            form.add_error(None, stop.refusal.words)
        else:
            return redirect("contributions:offer", made)
    context = {
        "form": form,
        "title": "Cash for today",
        "lead": "No reason is asked, and none is kept.",
        "submit": "Offer it",
    }
    return _question(request, context, "contributions:offers", initiative.pk, "Offers")
