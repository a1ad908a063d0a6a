"""Money in whole pence, and the promised day. No floats, no rounding that loses a penny, no clock."""

from alongside.calculations.money.currencies import (
    KNOWN,
    PAYABLE,
    SIGNS,
    Currency,
    amount,
    bare,
    code,
    currency,
    other,
    pounds,
    use,
)
from alongside.calculations.money.days import working_day_after, working_day_before, working_days_between
from alongside.calculations.money.pence import MOST_PENCE, pounds_to_pence, share
from alongside.calculations.money.rates import CardLine, Rate, band, long, per_started, rate_for, stretches
from alongside.calculations.money.wage import Comparison, beside_wage, per_real_hour

__all__ = [
    "KNOWN",
    "MOST_PENCE",
    "PAYABLE",
    "SIGNS",
    "CardLine",
    "Comparison",
    "Currency",
    "Rate",
    "amount",
    "band",
    "bare",
    "beside_wage",
    "code",
    "currency",
    "long",
    "other",
    "per_real_hour",
    "per_started",
    "pounds",
    "pounds_to_pence",
    "rate_for",
    "share",
    "stretches",
    "use",
    "working_day_after",
    "working_day_before",
    "working_days_between",
]
