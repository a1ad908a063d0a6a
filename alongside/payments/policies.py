"""How an account is sealed, what the book writes, and how quickly money came. The key lives outside the database."""

import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.ledger.states import AccountKind, EntryKind
from alongside.refusals import Refusal, Refused

NONCE = 12
KEY_BYTES = 32
NO_KEY = Refusal(
    "no-key",
    "These details cannot be opened: the key they were locked with is not on this machine.",
    "Put the file payee.key back from its own backup, or ask the person to type the details again.",
)


@dataclass(frozen=True)
class Details:
    """An account in full, as it is shown once to who pays."""

    name: str
    sort_code: str
    account: str


def key():
    """The 32 bytes of DATA/payee.key; made at first use, readable by its owner only."""
    path = Path(settings.DATA) / "payee.key"
    if not path.exists():
        _make_key(path)
    return bytes.fromhex(path.read_text().strip())


def _make_key(path):
    """Write a whole file under another name and link it: of two makers at once one wins, and nobody reads half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def lock_details(details, *, person_id, token):
    """Bytes that only our key opens, and only for the row of this person and token."""
    nonce = secrets.token_bytes(NONCE)
    words = json.dumps({"name": details.name, "sort_code": details.sort_code, "account": details.account})
    return nonce + AESGCM(key()).encrypt(nonce, words.encode(), _bound_to(person_id, token))


def open_details(sealed, *, person_id, token):
    """The Details again. Raises Refused when the key is another one, or the bytes belong to another row."""
    sealed = bytes(sealed)
    try:
        words = AESGCM(key()).decrypt(sealed[:NONCE], sealed[NONCE:], _bound_to(person_id, token))
    except InvalidTag as wrong:
        raise Refused(NO_KEY) from wrong
    return Details(**json.loads(words))


def _bound_to(person_id, token):
    return f"payee:{token}:{person_id}".encode()


# Of each happening in the book: (the account that gains, the account that gives).
SIDES = {
    EntryKind.OWED: (AccountKind.PROMISED, AccountKind.OWED),
    EntryKind.BACK: (AccountKind.OWED, AccountKind.PROMISED),
}


def sides(kind, means):
    """The two accounts of a happening: the one that gains pence, the one that gives them."""
    return (AccountKind.OWED, AccountKind(means)) if kind == EntryKind.PAID else SIDES[kind]


def days_to_pay(spans):
    """Counts of payments by days from the work to the money, and the median. spans: whole days.

    The three buckets are those in which public bodies report prompt payment.
    """
    spans = sorted(spans)
    return {
        "to_15": sum(days <= 15 for days in spans),
        "to_30": sum(15 < days <= 30 for days in spans),
        "over_30": sum(days > 30 for days in spans),
        "median_days": median(spans) if spans else None,
    }
