"""What changes: offers, answers, work done. What was offered never changes; a new offer replaces."""

from collections import defaultdict

from django.db import transaction
from django.urls import reverse

from alongside.contributions import permissions, queries
from alongside.contributions.models import Offer, OfferPart
from alongside.contributions.policies import (
    answered,
    days_of,
    gone_words,
    money_of,
    moved,
    rows_of,
    shares_of,
    yes_of,
)
from alongside.contributions.states import BEFORE_THE_DAY, FIXED, NO_LINE, YES, Method, MoneyState, OfferState
from alongside.ledger import operations as book
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.people import operations as people
from alongside.rates import queries as rates
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

KNOWN = {"confirmed_gone": True, "confirmed_cover": True}


def _note(what, offer, by, at, **facts):
    record.note(what=what, subject=offer, by=by, at=at, organisation_id=offer.initiative.organisation_id, **facts)


def _locking():
    """Offers with their initiative and organisation, locked as they are read."""
    offers = Offer.objects.select_for_update(of=("self",))
    return offers.select_related("initiative__organisation", "to", "made_by", "fund_line__fund")


def _locked(offer_id):
    return _locking().get(pk=offer_id)


# --- offers ---


@transaction.atomic
def make_offer(*, initiative, to, by, at, **terms):
    """Put work and money to one person in writing, before the work; they are told by their own channel.

    terms: see `_terms`. Raises Refused when `by` may not, the figures cannot be, or the ask is unpaid and either not
    confirmed or not wanted by the person. Returns the Offer.
    """
    fields = _terms(initiative.organisation, by, at, **terms)
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
    stop_if(permissions.why_not_replace_costs(old, terms.get("costs_pence", 0)))
    fields = _terms(old.initiative.organisation, by, at, old=old, **terms)
    stop_if(permissions.why_not_offer(old.initiative, old.to, by=by, pay_pence=fields["pay_pence"]))
    Offer.objects.filter(pk=old.pk).update(state=OfferState.REPLACED)
    _promise(old, 0, by, at)
    offer = Offer.objects.create(initiative=old.initiative, to=old.to, made_by=by, made_at=at, replaces=old, **fields)
    _note("contributions.offer.replaced", offer, by, at, pence=offer.pence, before=old.pence)
    _tell(offer, by, at)
    return offer


@transaction.atomic
def make_offers(*, initiative, people, by, at, **terms):
    """The same offer to each of these people; each answers for themselves. All of them, or none. Returns the Offers."""
    fields = _terms(initiative.organisation, by, at, times=len(people), **terms)
    stop_if(_why_not_offer_all(initiative, people, by, fields))
    return [make_offer(initiative=initiative, to=to, by=by, at=at, **terms | KNOWN) for to in people]


def _why_not_offer_all(initiative, people, by, fields):
    refusals = (permissions.why_not_offer(initiative, to, by=by, pay_pence=fields["pay_pence"]) for to in people)
    return next(filter(None, refusals), None)


def preview(*, initiative, people, by, at, old=None, **terms):
    """What an offer with these terms would say, as its fields, and how its pay stands beside the living wage.

    Writes nothing. Raises Refused as `make_offers` would, but only warns where somebody may know. wage: a Comparison, a
    NoFigure or None; cover: what warns before it is promised to all of them, or ""; unlined: that nothing is set aside
    for it, or ""; gone: that its day is gone, or "".
    """
    fields = _terms(initiative.organisation, by, at, old=old, **terms | KNOWN)
    stop_if(_why_not_offer_all(initiative, people, by, fields))
    line, on, pence = fields["fund_line"], fields["activity_on"], fields["pence"] * len(people)
    cover = _cover_words(initiative.organisation, line, on, pence, old)
    wage = rates.beside_living_wage(fields["pay_pence"], fields["minutes"], on)
    lines = pence and line is None and ledger.lines_of(initiative.organisation).exists()
    gone = gone_words(on, organisations.local_day(initiative.organisation, at))
    return fields | {"cover": cover, "wage": wage, "unlined": NO_LINE if lines else "", "gone": gone}


@transaction.atomic
def owe_costs(
    *, initiative, to, words, activity_on, pence, costs_words, method, channel, by, at, provider="",
    fund_line=None, before=False, written_by=None,
):  # fmt: skip
    """Costs that a person has or had, as an Offer that is accepted and done: nobody is asked for work. Returns it.

    For rooms above, which let the person confirm what somebody wrote down for them. words: what for. method: how the
    money comes, see FOR_COSTS; for PREPAID name the provider. before: it is promised before the day, not after it.
    written_by: who wrote it down, where that is not `by`, who says that it is right; neither of them approves it.
    Of a day long gone the promise counts from today, since nobody could pay what nobody had asked for.
    Raises Refused when the figures or the way cannot be.
    """
    organisation, written_by = initiative.organisation, written_by or by
    stop_if(permissions.why_not_owe_costs(initiative, to, by=by, pence=pence, method=method, provider=provider))
    on = organisations.local_day(organisation, at)
    offer = Offer.objects.create(
        initiative=initiative, to=to, task=words.strip(), activity_on=activity_on, minutes=0, work_minutes=0,
        rate_words="Costs, paid back in full.", pay_pence=0, costs_pence=pence, costs_words=costs_words.strip(),
        pence=pence, costs_only=True, fund_line=fund_line, approver_words="an approver", ask_words=written_by.shown_name,
        promised_on=ledger.day_before(organisation, activity_on, on) if before or method == Method.ADVANCE
        else _promised(organisation, max(activity_on, on), at_once=False), made_at=at, made_by=written_by,
        state=OfferState.DONE,
        answered_at=at, channel=channel, accepted_pence=pence, method=method, provider=provider.strip(),
        done_on=min(activity_on, on), done_at=at, done_by=by, done_channel=channel,
    )  # fmt: skip
    _put_parts(offer, [(pence, None)])
    _promise(offer, pence, by, at)
    _note("contributions.costs.owed", offer, by, at, pence=pence, method=str(method))
    return offer


def offer_cash_today(*, initiative, to, pence, by, at):
    """Offer cash for today from the float, up to 50; nothing is asked and no reason is kept. Returns the Offer."""
    on = organisations.local_day(initiative.organisation, at)
    return make_offer(
        initiative=initiative, to=to, by=by, at=at, task="Cash for today", activity_on=on, minutes=1,
        fixed_pence=pence, same_day=True,
    )  # fmt: skip


def _terms(
    organisation, by, at, *, task, activity_on, minutes, prep_minutes=0, debrief_minutes=0, rest_minutes=0, line=None,
    fixed_pence=None, costs_pence=0, costs_words="", approver=None, ask_words="", confirmed_unpaid=False,
    same_day=False, from_gathering=None, from_advert=None, fund_line=None, confirmed_gone=False,
    confirmed_cover=False, old=None, times=1,
):  # fmt: skip
    """The fields of an offer: the rate is copied as it stands now. line: a RateLine of this organisation, or None.

    minutes: of the work itself; getting ready, talking afterwards and rest are counted beside it, and paid. fixed_pence:
    a sum without a rate card, for cash today. from_gathering, from_advert: what the offer was made from, or None.
    fund_line: what pays for it, or None. confirmed_gone, confirmed_cover: the sender knows that its day is gone, that the
    line may not be enough. old: the offer in whose place this one comes, whose promise on that line is then given back.
    times: to how many people it is made at once.
    """
    work_minutes, minutes = minutes, minutes + prep_minutes + debrief_minutes + rest_minutes
    if line is not None and line.card.organisation_id != organisation.pk:
        raise Refused(Refusal("other-card", "That rate belongs to another organisation."))
    today = organisations.local_day(organisation, at)
    day = max(activity_on, today)  # work of a day that is gone takes the rate and the promise of today
    stop_if(permissions.why_not_rate(line, line and rates.card_on(organisation, day), day))
    stop_if(permissions.why_not_minutes(minutes))
    spent = {"work": work_minutes, "prep": prep_minutes, "debrief": debrief_minutes, "rest": rest_minutes}
    cash = (fixed_pence, "Cash, handed over on the day.")
    pay, words = rates.pay_for(line, **spent) if fixed_pence is None else cash
    stop_if(
        permissions.why_not_terms(
            task=task, pence=pay + costs_pence, unpaid=not pay, confirmed_unpaid=confirmed_unpaid,
            same_day=same_day,
        )
    )  # fmt: skip
    cover = _cover_words(organisation, fund_line, activity_on, (pay + costs_pence) * times, old)
    stop_if(permissions.why_not_warned("gone", gone_words(activity_on, today), confirmed=confirmed_gone))
    stop_if(permissions.why_not_warned("cover", cover, confirmed=confirmed_cover))
    return {
        "task": task.strip(), "activity_on": activity_on, "minutes": minutes, "work_minutes": work_minutes,
        "prep_minutes": prep_minutes, "debrief_minutes": debrief_minutes, "rest_minutes": rest_minutes,
        "from_gathering": from_gathering, "from_advert": from_advert, "line": line, "rate_words": words,
        "pay_pence": pay, "costs_pence": costs_pence, "costs_words": costs_words.strip(), "pence": pay + costs_pence,
        "unpaid": not pay, "same_day": same_day, "fund_line": fund_line, "approver": approver,
        "approver_words": approver.shown_name if approver else "an approver",
        "ask_words": ask_words.strip() or by.shown_name,
        "promised_on": _promised(organisation, day, at_once=same_day),
    }  # fmt: skip


def _promised(organisation, on, *, at_once):
    """The day by which the money of work on a day is promised; that day itself for what comes at once."""
    return on if at_once else ledger.promised_day(organisation, on)


def _promised_after(offer, on):
    """The promise for work done on a day; it never counts from before the offer, since nobody could pay what was not there."""
    organisation = offer.initiative.organisation
    made = organisations.local_day(organisation, offer.made_at)
    return _promised(organisation, max(on, made), at_once=False)


def _cover_words(organisation, line, on, pence, old):
    """What warns before so much is promised from a line of a fund; "" when nothing does, or no line was named."""
    if line is None or not pence:
        return ""
    if line.fund.organisation_id != organisation.pk:
        raise Refused(Refusal("other-fund", "That line belongs to another organisation."))
    known = ledger.promised(_about(old), line) if old else 0
    return ledger.cover(line, on, max(pence - known, 0), queries.waiting_on(line, but=old)).words


def _about(offer):
    return f"offer:{offer.pk}"


def _promise(offer, pence, by, at):
    """Write in the book what is promised for an offer from its line; nothing where no line was named."""
    if offer.fund_line_id:
        book.promise(line=offer.fund_line, about=_about(offer), pence=pence, by=by, at=at)


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
    *, offer_id, state, by, at, pence=None, method="", shop="", provider="", given_to="", pay_from=None, parts=(),
    later_on=None, reason="",
):  # fmt: skip
    """Answer an offer: ACCEPTED, PART (pence: what they take, 0 for nothing), GIVEN (given_to), LATER, DECLINED.

    Every answer is a good ending and may be changed while its money is not approved, part by part. parts: (pence, day
    or None) of what does not stand yet, in turn; without them it comes at once, on `pay_from` or after. reason stays
    with the person. Cash for today and costs before the day ask no work first, so a yes to them is done at once.
    Raises Refused when it is not theirs to answer.
    """
    offer = _locked(offer_id)
    said = {"state": state, "pence": pence, "method": method, "shop": shop, "given_to": given_to}
    stop_if(permissions.why_not_answer(offer, by=by, provider=provider, parts=parts, **said))
    shares = shares_of(offer, state, pence, parts, pay_from)
    fields = answered(offer, provider=provider, shares=shares, later_on=later_on, reason=reason, **said)
    fields |= {"answered_at": at, "channel": by.channel}
    if _needs_no_work(offer, method) and state in YES and offer.state != OfferState.DONE:
        fields |= _done(min(offer.activity_on, organisations.local_day(offer.initiative.organisation, at)), by, at)
        fields |= {"promised_on": _promised_at_once(offer, at)}
    parts = _put_parts(offer, shares)
    _save(offer, fields | (money_of(parts) if offer.money else {}))
    _promise(offer, offer.accepted_pence or 0, by, at)
    _note("contributions.offer.answered", offer, by, at, state=str(state), parts=len(shares))
    return offer


def _needs_no_work(offer, method):
    return offer.same_day or method in BEFORE_THE_DAY


def _promised_at_once(offer, at):
    """The day by which money that asks no work first is promised: cash for today on the day, costs before it."""
    organisation = offer.initiative.organisation
    on = organisations.local_day(organisation, at)
    return offer.activity_on if offer.same_day else ledger.day_before(organisation, offer.activity_on, on)


@transaction.atomic
def costs_early(*, offer_id, by, at):
    """Take the costs out of what comes with the pay of a yes, because a claim brings them before the day.

    For the room of claims, which owes them. What was offered stays. Raises Refused when there are none to take out.
    """
    offer = _locked(offer_id)
    stop_if(permissions.why_not_costs_early(offer, by=by))
    return _with_early(offer, offer.costs_pence, by, at)


@transaction.atomic
def costs_back(*, offer_id, by, at):
    """Let the costs come with the pay again: the claim for them was taken back."""
    offer = _locked(offer_id)
    stop_if(permissions.why_not_costs_back(offer, by=by))
    return _with_early(offer, 0, by, at)


def _with_early(offer, early, by, at):
    """Write how much of the costs comes early, and what is then left of the yes, on the parts that do not stand."""
    fields = {"early_pence": early}
    if offer.accepted_pence:
        more = offer.early_pence - early
        fields["accepted_pence"] = offer.accepted_pence + more
        parts = [(part.pence, part.from_on) for part in _parts(offer) if part.pence and part.money not in FIXED]
        _put_parts(offer, moved(parts, more))
    _save(offer, fields)
    _promise(offer, offer.accepted_pence or 0, by, at)
    _note("contributions.costs.early" if early else "contributions.costs.with_pay", offer, by, at, pence=early)
    return offer


def _parts(offer):
    """The parts of an offer, locked, in their order; those without pence too."""
    return list(OfferPart.objects.select_for_update(of=("self",)).filter(offer=offer).order_by("place"))


def _put_parts(offer, shares):
    """Write the shares of what does not stand yet over the parts that do not; a part left over has no pence.

    Returns the parts that have some.
    """
    for part in rows_of(offer, _parts(offer), shares, OfferPart):
        part.save()
    return [part for part in _parts(offer) if part.pence]


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
    stop_if(permissions.why_not_say_done(offer, by=by, on=on, today=organisations.local_day(organisation, at)))
    promised_on = offer.promised_on if offer.same_day else _promised_after(offer, on)
    _save(offer, _done(on, by, at) | {"promised_on": promised_on})
    _note("contributions.work.done", offer, by, at, accepted=offer.accepted_pence)
    return offer


@transaction.atomic
def take_back_done(*, offer_id, by, at):
    """Say that the work is not done after all; the yes stands as it was."""
    offer = _locked(offer_id)
    stop_if(permissions.why_not_take_back_done(offer, by=by))
    before = {"done_on": None, "done_at": None, "done_by": None, "done_channel": "", "state": yes_of(offer)}
    _save(offer, before | {"promised_on": _promised_after(offer, offer.activity_on)})
    _note("contributions.work.not_done", offer, by, at)
    return offer


@transaction.atomic
def time_given(*, offer_id, at):
    """Write that the minutes of this work were given, for the room of time only, which keeps the line in the record.

    From then on it cannot become money, nor be called not done. Raises Refused for work that cannot be given as time.
    """
    offer = _locked(offer_id)
    stop_if(permissions.why_not_give_time(offer))
    _save(offer, {"time_given_at": at})
    return offer


# --- doors for the people who pay ---


@transaction.atomic
def settle_part(*, part_id, money, at, **facts):
    """Write what the people who pay say of one part of an offer's money, so that its person sees it.

    For the room of payments only, which asks its own rules and keeps its own line in the record first. From APPROVED
    on the part stands; NOT_YET lets the person change it again. facts: see `settle_parts`. Returns the locked part.
    """
    return settle_parts(parts=lock_parts(part_ids=[part_id]), money=money, at=at, **facts)[0]


@transaction.atomic
def settle_parts(*, parts, money, at, on=None, held_words="", held_by=None, back_at=None):
    """As `settle_part`, for parts that `lock_parts` gave: all of them or none. Returns them.

    on: the day of that step; back_at: when the bank sent it back, for a reason that may lie with the account.
    """
    if any(part.offer.state != OfferState.DONE or not part.pence for part in parts):
        raise Refused(Refusal("not-done", "Nobody has said that this work is done."))
    held = money == MoneyState.HELD
    fields = {"money": money, "held_words": held_words if held else "", "held_by": held_by if held else None}
    fields["back_at"] = back_at
    _save_alike(parts, lambda _: fields | days_of(money, on))
    offers = list({part.offer_id: part.offer for part in parts}.values())
    rows = _parts_with_pence(offers)
    _save_alike(offers, lambda offer: money_of(rows[offer.pk]))
    return parts


def _parts_with_pence(offers):
    """{offer's key: its parts that have some pence, in their order}, all parts locked."""
    parts = OfferPart.objects.select_for_update(of=("self",)).select_related("held_by").filter(offer__in=offers)
    found = {offer.pk: [] for offer in offers}
    for part in parts.order_by("offer", "place"):
        if part.pence:
            found[part.offer_id].append(part)
    return found


def _save_alike(rows, fields_of):
    """Save new fields of rows of one table; what changes alike is written in one statement."""
    alike = defaultdict(list)
    for row in rows:
        changed = {name: value for name, value in fields_of(row).items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        alike[tuple(changed.items())].append(row.pk)
    for changed, pks in alike.items():
        if changed:
            type(rows[0]).objects.filter(pk__in=pks).update(**dict(changed))


@transaction.atomic
def settle(*, offer_id, money, at, **facts):
    """As `settle_part`, for all parts of an offer at once. Returns the locked Offer."""
    offer = _locked(offer_id)
    if offer.state != OfferState.DONE:
        raise Refused(Refusal("not-done", "Nobody has said that this work is done."))
    for part in OfferPart.objects.filter(offer=offer, pence__gt=0).order_by("place"):
        settle_part(part_id=part.pk, money=money, at=at, **facts)
    return _locked(offer_id)


@transaction.atomic
def lock_parts(*, part_ids):
    """Parts with their offers, all locked until the transaction ends, in the one order: by offer, then by part.

    Parts of one offer share it. Raises OfferPart.DoesNotExist when one is not there.
    """
    wanted = OfferPart.objects.filter(pk__in=part_ids)
    offers = {offer.pk: offer for offer in _locking().filter(pk__in=wanted.values("offer")).order_by("pk")}
    parts = list(wanted.select_for_update(of=("self",)).order_by("offer", "pk"))
    if len(parts) != len(set(part_ids)):
        raise OfferPart.DoesNotExist
    for part in parts:
        part.offer = offers[part.offer_id]
    return parts


@transaction.atomic
def lock(*, offer_id):
    """The offer with its initiative and person, locked until the transaction ends. For the room of payments."""
    return _locked(offer_id)


@transaction.atomic
def erase_words(*, person, at):
    """Blank what offers to a person hold in words of their own; the amounts stay as long as money records must."""
    theirs = Offer.objects.filter(to=person)
    theirs.filter(method=Method.VOUCHER).update(shop="erased")
    theirs.filter(method=Method.PREPAID).update(provider="erased")
    OfferPart.objects.filter(offer__to=person).update(from_on=None, held_words="")
    changed = theirs.update(reason="", given_to="", held_words="", later_on=None, pay_from=None)
    record.note(what="contributions.words.erased", subject=person, at=at, offers=changed)
