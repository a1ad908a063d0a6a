"""Codes, words and days: what rules, reads and writes of this room share."""

import datetime
import hashlib
import hmac
import secrets
import unicodedata
from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

from alongside.people.states import Channel

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 of them: five bits each; no I, L, O or U
SECRET_LETTERS, SEAL_LETTERS = 13, 7  # 65 bits that nobody knows, and 35 that show who made the paper
_LOOK_ALIKE = str.maketrans("ILOU", "110V")
_COUNTED_UNDER = [Channel.PAPER, Channel.PHONE, Channel.IN_PERSON, Channel.ASSISTED, Channel.SCREEN]
_TURNERS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def new_seal():
    """A fresh secret of one conversation, from which its ballot papers are made."""
    return secrets.token_hex(32)


def new_voter_key():
    """A key that belongs to no code: for a paper sheet, and for every ballot at the close."""
    return secrets.token_hex(32)


def _letters(seal, about, count):
    digest = hmac.digest(bytes.fromhex(seal), about.encode(), hashlib.sha256)
    number = int.from_bytes(digest)
    return "".join(CODE_LETTERS[number >> 5 * place & 31] for place in range(count))


def paper_code(seal, token, person_pk):
    """The code of the ballot paper that one press of one person's button gives.

    It follows from the token in the form, so that pressing twice gives the same paper, and no one who lacks the
    token (the database does) can work it out.
    """
    secret = _letters(seal, f"paper:{person_pk}:{token}", SECRET_LETTERS)
    return secret + _letters(seal, f"seal:{secret}", SEAL_LETTERS)


def press_digest(token):
    """What is kept of the token: enough to know it again, not enough to make the code from it."""
    return hashlib.sha256(f"ballot paper {token}".encode()).hexdigest()


def typed_code(text):
    """The letters of a code as somebody typed it: any case, spaces and dashes, and look-alikes put right."""
    return "".join(filter(str.isalnum, text.upper())).translate(_LOOK_ALIKE)


def spaced_code(code):
    """The code in groups of four, as it is read out and written down."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def is_genuine(seal, code):
    """Whether this conversation made the code. No list of codes is kept: the last letters prove the first."""
    if not seal or len(code) != SECRET_LETTERS + SEAL_LETTERS or set(code) - set(CODE_LETTERS):
        return False
    expected = _letters(seal, f"seal:{code[:SECRET_LETTERS]}", SEAL_LETTERS)
    return secrets.compare_digest(expected, code[SECRET_LETTERS:])


def voter_key(seal, code):
    """All that the database holds of a code."""
    return hashlib.sha256(f"{seal}:{code}".encode()).hexdigest()


def plain_words(text):
    """Words as they may be kept: without characters that turn the direction of writing or cannot be seen."""
    kept = (letter for letter in text if letter not in _TURNERS and (letter in "\n\t" or not _is_control(letter)))
    return "".join(kept).strip()


def _is_control(letter):
    return unicodedata.category(letter) in {"Cc", "Cs", "Co"}


def counted(answers):
    """{statement pk: Counter of choices} of (statement pk, choice) pairs."""
    found = defaultdict(Counter)
    for statement, choice in answers:
        found[statement][choice] += 1
    return found


def way_of_each(answers):
    """{voter key: channel} of (voter key, channel) pairs: of two ways the one that took more from the voter."""
    found = {}
    for key, channel in answers:
        found[key] = min(found.get(key, channel), channel, key=_COUNTED_UNDER.index)
    return found


def end_of(day, zone):
    """The moment at which `day` is over where the organisation is; None for no day."""
    if day is None:
        return None
    after = day + datetime.timedelta(days=1)
    return datetime.datetime.combine(after, datetime.time(), tzinfo=ZoneInfo(zone))


def draw_number(taken):
    """A number that no statement of the conversation has yet, drawn at random."""
    size = 1000
    while size < 4 * len(taken):
        size *= 10
    free = [number for number in range(size // 10, size) if number not in taken]
    return secrets.choice(free)
