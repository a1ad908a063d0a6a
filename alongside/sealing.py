"""Words that lie locked in the database: AES-256-GCM with a key outside it, bound to the one row they belong to.

The key is DATA/payee.key, made at first use and readable by its owner only. Back it up apart from the database.
"""

import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.refusals import Refusal, Refused

NONCE = 12
KEY_BYTES = 32
NO_KEY = Refusal(
    "no-key",
    "These details cannot be opened: the key they were locked with is not on this machine.",
    "Put the file payee.key back from its own backup, or ask the person to type the details again.",
)


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


def seal(words, *, bound_to):
    """Bytes that only our key opens, and only for the row that `bound_to` names."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key()).encrypt(nonce, words.encode(), bound_to.encode())


def unseal(sealed, *, bound_to):
    """The words again. Raises Refused when the key is another one, or the bytes belong to another row."""
    sealed = bytes(sealed)
    try:
        return AESGCM(key()).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode()).decode()
    except InvalidTag as wrong:
        raise Refused(NO_KEY) from wrong
