"""The part of an initiative's page that says what was made, and who made it."""

from alongside.credit import queries
from alongside.design.states import Panel
from alongside.initiatives import permissions as initiatives


def on_initiative(initiative, viewer):
    """For the table: what is being made, and the way to it. For others: what is out in the world, with its line."""
    inside = initiatives.why_not_read(initiative, by=viewer) is None
    rows = queries.lines_for(queries.outputs_of(initiative, out=not inside)[:5])
    if not inside and not rows:
        return None
    context = {"initiative": initiative, "rows": rows, "inside": inside}
    return Panel("What we made, and who made it", "credit/panel.html", context, order=70)
