"""What changes about people."""

import hashlib
import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from alongside.people import queries
from alongside.people.models import ClaimCode, Contact, Person, ToTell
from alongside.people.states import ContactKind, TellBy
from alongside.record import operations as record

log = logging.getLogger(__name__)

CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that looks like something else on paper
CODE_LENGTH = 14  # 14 letters of 30 are 68 bits
CODE_DAYS = 90


@transaction.atomic
def add_person(*, shown_name, at, by=None, mail="", phone="", tell_by=None):
    """Make a Person known by one name; with a way to reach them if they gave one. Returns the Person."""
    person = Person.objects.create(
        shown_name=shown_name.strip(),
        made_at=at,
        tell_by=tell_by or (TellBy.MAIL if mail else TellBy.PHONE if phone else TellBy.NONE),
    )
    for kind, value in ((ContactKind.MAIL, mail), (ContactKind.PHONE, phone)):
        if value:
            Contact.objects.create(person=person, kind=kind, value=value)
    record.note(what="people.person.added", subject=person, by=by or person, at=at)
    return person


def code_digest(code):
    """What is kept of a claim code: SHA-256 of its letters, whatever spaces, dashes or case were typed."""
    return hashlib.sha256("".join(filter(str.isalnum, code.upper())).encode()).hexdigest()


@transaction.atomic
def make_claim_code(*, person, at, by=None):
    """Make a code by which `person` can take up their record within 90 days. Returns it once, spaced for reading."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    ClaimCode.objects.create(
        person=person, digest=code_digest(letters), made_at=at, expires_at=at + timedelta(days=CODE_DAYS)
    )
    record.note(what="people.claim_code.made", subject=person, by=by or person, at=at)
    return "-".join((letters[:4], letters[4:9], letters[9:]))


@transaction.atomic
def tell(*, to, about, words, url="", by=None, at):
    """Tell `to` something by the channel they chose; telling twice about the same thing tells once.

    about: event and thing, such as `decision:12`. words: the whole message, in plain words. A mail goes out after
    the transaction, with a neutral subject, and never stops the work when mail is off. Returns the TellBy used.
    """
    channel = TellBy.NONE if to.quiet else TellBy(to.tell_by)
    contact = queries.contact_for(to, ContactKind.MAIL) if channel == TellBy.MAIL else None
    if channel == TellBy.MAIL and contact is None:
        channel = TellBy.NONE
    telling, fresh = ToTell.objects.get_or_create(
        person=to,
        about=about,
        defaults={
            "words": words,
            "url": url,
            "tell_by": channel,
            "made_at": at,
            "told_at": at if channel in {TellBy.MAIL, TellBy.NONE} else None,
        },
    )
    if fresh and contact:
        transaction.on_commit(lambda: _send(contact.value, words, url))
    return TellBy(telling.tell_by)


def _send(address, words, url):
    """One mail to one address. Its subject says nothing; when mail fails, the page still holds the words."""
    link = f"\n\n{settings.SITE_ADDRESS}{url}" if url else ""
    message = EmailMessage("There is something new for you", f"{words}{link}", to=[address])
    try:
        message.send()
    except OSError:
        log.warning("A mail could not be sent; what it said stands on the person's own page.")
