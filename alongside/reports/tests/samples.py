"""A policy that the work answers to, for the tests that go through all pages."""

from alongside.reports import operations


def samples(scene):
    made = operations.link_policy(
        organisation=scene.organisation, words="Plan 2026", asks="", url="", by=scene.people["lead"], at=scene.at
    )
    return {"policy_link": made.pk, "figure_key": "gatherings"}
