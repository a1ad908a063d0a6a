"""What changes: a name is put on a person's own list, or taken off. The record says that it happened, and no name."""

from django.db import transaction

from alongside.discretion import permissions
from alongside.discretion.models import KeptFrom
from alongside.record import operations as record
from alongside.refusals import stop_if


@transaction.atomic
def keep_from(*, name, ask_me, by, at):
    """Write down somebody who should not learn that `by` takes part. Returns the KeptFrom.

    ask_me: who leads a table of `by` is stopped, without hearing from whom, before asking somebody of that name to sit there.
    """
    kept = set(KeptFrom.objects.select_for_update().filter(person=by).values_list("name", flat=True))
    stop_if(permissions.why_not_keep(name, by=by, kept=kept))
    row = KeptFrom.objects.create(person=by, name=name.strip(), ask_me=ask_me, since=at)
    record.note(what="discretion.list.changed", subject=by, by=by, at=at)
    return row


@transaction.atomic
def take_off(*, row_id, by, at):
    """Take a name off one's list: the row is gone. Returns its person."""
    row = KeptFrom.objects.select_for_update(of=("self",)).select_related("person").get(pk=row_id)
    stop_if(permissions.why_not_take_off(row, by=by))
    row.delete()
    record.note(what="discretion.list.changed", subject=by, by=by, at=at)
    return row.person


@transaction.atomic
def erase_words(*, person, at):
    """Take every name off a person's list."""
    KeptFrom.objects.filter(person=person).delete()
    record.note(what="discretion.list.erased", subject=person, at=at)
