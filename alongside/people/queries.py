"""Reads about people. Who may see what is decided here, not in views."""

from alongside.people.models import AccessNeed, AssistedVisit, Contact, Lens, Login, Person, ToTell
from alongside.people.states import Channel, ContactKind, PersonState, TellBy

GUEST_KEY, VISIT_KEY = "guest_person", "assisted_visit"


def login(pk):
    """The Login with its Person; None when there is none."""
    return Login.objects.select_related("person").filter(pk=pk).first()


def acting_person(request):
    """Who acts in this request: the person being helped, the login's person, a guest's person, or None.

    Sets `helped_by` and `channel` on the person. An erased person never acts.
    """
    own = _own_person(request)
    visit = _visit(request, own)
    if visit:
        visit.person.helped_by, visit.person.channel = own, Channel(visit.channel)
        return visit.person
    return own


def _own_person(request):
    if request.user.is_authenticated:
        person = request.user.person
    else:
        pk = request.session.get(GUEST_KEY)
        person = Person.objects.filter(pk=pk).first() if pk else None
    return person if person and person.state != PersonState.ERASED else None


def _visit(request, helper):
    pk = request.session.get(VISIT_KEY) if helper else None
    if not pk:
        return None
    return AssistedVisit.objects.select_related("person").filter(pk=pk, helper=helper, ended_at=None).first()


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
    return Contact.objects.filter(person=person, kind=kind or person.tell_by).first()


def contacts_of(person):
    """All ways to reach the person, one of each kind."""
    return Contact.objects.filter(person=person).order_by("kind")


def lenses_of(person):
    """The person's own lenses, for their own eyes; oldest first."""
    return Lens.objects.filter(person=person, let_go_at=None).order_by("pk")


def needs_of(person):
    """The person's access needs, for their own eyes; in the order they were added."""
    return AccessNeed.objects.filter(person=person).order_by("pk")


def shared_needs(pks):
    """Needs that these people chose to share with hosts: rows of AccessNeed with person, by person then need."""
    return (
        AccessNeed.objects.filter(person__in=pks, shared=True)
        .select_related("person")
        .order_by("person__shown_name", "pk")
    )


def told_to(person):
    """What the person was or is to be told, newest first."""
    return ToTell.objects.filter(person=person).order_by("-made_at", "-pk")


def still_to_tell(people_pks):
    """The phone and letter lists: what somebody still has to tell these people, oldest first."""
    return (
        ToTell.objects.filter(person__in=people_pks, told_at=None, tell_by__in=[TellBy.PHONE, TellBy.LETTER])
        .select_related("person")
        .order_by("made_at", "pk")
    )


def mails_of(pks):
    """The e-mail addresses of these people, in small letters, from their contacts and their logins: a set."""
    contacts = Contact.objects.filter(person__in=pks, kind=ContactKind.MAIL).values_list("value", flat=True)
    logins = Login.objects.filter(person__in=pks).values_list("email", flat=True)
    return {mail.casefold() for mail in (*contacts, *logins)}


def ways_to_reach(pks):
    """{person pk: {kind: Contact}} for many people in one query."""
    ways = {}
    for contact in Contact.objects.filter(person__in=pks).order_by("person", "kind"):
        ways.setdefault(contact.person_id, {})[contact.kind] = contact
    return ways
