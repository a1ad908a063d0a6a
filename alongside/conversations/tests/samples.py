"""One thing of each kind, for the tests that open every page as everybody."""

from alongside.conversations import operations


def samples(scene):
    """A conversation for the table, with a statement that waits."""
    leads, author = scene.people["facilitator"], scene.people["author"]
    conversation = operations.open_new(
        initiative=scene.initiative,
        question="What would help on the first night at home?",
        seeds=["Somebody should ring the next morning."],
        by=leads,
        at=scene.at,
    )
    statement = operations.add_statement(
        conversation_id=conversation.pk, words="A printed number helps more.", by=author, at=scene.at, on=scene.on
    )
    return {"conversation": conversation.pk, "statement": statement.pk}
