"""Money in whole pence, and the promised day. No floats, no rounding that loses a penny, no clock."""

from alongside.calculations.money.days import working_day_after, working_days_between
from alongside.calculations.money.pence import MOST_PENCE, pounds, pounds_to_pence, share
from alongside.calculations.money.rates import CardLine, Rate, band, long, per_started, rate_for, stretches
from alongside.calculations.money.wage import Comparison, beside_wage, per_real_hour

__all__ = [
    "MOST_PENCE",
    "CardLine",
    "Comparison",
    "Rate",
    "band",
    "beside_wage",
    "long",
    "per_real_hour",
    "per_started",
    "pounds",
    "pounds_to_pence",
    "rate_for",
    "share",
    "stretches",
    "working_day_after",
    "working_days_between",
]
