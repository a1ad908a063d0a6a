"""What changes in a conversation. Nothing about a single answer is ever written into the journal."""

import logging
import secrets
import time
from collections import Counter

from django.db import DatabaseError, connection, transaction
from django.db.models import Count
from django.urls import reverse

from alongside.conversations import permissions, policies, queries
from alongside.conversations.models import (
    Ballot,
    Conversation,
    Issued,
    Statement,
    StatementTally,
    TookPart,
)
from alongside.conversations.states import (
    PEOPLE_FLOOR,
    ROWS_FROM,
    STEP,
    STEPS_FROM,
    Choice,
    ConversationState,
    OpensFor,
    Results,
    StatementState,
)
from alongside.initiatives import queries as initiatives
from alongside.people import operations as people
from alongside.people import queries as people_queries
from alongside.people.states import Channel
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

log = logging.getLogger(__name__)

BATCH = 2_000
_SWEEP = {
    "postgresql": ["VACUUM (FULL) ballot", "VACUUM (FULL) ballot_paper_issued", "VACUUM (FULL) conversation"],
    "sqlite": ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
}
# PostgreSQL keeps old copies for readers of this database, and for a writer that began earlier anywhere on the server.
_OLD_READERS = (
    "SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_xmin IS NOT NULL AND xact_start < %s)"
    " + (pg_snapshot_xmin(pg_current_snapshot()) <= %s::xid8)::int"
)
_PATIENCE = 50  # tenths of a second
_STATES = {1: StatementState.SHOWN, 0: StatementState.WAITING, -1: StatementState.DECLINED}
_NOT_TAKEN = "The people who led that conversation did not take it."


# --- opening and writing ---


@transaction.atomic
def open_new(
    *, initiative, question, by, at, opening="", opens_for=OpensFor.TABLE, results=Results.AT_CLOSE,
    needed=PEOPLE_FLOOR, closes_on=None, seeds=(),
):  # fmt: skip
    """Put a question to people. What it opens for, when results come and how many they need stay as they are.

    seeds: first statements, which nobody is told about. closes_on: the last day for answers, or None.
    Returns the Conversation.
    """
    stop_if(permissions.why_not_open_new(initiative, by=by))
    conversation = Conversation.objects.create(
        initiative=initiative,
        question=policies.plain_words(question),
        opening=policies.plain_words(opening),
        opens_for=opens_for,
        results=results if opens_for == OpensFor.PUBLIC else Results.AT_CLOSE,
        needed=needed,
        closes_on=closes_on,
        closes_at=policies.end_of(closes_on, initiative.organisation.zone),
        opened_at=at,
        opened_by=by,
        seal=policies.new_seal(),
    )
    _write_seeds(conversation, seeds)
    _note("conversations.conversation.opened", conversation, by=by, at=at, opens_for=str(opens_for), seeds=len(seeds))
    return conversation


def _write_seeds(conversation, seeds):
    taken = set()
    for words in seeds:
        number = policies.draw_number(taken)
        taken.add(number)
        Statement.objects.create(
            conversation=conversation,
            number=number,
            words=policies.plain_words(words),
            state=StatementState.SHOWN,
        )


def _note(what, conversation, *, by, at, subject=None, **facts):
    record.note(
        what=what,
        subject=subject or conversation,
        by=by,
        at=at,
        organisation_id=conversation.initiative.organisation_id,
        **facts,
    )


def _locked(conversation_id):
    """The Conversation with its initiative, held until the transaction ends."""
    held = Conversation.objects.select_for_update(of=("self",)).select_related("initiative__organisation")
    return held.get(pk=conversation_id)


@transaction.atomic
def add_statement(*, conversation_id, words, by, at, on, show_name=False):
    """Write a statement for others to answer; it waits until somebody who leads has looked. Returns the Statement.

    on: the local day; no finer time is kept beside the words. show_name: whether others see who wrote it.
    """
    conversation = _locked(conversation_id)
    stop_if(permissions.why_not_add(conversation, by=by, at=at))
    taken = set(Statement.objects.filter(conversation=conversation).values_list("number", flat=True))
    statement = Statement.objects.create(
        conversation=conversation,
        number=policies.draw_number(taken),
        words=policies.plain_words(words),
        author=by,
        show_name=show_name,
        channel=by.channel,
        written_on=on,
    )
    _note("conversations.statement.written", conversation, by=by, at=at, subject=statement)
    return statement


@transaction.atomic
def put_up(*, statement_id, by, at):
    """Open a statement for answers, and tell its author."""
    statement = _decide(statement_id, StatementState.SHOWN, by=by)
    _tell_author(statement, f"What you wrote for “{statement.conversation.question}” is now open for answers.", by, at)
    _note("conversations.statement.put_up", statement.conversation, by=by, at=at, subject=statement)
    return statement


@transaction.atomic
def decline(*, statement_id, reason, by, at):
    """Do not put a statement up, or take it down, and tell its author the reason."""
    statement = _decide(statement_id, StatementState.DECLINED, by=by, reason=policies.plain_words(reason))
    words = f"What you wrote for “{statement.conversation.question}” was not put up. The reason: {statement.reason}"
    _tell_author(statement, words, by, at)
    _note("conversations.statement.declined", statement.conversation, by=by, at=at, subject=statement)
    return statement


def _decide(statement_id, state, *, by, reason=""):
    statement = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("conversation__initiative__organisation", "author")
        .get(pk=statement_id)
    )
    stop_if(permissions.why_not_decide(statement, state, by=by))
    statement.state, statement.reason, statement.decided_by = state, reason, by
    statement.save(update_fields=["state", "reason", "decided_by"])
    return statement


def _tell_author(statement, words, by, at):
    if statement.author is None:
        return
    people.tell(
        to=statement.author,
        about=f"statement:{statement.pk}:{statement.state.lower()}",
        words=words,
        url=reverse("conversations:conversation", args=[statement.conversation_id]),
        by=by,
        at=at,
    )


# --- ballots ---


@transaction.atomic
def take_paper(*, conversation_id, token, by, at):
    """Give `by` their one ballot paper; the same press of the button gives the same paper. Returns its code.

    What is kept is that this person has had a paper, without time and without the code. The code itself is kept
    nowhere: the voter has it. No line in the journal.
    """
    conversation = _locked(conversation_id)
    press = policies.press_digest(token)
    stop_if(permissions.why_not_take_paper(conversation, by=by, at=at, press=press))
    Issued.objects.get_or_create(conversation=conversation, person=by, defaults={"press": press})
    return policies.paper_code(conversation.seal, token, by.pk)


@transaction.atomic
def take_paper_as_guest(*, conversation_id, token, shown_name, at):
    """Write down somebody new and give them their ballot paper. Returns (Person, claim code, code of the paper).

    A second press finds the same person and paper. Only the digest of the token is kept, as for every paper.
    """

    def write():
        return people.add_person(shown_name=shown_name, at=at).pk

    pk = record.once(token=policies.press_digest(token), do=write)
    person = people_queries.person(int(pk))
    paper = take_paper(conversation_id=conversation_id, token=token, by=person, at=at)
    return person, people.make_claim_code(person=person, by=person, at=at), paper


@transaction.atomic
def answer(*, conversation_id, statement_id, code, choice, by, at):
    """Answer one statement with a ballot paper, or change the answer.

    `by` is asked only whether they may act and by which way they came; who answered is not kept, nor when.
    """
    conversation = queries.held_open(conversation_id, statement_id)
    if conversation is None:
        raise Refused(Refusal("not-up", "This statement is not open for answers.", "Go on with the next one."))
    stop_if(permissions.why_not_answer(conversation, code=code, by=by, at=at))
    key = policies.voter_key(conversation.seal, code)
    _put_ballots(conversation, key, {statement_id: choice}, by.channel)
    if conversation.results == Results.IN_STEPS and not queries.left_to_answer(conversation, key):
        transaction.on_commit(lambda: release_step(conversation_id=conversation_id))


def _put_ballots(conversation, voter_key, answers, channel):
    Ballot.objects.bulk_create(
        [_ballot(conversation, voter_key, statement_id, choice, channel) for statement_id, choice in answers.items()],
        update_conflicts=True,
        unique_fields=["voter_key", "statement"],
        update_fields=["choice", "channel"],
    )


def _ballot(conversation, voter_key, statement_id, choice, channel):
    return Ballot(
        conversation_id=conversation.pk,
        voter_key=voter_key,
        statement_id=statement_id,
        choice=Choice(choice),
        channel=channel,
    )


@transaction.atomic
def enter_sheet(*, conversation_id, answers, by, at):
    """Enter the answers of one paper sheet: {statement pk: choice}. Each sheet is a voter of its own. No journal line."""
    conversation = _locked(conversation_id)
    stop_if(permissions.why_not_enter_paper(conversation, by=by))
    up = set(queries.statements_up(conversation).values_list("pk", flat=True))
    if not answers or set(answers) - up:
        raise Refused(Refusal("empty", "No box is marked on this sheet.", "Mark at least one, or leave the sheet out."))
    _put_ballots(conversation, policies.new_voter_key(), answers, Channel.PAPER)


@transaction.atomic
def note_handed_in(*, conversation_id, people_pks, by, at):
    """Note who has handed in a paper sheet, so that they count as taking part and get no second paper.

    Kept apart from the sheets themselves. People without a seat are left out. No journal line. Returns how many.
    """
    conversation = _locked(conversation_id)
    stop_if(permissions.why_not_enter_paper(conversation, by=by))
    seated = {seat.person_id for seat in initiatives.seated(conversation.initiative)}
    chosen = seated & set(people_pks)
    rows = [Issued(conversation=conversation, person_id=pk) for pk in chosen]
    Issued.objects.bulk_create(rows, ignore_conflicts=True)
    return len(chosen)


# --- results in steps ---


@transaction.atomic
def release_step(*, conversation_id):
    """Give out the next step of results of an open public conversation, when enough more people have answered.

    A statement's numbers move only when at least five more people have answered it since they last moved. No line
    in the journal: it would hold the moment of somebody's last answer.
    """
    conversation = _locked(conversation_id)
    if conversation.state != ConversationState.OPEN or conversation.results != Results.IN_STEPS:
        return
    ballots = Ballot.objects.filter(conversation=conversation)
    voters = ballots.aggregate(voters=Count("voter_key", distinct=True))["voters"]
    if voters < STEPS_FROM or voters < conversation.voters + STEP:
        return
    counts = ballots.values_list("statement_id", "choice").annotate(Count("pk")).order_by()
    _write_tallies(
        policies.counted((statement, choice) for statement, choice, n in counts for _ in range(n)), least_more=STEP
    )
    conversation.voters = voters
    conversation.save(update_fields=["voters"])


def _write_tallies(tallies, *, least_more=0):
    before = {
        tally.statement_id: tally.agree + tally.disagree + tally.passed
        for tally in StatementTally.objects.filter(statement__in=tallies)
    }
    rows = [
        StatementTally(
            statement_id=statement,
            agree=counts[Choice.AGREE],
            disagree=counts[Choice.DISAGREE],
            passed=counts[Choice.PASS],
        )
        for statement, counts in tallies.items()
        if counts.total() >= before.get(statement, 0) + least_more
    ]
    StatementTally.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=["agree", "disagree", "passed"],
    )


# --- closing ---


@transaction.atomic
def close(*, conversation_id, by, at):
    """Close a conversation: count, write every ballot anew so that nothing leads back to a voter, and sweep.

    One transaction rewrites; after it the database throws away the old copies; then it is written who took part.
    Closing again finishes what was interrupted.
    """
    conversation = _locked(conversation_id)
    stop_if(permissions.why_not_close(conversation, by=by))
    _close(conversation, by=by, at=at)
    return conversation


def close_what_is_due(*, at):
    """Close conversations whose last day is over, and finish closings that were interrupted. Returns how many."""
    due = list(queries.due_to_close(at))
    for pk in due:
        with transaction.atomic():
            _close(_locked(pk), by=None, at=at)
    return len(due)


def _close(conversation, *, by, at):
    if conversation.state == ConversationState.OPEN:
        _count_and_rewrite(conversation)
        conversation.state, conversation.seal = ConversationState.CLOSED, ""
        conversation.closed_at, conversation.closed_by = at, by
        conversation.save(
            update_fields=["state", "seal", "closed_at", "closed_by", "voters", "votes", "came_by"],
        )
        _note("conversations.conversation.closed", conversation, by=by, at=at, voters=conversation.voters)
    transaction.on_commit(lambda: finish_closing(conversation_id=conversation.pk))


def _count_and_rewrite(conversation):
    """Tally the ballots, and replace them by the same answers under fresh keys in random order."""
    ballots = Ballot.objects.filter(conversation=conversation)
    rows = list(ballots.order_by("pk").values_list("voter_key", "statement_id", "choice", "channel"))
    ways = policies.way_of_each((key, channel) for key, _, _, channel in rows)
    conversation.voters, conversation.votes = len(ways), len(rows)
    conversation.came_by = Counter(ways.values())
    _write_tallies(policies.counted((statement, choice) for _, statement, choice, _ in rows))
    fresh = {key: policies.new_voter_key() for key in ways} if len(ways) >= ROWS_FROM else {}
    secrets.SystemRandom().shuffle(rows)
    ballots.delete()
    new = (
        _ballot(conversation, fresh.get(key) or policies.new_voter_key(), statement, choice, channel)
        for key, statement, choice, channel in rows
    )
    Ballot.objects.bulk_create(new, batch_size=BATCH)


def finish_closing(*, conversation_id):
    """After the rewriting: let the database throw away the old copies, then write who took part.

    Runs outside any transaction. When sweeping fails, the conversation stays marked as not swept, its page says
    so to who leads, and closing again or the daily round tries once more. Returns whether it was swept.
    """
    swept = _sweep()
    with transaction.atomic():
        conversation = _locked(conversation_id)
        issued = list(Issued.objects.filter(conversation=conversation).values_list("person_id", flat=True))
        secrets.SystemRandom().shuffle(issued)
        TookPart.objects.bulk_create(
            (TookPart(conversation=conversation, person_id=person) for person in issued), ignore_conflicts=True
        )
        Issued.objects.filter(conversation=conversation).delete()
        conversation.swept = swept
        conversation.save(update_fields=["swept"])
    return swept


def _sweep():
    """Ask the database to give up old copies of rows. False when it could not."""
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql" and not _old_readers_are_gone(cursor):
                return False
            for sentence in _SWEEP[connection.vendor]:
                cursor.execute(sentence)
    except DatabaseError:
        log.warning("Old copies of ballots could not be thrown away yet; the daily round tries again.")
        return False
    return True


def _old_readers_are_gone(cursor):
    """Wait a little for whoever began before now: PostgreSQL keeps old copies as long as they go on."""
    cursor.execute("SELECT clock_timestamp(), pg_current_xact_id()::text")
    now, mark = cursor.fetchone()
    for _ in range(_PATIENCE):
        cursor.execute(_OLD_READERS, [now, mark])
        if cursor.fetchone()[0] == 0:
            return True
        time.sleep(0.1)
    return False


# --- bringing in ---


@transaction.atomic
def bring_in(*, initiative, public, by, at, watch=lambda done, total: None):
    """Bring a public conversation in, as a closed one: `public` is an opinion.PublicConversation.

    Each person's last answers stay together under a key drawn at random, since the files that they come from are
    open already. watch: called with how many answers are written, of how many. Returns the Conversation.
    """
    question = policies.plain_words(public.title)[:300]
    if Conversation.objects.filter(initiative=initiative, question=question).exclude(source="").exists():
        words = "This conversation was brought into this initiative before."
        raise Refused(Refusal("there-already", words, "Choose another initiative for a second copy."))
    answers = [
        (voter, number, choice) for voter, given in (public.votes or {}).items() for number, choice in given.items()
    ]
    conversation = Conversation.objects.create(
        initiative=initiative,
        question=question,
        opening=policies.plain_words(public.description),
        state=ConversationState.CLOSED,
        opens_for=OpensFor.PUBLIC,
        opened_at=at,
        opened_by=by,
        closed_at=at,
        closed_by=by,
        voters=public.participants,
        votes=len(answers) or sum(tally.seen for tally in public.counted.values()),
        came_by={Channel.SCREEN: public.participants},
        swept=True,
        source=public.url[:300] or "open files without an address",
    )
    by_number = _bring_statements(conversation, public.statements)
    tallies = public.tallies().values()
    _write_tallies({by_number[t.statement]: Counter({1: t.agree, -1: t.disagree, 0: t.passed}) for t in tallies})
    _bring_ballots(conversation, answers, by_number, watch)
    _note("conversations.conversation.brought_in", conversation, by=by, at=at, votes=conversation.votes)
    return conversation


def _bring_statements(conversation, statements):
    """Write the statements; {their number: pk}."""
    rows = Statement.objects.bulk_create(
        [
            Statement(
                conversation=conversation,
                number=each.id,
                words=policies.plain_words(each.body),
                state=_STATES[each.moderated],
                reason=_NOT_TAKEN if each.moderated < 0 else "",
            )
            for each in statements
        ],
        batch_size=BATCH,
    )
    return {row.number: row.pk for row in rows}


def _bring_ballots(conversation, answers, by_number, watch):
    secrets.SystemRandom().shuffle(answers)
    keys = {voter: policies.new_voter_key() for voter, _, _ in answers}
    for start in range(0, len(answers), BATCH):
        part = answers[start : start + BATCH]
        Ballot.objects.bulk_create(
            _ballot(conversation, keys[voter], by_number[number], choice, Channel.SCREEN)
            for voter, number, choice in part
        )
        watch(start + len(part), len(answers))


# --- erasing ---


@transaction.atomic
def erase_words(person, at):
    """Blank what the person wrote and take their name off it. Ballots cannot be found and stay. Returns how many."""
    written = Statement.objects.filter(author=person)
    written.filter(state=StatementState.DECLINED).update(reason="The words were erased.")
    written.exclude(state=StatementState.DECLINED).update(reason="")
    count = written.update(words="", show_name=False)
    record.note(what="conversations.words.erased", by=person, at=at, statements=count)
    return count
