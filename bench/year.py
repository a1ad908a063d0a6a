"""A year of data for the benchmark: as many rows as asked for in every list of the main pages."""

from datetime import timedelta

from alongside.agreements.tests import factories as agreements
from alongside.conversations import operations as conversations
from alongside.conversations.models import Statement
from alongside.decisions.models import Decision, Option, View
from alongside.gatherings.models import Gathering, Invitation, Note
from alongside.initiatives.models import Initiative, Seat
from alongside.people.models import Person
from tests.world import AT, ON, ORIGIN, World

DAY = timedelta(days=1)
COMMENTS = 50


def make(rows):
    """Fill the database; {page: (address, role)} and {role: session key}."""
    world = World()
    scene = world.scenes["own"]
    initiative, cast = scene.initiative, scene.people
    people = Person.objects.bulk_create(Person(shown_name=f"Person {n}", made_at=AT) for n in range(rows))
    Seat.objects.bulk_create(
        Seat(initiative=initiative, person=person, role="Comes when it matters", joined_on=ON) for person in people[:20]
    )
    Initiative.objects.bulk_create(
        Initiative(
            organisation=scene.organisation, name=f"Initiative {n:05}", kind="service", state="OPEN",
            about="What it does, in a few plain words. " * 5, made_at=AT, **ORIGIN,
        )
        for n in range(rows)
    )  # fmt: skip
    gatherings = Gathering.objects.bulk_create(
        Gathering(
            initiative=initiative, title=f"Gathering {n}", starts_at=AT - n * DAY / 3, place="The Hall", state="HELD",
            ends_at=AT - n * DAY / 3 + DAY / 12, called_by=cast["facilitator"], made_at=AT - n * DAY / 3,
        )
        for n in range(rows)
    )  # fmt: skip
    Invitation.objects.bulk_create(
        Invitation(gathering=gatherings[0], person=person, coming="YES", was_there=True, there_by="PHONE")
        for person in people[:COMMENTS]
    )
    Note.objects.bulk_create(
        Note(gathering=gatherings[0], words=f"Line {n} of the notes.", written_by=cast["recorder"], at=AT)
        for n in range(COMMENTS)
    )
    decision = _decisions(initiative, cast, people, rows)
    agreements.proposed(initiative, by=cast["author"], chair=cast["facilitator"], at=AT)
    conversation = conversations.open_new(
        initiative=initiative, question="What would help?", by=cast["facilitator"], at=AT, opens_for="PUBLIC"
    )
    Statement.objects.bulk_create(
        Statement(conversation=conversation, number=n + 1, words=f"Statement number {n}.", state="SHOWN", author=person)
        for n, person in enumerate(people)
    )
    return _pages(initiative, gatherings[0], decision, conversation), {
        role: _session(world.client(role)) for role in ("outsider", "author", "lead", "approver")
    }


def _decisions(initiative, cast, people, rows):
    made = Decision.objects.bulk_create(
        Decision(
            initiative=initiative, question=f"Question {n}?", way="VOTE", who_decides="All", opened_by=cast["author"],
            opened_at=AT - n * DAY,
        )
        for n in range(rows)
    )  # fmt: skip
    options = Option.objects.bulk_create(
        Option(decision=made[0], place=n, words=f"Option {n}", meaning="It means this.") for n in (1, 2)
    )
    View.objects.bulk_create(
        View(decision=made[0], person=person, option=options[n % 2], words="My reasons.", channel="SCREEN", at=AT)
        for n, person in enumerate(people[:COMMENTS])
    )
    return made[0]


def _pages(initiative, gathering, decision, conversation):
    return {
        "welcome": ("/", "outsider"),
        "today": ("/", "author"),
        "directory": ("/find/", "outsider"),
        "initiative": (f"/initiatives/{initiative.pk}/", "author"),
        "gatherings": (f"/gatherings/of/{initiative.pk}/", "author"),
        "gathering": (f"/gatherings/{gathering.pk}/", "author"),
        "decision": (f"/decisions/{decision.pk}/", "author"),
        "conversation": (f"/conversations/{conversation.pk}/", "author"),
        "money": ("/payments/", "approver"),
    }


def _session(client):
    cookie = client.cookies.get("session")
    return cookie.value if cookie else ""
