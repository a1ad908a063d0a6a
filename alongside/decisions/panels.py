"""The decisions' part of an initiative's page."""

from alongside.decisions import permissions, queries
from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives

MOST = 3


def on_initiative(initiative, viewer):
    """The newest decisions; only for people at the table."""
    if initiatives.why_not_read(initiative, by=viewer):
        return None
    context = {
        "initiative": initiative,
        "decisions": queries.listed(initiative)[:MOST],
        "may_open": permissions.why_not_open(initiative, by=viewer) is None,
    }
    return Panel("Decisions", "decisions/panel.html", context, order=50)
