"""A bid being written, and one with its answer and somebody to be thanked, for the tests that go through every page."""

from datetime import timedelta

from alongside.bids import operations

SAID = {
    "what_for": "A kitchen.",
    "pence": 500_000,
    "unpaid": True,
    "confirmed_unpaid": True,
    "reuse_plan": "The council.",
}


def samples(scene):
    acts = {"by": scene.people["lead"], "at": scene.at}
    said = SAID | {"due_on": scene.on + timedelta(days=30)}
    gone = operations.begin(initiative=scene.initiative, funder="Old Fund", **said, **acts)
    operations.say_help(bid_id=gone.pk, state="YES", by=scene.people["author"], at=scene.at)
    operations.answer(bid_id=gone.pk, state="BACK", **acts)
    bid = operations.begin(initiative=scene.initiative, funder="Sea Fund", **said, **acts)
    operations.propose(bid_id=bid.pk, person=scene.people["author"], **acts)
    return {"bid": bid.pk, "bid_ended": gone.pk}
