"""Pages of the people who approve and pay, and of the person whose money it is."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.contributions import queries as offers
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees import queries as payees
from alongside.payments import forms, operations, permissions, queries
from alongside.payments.states import GONE, IN_THE_HAND, Means, PaymentState
from alongside.people import queries as people
from alongside.people.permissions import person_needed, second_factor_needed
from alongside.pressing import ASK, press, press_once, question
from alongside.refusals import Refused

A_PAGE = 60


def _organisation(part):
    return part.offer.initiative.organisation


def _on(part):
    return organisations.local_day(_organisation(part), timezone.now())


def _part(request, part_id, *kinds):
    """A part of money that the person helps to pay, by one of these duties; 404 for anybody else."""
    return get_object_or_404(queries.parts_of_money(request.person, *kinds), pk=part_id)


def _mine(request, part_id):
    return get_object_or_404(queries.parts_to(request.person), pk=part_id)


def _question(request, context, back, back_words, *args):
    if context["form"].non_field_errors():
        context["refusal"] = None  # what stands in the way is said in the form already
    return question(request, context | {"template": "payments/question.html"}, back, back_words, *args)


def _facts(part, payment):
    """What the rules ask about a payment that is to leave."""
    to = part.offer.to
    freeze = queries.freeze_of(part, payment)
    return {"payee": payees.payee_of(to), "waiting": payees.waiting_of(to) is not None, "freeze": freeze}


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
def claim(request, part_id):
    """One payment: who, how much, how, by when, whose turn, and what may be done now."""
    part = _part(request, part_id)
    payment, by, on = queries.payment_of(part), request.person, _on(part)
    facts = _facts(part, payment)
    known = {"payee": facts["payee"], "freeze": facts["freeze"]}
    context = {
        "claim": queries.claim(part, on),
        "by_bank": part.offer.method == Means.BANK,
        "run_pk": queries.run_pk(payment),
        "witness_words": queries.witness_words(payment),
        "why_not_approve": permissions.why_not_approve(part, payment, by=by, **known),
        "why_not_send": permissions.why_not_send(part, payment, by=by, on=on, **facts),
        "why_not_show": permissions.why_not_show_details(part, payment, by=by)
        or permissions.why_not_show_again(payment, by=by),
        "why_not_hold": permissions.why_not_hold(part, payment, by=by, words="-"),
        "why_not_release": permissions.why_not_release(part, payment, by=by),
        "why_not_arrive": permissions.why_not_arrive(part, payment, by=by),
        "why_not_back": permissions.why_not_come_back(part, payment, by=by, words="-"),
        "back_url": reverse("payments:due"),
        "back_words": "Payments",
    } | facts
    context["reason"] = _now_refused(context)
    return render(request, "payments/claim.html", context)


def _now_refused(context):
    """The Refusal that belongs to the present step: of approving while due, of sending while approved."""
    steps = {PaymentState.DUE: "approve", PaymentState.APPROVED: "send", PaymentState.BACK: "send"}
    return context.get(f"why_not_{steps.get(context['claim'].state)}")


@ASK
@second_factor_needed
def approve(request, part_id):
    """Approve one payment, after one more look at it and at what the line still has."""
    part = _part(request, part_id, DutyKind.APPROVER)
    on, organisation, line = _on(part), _organisation(part), part.offer.fund_line
    covers = [ledger.cover(line, on)] if line else ledger.covers(organisation, on)
    form = forms.ApproveForm(request.POST or None, covers=covers, funds=ledger.funds_of(organisation), named=line)
    told = "Approved. Somebody else pays it next."
    if press_once(request, form, partial(operations.approve, part_id=part.pk), told=told):
        return redirect("payments:claim", part.pk)
    payment = queries.payment_of(part)
    facts = _facts(part, payment)
    facts.pop("waiting")
    refusal = permissions.why_not_approve(part, payment, by=request.person, **facts)
    context = {"form": form, "title": "Approve this payment", "submit": "Approve it", "refusal": refusal}
    context |= {"claim": queries.claim(part, on), "covers": covers}
    return _question(request, context, "payments:claim", "The payment", part.pk)


@require_POST
@second_factor_needed
def account(request, part_id):
    """The whole account, once, on a page that no browser keeps."""
    part = _part(request, part_id, DutyKind.PAYER)
    try:
        details = operations.show_details(part_id=part.pk, by=request.person, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
        return redirect("payments:claim", part.pk)
    return render(request, "payments/account.html", {"details": details, "claim": queries.claim(part, _on(part))})


@ASK
@second_factor_needed
def send(request, part_id):
    """Mark an approved payment as sent, or handed over."""
    part = _part(request, part_id, DutyKind.PAYER)
    payment, on = queries.payment_of(part), _on(part)
    form = forms.SendForm(request.POST or None, initial={"on": on}, **_handing_over(request, part, payment))

    def do(witness=None, **said):
        return operations.send(part_id=part.pk, witness=people.person(witness) if witness else None, **said)

    if press_once(request, form, do, told="Sent. The person can see it."):
        return redirect("payments:claim", part.pk)
    refusal = permissions.why_not_send(part, payment, by=request.person, on=on, **_facts(part, payment))
    context = {"form": form, "title": "Mark this as sent", "submit": "It is sent", "refusal": refusal}
    context["claim"] = queries.claim(part, on)
    return _question(request, context, "payments:claim", "The payment", part.pk)


def _handing_over(request, part, payment):
    """What the form needs for cash and vouchers: by which means, vouchers in the drawer, and who may have seen it."""
    fund = payment and payment.fund
    batches = ledger.batches_for(fund, part.offer.shop, payment.pence) if fund and part.offer.shop else []
    members = organisations.members_of(_organisation(part)).exclude(person__in=[request.person, part.offer.to])
    names = [(row.person_id, row.person.shown_name) for row in members]
    return {"means": part.offer.method, "batches": batches, "people": names}


@ASK
@person_needed
def hold(request, part_id):
    """Put a payment on hold, with words for the person."""
    part = _part(request, part_id)
    due_on = ledger.promised_day(_organisation(part), _on(part))
    form = forms.HoldForm(request.POST or None, initial={"until": due_on})
    if press_once(request, form, partial(operations.hold, part_id=part.pk), told="On hold. The person reads why."):
        return redirect("payments:claim", part.pk)
    refusal = permissions.why_not_hold(part, queries.payment_of(part), by=request.person, words="-")
    context = {"form": form, "title": "Put this on hold", "submit": "Put it on hold", "refusal": refusal}
    return _question(request, context, "payments:claim", "The payment", part.pk)


@require_POST
@person_needed
def release(request, part_id):
    """Let a held payment go on."""
    part = _part(request, part_id)
    press(request, "It goes on. It is approved anew.", operations.release, part_id=part.pk)
    return redirect("payments:claim", part.pk)


@ASK
@person_needed
def arrived(request, part_id):
    """Say from the bank's statement that it arrived."""
    part = _part(request, part_id)
    refusal = permissions.why_not_arrive(part, queries.payment_of(part), by=request.person)
    return _arrived(request, part, refusal, "payments:claim")


def _arrived(request, part, refusal, back):
    form = forms.ArriveForm(request.POST or None, initial={"on": _on(part)})
    if press_once(request, form, partial(operations.arrive, part_id=part.pk), told="Thank you. It arrived."):
        return redirect(back, part.pk)
    context = {"form": form, "title": "It arrived", "submit": "It arrived", "refusal": refusal}
    return _question(request, context, back, "The payment", part.pk)


@ASK
@second_factor_needed
def back(request, part_id):
    """Say that the bank sent a payment back."""
    part = _part(request, part_id, DutyKind.PAYER)
    payment, form = queries.payment_of(part), forms.BackForm(request.POST or None)
    told = "It is owed again. The person and who leads were told."
    if payment and press_once(request, form, partial(operations.came_back, payment=payment), told=told):
        return redirect("payments:claim", part.pk)
    refusal = permissions.why_not_come_back(part, payment, by=request.person, words="-")
    context = {"form": form, "title": "The bank sent it back", "submit": "It came back", "refusal": refusal}
    return _question(request, context, "payments:claim", "The payment", part.pk)


@require_POST
@person_needed
def tell(request, part_id):
    """Tell the person by their own channel where their money is."""
    part = _part(request, part_id)
    told = "They are told by the way they chose. A call or a letter stands on the list of people to tell."
    press(request, told, operations.tell_where, part_id=part.pk)
    return redirect("payments:claim", part.pk)


@require_safe
@person_needed
def slip(request, part_id):
    """The receipt, for the books."""
    return _receipt(request, _part(request, part_id), "payments:claim")


def _receipt(request, part, back):
    payment = queries.payment_of(part)
    if payment is None or payment.state not in GONE:
        messages.error(request, "There is a receipt once the money is sent.")
        return redirect(back, part.pk)
    context = {"part": part, "payment": payment, "back_url": reverse(back, args=[part.pk])}
    context |= {"witness_words": queries.witness_words(payment), "signed": payment.means in IN_THE_HAND}
    return render(request, "payments/receipt.html", context | {"back_words": "The payment"})


# --- freezes ---


@require_safe
@person_needed
def freezes(request):
    """What is frozen and what was: who, why, whom it kept waiting; and the way to freeze."""
    if not queries.handles_money(request.person):
        raise Http404
    page = Paginator(queries.freezes_seen_by(request.person), A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "books": queries.books_of(request.person)}
    context |= {"funds": ledger.funds_of_books(request.person)}
    return render(
        request, "payments/freezes.html", context | {"back_url": reverse("payments:due"), "back_words": "Payments"}
    )


@ASK
@second_factor_needed
def freeze(request, organisation_id):
    """Freeze everything of an organisation, after a look at whom it keeps waiting."""
    return _freeze(request, get_object_or_404(queries.books_of(request.person), pk=organisation_id))


@ASK
@second_factor_needed
def freeze_fund(request, fund_id):
    """Freeze one fund, after a look at whom it keeps waiting."""
    fund = get_object_or_404(ledger.funds_of_books(request.person), pk=fund_id)
    return _freeze(request, fund.organisation, fund)


def _freeze(request, organisation, fund=None):
    form = forms.FreezeForm(request.POST or None)
    do = partial(operations.freeze, organisation=organisation, fund=fund)
    if press_once(request, form, do, told="Frozen. Everybody who waits is told."):
        return redirect("payments:freezes")
    name = fund.name if fund else organisation.name
    context = {"form": form, "title": f"Freeze all money of {name}", "submit": "Freeze it", "refusal": None}
    context["effect"] = queries.effect_of_freeze(organisation, fund)
    return _question(request, context, "payments:freezes", "Frozen money")


@require_POST
@second_factor_needed
def lift(request, freeze_id):
    """Let frozen money go on."""
    row = get_object_or_404(queries.freezes_seen_by(request.person), pk=freeze_id)
    press(request, "It goes on. Everybody who waits is told.", operations.lift, freeze_id=row.pk)
    return redirect("payments:freezes")


# --- for the person whose money it is ---


@require_safe
@person_needed
def mine(request):
    """Where is my money: one line for each sum."""
    on = timezone.localdate()
    parts = list(queries.parts_to(request.person))
    page = Paginator(parts, A_PAGE).get_page(request.GET.get("page"))
    lines = queries.where_is_my_money(request.person, on, page.object_list)
    context = {"page_obj": page, "lines": lines, "said": queries.money_lines(request.person, on, parts)}
    context |= {"payee": payees.payee_of(request.person), "waiting": payees.waiting_of(request.person)}
    return render(request, "payments/mine.html", context)


@require_safe
@person_needed
def my_payment(request, part_id):
    """One sum on its way to me: the thread, whose turn, by when, and what I can do."""
    part = _mine(request, part_id)
    on, payment, by = _on(part), queries.payment_of(part), request.person
    context = {
        "offer": part.offer,
        "claim": queries.claim(part, on),
        "thread": offers.thread_of(part.offer, viewer=by, on=on, parts=[part]),
        "by_bank": part.offer.method == Means.BANK,
        "has_receipt": part.sent_on is not None,
        "why_not_wait": permissions.why_not_hold(part, payment, by=by, words="-"),
        "why_not_go_on": permissions.why_not_release(part, payment, by=by),
        "why_not_arrive": permissions.why_not_arrive(part, payment, by=by),
        "back_url": reverse("payments:mine"),
        "back_words": "My money",
    }
    return render(request, "payments/my_payment.html", context | _facts(part, payment))


@ASK
@person_needed
def wait(request, part_id):
    """Ask for my money to wait."""
    part = _mine(request, part_id)
    form = forms.WaitForm(request.POST or None)
    told = "It waits. It stays yours, and you can let it go on at any time."
    if press_once(request, form, partial(operations.hold, part_id=part.pk), told=told):
        return redirect("payments:my_payment", part.pk)
    refusal = permissions.why_not_hold(part, queries.payment_of(part), by=request.person, words="-")
    context = {"form": form, "title": "Let it wait", "submit": "Let it wait", "refusal": refusal}
    return _question(request, context, "payments:my_payment", "My money", part.pk)


@require_POST
@person_needed
def go_on(request, part_id):
    """Let my money go on."""
    part = _mine(request, part_id)
    press(request, "It goes on. It is approved next.", operations.release, part_id=part.pk)
    return redirect("payments:my_payment", part.pk)


@ASK
@person_needed
def i_have_it(request, part_id):
    """Say that my money arrived."""
    part = _mine(request, part_id)
    refusal = permissions.why_not_arrive(part, queries.payment_of(part), by=request.person)
    return _arrived(request, part, refusal, "payments:my_payment")


@require_safe
@person_needed
def receipt(request, part_id):
    """My receipt, to print."""
    return _receipt(request, _mine(request, part_id), "payments:my_payment")
