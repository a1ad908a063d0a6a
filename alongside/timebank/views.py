"""Pages of the time that people exchange."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.people.permissions import person_needed
from alongside.pressing import ASK, press
from alongside.record import operations as record
from alongside.refusals import Refused
from alongside.timebank import forms, operations, permissions, queries
from alongside.timebank.states import START_LOWEST, GiftState


def _page(request, template, context, back, back_words, *args):
    context |= {"back_url": reverse(back, args=args), "back_words": back_words}
    return render(request, template, context)


@require_safe
@person_needed
def mine(request):
    """What I gave and got, what waits, and everything that was."""
    context = {
        "standings": queries.standings(request.person),
        "rows": [(gift, gift.giver.person_id == request.person.pk) for gift in queries.gifts_of(request.person)],
        "tables": queries.tables_of(request.person),
        "offices": queries.offices_of(request.person),
        "set_by": queries.organisations_set_by(request.person),
    }
    return render(request, "timebank/mine.html", context)


@ASK
@person_needed
def ask(request, initiative_id):
    """Write down time exchanged with somebody at one's table."""
    seats = initiatives.table_of(request.person).filter(pk__in=initiatives.seated_in(request.person))
    initiative = get_object_or_404(seats.select_related("organisation"), pk=initiative_id)
    bank = queries.bank_of(initiative.organisation)
    people = [seat.person for seat in initiatives.seated(initiative).exclude(person=request.person)]
    office = initiative.organisation.name if bank and bank.office else ""
    context = {
        "title": "Write down time", "lead": f"Somebody at the table of {initiative.name}.", "submit": "Ask for their yes",
        "refusal": None if bank and bank.is_on else permissions.OFF,
    }  # fmt: skip
    form = _form(request, people, office)
    return _asked(request, form, bank, context) or _page(
        request, "timebank/question.html", context | {"form": form}, "timebank:mine", "My time"
    )


def _form(request, people, office=""):
    return forms.ExchangeForm(request.POST or None, people=people, office=office, initial={"on": timezone.localdate()})


def _asked(request, form, bank, context, **more):
    """The way on after an exchange was written down; None with the reason in the form where it was not."""
    if request.method != "POST" or context["refusal"] or not form.is_valid():
        return None
    facts = form.exchange() | {"bank_id": bank.pk, "by": request.person, "at": timezone.now()} | more
    try:
        made = record.once(token=form.cleaned_data["once"], do=lambda: operations.ask(**facts).pk)
    except Refused as stop:
        form.add_error(None, stop.said)
        return None
    return redirect("timebank:gift", made)


@require_safe
@person_needed
def gift(request, gift_id):
    """One exchange: who gave whom how much, and whose yes it waits for."""
    shown = get_object_or_404(queries.gifts_visible_to(request.person), pk=gift_id)
    side = permissions.other_side(shown)
    context = {
        "gift": shown,
        "giver": queries.side_words(shown, shown.giver),
        "taker": queries.side_words(shown, shown.taker),
        "waits_for": queries.side_words(shown, side),
        "waits": shown.state == GiftState.ASKED,
        "agreed": shown.state == GiftState.AGREED,
        "why_not_answer": permissions.why_not_answer(shown, by=request.person),
        "why_not_withdraw": permissions.why_not_withdraw(shown, by=request.person),
    }
    return _page(request, "timebank/gift.html", context, "timebank:mine", "My time")


def _answer(request, gift_id, told, do):
    get_object_or_404(queries.gifts_visible_to(request.person), pk=gift_id)
    press(request, told, do, gift_id=gift_id)
    return redirect("timebank:gift", gift_id)


@require_POST
@person_needed
def agree(request, gift_id):
    """It is right."""
    return _answer(request, gift_id, "Agreed. It counts for both of you now.", operations.agree)


@require_POST
@person_needed
def decline(request, gift_id):
    """It is not right."""
    return _answer(request, gift_id, "It does not count.", operations.decline)


@require_POST
@person_needed
def withdraw(request, gift_id):
    """Take back what one wrote down."""
    return _answer(request, gift_id, "You took it back.", operations.withdraw)


# --- for who leads ---


@ASK
@person_needed
def settings(request, organisation_id):
    """Turn the exchange on or off; how much was exchanged, few people hidden."""
    organisation = get_object_or_404(queries.organisations_set_by(request.person), pk=organisation_id)
    bank = queries.bank_of(organisation)
    initial = {
        "is_on": bank.is_on if bank else False, "office": bank.office if bank else False,
        "hours": (bank.lowest_minutes if bank else START_LOWEST) // 60,
    }  # fmt: skip
    form = forms.BankForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {"organisation": organisation, "is_on": said["is_on"], "office": said["office"]}
        press(request, "It is set.", operations.set_bank, lowest_minutes=said["hours"] * 60, **facts)
        return redirect("timebank:settings", organisation.pk)
    totals = queries.totals(bank, organisation.small_number) if bank else []
    context = {
        "form": form,
        "title": "Exchange of time",
        "lead": organisation.name,
        "submit": "Set it",
        "totals": totals,
    }
    return _page(
        request, "timebank/settings.html", context, "organisations:organisation", organisation.name, organisation.pk
    )


def _office(request, organisation_id):
    """(organisation that the person leads, its bank); 404 where there is no exchange."""
    organisation = get_object_or_404(queries.organisations_led_by(request.person), pk=organisation_id)
    bank = queries.bank_of(organisation)
    if bank is None:
        raise Http404
    return organisation, bank


@require_safe
@person_needed
def office(request, organisation_id):
    """The organisation's own account: its balance, its exchanges, and work for which people chose time."""
    organisation, bank = _office(request, organisation_id)
    context = {
        "organisation": organisation,
        "bank": bank,
        "balance": queries.balance(queries.account_of(bank, None)),
        "rows": [(gift, gift.giver.person_id is None) for gift in queries.office_gifts(bank)],
        "work": queries.work_for_time(request.person, organisation),
        "refusal": permissions.why_not_speak_for_office(bank, by=request.person),
    }
    return _page(request, "timebank/office.html", context, "timebank:mine", "My time")


@ASK
@person_needed
def office_ask(request, organisation_id):
    """Write down time exchanged between the organisation itself and one of its people."""
    organisation, bank = _office(request, organisation_id)
    members = organisations.members_of(organisation).exclude(person=request.person)
    context = {
        "title": "Write down time", "lead": f"You speak for {organisation.name} itself.", "submit": "Ask for their yes",
        "refusal": permissions.why_not_speak_for_office(bank, by=request.person),
    }  # fmt: skip
    form = _form(request, [member.person for member in members])
    return _asked(request, form, bank, context, for_office=True) or _page(
        request,
        "timebank/question.html",
        context | {"form": form},
        "timebank:office",
        organisation.name,
        organisation.pk,
    )


@require_POST
@person_needed
def give_for_work(request, organisation_id, offer_id):
    """Give the minutes of work for which its person chose time."""
    organisation, bank = _office(request, organisation_id)
    offer = get_object_or_404(queries.work_for_time(request.person, organisation), pk=offer_id)
    told = f"{offer.to.shown_name} has the time now."
    press(request, told, operations.give_for_work, bank_id=bank.pk, offer_id=offer.pk)
    return redirect("timebank:office", organisation.pk)
