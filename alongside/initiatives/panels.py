"""The parts of an initiative's page that come from this room."""

from django.utils import timezone

from alongside.calculations import content
from alongside.design.states import Panel
from alongside.initiatives import permissions, queries
from alongside.initiatives.states import DEFINITION, ORIGIN, WORDS
from alongside.organisations import queries as organisations


def parts(initiative, viewer):
    """The table, where it comes from and what it means, its stages, its adverts, and what changed: list of Panel."""
    inside = permissions.why_not_read(initiative, by=viewer) is None
    leads = inside and permissions.why_not_lead(initiative, by=viewer) is None
    on = organisations.local_day(initiative.organisation, timezone.now())
    shown = [
        _table(initiative, inside, leads),
        _origin(initiative, leads),
        _stages(initiative, on, leads),
        _adverts(initiative, leads),
        _changes(initiative, inside),
    ]
    return [panel for panel in shown if panel]


def _table(initiative, inside, leads):
    context = {
        "table": queries.table_seats(initiative, inside=inside),
        "hidden": 0 if inside else queries.hidden_outside(initiative),
        "partners": queries.partners_of(initiative),
        "inside": inside,
        "leads": leads,
    }
    return Panel("The table", "initiatives/panel_table.html", context, order=10)


def _origin(initiative, leads):
    def said(fields):
        return [(WORDS[field], getattr(initiative, field)) for field in fields if getattr(initiative, field)]

    context = {
        "origin": said(ORIGIN),
        "definition": said(DEFINITION),
        "limits": initiative.honest_limits,
        "frozen_on": initiative.aim_frozen_on,
        "kind": content.kind(initiative.kind),
        "leads": leads,
    }
    return Panel("Where it comes from", "initiatives/panel_origin.html", context, order=14)


def _stages(initiative, on, leads):
    stages = list(queries.stages_of(initiative))
    context = {
        "thread": queries.stage_thread(stages, on),
        "stages": [(stage, content.stage(stage.kind).words) for stage in stages],
        "leads": leads,
    }
    return Panel("The stages", "initiatives/panel_stages.html", context, order=16)


def _adverts(initiative, leads):
    context = {"adverts": queries.adverts_of(initiative, drafts=leads), "leads": leads}
    return Panel("How to join", "initiatives/panel_adverts.html", context, order=18)


def _changes(initiative, inside):
    context = {
        "moves": queries.newest(queries.moves_of(initiative)),
        "changes": queries.newest(queries.changes_of(initiative)) if inside else [],
        "inside": inside,
        "review_on": initiative.review_on,
    }
    return Panel("What changed", "initiatives/panel_changes.html", context, order=90)
