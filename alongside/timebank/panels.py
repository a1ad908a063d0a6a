"""The part of an initiative's page that is about exchanging time."""

from alongside.design.states import Panel
from alongside.timebank import queries


def on_initiative(initiative, viewer):
    """For people with a seat, where the organisation turned it on: write down time. Else nothing."""
    if viewer is None or not queries.exchanges_at(initiative, viewer):
        return None
    return Panel("Time that we exchange", "timebank/panel.html", {"initiative": initiative}, order=64)
