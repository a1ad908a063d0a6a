"""What a piece of work pays by a rate card, with the sentence that explains it."""

from dataclasses import dataclass

from alongside.calculations.money.pence import pounds
from alongside.refusals import Refusal, Refused


@dataclass(frozen=True)
class CardLine:
    """One line of a rate card. Make it with `band` or `per_started`.

    band: `pence` for anything up to `minutes`. per started: `pence` for every started stretch of `minutes`,
    and never for less than `least_minutes`.
    """

    kind: str
    pence: int
    minutes: int
    least_minutes: int = 0

    def __post_init__(self):
        if self.kind not in ("band", "per-started"):
            raise ValueError(f"A line is a band or per started stretch, not {self.kind!r}")
        if self.minutes <= 0 or self.pence < 0 or self.least_minutes < 0:
            raise ValueError(f"A line needs minutes above nothing and no minus sign: {self}")


@dataclass(frozen=True)
class Rate:
    """The whole amount, the line it came from, and why in words."""

    pence: int
    line: CardLine
    words: str


def band(*, up_to_minutes, pence):
    """A line that pays one amount for anything up to so many minutes (a half day, a day)."""
    return CardLine("band", pence, up_to_minutes)


def per_started(*, pence, every_minutes=60, least_minutes=0):
    """A line that pays for each started hour, or other stretch ("£20 for three hours or part of them")."""
    return CardLine("per-started", pence, every_minutes, least_minutes)


def rate_for(minutes, card_lines):
    """The Rate for work that takes `minutes`, preparation included.

    The smallest band that holds the minutes counts. When no band holds them, the line per started stretch
    counts for the whole time. A started stretch is paid in full: 61 minutes are two started hours.
    Raises Refused when the card has no line for so long a time, or there is no time; ValueError when the card has
    two lines per started stretch or two bands of one length, because then it is not clear which one was promised.
    """
    lines = list(card_lines)
    _check(lines)
    if minutes <= 0:
        raise Refused(Refusal("rate-no-time", "There is no time to pay for yet.", "Say how long the work takes."))
    bands = sorted((line for line in lines if line.kind == "band" and line.minutes >= minutes), key=_minutes)
    if bands:
        return Rate(bands[0].pence, bands[0], f"{pounds(bands[0].pence)} for anything up to {long(bands[0].minutes)}.")
    for line in lines:
        if line.kind == "per-started":
            return _started(minutes, line)
    raise Refused(
        Refusal("rate-no-line", f"The rate card has no line for {long(minutes)}.", "Ask the lead to add one.")
    )


def stretches(minutes, *, every, least=0):
    """How many started stretches of `every` minutes so much time takes: 61 minutes are two started hours.

    least: at least so many minutes are counted. Raises ValueError for no time, or stretches of none.
    """
    if minutes <= 0 or every <= 0 or least < 0:
        raise ValueError(f"Time and stretches are above nothing: {minutes}, {every}, {least}")
    return -(-max(minutes, least) // every)


def long(minutes):
    """A length of time in words: 90 gives "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [_many(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(_many(rest, "minute"))
    return " ".join(parts)


def _started(minutes, line):
    count = stretches(minutes, every=line.minutes, least=line.least_minutes)
    pence = count * line.pence
    one = "hour" if line.minutes == 60 else f"stretch of {long(line.minutes)}"
    words = f"{_many(count, f'started {one}')} at {pounds(line.pence)}."
    if line.minutes != 60 and count != 1:
        words = f"{count} started stretches of {long(line.minutes)} at {pounds(line.pence)}."
    if line.least_minutes > minutes:
        words += f" You are paid for at least {long(line.least_minutes)}."
    return Rate(pence, line, words)


def _check(lines):
    if sum(line.kind == "per-started" for line in lines) > 1:
        raise ValueError("A card has at most one line per started stretch")
    lengths = [line.minutes for line in lines if line.kind == "band"]
    if len(set(lengths)) != len(lengths):
        raise ValueError("A card has at most one band of a length")


def _minutes(line):
    return line.minutes


def _many(count, word):
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
