"""An ask that was said yes to and used, for the tests that go through every page."""

from datetime import timedelta

from alongside.media import operations
from alongside.media.models import Answer
from alongside.media.states import AskState, Own, Want


def samples(scene):
    chair, author = scene.people["facilitator"], scene.people["author"]
    acts = {"by": chair, "at": scene.at}
    ask = operations.write_down(
        initiative=scene.initiative, who="The Evening Paper", wants=[Want.PHOTO], purpose="A page about the ward.",
        until=scene.on + timedelta(days=365), asked_on=scene.on, **acts,
    )  # fmt: skip
    operations.answer_ask(ask_id=ask.pk, to=AskState.YES, answered_on=scene.on, decided_how="All of us", **acts)
    operations.ask_people(ask_id=ask.pk, people_asked=[author], **acts)
    answer = Answer.objects.get(ask=ask)
    operations.say(answer_id=answer.pk, to=Own.YES, by=author, at=scene.at)
    used = operations.use(ask_id=ask.pk, place="Page 4", used_on=scene.on, named=[answer.pk], **acts)
    operations.say(answer_id=answer.pk, to=Own.NO, by=author, at=scene.at)
    return {"publicity_ask": ask.pk, "publicity_answer": answer.pk, "publicity_used": used.pk}
