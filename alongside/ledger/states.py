"""What the book is made of. Words for people stand beside each."""

from dataclasses import dataclass

from django.db import models


class AccountKind(models.TextChoices):
    """The columns of the book. A fund's money is first promised, then owed, then gone by some means."""

    FUND = "FUND", "Taken from the fund"
    PROMISED = "PROMISED", "Promised"
    OWED = "OWED", "Owed"
    BANK = "BANK", "Paid by bank"
    CASH = "CASH", "Paid in cash"
    VOUCHER = "VOUCHER", "Paid by voucher"
    GIFT = "GIFT", "Given away for people"
    PREPAID = "PREPAID", "Paid straight to a provider"
    FLOAT = "FLOAT", "Cash in the box"
    STOCK = "STOCK", "Vouchers in the drawer"
    COUNTED = "COUNTED", "Counted too little or too much"


HELD = (AccountKind.FLOAT, AccountKind.STOCK)  # what lies in a box or a drawer; never below nothing


class EntryKind(models.TextChoices):
    """What a transaction of the book says happened."""

    PROMISED = "PROMISED", "Promised"
    OWED = "OWED", "Approved, so owed"
    PAID = "PAID", "Paid"
    BACK = "BACK", "Approval taken back"
    RETURNED = "RETURNED", "Came back from the bank"
    FLOAT = "FLOAT", "Cash put into the box or taken out"
    COUNTED = "COUNTED", "Counted"
    STOCK = "STOCK", "Vouchers bought"


class FloatKind(models.TextChoices):
    """What happened to a box of cash, with two people there."""

    IN = "IN", "Put in"
    OUT = "OUT", "Taken back to the bank"
    KEEPER = "KEEPER", "Given to another keeper"
    LEFTOVER = "LEFTOVER", "Handed back: left over of money before the day"
    COUNTED = "COUNTED", "Counted"


class SeenKind(models.TextChoices):
    """What somebody is said to have been there for."""

    IN = "IN", "put into the box of cash"
    OUT = "OUT", "taken out of the box of cash, back to the bank"
    KEEPER = "KEEPER", "given to you, to keep"
    LEFTOVER = "LEFTOVER", "handed back into the box of cash, left over of money before the day"
    COUNTED = "COUNTED", "counted in the box of cash"
    HANDED = "HANDED", "handed over, without a signature"


@dataclass(frozen=True)
class Entry:
    """One side of a happening before it is written: pence onto (plus) or out of (minus) a fund's account."""

    fund: object
    kind: str
    pence: int
    line: object = None


@dataclass(frozen=True)
class Happening:
    """One transaction of the book before it is written: its entries (Entry) sum to zero. key: what can happen once only."""

    organisation: object
    key: str
    kind: str
    about: str
    entries: list


@dataclass(frozen=True)
class Cover:
    """How a line of a fund stands, in whole pence. open_on: whether it may be spent on that day.

    words: a plain warning for who promises more from it now, or "".
    """

    line: object
    whole: int
    promised: int
    owed: int
    paid: int
    left: int
    open_on: bool
    words: str
