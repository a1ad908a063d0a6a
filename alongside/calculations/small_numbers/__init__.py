"""Small numbers: which counts about people may be shown, and which must stay hidden.

A count is shown only when at least five people are in it, at least five are outside it, and the group they came
from had at least ten. The floor of five is in the code: a caller may ask for more, never for less.
"""

from alongside.calculations.small_numbers.cells import K_FLOOR, K_OUTSIDE, TOO_FEW, checked_k, may_show, shown
from alongside.calculations.small_numbers.outside import percent5, rounded5, shown_outside
from alongside.calculations.small_numbers.tables import shown_part, shown_table

__all__ = [
    "K_FLOOR",
    "K_OUTSIDE",
    "TOO_FEW",
    "checked_k",
    "may_show",
    "percent5",
    "rounded5",
    "shown",
    "shown_outside",
    "shown_part",
    "shown_table",
]
