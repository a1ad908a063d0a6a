"""Holding payments against one rule.

A rule is read in every way that we cannot rule out: each first day of the week or month when it was not said, both ways
of counting where the office may choose, with and without a method that sources disagree about. Where all ways come to
the same, that is the answer. Where they do not, the answer says what it depends on.
"""

from itertools import product

from alongside.calculations import periods
from alongside.calculations.benefits import known, sentences
from alongside.calculations.benefits.asked import DISAGREE, NEAR, OVER, UNKNOWN, WELL_UNDER, Answer, Spell, Way

NEAR_FROM = 80  # percent of the limit
EARNED, PAID = "earned", "paid"
COUNTED = {"date_paid": (PAID,), "date_earned": (EARNED,), "month_intended": (EARNED,)}
EITHER = (PAID, EARNED)  # where the office may choose


def look_up(jurisdiction, code, asked):
    """The answers of all rules of a benefit that can be reckoned. Raises Unknown for a place or benefit not known."""
    return tuple(answer(rule, asked) for rule in known.rules_of(jurisdiction, code) if rule.periods)


def told(jurisdiction, code):
    """The rules of a benefit that are told and not reckoned; those that are only good to know come last."""
    rules = [rule for rule in known.rules_of(jurisdiction, code) if not rule.periods]
    return tuple(sorted(rules, key=lambda rule: rule.kind == "guidance"))


def answer(rule, asked):
    """Hold what was asked against one rule that has figures."""
    ways = tuple(
        Way(counted, start, waiting, disputed, _spells(rule, asked, counted, start, waiting, disputed))
        for counted, start, waiting, disputed in product(
            COUNTED.get(rule.counted_on, EITHER), _starts(rule, asked), _waits(rule, asked), _disputes(rule, asked)
        )
    )
    found = {way.status for way in ways}
    if len(found) == 1:
        certain = len({way.start for way in ways}) == 1
        words, notes = sentences.sure(rule, asked, ways[-1], certain), sentences.notes(rule, ways[-1])
        return Answer(rule, ways[0].status, words, notes, ways[-1].spells * certain)
    if len({way.status for way in ways if not way.disputed}) == 1:
        return Answer(rule, DISAGREE, sentences.disputed(rule))
    return Answer(rule, UNKNOWN, sentences.depends(rule, turns_on(ways)))


def status_of(pence, limit):
    """Well under, near (from 80 percent on), or over a limit; the limit itself is not over."""
    if pence > limit:
        return OVER
    return NEAR if limit and pence * 100 >= limit * NEAR_FROM else WELL_UNDER


def turns_on(ways):
    """On which of "start", "waiting" and "counted" the status depends, where nothing else differs."""
    found = []
    for name in ("start", "waiting", "counted"):
        others = [each for each in ("start", "waiting", "counted", "disputed") if each != name]
        groups = {}
        for way in ways:
            groups.setdefault(tuple(getattr(way, other) for other in others), set()).add(way.status)
        if any(len(statuses) > 1 for statuses in groups.values()):
            found.append(name)
    return tuple(found)


def _starts(rule, asked):
    given = asked.day if rule.period == periods.PERSONAL_MONTH else asked.week_day
    if rule.period not in periods.STARTS:
        return (None,)
    return tuple(periods.STARTS[rule.period]) if given is None else (given,)


def _waits(rule, asked):
    """Whether every amount counts, because of a wait: None where the days say it."""
    return (None,) if not rule.wait_months or asked.since else (True, False)


def _disputes(rule, asked):
    """With and without what sources disagree about, where there is such a payment."""
    return (False, True) if any(each.method in rule.disputed for each in asked.payments) else (False,)


def _spells(rule, asked, counted, start, waiting, disputed):
    methods = {*rule.applies_to, *(rule.disputed if disputed else ())}
    days = [
        ((each.earned_on or each.on) if counted == EARNED else each.on, each.pence)
        for each in asked.payments
        if each.method in methods
    ]
    return tuple(_spell(rule, asked, waiting, *each) for each in periods.sums(rule.period, days, start))


def _spell(rule, asked, waiting, span, pence):
    figure = _lower(rule.figure(span.from_on), rule.figure(span.last))
    if figure is None:
        return Spell(span, pence, None, UNKNOWN)
    if waiting is None:
        waiting = bool(rule.wait_months) and span.from_on < periods.months_later(asked.since, rule.wait_months)
    limit = 0 if waiting else figure.limit
    return Spell(span, pence, limit, status_of(pence, limit), figure, waiting)


def _lower(one, other):
    """Of two figures that hold within one stretch the lower; None when one of them is not known."""
    return None if one is None or other is None else min(one, other, key=lambda figure: figure.limit)
