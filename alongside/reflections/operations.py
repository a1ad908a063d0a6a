"""What changes: a line is written, shared, taken back, taken away. The record says that it happened, and never what."""

from django.db import transaction

from alongside.declared import blanks_of
from alongside.record import operations as record
from alongside.reflections import permissions
from alongside.reflections.models import Reflection
from alongside.reflections.states import Level
from alongside.refusals import stop_if


def _locked(pk):
    return Reflection.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)


def _note(what, line, by, at):
    record.note(what=f"reflections.line.{what}", subject=line, by=by, at=at)


@transaction.atomic
def write(*, kind, words, on, by, at, level=Level.NONE):
    """Write one line for oneself. Returns the Reflection."""
    stop_if(permissions.why_not_write(words, by=by))
    line = Reflection.objects.create(person=by, kind=kind, words=words.strip(), level=level, on=on, made_at=at)
    _note("written", line, by, at)
    return line


@transaction.atomic
def share(*, line_id, initiative, by, at):
    """Show one line to the people at one table, with one's shown name. Returns the Reflection."""
    line = _locked(line_id)
    stop_if(permissions.why_not_share(line, initiative, by=by))
    line.shared_with, line.shared_at = initiative, at
    line.save(update_fields=["shared_with", "shared_at"])
    _note("shared", line, by, at)
    return line


@transaction.atomic
def take_back(*, line_id, by, at):
    """Keep a line that was shared to oneself again. Returns the Reflection."""
    line = _locked(line_id)
    stop_if(permissions.why_not_take_back(line, by=by))
    line.shared_with = line.shared_at = None
    line.save(update_fields=["shared_with", "shared_at"])
    _note("taken_back", line, by, at)
    return line


@transaction.atomic
def take_away(*, line_id, by, at):
    """Take a line away: its words are gone, for everybody. Returns the Reflection."""
    line = _locked(line_id)
    stop_if(permissions.why_not_take_away(line, by=by))
    line.words, line.level, line.away_at, line.shared_with, line.shared_at = "", Level.NONE, at, None, None
    line.save(update_fields=["words", "level", "away_at", "shared_with", "shared_at"])
    _note("taken_away", line, by, at)
    return line


@transaction.atomic
def erase_words(*, person, at):
    """Blank every line of a person, and take what they shared from every table."""
    blank = blanks_of(Reflection) | {"shared_with": None, "shared_at": None, "away_at": at}
    changed = Reflection.objects.filter(person=person).update(**blank)
    record.note(what="reflections.lines.erased", subject=person, at=at, lines=changed)
