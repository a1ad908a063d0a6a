"""One ceiling of the author, and a place of which rules are known."""

from alongside.benefits.tests import factories as make


def samples(scene):
    return {"ceiling": make.ceiling(scene.people["author"], words="Only mine").pk, "place": "IE"}
