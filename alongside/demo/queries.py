"""Who is in the demo, and the mail that would have been sent."""

import email.policy
import re
from datetime import UTC, datetime
from email import message_from_bytes

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from alongside.demo.states import CAST, Letter
from alongside.people import queries as people_reads

LETTER_NAME = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]+\.eml")
MOST_LETTERS = 200


def is_loaded():
    """Whether the people of the demo are here."""
    return people_reads.login_at(CAST[0].address) is not None


def people():
    """The people of the demo: dicts of name, address, claim_code, shows and start; none before it is loaded.

    address: to sign in with; claim_code: of those who have no sign-in. start: the address of the page to look at first.
    """
    if not is_loaded():
        return []
    return [
        {
            "name": part.name,
            "address": part.address,
            "claim_code": "" if part.address else _claim_code(part.key),
            "shows": part.shows,
            "start": reverse(part.start),
        }
        for part in CAST
    ]


def without_sign_in():
    """{name: key} of the people of the demo who have no sign-in, for their claim codes."""
    return {part.name: part.key for part in CAST if not part.address}


def claim_key(key):
    """Where the demo keeps a claim code."""
    return f"demo-claim-code:{key}"


def _claim_code(key):
    """The claim code of somebody without a sign-in as it stands now; "" once it was used."""
    kept = cache.get(claim_key(key))
    found = people_reads.claim_code(kept["code"]) if kept else None
    return kept["code"] if found and found.used_at is None else ""


def letters():
    """The newest letters without their words, newest first; never more than MOST_LETTERS."""
    names = sorted((path.name for path in settings.POST_BOX.glob("*.eml")), reverse=True)
    known = [name for name in names if LETTER_NAME.fullmatch(name)]
    return [letter(name) for name in known[:MOST_LETTERS]]


def letter(name):
    """One Letter by the name of its file; None when there is none."""
    path = settings.POST_BOX / name
    if not LETTER_NAME.fullmatch(name) or not path.is_file():
        return None
    mail = message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = mail.get_body(("plain",))
    return Letter(
        name=name,
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        at=_moment(name),
        words=body.get_content() if body else "",
    )


def _moment(name):
    """When the letter was written: PostBox names files by the clock of the world (UTC)."""
    return datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
