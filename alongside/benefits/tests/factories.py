"""A ceiling, and the people who have one."""

from alongside.benefits import operations
from alongside.benefits.states import Stretch
from alongside.people.tests.factories import AT, person, signed_in

__all__ = ["AT", "ceiling", "person", "signed_in"]


def ceiling(who, *, stretch=Stretch.OWN_MONTH, start=12, pence=42700, words="", at=AT):
    """What `who` wants at most."""
    return operations.set_ceiling(person=who, stretch=stretch, start=start, pence=pence, words=words, by=who, at=at)
