"""A fund with a line and a day off, for the tests that go through every page."""

from datetime import timedelta

from alongside.ledger import operations, queries


def samples(scene):
    payer = scene.people["payer"]
    fund = operations.add_fund(
        organisation=scene.organisation, name=f"Council {scene.initiative.pk}", by=payer, at=scene.at,
        lines=[("Pay for taking part", "CC104", 400_000)],
    )  # fmt: skip
    operations.add_days_off(
        organisation=scene.organisation, days=[(scene.on + timedelta(days=53), "Christmas")], by=payer, at=scene.at
    )
    operations.move_float(fund_id=fund.pk, kind="IN", pence=5000, second=scene.people["author"], by=payer, at=scene.at)
    return {
        "presence": queries.named_in(scene.people["author"]).first().pk,
        "fund": fund.pk, "line": queries.lines_of(scene.organisation)[0].pk,
        "day_off": queries.days_off(scene.organisation)[0].pk,
    }  # fmt: skip
