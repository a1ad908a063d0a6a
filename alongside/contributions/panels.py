"""The part of an initiative's page that is about work and money."""

from alongside.contributions import queries
from alongside.design.states import Panel
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import LEADING


def on_initiative(initiative, viewer):
    """For who leads: how many offers wait, are a yes, are done. For others: their own offers here. Else nothing."""
    if viewer is None:
        return None
    leads = initiatives.holds_any(viewer, LEADING, initiative)
    own = list(queries.own_in(initiative, viewer))
    if not leads and not own:
        return None
    context = {"initiative": initiative, "leads": leads, "own": own}
    context["counts"] = queries.panel_counts(initiative) if leads else None
    return Panel("Work and money", "contributions/panel.html", context, order=60)
