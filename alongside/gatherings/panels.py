"""The gatherings' part of an initiative's page."""

from alongside.design.states import Panel
from alongside.gatherings import permissions, queries
from alongside.initiatives import permissions as initiatives

MOST = 3


def on_initiative(initiative, viewer):
    """The newest gatherings; only for people at the table."""
    if initiatives.why_not_read(initiative, by=viewer):
        return None
    context = {
        "initiative": initiative,
        "gatherings": queries.of_initiative(initiative)[:MOST],
        "may_call": permissions.why_not_call(initiative, by=viewer) is None,
    }
    return Panel("Gatherings", "gatherings/panel.html", context, order=30)
