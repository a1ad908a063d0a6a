"""The parts of the storm of kills that need the database of the killed server: run in a process of their own.

python -m tests.storm prepare APPROVALS    an initiative with everything to write on; prints addresses and sessions
python -m tests.storm count                what stands in the database; prints counts
"""

import json
import sys
from datetime import UTC, date, datetime

import django
from django.urls import reverse

MARK = "storm"
EVENTS = {
    "note": "gatherings.note.added",
    "clause": "agreements.clause.added",
    "decision": "decisions.decision.opened",
    "offer": "contributions.offer.made",
    "approval": "payments.payment.approved",
}


def prepare(approvals):
    """Write a small world; {addresses: {kind: [path]}, sessions: {role: key}, reading: {kind: [path]}}."""
    from django.db import transaction

    with transaction.atomic():
        return _prepare(approvals)


def _prepare(approvals):
    from alongside.agreements import operations as agreements
    from alongside.conversations import operations as conversations
    from alongside.gatherings.tests import factories as gatherings
    from alongside.rates import operations as rates
    from alongside.rates.states import Unit
    from tests.world import World

    world, at = World(), datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    scene = world.scenes["own"]
    initiative, chair = scene.initiative, scene.people["facilitator"]
    gathering = gatherings.gathering(initiative, by=chair, at=at)
    version = agreements.begin_version(initiative=initiative, by=chair, at=at)
    conversation = conversations.open_new(
        initiative=initiative, question="What helps?", opening="", seeds=["Tea", "Quiet"], opens_for="TABLE",
        results="AT_CLOSE", needed=5, closes_on=None, by=chair, at=at,
    )  # fmt: skip
    rates.add(
        organisation=scene.organisation, from_on=date(2020, 1, 1), source="Agreed by us", by=scene.people["lead"],
        lines=[("Taking part", Unit.HOUR, 2750)], at=at,
    )  # fmt: skip
    offers = [_due(scene, number, at) for number in range(approvals)]
    return {
        "addresses": {
            "note": [reverse("gatherings:note", args=[gathering.pk])],
            "clause": [reverse("agreements:clause_add", args=[version.pk])],
            "sheet": [reverse("conversations:paper", args=[conversation.pk])],
            "decision": [reverse("decisions:open_new", args=[initiative.pk])],
            "offer": [reverse("contributions:make", args=[initiative.pk])],
            "approval": [reverse("payments:approve", args=[pk]) for pk in offers],
        },
        "reading": {
            "note": [reverse("gatherings:gathering", args=[gathering.pk])],
            "clause": [reverse("agreements:version", args=[version.pk])],
            "decision": [reverse("decisions:list", args=[initiative.pk])],
            "offer": [reverse("contributions:offers", args=[initiative.pk])],
            "approval": [reverse("payments:claim", args=[pk]) for pk in offers],
        },
        "close": reverse("conversations:close", args=[conversation.pk]),
        "sessions": {role: _session(world, role) for role in ("facilitator", "recorder", "approver", "lead")},
    }


def _session(world, role):
    return world.client(role).cookies["session"].value


def _due(scene, number, at):
    """The key of the one part of an offer that was accepted and done, so that its money is due."""
    from alongside.contributions import operations as contributions
    from alongside.contributions import queries as offers
    from alongside.contributions.states import OfferState

    author = scene.people["author"]
    offer = contributions.make_offer(
        initiative=scene.initiative, to=author, by=scene.people["lead"], at=at, task=f"Talk {number}",
        activity_on=scene.on, minutes=60, fixed_pence=4000,
    )  # fmt: skip
    contributions.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="CASH", by=author, at=at)
    contributions.say_done(offer_id=offer.pk, on=scene.on, by=author, at=at)
    return offers.parts_of(offer).first().pk


def count():
    """{kind: {mark: how often it stands there}}, and what else has to agree."""
    from django.db.models import Count, Sum

    from alongside.agreements.models import Clause
    from alongside.contributions.models import Offer
    from alongside.conversations.models import Ballot, Conversation
    from alongside.decisions.models import Decision
    from alongside.gatherings.models import Note
    from alongside.ledger.models import LedgerEntry, LedgerTransaction
    from alongside.payments.models import Payment
    from alongside.record.models import JournalLine
    from alongside.record.queries import first_broken_line

    def marks(model, column):
        return _often(model.objects.filter(**{f"{column}__startswith": MARK}).values_list(column, flat=True))

    owed = _often(LedgerTransaction.objects.filter(kind="OWED").values_list("about", flat=True))
    parts = {f"payment:{pk}": part for pk, part in Payment.objects.values_list("pk", "part")}
    lines = JournalLine.objects.order_by().values_list("what").annotate(Count("pk"))
    return {
        "note": marks(Note, "words"),
        "clause": marks(Clause, "heading"),
        "decision": marks(Decision, "question"),
        "offer": marks(Offer, "task"),
        "approval": {reverse("payments:approve", args=[parts[about]]): often for about, often in owed.items()},
        "ballots": Ballot.objects.count(),
        "voters": sum(Conversation.objects.values_list("voters", flat=True)),
        "sum": LedgerEntry.objects.aggregate(sum=Sum("pence"))["sum"],
        "broken": first_broken_line(),
        "lines": {kind: dict(lines).get(what, 0) for kind, what in EVENTS.items()},
    }


def _often(words):
    found = {}
    for each in words:
        found[each] = found.get(each, 0) + 1
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else count()))
