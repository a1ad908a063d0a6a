"""What the test over all pages can name of this room."""


def samples(scene):
    """A letter's name: outside the demo there is no letter, of whatever name."""
    return {"letter": "20260101-100000-000000-abcdef.eml"}
