"""Twelve voters, many votes; the attacker has the whole database after the close, and knows the order of the voters.

Every voter answers one statement of their own, in a random assignment: so the test (and only the test) can tell
whether a guess by order was right. Twelve hits are everything, one is chance.
"""

import re
import secrets
from pathlib import Path
from statistics import mean

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection

from alongside.conversations import operations, policies
from alongside.conversations.models import Ballot, Issued, TookPart
from alongside.conversations.tests import factories as make
from alongside.record.models import JournalLine, Press

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]

VOTERS, VOTES = 12, 60
chance = secrets.SystemRandom()


@pytest.fixture
def cast():
    cast = make.table()
    cast.voters = [make.person(f"Voter{number}") for number in range(VOTERS)]
    for voter in cast.voters:
        make.seat(cast.initiative, voter)
    return cast


def vote(cast, number):
    """One vote. Returns (conversation, {statement pk: place of its voter in the order of voting}, keys)."""
    found = make.conversation(
        cast, [f"Statement {number} {place}" for place in range(VOTERS)], question=f"Vote {number}"
    )
    statements = make.up(found)
    chance.shuffle(statements)
    keys = []
    for voter, statement in zip(cast.voters, statements, strict=True):
        code = make.paper(found, voter, press=voter.pk)
        make.answer(found, code, statement, 1, voter)
        keys.append(make.key(found, code))
    return found, {statement.pk: place for place, statement in enumerate(statements)}, keys


def orders():
    """The hidden orders of rows that a copy of the database gives away, as SQL."""
    if connection.vendor == "postgresql":
        return ["ctid", "xmin::text::bigint, ctid", "id", "voter_key"]
    return ["rowid", "id", "voter_key"]


def ballots_by(order, conversation):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT statement_id FROM ballot WHERE conversation_id = %s ORDER BY {order}", [conversation.pk]
        )
        return [row[0] for row in cursor.fetchall()]


def people_by(order, conversation):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person_id FROM took_part WHERE conversation_id = %s ORDER BY {order}", [conversation.pk]
        )
        return [row[0] for row in cursor.fetchall()]


def hits(guess, truth):
    """How many ballots a guess by order gives to the right voter."""
    return sum(truth[statement] == place for place, statement in enumerate(guess))


def test_the_attack_works_before_the_close(cast):
    """The control: while it is open the order of the rows gives everybody away. We say so on the page."""
    found, truth, _ = vote(cast, 0)
    assert hits(ballots_by(orders()[0], found), truth) == VOTERS


def test_after_the_close_order_gives_away_no_more_than_chance(cast):
    found = {order: [] for order in orders()}
    through_people = []
    for number in range(VOTES):
        conversation, truth, _ = vote(cast, number)
        make.closed(conversation, cast.dee)
        for order in orders():
            found[order].append(hits(ballots_by(order, conversation), truth))
        places = {voter.pk: place for place, voter in enumerate(cast.voters)}
        guesses = zip(ballots_by(orders()[0], conversation), people_by(orders()[0], conversation), strict=True)
        through_people.append(sum(truth[statement] == places[person] for statement, person in guesses))
    assert {order: mean(counts) for order, counts in found.items() if mean(counts) > 1.5} == {}
    assert mean(through_people) <= 1.5


def test_after_the_close_nothing_joins_exactly(cast):
    conversation, _, keys = vote(cast, 0)
    seal = conversation.seal
    old = set(Ballot.objects.values_list("pk", flat=True))
    make.closed(conversation, cast.dee)
    after = make.fresh(conversation)
    assert Ballot.objects.count() == VOTERS
    assert not Ballot.objects.filter(voter_key__in=keys).exists()
    assert not old & set(Ballot.objects.values_list("pk", flat=True))
    assert (after.seal, after.swept, seal != "") == ("", True, True)
    assert not Issued.objects.exists()
    assert TookPart.objects.filter(conversation=conversation).count() == VOTERS
    assert {field.name for field in Ballot._meta.fields} == {
        "id", "conversation", "voter_key", "statement", "choice", "channel"
    }  # fmt: skip


def test_answers_of_one_person_do_not_hang_together_after_the_close_of_a_small_one(cast):
    found = make.conversation(cast)
    make.voters(found, [[1, -1, 0]] * 7, cast.asha)
    make.closed(found, cast.dee)
    assert Ballot.objects.values("voter_key").distinct().count() == 21


def test_answers_of_one_person_stay_together_from_thirty_people_on(cast):
    found = make.conversation(cast)
    make.voters(found, [[1, -1, 0]] * 30, cast.asha)
    before = set(Ballot.objects.values_list("voter_key", flat=True))
    make.closed(found, cast.dee)
    after = set(Ballot.objects.values_list("voter_key", flat=True))
    assert len(after) == 30
    assert not before & after


def test_journal_says_nothing_while_it_is_open(cast):
    before = JournalLine.objects.count()
    conversation, _, _ = vote(cast, 0)
    kinds = list(JournalLine.objects.order_by("pk")[before:].values_list("what", flat=True))
    assert kinds == ["conversations.conversation.opened"]
    make.closed(conversation, cast.dee)
    line = JournalLine.objects.latest("pk")
    assert (line.what, line.facts) == ("conversations.conversation.closed", {"voters": VOTERS})


def test_no_table_but_the_ballots_holds_a_code_or_its_key(cast):
    """Through the real pages: not the session of a person signed in, not the presses, not the journal."""
    found = make.conversation(cast)
    browser = make.browser(cast.asha)
    page = browser.get(f"/conversations/{found.pk}/").content.decode()
    token = re.search(r'name="once" value="([^"]+)"', page)[1]
    browser.post(f"/conversations/{found.pk}/paper/take/", {"once": token})
    page = browser.get(f"/conversations/{found.pk}/").content.decode()
    code = policies.typed_code(re.search(r'class="code">([^<]+)<', page)[1])
    statement = make.up(found)[0]
    browser.post(f"/conversations/{found.pk}/answer/", {"statement": statement.pk, "choice": 1})
    key = make.key(found, code)
    assert Ballot.objects.get().voter_key == key
    stored = [signing.b64_decode(row.session_data.split(":")[0].strip(".").encode()) for row in Session.objects.all()]
    stored += [str(row.get_decoded()).encode() for row in Session.objects.all()]
    stored += [f"{row.token} {row.result}".encode() for row in Press.objects.all()]
    stored += [f"{row.what} {row.facts}".encode() for row in JournalLine.objects.all()]
    assert stored
    for secret in (code, policies.spaced_code(code), key, token):
        assert not any(secret.encode() in each for each in stored)


def copies_of(table_files):
    return b"".join(Path(each).read_bytes() for each in table_files if Path(each).exists())


def storage():
    """Every byte that the database keeps of ballots, papers and conversations."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory') || '/' || pg_relation_filepath(oid) FROM pg_class WHERE relkind IN "
            "('r', 'i') AND (relname LIKE 'ballot%%' OR relname LIKE 'conversation%%') AND pg_relation_filepath(oid) <> ''"
        )
        return copies_of(row[0] for row in cursor.fetchall())


def test_no_old_value_can_be_read_in_the_files(cast):
    conversation, _, keys = vote(cast, 0)
    seal, before = conversation.seal, storage()
    ids = [str(pk).replace("-", "") for pk in Issued.objects.values_list("pk", flat=True)]
    assert all(key.encode() in before for key in [*keys, seal]), "the control: while it is open they stand there"
    make.closed(conversation, cast.dee)
    after = storage()
    assert [secret for secret in [*keys, seal] if secret.encode() in after] == []
    if connection.vendor == "sqlite":
        assert [pk for pk in ids if pk.encode() in after] == []


@pytest.mark.postgres
def test_all_new_rows_were_written_by_one_transaction(cast):
    conversation, _, _ = vote(cast, 0)
    make.closed(conversation, cast.dee)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM ballot WHERE conversation_id = %s", [conversation.pk])
        assert cursor.fetchone()[0] == 1
        cursor.execute(
            "SELECT count(*) FROM ballot b JOIN took_part t ON b.xmin = t.xmin WHERE b.conversation_id = %s",
            [conversation.pk],
        )
        assert cursor.fetchone()[0] == 0


def test_closing_that_was_interrupted_can_be_finished(cast, monkeypatch):
    conversation, _, keys = vote(cast, 0)
    monkeypatch.setattr(operations, "_sweep", lambda: False)
    make.closed(conversation, cast.dee)
    assert make.fresh(conversation).swept is False
    monkeypatch.undo()
    make.closed(conversation, cast.dee)
    assert make.fresh(conversation).swept is True
    assert [key for key in keys if key.encode() in storage()] == []
    assert JournalLine.objects.filter(what="conversations.conversation.closed").count() == 1


@pytest.mark.postgres
def test_old_copies_wait_for_a_writer_in_another_database_of_the_server(cast):
    """PostgreSQL keeps old rows for it, so that the sweep must not be called done before that writer has ended."""
    conversation, _, keys = vote(cast, 0)
    elsewhere = connection.copy()
    elsewhere.settings_dict = connection.settings_dict | {"NAME": "postgres"}
    with elsewhere.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_current_xact_id()")
        make.closed(conversation, cast.dee)
        assert make.fresh(conversation).swept is False
        cursor.execute("ROLLBACK")
    elsewhere.close()
    operations.finish_closing(conversation_id=conversation.pk)
    assert make.fresh(conversation).swept is True
    assert [key for key in keys if key.encode() in storage()] == []


def test_who_was_interrupted_before_the_names_were_written_is_named_by_the_next_round(cast, monkeypatch):
    conversation, _, _ = vote(cast, 0)
    monkeypatch.setattr(operations, "finish_closing", lambda **_: None)
    make.closed(conversation, cast.dee)
    assert (Issued.objects.count(), TookPart.objects.count()) == (VOTERS, 0)
    monkeypatch.undo()
    assert operations.close_what_is_due(at=make.LATER) == 1
    assert (Issued.objects.count(), TookPart.objects.count()) == (0, VOTERS)
    assert operations.close_what_is_due(at=make.LATER) == 0
