"""Reads of rate cards. A card is for the members of its organisation."""

from alongside.calculations import content, money
from alongside.organisations import queries as organisations
from alongside.rates.models import RateCard, RateLine
from alongside.rates.permissions import SETTING
from alongside.rates.policies import beside_living_wage, holding, line_beside_wage, name_of, pay_for
from alongside.rates.states import CONTENT_UNITS

NO_STARTERS = "We have no published card in {many} for today. Write your own here."

__all__ = ["beside_living_wage", "line_beside_wage", "name_of", "pay_for"]


def cards_of(organisation):
    """All versions of the rate card, newest first."""
    return RateCard.objects.filter(organisation=organisation).select_related("made_by").order_by("-version")


def lines_of(cards):
    """The lines of these cards, in the order in which they were written."""
    return RateLine.objects.filter(card__in=cards).select_related("card").order_by("card", "pk")


def card_on(organisation, on):
    """The card that holds on a day: the newest version that had begun; None before the first."""
    return cards_of(organisation).filter(from_on__lte=on).first()


def rates_on(organisation, on):
    """The lines of the card that holds on a day, in their order; none when there is no card."""
    card = card_on(organisation, on)
    return lines_of([card]) if card else RateLine.objects.none()


def rates_from(organisation, on):
    """The lines of the card that holds on a day, then of each that is set already to hold later; in the order of days."""
    cards = list(cards_of(organisation))
    days = sorted({on, *(card.from_on for card in cards if card.from_on > on)})
    hold = {card.pk: day for day in reversed(days) if (card := holding(cards, day))}
    return sorted(lines_of(hold), key=lambda line: (hold[line.card_id], line.pk))


def lines_to_show(organisation, on):
    """[(card, [(line, its Comparison or None)], whether it holds on that day)], newest first, in three queries."""
    cards = list(cards_of(organisation))
    lines = list(lines_of(cards))
    now = holding(cards, on)
    return [
        (card, [(line, line_beside_wage(line, max(on, card.from_on))) for line in lines if line.card_id == card.pk], card == now)
        for card in cards
    ]  # fmt: skip


def organisation_for(person, pk):
    """The organisation whose rate card the person may read (its members), as a queryset for 404."""
    return organisations.of(person).filter(pk=pk)


def may_set(person):
    """Organisations whose rate card the person may set."""
    return organisations.organisations_where(person, *SETTING)


def starters(organisation, on):
    """Published rate cards in the site's currency with figures for a day: those of the organisation's own country first.

    One that names only costs, by the mile or the meeting, is no rate card to begin with.
    """
    ours = [card for card in content.rate_cards() if card.use == "offer" and card.currency == money.code()]
    cards = [card for card in ours if card.on(on) and any(line.per in CONTENT_UNITS for line in card.on(on).lines)]
    return sorted(cards, key=lambda card: (card.country != organisation.country, card.words))
