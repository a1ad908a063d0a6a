"""The labels' part of an initiative's page."""

from django.utils import timezone

from alongside.design.states import Panel
from alongside.labels import permissions, queries


def on_initiative(initiative, viewer):
    """For the table, what the records show now; for everybody else, what was shown outside, if anything."""
    if permissions.why_not_read(initiative, by=viewer) is None:
        found = queries.labelled(initiative, timezone.localdate())
        context = {"initiative": initiative, "found": found, "differs": _differs(found)}
        return Panel("The honest label", "labels/panel.html", context, order=80)
    shown = queries.shown_now(initiative)
    if shown is None:
        return None
    return Panel("The honest label", "labels/panel_outside.html", {"initiative": initiative, "shown": shown}, order=80)


def _differs(found):
    return [row for row in queries.mirror_rows(found) if row.same is False]
