"""How many agree, disagree and pass, for each statement."""

from collections import Counter
from dataclasses import dataclass
from math import sqrt

from alongside.calculations.small_numbers import K_FLOOR, TOO_FEW, may_show, shown_table

AGREE, PASS, DISAGREE = 1, 0, -1
CONFIDENT = 1.2816  # 90 per cent, one side


@dataclass(frozen=True)
class Tally:
    """The true counts for one statement. Show people a ShownTally."""

    statement: int
    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def seen(self):
        """How many people answered, passes included."""
        return self.agree + self.disagree + self.passed

    @property
    def mean(self):
        """Agree counts 1, disagree -1, pass 0; 0 when nobody answered."""
        return (self.agree - self.disagree) / self.seen if self.seen else 0.0

    def share(self, count):
        """Which part of those who saw the statement `count` is, from 0 to 1; 0 when nobody did."""
        return count / self.seen if self.seen else 0.0


@dataclass(frozen=True)
class ShownTally:
    """What may be shown of a tally: each number is a count or the words "too few to show".

    The percentages are whole numbers of those who saw the statement, and hidden where the count is.
    """

    statement: int
    agree: int | str
    disagree: int | str
    passed: int | str
    seen: int | str
    agree_percent: int | str
    disagree_percent: int | str
    passed_percent: int | str

    @property
    def anything(self):
        """True when at least one of the three counts is shown."""
        return any(count != TOO_FEW for count in (self.agree, self.disagree, self.passed))


def tallies(votes, statements=()):
    """A Tally for each statement, {statement id: Tally}; statements without an answer come from `statements`.

    votes: {voter: {statement id: AGREE, DISAGREE or PASS}}; a person has one vote on a statement, the last one.
    Raises ValueError for any other vote.
    """
    counts = {statement: Counter() for statement in statements}
    for answers in votes.values():
        for statement, vote in answers.items():
            if vote not in (AGREE, PASS, DISAGREE):
                raise ValueError(f"A vote is 1, 0 or -1, not {vote!r}")
            counts.setdefault(statement, Counter())[vote] += 1
    return {
        statement: Tally(statement, count[AGREE], count[DISAGREE], count[PASS])
        for statement, count in sorted(counts.items())
    }


def tallies_by_group(votes, groups):
    """{group: {statement id: Tally}} of the people in each group. groups: {voter: group}; others are left out."""
    members = {}
    for voter, group in groups.items():
        members.setdefault(group, {})[voter] = votes.get(voter, {})
    statements = sorted({statement for answers in votes.values() for statement in answers})
    return {group: tallies(members[group], statements) for group in sorted(members)}


def shown_tally(tally, k=K_FLOOR, group=None):
    """The ShownTally: small counts hidden, and a second one where subtraction would bring the first back.

    group: how many people there were before any filter; those who saw the statement when not given.
    """
    counts = {"agree": tally.agree, "disagree": tally.disagree, "passed": tally.passed}
    shown = shown_table(counts, k, group)
    percents = {
        f"{name}_percent": TOO_FEW if count == TOO_FEW else round(100 * tally.share(count))
        for name, count in shown.items()
    }
    enough = (tally.seen if group is None else group) >= 2 * k and tally.seen >= k
    return ShownTally(tally.statement, **shown, seen=tally.seen if enough else TOO_FEW, **percents)


def may_say(tally, count, k=K_FLOOR):
    """True when words like "most people agree" may be said about `count` of those who saw the statement."""
    return may_show(count, tally.seen, k)


def consensus(tallies_of, side=AGREE, most=5):
    """Ids of the statements on which all people together lean to one side, the clearest first, `most` at the most.

    With A of S on the side: p = (A+1)/(S+2) above one half, and 2*sqrt(S+1)*((A+1)/(S+1) - 1/2) above 1.2816;
    ranked by their product. Source: the published rule of the opinion format's own system, in our words.
    """
    ranked = []
    for tally in tallies_of.values():
        on_side = tally.agree if side == AGREE else tally.disagree
        part = (on_side + 1) / (tally.seen + 2)
        test = 2 * sqrt(tally.seen + 1) * ((on_side + 1) / (tally.seen + 1) - 0.5)
        if part > 0.5 and test > CONFIDENT:
            ranked.append((-part * test, tally.statement))
    return [statement for _, statement in sorted(ranked)[:most]]
