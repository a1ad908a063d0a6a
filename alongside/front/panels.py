"""Which rooms stand side by side on an initiative's page."""

from alongside.agreements import panels as agreements
from alongside.candour import panels as candour
from alongside.claims import panels as claims
from alongside.contributions import panels as contributions
from alongside.conversations import panels as conversations
from alongside.credit import panels as credit
from alongside.decisions import panels as decisions
from alongside.gatherings import panels as gatherings
from alongside.initiatives import panels as initiatives
from alongside.labels import panels as labels
from alongside.media import panels as media
from alongside.reflections import panels as reflections
from alongside.terms import panels as terms
from alongside.timebank import panels as timebank

ROOMS = [
    terms,
    agreements,
    candour,
    gatherings,
    conversations,
    decisions,
    contributions,
    claims,
    timebank,
    reflections,
    media,
    credit,
    labels,
]


def of_initiative(initiative, viewer):
    """The panels that the viewer may see, in their agreed order."""
    panels = [*initiatives.parts(initiative, viewer), *(room.on_initiative(initiative, viewer) for room in ROOMS)]
    return sorted(filter(None, panels), key=lambda panel: panel.order)
