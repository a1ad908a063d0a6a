"""A name on the list of the author, for the tests that go through every page."""

from alongside.discretion import operations


def samples(scene):
    row = operations.keep_from(name="Nobody Here", ask_me=True, by=scene.people["author"], at=scene.at)
    return {"kept_from": row.pk}
