"""How the year is told. A story is a generator: it yields how many days ago its next part happens, then does it.

All stories are told together in the order of time, so that every row is written when it could have been written:
the journal, the lists of who is to be told and the book of money read as if the year had gone by.
"""

import copy
import heapq
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
SATURDAY = 5


class Clock:
    """Where in the year we are: `on` is a working day, `at` a moment on it."""

    def __init__(self, today):
        self.today, self.on, self.at, self._turn = today, today, None, 0

    def day(self, ago):
        """The working day so many days ago, or ahead when below nothing."""
        day = self.today - timedelta(days=ago)
        step = timedelta(days=-1 if ago > 0 else 1)
        while day.weekday() >= SATURDAY:
            day += step
        return day

    def hour(self, ago, hour, minute=0):
        """A moment on that working day."""
        return datetime.combine(self.day(ago), time(hour, minute), tzinfo=ZONE)

    def go(self, ago):
        """Go on to that day; each turn is a little later than the one before."""
        self._turn += 1
        self.on = self.day(ago)
        self.at = self.hour(ago, 9) + timedelta(seconds=40 * self._turn)


@dataclass
class World:
    """What the stories share: the clock, the organisations, the people and the tables, by the names of the story."""

    clock: Clock
    organisation: object = None
    people: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)

    def by(self, key, channel=None, helper=None):
        """{by, at}: this person acts now; on a screen, by another way, or with a helper beside them."""
        person = copy.copy(self.people[key])
        if channel:
            person.channel = channel
        if helper:
            person.helped_by = self.people[helper]
        return {"by": person, "at": self.clock.at}


def tell(stories, clock):
    """Tell stories together: whose next part happened longest ago goes on first."""
    waiting = []
    for place, story in enumerate(stories):
        heapq.heappush(waiting, (-next(story), place, story))
    while waiting:
        days, place, story = heapq.heappop(waiting)
        clock.go(-days)
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (-following, place, story))
