"""The cast, and ways to act as them. Plain functions without surprises."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from alongside.people import operations
from alongside.people.models import Login
from alongside.people.queries import GUEST_KEY

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def person(name="Asha", **more):
    """A Person known by one name."""
    return operations.add_person(shown_name=name, at=AT, **more)


def login_for(who, address=None):
    """A Login that opens the record of `who`, without a password."""
    login = Login(email=address or f"{who.shown_name.lower()}@example.org", person=who)
    login.set_unusable_password()
    login.save()
    return login


def signed_in(who):
    """A browser in which `who` is signed in; `who` gets a Login when they have none."""
    client = Client()
    client.force_login(Login.objects.filter(person=who).first() or login_for(who))
    return client


def as_guest(who):
    """A browser that holds `who` without a sign-in."""
    client = Client()
    session = client.session
    session[GUEST_KEY] = who.pk
    session.save()
    client.cookies["session"] = session.session_key
    return client


def token(page):
    """The press token of the form on a page."""
    return page.context["form"]["once"].value()


def visit(helper, who, **more):
    """A visit in which `helper`, who has a Login, acts with `who`."""
    if not Login.objects.filter(person=helper).exists():
        login_for(helper)
    given = {"present": "Sits beside me", "channel": "IN_PERSON", "at": AT}
    return operations.begin_visit(helper=helper, person=who, **given | more)
