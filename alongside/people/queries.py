"""Reads about people. Who may see what is decided here, not in views."""

import segno
from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from alongside.people import policies
from alongside.people.models import AccessNeed, AssistedVisit, ClaimCode, Contact, Lens, Login, Person, ToTell
from alongside.people.states import EVENT_WORDS, Channel, ContactKind, PersonState, TellBy
from alongside.record import queries as record

GUEST_KEY, VISIT_KEY = "guest_person", "assisted_visit"
MOST_LINES = 200  # a receipt longer than this helps nobody


# --- who acts ---


def login(pk):
    """The Login with its Person; None when there is none."""
    return Login.objects.select_related("person").filter(pk=pk).first()


def login_at(address):
    """The Login that opens with this mail address; None when there is none."""
    return Login.objects.select_related("person").filter(email=policies.same_address(address)).first()


def acting_person(request):
    """Who acts in this request: the person being helped, the login's person, a guest's person, or None.

    Sets `helped_by` and `channel` on the person. An erased person never acts.
    """
    own = _own_person(request)
    visit = visit_in(request.session, own)
    if visit:
        visit.person.helped_by, visit.person.channel = own, Channel(visit.channel)
    acting = visit.person if visit else own
    if acting:
        acting.only_shows = request.method in {"GET", "HEAD"}
    return acting


def _own_person(request):
    person = request.user.person if request.user.is_authenticated else guest_in(request.session)
    return person if person and person.state != PersonState.ERASED else None


def guest_in(session):
    """The Person that this browser holds without a login; None when it holds nobody."""
    pk = session.get(GUEST_KEY)
    return Person.objects.filter(pk=pk).exclude(state=PersonState.ERASED).first() if pk else None


def visit_in(session, helper):
    """The visit that `helper` has open in this browser, with its person; None when there is none."""
    pk = session.get(VISIT_KEY) if helper else None
    if not pk:
        return None
    return (
        AssistedVisit.objects.select_related("person")
        .filter(pk=pk, helper=helper, ended_at=None)
        .exclude(person__state=PersonState.ERASED)
        .first()
    )


def open_visit_of(helper):
    """The visit that `helper` has not ended, in whichever browser; None when there is none."""
    return AssistedVisit.objects.select_related("person").filter(helper=helper, ended_at=None).first()


# --- people ---


def person(pk):
    """One Person by key; None when there is none."""
    return Person.objects.filter(pk=pk).first()


def people(pks):
    """Persons by keys, in the order of their shown names."""
    return Person.objects.filter(pk__in=pks).order_by("shown_name", "pk")


def shown_names(pks):
    """{pk: shown name} for many people in one query."""
    return dict(Person.objects.filter(pk__in=set(pks)).values_list("pk", "shown_name"))


def has_login(person):
    """Whether the person has the account door."""
    return Login.objects.filter(person=person).exists()


def login_of(person):
    """The person's Login; None for somebody without one."""
    return Login.objects.filter(person=person).first()


def contact_for(person, kind=None):
    """The person's Contact of a kind (default: by which they want to be told); None when there is none."""
    return Contact.objects.filter(person=person, kind=kind or person.tell_by).exclude(value="").first()


def contacts_of(person):
    """All ways to reach the person, one of each kind."""
    return Contact.objects.filter(person=person).exclude(value="").order_by("kind")


def all_contacts_of(person):
    """[(ContactKind, Contact or None)] for every kind, for the person's own page."""
    held = {contact.kind: contact for contact in contacts_of(person)}
    return [(kind, held.get(kind)) for kind in ContactKind]


def lenses_of(person):
    """The person's own lenses, for their own eyes; oldest first."""
    return Lens.objects.filter(person=person, let_go_at=None).exclude(words="").order_by("pk")


def needs_of(person):
    """The person's access needs, for their own eyes; in the order they were added."""
    return AccessNeed.objects.filter(person=person, let_go_at=None).exclude(words="").order_by("pk")


def shared_needs(pks):
    """Needs that these people chose to share with hosts: rows of AccessNeed with person, by person then need."""
    return (
        AccessNeed.objects.filter(person__in=pks, shared=True, let_go_at=None)
        .exclude(words="")
        .select_related("person")
        .order_by("person__shown_name", "person", "pk")
    )


# --- telling ---


def told_to(person):
    """What the person was or is to be told, newest first; what was erased is left out, and what comes in secret."""
    return ToTell.objects.filter(person=person, secret=False).exclude(words="").order_by("-made_at", "-pk")


def still_to_tell(people_pks, viewer):
    """The phone and letter lists: what somebody still has to tell these people, oldest first.

    viewer: who reads the list. A secret for themselves is for somebody else to tell them.
    """
    return (
        ToTell.objects.filter(person__in=people_pks, told_at=None, tell_by__in=[TellBy.PHONE, TellBy.LETTER])
        .exclude(words="")
        .exclude(secret=True, person=viewer)
        .select_related("person")
        .order_by("made_at", "pk")
    )


def mails_of(pks):
    """The e-mail addresses of these people, in small letters, from their contacts and their logins: a set."""
    contacts = Contact.objects.filter(person__in=pks, kind=ContactKind.MAIL).exclude(value="")
    logins = Login.objects.filter(person__in=pks)
    return {
        mail.casefold() for mail in (*contacts.values_list("value", flat=True), *logins.values_list("email", flat=True))
    }


def ways_to_reach(pks):
    """{person pk: {kind: Contact}} for many people in one query."""
    ways = {}
    for contact in Contact.objects.filter(person__in=pks).exclude(value="").order_by("person", "kind"):
        ways.setdefault(contact.person_id, {})[contact.kind] = contact
    return ways


# --- claim codes ---


def claim_code(typed):
    """The ClaimCode that was typed, with its person, live or not; None when there never was one."""
    return ClaimCode.objects.select_related("person").filter(digest=policies.claim_digest(typed)).first()


def has_live_claim_code(person, at):
    """Whether a code that was given out still opens the record of the person."""
    return ClaimCode.objects.filter(person=person, used_at=None, expires_at__gt=at).exists()


def claim_card(person, code):
    """What the printed card shows: name, code, and the code as a picture that a phone's camera reads as letters.

    The picture holds the letters only, no address: nothing that is scanned ever signs anybody in.
    """
    picture = segno.make(code, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    address = settings.SITE_ADDRESS.partition("://")[2] + reverse("people:claim")
    return {
        "name": person.shown_name,
        "code": code,
        "picture": picture,
        "address": address,
        "days": policies.CLAIM_DAYS,
    }


# --- visits ---


def visits_of(person):
    """Visits in which somebody helped the person, with the helper; newest first."""
    return AssistedVisit.objects.filter(person=person).select_related("helper").order_by("-started_at", "-pk")


def visits_with(person):
    """Visits that this person may look at: those in which they were helped, and those in which they helped."""
    if person is None:
        return AssistedVisit.objects.none()
    return (
        AssistedVisit.objects.filter(Q(person=person) | Q(helper=person))
        .select_related("person", "helper")
        .order_by("-started_at", "-pk")
    )


def lines_of_visit(visit):
    """Journal lines that were written while the helper acted for the person in this visit; oldest first."""
    lines = record.lines_by(visit.person).filter(helped_by_person=visit.helper_id, at__gte=visit.started_at)
    return lines.filter(at__lte=visit.ended_at) if visit.ended_at else lines


def done_in_visit(visit):
    """What was done in a visit, for its receipt: list of (time, words); the visit's own lines are left out."""
    lines = lines_of_visit(visit).exclude(what__startswith="people.visit.")[:MOST_LINES]
    return [(line.at, event_words(line.what)) for line in lines]


def event_words(what):
    """A journal event in plain words: `gatherings.note.added` is “Note added”."""
    if what in EVENT_WORDS:
        return EVENT_WORDS[what]
    return " ".join(what.split(".")[1:]).replace("_", " ").capitalize()


# --- a person's own record ---


def about_me(person):
    """Everything this room keeps about the person: {title: rows}, each row {heading: value}. See docs/people.md."""
    return {
        "You": [_you(person)],
        "Ways to reach you": [
            {"Kind": contact.get_kind_display(), "Where": contact.value, "When it is safe": contact.safe}
            for contact in contacts_of(person)
        ],
        "Where you look from": [_lens_row(lens) for lens in Lens.objects.filter(person=person).order_by("pk")],
        "What you need to take part": [
            {"Need": need.words, "Shown to hosts": need.shared, "Let go": need.let_go_at}
            for need in AccessNeed.objects.filter(person=person).order_by("pk")
        ],
        "What you were told": [_told_row(telling) for telling in told_to(person)],
        "Who helped you": [_visit_row(visit) for visit in visits_of(person)],
        "Whom you helped": [
            {"Began": visit.started_at, "Ended": visit.ended_at}
            for visit in AssistedVisit.objects.filter(helper=person).order_by("started_at", "pk")
        ],
        "Claim codes": [
            {"Made": code.made_at, "Ends": code.expires_at, "Used": code.used_at}
            for code in ClaimCode.objects.filter(person=person).order_by("pk")
        ],
        "What you did here": [
            {"When": line.at, "What": event_words(line.what), "Event": line.what, "With a helper": _was_helped(line)}
            for line in record.lines_by(person)
        ],
    }


def _you(person):
    login = login_of(person)
    return {
        "Shown name": person.shown_name,
        "State": person.get_state_display(),
        "Back on": person.back_on,
        "How you are told things": person.get_tell_by_display(),
        "Nothing is sent": person.quiet,
        "May be asked for work without money": person.ask_unpaid,
        "Written down": person.made_at,
        "Sign-in address": login.email if login else "",
        "Last signed in": login.last_login if login else None,
    }


def _lens_row(lens):
    counted = lens.get_side_display() if lens.side else "not counted"
    return {"Words": lens.words, "Counted as": counted, "Added": lens.added_at, "Let go": lens.let_go_at}


def _told_row(telling):
    return {
        "Words": telling.words,
        "By": telling.get_tell_by_display(),
        "Written": telling.made_at,
        "Told": telling.told_at,
    }


def _visit_row(visit):
    return {
        "Helper": visit.helper.shown_name,
        "How you were together": visit.get_channel_display(),
        "How they knew that you were there": visit.present,
        "Began": visit.started_at,
        "Ended": visit.ended_at,
    }


def _was_helped(line):
    return line.helped_by_person is not None


def tellings_about(about):
    """Everybody who was or is to be told about one thing, by name; `told_at` is empty for who still waits."""
    return ToTell.objects.filter(about=about).select_related("person").order_by("person__shown_name", "pk")
