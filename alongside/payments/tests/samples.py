"""One payment that was sent by bank, for the tests that go through every page."""

from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import OfferState
from alongside.ledger import queries as funds
from alongside.payees import operations as payees
from alongside.payments import operations


def samples(scene):
    author, lead = scene.people["author"], scene.people["lead"]
    offer = contributions.make_offer(
        initiative=scene.initiative, to=author, by=lead, at=scene.at, task="A talk", activity_on=scene.on, minutes=60,
        fixed_pence=4000,
    )  # fmt: skip
    contributions.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=author, at=scene.at)
    contributions.say_done(offer_id=offer.pk, on=scene.on, by=author, at=scene.at)
    payees.set_payee(person=author, name="A Writer", sort_code="200415", account="38290008", by=author, at=scene.at)
    part = offers.parts_of(offer).first()
    fund = funds.funds_of(scene.organisation).first()
    operations.approve(part_id=part.pk, fund_id=fund and fund.pk, by=scene.people["approver"], at=scene.at)
    operations.send(part_id=part.pk, on=scene.on, by=scene.people["payer"], at=scene.at, reference="R7")
    # Lifted at once: the samples of other rooms send money too.
    frozen = operations.freeze(
        organisation=scene.organisation, words="We count.", until=scene.on, by=scene.people["payer"], at=scene.at
    )
    operations.lift(freeze_id=frozen.pk, by=scene.people["payer"], at=scene.at)
    return {"claim": part.pk, "freeze": frozen.pk}
