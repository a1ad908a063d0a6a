"""A decision at a table, and one that answered somebody, for the tests that go through all pages."""

from alongside.decisions.tests import factories


def samples(scene):
    author, chair = scene.people["author"], scene.people["facilitator"]
    opened = factories.question(scene.initiative, by=author, at=scene.at)
    said = factories.statement(scene.initiative, author, chair=chair, at=scene.at)
    answering = factories.question(scene.initiative, by=chair, at=scene.at, statements=[said])
    factories.decided(answering, owner=chair, by=chair, at=scene.at)
    brought = factories.evidence(opened, by=author, at=scene.at)
    return {"decision": opened.pk, "decision_decided": answering.pk, "evidence": brought.pk}
