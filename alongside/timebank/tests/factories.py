"""Exchanges made through the operations, on the cast of the room of offers."""

from alongside.contributions.tests import factories as offers
from alongside.timebank import operations, queries

AT, ON = offers.AT, offers.ON
cast, add = offers.cast, offers.add


def bank(them, is_on=True, **more):
    return operations.set_bank(organisation=them.organisation, is_on=is_on, by=them.lea, at=AT, **more)


def scene(**more):
    """(cast, bank that is on)."""
    them = cast()
    return them, bank(them, **more)


def asked(them, bank, by=None, other=None, minutes=60, gave=True, **more):
    """Asha writes down that she gave Bo an hour, unless said otherwise."""
    facts = {"kind": "LISTENING", "on": ON, "at": AT, "words": "A long talk"} | more
    return operations.ask(
        bank_id=bank.pk, by=by or them.asha, other=other or them.bo, minutes=minutes, gave=gave, **facts
    )  # fmt: skip


def agreed(them, bank, giver=None, taker=None, minutes=60):
    giver, taker = giver or them.asha, taker or them.bo
    gift = asked(them, bank, by=giver, other=taker, minutes=minutes)
    return operations.agree(gift_id=gift.pk, by=taker, at=AT)


def stands(bank, *people):
    """The balance of each."""
    return [queries.balance(queries.account_of(bank, person)) for person in people]
