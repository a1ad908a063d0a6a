"""A policy with somebody who was asked, and a line of a plan, for the tests that go through every page."""

from datetime import timedelta

from alongside.terms import operations, queries
from alongside.terms.models import PolicyWriter


def samples(scene):
    lead, author = scene.people["lead"], scene.people["author"]
    acts = {"by": lead, "at": scene.at}
    seen = queries.wordings(scene.organisation).get("covers")
    operations.write_point(
        organisation=scene.organisation, point="covers", words="Everybody we ask.", seen=seen and seen.pk, **acts
    )
    policy = operations.set_policy(
        organisation=scene.organisation,
        from_on=scene.on,
        review_on=scene.on + timedelta(days=365),
        people=[author],
        **acts,
    )
    line = operations.plan(initiative=scene.initiative, words="Food", people=6, costs_pence=800, **acts)
    return {
        "policy": policy.pk, "policy_point": "covers", "budget_line": line.pk,
        "policy_writer": PolicyWriter.objects.get(policy=policy).pk,
    }  # fmt: skip
