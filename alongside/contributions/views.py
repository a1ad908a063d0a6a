"""Pages of offers and answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.calculations import papers
from alongside.contributions import forms, operations, permissions, queries
from alongside.contributions.states import YES, Method, OfferState, When
from alongside.design.states import Answer
from alongside.design.templatetags.design import pounds, short_day
from alongside.downloads import download
from alongside.initiatives import queries as initiatives
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.rates import queries as rates
from alongside.record import operations as record
from alongside.refusals import Refused

A_PAGE = 30
STARTS = ("task", "fund_line")


def _on(offer):
    return organisations.local_day(offer.initiative.organisation, timezone.now())


# --- the person's own ---


@require_safe
@person_needed
def mine(request):
    """What was offered to me and where each stands."""
    page = Paginator(queries.offers_to(request.person), A_PAGE).get_page(request.GET.get("page"))
    parts = queries.parts_by_offer(page.object_list)
    rows = [(o, queries.thread_of(o, viewer=request.person, on=_on(o), parts=parts[o.pk])) for o in page]
    return render(request, "contributions/mine.html", {"rows": rows, "page_obj": page})


@require_safe
@person_needed
def offer(request, offer_id):
    """One offer with its thread; the person sees the ways to answer, who leads sees where it stands."""
    shown = get_object_or_404(queries.offers_visible_to(request.person), pk=offer_id)
    parts = list(queries.parts_of(shown))
    context = _facts(shown, parts, request.person) | _rules(shown, request.person)
    context["thread"] = queries.thread_of(shown, viewer=request.person, on=_on(shown), parts=parts)
    return render(request, "contributions/offer.html", context)


def _facts(shown, parts, person):
    """What the page of an offer shows of it, to its person or to who leads."""
    yours = shown.to_id == person.pk
    mine, theirs = ("contributions:mine", []), ("contributions:offers", [shown.initiative_id])
    name, args = mine if yours else theirs
    return {
        "offer": shown,
        "yours": yours,
        "unanswered": shown.state == OfferState.MADE,
        "to_come": yours and shown.state in YES and shown.activity_on > _on(shown),
        "takes_less": shown.accepted_pence is not None and shown.accepted_pence < queries.offered(shown),
        "by_bank": shown.method == Method.BANK,
        "parts": parts if len(parts) > 1 else [],
        "fund_words": shown.fund_line and fund_words(shown.fund_line),
        "ways": forms.ways_for(shown),
        "benefits": queries.benefit_words(shown.initiative.organisation) if yours else None,
        "newer": queries.replaced_by(shown),
        "over": _over_at_once(shown) if yours else [],
        "due": queries.due_day(shown),
        "back_url": reverse(name, args=args),
        "back_words": "My work" if yours else "Offers",
    }


def _over_at_once(shown):
    """What all of the money at once would be over, before the person answers."""
    open_now = shown.state in (OfferState.MADE, OfferState.LATER) and shown.pence
    return queries.would_be_over(shown, [(queries.offered(shown), None)], _on(shown)) if open_now else []


def _rules(shown, by):
    """What may be done with an offer now, each with its Refusal or None."""
    return {
        "why_not_answer": permissions.why_not_change_answer(shown, by=by),
        "why_not_done": permissions.why_not_say_done(
            shown, by=by, on=min(shown.activity_on, _on(shown)), today=_on(shown)
        ),
        "why_not_take_back": permissions.why_not_take_back_done(shown, by=by),
        "why_not_replace": permissions.why_not_replace(shown, by=by),
    }


@ASK
@person_needed
def answer(request, offer_id, answer):
    """One way to answer, with what it needs to know and nothing else."""
    shown = get_object_or_404(queries.offers_to(request.person), pk=offer_id)
    way = next((way for way in forms.ways_for(shown) if way.word == answer), None)
    if way is None:
        raise Http404
    if (
        way.word in forms.TO_ME
        and shown.pay_pence
        and "asked" not in request.GET
        and queries.asks_first(request.person)
    ):
        return _ask_first(request, shown, way)
    form, lead = _answer_form(request, way, shown)
    over = []
    if form.is_bound and form.is_valid():
        over = _over(request, form, shown)
        if not over and _answered(request, form, shown, way):
            return redirect("contributions:offer", shown.pk)
    context = {
        "form": form, "title": way.title, "lead": lead, "submit": way.title, "offer": shown, "over": over,
        "refusal": permissions.why_not_change_answer(shown, by=request.person),
        "back_url": reverse("contributions:offer", args=[shown.pk]), "back_words": "The offer",
    }  # fmt: skip
    return render(request, "contributions/answer.html", context)


def _ask_first(request, shown, way):
    """The plain question before a yes that the person asked for themselves."""
    context = {
        "title": "Do you want to go on?", "offer": shown, "way": way,
        "back_url": reverse("contributions:offer", args=[shown.pk]), "back_words": "The offer",
    }  # fmt: skip
    return render(request, "contributions/ask_first.html", context)


def _answer_form(request, way, shown):
    """(the form of one way to answer, its lead). Where an answer brings up a question, the form asks that too."""
    sent = request.POST if request.method == "POST" else None
    if way.word not in forms.TO_ME:
        return way.form(sent), way.says
    methods = forms.method_choices(permissions.ways_to_pay(shown), queries.method_words())
    whens = forms.when_choices(queries.whens_of(shown), queries.has_ceiling(shown.to))
    known = {"methods": methods, "whens": whens, "offer": shown}
    form = way.form(sent, initial={"when": When.ONCE}, **known)
    if sent is not None and form.asks_more():
        return way.form(initial=sent.dict(), **known).only_more(), forms.MORE
    return form, way.says


def _over(request, form, shown):
    """What this answer would be over, of what the person set; none when they said that they know it."""
    said = form.cleaned_data
    if "when" not in said or "over_known" in request.POST:
        return []
    shares = _parts(shown, {"pence": None} | said)
    over = queries.would_be_over(shown, shares, _on(shown))
    if over:
        form.fields["over_known"] = forms.over_known()
    return over


def _answered(request, form, shown, way):
    """Write the answer; False with the reason in the form when it was refused."""
    said = {"pence": way.pence} | form.cleaned_data
    if "when" in said:
        said |= {"parts": _parts(shown, said), "pay_from": None}
        said.pop("when")
    try:
        operations.answer(offer_id=shown.pk, state=way.state, by=request.person, at=timezone.now(), **said)
    except Refused as stop:
        form.add_error(None, stop.said)
        return False
    messages.success(request, f"You said: {way.title}. You can change this until the money is approved.")
    return True


def _parts(shown, said):
    pence = (queries.offered(shown) if said["pence"] is None else said["pence"]) - shown.fixed_pence
    return queries.chosen_parts(shown, pence, said["when"], said.get("pay_from"), said.get("parts", ()))


@ASK
@never_cache
@person_needed
def letter(request, offer_id):
    """A letter to an office from one's own offer: shown first, then printed or taken along. We never send it."""
    shown = get_object_or_404(queries.offers_to(request.person), pk=offer_id)
    written = queries.letter_of(shown, _on(shown))
    context = {
        "title": "A letter for your benefits office", "letter": written,
        "back_url": reverse("contributions:offer", args=[shown.pk]), "back_words": "The offer",
    }  # fmt: skip
    if request.method == "POST":
        try:
            return download(queries.letter_pdf(written), "letter.pdf", "application/pdf")
        except papers.CannotSet as stop:
            context["cannot"] = str(stop)
    return render(request, "contributions/letter.html", context)


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
            form.add_error("on", stop.said)
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
        messages.error(request, stop.said)
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
    page = Paginator(queries.offers_of(initiative), A_PAGE).get_page(request.GET.get("page"))
    gatherings, adverts = queries.starting_points(initiative)
    context = {
        "initiative": initiative, "page_obj": page, "gatherings": gatherings, "adverts": adverts, "back_url": reverse("front:initiative", args=[initiative.pk]),
        "back_words": initiative.name,
    }  # fmt: skip
    return render(request, "contributions/offers.html", context)


def _choices(initiative, by):
    organisation = initiative.organisation
    on = organisations.local_day(organisation, timezone.now())
    return forms.Choices(
        {str(line.pk): line for line in rates.rates_from(organisation, on)},
        {str(line.pk): line for line in ledger.lines_of(organisation)},
        {str(duty.person.pk): duty.person for duty in queries.approvers(organisation)},
        _people(initiative, by),
        on,
    )


def _people(initiative, by):
    return {str(seat.person.pk): seat.person for seat in queries.seats_to_offer(initiative, by)}


@ASK
@person_needed
def make(request, initiative_id):
    """Write an offer by hand; look at it; send it. A link may say what it starts with: see STARTS."""
    initiative = get_object_or_404(queries.led_by(request.person), pk=initiative_id)
    return _make(request, initiative, {name: request.GET[name] for name in STARTS if name in request.GET})


@ASK
@person_needed
def for_gathering(request, gathering_id):
    """Write an offer for a gathering: its length stands there, and its invited people to choose from."""
    gathering = get_object_or_404(queries.gatherings_led_by(request.person), pk=gathering_id)
    initial, keys = queries.from_gathering(gathering)
    source = {"from_gathering": gathering}
    return _make(
        request, gathering.initiative, initial, keys, source, "For everybody whom you invited and who has a seat."
    )


@ASK
@person_needed
def for_advert(request, advert_id):
    """Write an offer for an advert: what it says about pay stands there, and who answered to choose from."""
    advert = get_object_or_404(initiatives.adverts_led_by(request.person), pk=advert_id)
    initial, keys = queries.from_advert(advert)
    return _make(
        request, advert.initiative, initial, keys, {"from_advert": advert}, f"The advert says: {advert.pay_words}"
    )


def _make(request, initiative, initial, keys=None, source=None, lead=""):
    """The page on which an offer is written. keys: of the people to choose from; source: what it is made from."""
    choices = _choices(initiative, request.person)
    initial = {"ask_words": request.person.shown_name} | initial
    form = forms.OfferForm(request.POST or None, initial=initial, many=keys is not None, **choices.shown(keys))
    page = {"title": "Make an offer", "lead": lead or "Written before the work, so that nobody has to ask."}
    page |= {"nobody": keys is not None and not form.fields["to"].choices}
    if request.method == "POST" and form.is_valid():
        terms, people = choices.terms(form)
        return _look_or_send(request, form, terms | (source or {}), initiative, people, page)
    return _offer_page(request, form, initiative, page)


def _offer_page(request, form, initiative, page):
    context = {
        "form": form, "submit": "Look at it first", "initiative": initiative,
        "no_rates": len(form.fields["line"].choices) == 1,
    } | page  # fmt: skip
    return _question(request, context, "contributions:offers", initiative.pk, "Offers")


def _look_or_send(request, form, terms, initiative, people, page, old=None):
    """The page that shows an offer before it is sent; the offer itself when that page was pressed."""
    token = terms.pop("once")
    try:
        if "change" in request.POST:
            return _offer_page(request, form, initiative, page)
        seen = operations.preview(
            initiative=initiative, people=people, by=request.person, at=timezone.now(), old=old, **terms
        )
        ticks = forms.ticks(seen, request.POST)
        if "sure" not in request.POST or not all(tick.ticked for tick in ticks):
            return _look(request, form, seen, people, ticks)
        terms |= {tick.name: True for tick in ticks}
        made = record.once(token=token, do=lambda: _send(initiative, people, request.person, terms, old))
    except Refused as stop:
        form.add_error(None, stop.said)
        return _offer_page(request, form, initiative, page)
    return (
        redirect("contributions:offer", made) if len(people) == 1 else redirect("contributions:offers", initiative.pk)
    )


def _send(initiative, people, by, terms, old):
    at = timezone.now()
    if old:
        return operations.replace_offer(offer_id=old.pk, by=by, at=at, **terms).pk
    return operations.make_offers(initiative=initiative, people=people, by=by, at=at, **terms)[0].pk


def _look(request, form, seen, people, ticks):
    spent = ", ".join(f"{minutes} minutes {words}" for minutes, words in time_words(seen) if minutes)
    answers = [
        Answer("Who is it for?", ", ".join(to.shown_name for to in people)), Answer("What is the work?", seen["task"]),
        Answer("Which day?", short_day(seen["activity_on"])), Answer("How long?", spent),
        Answer("What does it pay?", f"{pounds(seen['pay_pence'])}. {seen['rate_words']}"),
        Answer("Costs", f"{pounds(seen['costs_pence'])} {seen['costs_words']}".strip() if seen["pence"] > seen["pay_pence"] else "None"), Answer("In all", pounds(seen["pence"])),
        Answer("Paid from", fund_words(seen["fund_line"])),
        Answer("Who approves it?", seen["approver_words"]), Answer("There by", short_day(seen["promised_on"])),
        Answer("Who can they ask?", seen["ask_words"]),
    ]  # fmt: skip
    context = {
        "form": form.hidden(), "answers": answers, "title": "Look at your offer", "wage": seen["wage"],
        "ticks": ticks, "unlined": seen["unlined"], "asked_again": "sure" in request.POST, "several": len(people) > 1,
        "ask_first": [to.shown_name for to in people if seen["pay_pence"] and queries.asks_first(to)],
    }  # fmt: skip
    return render(request, "contributions/look.html", context)


def time_words(fields):
    """(minutes, what for) of each kind of time in an offer."""
    kinds = (
        ("work", "of work"),
        ("prep", "to get ready"),
        ("debrief", "to talk afterwards"),
        ("rest", "to get over it"),
    )
    return [(fields[f"{name}_minutes"], words) for name, words in kinds]


def fund_words(line):
    """The line of a fund that pays for an offer, with how finance calls it."""
    if line is None:
        return "Not said yet"
    return f"{line.fund.name}: {line.words}" + (f" ({line.code})" if line.code else "")


@ASK
@person_needed
def replace(request, offer_id):
    """A new offer in place of this one."""
    old = get_object_or_404(queries.offers_led_by(request.person), pk=offer_id)
    choices = _choices(old.initiative, request.person)
    form = forms.ReplaceForm(request.POST or None, initial=_of(old), **choices.shown())
    page = {"title": "Make a new offer", "lead": "It takes the place of the old one, and they answer anew."}
    if request.method == "POST" and form.is_valid():
        terms, _ = choices.terms(form)
        source = {"from_gathering": old.from_gathering, "from_advert": old.from_advert}
        return _look_or_send(request, form, terms | source, old.initiative, [old.to], page, old)
    return _offer_page(request, form, old.initiative, page)


def _of(old):
    """What an offer says, as the form of the next one begins."""
    names = ("task", "activity_on", "prep_minutes", "debrief_minutes", "rest_minutes", "costs_pence", "costs_words")
    initial = {name: getattr(old, name) for name in (*names, "ask_words")}
    more = {"line": old.line_id or forms.NO_MONEY, "fund_line": old.fund_line_id, "approver": old.approver_id}
    return initial | more | {"minutes": old.work_minutes}


@ASK
@person_needed
def cash(request, initiative_id):
    """Cash for today; who wants to be asked before an offer with money is named first, and a second press sends it."""
    initiative = get_object_or_404(queries.led_by(request.person), pk=initiative_id)
    people = _people(initiative, request.person)
    choices = {"people": [(pk, person.shown_name) for pk, person in people.items()]}
    form = forms.CashForm(request.POST or None, **choices)
    context = {"title": "Cash for today", "lead": "No reason is asked, and none is kept.", "submit": "Offer it"}
    if request.method == "POST" and form.is_valid():
        said, to = form.cleaned_data, people[form.cleaned_data["to"]]
        if said["asked"] != said["to"] and queries.asks_first(to):
            form = forms.CashForm(initial=request.POST.dict() | {"asked": said["to"]}, **choices)
            context["ask_first"] = [to.shown_name]
        elif made := _offered_cash(request, form, initiative, to):
            return redirect("contributions:offer", made)
    return _question(request, context | {"form": form}, "contributions:offers", initiative.pk, "Offers")


def _offered_cash(request, form, initiative, to):
    """The key of the offer of cash; None with the reason in the form when it was refused."""
    said = form.cleaned_data
    give = {"initiative": initiative, "to": to, "pence": said["pence"], "by": request.person, "at": timezone.now()}
    try:
        return record.once(token=said["once"], do=lambda: operations.offer_cash_today(**give).pk)
    except Refused as stop:
        form.add_error(None, stop.said)
        return None
