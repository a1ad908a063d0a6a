"""Say which policies a yearly page answers to."""

from django.db import transaction

from alongside.record import operations as record
from alongside.refusals import stop_if
from alongside.reports import permissions
from alongside.reports.models import PolicyLink


@transaction.atomic
def link_policy(*, organisation, words, asks, url, by, at):
    """Name a policy, plan or promise that the work answers to. Returns the PolicyLink."""
    stop_if(permissions.why_not_link(organisation, by=by))
    link = PolicyLink.objects.create(
        organisation=organisation, words=words.strip(), asks=asks.strip(), url=url, by=by, at=at
    )
    record.note(what="reports.policy.linked", subject=link, by=by, at=at, organisation_id=organisation.pk)
    return link


@transaction.atomic
def end_link(*, link_id, by, at):
    """Say that the work does not answer to this policy any more; the row stays."""
    link = PolicyLink.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=link_id)
    stop_if(permissions.why_not_end(link, by=by))
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    record.note(what="reports.policy.ended", subject=link, by=by, at=at, organisation_id=link.organisation_id)
    return link
