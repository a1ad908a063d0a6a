"""Tables whose people show sides, and the work they do, made through the operations."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alongside.decisions import operations as decisions
from alongside.decisions.states import Way
from alongside.decisions.tests import factories as decision_factories
from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as initiative_queries
from alongside.labels import operations, queries
from alongside.people import operations as people
from alongside.people.states import Channel, Side

LONDON = ZoneInfo("Europe/London")
FROM = date(2026, 11, 2)
LOOK = date(2026, 12, 1)


def sitting(scene, name, side="", words="Been on the ward"):
    """Somebody with a seat here, who shows a lens of this side; with no words, no lens is shown."""
    person = people.add_person(shown_name=name, at=scene.at)
    initiatives.give_seat(
        initiative=scene.initiative, person=person, role="Reads drafts with us", on=FROM, by=None, at=scene.at
    )
    if words:
        shows(scene, person, side, words)
    return person


def shows(scene, person, side, words="Been on the ward"):
    """Let somebody who sits here show a lens of this side."""
    lens = people.add_lens(person_id=person.pk, words=words, side=side, by=person, at=scene.at)
    initiatives.show(seat_id=seat_of(scene, person).pk, lens=lens, public=False, by=person, at=scene.at)
    return lens


def seat_of(scene, person):
    return initiative_queries.seats_of(person).get(initiative=scene.initiative)


def many(scene, count, side, name):
    """So many people with a seat here who show this side."""
    return [sitting(scene, f"{name} {number}", side) for number in range(count)]


def both_sides(scene, lived=6, paid=6):
    """(people with lived experience, people paid), and everybody who sat here before shows a side as well."""
    world_people = [seat.person for seat in initiative_queries.seated(scene.initiative)]
    for place, person in enumerate(world_people):
        shows(scene, person, Side.PAID if place % 2 else Side.LIVED)
    return many(scene, lived, Side.LIVED, "Asha"), many(scene, paid, Side.PAID, "Bo")


def stage(scene, kind="design", ladder="arnstein", rung="partnership", from_on=FROM, to_on=None):
    """A stage of the initiative, with where it aims."""
    return initiatives.add_stage(
        initiative_id=scene.initiative.pk, kind=kind, from_on=from_on, to_on=to_on, ladder=ladder, rung=rung,
        by=scene.people["facilitator"], at=scene.at,
    )  # fmt: skip


def met(scene, there, day=date(2026, 11, 10), title="First evening"):
    """A gathering that was held, with these people in it."""
    chair = scene.people["facilitator"]
    starts = datetime.combine(day, datetime.min.time(), tzinfo=LONDON) + timedelta(hours=14)
    made = gatherings.call(
        initiative=scene.initiative, title=title, starts_at=starts, ends_at=starts + timedelta(hours=1), place="Hall",
        by=chair, at=scene.at,
    )  # fmt: skip
    ways = {person.pk: Channel.PHONE for person in there}
    return gatherings.record_attendance(gathering_id=made.pk, there=ways, by=chair, at=starts)


def decided(scene, way=Way.VOTE, at=None, voices=(), statements=()):
    """A question that was opened and decided at the table."""
    chair = scene.people["facilitator"]
    at = at or scene.at + timedelta(days=10)
    opened = decision_factories.question(scene.initiative, by=chair, at=scene.at, way=way, statements=statements)
    for person in voices:
        decisions.speak(decision_id=opened.pk, option_id=None, harm=False, words="Yes", by=person, at=at)
    return decision_factories.decided(opened, owner=chair, by=chair, at=at)


def shared(scene):
    """A design stage in which both sides came and could decide. Returns the people of both sides."""
    sides = both_sides(scene)
    stage(scene)
    met(scene, [*sides[0], *sides[1]])
    decided(scene)
    return sides


def label_of(scene, kind="design", on=LOOK):
    """The id of the label of one stage, worked out now."""
    return queries.labelled(scene.initiative, on).stage(kind).verdict.label


def published(scene, on=LOOK):
    """The label shown outside as it stands."""
    mark = queries.mark_of(queries.text_for_outside(scene.initiative, on))
    return operations.publish(
        initiative=scene.initiative, seen=mark, by=scene.people["facilitator"], at=scene.at, on=on
    )
