"""How runs are numbered and locked, what a second person is shown to look at, and where our own account stands."""

import hashlib
import json
import re
import secrets
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import median
from unicodedata import combining, normalize

from alongside.calculations import content
from alongside.calculations.money import pounds
from alongside.calculations.payment_file import FromAccount, in_letters, why_not
from alongside.design.states import day_words
from alongside.refusals import Refusal, Refused
from alongside.sealing import seal, unseal

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no word; nothing that looks like something else
CODE = 10
NARRATIVE, MOST_WORDS = "NARR", 150  # the bank's reason stands in its own words, of which we keep so many letters
FIGURES = re.compile(r"\d(?:[ -]?\d){5,}")  # six and more in a row, as in an account
SAID = 10  # faults that are told at once
NEW_ACCOUNT = timedelta(days=14)
FAR_OVER, FROM_PENCE = 3, 20_000  # so many times the usual sum of a run, and not below this


@dataclass(frozen=True)
class Row:
    """One payment of a run as the pages show it: its number, whose it is, their account, how much. Never what for.

    number: of the part of the money, which every page says. name: on the account.
    """

    item: object
    payment_id: int
    number: int
    person_id: int
    person: str
    name: str
    last_figures: str
    pence: int
    account_since: object
    points: tuple = ()


@dataclass(frozen=True)
class Hands:
    """Who has had a hand in some payments: who gets them, who approved them, who typed or confirmed an account."""

    gets: frozenset
    approved: frozenset
    typed: frozenset


def hands_of(payments, accounts):
    """The Hands of these Payments. accounts: {person pk: current Payee} of who gets them."""
    payees = [accounts[row.to_id] for row in payments if row.to_id in accounts]
    typed = {(pk, payee.person_id) for payee in payees for pk in (payee.typed_by_id, payee.confirmed_by_id)}
    return Hands(
        frozenset(row.to_id for row in payments),
        frozenset(row.approved_by_id for row in payments),
        frozenset(pk for pk, person in typed if pk != person),
    )


def together(many):
    """The Hands of all of these Hands."""
    many = list(many)
    return Hands(*(frozenset().union(*(getattr(hands, of) for hands in many)) for of in ("gets", "approved", "typed")))


def new_code():
    """A neutral number that says nothing and that nobody guesses; 28 to the power of 10 of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE))


def lock_account(account, token):
    """Bytes of a FromAccount that only our key opens, for the row with this token."""
    return seal(json.dumps(asdict(account)), bound_to=f"paying-account:{token}")


def open_account(ours):
    """The FromAccount of an OurAccount. Raises Refused when the key is another one."""
    return FromAccount(**json.loads(unseal(ours.sealed, bound_to=f"paying-account:{ours.token}")))


def run_about(run):
    """What the room of payments names a run by."""
    return f"run:{run.pk}"


def all_that_stand(orders, profile):
    """The Orders that can stand in a file (a BankFile); at the end Refused, naming those that cannot."""
    wrong = []
    for order in orders:
        if refusal := why_not(order, profile):
            wrong.append(f"{order.name or 'No name'}, {pounds(order.pence)}: {refusal.words}")
        elif not wrong:
            yield order
    if wrong:
        more = f" And {len(wrong) - SAID} more." if len(wrong) > SAID else ""
        raise Refused(Refusal("file", " ".join(wrong[:SAID]) + more, "Take them out of this run, and tell the people."))


def same_name(on_account, shown):
    """Whether the whole shown name stands in that on an account, or a word of three letters is in both.

    Capitals and accents do not count.
    """
    theirs, ours = _words_of(on_account), _words_of(shown)
    return bool(ours) and (ours <= theirs or any(len(word) > 2 for word in ours & theirs))


def _words_of(name):
    plain = "".join(each for each in normalize("NFKD", name.casefold()) if not combining(each))
    return set(re.findall(r"\w+", plain))


def pointed_out(rows, on, letters):
    """{payment id: (words, ...)} of what a second person should look at, for the Rows of a run on a day.

    Nothing here stops anything: a person looks, and takes out what is not right.
    """
    twice = Counter((row.person_id, row.pence) for row in rows)
    ends = {}
    for row in rows:
        ends.setdefault(row.last_figures, set()).add(row.person_id)
    usual = median(row.pence for row in rows) if rows else 0
    found = {}
    for row in rows:
        words = [
            twice[row.person_id, row.pence] > 1 and "The same sum to the same person stands here twice.",
            row.last_figures
            and len(ends[row.last_figures]) > 1
            and "Another person's account ends in the same figures.",
            row.pence >= max(FAR_OVER * usual, FROM_PENCE)
            and f"More than usual: most are about {pounds(round(usual))}.",
            row.account_since
            and row.account_since > on - NEW_ACCOUNT
            and f"A new account, since {day_words(row.account_since)}.",
            row.account_since
            and not same_name(row.name, row.person)
            and f"The account is in another name than {row.person}. Is it theirs?",
            not in_letters(row.name, letters, longest=70) and "The bank's letters cannot write this name.",
        ]
        words += [] if row.last_figures else ["There are no bank details any more."]
        if words := tuple(filter(None, words)):
            found[row.payment_id] = words
    return found


def back_words(reason, text):
    """Why money came back, in words for people: what the bank's code means, or what the bank wrote.

    Long figures are left out of what it wrote: they may be somebody's account.
    """
    text = " ".join(FIGURES.sub("…", text).split())[:MOST_WORDS]
    if reason or not text:
        return content.bank_answer(reason)
    return f"The bank wrote: {text}."


def answer_mark(code):
    """The mark of what an answer of the bank says of one payment: the same wherever it says so again."""
    return hashlib.sha256(f"answer\x1f{code}".encode()).hexdigest()


def answer_words(said):
    """Why the bank did not carry a payment out, in words for people. said: a Said of its answer."""
    if said.reason != NARRATIVE and not content.bank_answer_is_known(said.reason):
        return content.bank_answer(f"{said.reason} {said.words}".strip()[:MOST_WORDS])
    return content.bank_answer(said.words[:MOST_WORDS] if said.reason == NARRATIVE else said.reason)


def is_ours(said, answer):
    """Whether the fault lies with us: the bank refused the whole file, or says so of our account."""
    return said in answer.whole or content.bank_answer_is_ours(said.reason)
