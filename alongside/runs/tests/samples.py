"""A run with the bank, one to be checked, and a line of a statement to look at, for the tests of every page.

The second who pays is somebody of their own, because no role of the world may both choose and confirm.
"""

from datetime import timedelta

from alongside.calculations.payment_file import FromAccount
from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.states import OfferState
from alongside.contributions.tests.factories import add
from alongside.initiatives import operations as initiatives
from alongside.ledger import queries as funds
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payments import operations as payments
from alongside.payments import queries as money
from alongside.runs import operations, queries
from alongside.runs.tests.factories import statement


def samples(scene):
    to, second = add("Runa", scene.organisation), add("Seth", scene.organisation)
    initiatives.give_seat(initiative=scene.initiative, person=to, role="Knows it", on=scene.on, by=None, at=scene.at)
    organisations.ask_to(person=second, kind="PAYER", organisation=scene.organisation, on=scene.on, at=scene.at)
    payees.set_payee(person=to, name="Runa Quill", sort_code="200415", account="38290007", by=to, at=scene.at)
    account = FromAccount("Harbour Trust", sort_code="601613", account="31926819")
    payer = {"by": scene.people["payer"], "at": scene.at}
    for freeze in money.freezes({scene.organisation.pk}):  # left by another table of the same organisation
        payments.lift(freeze_id=freeze.pk, **payer)
    operations.set_our_account(
        organisation=scene.organisation, currency="GBP", account=account, bank_file="plain-csv", **payer
    )
    run = _chosen(scene, _due(scene, to), payer)
    operations.confirm(run_id=run.pk, by=second, at=scene.at)
    operations.fetch(run_id=run.pk, **payer).close()
    operations.send(run_id=run.pk, on=scene.on, **payer)
    data = statement((scene.on, f"FPS R QUILL {run.pk}", -run.pence), (scene.on - timedelta(days=1), "Rent", -8_000))
    brought = operations.bring_in(organisation=scene.organisation, data=data, **payer)
    waits = _chosen(scene, _due(scene, to), payer)
    return {
        "run": waits.pk, "run_sent": run.pk, "run_item": queries.items_of(waits)[0].pk, "bank_statement": brought.pk,
        "bank_line": queries.open_lines(scene.people["payer"]).filter(statement=brought).first().pk,
    }  # fmt: skip


def _due(scene, to):
    offer = contributions.make_offer(
        initiative=scene.initiative, to=to, by=scene.people["lead"], at=scene.at, task="A talk", activity_on=scene.on,
        minutes=60, fixed_pence=4000,
    )  # fmt: skip
    contributions.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=to, at=scene.at)
    contributions.say_done(offer_id=offer.pk, on=scene.on, by=to, at=scene.at)
    fund = funds.funds_of(scene.organisation).first()
    part = offers.parts_of(offer).first()
    return payments.approve(part_id=part.pk, fund_id=fund and fund.pk, by=scene.people["approver"], at=scene.at)


def _chosen(scene, payment, payer):
    return operations.choose(
        organisation=scene.organisation, currency="GBP", payment_ids=[payment.pk], pay_on=scene.on, **payer
    )
