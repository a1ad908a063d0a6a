"""Pages of bids: all of an initiative, one, and each step of its way."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.bids import forms, operations, permissions, queries
from alongside.bids.states import NEXT, BidState
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press_once, question


def _of_bid(request, text, context):
    return question(request, context, "bids:bid", "The bid", text.bid_id)


# --- reading ---


@require_safe
@person_needed
def all_of(request, initiative_id):
    """Every bid of an initiative."""
    here = get_object_or_404(queries.initiatives_read_by(request.person), pk=initiative_id)
    rows = [(text, queries.chance_words(text), queries.pay_words(text)) for text in queries.bids_of(here)]
    context = {
        "initiative": here,
        "rows": rows,
        "refusal": permissions.why_not_lead(here, by=request.person),
        "back_url": reverse("front:initiative", args=[here.pk]),
        "back_words": here.name,
    }
    return render(request, "bids/all.html", context)


@require_safe
@person_needed
def bid(request, bid_id):
    """One bid: what it asks, its chance, how its writers are paid, whose turn it is, who helps, what came of it."""
    text = _read(request, bid_id)
    helpers = list(queries.helpers_of(text.bid))
    waits = sum(row.state == "YES" and row.thanked_at is None for row in helpers)
    step = queries.next_step(text, unthanked=waits)
    context = {
        "text": text, "bid": text.bid, "chance": queries.chance_words(text), "pay": queries.pay_words(text),
        "turn": queries.turn_words(step), "by": step.by, "helpers": helpers, "waits": waits,
        "mine": next((row for row in helpers if row.person_id == request.person.pk), None),
        "refusal": permissions.why_not_lead(text.bid.initiative, by=request.person),
        "earlier": queries.earlier(text), "reuses": queries.reuses_of(text.bid),
        "words": queries.words_of(text.what_for), "letters": queries.letters_of(text.what_for),
        "long": queries.long_sentences(text.what_for),
        "back_url": reverse("bids:all", args=[text.bid.initiative_id]), "back_words": "Money that we ask for",
    }  # fmt: skip
    return render(request, "bids/bid.html", context)


def _read(request, bid_id):
    return get_object_or_404(queries.texts_read_by(request.person), bid=bid_id)


def _written(request, bid_id):
    return get_object_or_404(queries.texts_written_by(request.person), bid=bid_id)


# --- writing ---


@ASK
@person_needed
def add(request, initiative_id):
    """Begin a bid."""
    here = get_object_or_404(queries.initiatives_written_by(request.person), pk=initiative_id)
    form = forms.BidForm(request.POST or None, fund_lines=queries.fund_lines(here))

    def do(seen, **said):
        return operations.begin(initiative=here, **said)

    if made := press_once(request, form, do):
        return redirect("bids:bid", made)
    lead = "Say how likely a yes is, and how the work is paid, before anybody begins."
    context = {"form": form, "title": "Ask for money", "lead": lead, "submit": "Keep this"}
    return question(request, context, "bids:all", "Money that we ask for", here.pk)


@ASK
@person_needed
def change(request, bid_id):
    """Write on at a bid; the older words stay."""
    text = _written(request, bid_id)
    lines = queries.fund_lines(text.bid.initiative)
    form = forms.BidForm(request.POST or None, fund_lines=lines, initial=_said(text))

    def do(**said):
        return operations.change(bid_id=text.bid_id, **said)

    if press_once(request, form, do, "what_for"):
        return redirect("bids:bid", text.bid_id)
    context = {"form": form, "title": "Write on", "lead": "What stood there before is kept.", "submit": "Keep this"}
    return _of_bid(request, text, context)


def _said(text):
    names = ("funder", "what_for", "pence", "due_on", "chance", "chance_from", "reuse_plan")
    return {name: getattr(text, name) for name in names} | {
        "odds": forms.UNKNOWN if text.chance is None else forms.KNOWN,
        "pay": forms.NOT_PAID if text.unpaid else text.fund_line_id,
        "confirmed_unpaid": text.unpaid,
        "seen": text.version,
    }


@ASK
@person_needed
def send(request, bid_id):
    """Say that a bid went off."""
    text = _written(request, bid_id)
    form = forms.SendForm(request.POST or None)

    def do(**said):
        return operations.send(bid_id=text.bid_id, **said)

    if press_once(request, form, do):
        return redirect("bids:bid", text.bid_id)
    lead = f"You send it to {text.funder} yourselves; here you say that it went off. Its words no longer change after that."
    return _of_bid(request, text, {"form": form, "title": "It is sent", "lead": lead, "submit": "Say that it is sent"})


@ASK
@person_needed
def answer(request, bid_id):
    """Write down the answer, or take the bid back."""
    text = _written(request, bid_id)
    states = NEXT.get(text.bid.state, set()) - {BidState.SENT}
    form = forms.AnswerForm(request.POST or None, states=states)

    def do(**said):
        return operations.answer(bid_id=text.bid_id, **said)

    if press_once(request, form, do, "state"):
        return redirect("bids:bid", text.bid_id)
    return _of_bid(request, text, {"form": form, "title": "What came of it", "submit": "Keep this"})


# --- who helps ---


@ASK
@person_needed
def help_with(request, bid_id):
    """Say for oneself whether one helps."""
    text = _read(request, bid_id)
    row = queries.help_of(text.bid, request.person)
    form = forms.HelpForm(request.POST or None, initial={"state": row.state, "thanks": row.thanks} if row else {})

    def do(**said):
        return operations.say_help(bid_id=text.bid_id, **said)

    if press_once(request, form, do, "state"):
        return redirect("bids:bid", text.bid_id)
    lead = f"{queries.chance_words(text)} {queries.pay_words(text)}"
    return _of_bid(request, text, {"form": form, "title": "Your help with it", "lead": lead, "submit": "Keep this"})


@ASK
@person_needed
def propose(request, bid_id):
    """Ask somebody at the table whether they help."""
    text = _written(request, bid_id)
    form = forms.ProposeForm(request.POST or None, people=queries.may_be_asked(text.bid))

    def do(**said):
        return operations.propose(bid_id=text.bid_id, **said)

    if press_once(request, form, do, "person"):
        return redirect("bids:bid", text.bid_id)
    return _of_bid(request, text, {"form": form, "title": "Ask who helps", "submit": "Ask them"})


@ASK
@person_needed
def thank(request, bid_id):
    """Thank who helped and tell them the answer, each once."""
    text = _written(request, bid_id)
    rows = list(queries.unthanked(text.bid))
    form = forms.ThankForm(request.POST or None)

    def do(**said):
        return operations.thank(bid_id=text.bid_id, **said)

    if press_once(request, form, do, "words"):
        return redirect("bids:bid", text.bid_id)
    context = {
        "template": "bids/thank.html", "form": form, "title": "Thank who helped", "rows": rows, "submit": "Thank and tell them",
        "refusal": permissions.why_not_thank(text.bid, by=request.person, unthanked=rows),
        "lead": "Each of them is told the answer with your words, in the way they chose, once.",
    }  # fmt: skip
    return _of_bid(request, text, context)


@ASK
@person_needed
def reuse(request, bid_id):
    """Write down where the text was used again."""
    text = _written(request, bid_id)
    form = forms.ReuseForm(request.POST or None)

    def do(**said):
        return operations.used_again(bid_id=text.bid_id, **said)

    if press_once(request, form, do, "words"):
        return redirect("bids:bid", text.bid_id)
    return _of_bid(request, text, {"form": form, "title": "Used again", "submit": "Keep this"})
