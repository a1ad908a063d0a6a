"""How an account is typed, confirmed by a second way, opened for who pays, and forgotten."""

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from alongside.payees import permissions, policies, queries
from alongside.payees.models import Payee
from alongside.payees.states import Confirmed, Details
from alongside.people import operations as people
from alongside.people import queries as known
from alongside.record import operations as record
from alongside.refusals import stop_if

CHANGED = (
    "New bank details were typed for your money. They count once they are confirmed; until then no money goes out. "
    "If that was not you, tell us at once."
)


@transaction.atomic
def set_payee(*, person, name, by, at, sort_code="", account="", iban="", bic=""):
    """Keep where this person's money goes, encrypted: a UK account, or an international number. Returns the Payee.

    The first details that the person types alone count at once. Others wait to be confirmed by a second way, and what
    was there stays until then; the person is told by their own channel. Whoever typed stands beside it: the person, or
    who helped them.
    """
    stop_if(permissions.why_not_own(person, by=by))
    first = not by.helped_by and not Payee.objects.select_for_update().filter(person=person).exists()
    _drop(queries.waiting_of(person), at)
    payee = Payee(person=person, name=name.strip(), made_at=at, typed_by=by.helped_by or by)
    payee.last_figures = (account or iban)[-4:]
    details = Details(payee.name, sort_code, account, iban, bic)
    payee.sealed = policies.lock_details(details, person_id=person.pk, token=payee.token)
    if first:
        payee.confirmed, payee.confirmed_at, payee.confirmed_by = Confirmed.FIRST, at, by
    payee.save()
    record.note(what="payees.payee.set", subject=payee, by=by, at=at, first=first)
    if not first:
        _ask_to_confirm(payee, by, at)
    return payee


def _ask_to_confirm(payee, by, at):
    """Tell the person that details changed; send a code by another way than the one they came in by, if there is one."""
    person, url = payee.person, reverse("payees:payee")
    people.tell(to=person, about=f"payee:{payee.pk}", words=CHANGED, url=url, by=by, at=at)
    since = {contact.kind: contact.since for contact in known.contacts_of(person)}
    way = policies.second_way(since, signs_in=known.has_login(person), at=at)
    if way is None:
        return
    code = policies.new_code()
    payee.code_digest, payee.code_by = policies.digest_of(code, payee.token), way
    payee.save(update_fields=["code_digest", "code_by"])
    words = f"The code for your new bank details is {code}. If you did not change them, tell us at once."
    people.tell(to=person, about=_code_of(payee), words=words, by=by, at=at, way=way, secret=True)


def _code_of(payee):
    return f"payee-code:{payee.pk}"


def _locked(payee_id):
    return Payee.objects.select_for_update(of=("self",)).select_related("person", "typed_by").get(pk=payee_id)


@transaction.atomic
def confirm_by_code(*, payee_id, typed, by, at):
    """Confirm new details by the code that was sent. True when it was right; a wrong one is counted and gives False."""
    payee = _locked(payee_id)
    stop_if(permissions.why_not_try_code(payee, by=by, at=at))
    figures = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    if not constant_time_compare(policies.digest_of(figures, payee.token), payee.code_digest):
        payee.tries += 1
        payee.save(update_fields=["tries"])
        return False
    _confirm(payee, Confirmed.CODE, by, at)
    return True


@transaction.atomic
def confirm_seen(*, payee_id, by, at):
    """Confirm new details after talking with the person by a way that was known before. Returns the Payee."""
    payee = _locked(payee_id)
    stop_if(permissions.why_not_vouch(payee, by=by))
    _confirm(payee, Confirmed.SEEN, by, at)
    words = f"{by.shown_name} confirmed your new bank details. If you did not talk about them, tell us at once."
    people.tell(to=payee.person, about=f"payee-seen:{payee.pk}", words=words, url=reverse("payees:payee"), by=by, at=at)
    return payee


def _confirm(payee, how, by, at):
    _drop(queries.payee_of(payee.person), at)
    payee.confirmed, payee.confirmed_at, payee.confirmed_by, payee.code_digest = how, at, by, ""
    payee.save(update_fields=["confirmed", "confirmed_at", "confirmed_by", "code_digest"])
    people.forget_secret(about=_code_of(payee))
    record.note(what="payees.payee.confirmed", subject=payee, by=by, at=at, how=str(how))


@transaction.atomic
def stand_by(*, person, by, at):
    """Say that the details are right as they are, after the bank sent money back. Returns the Payee, or None."""
    stop_if(permissions.why_not_own(person, by=by))
    payee = queries.payee_of(person)
    if payee:
        payee.confirmed_at = at
        payee.save(update_fields=["confirmed_at"])
        record.note(what="payees.payee.stood_by", subject=payee, by=by, at=at)
    return payee


@transaction.atomic
def drop_payee(*, person, by, at):
    """Forget where this person's money goes, also what waits. The next details wait to be confirmed."""
    stop_if(permissions.why_not_own(person, by=by))
    payee = queries.payee_of(person)
    for row in (payee, queries.waiting_of(person)):
        _drop(row, at)
    if payee:
        record.note(what="payees.payee.dropped", subject=payee, by=by, at=at)
    return payee


@transaction.atomic
def drop_waiting(*, person, by, at):
    """Take new details back before they count; what was there stays."""
    stop_if(permissions.why_not_own(person, by=by))
    payee = queries.waiting_of(person)
    _drop(payee, at)
    if payee:
        record.note(what="payees.payee.taken_back", subject=payee, by=by, at=at)


def _drop(payee, at):
    """End a Payee and blank what it held; None is nothing to do."""
    if payee is None:
        return
    payee.replaced_at, payee.sealed, payee.name, payee.last_figures, payee.code_digest = at, b"", "", "", ""
    payee.save(update_fields=["replaced_at", "sealed", "name", "last_figures", "code_digest"])
    people.forget_secret(about=_code_of(payee))


def open_details(payee):
    """The Details of a Payee. For the room of payments only, which asks its own rules and notes each look."""
    return policies.open_details(payee.sealed, person_id=payee.person_id, token=payee.token)


@transaction.atomic
def erase_words(*, person, at):
    """Blank every account of a person."""
    theirs = Payee.objects.filter(person=person)
    theirs.update(name="", last_figures="", sealed=b"", code_digest="")
    theirs.filter(replaced_at=None).update(replaced_at=at)
    record.note(what="payees.words.erased", subject=person, at=at)
