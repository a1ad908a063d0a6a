"""One agreement at a table, for the tests that go through all pages."""

from alongside.agreements.tests.factories import written


def samples(scene):
    version = written(scene.initiative, by=scene.people["author"], at=scene.at)
    return {"agreement_draft": version.pk, "clause": version.first_clause.pk}
