"""The labels' part of an initiative's page."""

from alongside.design.states import Panel
from alongside.labels import permissions, queries


def on_initiative(initiative, viewer):
    """What was shown outside last, and for the table the way to what the records show now.

    The label itself is worked out on its own page: it reads every record of the initiative.
    """
    shown = queries.last_shown(initiative)
    if permissions.why_not_read(initiative, by=viewer) is None:
        context = {"initiative": initiative, "shown": shown, "declined": queries.declined_now(initiative)}
        return Panel("The honest label", "labels/panel.html", context, order=80)
    if shown is None:
        return None
    return Panel("The honest label", "labels/panel_outside.html", {"initiative": initiative, "shown": shown}, order=80)
