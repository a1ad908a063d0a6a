"""How a number becomes a figure: what was not recorded is never a nought, and few people are never a number.

A yearly page is read outside the initiatives, so numbers of people are rounded to five and hidden under eight (or what
the organisation chose, if more), with the cells that would give them away; and they are shown for one year at a time,
so that no two pages can be taken from each other. Offers and payments are each one person's and are rounded and hidden
as people are. Things (gatherings, decisions, adverts) are counted as they are.
"""

from dataclasses import replace

from alongside.calculations import small_numbers
from alongside.calculations.small_numbers import TOO_FEW
from alongside.design.states import Bar
from alongside.reports.states import NONE, NOT_RECORDED, ONE_YEAR_AT_A_TIME, Chart, Figure

ROUNDED = "to the nearest five"


def few(scope):
    """Below how many people a number is hidden here."""
    return max(small_numbers.K_OUTSIDE, scope.organisation.small_number)


def things(key, words, count, *, of=None, note=""):
    """A figure that counts things. A nought stands only where something was recorded (`of`) of which none was so."""
    recorded = count if of is None else of
    if not recorded:
        return Figure(key, words, NOT_RECORDED, note=note)
    return Figure(key, words, f"{count:,}" if count else NONE, listed=bool(count), note=note)


def of_people(key, words, count, scope, *, of=None):
    """A figure that counts offers or payments. Each is one person's, so few are no number and more are rounded."""
    counted = things(key, words, count, of=of)
    if not count:
        return counted
    return replace(counted, shown=safe_total(count, scope), note=ROUNDED if count >= few(scope) else "")


def people(key, words, count, scope):
    """A figure that counts different people: hidden when few, else rounded; only for one year at a time."""
    if not count:
        return Figure(key, words, NOT_RECORDED)
    if not scope.one_year:
        return Figure(key, words, ONE_YEAR_AT_A_TIME)
    return Figure(key, words, safe_total(count, scope), note=ROUNDED if count >= few(scope) else "")


def safe_total(count, scope):
    """How many people in all, as it may be read. It is a whole group, not a part of one that the reader knows."""
    return f"about {small_numbers.rounded5(count):,}" if count >= few(scope) else TOO_FEW


def behind_few(key, words, value, count, scope, *, note=""):
    """A figure that is no number of people but would point at them if it were about few: hours, days, money."""
    if not count or value is None:
        return Figure(key, words, NOT_RECORDED)
    if not scope.one_year:
        return Figure(key, words, ONE_YEAR_AT_A_TIME)
    return Figure(key, words, value if count >= few(scope) else TOO_FEW, note=note)


def chart(title, unit, counts, scope, words=None):
    """Bars of counts that belong together, small ones hidden together, the others rounded; None when not recorded.

    counts: {name: how many}, each counted in one place. words: {name: words} where the name is not the words.
    """
    if not sum(counts.values()) or not scope.one_year:
        return None
    shown = small_numbers.shown_table(counts, k=few(scope))
    rounded = {name: None if value == TOO_FEW else small_numbers.rounded5(value) for name, value in shown.items()}
    total = small_numbers.rounded5(sum(counts.values())) or 1
    rows = [
        Bar((words or {}).get(name, name), value, None if value is None else value / total)
        for name, value in rounded.items()
    ]
    return Chart(title, unit, rows, _sentence(rows, unit))


def shown_beside(who, scope):
    """Names of the parts of a whole that may stand beside each other. who: {name: different people in that part}.

    A part about few people stays back, with another one where the whole would give it away.
    """
    shown = small_numbers.shown_table(who, k=few(scope))
    return {name for name, value in shown.items() if value != TOO_FEW}


def _sentence(rows, unit):
    """What the bars say, in words: which is longest, and that some are kept back."""
    known = [row for row in rows if row.count]
    if not known:
        return f"The numbers of {unit} are too few to show."
    top = max(known, key=lambda row: row.count)
    kept = " Some numbers are too few to show." if any(row.hidden for row in rows) else ""
    most = "Of those shown, the most" if kept else "The most"
    return f"{most}: {top.label}, about {top.count} {unit}. Each number is to the nearest five.{kept}"


def already_hidden(key, words, value, scope):
    """A figure of which another room has hidden what points at few people: its words stay, a number is rounded."""
    if value == TOO_FEW or value < few(scope):
        return Figure(key, words, TOO_FEW)
    return Figure(key, words, f"about {small_numbers.rounded5(value):,}", note=ROUNDED)
