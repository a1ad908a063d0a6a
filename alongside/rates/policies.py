"""What a rate comes to for so much time, and how it stands beside the living wage. Nothing here reads or writes."""

from dataclasses import dataclass

from alongside.calculations import content, money
from alongside.rates.states import MANY, MINUTES_OF, Unit


@dataclass(frozen=True)
class NoFigure:
    """We have no living wage for that day, and do not take another year's."""

    words: str
    below: bool = False


def holding(cards, on):
    """Of the versions of a rate card, newest first, the one that holds on a day: the newest that had begun, or None."""
    return next((card for card in cards if card.from_on <= on), None)


def paid_minutes(line, *, work, prep, debrief, rest):
    """The minutes for which a line pays: all of them, less getting ready where the amount has it in already."""
    return work + debrief + rest + (0 if line.prepared else prep)


def pay_for(line, *, work, prep=0, debrief=0, rest=0):
    """(whole pence, the sentence that explains it) for so many minutes by one line of a rate card.

    Every started stretch counts whole; a fixed sum is what it is. No line is work without money.
    """
    if line is None:
        return 0, "There is no money for this work."
    if line.unit == Unit.FIXED:
        return line.pence, f"{name_of(line)}: {money.pounds(line.pence)}, a fixed sum."
    minutes = paid_minutes(line, work=work, prep=prep, debrief=debrief, rest=rest)
    count = money.stretches(minutes, every=MINUTES_OF[line.unit], least=line.least_minutes)
    unit = Unit(line.unit).label if count == 1 else MANY[line.unit]
    least = f" At least {money.long(line.least_minutes)} are paid." if line.least_minutes > minutes else ""
    return count * line.pence, f"{name_of(line)}: {count} {unit} at {money.pounds(line.pence)}.{least}"


def name_of(line):
    """The words of a rate with what sets it apart: Taking part, getting ready is in it, as chair."""
    more = ["getting ready is in it"] * line.prepared + ["as chair"] * line.chairs
    return ", ".join([line.words, *more])


def beside_living_wage(pence, minutes, on):
    """How pay for so many real minutes stands beside the living wage of that day: a Comparison or NoFigure.

    None where there is no pay or no time to compare.
    """
    if not pence or not minutes:
        return None
    cards = [card for card in content.rate_cards() if card.use == "floor" and card.currency == money.code()]
    if not cards:
        return NoFigure(f"We do not have a living wage in {money.currency().many}, so we cannot compare.")
    floors = [card.on(on) for card in cards]
    found = [line.pence for period in floors if period for line in period.lines if line.per == "hour"]
    if not found:
        return NoFigure(f"We do not have the living wage for {on:%B %Y}, so we cannot compare.")
    return money.beside_wage(pence, minutes, max(found))


def line_beside_wage(line, on):
    """How one rate stands beside the living wage when its whole stretch is used; None for a fixed sum."""
    return beside_living_wage(line.pence, MINUTES_OF[line.unit], on) if line.unit in MINUTES_OF else None
