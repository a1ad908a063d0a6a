"""Who may choose, confirm, fetch, send and cancel a run. Whoever chose never confirms, and nobody pays themselves."""

from alongside.calculations import money
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.payments import permissions as payments
from alongside.people import permissions as people
from alongside.refusals import Refusal
from alongside.runs.policies import SAID, run_about
from alongside.runs.states import LIVE, NEXT, RunState

MONEY = (DutyKind.APPROVER, DutyKind.PAYER)
ASK_ANOTHER = "Ask another person who pays."
ANY = "any words"  # for a page that asks before there are some


def why_not_handle(organisation, *, by, kinds=MONEY):
    """None for who approves or pays in the organisation (or holds one of `kinds`) and acts with their own hands."""
    if refusal := people.why_not_act(by):
        return refusal
    if not any(organisations.holds(by, kind, organisation.pk) for kind in kinds):
        words = " or ".join(DutyKind(kind).label for kind in kinds)
        return Refusal("not-asked", f"This is for somebody who {words}.", "Ask the person who leads co-production.")
    if by.helped_by:
        return Refusal("helped", "Nobody does this for somebody else.", "They sign in by themselves for it.")
    return None


def why_not_pay(organisation, *, by):
    """None for who pays in the organisation and acts with their own hands."""
    return why_not_handle(organisation, by=by, kinds=(DutyKind.PAYER,))


def why_not_currency(currency):
    """The Refusal for a currency that is not the site's, or whose files no bank takes from us; None for the others."""
    kept = money.currency()
    if currency != kept.code:
        return Refusal("other-currency", f"We keep {kept.many} here, so nothing is paid in {currency}.")
    if currency not in money.PAYABLE:
        words = f"We know no bank’s file in {kept.many}."
        return Refusal("no-file", words, "Pay each one by itself, and write that down.")
    return None


def why_not_choose(organisation, account, *, by):
    """The Refusal that stops `by` making a run from an account (an OurAccount or None); None when nothing does."""
    if refusal := why_not_pay(organisation, by=by):
        return refusal
    if account is None:
        return Refusal("no-account", "We do not know yet which account pays.", "Write down your own account first.")
    return None


def why_not_hands(hands, *, by):
    """None for who gets none of this money, approved none of it and typed none of its accounts. hands: its Hands."""
    if by.pk in hands.gets:
        return Refusal("own-payment", "One of these payments is your own.", ASK_ANOTHER)
    if by.pk in hands.approved:
        return Refusal("same-hand", "You approved one of these, so somebody else pays it.", ASK_ANOTHER)
    if by.pk in hands.typed:
        return Refusal("own-typing", "You typed or confirmed one of the accounts it goes to.", ASK_ANOTHER)
    return None


def _state(run, wanted):
    if wanted in NEXT[run.state]:
        return None
    return Refusal("state", f"This run is {run.get_state_display().lower()}.", "Look at it again to see what is next.")


def why_not_take_out(run, *, by):
    """None for who pays, until somebody has confirmed the run."""
    if refusal := why_not_pay(run.organisation, by=by):
        return refusal
    return _state(run, RunState.CONFIRMED)


def why_not_day(pay_on, on):
    """The Refusal for a run that the bank would be asked to pay before today."""
    if pay_on < on:
        return Refusal("past", "That day has passed.", "Choose today or a later day.")
    return None


def _too_late(run, on):
    if why_not_day(run.pay_on, on):
        words = "The file asks the bank to pay on a day that has passed."
        return Refusal("past", words, "If the bank has it, say so. If not, cancel this run and choose again.")
    return None


def why_not_confirm(run, hands, *, by, on):
    """The Refusal that stops `by` confirming a run on a day; None when nothing does. hands: the Hands of its payments."""
    if refusal := why_not_pay(run.organisation, by=by):
        return refusal
    if refusal := _state(run, RunState.CONFIRMED):
        return refusal
    if run.chosen_by_id == by.pk:
        return Refusal("chose", "You chose these payments, so somebody else confirms them.", ASK_ANOTHER)
    if not hands.gets:
        return Refusal("empty", "There is nothing left in this run.", "Cancel it, and choose again.")
    return why_not_hands(hands, by=by) or _too_late(run, on)


def why_not_fetch(run, *, by, on):
    """None for who pays, once the run is confirmed and until it is finished; not for a bank that would pay too late."""
    if refusal := why_not_pay(run.organisation, by=by):
        return refusal
    if run.state not in (RunState.CONFIRMED, RunState.SENT):
        return Refusal("state", f"This run is {run.get_state_display().lower()}, so there is no file.")
    return _too_late(run, on) if run.state == RunState.CONFIRMED else None


def changed(names):
    """The Refusal for a file that would differ from what was confirmed. names: on accounts that changed since."""
    who = ", ".join(names[:SAID]) or "somebody"
    words = f"The file would not be the one that was confirmed: {who} changed their account since."
    return Refusal("changed", words, "Cancel this run and choose again. Then the new account is used.")


def why_not_send(run, hands, *, by):
    """The Refusal that stops `by` saying that the bank has the file; None when nothing does."""
    if refusal := why_not_pay(run.organisation, by=by):
        return refusal
    if refusal := _state(run, RunState.SENT):
        return refusal
    if run.taken_at is None:
        return Refusal("not-fetched", "Nobody has fetched the file yet.", "Fetch it, and give it to the bank.")
    return why_not_hands(hands, by=by)


def why_not_take_answer(run, answer, items):
    """The Refusal for a bank's answer (an Answer) that is not about this run as the bank has it; None for one that is.

    run: the Run with the number that it answers, or None. items: {code: RunItem} of that run.
    """
    if run is None:
        words = f"This answers a file that is none of ours. Its number is {answer.of[:40]}."
        return Refusal("other-run", words, "Look at the number on the cover of the run.")
    if run.state not in (RunState.SENT, RunState.DONE):
        words = f"Run {run.number} is {run.get_state_display().lower()}, and the bank answers it already."
        return Refusal("not-sent", words, "If the bank has its file, say so on the page of the run first.")
    if answer.count not in (None, run.count) or answer.pence not in (None, run.pence):
        words = f"The bank counts other payments or another sum than run {run.number} has."
        return Refusal("numbers", words, "Compare the cover of the run with what the bank shows, and ask the bank.")
    strange = [said for said in answer.payments if said.code not in items]
    if strange or any(said.pence not in (None, items[said.code].pence) for said in answer.payments):
        words = f"It names a payment that is not in run {run.number}, or another sum of one that is."
        return Refusal("payments", words, "Ask the bank which file this answers.")
    return None


def why_not_ours(accounts, said):
    """The Refusal for a statement of another account; None when it is ours, or says nothing of it.

    accounts: FromAccounts, said: the account that the statement names, or "".
    """
    said = "".join(said.split()).upper()
    if not said or not accounts or any(_is(account, said) for account in accounts):
        return None
    return Refusal(
        "other-account", "This is the statement of another account.", "Fetch the one of your paying account."
    )


def _is(account, said):
    return said == "".join(account.iban.split()).upper() or (account.account and said.endswith(account.account))


def why_not_named(runs):
    """The Refusal for a statement that names these runs, which nobody has said are with the bank; None for no runs."""
    if not runs:
        return None
    words = (
        f"It shows payments of run {', '.join(str(run.number) for run in runs)}, which nobody has said the bank has."
    )
    return Refusal("not-sent", words, "Say so on the page of that run, and bring this in again.")


def why_not_say_back(run, item, *, by, words=ANY):
    """None for who pays, of a payment that the bank has by this run and that nobody said came back.

    What the room of payments asks of such a word is asked too.
    """
    if refusal := why_not_pay(run.organisation, by=by):
        return refusal
    if run.state not in (RunState.SENT, RunState.DONE) or item.state not in LIVE:
        return Refusal("state", "This payment is not with the bank by this run.", "Look at the run again.")
    about, payment = run_about(run), item.payment
    return payments.why_not_come_back(payment.part, payment, by=by, words=words, run_about=about)


def why_not_cancel(run, *, by, words=ANY):
    """None for who pays, until the bank has the file.

    Once the file was fetched, another person than who fetched it last, with words for how they know that the bank does
    not have it: what is in it can be paid a second time after this.
    """
    if refusal := why_not_pay(run.organisation, by=by) or _state(run, RunState.CANCELLED):
        return refusal
    if run.taken_at is None:
        return None
    if run.taken_by_id == by.pk:
        return Refusal("fetched", "You fetched the file, so somebody else makes sure and cancels.", ASK_ANOTHER)
    if not words.strip():
        return Refusal("no-words", "Say how you know that the bank does not have the file.")
    return None
