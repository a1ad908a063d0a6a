"""Setting a ceiling, letting it go, and asking to be asked first.

No operation here writes a line in the journal. A line is never removed, and one that names a person and this room would
join them to benefits for ever, also after they let go of what they set. It is the one room where that is so.
"""

from django.db import transaction

from alongside.benefits import permissions
from alongside.benefits.models import AskFirst, Ceiling
from alongside.refusals import stop_if


@transaction.atomic
def set_ceiling(*, person, stretch, start, pence, words, by, at):
    """Keep how much the person wants at most; a ceiling of the same stretch and day is replaced. Returns it."""
    mine = Ceiling.objects.select_for_update().filter(person=person)
    same = mine.filter(stretch=stretch, start=start)
    stop_if(permissions.why_not_set(person, by=by, held=mine.exclude(pk__in=same.values("pk")).count()))
    ceiling, _ = Ceiling.objects.update_or_create(
        person=person, stretch=stretch, start=start, defaults={"pence": pence, "words": words, "set_at": at}
    )
    return ceiling


@transaction.atomic
def let_ceiling_go(*, ceiling, by):
    """Remove a ceiling; nothing of it stays."""
    stop_if(permissions.why_not_wish(ceiling.person, by=by))
    Ceiling.objects.filter(pk=ceiling.pk).delete()


@transaction.atomic
def ask_me_first(*, person, wanted, by, at):
    """Keep, or let go of, the wish to be asked before an offer with money is written."""
    stop_if(permissions.why_not_wish(person, by=by))
    if wanted:
        AskFirst.objects.get_or_create(person=person, defaults={"since": at})
    else:
        AskFirst.objects.filter(person=person).delete()


@transaction.atomic
def erase_words(*, person, at):
    """Every wish goes, whole: none of them belongs to anybody else's record."""
    Ceiling.objects.filter(person=person).delete()
    AskFirst.objects.filter(person=person).delete()
