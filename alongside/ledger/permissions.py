"""Who may keep funds, the book, the box of cash and the drawer of vouchers."""

from alongside.ledger.states import FloatKind
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import permissions as people
from alongside.refusals import Refusal

KEEPERS = (DutyKind.LEAD, DutyKind.OPERATOR, DutyKind.APPROVER, DutyKind.PAYER)
MONEY = (DutyKind.APPROVER, DutyKind.PAYER)


def why_not_keep_funds(organisation, *, by):
    """None for who leads, operates, approves or pays in the organisation."""
    return _why_not(organisation, KEEPERS, by, "Funds are for people who lead, approve or pay.")


def why_not_handle_cash(organisation, *, by):
    """None for who approves or pays in the organisation: they keep the box of cash and the drawer of vouchers."""
    if refusal := _why_not(organisation, MONEY, by, "Cash and vouchers are for people who approve or pay."):
        return refusal
    if by.helped_by:
        return Refusal("helped", "Nobody does this for somebody else.", "They sign in by themselves for it.")
    return None


def _why_not(organisation, kinds, by, words):
    if refusal := people.why_not_act(by):
        return refusal
    if any(organisations.holds(by, kind, organisation.pk) for kind in kinds):
        return None
    return Refusal("not-asked", words, "Ask the person who leads co-production.")


def why_not_days(from_on, to_on):
    """The Refusal for a fund that ends before it begins; None for any other days."""
    if from_on and to_on and to_on <= from_on:
        return Refusal("days", "The fund would end before it begins.", "Write a last day after the first one.")
    return None


def why_not_answer(presence, *, by):
    """None for the person who is said to have been there; whoever wrote it down does not press for them."""
    if refusal := people.why_not_act(by):
        return refusal
    if by.pk != presence.person_id:
        return Refusal("not-yours", "Only the person who is named can say this.", "Ask them.")
    if by.helped_by and by.helped_by.pk == presence.by_id:
        return Refusal(
            "own-word", "You wrote this down, so somebody else helps with the answer.", "Ask another helper."
        )
    return None


def why_not_bank_holidays(holidays, year, days):
    """The Refusal for a year that we do not have, or whose days are all written down; None for any other.

    days: (Day, whether it is there already) of that year.
    """
    if not days:
        words = f"We do not have the days of {year} for {holidays.place}."
        return Refusal("no-year", words, f"Look at {holidays.address} and write them in by hand.")
    if all(there for _, there in days):
        words = f"The days of {year} for {holidays.place} are all written down."
        return Refusal("all-there", words, "Choose another year.")
    return None


def why_not_currency(newest, kept):
    """The Refusal for a book that was begun in another currency than the site keeps now; None for one that is empty.

    newest: the code of the newest happening, "" for none; kept: the site's Currency.
    """
    if not newest or newest == kept.code:
        return None
    words = (
        f"The book was begun in {newest}, and this site is set to {kept.code}. Nothing is written until that is right."
    )
    return Refusal("other-currency", words, f"Ask whoever runs this site to set ALONGSIDE_CURRENCY to {newest} again.")


def why_not_move_cash(organisation, *, kind, second, pence, holds, paid, by):
    """The Refusal that stops a hand-over: two people of the organisation are there, and the box has so much.

    holds: what the box has now by the book, in pence; paid: what was paid out of its fund.
    """
    if refusal := why_not_handle_cash(organisation, by=by):
        return refusal
    if second is None or not organisations.is_member(second, organisation.pk):
        return Refusal("no-second", "Somebody else of your organisation has to be there.", "Choose who was there.")
    if second.pk == by.pk:
        return Refusal("one-hand", "A second person has to be there.", "Choose somebody else who was there.")
    if kind != FloatKind.COUNTED and pence <= 0:
        return Refusal("nothing", "There is nothing to hand over.", "Write the amount.")
    if kind in (FloatKind.OUT, FloatKind.KEEPER) and pence > holds:
        return Refusal("float-short", "There is not so much in the box.", "Count it, or take out less.")
    if kind == FloatKind.LEFTOVER and pence > paid:
        return Refusal("not-paid", "So much was not paid out of this fund.", "Look from which fund the money came.")
    return None
