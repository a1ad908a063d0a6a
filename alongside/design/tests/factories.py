"""Small things to draw, and a way to draw a piece of template."""

from datetime import date

from django.template import engines

from alongside.design.states import DONE, NEXT, NOW, Step, Thread

FRIDAY = date(2026, 12, 4)
MARCH = date(2026, 3, 4)


def draw(words, **context):
    """What a piece of template draws."""
    return engines["django"].from_string(words).render(context)


def thread(*states, label="The gate", **present):
    """A thread with one step for each state; `present` goes to the step that is now."""
    names = ("said", "decided", "changed", "told")
    given = {DONE: {}, NEXT: {}, NOW: present}
    return Thread(label, [Step(name, state, **given[state]) for name, state in zip(names, states, strict=False)])
