"""Who may type and who may confirm where a person's money goes."""

from datetime import timedelta

from alongside.calculations import content
from alongside.calculations.money import code
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payees.states import CODE_DAYS, CODE_TRIES
from alongside.people import permissions as people
from alongside.refusals import Refusal

VOUCH = (DutyKind.LEAD, DutyKind.APPROVER, DutyKind.PAYER)
NOT_REACHED = Refusal(
    "not-reached",
    "Our euro cannot go to an account in that country.",
    "Write an account in a country of the SEPA area, or choose cash for your offers.",
)
NOT_YOURS = Refusal("not-yours", "Only the person whose money it is can do this.")


def why_not_own(person, *, by):
    """None for the person whose money it is."""
    return None if by is not None and by.pk == person.pk else NOT_YOURS


def why_not_account(details):
    """The Refusal for an account to which the site's currency cannot go; None for the others.

    An international number of the United Kingdom holds a sort code and account number, so pounds can go there.
    """
    if code() == "EUR" and not details.iban:
        words = "We pay in euro, to an international account number (IBAN)."
        return Refusal("no-iban", words, "It stands on your card or in your bank’s app.")
    if code() == "EUR" and not content.is_reached(details.iban, "EUR"):
        return NOT_REACHED
    if code() == "GBP" and not (details.sort_code and details.account) and not details.iban.startswith("GB"):
        words = "We pay in pounds, to a sort code and account number."
        return Refusal("no-sort-code", words, "They stand on your card or in your bank’s app.")
    return None


def why_not_try_code(payee, *, by, at):
    """The Refusal that stops `by` typing the code for new details; None when nothing does."""
    if refusal := why_not_own(payee.person, by=by) or _why_not_waiting(payee):
        return refusal
    if by.helped_by and by.helped_by.pk == payee.typed_by_id:
        words = f"{by.helped_by.shown_name} typed these details, so the code needs other hands."
        return Refusal("same-helper", words, "Type the code in your own browser, or with another helper.")
    if not payee.code_digest:
        return Refusal("no-code", "No code was sent for these details.", "Ask the person who leads to confirm them.")
    if payee.tries >= CODE_TRIES or at > payee.made_at + timedelta(days=CODE_DAYS):
        return Refusal("code-over", "This code no longer counts.", "Type your details again for a new one.")
    return None


def why_not_vouch(payee, *, by):
    """The Refusal that stops `by` confirming that they talked with the person about new details."""
    if refusal := people.why_not_act(by):
        return refusal
    if by.helped_by:
        return Refusal("helped", "Nobody does this for somebody else.", "They sign in by themselves for it.")
    if by.pk == payee.person_id:
        return Refusal("own-payee", "Somebody else confirms your details.", "Ask the person who leads.")
    if by.pk == payee.typed_by_id:
        return Refusal("own-typing", "You typed these details.", "Ask another person who leads, approves or pays.")
    theirs = organisations.of(payee.person).values_list("pk", flat=True)
    if not any(organisations.holds(by, kind, pk) for pk in theirs for kind in VOUCH):
        return Refusal("not-asked", "This is for people who lead, approve or pay.", "Ask the person who leads.")
    return _why_not_waiting(payee)


def _why_not_waiting(payee):
    if payee.replaced_at is None and payee.confirmed_at is None:
        return None
    return Refusal("state", "These details do not wait to be confirmed.", "Look at the page again.")
