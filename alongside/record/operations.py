"""Write a line; press once."""

from django.db import IntegrityError, transaction

from alongside.record.models import JournalHead, JournalLine, Press
from alongside.record.policies import digest_of


@transaction.atomic
def note(*, what, at, by=None, subject=None, organisation_id=None, **facts):
    """Add one line to the journal: `by` did `what` to `subject` at `at`.

    what: `room.thing.verb`. subject: a saved model object or None. facts: small numbers and states, never
    words of people. Who helped is read from the person (`helped_by`). Returns the JournalLine.
    """
    about = [(subject, organisation_id, facts)]
    return note_many(what=what, at=at, by=by, about=about)[0]


@transaction.atomic
def note_many(*, what, at, about, by=None):
    """Add many lines to the journal, one after the other in this order: `by` did the same `what` to many things.

    about: (subject, organisation_id, {fact: value}) of each, as `note` takes them. Returns the JournalLines.
    """
    head, _ = JournalHead.objects.select_for_update().get_or_create(pk=1)
    lines = []
    for subject, organisation_id, facts in about:
        line = _line(what, at, by, subject, organisation_id, facts)
        line.digest = head.digest = digest_of(head.digest, line)
        lines.append(line)
    JournalLine.objects.bulk_create(lines)
    head.save(update_fields=["digest"])
    return lines


def _line(what, at, by, subject, organisation_id, facts):
    helper = getattr(by, "helped_by", None)
    return JournalLine(
        what=what,
        subject=f"{subject._meta.model_name}:{subject.pk}" if subject is not None else "",
        by_person=by.pk if by else None,
        helped_by_person=helper.pk if helper else None,
        organisation=organisation_id,
        at=at,
        facts=facts,
    )


def once(*, token, do):
    """Run `do` for the first press of a form and keep what it answers; a later press gets the same answer.

    token: made when the form was shown. do: a function without arguments; its answer is kept as text (up to 200
    characters). When `do` raises, nothing is kept and the token stays free. Two presses at the same moment: the
    unique token lets one through, the other waits and reads.
    """
    try:
        with transaction.atomic():
            press = Press.objects.create(token=token)
            press.result = str(do())
            press.save(update_fields=["result"])
            return press.result
    except IntegrityError:
        kept = Press.objects.filter(token=token).first()
        if kept is None:
            raise
        return kept.result
