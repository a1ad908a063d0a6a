"""The agreement's part of an initiative's page."""

from alongside.agreements import queries
from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives


def on_initiative(initiative, viewer):
    """Where the agreement stands; only for people at the table."""
    if initiatives.why_not_read(initiative, by=viewer):
        return None
    current = queries.current(initiative)
    stand = queries.standing(current) if current else None
    thread = queries.thread(current, stand) if current else None
    context = {"initiative": initiative, "current": current, "thread": thread, "stand": stand}
    return Panel("How we agreed to work", "agreements/panel.html", context, order=20)
