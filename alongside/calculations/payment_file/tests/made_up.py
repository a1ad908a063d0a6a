"""Payments of made-up people, and a file's own facts."""

from datetime import UTC, date, datetime

from alongside.calculations.payment_file import Batch, FromAccount, Order

HARBOUR = FromAccount("Harbour Trust", "200415", "55779911", "GB29NWBK60161331926819", "NWBKGB2L")
DUBLIN = FromAccount("Harbour Trust", iban="IE29AIBK93115212345678", bic="AIBKIE2D")
MADE_AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
PAY_ON = date(2026, 11, 4)


def order(number=1, **other):
    facts = {
        "code": f"K7P2M{number:05}", "name": "Asha Bell", "pence": 1250, "currency": "GBP", "sort_code": "200415",
        "account": "38290008",
    }  # fmt: skip
    return Order(**(facts | other))


def euro(number=1, **other):
    facts = {"currency": "EUR", "sort_code": "", "account": "", "iban": "DE89370400440532013000", "name": "Jörg Weiß"}
    return order(number, **(facts | other))


def batch(orders, source=HARBOUR, code="R4TQ9W2BHK"):
    orders = list(orders)
    return Batch(code, MADE_AT, PAY_ON, len(orders), sum(each.pence for each in orders), source)
