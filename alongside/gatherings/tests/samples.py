"""One gathering at a table, for the tests that go through all pages."""

from alongside.gatherings.tests import factories


def samples(scene):
    made = factories.gathering(scene.initiative, by=scene.people["facilitator"], at=scene.at)
    action = factories.action(made, owner=scene.people["author"], by=scene.people["author"], at=scene.at)
    return {"gathering": made.pk, "action": action.pk}
