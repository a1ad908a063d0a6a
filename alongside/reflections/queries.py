"""Reads of people's own lines: for the person; and for a table, what somebody shared with it."""

from alongside.calculations import content
from alongside.initiatives import queries as initiatives
from alongside.reflections.models import Reflection
from alongside.reflections.states import Level

MOST_SHOWN = 12


def lines_of(person):
    """The person's own lines that are there, newest first."""
    rows = Reflection.objects.filter(person=person, away_at=None).select_related("person", "shared_with")
    return rows.order_by("-on", "-pk")


def shared_at(initiative):
    """The newest lines that people shared with a table, with whose they are."""
    return _shared(initiative)[:MOST_SHOWN]


def _shared(initiative):
    rows = Reflection.objects.filter(shared_with=initiative, away_at=None).select_related("person")
    return rows.order_by("-shared_at", "-pk")


def by_level(initiative):
    """What was shared with a table, by level: (words of the level, its lines) of each level, also of an empty one.

    Lines that came from no question stand last. Lines are not counted, and no level is set above another.
    """
    lines = list(_shared(initiative))
    levels = [*(level for level in Level if level.value), Level.NONE]
    return [(level.label, [line for line in lines if line.level == level]) for level in levels]


def tables_of(person):
    """Initiatives with which the person may share a line, by name."""
    return initiatives.table_of(person)


def about_me(person):
    """What this room holds about a person, for their own record: also what only they see."""
    rows = [
        {
            "day": line.on, "what": line.get_kind_display(), "words": line.words, "level": line.level,
            "shared with": line.shared_with.name if line.shared_with else "",
        }
        for line in lines_of(person)
    ]  # fmt: skip
    return {"what you got from it": rows}


# --- questions to talk about ---


def cards(level=""):
    """The questions of one level, or all, in their order."""
    return [card for card in content.reflection_cards() if level in ("", card.level)]


def drawn(wanted, level=""):
    """(card, the next card): the card of an id, or the first; None twice where a level has none."""
    pile = cards(level)
    if not pile:
        return None, None
    place = next((number for number, card in enumerate(pile) if card.id == wanted), 0)
    return pile[place], pile[(place + 1) % len(pile)]


def level_of(wanted):
    """The level of a card by its id; none for what is no card."""
    return next((card.level for card in cards() if card.id == wanted), Level.NONE)
