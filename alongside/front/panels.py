"""Which rooms stand side by side on an initiative's page."""

from alongside.agreements import panels as agreements

ROOMS = [agreements]


def of_initiative(initiative, viewer):
    """The panels that the viewer may see, in their agreed order."""
    panels = [room.on_initiative(initiative, viewer) for room in ROOMS]
    return sorted(filter(None, panels), key=lambda panel: panel.order)
