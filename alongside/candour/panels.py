"""The part of an initiative's page that is about what it says openly. It reads nothing: links, and who is here."""

from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives


def on_initiative(initiative, viewer):
    """For everybody the sheets; for people at the table also whom to tell that they disagree, in one tap."""
    inside = viewer is not None and initiatives.why_not_read(initiative, by=viewer) is None
    context = {"initiative": initiative, "inside": inside}
    return Panel("Said openly", "candour/panel.html", context, order=22)
