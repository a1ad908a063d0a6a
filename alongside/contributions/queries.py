"""Reads of offers. An offer is seen by its person and by who leads that initiative."""

from collections import defaultdict
from datetime import timedelta
from itertools import batched

from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from alongside.benefits import queries as benefits
from alongside.calculations import content, small_numbers
from alongside.calculations.money import pounds
from alongside.contributions import policies
from alongside.contributions.models import ANSWERED_YES, Offer, OfferPart
from alongside.contributions.policies import (
    as_it_stands,
    chosen_parts,
    comes_on,
    days_of_shares,
    due_day,
    due_day_of,
    hide_few,
    offered,
    pay_and_costs,
    pay_by_day,
    whens_of,
    yes_of,
)
from alongside.contributions.states import FIXED, MOST_MINUTES, TO_THE_PERSON, YES, Method, MoneyState, OfferState
from alongside.design.states import BECAME, NEEDS, WAITS, Line, day_words
from alongside.gatherings import queries as gatherings
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING, ReplyState
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees import queries as payees

__all__ = ["chosen_parts", "due_day", "due_day_of", "offered", "thread_of", "whens_of", "yes_of"]

NEWS_DAYS = 14
AT_ONCE = 500
LOOK_BACK_DAYS = 396  # thirteen months
# An offer is a wide row. What its line on the first page and its thread show:
_ON_A_LINE = (
    "task", "state", "activity_on", "made_at", "answered_at", "accepted_pence", "later_on", "done_on", "promised_on",
    "approver_words", "money", "approved_on", "sent_on", "arrived_on", "initiative__organisation__zone",
    "to__shown_name", "made_by__shown_name", "done_by__shown_name", "held_by__shown_name",
)  # fmt: skip
# What a table of payments shows of a part and its offer.
_IN_A_TABLE = (
    "pence", "place", "from_on", "money", "offer__method", "offer__promised_on", "offer__done_on", "offer__provider",
    "offer__given_to", "offer__to__shown_name", "offer__initiative__organisation", "offer__fund_line__fund",
    "offer__approver_words",
)  # fmt: skip


def thread_of(offer, *, viewer, on, parts=()):
    """The life of an offer as a Thread, as `policies.thread_of` draws it, with what came back from the bank."""
    return policies.thread_of(offer, viewer=viewer, on=on, parts=parts, backs=_backs(offer, parts))


def _backs(offer, parts):
    """Keys of those parts that came back from the bank and whose person has not looked at the account since."""
    back = [part for part in parts if part.back_at]
    payee = payees.payee_of(offer.to) if back else None
    return {part.pk for part in back if payee is None or payee.confirmed_at <= part.back_at}


# --- offers ---


def _offers():
    return Offer.objects.select_related(
        "initiative__organisation", "to", "made_by", "done_by", "approver", "held_by", "fund_line__fund"
    ).order_by("-made_at", "-pk")


def led_by(person):
    """Initiatives that the person leads or chairs."""
    return initiatives.initiatives_where(person, *LEADING)


def offers_visible_to(person):
    """Offers made to the person, and those of initiatives that they lead; newest first."""
    if person is None:
        return Offer.objects.none()
    return _offers().filter(Q(to=person) | initiatives.asked_to(person, LEADING))


def offers_led_by(person):
    """Offers of initiatives that the person leads; newest first."""
    return _offers().filter(initiatives.asked_to(person, LEADING))


def offers_to(person):
    """Offers made to the person; newest first."""
    return _offers().filter(to=person)


def own_in(initiative, person):
    """The newest three offers to the person in one initiative, with only what its page shows."""
    own = Offer.objects.filter(initiative=initiative, to=person).order_by("-made_at", "-pk")
    return own.only("task", "pence", "state")[:3]


def offers_of(initiative):
    """All offers of one initiative, newest first; for who leads it."""
    return _offers().filter(initiative=initiative)


def gatherings_led_by(person):
    """Gatherings of initiatives that the person leads, from which offers can be made; newest day first."""
    return gatherings.gatherings_visible_to(person).filter(initiatives.asked_to(person, LEADING))


def from_gathering(gathering):
    """What an offer for a gathering starts with: its title, its day, its length; and the keys of who was invited."""
    start = organisations.local_day(gathering.initiative.organisation, gathering.starts_at)
    minutes = int((gathering.ends_at - gathering.starts_at).total_seconds() // 60)
    initial = {"task": gathering.title, "activity_on": start, "minutes": min(minutes, MOST_MINUTES)}
    return initial, {invitation.person_id for invitation in gatherings.invitations(gathering)}


def from_advert(advert):
    """What an offer for an advert starts with: its title; and the keys of who answered it and has not been refused."""
    replies = initiatives.replies_to(advert).exclude(state__in=[ReplyState.NOT_NOW, ReplyState.WITHDRAWN])
    return {"task": advert.title}, {reply.person_id for reply in replies}


def starting_points(initiative):
    """(gatherings, adverts) of an initiative from which offers can be made: the newest few of each."""
    return gatherings.of_initiative(initiative)[:3], initiatives.adverts_of(initiative, drafts=False)[:3]


def replaced_by(offer):
    """The offer that took this one's place; None when it stands."""
    return Offer.objects.filter(replaces=offer).first()


def said_yes_in(which):
    """All offers under a condition to which the person said yes and that bring money, in the order they were made."""
    yes = _offers().filter(which, state__in=ANSWERED_YES, accepted_pence__gt=0)
    return yes.order_by("pk")


# --- the parts of the money ---


def _live_parts():
    return OfferPart.objects.filter(pence__gt=0).select_related(
        "offer__initiative__organisation", "offer__to", "offer__made_by", "offer__done_by", "offer__approver", "held_by"
    )


def parts_of(offer):
    """The parts of an offer's money, in turn; one when it comes at once, none where no money was accepted."""
    return _live_parts().filter(offer=offer).order_by("place")


def part(pk):
    """One part of money by key, with its offer; None when there is none."""
    return _live_parts().filter(pk=pk).first()


def costs_of_work(people, days):
    """{(person, initiative, day): whole pence} of costs that come with offers for work on these days, done or to do."""
    found = Offer.objects.filter(to__in=people, activity_on__in=days, costs_pence__gt=0, costs_only=False)
    found = found.filter(state__in=[*YES, OfferState.DONE]).order_by("to", "initiative", "activity_on")
    sums = found.values_list("to", "initiative", "activity_on").annotate(Sum("costs_pence"))
    return {(person, initiative, day): pence for person, initiative, day, pence in sums}


def costs_on_day(person, initiative, day):
    """Whole pence of costs that come to the person with offers for work of a day at one table."""
    return costs_of_work([person], [day]).get((person.pk, initiative.pk, day), 0)


def wants_by_bank(person):
    """Whether money that the person wants by bank is still to be sent."""
    return Offer.objects.filter(to=person, method=Method.BANK, sent_on=None, accepted_pence__gt=0).exists()


def in_order(part_ids):
    """Keys of parts in the order in which everybody locks them: by offer, then by part. However many, in small reads."""
    found = []
    for some in batched(part_ids, AT_ONCE):
        found += OfferPart.objects.filter(pk__in=some).order_by("offer", "pk").values_list("offer", "pk")
    return [pk for _, pk in sorted(found)]


def parts_by_offer(offers):
    """{offer's key: its parts in turn}, for offers whose money comes in several parts or in one."""
    found = defaultdict(list)
    for part in _live_parts().filter(offer__in=offers).order_by("offer", "place"):
        found[part.offer_id].append(part)
    return found


def worked_in(which):
    """Parts of money under a condition whose work is done, gone ones too; newest promise first.

    which: a condition on parts; their initiative lies at the path offer__initiative.
    """
    done = _live_parts().filter(which, offer__state=OfferState.DONE)
    return done.order_by("-offer__promised_on", "-offer__pk", "place")


def for_a_table(parts):
    """These parts with only what a table of payments shows: who, how much, how and by when."""
    rows = parts.select_related(None).select_related("offer__to", "offer__initiative", "offer__fund_line")
    return rows.only(*_IN_A_TABLE)


def planned_money(person, on, but=None):
    """[(day, whole pence)] of pay that is promised to the person or came in the last thirteen months, in order of days.

    Only what comes to the person themselves, and not what brings back costs. What is late counts today, since it can
    come any day now. but: an offer to leave out.
    """
    said = _live_parts().filter(offer__to=person, offer__state__in=ANSWERED_YES, offer__method__in=TO_THE_PERSON)
    said = said.exclude(arrived_on__lt=on - timedelta(days=LOOK_BACK_DAYS)).exclude(offer=but)
    whole = defaultdict(list)
    for part in said.order_by("offer", "place"):
        whole[part.offer].append(part)
    rows = [pay_by_day(offer, [(comes_on(part, on), part.pence) for part in parts]) for offer, parts in whole.items()]
    return sorted(row for rows_of_one in rows for row in rows_of_one)


def would_be_over(offer, shares, on):
    """Where these shares of an offer would go over what its person set for themselves: list of Over.

    shares: (whole pence, first day or None) of what does not stand yet. Nothing of it is kept; only for the person.
    """
    stands = [part for part in parts_of(offer) if part.money in FIXED] if offer.fixed_pence else []
    new = days_of_shares(offer, shares, on)
    pay = pay_by_day(offer, [*((comes_on(part, on), part.pence) for part in stands), *new])
    found = benefits.over_ceiling(offer.to, planned_money(offer.to, on, but=offer) + pay) if pay else []
    return [each for each in found if any(each.from_on <= day < each.to_on for day, _ in new)]


def has_ceiling(person):
    """Whether the person set a most for a week or a month, so that the day on which money comes matters; for them alone."""
    return benefits.ceilings_of(person).exists()


def asks_first(person):
    """Whether the person wants a question before an offer with money, and before their own yes to one."""
    return benefits.asks_first(person)


def letter_of(offer, on):
    """The letter to an office that an offer makes, as it stands now: shown and printed, nothing of it kept or sent.

    It names only money that comes to the person: all that is offered before their answer, then what they took.
    """
    rows = pay_and_costs(offer, as_it_stands(offer, list(parts_of(offer)), on))
    facts = benefits.LetterFacts(
        organisation=offer.initiative.organisation.name, country=offer.initiative.organisation.country, on=on,
        activity=f"{offer.task}, on {day_words(offer.activity_on)}.",
        sums=tuple(benefits.Sum(day, pay) for day, pay, _ in rows if pay),
        costs=tuple(benefits.Sum(day, costs, offer.costs_words) for day, _, costs in rows if costs),
    )  # fmt: skip
    return benefits.letter(offer.to, facts)


def letter_pdf(letter):
    """The letter as a PDF. Raises papers.CannotSet, in plain words."""
    return benefits.letter_pdf(letter)


def waiting_on(line, but=None):
    """Whole pence that are offered from a line of a fund and wait for an answer; the book knows only what got a yes.

    but: an offer in whose place another would come.
    """
    waits = Offer.objects.filter(fund_line=line, state__in=[OfferState.MADE, OfferState.LATER])
    waits = waits.exclude(pk=but.pk) if but else waits
    return waits.aggregate(pence=Sum(F("pence") - F("early_pence")))["pence"] or 0


def seats_to_offer(initiative, by):
    """Seats to whose people `by` can make an offer: everybody at the table but themselves, by name."""
    return initiatives.seated(initiative).exclude(person=by)


def approvers(organisation):
    """Duties of people who approve payments in the organisation, by name."""
    return organisations.duty_holders(organisation, DutyKind.APPROVER)


def benefit_words(organisation):
    """The reviewed sentences about pay and benefits for the organisation's country. Nothing of it is kept."""
    return content.benefit_line(organisation.country)


def method_words():
    """{BANK, CASH, VOUCHER: reviewed content} of what each way of being paid means and what can go wrong."""
    return {method.id.upper(): method for method in content.payment_methods()}


# --- pages of other rooms ---


def today(person, on):
    """Lines of the today page: offers to answer, work to say done, money that comes, what arrived lately."""
    if person is None:
        return []
    recent = Q(money=MoneyState.ARRIVED, arrived_on__gte=on - timedelta(days=NEWS_DAYS))
    live = ~Q(state__in=[OfferState.REPLACED, OfferState.DECLINED]) & ~Q(money=MoneyState.ARRIVED)
    offers = Offer.objects.filter(live | recent, to=person).order_by("promised_on", "pk").only(*_ON_A_LINE)
    offers = list(offers.select_related("initiative__organisation", "to", "made_by", "done_by", "held_by"))
    worked = [offer for offer in offers if offer.state == OfferState.DONE and offer.accepted_pence]
    parts = parts_by_offer(worked) if worked else {}
    return [line for line in (_line(offer, person, on, parts.get(offer.pk, ())) for offer in offers) if line]


def _line(offer, person, on, parts):
    url = reverse("contributions:offer", args=[offer.pk])
    if offer.state == OfferState.MADE or (offer.state == OfferState.LATER and (offer.later_on or on) <= on):
        return Line(f"An offer to answer: {offer.task}", url, NEEDS, offer.activity_on)
    if offer.state in YES and offer.activity_on <= on:
        return Line(f"Is it done? {offer.task}", url, NEEDS)
    if offer.state != OfferState.DONE or not offer.accepted_pence:
        return None
    thread = thread_of(offer, viewer=person, on=on, parts=parts)
    if offer.money == MoneyState.ARRIVED:
        return Line(f"Your money for: {offer.task}", url, BECAME, thread=thread)
    return Line(f"Your money for: {offer.task}", url, WAITS, due_day(offer), thread)


def parts_as_words(parts):
    """Each part of the money in words: the sum, the day, how it stands."""
    return [
        f"{pounds(part.pence)}, {day_words(due_day_of(part))}, {part.get_money_display().lower()}" for part in parts
    ]


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    offers = list(offers_to(person))
    parts = parts_by_offer(offers)
    return {
        "offers": [
            {
                "offered_on": organisations.local_day(offer.initiative.organisation, offer.made_at),
                "initiative": offer.initiative.name, "task": offer.task,
                "minutes": offer.minutes, "rate": offer.rate_words, "pence": offer.pence,
                "costs": offer.costs_words, "answer": offer.get_state_display(), "your_reason": offer.reason,
                "accepted_pence": offer.accepted_pence, "method": offer.get_method_display(), "shop": offer.shop,
                "paid_straight_to": offer.provider, "in_parts": parts_as_words(parts[offer.pk]), "given_to": offer.given_to, "done_on": offer.done_on, "promised_on": offer.promised_on,
                "money": offer.get_money_display(), "arrived_on": offer.arrived_on,
            }
            for offer in offers
        ]
    }  # fmt: skip


def figures(organisation, from_day, to_day, initiative=None):
    """Counts of offers for work from a day up to, not including, another; for the yearly page.

    offered, unpaid, accepted, part, given, later, waiting, declined: offers; minutes of work done. Those that say
    what people chose are hidden together when they are about few people. What was declined, taken in part or given
    is never added up in money: it is nobody's saving.
    """
    rows = Offer.objects.filter(
        initiative__organisation=organisation, activity_on__gte=from_day, activity_on__lt=to_day, costs_only=False
    ).exclude(state=OfferState.REPLACED)
    rows = rows.filter(initiative=initiative) if initiative else rows
    yes = Q(state__in=ANSWERED_YES)
    part, given = Q(accepted_pence__lt=F("pence") - F("early_pence")), Q(method="GIFT")
    cells = {
        "accepted": yes & ~part & ~given, "part": yes & part, "given": yes & given,
        "later": Q(state=OfferState.LATER), "waiting": Q(state=OfferState.MADE),
        "declined": Q(state=OfferState.DECLINED),
    }  # fmt: skip
    found = rows.aggregate(
        offered=Count("pk"), people=Count("to", distinct=True), unpaid=Count("pk", filter=Q(unpaid=True)),
        minutes=Sum("minutes", filter=Q(state=OfferState.DONE, same_day=False)),
        **{name: Count("pk", filter=cell) for name, cell in cells.items()},
    )  # fmt: skip
    chosen = {name: found[name] for name in cells}
    who = rows.aggregate(**{name: Count("to", distinct=True, filter=cell) for name, cell in cells.items()})
    hidden = hide_few(chosen, who, found["people"], k=max(organisation.small_number, small_numbers.K_FLOOR))
    return found | hidden | {"minutes": found["minutes"] or 0}


def minutes_by_fund(organisation, from_day, to_day, initiative=None):
    """Work done from a day up to, not including, another, by what paid for it: {name: (minutes, different people)}.

    The name is the fund's; "" for work that is paid from no fund that was named, None for work without money.
    """
    done = Offer.objects.filter(
        initiative__organisation=organisation, activity_on__gte=from_day, activity_on__lt=to_day,
        state=OfferState.DONE, same_day=False, costs_only=False, minutes__gt=0,
    )  # fmt: skip
    done = done.filter(initiative=initiative) if initiative else done
    without = Q(unpaid=True) | Q(accepted_pence=0)
    route = Case(When(without, then=None), default=Coalesce("fund_line__fund__name", Value("")))
    rows = done.values_list(route).annotate(Sum("minutes"), Count("to", distinct=True)).order_by(route)
    return {name: (minutes, people) for name, minutes, people in rows}


def panel_counts(initiative):
    """How many offers of an initiative wait for an answer, are a yes, and are done; and the latest promise."""
    return Offer.objects.filter(initiative=initiative).aggregate(
        waiting=Count("pk", filter=Q(state__in=[OfferState.MADE, OfferState.LATER])),
        yes=Count("pk", filter=Q(state__in=YES)),
        done=Count("pk", filter=Q(state=OfferState.DONE)),
        latest=Max(Case(When(state=OfferState.DONE, then="promised_on"))),
    )


def last_promised():
    """{organisation's key: the last day by which it promised money}, of offers that stand."""
    stand = Offer.objects.exclude(state__in=[OfferState.DECLINED, OfferState.REPLACED])
    return dict(stand.values_list("initiative__organisation").annotate(Max("promised_on")).order_by())


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well. For `alongside verify`."""
    wrong = Offer.objects.exclude(pence=F("pay_pence") + F("costs_pence")).values_list("pk", flat=True)
    in_parts = (
        Offer.objects.filter(state__in=ANSWERED_YES)
        .annotate(parts=Coalesce(Subquery(_sum_of_parts()), 0))
        .exclude(parts=F("accepted_pence"))
    )
    more = Offer.objects.filter(accepted_pence__gt=F("pence")).values_list("pk", flat=True)
    return (
        [f"Offer {pk} does not add up." for pk in wrong.order_by("pk")]
        + [
            f"The parts of offer {pk} do not come to what was accepted."
            for pk in in_parts.order_by("pk").values_list("pk", flat=True)
        ]
        + [f"Offer {pk} was accepted for more than was offered." for pk in more.order_by("pk")]
    )


def _sum_of_parts():
    rows = OfferPart.objects.filter(offer=OuterRef("pk")).order_by()
    return rows.values("offer").annotate(pence=Sum("pence")).values("pence")
