"""The currency of a country."""

from alongside.calculations.money import amount as money

CURRENCIES = {"GB": "GBP", "IE": "EUR", "CA": "CAD", "NZ": "NZD", "AU": "AUD"}

__all__ = ["currency_of", "money"]


def currency_of(jurisdiction):
    """What people are paid in there: GB-SCT gives GBP."""
    return CURRENCIES[jurisdiction.split("-")[0]]
