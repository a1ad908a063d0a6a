"""One payment of a file, the account it is paid from, and the reasons why a payment cannot stand in a file."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from stdnum import iban as ibans

from alongside.calculations import content
from alongside.calculations.money import currency, pounds
from alongside.calculations.payment_file.letters import in_letters
from alongside.refusals import Refusal

CODE = re.compile(r"[A-Z0-9]{4,18}")
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_ASK = "Ask the person to look at their bank details."


@dataclass(frozen=True, slots=True)
class Order:
    """Pay somebody. code: a neutral word that comes back on the statement. An account or an IBAN, not both needed."""

    code: str
    name: str
    pence: int
    currency: str
    sort_code: str = ""
    account: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class FromAccount:
    """The organisation's own account."""

    name: str
    sort_code: str = ""
    account: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the file says about itself. count and pence are known before the first line is written."""

    code: str
    made_at: datetime
    pay_on: date
    count: int
    pence: int
    source: FromAccount


def uk_account(account):
    """(sort code, account number) of an Order or FromAccount, also out of a British IBAN; None when there is none."""
    if re.fullmatch(r"[0-9]{6}", account.sort_code) and re.fullmatch(r"[0-9]{8}", account.account):
        return account.sort_code, account.account
    iban = ibans.compact(account.iban)
    if not account.sort_code and iban.startswith("GB") and ibans.is_valid(iban):
        return iban[8:14], iban[14:22]
    return None


def why_not(order, profile):
    """The Refusal that keeps an order out of a file of this profile; None when nothing does."""
    return _why_not_sum(order, profile) or _why_not_words(order, profile) or why_not_account(order, profile)


def _why_not_sum(order, profile):
    if order.currency != profile.currency:
        words = f"This payment is in {order.currency} and the file in {profile.currency}."
        return Refusal("currency", words, "Make one run for each currency.")
    if isinstance(order.pence, bool) or not isinstance(order.pence, int) or order.pence <= 0:
        return Refusal("sum", f"A payment needs a sum of at least one {currency().part}.")
    if order.pence > profile.most_each:
        words = f"{pounds(order.pence)} is more than one payment of this file may be ({pounds(profile.most_each)})."
        return Refusal("absurd", words, "Look whether the sum is a slip.")
    return None


def _why_not_words(order, profile):
    if not CODE.fullmatch(order.code) or len(order.code) > profile.longest_reference:
        return Refusal("code", "The reference has letters or a length that this file does not carry.")
    if not order.name.strip():
        return Refusal("name", "There is no name on the account.", _ASK)
    if not _has_letters(in_letters(order.name, profile.letters, longest=profile.longest_name)):
        words = "The bank's letters (A to Z) cannot write the name on the account."
        return Refusal("letters", words, "Ask the person how their own bank writes their name.")
    return None


def _has_letters(text):
    return bool(re.search(r"[A-Za-z]", text))


def why_not_account(account, profile):
    """None when the account (an Order or FromAccount) is whole for the profile's currency."""
    if profile.currency == "GBP":
        if uk_account(account) is None:
            words = "A sort code needs six figures and an account number eight."
            return Refusal("account", words, _ASK)
        return None
    if not account.iban or not ibans.is_valid(account.iban):
        return Refusal("iban", "This needs a whole and right IBAN (international account number).", _ASK)
    if not content.is_reached(account.iban, profile.currency):
        words = f"Euro do not go to this account by an ordinary transfer: it begins with {account.iban[:2]}."
        return Refusal("not-reached", words, "Ask the person for another account, or to choose cash.")
    if account.bic and not BIC.fullmatch(account.bic):
        return Refusal("bic", "The BIC (the bank's own code) has eight or eleven letters and figures.", _ASK)
    return None
