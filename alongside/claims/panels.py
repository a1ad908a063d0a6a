"""The part of an initiative's page that is about costs and time given."""

from alongside.claims import queries
from alongside.design.states import Panel


def on_initiative(initiative, viewer):
    """For people with a seat: claim, and write down what they gave. For who notes or leads: all of it. Else nothing."""
    if viewer is None:
        return None
    seated, notes, leads = queries.standing(viewer, initiative)
    if not seated and not notes:
        return None
    context = {"initiative": initiative, "seated": seated, "notes": notes, "leads": leads}
    return Panel("Costs and time given", "claims/panel.html", context, order=62)
