"""Reads of rate cards and offers. An offer is seen by its person and by who leads that initiative."""

from datetime import timedelta

from django.db.models import Case, Count, F, Max, Q, Sum, When
from django.urls import reverse

from alongside.calculations import content, small_numbers
from alongside.contributions.models import ANSWERED_YES, Offer, RateCard, RateLine
from alongside.contributions.policies import due_day, hide_few, local_day, thread_of, yes_of
from alongside.contributions.states import YES, MoneyState, OfferState
from alongside.design.states import BECAME, NEEDS, WAITS, Line
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind

__all__ = ["due_day", "local_day", "thread_of", "yes_of"]

NEWS_DAYS = 14
# An offer is a wide row. What its line on the first page and its thread show, and what a table of payments shows:
_ON_A_LINE = (
    "task", "state", "activity_on", "made_at", "answered_at", "accepted_pence", "later_on", "done_on", "promised_on",
    "pay_from", "approver_words", "money", "approved_on", "sent_on", "arrived_on", "initiative__organisation__zone",
    "to__shown_name", "made_by__shown_name", "done_by__shown_name", "held_by__shown_name",
)  # fmt: skip
_IN_A_TABLE = ("to__shown_name", "accepted_pence", "method", "promised_on", "pay_from", "done_on")


# --- rate cards ---


def rate_cards_of(organisation):
    """All versions of the rate card, newest first."""
    return RateCard.objects.filter(organisation=organisation).select_related("made_by").order_by("-version")


def lines_of(cards):
    """The lines of these cards, in the order in which they were written."""
    return RateLine.objects.filter(card__in=cards).select_related("card").order_by("card", "pk")


def rate_card_on(organisation, on):
    """The card that holds on a day: the newest version that had begun; None before the first."""
    return rate_cards_of(organisation).filter(from_on__lte=on).first()


def rates_on(organisation, on):
    """The lines of the card that holds on a day, in their order; none when there is no card."""
    card = rate_card_on(organisation, on)
    return lines_of([card]) if card else RateLine.objects.none()


def organisation_for(person, pk):
    """The organisation whose rate card the person may read (its members), as a queryset for 404."""
    return organisations.of(person).filter(pk=pk)


def may_set_rates(person):
    """Organisations whose rate card the person may set."""
    return organisations.organisations_where(person, DutyKind.LEAD, DutyKind.OPERATOR)


# --- offers ---


def _offers():
    return Offer.objects.select_related(
        "initiative__organisation", "to", "made_by", "done_by", "approver", "held_by"
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


def replaced_by(offer):
    """The offer that took this one's place; None when it stands."""
    return Offer.objects.filter(replaces=offer).first()


def _owed():
    done = _offers().filter(state=OfferState.DONE, accepted_pence__gt=0)
    return done.exclude(money=MoneyState.ARRIVED).order_by("promised_on", "pk")


def owed_in(which):
    """Offers whose work is done and whose money has not arrived, under a condition; soonest promise first."""
    return _owed().filter(which)


def owed_in_organisation(organisation):
    """Offers of an organisation whose work is done and whose money has not arrived; soonest promise first."""
    return _owed().filter(initiative__organisation=organisation)


def worked_in(which):
    """All offers under a condition whose work is done and that bring money, paid ones too; newest promise first."""
    done = _offers().filter(which, state=OfferState.DONE, accepted_pence__gt=0)
    return done.order_by("-promised_on", "-pk")


def for_a_table(offers):
    """These offers with only what a table of payments shows: who, how much, how and by when."""
    return offers.select_related(None).select_related("to").only(*_IN_A_TABLE)


def promised_pence(organisation):
    """(number of offers, whole pence) that people said yes to and whose money is not approved yet."""
    yes = Offer.objects.filter(initiative__organisation=organisation, state__in=ANSWERED_YES, accepted_pence__gt=0)
    found = yes.filter(money__in=[MoneyState.NOT_YET, MoneyState.HELD]).aggregate(
        count=Count("pk"), sum=Sum("accepted_pence")
    )
    return found["count"], found["sum"] or 0


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
    offers = offers.select_related("initiative__organisation", "to", "made_by", "done_by", "held_by")
    return [line for line in (_line(offer, person, on) for offer in offers) if line]


def _line(offer, person, on):
    url = reverse("contributions:offer", args=[offer.pk])
    if offer.state == OfferState.MADE or (offer.state == OfferState.LATER and (offer.later_on or on) <= on):
        return Line(f"An offer to answer: {offer.task}", url, NEEDS, offer.activity_on)
    if offer.state in YES and offer.activity_on <= on:
        return Line(f"Is it done? {offer.task}", url, NEEDS)
    if offer.state != OfferState.DONE or not offer.accepted_pence:
        return None
    thread = thread_of(offer, viewer=person, on=on)
    if offer.money == MoneyState.ARRIVED:
        return Line(f"Your money for: {offer.task}", url, BECAME, thread=thread)
    return Line(f"Your money for: {offer.task}", url, WAITS, due_day(offer), thread)


def about_me(person):
    """Everything kept about the person in this room, as plain rows for their own file."""
    return {
        "offers": [
            {
                "offered_on": offer.made_at.date(), "initiative": offer.initiative.name, "task": offer.task,
                "minutes": offer.minutes, "rate": offer.rate_words, "pence": offer.pence,
                "costs": offer.costs_words, "answer": offer.get_state_display(), "your_reason": offer.reason,
                "accepted_pence": offer.accepted_pence, "method": offer.get_method_display(), "shop": offer.shop,
                "given_to": offer.given_to, "done_on": offer.done_on, "promised_on": offer.promised_on,
                "money": offer.get_money_display(), "arrived_on": offer.arrived_on,
            }
            for offer in offers_to(person)
        ]
    }  # fmt: skip


def figures(organisation, from_day, to_day, initiative=None):
    """Counts of offers for work from a day up to, not including, another; for the yearly page.

    offered, unpaid, accepted, part, given, later, waiting, declined: offers; minutes of work done. Those that say
    what people chose are hidden together when they are about few people. What was declined, taken in part or given
    is never added up in money: it is nobody's saving.
    """
    rows = Offer.objects.filter(
        initiative__organisation=organisation, activity_on__gte=from_day, activity_on__lt=to_day
    ).exclude(state=OfferState.REPLACED)
    rows = rows.filter(initiative=initiative) if initiative else rows
    yes = Q(state__in=ANSWERED_YES)
    part, given = Q(accepted_pence__lt=F("pence")), Q(method="GIFT")
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


def panel_counts(initiative):
    """How many offers of an initiative wait for an answer, are a yes, and are done; and the latest promise."""
    return Offer.objects.filter(initiative=initiative).aggregate(
        waiting=Count("pk", filter=Q(state__in=[OfferState.MADE, OfferState.LATER])),
        yes=Count("pk", filter=Q(state__in=YES)),
        done=Count("pk", filter=Q(state=OfferState.DONE)),
        latest=Max(Case(When(state=OfferState.DONE, then="promised_on"))),
    )


def invariants():
    """Faults in what is kept here, in plain words; [] when all is well. For `alongside verify`."""
    wrong = Offer.objects.exclude(pence=F("pay_pence") + F("costs_pence")).values_list("pk", flat=True)
    more = Offer.objects.filter(accepted_pence__gt=F("pence")).values_list("pk", flat=True)
    return [f"Offer {pk} does not add up." for pk in wrong.order_by("pk")] + [
        f"Offer {pk} was accepted for more than was offered." for pk in more.order_by("pk")
    ]
