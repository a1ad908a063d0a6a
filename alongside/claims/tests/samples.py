"""A gathering that was held, a claim that waits for a yes, a sent receipt and an entry of the log, for every page."""

from datetime import timedelta

from alongside.claims import operations
from alongside.claims.states import Per
from alongside.claims.tests import factories
from alongside.gatherings import operations as gatherings


def samples(scene):
    before = timedelta(days=1)  # a day on which no other room's sample has work
    author, recorder = scene.people["author"], scene.people["recorder"]
    operations.add_costs(
        organisation=scene.organisation, from_on=scene.on - before, source="Agreed by us", by=None, at=scene.at,
        lines=[("Bus there and back", Per.TIME, 600), ("Lunch", Per.TIME, 500)],
    )  # fmt: skip
    held = gatherings.call(
        initiative=scene.initiative, title="The first time", starts_at=scene.at - before, ends_at=scene.at - before + timedelta(hours=2),
        place="The Hall", by=recorder, at=scene.at,
    )  # fmt: skip
    gatherings.record_attendance(gathering_id=held.pk, there={author.pk: "IN_PERSON"}, by=recorder, at=scene.at)
    where = {"initiative": scene.initiative, "activity_on": scene.on - before, "at": scene.at}
    receipt = operations.add_receipt(
        words="Taxi home", pence=1250, name="a.jpg", data=factories.photo(), by=author, gathering=held, **where
    )
    sent = operations.send(to=author, gathering=held, method="CASH", by=author, **where)
    claim = operations.write_down(
        to=author, method="CASH", channel="PHONE", asked_words="She rang on Monday.", paper=[("Taxi there", 900)],
        by=recorder, **where,
    )  # fmt: skip
    entry = operations.log(
        kind="CALL", minutes=20, on=scene.on, today=scene.on, initiative=scene.initiative, by=author, at=scene.at
    )
    return {
        "met": held.pk, "day": (scene.on - before).isoformat(), "cost_receipt": receipt.pk, "cost_claim": claim.pk, "cost_offer": sent.offer_id, "log_entry": entry.pk,
    }  # fmt: skip
