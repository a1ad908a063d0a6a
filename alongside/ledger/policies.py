"""How a line of a fund stands, and what warns who promises from it. Nothing here reads or writes."""

from datetime import timedelta

from alongside.calculations.money import pounds
from alongside.design.states import day_words
from alongside.ledger.states import AccountKind, Cover


def is_open(fund, on):
    """Whether a fund may be spent on a day."""
    return not window_words(fund, on)


def window_words(fund, on):
    """Why a fund may not be spent on a day, as a sentence; "" when it may."""
    if fund.from_on and on < fund.from_on:
        return f"The fund {fund.name} begins on {day_words(fund.from_on)}."
    if fund.to_on and on >= fund.to_on:
        return f"The fund {fund.name} ended on {day_words(last_day(fund))}."
    return ""


def last_day(fund):
    """The last day on which a fund may be spent; None where it has no end."""
    return fund.to_on and fund.to_on - timedelta(days=1)


def seen_words(presence):
    """What the second person said of it, as a sentence. presence: with `person`, `yes` (None: no answer) and `said_on`."""
    name = presence.person.shown_name
    if presence.yes is None:
        return f"Not yet confirmed by {name}."
    if presence.yes:
        return f"{name} confirmed it on {day_words(presence.said_on, weekday=False)}."
    return f"{name} said on {day_words(presence.said_on, weekday=False)}: that is not so."


def asked_words(presence):
    """What the second person is told: who wrote what about them."""
    return (
        f"{presence.by.shown_name} wrote down that you were there on {day_words(presence.on)}: "
        f"{pounds(presence.pence)} {presence.get_kind_display()} ({presence.of})."
    )


def cover_of(line, held, on, pence=0, fund_left=None, waiting=0):
    """The Cover of a line. held: {AccountKind: pence} of its entries; pence: what would be promised on top.

    waiting: what was put to people already and is promised as soon as they say yes, for the warning alone.
    fund_left: what the whole fund has left, where something was taken from it without a line: nobody can promise more.
    """
    promised = -held.get(AccountKind.PROMISED, 0)
    owed = -held.get(AccountKind.OWED, 0) + min(promised, 0)  # less was promised while its approval stood still
    promised = max(promised, 0)
    taken = held.get(AccountKind.FUND, 0)
    own = line.pence - taken
    left = own if fund_left is None else min(own, fund_left)
    whose = "This line" if left == own else f"The whole fund {line.fund.name}"
    window = window_words(line.fund, on)
    words = " ".join(filter(None, (window, _short_words(whose, left, pence, waiting))))
    return Cover(line, line.pence, promised, owed, taken - promised - owed, left, not window, words)


def _short_words(whose, left, pence, waiting):
    if left < 0:
        return f"{whose} has {pounds(-left)} less than was taken from it."
    if not pence or pence + waiting <= left:
        return ""
    more = f", and {pounds(waiting)} more waits for an answer" if waiting else ""
    return f"{whose} has {pounds(left)} left; this is {pounds(pence)}{more}."
