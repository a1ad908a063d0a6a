"""One payment that was sent by bank, for the tests that go through every page."""

from alongside.contributions import operations as contributions
from alongside.contributions.states import OfferState
from alongside.payments import operations


def samples(scene):
    author, lead = scene.people["author"], scene.people["lead"]
    offer = contributions.make_offer(
        initiative=scene.initiative, to=author, by=lead, at=scene.at, task="A talk", activity_on=scene.on, minutes=60,
        fixed_pence=4000,
    )  # fmt: skip
    contributions.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=author, at=scene.at)
    contributions.say_done(offer_id=offer.pk, on=scene.on, by=author, at=scene.at)
    operations.set_payee(person=author, name="A Writer", sort_code="200415", account="38290008", by=author, at=scene.at)
    operations.approve(offer_id=offer.pk, by=scene.people["approver"], at=scene.at)
    operations.send(offer_id=offer.pk, on=scene.on, by=scene.people["payer"], at=scene.at, reference="R7")
    return {"claim": offer.pk}
