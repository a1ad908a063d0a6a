"""The look-up, what is known, ceilings, and the letter.

What is written into the look-up and the letter comes by POST and goes out with the answer: it stands in no address, no
session, no table, no journal and no message.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from alongside.benefits import forms, operations, queries
from alongside.calculations import benefits, papers
from alongside.calculations.content.rule_shapes import CONFIDENCE
from alongside.downloads import download
from alongside.people.permissions import person_needed
from alongside.pressing import ASK
from alongside.record import operations as record
from alongside.refusals import Refused

LOOK = "What may money do to my benefits?"


@ASK
@never_cache
@sensitive_post_parameters()
def look(request):
    """Anybody may ask. First the place, then the benefit and the payments; the answer is on the same page."""
    place = request.POST.get("place", "")
    if not forms.PlaceForm({"place": place}).is_valid():
        form = forms.PlaceForm(request.POST if request.method == "POST" else None)
        return render(request, "benefits/place.html", {"form": form, "title": LOOK})
    rows = _rows(request.POST.get("rows", ""))
    if "asked" not in request.POST or "more" in request.POST:
        rows = min(rows + ("more" in request.POST), forms.MOST_ROWS)
        form = forms.LookForm(place, rows, initial=request.POST.dict() | {"place": place, "rows": rows})
        return _look(request, place, form)
    form = forms.LookForm(place, rows, request.POST)
    if not form.is_valid():
        return _look(request, place, form)
    code = form.cleaned_data["scheme"]
    return _look(request, place, form, **_found(place, code, form.cleaned_data["asked"], timezone.localdate()))


def _found(place, code, asked, on):
    """The answers, the plain sentence of each rule said once, what else is known, and where to ask."""
    answers, rules = benefits.look_up(place, code, asked), benefits.rules_of(place, code)
    return {
        "scheme": benefits.scheme(place, code),
        "answers": [(benefits.STATUS_WORDS[each.status], each, _hints(each, on)) for each in answers],
        "says": dict.fromkeys(each.rule.say for each in answers),
        "also": [(rule, benefits.late(rule, on)) for rule in benefits.told(place, code) if rule.kind != "guidance"],
        "ask": benefits.advice(rules),
    }


def _hints(answer, on):
    """What holds for the limit, where it comes from, and whether it was to be read again by now."""
    return " ".join(filter(None, [*answer.notes, benefits.source(answer.rule), benefits.late(answer.rule, on)]))


def _look(request, place, form, **more):
    context = {"form": form, "title": LOOK, "place": place, "place_words": benefits.JURISDICTIONS[place]}
    return render(request, "benefits/look.html", context | more)


def _rows(text):
    return min(max(int(text), 1), forms.MOST_ROWS) if text.isdecimal() and len(text) < 4 else forms.FIRST_ROWS


@require_safe
def known(request, place):
    """Everything that is known for a place, with its sources and where they disagree; to read or to print."""
    if place not in benefits.JURISDICTIONS:
        raise Http404
    on = timezone.localdate()
    rules = benefits.rules_of(place)
    schemes = [
        (each, [_row(rule, on) for rule in rules if rule.scheme == each.code]) for each in benefits.schemes_of(place)
    ]
    context = {
        "title": f"What we know about benefits: {benefits.JURISDICTIONS[place]}",
        "places": [(code, words, code == place) for code, words in forms.PLACES],
        "schemes": schemes,
        "ask": benefits.advice(rules),
        "marks": CONFIDENCE,
        "on": on,
    }
    return render(request, "benefits/known.html", context)


def _row(rule, on):
    return {"rule": rule, "figure": rule.figure(on), "late": rule.review_by <= on}


# --- what a person wishes ---


@ASK
@never_cache
@sensitive_post_parameters()
@person_needed
def ceilings(request):
    """The person's own ceilings, and the question for one more."""
    form = forms.CeilingForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("stretch", "start", "pence", "words")}
        wish = {"person": request.person, "by": request.person, "at": timezone.now()} | given
        try:
            record.once(token=form.cleaned_data["once"], do=lambda: operations.set_ceiling(**wish).pk)
        except Refused as stop:
            form.add_error(None, stop.said)
        else:
            messages.success(request, "Kept, for you alone. An offer above it will say so before you answer.")
            return redirect("benefits:ceilings")
    context = {
        "form": form,
        "title": "How much, at most?",
        "ceilings": [(each, queries.stretch_words(each)) for each in queries.ceilings_of(request.person)],
        "asks_first": queries.asks_first(request.person),
    }
    return render(request, "benefits/ceilings.html", context)


@require_POST
@person_needed
def let_go(request, pk):
    ceiling = get_object_or_404(queries.ceilings_of(request.person), pk=pk)
    operations.let_ceiling_go(ceiling=ceiling, by=request.person)
    messages.success(request, "It is gone. Nothing of it is kept.")
    return redirect("benefits:ceilings")


@require_POST
@person_needed
def ask_first(request):
    wanted = request.POST.get("wanted") == "1"
    operations.ask_me_first(person=request.person, wanted=wanted, by=request.person, at=timezone.now())
    said = "Kept. Whoever writes an offer with money for you is told to ask you first."
    messages.success(request, said if wanted else "That is gone. Offers may come without asking first.")
    return redirect("benefits:ceilings")


# --- the letter ---


@ASK
@never_cache
@sensitive_post_parameters()
def letter(request):
    """A letter to an office from what somebody types: shown first, then printed or taken along. We never send it."""
    form = forms.LetterForm(request.POST or None)
    context = {"form": form, "title": "A letter for your benefits office", "again": "again" in request.POST}
    if not form.is_valid() or "again" in request.POST:
        return render(request, "benefits/letter_ask.html", context)
    written = queries.letter(request.person, _facts(form.cleaned_data))
    context |= {"letter": written, "back_url": reverse("benefits:letter"), "back_words": "Begin again"}
    if "paper" in request.POST:
        try:
            return download(queries.letter_pdf(written), "letter.pdf", "application/pdf")
        except papers.CannotSet as stop:
            context["cannot"] = str(stop)
    return render(request, "benefits/letter.html", context)


def _facts(found):
    return queries.LetterFacts(
        organisation=found["organisation"],
        country=benefits.country_of(found["place"]),
        activity=found["activity"],
        on=timezone.localdate(),
        lines=tuple(found["money"]),
        not_employment=found["not_employment"],
    )
