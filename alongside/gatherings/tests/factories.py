"""Gatherings made through the operations."""

from datetime import UTC, date, datetime

from alongside.gatherings import operations

STARTS = datetime(2026, 12, 4, 14, 0, tzinfo=UTC)
ENDS = datetime(2026, 12, 4, 15, 30, tzinfo=UTC)


def gathering(initiative, *, by, at, title="How we leave the ward"):
    """A planned gathering to which everybody with a seat is asked."""
    return operations.call(
        initiative=initiative, title=title, starts_at=STARTS, ends_at=ENDS, place="The Hall", by=by, at=at
    )


def action(gathering, *, owner, by, at, words="Ring the café"):
    """Something that somebody took on."""
    return operations.promise(
        gathering_id=gathering.pk, words=words, owner=owner, due_on=date(2026, 12, 11), by=by, at=at
    )
