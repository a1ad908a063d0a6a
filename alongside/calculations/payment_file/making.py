"""Choosing the writer, and the promise that a file says of itself what is in it."""

import hashlib

from alongside.calculations.payment_file import euro, lines, sterling
from alongside.calculations.payment_file.letters import in_letters
from alongside.calculations.payment_file.orders import why_not, why_not_account
from alongside.refusals import Refusal, Refused, stop_if

TWICE = Refusal("twice", "The same reference stands twice in this file.", "Make the run again.")
OTHER = Refusal("totals", "The payments are not those that were counted for this file.", "Make the run again.")
TOO_MANY = "This bank takes at most {most:,} payments in one file. There are {count:,}."
FIELDS = {
    "sort-code", "account", "name", "sum", "reference", "day", "currency", "our-sort-code", "our-account",
    "our-sort-code-and-account", "our-name", "fixed",
}  # fmt: skip


def ending(profile):
    """How the name of a file of this profile ends: csv or xml."""
    return "csv" if profile.format == "csv" else "xml"


def _writer(profile):
    if profile.format == "csv":
        return lines.pieces
    return euro.pieces if profile.currency == "EUR" else sterling.pieces


def why_not_profile(profile, *, count, source):
    """The Refusal that stops any file of this profile for so many payments from this account; None when nothing does."""
    if count < 1:
        return Refusal("empty", "There is nothing to pay in this run.")
    if profile.most_lines and count > profile.most_lines:
        words = TOO_MANY.format(most=profile.most_lines, count=count)
        return Refusal("too-many", words, "Take fewer, and make another run for the rest.")
    if refusal := why_not_account(source, profile):
        return Refusal("source", f"Your own account: {refusal.words}", "Write it again.")
    if not in_letters(source.name, profile.letters, longest=profile.longest_name):
        return Refusal("source", "The name on your own account is missing.", "Write it again.")
    return None


def why_nots(profile, orders):
    """[(order, Refusal)] of every order that cannot stand in a file of this profile; a reference used twice is one."""
    seen, found = set(), []
    for order in orders:
        refusal = TWICE if order.code in seen else why_not(order, profile)
        seen.add(order.code)
        if refusal:
            found.append((order, refusal))
    return found


def pieces(profile, batch, orders):
    """The file as pieces of bytes; orders may be any iterable and is read once.

    Raises Refused at the first order that cannot be written, and at the end when count or total differ from the batch:
    so keep nothing of a file whose last piece did not come.
    """
    stop_if(why_not_profile(profile, count=batch.count, source=batch.source))
    yield from _writer(profile)(profile, batch, _counted(profile, batch, orders))


def _counted(profile, batch, orders):
    seen, pence = set(), 0
    for order in orders:
        stop_if(why_not(order, profile))
        if order.code in seen:
            raise Refused(TWICE)
        seen.add(order.code)
        pence += order.pence
        yield order
    if (len(seen), pence) != (batch.count, batch.pence):
        raise Refused(OTHER)


def finished(profile, batch, orders):
    """(bytes, sha256 in hexadecimal) of a whole file."""
    file = b"".join(pieces(profile, batch, orders))
    return file, hashlib.sha256(file).hexdigest()
