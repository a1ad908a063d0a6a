"""A small world with every role in it, for the tests that go through all pages as everybody.

Two organisations, three initiatives. The role accounts belong to the first organisation and sit at the table of its
first initiative. Rooms add their own things through `alongside/ROOM/tests/samples.py`:

    def samples(scene):
        '''{name: pk} of one thing each, made at the table of `scene.initiative`.'''
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.test import Client

from alongside.initiatives import operations as initiatives
from alongside.organisations import operations as organisations
from alongside.people import operations as people
from alongside.people.models import AssistedVisit, Login
from alongside.people.queries import GUEST_KEY, VISIT_KEY

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
ROLES = (
    "outsider", "guest", "gone", "member", "author", "facilitator", "recorder", "helper", "payer", "approver", "lead",
    "commissioner", "operator",
)  # fmt: skip
WITH_LOGIN = ROLES[2:]
SECOND_FACTOR = {"payer", "approver", "lead", "operator"}
ORIGIN = {
    "who_asked": "People who had been discharged with nowhere to ring.",
    "why_now": "The contract ends next year.",
    "who_is_affected": "Anyone leaving the ward.",
    "affected_inside": "Two people who left last year.",
}
ROOMS = (
    "people", "organisations", "safety", "benefits", "discretion", "rates", "ledger", "payees", "initiatives", "terms", "reflections", "candour", "bids", "media", "agreements", "gatherings", "conversations", "decisions",
    "contributions", "claims", "timebank", "credit", "skills", "runs", "payments", "audits", "labels", "reports", "front", "demo", "design",
)  # fmt: skip


@dataclass
class Scene:
    """One initiative, its organisation, and somebody in each role there: people["author"] and so on."""

    organisation: object
    initiative: object
    people: dict
    at: datetime = AT
    on: date = ON


def person(name, organisation=None):
    """Somebody with an account; a member when an organisation is given."""
    who = people.add_person(shown_name=name, at=AT, mail=f"{name.lower()}@example.org")
    Login.objects.create(email=f"{name.lower()}@example.org", person=who)
    if organisation:
        organisations.welcome(person=who, organisation=organisation, on=ON, at=AT)
    return who


def table(organisation, name, prefix):
    """An open initiative with a seat for each role that sits, and duties for those that were asked."""
    cast = {role: person(f"{prefix}{role}", organisation) for role in WITH_LOGIN if role != "gone"}
    initiative = initiatives.begin(
        organisation=organisation, name=name, kind="service", by=cast["facilitator"], at=AT, on=ON, lead=False, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    initiatives.ask_to(initiative=initiative, person=cast["facilitator"], kind="CHAIR", on=ON, by=None, at=AT)
    initiatives.ask_to(initiative=initiative, person=cast["recorder"], kind="RECORDER", on=ON, by=None, at=AT)
    for role in ("author", "recorder"):
        initiatives.give_seat(
            initiative=initiative, person=cast[role], role="Knows the ward from inside", on=ON, by=None, at=AT
        )
    for role, kind in (
        ("payer", "PAYER"), ("approver", "APPROVER"), ("lead", "LEAD"), ("commissioner", "COMMISSIONER"),
        ("operator", "OPERATOR"),
    ):  # fmt: skip
        organisations.ask_to(person=cast[role], kind=kind, organisation=organisation, on=ON, at=AT)
    return Scene(organisation, initiative, cast)


class World:
    """scenes: own, other (same organisation), foreign (other organisation). client(role) acts as that role."""

    def __init__(self):
        here = organisations.found(name="Harbour Trust", at=AT)
        there = organisations.found(name="Far Valley", at=AT)
        own = table(here, "Leaving well", "own")
        other = table(here, "Sleep", "other")
        foreign = table(there, "Far table", "far")
        # The other table of the same organisation is led by the same people, and paid by the same.
        for role in ("payer", "approver", "lead", "commissioner", "operator"):
            other.people[role] = own.people[role]
        self.scenes = {"own": own, "other": other, "foreign": foreign}
        self.gone = person("gone")
        self.guest = people.add_person(shown_name="Guest", at=AT)
        self.helped = people.add_person(shown_name="Helped", at=AT)
        initiatives.give_seat(
            initiative=own.initiative, person=self.helped, role="Comes with a helper", on=ON, by=None, at=AT
        )
        self.visit = AssistedVisit.objects.create(
            person=self.helped, helper=own.people["helper"], present="Sits beside me", started_at=AT
        )

    def client(self, role):
        """A browser in which `role` acts."""
        client = Client()
        if role == "outsider":
            return client
        if role == "guest":
            session = client.session
            session[GUEST_KEY] = self.guest.pk
            session.save()
            client.cookies["session"] = session.session_key
            return client
        who = self.gone if role == "gone" else self.scenes["own"].people[role]
        client.force_login(Login.objects.get(person=who))
        session = client.session
        if role in SECOND_FACTOR:
            session["account_authentication_methods"] = [{"method": "mfa", "at": AT.timestamp()}]
        if role == "helper":
            session[VISIT_KEY] = self.visit.pk
        session.save()
        return client

    def samples(self):
        """{relation: {name: pk}} of everything that the rooms can show."""
        return {relation: self._samples(scene) for relation, scene in self.scenes.items()}

    @staticmethod
    def _samples(scene):
        named = {
            "initiative": scene.initiative.pk,
            "organisation": scene.organisation.pk,
            "person": scene.people["author"].pk,
        }
        for room in ROOMS:
            name = f"alongside.{room}.tests.samples"
            if find_spec(name):
                named |= import_module(name).samples(scene)
        return named


WEEK = timedelta(days=7)
