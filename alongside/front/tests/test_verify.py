"""`alongside verify` sees each fault. Every fault is planted by plain SQL, past the rooms and past the guards."""

import io
import json
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from alongside.config import cli
from alongside.conversations import operations as conversations
from alongside.decisions.tests import factories as decisions
from alongside.front import policies
from alongside.people.models import ToTell
from tests.world import AT, World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.named = made.samples()["own"]
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(world, django_db_blocker):
    """Each test leaves the world as it was."""
    with django_db_blocker.unblock(), planted():
        yield


@pytest.fixture
def scene(world):
    return world.scenes["own"]


def sql(*sentences):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for sentence in sentences:
            cursor.execute(sentence)


def triggers():
    """{trigger: its table} of the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def drop_trigger(name):
    sql(f"DROP TRIGGER {name}" + (f" ON {triggers()[name]}" if connection.vendor == "postgresql" else ""))


def unguarded(table):
    """Take the guards off one table."""
    for name, guarded in triggers().items():
        if guarded == table:
            drop_trigger(name)


def without_rule(table, name):
    """Let a table take what one of its rules forbids."""
    if connection.vendor == "postgresql":
        sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    else:
        sql("PRAGMA ignore_check_constraints = ON")


@contextmanager
def planted():
    """What is planted goes again, also what a commit would refuse."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        if connection.vendor == "sqlite":
            sql("PRAGMA ignore_check_constraints = OFF")


def faults():
    """{about: its faults} of everything that has one."""
    found = {look.about: list(look.faults()) for look in policies.looks()}
    return {about: each for about, each in found.items() if each}


def run(*words):
    """(exit code, what was written)."""
    out = io.StringIO()
    try:
        call_command("verify", *words, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def closed(scene):
    """A closed conversation with three answers by one voter."""
    chair, author = scene.people["facilitator"], scene.people["author"]
    made = conversations.open_new(
        initiative=scene.initiative, question="What helps?", opening="", seeds=["Tea", "Quiet", "Time"],
        opens_for="TABLE", results="AT_CLOSE", needed=5, closes_on=None, by=chair, at=AT,
    )  # fmt: skip
    code = conversations.take_paper(conversation_id=made.pk, token="a-token-of-a-press", by=author, at=AT)
    for statement in conversations.Statement.objects.filter(conversation=made):
        conversations.answer(
            conversation_id=made.pk, statement_id=statement.pk, code=code, choice=1, by=author, at=AT
        )  # fmt: skip
    conversations.close(conversation_id=made.pk, by=chair, at=AT)
    conversations.finish_closing(conversation_id=made.pk)
    sql(f"UPDATE conversation SET swept = {'TRUE' if connection.vendor == 'postgresql' else '1'} WHERE id = {made.pk}")
    return made


@pytest.fixture
def decided(scene):
    """A decision that answered the author, of which everybody was told."""
    chair, author = scene.people["facilitator"], scene.people["author"]
    said = decisions.statement(scene.initiative, author, chair=chair, at=AT)
    made = decisions.question(scene.initiative, by=chair, at=AT, statements=[said])
    decisions.decided(made, owner=chair, by=chair, at=AT)
    ToTell.objects.filter(about=f"decision:{made.pk}").update(told_at=AT)
    sql(f"UPDATE decision SET state = 'TOLD' WHERE id = {made.pk}")
    return made


# --- nothing wrong ---


def test_a_full_world_has_no_fault(world, closed, decided):
    assert faults() == {}
    code, said = run()
    assert (code, said.strip().splitlines()[-1]) == (0, "Nothing is wrong.")
    assert said.count("ok     ") == len(policies.looks())


def test_json_says_the_same(world):
    code, said = run("--json")
    answer = json.loads(said)
    assert (code, answer["verdict"]) == (0, "ok")
    assert [each["about"] for each in answer["looked"]] == [look.about for look in policies.looks()]


def test_faults_end_with_code_1_in_plain_words(world, capsys):
    with planted():
        unguarded("journal_line")
        sql("UPDATE journal_line SET what = 'people.person.added.twice' WHERE id = (SELECT MIN(id) FROM journal_line)")
        code, said = run()
        assert code == 1
        assert "FAULT  journal: Line " in said and "Faults found: " in said
        code, said = run("--json")
        assert (code, json.loads(said)["verdict"]) == (1, "faults")
        with pytest.raises(SystemExit) as stop:
            cli.main(["verify"])
        assert stop.value.code == 1


def test_many_faults_are_counted_and_not_all_shown(monkeypatch):
    many = policies.Look("rows", "All is well.", lambda: [f"Row {number}." for number in range(25)])
    monkeypatch.setattr(policies, "looks", lambda: [many])
    code, said = run()
    assert (code, said.count("FAULT  rows"), said.count("FAULT  rows: and 5 more.")) == (1, 21, 1)


def test_a_screen_shows_how_far_it_is(world):
    class Screen(io.StringIO):
        def isatty(self):
            return True

    screen = Screen()
    call_command("verify", stdout=io.StringIO(), stderr=screen)
    assert f"0 of {len(policies.looks())} journal" in screen.getvalue()
    assert screen.getvalue().endswith("\r\033[K")


# --- the journal ---


def test_changed_line_is_seen(world):
    with planted():
        unguarded("journal_line")
        sql("UPDATE journal_line SET by_person = 999 WHERE id = (SELECT MAX(id) FROM journal_line)")
        assert "does not follow" in faults()["journal"][0]


def test_missing_line_in_the_middle_is_seen(world):
    with planted():
        unguarded("journal_line")
        sql("DELETE FROM journal_line WHERE id = (SELECT MIN(id) + 1 FROM journal_line)")
        assert "does not follow" in faults()["journal"][0]


def test_missing_end_is_seen(world):
    with planted():
        unguarded("journal_line")
        sql("DELETE FROM journal_line WHERE id = (SELECT MAX(id) FROM journal_line)")
        assert faults()["journal"] == ["The newest lines of the journal are missing."]


def test_emptied_journal_is_seen(world):
    with planted():
        unguarded("journal_line")
        sql("DELETE FROM journal_line")
        assert faults()["journal"] == ["The newest lines of the journal are missing."]


def test_lost_head_is_seen(world):
    with planted():
        sql("DELETE FROM journal_head")
        assert faults()["journal"] == ["The journal does not know which of its lines is the newest."]


def test_each_guard_of_the_database_is_missed():
    """All triggers of a fresh database, so that a new guard that nobody looks at fails here."""
    assert triggers()
    for name in sorted(triggers()):
        with planted():
            drop_trigger(name)
            said = [sentence for of_a_room in faults().values() for sentence in of_a_room]
            assert said.count(f"The guard {name} is missing from the database.") == 1, name


@pytest.mark.postgres
def test_switched_off_guard_is_seen():
    with planted():
        sql("ALTER TABLE journal_line DISABLE TRIGGER journal_line_only_grows")
        assert faults()["guards"] == ["The guard journal_line_only_grows is missing from the database."]


# --- tables ---


def test_missing_rule_is_seen():
    with planted():
        sql("DROP INDEX payee_current_once")
        assert faults()["rules"] == ["The rule payee_current_once is missing from the table payee."]


def test_missing_table_is_seen():
    with planted():
        sql("DROP TABLE need_asked")
        assert faults()["rules"] == ["The table need_asked is missing."]


@pytest.mark.postgres
def test_missing_check_and_missing_unique_are_seen():
    with planted():
        sql("ALTER TABLE payment DROP CONSTRAINT payment_claimed_and_approved_by_two")
        assert faults()["rules"] == ["The rule payment_claimed_and_approved_by_two is missing from the table payment."]
    with planted(), connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, "press")
        (name,) = [name for name, rule in there.items() if rule["unique"] and rule["columns"] == ["token"]]
        sql(f'ALTER TABLE press DROP CONSTRAINT "{name}"')
        assert faults()["rules"] == ["The table press no longer holds each token once."]


def test_telling_without_its_person_is_seen(world, scene):
    with planted():
        sql(
            "INSERT INTO to_tell (person_id, about, words, url, tell_by, made_at, secret) "
            "VALUES (987654, 'decision:1', 'Words', '', 'NONE', '2026-11-02 10:00:00+00:00', FALSE)"
        )
        assert faults()["rows"] == ["1 of the table to_tell point to a person that is not there."]


def test_payment_without_its_offer_is_seen(world):
    with planted():
        unguarded("payment")
        sql("UPDATE payment SET part_id = 987654 WHERE part_id = (SELECT MIN(part_id) FROM payment)")
        assert "1 of the table payment point to a part that is not there." in faults()["rows"]


def test_press_without_its_answer_is_seen():
    with planted():
        sql("INSERT INTO press (token, result) VALUES ('a-token', '')")
        assert faults()["presses"] == ["1 presses of a form were kept without their answer."]


# --- money ---


def test_uneven_book_is_seen(world):
    with planted():
        unguarded("ledger_entry")
        sql("UPDATE ledger_entry SET pence = pence + 1 WHERE id = (SELECT MIN(id) FROM ledger_entry)")
        assert "is off by" in " ".join(faults()["money"])


def test_payment_that_the_book_does_not_know_is_seen(world):
    with planted():
        for table in ("ledger_entry", "ledger_transaction", "ledger_seal"):
            unguarded(table)
        sql(
            "DELETE FROM ledger_entry WHERE transaction_id IN (SELECT id FROM ledger_transaction WHERE kind = 'PAID')",
            "DELETE FROM ledger_transaction WHERE kind = 'PAID'",
        )
        assert "the book does not say so" in " ".join(faults()["money"])


def test_payment_approved_by_its_claimant_is_seen(world):
    with planted():
        unguarded("payment")
        without_rule("payment", "payment_claimed_and_approved_by_two")
        sql("UPDATE payment SET approved_by_id = to_id")
        assert "by the same person" in " ".join(faults()["money"])


def test_offer_that_does_not_add_up_is_seen(world):
    with planted():
        unguarded("offer")
        for rule in rules_about("offer", "pence"):
            without_rule("offer", rule)
        sql(f"UPDATE offer SET pence = pence + 1 WHERE id = {world.named['offer']}")
        assert faults()["offers"] == [f"Offer {world.named['offer']} does not add up."]


def rules_about(table, column):
    """Names of the checks of a table that speak of a column."""
    if connection.vendor == "sqlite":
        return ["any"]
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, table)
    return [name for name, rule in there.items() if rule["check"] and column in (rule["columns"] or [])]


# --- conversations ---


def test_seal_of_a_closed_conversation_is_seen(closed):
    with planted():
        without_rule("conversation", "conversation_closed_has_a_moment_and_no_seal")
        sql(f"UPDATE conversation SET seal = 'kept' WHERE id = {closed.pk}")
        assert faults()["ballots"] == [f"Conversation {closed.pk} is closed and still holds its seal."]


def test_list_of_papers_of_a_closed_conversation_is_seen(closed, scene):
    with planted():
        sql(
            "INSERT INTO ballot_paper_issued (id, conversation_id, person_id, press) "
            f"VALUES ('0123456789abcdef0123456789abcdef', {closed.pk}, {scene.people['author'].pk}, '')"
        )
        (fault,) = faults()["ballots"]
        assert fault == f"Conversation {closed.pk} is closed and still holds a list of 1 people with a ballot paper."


def test_old_copies_of_ballots_are_seen(closed):
    with planted():
        off = "FALSE" if connection.vendor == "postgresql" else "0"
        sql(f"UPDATE conversation SET swept = {off} WHERE id = {closed.pk}")
        assert "are not thrown away" in faults()["ballots"][0]


def test_answers_of_one_voter_that_stand_together_are_seen(closed):
    with planted():
        sql(f"UPDATE ballot SET voter_key = 'one voter' WHERE conversation_id = {closed.pk}")
        assert "still stand together" in faults()["ballots"][0]


def test_missing_ballot_and_changed_ballot_are_seen(closed):
    first = f"(SELECT MIN(CAST(id AS VARCHAR(40))) FROM ballot WHERE conversation_id = {closed.pk})"
    with planted():
        sql(f"DELETE FROM ballot WHERE CAST(id AS VARCHAR(40)) = {first}")
        assert faults()["votes"][0] == f"Conversation {closed.pk} closed with 3 answers, and 2 ballots are there."
    with planted():
        sql(f"UPDATE ballot SET choice = -1 WHERE CAST(id AS VARCHAR(40)) = {first}")
        assert "are not those of its ballots" in faults()["votes"][0]


def test_results_about_few_people_are_seen(closed):
    with planted():
        without_rule("conversation", "conversation_needs_five_people")
        sql(f"UPDATE conversation SET needed = 2 WHERE id = {closed.pk}")
        assert faults()["small numbers"] == [f"Conversation {closed.pk} would show its results from 2 people on."]


def test_floor_lowered_in_the_code_is_seen(monkeypatch):
    monkeypatch.setattr(policies, "PEOPLE_FLOOR", 4)
    assert faults()["small numbers"] == ["This version would show numbers about fewer than 5 people."]


# --- decisions ---


def test_decision_of_which_somebody_still_waits_to_hear_is_seen(decided):
    with planted():
        sql(f"UPDATE to_tell SET told_at = NULL WHERE about = 'decision:{decided.pk}'")
        assert faults()["decisions"] == [f"Decision {decided.pk} says that everybody was told, and 1 still wait."]


def test_decision_that_nobody_is_to_tell_is_seen(decided):
    with planted():
        sql(f"DELETE FROM to_tell WHERE about = 'decision:{decided.pk}'")
        assert faults()["decisions"] == [f"Decision {decided.pk} answers 1 people, and nobody is to tell them."]


def test_nothing_but_the_answer_is_written_where_nobody_watches(world, capsys, db):
    """`db` is asked for once, by the last test, so that a run of this file alone makes a database for tests."""
    call_command("verify")
    assert capsys.readouterr().err == ""
