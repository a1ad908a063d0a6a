"""What this room shows on the page of an initiative."""

from django.urls import reverse

from alongside.conversations import permissions, queries
from alongside.design.states import Panel

SHOWN = 5


def on_initiative(initiative, viewer):
    """The latest conversations that the viewer may read; None when there are none and the viewer cannot open one."""
    conversations = list(queries.in_initiative(initiative, viewer)[:SHOWN])
    may_open = permissions.why_not_open_new(initiative, by=viewer) is None
    if not conversations and not may_open:
        return None
    return Panel(
        title="Conversations",
        template="conversations/panel.html",
        context={"conversations": conversations, "initiative": initiative, "may_open": may_open},
        url=reverse("conversations:list", args=[initiative.pk]),
        order=40,
    )
