"""The part of an initiative's page that is about being used for publicity."""

from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives


def on_initiative(initiative, viewer):
    """For the table: the way to its log. For others: the way to what it said no to, where that is shown."""
    inside = initiatives.why_not_read(initiative, by=viewer) is None
    context = {"initiative": initiative, "inside": inside}
    return Panel("Pictures, names and stories", "media/panel.html", context, order=72)
