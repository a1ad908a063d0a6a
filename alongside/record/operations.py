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
    head, _ = JournalHead.objects.select_for_update().get_or_create(pk=1)
    helper = getattr(by, "helped_by", None)
    line = JournalLine(
        what=what,
        subject=f"{subject._meta.model_name}:{subject.pk}" if subject is not None else "",
        by_person=by.pk if by else None,
        helped_by_person=helper.pk if helper else None,
        organisation=organisation_id,
        at=at,
        facts=facts,
    )
    line.digest = digest_of(head.digest, line)
    line.save()
    head.digest = line.digest
    head.save(update_fields=["digest"])
    return line


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
