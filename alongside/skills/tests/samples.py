"""A line of the author's list and an ask for a reference, for the tests that go through every page."""

from datetime import timedelta

from alongside.skills import operations


def samples(scene):
    author, chair = scene.people["author"], scene.people["facilitator"]
    acts = {"by": author, "at": scene.at}
    skill = operations.write(words="Reading small print", known_from="Years of letters", **acts)
    asked = operations.ask(
        initiative=scene.initiative,
        of=chair,
        purpose="A job in a library.",
        by_on=scene.on + timedelta(days=14),
        **acts,
    )
    return {"own_skill": skill.pk, "reference_request": asked.pk}
