"""The summary of a conversation, in sentences before numbers."""

from dataclasses import dataclass

from alongside.calculations.opinion.tallies import ShownTally, may_say, shown_tally
from alongside.calculations.small_numbers import K_FLOOR, TOO_FEW, checked_k


@dataclass(frozen=True)
class Thresholds:
    """When a statement counts as common ground, as differing or as unsure; parts of those who saw it.

    least_seen: below this many answers a statement is in no list. most_passed: how many statements that list holds.
    """

    common: float = 0.70
    differ: float = 0.30
    unsure: float = 0.30
    least_seen: int = 10
    most_passed: int = 5


@dataclass(frozen=True)
class Point:
    """One statement in the summary: its id, the side most people take ("agree", "disagree" or ""), numbers, a sentence."""

    statement: int
    side: str
    shown: ShownTally
    words: str


@dataclass(frozen=True)
class Summary:
    """The lists, the strongest first, and the sentences that open the page.

    hidden: how many statements have answers of which no number may be shown.
    """

    common: tuple[Point, ...]
    differ: tuple[Point, ...]
    unsure: tuple[Point, ...]
    most_passed: tuple[Point, ...]
    hidden: int
    sentences: tuple[str, ...]


def summarise(tallies_of, participants, thresholds=None, k=K_FLOOR):
    """The Summary of {statement id: Tally} with `participants` people who took part.

    A statement is in a list only for counts that may be shown themselves: an almost unanimous statement
    is in none, because it would tell how everybody voted. A statement is in one of common, differ, unsure at most.
    Raises ValueError for a k under the floor.
    """
    checked_k(k)
    limits = thresholds or Thresholds()
    seen = [tally for tally in tallies_of.values() if tally.seen]
    if participants < 2 * k:
        return Summary((), (), (), (), len(seen), (_too_few_people(k),))
    enough = [tally for tally in seen if tally.seen >= max(limits.least_seen, 2 * k)]
    common = _common(enough, limits, k)
    differ = _differ(_without(enough, common), limits, k)
    unsure = _unsure(_without(enough, common, differ), limits, k)
    passed = sorted((t for t in enough if may_say(t, t.passed, k)), key=lambda t: (-t.share(t.passed), t.statement))
    most_passed = tuple(_point(tally, "", tally.passed, "passed", k) for tally in passed[: limits.most_passed])
    hidden = sum(not shown_tally(tally, k).anything for tally in seen)
    lists = (common, differ, unsure, most_passed)
    return Summary(*lists, hidden, tuple(_sentences(participants, len(seen), common, differ, unsure, hidden)))


def _common(tallies, limits, k):
    found = []
    for tally in tallies:
        for side, count in (("agree", tally.agree), ("disagree", tally.disagree)):
            if tally.share(count) >= limits.common and may_say(tally, count, k):
                found.append((-tally.share(count), tally.statement, _point(tally, side, count, side, k)))
    return _ranked(found)


def _differ(tallies, limits, k):
    found = []
    for tally in tallies:
        smaller = min(tally.agree, tally.disagree)
        if (
            tally.share(smaller) >= limits.differ
            and may_say(tally, tally.agree, k)
            and may_say(tally, tally.disagree, k)
        ):
            found.append((-tally.share(smaller), tally.statement, _differing_point(tally, k)))
    return _ranked(found)


def _unsure(tallies, limits, k):
    found = []
    for tally in tallies:
        if tally.share(tally.passed) >= limits.unsure and may_say(tally, tally.passed, k):
            point = _point(tally, "", tally.passed, "passed", k)
            found.append((-tally.share(tally.passed), tally.statement, point))
    return _ranked(found)


def _ranked(found):
    return tuple(point for _, _, point in sorted(found, key=lambda item: item[:2]))


def _without(tallies, *lists):
    taken = {point.statement for points in lists for point in points}
    return [tally for tally in tallies if tally.statement not in taken]


def _point(tally, side, count, verb, k):
    """A point about one count. That count may be shown; its neighbours keep the rule of the whole table."""
    shown = shown_tally(tally, k)
    own = {"agree": shown.agree, "disagree": shown.disagree, "passed": shown.passed}[verb]
    if own == TOO_FEW:
        words = f"Many of {shown.seen} people {verb}; the exact numbers are too few to show."
    else:
        words = f"{count} of {shown.seen} people {verb}."
    return Point(tally.statement, side, shown, words)


def _differing_point(tally, k):
    shown = shown_tally(tally, k)
    if TOO_FEW in (shown.agree, shown.disagree):
        words = f"The {shown.seen} people who answered differ; some of the numbers are too few to show."
    else:
        words = f"{shown.agree} people agree and {shown.disagree} disagree, of {shown.seen} who answered."
    return Point(tally.statement, "", shown, words)


def _sentences(participants, statements, common, differ, unsure, hidden):
    yield f"{participants} people took part and answered {_many(statements, 'statement')}."
    yield _about(
        common, "Most people see {} the same way.", "There is no statement yet that most people see the same way."
    )
    yield _about(differ, "People differ about {}.", "There is no statement yet about which people clearly differ.")
    if unsure:
        yield _about(unsure, "Many people are unsure about {}.", "")
    if hidden:
        yield f"For {_many(hidden, 'statement')} the numbers are too few to show."


def _about(points, some, none):
    return some.format(_many(len(points), "statement")) if points else none


def _too_few_people(k):
    return f"Fewer than {2 * k} people have taken part, so we show no numbers yet."


def _many(count, word):
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
