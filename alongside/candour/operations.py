"""What changes: an answer of the table, and whether a sheet is shown outside."""

from django.db import IntegrityError, transaction

from alongside.candour import permissions, policies
from alongside.candour.models import Answer, Shown
from alongside.record import operations as record
from alongside.refusals import stop_if


@transaction.atomic
def say(*, initiative, sheet, row, by, at, choice="", words="", seen=None):
    """Write down what the table says to one row, after what it said before. Returns the Answer.

    sheet, row: of the content. Neither choice nor words: what was said is taken back. seen: key of the newest Answer
    that the writer saw. Raises Refused when somebody wrote meanwhile: their answer stays.
    """
    stop_if(permissions.why_not_say(initiative, by=by))
    words, newest = words.strip(), policies.newest(initiative, sheet.id, row.id)
    stop_if(permissions.why_not_answer(row, newest, choice=choice, words=words, seen=seen))
    says = next((each.words for each in row.choices if each.id == choice), "")
    made = _follow(
        newest, initiative=initiative, sheet=sheet.id, row=row.id, asks=row.words, choice=choice, says=says, words=words,
        at=at, by=by,
    )  # fmt: skip
    record.note(
        what="candour.row.answered", subject=made, by=by, at=at, organisation_id=initiative.organisation_id,
        initiative_id=initiative.pk, sheet=sheet.id, row=row.id,
    )  # fmt: skip
    return made


def _follow(newest, **said):
    """Put an answer after the newest. The database lets one of two writers through; the other is told."""
    try:
        with transaction.atomic():
            return Answer.objects.create(follows=newest, **said)
    except IntegrityError:
        stop_if(permissions.changed())


@transaction.atomic
def show(*, initiative, sheet, outside, by, at):
    """Show a sheet outside the table, or keep it at the table again. Returns the Shown."""
    is_shown = sheet.id in policies.shown(initiative)
    stop_if(permissions.why_not_show(initiative, sheet, by=by, outside=outside, is_shown=is_shown))
    made = Shown.objects.create(initiative=initiative, sheet=sheet.id, outside=outside, at=at, by=by)
    record.note(
        what="candour.sheet.shown", subject=made, by=by, at=at, organisation_id=initiative.organisation_id,
        initiative_id=initiative.pk, sheet=sheet.id, outside=outside,
    )  # fmt: skip
    return made
