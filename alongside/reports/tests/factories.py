"""Years with something in them, made through the operations."""

from datetime import datetime, timedelta

from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.labels.tests.factories import LONDON
from alongside.people import operations as people
from alongside.people.states import Channel
from alongside.reports.states import Scope


def scope(scene, first=2026, after=2027, initiative=None):
    """What a yearly page is about: the organisation, or one initiative."""
    return Scope(scene.organisation, initiative, first, after)


def seated(scene, count, name="Cy"):
    """So many new people with a seat."""
    made = [people.add_person(shown_name=f"{name} {number}", at=scene.at) for number in range(count)]
    for person in made:
        initiatives.give_seat(
            initiative=scene.initiative, person=person, role="Reads drafts with us", on=scene.on, by=None, at=scene.at
        )
    return made


def met(scene, ways, day, title="Tea"):
    """A gathering that was held. ways: {Channel: the people who were there that way}."""
    chair = scene.people["facilitator"]
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=LONDON)
    made = gatherings.call(
        initiative=scene.initiative, title=title, starts_at=starts, ends_at=starts + timedelta(hours=1), place="Hall",
        by=chair, at=scene.at,
    )  # fmt: skip
    there = {person.pk: Channel(way) for way, came in ways.items() for person in came}
    return gatherings.record_attendance(gathering_id=made.pk, there=there, by=chair, at=starts)
