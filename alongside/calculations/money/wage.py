"""What an offer comes to for each hour really spent, beside the living wage."""

from dataclasses import dataclass

from alongside.calculations.money.pence import pounds


@dataclass(frozen=True)
class Comparison:
    """An hour's pay (whole pence, cut not rounded), the wage it stands beside, and whether it is below."""

    per_hour: int
    wage: int
    below: bool
    words: str


def per_real_hour(pence, minutes):
    """Whole pence for each hour of `minutes`, preparation and travel time included as the caller decides.

    Cut, not rounded, so that it never looks better than it is. None when no time is recorded.
    Raises ValueError for a negative amount or time.
    """
    if pence < 0 or minutes < 0:
        raise ValueError(f"Neither money nor time is negative here: {pence}, {minutes}")
    return pence * 60 // minutes if minutes else None


def beside_wage(pence, minutes, wage):
    """Compare an offer with a wage of so many pence an hour; None when no time is recorded.

    Decided in whole numbers, before any cutting. Example from published rates: £20 for three hours is £6.66 an
    hour, about half of the 2026 living wage of £12.71.
    """
    per_hour = per_real_hour(pence, minutes)
    if per_hour is None:
        return None
    below = pence * 60 < wage * minutes
    side = "less than" if below else "at least"
    words = f"This comes to {pounds(per_hour)} for each real hour, {side} the living wage of {pounds(wage)}."
    return Comparison(per_hour, wage, below, words)
