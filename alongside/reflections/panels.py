"""The part of an initiative's page that is about what people got from it."""

from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives
from alongside.reflections import queries


def on_initiative(initiative, viewer):
    """For people at the table: what was shared with it, and a line of one's own. Else nothing."""
    if viewer is None or initiatives.why_not_read(initiative, by=viewer):
        return None
    context = {
        "initiative": initiative,
        "lines": [(line, line.person_id == viewer.pk) for line in queries.shared_at(initiative)],
    }
    return Panel("What we got from this", "reflections/panel.html", context, order=66)
