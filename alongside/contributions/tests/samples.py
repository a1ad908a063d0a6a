"""One offer that is answered, for the tests that go through every page."""

from alongside.contributions import operations
from alongside.contributions.states import OfferState
from alongside.rates import operations as rates
from alongside.rates.queries import rates_on
from alongside.rates.states import Unit


def samples(scene):
    line = rates_on(scene.organisation, scene.on).first() or _first_rate(scene)
    offer = operations.make_offer(
        initiative=scene.initiative, to=scene.people["author"], by=scene.people["facilitator"], at=scene.at,
        task="Read the leaflet with us", activity_on=scene.on, minutes=120, line=line,
    )  # fmt: skip
    operations.answer(
        offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=scene.people["author"], at=scene.at
    )
    return {"offer": offer.pk, "answer": "yes"}


def _first_rate(scene):
    lines = [("Taking part", Unit.HOUR, 2750)]
    rates.add(organisation=scene.organisation, from_on=scene.on, source="Us", lines=lines, by=None, at=scene.at)
    return rates_on(scene.organisation, scene.on).first()
