"""What both a rule and a read ask: who can be asked here, and which uses are no longer allowed."""

from django.db.models import Exists, OuterRef, Q

from alongside.initiatives import queries as initiatives
from alongside.media.models import InUse, Used
from alongside.media.states import MAY_BE_IN, AskState


def sat_here(person, initiative):
    """Whether the person holds or ever held a seat here."""
    return initiatives.seats_ever(initiative).filter(person=person).exists()


def open_uses():
    """Uses whose place has to be told to take it down: the table or somebody in it no longer says yes, and nobody said so."""
    fine = Q(pk__in=[])
    for named, states in MAY_BE_IN.items():
        fine |= Q(named=named, answer__state__in=sorted(states))
    gone = InUse.objects.filter(~fine, used=OuterRef("pk"))
    return Used.objects.filter(Q(ask__state=AskState.NO) | Exists(gone), told_at=None)
