"""An exchange of the author that waits for the recorder's yes, for the tests that go through every page."""

from alongside.contributions import operations as contributions
from alongside.contributions.states import OfferState
from alongside.rates.queries import rates_on
from alongside.timebank import operations


def samples(scene):
    bank = operations.set_bank(organisation=scene.organisation, is_on=True, office=True, by=None, at=scene.at)
    author, recorder = scene.people["author"], scene.people["recorder"]
    gift = operations.ask(
        bank_id=bank.pk,
        by=recorder,
        other=author,
        gave=True,
        minutes=30,
        kind="SKILL",
        on=scene.on,
        at=scene.at,
        words="How to file",
    )
    line = rates_on(scene.organisation, scene.on).first()
    offer = contributions.make_offer(
        initiative=scene.initiative, to=author, by=scene.people["facilitator"], at=scene.at, task="Water the plants",
        activity_on=scene.on, minutes=45, line=line,
    )  # fmt: skip
    contributions.answer(offer_id=offer.pk, state=OfferState.PART, pence=0, method="TIME", by=author, at=scene.at)
    contributions.say_done(offer_id=offer.pk, on=scene.on, by=author, at=scene.at)
    return {"time_gift": gift.pk, "time_work": offer.pk}
