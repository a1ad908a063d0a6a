"""Codes: how they are made, written and kept; and by which way somebody is told. Pure, but for Django's keyed digest."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.people.states import TellBy

CLAIM_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that looks like something else on paper
CLAIM_LENGTH = 14  # 14 letters of 30 are 68 bits
CLAIM_DAYS = 90
SIGN_IN_DIGITS = 6
SIGN_IN_LASTS = timedelta(minutes=10)


def new_claim_code():
    """Fourteen letters, spaced for reading: `ABCD-EFGHJ-KMNPQ`."""
    letters = "".join(secrets.choice(CLAIM_LETTERS) for _ in range(CLAIM_LENGTH))
    return "-".join((letters[:4], letters[4:9], letters[9:]))


def claim_digest(code):
    """What is kept of a claim code: SHA-256 of its letters, whatever spaces, dashes or case were typed."""
    return hashlib.sha256("".join(filter(str.isalnum, code.upper())).encode()).hexdigest()


def same_address(address):
    """One spelling for one mailbox, as far as we can know: no spaces around it, small letters."""
    return address.strip().lower()


def address_digest(address):
    """A name for an address that does not tell the address; for counters and the cookie of a known device."""
    return salted_hmac("alongside.people.address", same_address(address), algorithm="sha256").hexdigest()


def new_sign_in_code():
    """Six digits."""
    return f"{secrets.randbelow(10**SIGN_IN_DIGITS):0{SIGN_IN_DIGITS}}"


def code_digest(name, code):
    """What is kept of a six-digit code until it is typed: a digest keyed with this site's secret."""
    return salted_hmac("alongside.people.code", f"{name}:{digits(code)}", algorithm="sha256").hexdigest()


def digits(typed):
    """The digits of what was typed, without spaces and dashes, in any script: `١٢٣ 456` is 123456."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


def asking(address, code, at):
    """What the browser's session keeps while we wait for the code: no code in it, only its digest."""
    name = secrets.token_urlsafe(12)
    address = same_address(address)
    return {"name": name, "address": address, "digest": code_digest(name, code), "at": at.isoformat()}


def is_over(state, at):
    """Whether ten minutes have passed since the code was asked for."""
    return at - datetime.fromisoformat(state["at"]) > SIGN_IN_LASTS


def fits(state, typed):
    """Whether the digits typed are those that were sent."""
    return constant_time_compare(state["digest"], code_digest(state["name"], typed))


def way_of(person, way=None, mails=None):
    """The TellBy by which a person is told: `way`, or the one they chose; none while they want quiet.

    mails: {person's key: address}, once it is known who has one; without an address it waits on their page.
    """
    chosen = TellBy(way or (TellBy.NONE if person.quiet else person.tell_by))
    return TellBy.NONE if chosen == TellBy.MAIL and mails is not None and person.pk not in mails else chosen
