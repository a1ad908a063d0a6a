"""What changes about people. Everybody changes only their own record; `by` says who, and who helped."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from alongside.declared import blanks_of
from alongside.design.states import day_words
from alongside.people import permissions, policies, queries
from alongside.people.models import AccessNeed, AssistedVisit, ClaimCode, Contact, Lens, Login, Person, ToTell
from alongside.people.states import ERASED_NAME, SECRET_DAYS, Channel, ContactKind, PersonState, TellBy, Typed
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

log = logging.getLogger(__name__)

LATELY = 600  # seconds for which a code of the demo is good


# --- a person and their doors ---


@transaction.atomic
def add_person(*, shown_name, at, by=None, mail="", phone="", tell_by=None):
    """Make a Person known by one name; with a way to reach them if they gave one. Returns the Person."""
    tell_by = tell_by or (TellBy.MAIL if mail else TellBy.PHONE if phone else TellBy.NONE)
    person = Person.objects.create(shown_name=shown_name.strip(), made_at=at, tell_by=tell_by)
    for kind, value in ((ContactKind.MAIL, mail), (ContactKind.PHONE, phone)):
        if value:
            Contact.objects.create(person=person, kind=kind, value=value, since=at)
    record.note(what="people.person.added", subject=person, by=by or person, at=at)
    return person


@transaction.atomic
def welcome_guest(*, shown_name, at):
    """Make a Person for somebody who acts first and may take up their record later. Returns (Person, claim code).

    The code is shown once and kept only as a digest. The view puts the person into its browser: `seat_guest`.
    """
    person = add_person(shown_name=shown_name, at=at)
    return person, make_claim_code(person=person, at=at)


def seat_guest(session, *, person):
    """Let this browser act as `person` without a sign-in. The session gets a new name, so none can be planted."""
    session.cycle_key()
    session[queries.GUEST_KEY] = person.pk


@transaction.atomic
def make_claim_code(*, person, at, by=None, given_by=None):
    """Make a code by which `person` takes up their record within 90 days; earlier ones end. Returns it once.

    by: the person, helped or not; None when another room writes down what somebody did on paper. given_by: who hands
    it to the person, ruled by the room that offers the button; the person is told, since a code opens their record.
    """
    stop_if(permissions.why_not_give_claim_code(person, by=by, owner=queries.login_of(person)))
    ClaimCode.objects.filter(person=person, used_at=None, expires_at__gt=at).update(expires_at=at)
    code = policies.new_claim_code()
    made = ClaimCode.objects.create(
        person=person,
        digest=policies.claim_digest(code),
        made_at=at,
        expires_at=at + timedelta(days=policies.CLAIM_DAYS),
    )
    record.note(what="people.claim_code.made", subject=person, by=given_by or by or person, at=at)
    if given_by:
        _tell_of_code(person, given_by, made, at)
    return code


def _tell_of_code(person, given_by, made, at):
    words = f"{given_by.shown_name} made a claim code that opens your record. If you did not get it, tell somebody you trust."
    tell(to=person, about=f"claim_code:{made.pk}", words=words, url=reverse("people:me"), by=given_by, at=at)


@transaction.atomic
def claim(*, typed, at, login_id=None):
    """Take up the record that a claim code opens; the code is used up. Returns its Person.

    login_id: a sign-in that has no record yet, which is joined to this one; None to go on without a sign-in.
    """
    code = _take_code(typed, at)
    login = (
        Login.objects.select_for_update(of=("self",)).select_related("person").get(pk=login_id) if login_id else None
    )
    owner = queries.login_of(code.person)
    if login:
        stop_if(permissions.why_not_join(login, owner=owner))
        _join(login, code.person, at)
    elif owner:
        raise Refused(
            Refusal("has-sign-in", "This record has a sign-in of its own already.", "Sign in with that address.")
        )
    code.used_at = at
    code.save(update_fields=["used_at"])
    record.note(what="people.claim_code.used", subject=code.person, by=code.person, at=at, joined=bool(login))
    return code.person


def _take_code(typed, at):
    """The live ClaimCode that was typed, locked; Refused, in the same words for each reason, when there is none."""
    digest = policies.claim_digest(typed)
    found = ClaimCode.objects.select_for_update(of=("self",)).select_related("person").filter(digest=digest).first()
    stop_if(permissions.why_not_claim(found, at=at))
    return found


def _join(login, person, at):
    """Let a sign-in open a record; other codes for it end."""
    login.person = person
    login.save(update_fields=["person"])
    ClaimCode.objects.filter(person=person, used_at=None, expires_at__gt=at).update(expires_at=at)


@transaction.atomic
def open_login(*, address):
    """The Login for a mail address whose code was typed rightly; a new one without a record for a newcomer."""
    address = policies.same_address(address)
    login = queries.login_at(address)
    if login is None:
        login = Login(email=address)
        login.set_unusable_password()
        login.save()
    return login


@transaction.atomic
def join(*, login_id, at, shown_name="", person=None):
    """Give a new sign-in its record: a new one under `shown_name`, or that of `person`, who acted first as a guest.

    A newcomer is told things by mail until they choose otherwise. Returns the Person.
    """
    login = Login.objects.select_for_update(of=("self",)).select_related("person").get(pk=login_id)
    owner = queries.login_of(person) if person else None
    stop_if(permissions.why_not_join(login, person=person, owner=owner))
    person = person or add_person(shown_name=shown_name, at=at, mail=login.email)
    _join(login, person, at)
    record.note(what="people.login.joined", subject=person, by=person, at=at)
    return person


@transaction.atomic
def change_address(*, login_id, address, by, at):
    """Let a sign-in open with another mail address, whose code was typed rightly. Contacts stay as they are."""
    login = Login.objects.select_for_update().get(pk=login_id)
    if login.person_id != by.pk:
        raise Refused(permissions.NOT_YOURS)
    stop_if(permissions.why_not_alone(by, by=by))
    address = policies.same_address(address)
    if Login.objects.exclude(pk=login.pk).filter(email=address).exists():
        raise Refused(
            Refusal(
                "taken", "This address already opens another record.", "Sign in with it to see which, or use another."
            )
        )
    login.email = address
    login.save(update_fields=["email"])
    record.note(what="people.login.address_changed", subject=by, by=by, at=at)
    return login


@transaction.atomic
def sign_out_everywhere(*, login_id, by, at):
    """End every session of a sign-in, on every device, at its next request. Returns the Login."""
    Login.objects.filter(pk=login_id, person=by).update(closings=F("closings") + 1)
    record.note(what="people.login.out_everywhere", subject=by, by=by, at=at)
    return Login.objects.select_related("person").get(pk=login_id, person=by)


def ask_code(*, address, at):
    """Six digits for one mail address. Returns (what the asking browser's session keeps, the digits to send)."""
    code = policies.new_sign_in_code()
    return policies.asking(address, code, at), code


def read_code(*, asked, typed, at):
    """What is to be said of the digits typed in the browser that asked: a Typed. Nobody is looked up here."""
    if policies.is_over(asked, at):
        return Typed.OVER
    if policies.fits(asked, typed) or _take_demo_code(asked["address"], typed):
        return Typed.RIGHT
    return Typed.WRONG


def fresh_code(*, address):
    """For the demo only: six digits that open for `address` in any browser that asks, once, within ten minutes."""
    if not settings.DEMO:
        raise Refused(Refusal("not-demo", "Codes are printed in the demo only.", "Ask for a code on the sign-in page."))
    code = policies.new_sign_in_code()
    cache.set(_demo_key(address), policies.code_digest(_demo_key(address), code), LATELY)
    return code


def _take_demo_code(address, typed):
    """Whether `typed` is the demo's fresh code for `address`; it is used up. Never outside the demo."""
    if not settings.DEMO:
        return False
    fits = cache.get(_demo_key(address)) == policies.code_digest(_demo_key(address), typed)
    if fits:
        cache.delete(_demo_key(address))
    return fits


def _demo_key(address):
    return f"demo-code:{policies.address_digest(address)}"


# --- my page ---


def _own(person_id, by):
    """The Person, locked, once it is sure that `by` may change them."""
    person = Person.objects.select_for_update().get(pk=person_id)
    stop_if(permissions.why_not_change(person, by=by))
    return person


@transaction.atomic
def rename(*, person_id, shown_name, by, at):
    """Let others see a person under another name, everywhere and at once."""
    person = _own(person_id, by)
    person.shown_name = shown_name.strip()
    person.save(update_fields=["shown_name"])
    record.note(what="people.person.renamed", subject=person, by=by, at=at)
    return person


@transaction.atomic
def choose_telling(*, person_id, tell_by, quiet, by, at):
    """Choose by which way a person is told things; quiet: nothing is sent, everything waits on their page."""
    person = _own(person_id, by)
    person.tell_by, person.quiet = TellBy(tell_by), quiet
    person.save(update_fields=["tell_by", "quiet"])
    record.note(what="people.telling.chosen", subject=person, by=by, at=at, tell_by=str(person.tell_by), quiet=quiet)
    return person


@transaction.atomic
def keep_contact(*, person_id, kind, value, safe, by, at):
    """Write down one way to reach a person, and when it is safe to use it; an empty value takes it away.

    A secret that waits to be said by the way that was there before is not said by the new one.
    """
    person = _own(person_id, by)
    value, kind = value.strip(), ContactKind(kind)
    contact = Contact.objects.filter(person=person, kind=kind).first() or Contact(person=person, kind=kind)
    if contact.value != value or contact.since is None:
        contact.value, contact.since = value, at
        ToTell.objects.filter(person=person, tell_by=kind, secret=True, told_at=None).update(words="")
    contact.safe = safe.strip() if value else ""
    contact.save()
    record.note(what="people.contact.kept", subject=person, by=by, at=at, kind=str(contact.kind), kept=bool(value))
    return contact


@transaction.atomic
def choose_unpaid(*, person_id, ask, by, at):
    """Say whether a person may be asked for work without money. Nobody is asked before they said so."""
    person = _own(person_id, by)
    person.ask_unpaid = ask
    person.save(update_fields=["ask_unpaid"])
    record.note(what="people.unpaid.chosen", subject=person, by=by, at=at, ask=ask)
    return person


@transaction.atomic
def add_lens(*, person_id, words, by, at, side=""):
    """Add a lens in the person's own words. Nobody sees it until its owner shows it somewhere."""
    person = _own(person_id, by)
    lens = Lens.objects.create(person=person, words=words.strip(), side=side, added_at=at)
    record.note(what="people.lens.added", subject=lens, by=by, at=at)
    return lens


@transaction.atomic
def count_lens(*, lens_id, side, by, at):
    """Choose on which side a lens counts when a label is worked out; an empty side: it is not counted."""
    lens = _own_row(Lens, lens_id, by)
    lens.side = side
    lens.save(update_fields=["side"])
    record.note(what="people.lens.changed", subject=lens, by=by, at=at)
    return lens


@transaction.atomic
def let_go_lens(*, lens_id, by, at):
    """Stop looking through a lens. Where it was shown before, the page still says so."""
    lens = _own_row(Lens, lens_id, by)
    lens.let_go_at = at
    lens.save(update_fields=["let_go_at"])
    record.note(what="people.lens.changed", subject=lens, by=by, at=at, let_go=True)
    return lens


def _own_row(model, pk, by):
    """A Lens or AccessNeed of one's own that is not let go yet, locked."""
    row = model.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    stop_if(permissions.why_not_change(row.person, by=by))
    stop_if(permissions.ALREADY if row.let_go_at else None)
    return row


@transaction.atomic
def add_need(*, person_id, words, shared, by, at, need=""):
    """Add something that a person needs to take part: from the list (its id and words) or in their own words.

    The need, never the reason. What is on the page already is not added twice. Returns the AccessNeed.
    """
    person = _own(person_id, by)
    words = words.strip()
    listed = {"need": need} if need else {"words__iexact": words}
    there = AccessNeed.objects.filter(person=person, let_go_at=None, **listed).first()
    if there:
        return there
    made = AccessNeed.objects.create(person=person, need=need, words=words, shared=shared)
    record.note(what="people.need.added", subject=made, by=by, at=at, shared=shared)
    return made


@transaction.atomic
def share_need(*, need_id, shared, by, at):
    """Show a need to those who host what the person comes to, or show it no longer."""
    need = _own_row(AccessNeed, need_id, by)
    need.shared = shared
    need.save(update_fields=["shared"])
    record.note(what="people.need.changed", subject=need, by=by, at=at, shared=shared)
    return need


@transaction.atomic
def let_go_need(*, need_id, by, at):
    """Take a need off a person's page; nobody sees it from now on."""
    need = _own_row(AccessNeed, need_id, by)
    need.let_go_at, need.shared = at, False
    need.save(update_fields=["let_go_at", "shared"])
    record.note(what="people.need.changed", subject=need, by=by, at=at, let_go=True)
    return need


@transaction.atomic
def move(*, person_id, to, by, at, back_on=None):
    """Take a break (PAUSED, perhaps until `back_on`), stop (STOPPED) or come back (ACTIVE). All else stays."""
    person = Person.objects.select_for_update().get(pk=person_id)
    stop_if(permissions.why_not_move(person, by=by, to=to))
    person.state, person.back_on = to, back_on if to == PersonState.PAUSED else None
    person.save(update_fields=["state", "back_on"])
    record.note(what="people.person.moved", subject=person, by=by, at=at, to=str(to))
    return person


@transaction.atomic
def erase(*, person_id, by, at, also=()):
    """Blank every word about a person that is kept only until they ask; the rows stay, without a name.

    also: what other rooms blank, functions called with (person, at) in this transaction before our own.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    stop_if(permissions.why_not_alone(person, by=by))
    for forget in also:
        forget(person=person, at=at)
    _blank_own_words(person, at)
    record.note(what="people.person.erased", subject=person, by=by, at=at)
    return person


def _blank_own_words(person, at):
    for model in (Lens, Contact, AccessNeed, AssistedVisit, ToTell):
        model.objects.filter(person=person).update(**blanks_of(model))
    ClaimCode.objects.filter(person=person, used_at=None, expires_at__gt=at).update(expires_at=at)
    for login in Login.objects.select_for_update().filter(person=person):
        closed = {"email": f"erased-{login.pk}@erased.invalid", "is_active": False, "password": "!"}  # noqa: S106
        Login.objects.filter(pk=login.pk).update(**blanks_of(Login) | closed)
    left = {"shown_name": ERASED_NAME, "state": PersonState.ERASED}
    Person.objects.filter(pk=person.pk).update(**blanks_of(Person) | left)
    person.refresh_from_db()


# --- with a helper ---


@transaction.atomic
def begin_visit(*, helper, person, present, channel, at):
    """Let `helper` act with `person`, who is there and agrees. Returns the AssistedVisit; `seat_visit` starts it.

    present: how the helper knows that. Whom a helper may meet is ruled by the room that offers the button: here
    it is somebody whom they have just written down or whose claim code they hold.
    """
    login = Login.objects.select_for_update().filter(person=helper).first()
    busy = queries.open_visit_of(helper) is not None
    stop_if(permissions.why_not_help(helper, person=person, has_login=login is not None, busy=busy))
    stop_if(permissions.why_not_visit(present=present, channel=channel))
    visit = AssistedVisit.objects.create(
        person=person, helper=helper, present=present.strip(), channel=channel, started_at=at
    )
    person.helped_by, person.channel = helper, Channel(channel)
    record.note(what="people.visit.begun", subject=visit, by=person, at=at, channel=str(channel))
    return visit


@transaction.atomic
def meet_newcomer(*, helper, shown_name, present, channel, at, phone="", mail=""):
    """Write down somebody who has no record yet, and begin a visit with them. Returns the AssistedVisit."""
    person = Person(shown_name=shown_name)
    stop_if(
        permissions.why_not_help(
            helper,
            person=person,
            has_login=queries.has_login(helper),
            busy=queries.open_visit_of(helper) is not None,
        )
    )
    person = add_person(shown_name=shown_name, at=at, by=helper, phone=phone, mail=mail)
    return begin_visit(helper=helper, person=person, present=present, channel=channel, at=at)


@transaction.atomic
def meet_by_code(*, helper, typed, present, channel, at):
    """Begin a visit with somebody who gave their claim code; the code is used up. Returns the AssistedVisit."""
    code = _take_code(typed, at)
    code.used_at = at
    code.save(update_fields=["used_at"])
    return begin_visit(helper=helper, person=code.person, present=present, channel=channel, at=at)


def seat_visit(session, *, visit):
    """Let this browser, in which the helper is signed in, act for the person of the visit."""
    session[queries.VISIT_KEY] = visit.pk


@transaction.atomic
def end_visit(*, visit_id, by, at):
    """End a visit. The person is told, by their own way, who acted with them and how many things were done."""
    visit = AssistedVisit.objects.select_for_update(of=("self",)).select_related("person", "helper").get(pk=visit_id)
    stop_if(permissions.why_not_end(visit, by=by))
    visit.ended_at = at
    visit.save(update_fields=["ended_at"])
    count = len(queries.done_in_visit(visit))
    visit.person.helped_by = visit.helper
    record.note(what="people.visit.ended", subject=visit, by=visit.person, at=at, count=count)
    _tell_of_visit(visit, count, at)
    return visit


def _tell_of_visit(visit, count, at):
    day = day_words(timezone.localtime(visit.started_at).date())
    things = {0: "Nothing was written down.", 1: "1 thing was written down."}.get(
        count, f"{count} things were written down."
    )
    tell(
        to=visit.person,
        about=f"visit:{visit.pk}",
        words=f"{visit.helper.shown_name} acted together with you on {day}. {things} "
        "If you were not there, tell somebody you trust here.",
        url=reverse("people:visit", args=[visit.pk]),
        by=visit.helper,
        at=at,
    )


# --- telling ---


@transaction.atomic
def tell(*, to, about, words, url="", by=None, at, way=None, secret=False):
    """Tell `to` something by the channel they chose; telling twice about the same thing tells once.

    about: event and thing, such as `decision:12`. words: the whole message, in plain words. A mail goes out after
    the transaction, with a neutral subject, and never stops the work when mail is off. way: this one instead of the
    one they chose, for a code that has to come by another way. secret: only the way itself brings the words; no page
    of the person's own shows them, and they are blanked once said. Returns the TellBy used.
    """
    if to.state == PersonState.ERASED:
        return TellBy.NONE
    channel = TellBy(way or (TellBy.NONE if to.quiet else to.tell_by))
    contact = queries.contact_for(to, ContactKind.MAIL) if channel == TellBy.MAIL else None
    if channel == TellBy.MAIL and contact is None:
        channel = TellBy.NONE
    told = channel in {TellBy.MAIL, TellBy.NONE}
    telling, fresh = ToTell.objects.get_or_create(
        person=to,
        about=about,
        defaults={
            "words": "" if secret and told else words, "url": url, "tell_by": channel, "secret": secret,
            "made_at": at, "told_at": at if told else None,
        },
    )  # fmt: skip
    if fresh and contact:
        transaction.on_commit(lambda: _send(contact.value, words, url))
    return TellBy(telling.tell_by)


def _send(address, words, url):
    """One mail to one address. Subject and first lines say nothing: phones show them to whoever holds the phone."""
    link = f"\n\nIt stands here too: {settings.SITE_ADDRESS}{url}" if url else ""
    body = f"Hello,\n\nthere is something new for you. You can read it below when you have a quiet moment.\n\n\n{words}{link}\n"
    message = EmailMessage("There is something new for you", body, to=[address])
    try:
        message.send()
    except OSError:
        log.warning("A mail could not be sent; what it said stands on the person's own page.")


def forget_secret(*, about):
    """Blank what was to be said about a thing in secret, because nobody needs it any more."""
    ToTell.objects.filter(about=about, secret=True).update(words="")


def forget_secrets(*, at):
    """Blank every secret that nobody said within SECRET_DAYS. Returns how many. For the daily round."""
    old = ToTell.objects.filter(secret=True, made_at__lt=at - timedelta(days=SECRET_DAYS)).exclude(words="")
    return old.update(words="")


@transaction.atomic
def mark_told(*, telling_id, by, at):
    """Say that somebody on the phone or letter list was told. Returns the ToTell.

    The room that shows the list rules whose list it is, before it calls this.
    """
    telling = ToTell.objects.select_for_update().get(pk=telling_id)
    stop_if(permissions.why_not_mark_told(telling, by=by))
    telling.told_at, telling.told_by = at, by
    telling.words = "" if telling.secret else telling.words
    telling.save(update_fields=["told_at", "told_by", "words"])
    record.note(what="people.telling.told", subject=telling, by=by, at=at, tell_by=str(telling.tell_by))
    return telling
