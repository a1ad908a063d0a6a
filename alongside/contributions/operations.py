"""What changes: rate cards, offers, answers, work done. Amounts never change; a new version or offer replaces."""

from django.db import transaction
from django.urls import reverse

from alongside.calculations import content
from alongside.contributions import permissions
from alongside.contributions.models import Offer, RateCard, RateLine
from alongside.contributions.policies import answered, beside_living_wage, local_day, pay_for, promised_day, yes_of
from alongside.contributions.states import YES, Method, MoneyState, OfferState, Unit
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

UNITS = {"hour": Unit.HOUR, "half day": Unit.HALF_DAY, "day": Unit.DAY, "task": Unit.FIXED}


def _note(what, offer, by, at, **facts):
    record.note(what=what, subject=offer, by=by, at=at, organisation_id=offer.initiative.organisation_id, **facts)


def _locked(offer_id):
    """The offer, locked, with its initiative and organisation."""
    offers = Offer.objects.select_for_update(of=("self",))
    return offers.select_related("initiative__organisation", "to", "made_by").get(pk=offer_id)


# --- rate cards ---


@transaction.atomic
def add_rate_card(*, organisation, from_on, source, lines, by, at, words=""):
    """Set what the organisation pays from a day on, as its next version. lines: (words, Unit, pence) each.

    Raises Refused when there is no line, or two of the same words. Returns the RateCard.
    """
    stop_if(permissions.why_not_set_rates(organisation, by=by))
    return _new_card(organisation, from_on, source, words, lines, by, at)


@transaction.atomic
def start_rate_card(*, organisation, card_id, on, by, at):
    """Begin with a published rate card of the reviewed content, as it holds on a day. Returns the RateCard.

    Lines by the mile or the like stay behind: they are costs. by=None is for the installer and the demo.
    Raises Refused when the card has no figures for that day, or is in another currency.
    """
    stop_if(permissions.why_not_set_rates(organisation, by=by) if by else None)
    card = content.rate_card(card_id)
    period = card.on(on)
    if period is None or card.currency != "GBP":
        raise Refused(Refusal("no-figures", f"We have no figures in pounds for {card.words} on that day."))
    lines = [(line.words, UNITS[line.per], line.pence) for line in period.lines if line.per in UNITS]
    return _new_card(organisation, on, f"{card.words}. {card.source}"[:400], card.note[:400], lines, by, at)


def _new_card(organisation, from_on, source, words, lines, by, at):
    if not lines or len({name for name, _, _ in lines}) != len(lines):
        raise Refused(Refusal("lines", "A rate card needs at least one line, each with words of its own."))
    newest = RateCard.objects.select_for_update().filter(organisation=organisation).order_by("-version").first()
    card = RateCard.objects.create(
        organisation=organisation, version=newest.version + 1 if newest else 1, from_on=from_on, source=source,
        words=words, made_at=at, made_by=by,
    )  # fmt: skip
    RateLine.objects.bulk_create(RateLine(card=card, words=name, unit=unit, pence=pence) for name, unit, pence in lines)
    record.note(
        what="contributions.rate_card.added", subject=card, by=by, at=at, organisation_id=organisation.pk,
        version=card.version,
    )  # fmt: skip
    return card


# --- offers ---


@transaction.atomic
def make_offer(*, initiative, to, by, at, **terms):
    """Put work and money to one person in writing, before the work; they are told by their own channel.

    terms: see `_terms`. Raises Refused when `by` may not, the figures cannot be, or the ask is unpaid and either not
    confirmed or not wanted by the person. Returns the Offer.
    """
    fields = _terms(initiative.organisation, by, **terms)
    stop_if(permissions.why_not_offer(initiative, to, by=by, pay_pence=fields["pay_pence"]))
    offer = Offer.objects.create(initiative=initiative, to=to, made_by=by, made_at=at, **fields)
    _note("contributions.offer.made", offer, by, at, pence=offer.pence, unpaid=offer.unpaid)
    _tell(offer, by, at)
    return offer


@transaction.atomic
def replace_offer(*, offer_id, by, at, **terms):
    """Make a new offer in place of one: what was offered stays readable, and the person answers anew."""
    old = _locked(offer_id)
    stop_if(permissions.why_not_replace(old, by=by))
    fields = _terms(old.initiative.organisation, by, **terms)
    stop_if(permissions.why_not_offer(old.initiative, old.to, by=by, pay_pence=fields["pay_pence"]))
    Offer.objects.filter(pk=old.pk).update(state=OfferState.REPLACED)
    offer = Offer.objects.create(initiative=old.initiative, to=old.to, made_by=by, made_at=at, replaces=old, **fields)
    _note("contributions.offer.replaced", offer, by, at, pence=offer.pence, before=old.pence)
    _tell(offer, by, at)
    return offer


def preview(*, initiative, to, by, **terms):
    """What an offer with these terms would say, as its fields, and how its pay stands beside the living wage.

    Writes nothing. Raises Refused as `make_offer` would. wage: a Comparison, or None without a figure for that day.
    """
    fields = _terms(initiative.organisation, by, **terms)
    stop_if(permissions.why_not_offer(initiative, to, by=by, pay_pence=fields["pay_pence"]))
    return fields | {"wage": beside_living_wage(fields["pay_pence"], fields["minutes"], fields["activity_on"])}


def offer_cash_today(*, initiative, to, pence, by, at):
    """Offer cash for today from the float, up to £50; nothing is asked and no reason is kept. Returns the Offer."""
    on = local_day(at, initiative.organisation)
    return make_offer(
        initiative=initiative, to=to, by=by, at=at, task="Cash for today", activity_on=on, minutes=1,
        fixed_pence=pence, same_day=True,
    )  # fmt: skip


def _terms(
    organisation, by, *, task, activity_on, minutes, line=None, fixed_pence=None, costs_pence=0, costs_words="",
    approver=None, ask_words="", confirmed_unpaid=False, same_day=False,
):  # fmt: skip
    """The fields of an offer: the rate is copied as it stands now. line: a RateLine of this organisation, or None.

    minutes count getting ready and talking afterwards. fixed_pence: a sum without a rate card, for cash today.
    """
    if line is not None and line.card.organisation_id != organisation.pk:
        raise Refused(Refusal("other-card", "That rate belongs to another organisation."))
    pay, words = pay_for(line, minutes) if fixed_pence is None else (fixed_pence, "Cash, handed over on the day.")
    stop_if(
        permissions.why_not_terms(
            task=task, minutes=minutes, pence=pay + costs_pence, unpaid=not pay, confirmed_unpaid=confirmed_unpaid,
            same_day=same_day,
        )
    )  # fmt: skip
    return {
        "task": task.strip(), "activity_on": activity_on, "minutes": minutes, "line": line, "rate_words": words,
        "pay_pence": pay, "costs_pence": costs_pence, "costs_words": costs_words.strip(), "pence": pay + costs_pence,
        "unpaid": not pay, "same_day": same_day, "approver": approver,
        "approver_words": approver.shown_name if approver else "an approver",
        "ask_words": ask_words.strip() or by.shown_name,
        "promised_on": activity_on if same_day else promised_day(activity_on, organisation),
    }  # fmt: skip


def _tell(offer, by, at):
    words = (
        "There is an offer for you. It says the work, the money and the day. Answer when you like: "
        "yes, less, later, give it away and no are all good answers."
    )
    url = reverse("contributions:offer", args=[offer.pk])
    people.tell(to=offer.to, about=f"offer:{offer.pk}", words=words, url=url, by=by, at=at)


# --- the person's answer ---


@transaction.atomic
def answer(
    *, offer_id, state, by, at, pence=None, method="", shop="", given_to="", pay_from=None, later_on=None, reason=""
):
    """Answer an offer: ACCEPTED, PART (pence: what they take, 0 for nothing), GIVEN (given_to), LATER, DECLINED.

    Every answer is a good ending and may be changed until the money is approved. reason stays with the person.
    Cash for today needs no work, so a yes to it is done at once. Raises Refused when it is not theirs to answer.
    """
    offer = _locked(offer_id)
    stop_if(
        permissions.why_not_answer(offer, by=by, state=state, pence=pence, method=method, shop=shop, given_to=given_to)
    )
    fields = answered(
        offer, state=state, pence=pence, method=method, shop=shop, given_to=given_to, pay_from=pay_from,
        later_on=later_on, reason=reason,
    )  # fmt: skip
    fields |= {"answered_at": at, "channel": by.channel}
    if offer.same_day and state in YES and offer.state != OfferState.DONE:
        fields |= _done(offer.activity_on, by, at)
    _save(offer, fields)
    _note("contributions.offer.answered", offer, by, at, state=str(state))
    return offer


def _save(offer, fields):
    for name, value in fields.items():
        setattr(offer, name, value)
    offer.save(update_fields=list(fields))


def _done(on, by, at):
    return {"state": OfferState.DONE, "done_on": on, "done_at": at, "done_by": by, "done_channel": by.channel}


@transaction.atomic
def say_done(*, offer_id, on, by, at):
    """Say that the work was done on a day; the promise of the money counts from that day."""
    offer = _locked(offer_id)
    organisation = offer.initiative.organisation
    stop_if(permissions.why_not_say_done(offer, by=by, on=on, today=local_day(at, organisation)))
    promised_on = offer.promised_on if offer.same_day else promised_day(on, organisation)
    _save(offer, _done(on, by, at) | {"promised_on": promised_on})
    _note("contributions.work.done", offer, by, at, accepted=offer.accepted_pence)
    return offer


@transaction.atomic
def take_back_done(*, offer_id, by, at):
    """Say that the work is not done after all; the yes stands as it was."""
    offer = _locked(offer_id)
    stop_if(permissions.why_not_take_back_done(offer, by=by))
    before = {"done_on": None, "done_at": None, "done_by": None, "done_channel": "", "state": yes_of(offer)}
    _save(offer, before | {"promised_on": promised_day(offer.activity_on, offer.initiative.organisation)})
    _note("contributions.work.not_done", offer, by, at)
    return offer


# --- doors for the people who pay ---


@transaction.atomic
def settle(*, offer_id, money, at, on=None, held_words="", held_by=None):
    """Write what the people who pay say of an offer's money, so that its person sees it. Returns the locked Offer.

    For the room of payments only, which asks its own rules and keeps its own line in the record first. From
    APPROVED on the answer stands; NOT_YET lets the person change it again. on: the day of that step.
    """
    offer = _locked(offer_id)
    if offer.state != OfferState.DONE:
        raise Refused(Refusal("not-done", "Nobody has said that this work is done."))
    held = money == MoneyState.HELD
    fields = {"money": money, "held_words": held_words if held else "", "held_by": held_by if held else None}
    if money == MoneyState.NOT_YET:
        fields["approved_on"] = None
    day_of = {"APPROVED": "approved_on", "SENT": "sent_on", "ARRIVED": "arrived_on"}.get(str(money))
    if day_of:
        fields[day_of] = on
    _save(offer, fields)
    return offer


@transaction.atomic
def lock(*, offer_id):
    """The offer with its initiative and person, locked until the transaction ends. For the room of payments."""
    return _locked(offer_id)


@transaction.atomic
def erase_words(*, person, at):
    """Blank what offers to a person hold in words of their own; the amounts stay as long as money records must."""
    theirs = Offer.objects.filter(to=person)
    theirs.filter(method=Method.VOUCHER).update(shop="erased")
    changed = theirs.update(reason="", given_to="", held_words="", later_on=None, pay_from=None)
    record.note(what="contributions.words.erased", subject=person, at=at, offers=changed)
