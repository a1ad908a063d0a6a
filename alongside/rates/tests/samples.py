"""A rate card, for the tests that go through every page."""

from datetime import date

from alongside.rates import operations
from alongside.rates.states import Unit


def samples(scene):
    operations.add(
        organisation=scene.organisation, from_on=date(2026, 1, 1), source="Agreed by us", by=None, at=scene.at,
        lines=[("Taking part", Unit.HOUR, 2750)],
    )  # fmt: skip
    return {}
