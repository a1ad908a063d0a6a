"""One offer that is answered, for the tests that go through every page."""

from alongside.contributions import operations
from alongside.contributions.states import OfferState, Unit


def samples(scene):
    operations._new_card(
        scene.organisation, scene.on, "Agreed by us", "", [("Taking part", Unit.HOUR, 2750)], None, scene.at
    )
    line = operations.RateLine.objects.filter(card__organisation=scene.organisation).order_by("-pk").first()
    offer = operations.make_offer(
        initiative=scene.initiative, to=scene.people["author"], by=scene.people["facilitator"], at=scene.at,
        task="Read the leaflet with us", activity_on=scene.on, minutes=120, line=line,
    )  # fmt: skip
    operations.answer(
        offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=scene.people["author"], at=scene.at
    )
    return {"offer": offer.pk, "answer": "yes"}
