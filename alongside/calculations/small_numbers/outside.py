"""Figures that leave the initiative: rounded, and percentages taken from the rounded figures."""

from alongside.calculations.small_numbers.cells import K_OUTSIDE, TOO_FEW, may_show


def rounded5(count):
    """The nearest multiple of five. Raises ValueError for a negative count."""
    if count < 0:
        raise ValueError(f"A count is not negative: {count}")
    return (count + 2) // 5 * 5


def shown_outside(count, total, k=K_OUTSIDE, group=None):
    """The count rounded to five when it may be shown, else "too few to show"."""
    return rounded5(count) if may_show(count, total, k, group) else TOO_FEW


def percent5(count, total, k=K_OUTSIDE, group=None):
    """A whole percentage made from the rounded figures, so that it says no more than they do."""
    if not may_show(count, total, k, group):
        return TOO_FEW
    return min(100, round(100 * rounded5(count) / rounded5(total)))
