"""How an account is locked and opened, and by which way a code can go. The key lives outside the database."""

import json
import secrets
from dataclasses import asdict
from datetime import timedelta

from django.utils.crypto import salted_hmac

from alongside.payees.states import KNOWN_DAYS, Details
from alongside.people.states import ContactKind
from alongside.sealing import seal, unseal


def lock_details(details, *, person_id, token):
    """Bytes that only our key opens, and only for the row of this person and token."""
    return seal(json.dumps(asdict(details)), bound_to=_bound_to(person_id, token))


def open_details(sealed, *, person_id, token):
    """The Details again. Raises Refused when the key is another one, or the bytes belong to another row."""
    return Details(**json.loads(unseal(sealed, bound_to=_bound_to(person_id, token))))


def _bound_to(person_id, token):
    return f"payee:{token}:{person_id}"


def new_code():
    """Six figures."""
    return f"{secrets.randbelow(10**6):06}"


def digest_of(code, token):
    """What is kept of a code, bound to its row."""
    return salted_hmac(f"alongside.payees:{token}", code, algorithm="sha256").hexdigest()


def second_way(known_since, *, signs_in, at):
    """The ContactKind by which a code goes: another way than the one they came in by; None when there is none.

    known_since: {ContactKind: when it was written down}. One that is too new does not count, since whoever came in as
    somebody else could have typed it a minute before. Mail is the way in of everybody who signs in, so it counts for
    the others only.
    """
    ways = [ContactKind.PHONE, ContactKind.LETTER] + ([] if signs_in else [ContactKind.MAIL])
    return next((way for way in ways if way in known_since and is_known(known_since[way], at)), None)


def is_known(since, at):
    """Whether a way to reach somebody was known for KNOWN_DAYS."""
    return since <= at - timedelta(days=KNOWN_DAYS)
