"""Reads of whom people keep their part from: each for themselves; and one yes or no for who fills a table."""

from alongside.discretion.models import KeptFrom
from alongside.discretion.policies import alike


def kept_by(person):
    """The person's own list, by name."""
    return KeptFrom.objects.filter(person=person).select_related("person").order_by("name", "pk")


def keeps_anything(person):
    """Whether the person has anybody on their list."""
    return KeptFrom.objects.filter(person=person).exists()


def to_ask_first(people, name):
    """Whether any of these persons wants to be asked before somebody of this name sits beside them. Never who, nor how many."""
    names = KeptFrom.objects.filter(person__in=people, ask_me=True).values_list("name", flat=True)
    return any(alike(kept, name) for kept in names)


def about_me(person):
    """What this room holds about a person, for their own record."""
    rows = [{"name": row.name, "who leads asks the table first": row.ask_me} for row in kept_by(person)]
    return {"from whom you keep it that you take part": rows}
