"""What changes: words for a point, a version of the policy, a yes to one's name, a line of a plan, how one is paid."""

from datetime import timedelta

from django.db import transaction

from alongside.declared import blanks_of
from alongside.record import operations as record
from alongside.refusals import stop_if
from alongside.terms import permissions, policies, queries
from alongside.terms.models import BudgetLine, Means, MeansShown, Policy, PolicyPoint, PolicyWriter, Wording
from alongside.terms.states import MANY_SAID, WriterState


@transaction.atomic
def write_point(*, organisation, point, words, by, at, seen=None):
    """Put words to one point of the next policy; empty words say that it is not settled. Returns the Wording.

    seen: key of the newest Wording that the writer saw. Raises Refused when somebody wrote meanwhile: their words stay.
    """
    stop_if(permissions.why_not_write(organisation, by=by))
    newest = queries.wordings(organisation, locked=True).get(point)
    stop_if(permissions.why_not_word(newest.pk if newest else None, seen=seen))
    return _word(organisation, point, words, by, at)


def _word(organisation, point, words, by, at):
    made = Wording.objects.create(organisation=organisation, point=point, words=words.strip(), at=at, by=by)
    record.note(what="terms.point.written", subject=made, by=by, at=at, organisation_id=organisation.pk, point=point)
    return made


@transaction.atomic
def take_known(*, organisation, on, by, at):
    """Put what the records know on a day into every point that has no words yet. Returns how many were filled."""
    stop_if(permissions.why_not_write(organisation, by=by))
    newest = queries.wordings(organisation, locked=True)
    known = policies.known(organisation, on)
    empty = [name for name in known if name not in newest or not newest[name].words]
    for name in empty:
        _word(organisation, name, known[name], by, at)
    return len(empty)


@transaction.atomic
def set_policy(*, organisation, from_on, review_on, by, at, together=None, people=()):
    """Make what is written now the next version of the policy. Returns the Policy.

    together: how many people wrote it. people: those who are asked whether their name may stand under it; nobody is
    named before their own yes. Raises Refused when no point has words, or the day to look again is not a later one.
    """
    stop_if(permissions.why_not_write(organisation, by=by))
    said = {name: wording.words for name, wording in queries.wordings(organisation).items()}
    stop_if(permissions.why_not_set(said, from_on=from_on, review_on=review_on))
    newest = Policy.objects.select_for_update().filter(organisation=organisation).order_by("-version").first()
    policy = Policy.objects.create(
        organisation=organisation, version=newest.version + 1 if newest else 1, from_on=from_on, review_on=review_on,
        together=together, made_at=at, made_by=by,
    )  # fmt: skip
    PolicyPoint.objects.bulk_create(
        PolicyPoint(policy=policy, point=each.id, asks=each.words, words=said.get(each.id, ""))
        for each in policies.points()
    )
    for person in people:
        _ask(policy, person, by, at)
    record.note(
        what="terms.policy.set", subject=policy, by=by, at=at, organisation_id=organisation.pk, version=policy.version
    )
    return policy


def _ask(policy, person, by, at):
    stop_if(permissions.why_not_ask(policy, person))
    PolicyWriter.objects.create(policy=policy, person=person, asked_at=at, asked_by=by)


@transaction.atomic
def answer(*, writer_id, state, by, at):
    """Say whether one's name may stand under a policy; may be said otherwise at any time. Returns the PolicyWriter."""
    writer = PolicyWriter.objects.select_for_update(of=("self",)).select_related("policy__organisation", "person")
    writer = writer.get(pk=writer_id)
    stop_if(permissions.why_not_answer(writer, by=by, state=state))
    writer.state, writer.answered_at = state, at
    writer.save(update_fields=["state", "answered_at"])
    record.note(what="terms.writer.answered", subject=writer, by=by, at=at, state=state)
    return writer


@transaction.atomic
def erase_words(*, person, at):
    """Take a person's name from under every policy, and what they said of their pay. The words of a policy stay."""
    Means.objects.filter(person=person).exclude(answer="").update(**blanks_of(Means), fresh=True)
    changed = PolicyWriter.objects.filter(person=person).exclude(state=WriterState.NO).update(state=WriterState.NO)
    record.note(what="terms.names.erased", subject=person, at=at, policies=changed)


# --- what an initiative plans to spend ---


@transaction.atomic
def plan(*, initiative, words, people, by, at, times=1, minutes=0, rate=None, costs_pence=0, fund_line=None):
    """Add a line to what an initiative plans to spend. Returns the BudgetLine. Nothing is promised by it."""
    if rate is None:
        minutes = 0
    stop_if(
        permissions.why_not_add(
            initiative, by=by, rate=rate, fund_line=fund_line, minutes=minutes, costs_pence=costs_pence
        )
    )
    line = BudgetLine.objects.create(
        initiative=initiative, fund_line=fund_line, words=words, people=people, times=times, minutes=minutes, rate=rate,
        costs_pence=costs_pence, made_at=at, made_by=by,
    )  # fmt: skip
    record.note(what="terms.budget.added", subject=line, by=by, at=at, initiative_id=initiative.pk)
    return line


@transaction.atomic
def take_off(*, line_id, by, at):
    """Take a line off the plan; it stays in the record. Returns the BudgetLine."""
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=line_id)
    stop_if(permissions.why_not_take_off(line, by=by))
    line.off_at = at
    line.save(update_fields=["off_at"])
    record.note(what="terms.budget.taken_off", subject=line, by=by, at=at)
    return line


# --- how people at one table are paid ---


@transaction.atomic
def say_means(*, initiative, answer, on, by):
    """Say for oneself how one is paid at a table; "" takes it away. Returns the initiative. Writes no line into the
    record, on purpose: that somebody answered is theirs alone, like what they answered.

    The figures are made anew only once at least MANY_SAID answers were given, changed or taken away since the last
    ones, and they are shown from the next day on. So no two figures differ by one person, and nobody who sees somebody
    answer sees the figures move. on: the day at the initiative's organisation.
    """
    stop_if(permissions.why_not_say(initiative, by=by))
    own = Means.objects.filter(initiative=initiative, person=by)
    own.exclude(answer=answer).update(answer=answer, fresh=True)
    if answer and not own.exists():
        Means.objects.create(initiative=initiative, person=by, answer=answer)
    gone = Means.objects.filter(initiative=initiative).exclude(person__in=queries.at_table(initiative))
    gone.exclude(answer="").update(answer="", fresh=True)  # who left the table can no longer take it away themselves
    _show_means(initiative, on + timedelta(days=1))
    return initiative


def _show_means(initiative, from_on):
    """Make the figures of the next day, where enough has changed and none are made for it. Where too few are left,
    the day shows none; what changed then still counts as changed, as nothing new was shown of it."""
    rows = Means.objects.select_for_update().filter(initiative=initiative).order_by("pk")
    rows = list(rows.values_list("answer", "fresh"))
    if sum(fresh for _, fresh in rows) < MANY_SAID:
        return
    answers = [answer for answer, _ in rows if answer]
    figures = policies.shown_of(answers, initiative.organisation.small_number)
    if not figures and not queries.means_shown(initiative, from_on):
        return
    _, made = MeansShown.objects.get_or_create(initiative=initiative, from_on=from_on, defaults={"figures": figures})
    if made and figures:
        Means.objects.filter(initiative=initiative).update(fresh=False)
