"""Amounts in the currency of a country."""

SIGNS = {"GBP": "£", "EUR": "€", "CAD": "$", "NZD": "$", "AUD": "$"}
CURRENCIES = {"GB": "GBP", "IE": "EUR", "CA": "CAD", "NZ": "NZD", "AU": "AUD"}


def money(pence, currency):
    """The words for an amount: 16500 in EUR gives €165.00."""
    whole, rest = divmod(pence, 100)
    return f"{SIGNS[currency]}{whole:,}.{rest:02d}"


def currency_of(jurisdiction):
    """What people are paid in there: GB-SCT gives GBP."""
    return CURRENCIES[jurisdiction.split("-")[0]]
