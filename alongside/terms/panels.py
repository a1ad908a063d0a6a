"""The part of an initiative's page that is about how it pays and what it plans to spend."""

from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives


def on_initiative(initiative, viewer):
    """For people at the table: the plan, and how the organisation pays. Else nothing."""
    if viewer is None or initiatives.why_not_read(initiative, by=viewer):
        return None
    return Panel("Pay, before it begins", "terms/panel.html", {"initiative": initiative}, order=58)
