"""A line of the author, for the tests that go through every page."""

from alongside.reflections import operations


def samples(scene):
    line = operations.write(kind="LEARNING", words="Asking helps.", on=scene.on, by=scene.people["author"], at=scene.at)
    return {"own_reflection": line.pk}
