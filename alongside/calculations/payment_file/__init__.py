"""Files that tell a bank whom to pay: pure, the same bytes for the same payments, written piece by piece.

    faults = why_nots(profile, orders)          what cannot be paid with this file, each with its reason
    for piece in pieces(profile, batch, orders) the file; raises Refused rather than write a wrong one
    made = finished(profile, batch, orders)     (bytes, sha256) of a file small enough to hold

profile: a content.BankFile. No clock, no chance, no network: who makes it again gets the same file.
"""

from alongside.calculations.payment_file.letters import in_letters
from alongside.calculations.payment_file.making import ending, finished, pieces, why_not_profile, why_nots
from alongside.calculations.payment_file.orders import Batch, FromAccount, Order, uk_account, why_not

__all__ = [
    "Batch",
    "FromAccount",
    "Order",
    "ending",
    "finished",
    "in_letters",
    "pieces",
    "uk_account",
    "why_not",
    "why_not_profile",
    "why_nots",
]
