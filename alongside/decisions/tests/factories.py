"""Decisions made through the operations."""

from datetime import date

from alongside.conversations import operations as conversations
from alongside.conversations import queries as conversation_queries
from alongside.decisions import operations, queries
from alongside.decisions.states import Way

REVIEW = date(2027, 2, 1)
OPTIONS = [("A phone line", "Somebody answers in the first week."), ("A leaflet", "Everybody gets one page.")]


def statement(initiative, author, *, chair, at, words="Nobody rang me after I left."):
    """Something that was said, and put up, in a conversation of the initiative."""
    opened = conversation_queries.in_initiative(initiative, chair).first() or conversations.open_new(
        initiative=initiative, question="How was leaving?", by=chair, at=at
    )
    said = conversations.add_statement(conversation_id=opened.pk, words=words, by=author, at=at, on=at.date())
    return conversations.put_up(statement_id=said.pk, by=chair, at=at)


def question(initiative, *, by, at, statements=(), way=Way.VOTE):
    """An open question with two options."""
    return operations.open_question(
        initiative=initiative,
        question="What do people get in the first week?",
        options=OPTIONS,
        way=way,
        who_decides="Everybody with a seat",
        by=by,
        at=at,
        statement_ids=[each.pk for each in statements],
    )


def decided(decision, *, owner, by, at):
    """The same question, with its first option decided."""
    return operations.decide(
        decision_id=decision.pk,
        option_id=queries.options_of(decision)[0].pk,
        reason="Most people asked for a voice.",
        owner=owner,
        review_on=REVIEW,
        by=by,
        at=at,
    )


def evidence(decision, *, by, at, kind="lived-experience", says="I sat by the phone for nine days.", **more):
    return operations.add_evidence(decision_id=decision.pk, kind=kind, says=says, by=by, at=at, **more)
