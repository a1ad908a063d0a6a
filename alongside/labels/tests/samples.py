"""One stage at a table, for the tests that go through all pages."""

from datetime import date

from alongside.labels.tests import factories


def samples(scene):
    factories.stage(scene, kind="design", from_on=date(2020, 1, 1))
    return {"stage_kind": "design", "list_behind": "worked"}
