"""Reads of conversations. No read here can lead from a person to an answer: there is nothing to join."""

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from alongside.calculations import opinion
from alongside.calculations.small_numbers import K_OUTSIDE, TOO_FEW
from alongside.conversations import permissions
from alongside.conversations.models import Ballot, Conversation, Issued, Statement, StatementTally, TookPart
from alongside.conversations.states import PEOPLE_FLOOR, ROWS_FROM, ConversationState, OpensFor, StatementState
from alongside.design.states import BECAME, NEEDS, WAITS, Bar, Line
from alongside.initiatives import queries as initiatives
from alongside.initiatives.states import InitiativeState
from alongside.organisations.states import DutyKind
from alongside.people import queries as people

_LEADING = (DutyKind.LEAD, DutyKind.CHAIR)
_RECORDING = (*_LEADING, DutyKind.RECORDER)
_TITLES = ("Most people see it the same way", "People differ", "Many are unsure", "Passed most often")
_MODERATED = {StatementState.SHOWN: 1, StatementState.WAITING: 0, StatementState.DECLINED: -1}
_HELD = (
    "SELECT c.* FROM conversation c JOIN statement s ON s.conversation_id = c.id"
    " WHERE c.id = %s AND s.id = %s AND s.state = %s"
)
DRAWN = 5  # statements of each part that are drawn; the rest stand in the table


# --- conversations ---


def _conversations(scope):
    return Conversation.objects.filter(scope).select_related("initiative__organisation").order_by("-opened_at", "-pk")


def visible_to(person):
    """Conversations that the person may read: public ones of initiatives they can see, and those of their tables."""
    public = Q(opens_for=OpensFor.PUBLIC) & initiatives.seen_by(person)
    return _conversations(public | initiatives.at_table(person))


def in_initiative(initiative, viewer):
    """Conversations of one initiative that the viewer may read, as a list shows them; open ones first, then newest."""
    found = visible_to(viewer).filter(initiative=initiative).select_related(None)
    return found.only("question", "state", "closes_on", "opens_for").order_by("-state", "-opened_at", "-pk")


def led_by(person):
    """Conversations that the person may look after: in initiatives that they lead or chair."""
    return _conversations(initiatives.asked_to(person, _LEADING))


def recorded_by(person):
    """Conversations into which the person may enter paper."""
    return _conversations(initiatives.asked_to(person, _RECORDING))


def initiatives_led_by(person):
    """Initiatives in which the person may open a conversation, with their organisation."""
    return initiatives.initiatives_where(person, *_LEADING).select_related("organisation")


def initiative_named(organisation, name):
    """The open initiative of an organisation with this very name; None when there is none. For the import."""
    return initiatives.visible_to(None).filter(organisation=organisation, name=name).first()


def conversation(pk):
    """One Conversation by key with its initiative; None when there is none. For operations and commands, not pages."""
    return Conversation.objects.select_related("initiative__organisation").filter(pk=pk).first()


def held_open(conversation_id, statement_id):
    """The Conversation when the statement is up in it, else None; held until the transaction ends.

    Many may answer at once, but not while it is being closed: closing waits for them, and they for the closing.
    """
    share = " FOR SHARE OF c" if connection.vendor == "postgresql" else ""
    rows = Conversation.objects.raw(_HELD + share, [conversation_id, statement_id, StatementState.SHOWN])
    return next(iter(rows), None)


def due_to_close(at):
    """Keys of conversations to close now: the last day is over, or an earlier closing was interrupted."""
    over = Q(state=ConversationState.OPEN, closes_at__lte=at)
    unswept = Q(state=ConversationState.CLOSED, swept=False)
    return Conversation.objects.filter(over | unswept).order_by("pk").values_list("pk", flat=True)


def open_for(person):
    """Open conversations that wait for the person: they have a seat there and took no ballot paper yet. By last day.

    Whether somebody with a paper has answered everything cannot be known, and is not asked.
    """
    if person is None:
        return Conversation.objects.none()
    had = Issued.objects.filter(conversation=OuterRef("pk"), person=person)
    return (
        Conversation.objects.filter(
            ~Exists(had),
            state=ConversationState.OPEN,
            initiative__state=InitiativeState.OPEN,
            initiative__in=initiatives.seated_in(person),
        )
        .select_related("initiative")
        .order_by(F("closes_at").asc(nulls_last=True), "pk")
    )


# --- statements ---


def statements_up(conversation):
    """Statements open for answers, in their random order, with author."""
    return (
        Statement.objects.filter(conversation=conversation, state=StatementState.SHOWN)
        .select_related("author")
        .order_by("number")
    )


def statements_with_answers(conversation, voter_key):
    """Statements open for answers, each with `mine`: the choice on this ballot paper, or None."""
    mine = Ballot.objects.filter(voter_key=voter_key, statement=OuterRef("pk")).values("choice")
    return statements_up(conversation).annotate(mine=Subquery(mine))


def left_to_answer(conversation, voter_key):
    """How many statements this ballot paper has not answered."""
    return statements_with_answers(conversation, voter_key).filter(mine=None).count()


def next_statement(statements, voter_key):
    """Of statements with `mine`, one not answered, in an order of this paper's own; None when all are."""
    left = [statement for statement in statements if statement.mine is None]
    return min(left, key=lambda each: _draw(voter_key, each.pk), default=None)


def _draw(voter_key, pk):
    return hashlib.sha256(f"{voter_key}:{pk}".encode()).digest()


def statements_of_author(person):
    """What the person said, in all conversations; for their own eyes. By conversation, newest first."""
    return (
        Statement.objects.filter(author=person)
        .select_related("conversation__initiative")
        .order_by("-conversation__opened_at", "number", "pk")
    )


def statements_for(initiative):
    """Statements that were put up in conversations of an initiative, with conversation and author; in no order of time."""
    return (
        Statement.objects.filter(conversation__initiative=initiative, state=StatementState.SHOWN)
        .select_related("conversation", "author")
        .order_by("conversation__question", "conversation", "number")
    )


def authors_of(statement_ids):
    """Persons who said these statements, by shown name. Starting statements and imported ones have no author."""
    authors = Statement.objects.filter(pk__in=statement_ids, author__isnull=False).values_list("author", flat=True)
    return people.people(authors)


def to_look_at(conversation):
    """Statements for who leads to look at: waiting ones first, then those up and those not put up; by number."""
    order = {"WAITING": 0, "SHOWN": 1, "DECLINED": 2}
    found = Statement.objects.filter(conversation=conversation).select_related("author").order_by("number")
    return sorted(found, key=lambda statement: order[statement.state])


def statements_led_by(person):
    """Statements that the person may put up or decline."""
    return (
        Statement.objects.filter(initiatives.asked_to(person, _LEADING, "conversation__initiative"))
        .select_related("conversation__initiative__organisation", "author")
        .order_by("pk")
    )


# --- papers and people ---


def without_paper(conversation):
    """Seats of people who have had no ballot paper yet, by name."""
    had = Issued.objects.filter(conversation=conversation).values("person")
    return initiatives.seated(conversation.initiative).exclude(person__in=had)


def took_part(conversation):
    """Who had a ballot paper in a closed conversation: Persons by name. Empty while it is open."""
    pks = TookPart.objects.filter(conversation=conversation).values_list("person", flat=True)
    return people.people(pks)


# --- results ---


def tallies(conversation):
    """StatementTally rows that were given out, with their statement, by number. Declined statements are left out."""
    return (
        StatementTally.objects.filter(statement__conversation=conversation)
        .exclude(statement__state=StatementState.DECLINED)
        .select_related("statement__author")
        .order_by("statement__number")
    )


def every_statement(conversation):
    """All statements with `agree`, `disagree` and `passed` as given out (None when not), by number; for open files."""
    given = StatementTally.objects.filter(statement=OuterRef("pk"))
    return (
        Statement.objects.filter(conversation=conversation)
        .annotate(
            agree=Subquery(given.values("agree")),
            disagree=Subquery(given.values("disagree")),
            passed=Subquery(given.values("passed")),
        )
        .order_by("number")
    )


def results(conversation):
    """What came out, as it may be shown: dict of summary, parts and table.

    summary: opinion.Summary. parts: (title, points, how many more), a point being (statement, sentence, bars).
    table: (statement, opinion.ShownTally) of every statement that was given out. Ask `why_not_results` before.
    """
    k = _least(conversation)
    given = {tally.statement.number: tally for tally in tallies(conversation)}
    counted = {
        number: opinion.Tally(number, tally.agree, tally.disagree, tally.passed) for number, tally in given.items()
    }
    found = opinion.summarise(counted, conversation.voters, k=k)
    statements = {number: tally.statement for number, tally in given.items()}
    passed = [each for each in found.most_passed if each not in found.unsure and each.shown.passed != TOO_FEW]
    lists = (found.common, found.differ, found.unsure, passed)
    return {
        "summary": found,
        "parts": [_part(title, points, statements) for title, points in zip(_TITLES, lists, strict=True) if points],
        "table": [(statements[number], opinion.shown_tally(tally, k)) for number, tally in counted.items()],
    }


def _least(conversation):
    """Counts under this stay hidden. What everybody may read of a small public group needs more people."""
    small = conversation.voters < ROWS_FROM
    outside = K_OUTSIDE if conversation.opens_for == OpensFor.PUBLIC and small else 0
    return max(PEOPLE_FLOOR, conversation.initiative.organisation.small_number, outside)


def _part(title, points, statements):
    first = [(statements[point.statement], point.words, _bars(point.shown)) for point in points[:DRAWN]]
    return title, first, len(points) - len(first)


def _bars(shown):
    """The three bars of one statement; a hidden number draws none."""
    three = (("Agree", "agree", "leaf"), ("Disagree", "disagree", "clay"), ("Pass", "passed", "quiet"))
    return [_bar(label, getattr(shown, name), getattr(shown, f"{name}_percent"), tone) for label, name, tone in three]


def _bar(label, count, percent, tone):
    if count == TOO_FEW:
        return Bar(label, None, None, tone=tone)
    return Bar(label, count, percent / 100, tone=tone)


def as_public(conversation):
    """The conversation in the shape of the open format: with answers row by row only where these may be given out."""
    statements = list(every_statement(conversation))
    votes = None if permissions.why_not_rows(conversation) else _votes(conversation)
    return opinion.PublicConversation(
        title=conversation.question,
        description=conversation.opening,
        url=conversation.source,
        statements=tuple(opinion.Statement(each.number, each.words, _MODERATED[each.state]) for each in statements),
        votes=votes,
        participants=conversation.voters,
        counted={
            each.number: opinion.Tally(each.number, each.agree, each.disagree, each.passed)
            for each in statements
            if each.agree is not None
        },
    )


def _votes(conversation):
    found = Ballot.objects.filter(conversation=conversation).order_by("voter_key", "statement__number")
    votes = {}
    for key, number, choice in found.values_list("voter_key", "statement__number", "choice"):
        votes.setdefault(key, {})[number] = choice
    return votes


def set_out(conversation, folder):
    """Write the conversation as open files into a new folder: no times, no names; rows only where they may be."""
    public = as_public(conversation)
    opinion.write_folder(public, folder, rows=public.votes is not None, k=_least(conversation))


def files_in_one(conversation):
    """The open files as the bytes of one zip."""
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        folder = Path(place) / "conversation"
        set_out(conversation, folder)
        for file in sorted(folder.iterdir()):
            archive.writestr(file.name, file.read_bytes())
    return packed.getvalue()


# --- for other pages ---


def today(person, on):
    """What conversations ask of the person, what they wait for, and what became of what they said: Lines."""
    if person is None:
        return []
    led = _to_look_at_lines(person) if initiatives.is_asked(person, _LEADING) else []
    return [*_asked(person), *led, *_said(person)]


def _asked(person):
    for pk, question, closes_on in open_for(person).values_list("pk", "question", "closes_on"):
        url = reverse("conversations:conversation", args=[pk])
        yield Line(f"Say what you think: {question}", url, NEEDS, by=closes_on)


def _to_look_at_lines(person):
    waiting = initiatives.asked_to(person, _LEADING, "conversation__initiative")
    counts = (
        Statement.objects.filter(waiting, state=StatementState.WAITING, conversation__state=ConversationState.OPEN)
        .values("conversation", "conversation__question")
        .annotate(count=Count("pk"))
        .order_by("conversation")
    )
    for row in counts:
        what = "1 statement waits" if row["count"] == 1 else f"{row['count']} statements wait"
        url = reverse("conversations:moderate", args=[row["conversation"]])
        yield Line(f"{what} for you to look at: {row['conversation__question']}", url, NEEDS)


def _said(person):
    statements = statements_of_author(person).exclude(words="").select_related(None).select_related("conversation")
    for statement in statements.only("words", "state", "reason", "conversation__state")[:20]:
        url = reverse("conversations:conversation", args=[statement.conversation_id])
        short = statement.words if len(statement.words) <= 80 else f"{statement.words[:77]}…"
        if statement.state == StatementState.WAITING and statement.conversation.state == ConversationState.OPEN:
            yield Line(f"The people who lead look at what you wrote: {short}", url, WAITS)
        elif statement.state == StatementState.DECLINED:
            yield Line(f"Not put up: {short} The reason: {statement.reason}", url, BECAME)
        elif statement.conversation.state == ConversationState.CLOSED:
            yield Line(f"The conversation with what you wrote has closed: {short}", url, BECAME)


BALLOTS_CANNOT_BE_FOUND = "Your answers to statements are not in your record. They are kept without your name. Nobody can find them, we neither."


def about_me(person):
    """What this room holds about the person, for their own record: lists of plain rows by title. No ballots."""
    took = TookPart.objects.filter(person=person).values_list("conversation__question", flat=True)
    papers = Issued.objects.filter(person=person).values_list("conversation__question", flat=True)
    return {
        "What you said in conversations": [_statement_row(statement) for statement in statements_of_author(person)],
        "Conversations in which you had a ballot paper": [
            {"conversation": question} for question in sorted([*took, *papers])
        ],
        "Your answers in conversations": [{"about": BALLOTS_CANNOT_BE_FOUND}],
    }


def _statement_row(statement):
    return {
        "initiative": statement.conversation.initiative.name,
        "conversation": statement.conversation.question,
        "words": statement.words,
        "your name is shown": statement.show_name,
        "state": statement.get_state_display(),
        "reason": statement.reason,
        "written on": statement.written_on,
        "came": statement.get_channel_display(),
    }


def figures(scope, from_day, to_day):
    """Counts of an initiative or an organisation from `from_day` up to, not including, `to_day`; imported ones left out.

    conversations_opened, conversations_closed, statements_written, statements_put_up, statements_declined;
    answered: people who answered in those closed; came_by: {channel: people} of the same; took_part: named people
    who had a ballot paper. Counts of people are whole: who shows them hides the small ones.
    """
    inside = Q(initiative=scope) if hasattr(scope, "organisation_id") else Q(initiative__organisation=scope)
    own = Conversation.objects.filter(inside, source="")
    closed = list(own.filter(closed_at__date__gte=from_day, closed_at__date__lt=to_day).order_by("pk"))
    written = Statement.objects.filter(
        conversation__in=own.values("pk"), written_on__gte=from_day, written_on__lt=to_day
    )
    states = dict(written.order_by().values_list("state").annotate(Count("pk")))
    return {
        "conversations_opened": own.filter(opened_at__date__gte=from_day, opened_at__date__lt=to_day).count(),
        "conversations_closed": len(closed),
        "statements_written": sum(states.values()),
        "statements_put_up": states.get(StatementState.SHOWN, 0),
        "statements_declined": states.get(StatementState.DECLINED, 0),
        "answered": sum(each.voters for each in closed),
        "came_by": _added_up(each.came_by for each in closed),
        "took_part": TookPart.objects.filter(conversation__in=closed).values("person").distinct().count(),
    }


def _added_up(tables):
    total = {}
    for table in tables:
        for name, count in table.items():
            total[name] = total.get(name, 0) + count
    return total
