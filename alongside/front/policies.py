"""What must be true of the records at any moment, whoever wrote them: one Look for each thing. For `alongside verify`.

Sums and chains are asked of the rooms that keep them. The rest is asked of the tables as they stand in the database,
past the code of the rooms: a fault in a room must not hide itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from alongside import append_only
from alongside.calculations import small_numbers
from alongside.claims import queries as claims
from alongside.contributions import queries as contributions
from alongside.conversations.states import PEOPLE_FLOOR, ROWS_FROM
from alongside.credit import queries as credit
from alongside.payments import queries as payments
from alongside.record import queries as record
from alongside.runs import queries as runs
from alongside.timebank import queries as timebank

FLOOR = 5  # written here once more, so that lowering it in one place shows
ONLY_GROW = (
    "journal_line",
    "rate_card",
    "rate_line",
    "policy_wording",
    "payment_policy",
    "payment_policy_point",
    "open_answer",
    "open_sheet_shown",
    "bid_text",
    "bid_reuse",
    "label_claim",
    "label_declined",
    "label_shown",
    "order_rule",
)
STANDS = {"approved_quote_stands", "offer_stands", "offer_stays"}
STILL_VALID = "d.state IN ('DECIDED', 'TOLD')"


@dataclass(frozen=True)
class Look:
    """One thing to look at. words: what is true when all is well. faults: gives what is not, in plain words."""

    about: str
    words: str
    faults: Callable


def looks():
    """Everything that is looked at, in the order to read it."""
    return [
        Look("journal", "Every line follows from the line before, and the last line is the newest.", _journal),
        Look("guards", "The database refuses to change what only grows.", _guards),
        Look("rules", "The database holds every rule that the tables declare.", _rules),
        Look("rows", "Everything that a row points to is there.", _orphans),
        Look("presses", "Every press of a form has its answer.", _presses),
        Look("offers", "Every offer adds up.", contributions.invariants),
        Look("claims", "Every claim adds up, and every receipt is there.", claims.invariants),
        Look("time", "Time that was exchanged sums to nothing, and is never money.", timebank.invariants),
        Look("money", "The book sums to zero, and every payment was made once.", payments.invariants),
        Look("runs", "Every run is what its cover says, and stands with the bank as its payments do.", runs.invariants),
        Look("names", "Nobody is named or quoted without their own yes.", credit.invariants),
        Look("ballots", "Nothing leads from a closed conversation back to a voter.", _ballots),
        Look("votes", "The numbers given out are those of the ballots.", _votes),
        Look("small numbers", f"No number is shown about fewer than {FLOOR} people.", _small_numbers),
        Look("decisions", "Whoever spoke was told what was decided.", _decisions),
    ]


def _rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


# --- the journal, and what guards it ---


def _journal():
    broken = record.first_broken_line()
    if broken is not None:
        yield f"Line {broken} of the journal does not follow from the line before it."
    newest = "SELECT digest FROM journal_line ORDER BY id DESC LIMIT 1"
    if _rows(f"SELECT 1 FROM journal_head WHERE digest <> COALESCE(({newest}), '')"):
        yield "The newest lines of the journal are missing."
    if not _rows("SELECT 1 FROM journal_head") and _rows(newest):
        yield "The journal does not know which of its lines is the newest."


def _guards():
    """Triggers of what only grows and of what stands. Those of book, payments, runs, claims and time: by their rooms."""
    return append_only.missing(ONLY_GROW, STANDS)


# --- tables ---


def _models():
    """Every model of ours, by the name of its table."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("alongside."))
    return sorted(ours, key=lambda model: model._meta.db_table)


def _tables():
    """Those of our models whose table is there."""
    there = set(connection.introspection.table_names())
    return [model for model in _models() if model._meta.db_table in there]


def _rules():
    named, once = _named_rules(), set(_rows(_KEPT_ONCE[connection.vendor]))
    tables = _tables()
    yield from (f"The table {model._meta.db_table} is missing." for model in _models() if model not in tables)
    for model in tables:
        table = model._meta.db_table
        for rule in model._meta.constraints:
            if not named(table, rule.name):
                yield f"The rule {rule.name} is missing from the table {table}."
        for field in model._meta.local_concrete_fields:
            if field.unique and not field.primary_key and (table, field.column) not in once:
                yield f"The table {table} no longer holds each {field.column} once."


def _named_rules():
    """A function that says whether the database knows a rule of a table by its name."""
    if connection.vendor == "postgresql":
        there = {name for (name,) in _rows("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class")}
        return lambda table, name: name in there
    written = {}
    for table, sql in _rows("SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index')"):
        written[table] = f"{written.get(table, '')} {sql}"
    return lambda table, name: f'"{name}"' in written.get(table, "")


# (table, column) of every column that the database itself lets hold each value once.
_KEPT_ONCE = {
    "postgresql": (
        "SELECT t.relname, a.attname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_attribute a "
        "ON a.attrelid = t.oid AND a.attnum = i.indkey[0] WHERE i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL"
    ),
    "sqlite": (
        "SELECT t.name, MAX(c.name) FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c "
        "WHERE t.type = 'table' AND i.\"unique\" AND NOT i.partial GROUP BY t.name, i.name HAVING COUNT(*) = 1"
    ),
}


def _orphans():
    for model in _tables():
        for field in model._meta.local_concrete_fields:
            if field.is_relation:
                yield from _orphans_of(model._meta.db_table, field)


def _orphans_of(table, field):
    there, quoted = field.target_field, connection.ops.quote_name
    other, column = there.model._meta.db_table, quoted(field.column)
    found = _rows(
        f"SELECT COUNT(*) FROM {quoted(table)} a WHERE a.{column} IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {quoted(other)} b WHERE b.{quoted(there.column)} = a.{column})"
    )[0][0]
    if found:
        yield f"{found} of the table {table} point to a {field.name} that is not there."


def _presses():
    for (count,) in _rows("SELECT COUNT(*) FROM press WHERE result = '' HAVING COUNT(*) > 0"):
        yield f"{count} presses of a form were kept without their answer."


# --- conversations ---


def _ballots():
    for (pk,) in _rows("SELECT id FROM conversation WHERE state = 'CLOSED' AND seal <> '' ORDER BY id"):
        yield f"Conversation {pk} is closed and still holds its seal."
    issued = (
        "SELECT c.id, COUNT(*) FROM conversation c JOIN ballot_paper_issued i ON i.conversation_id = c.id "
        "WHERE c.state = 'CLOSED' GROUP BY c.id ORDER BY c.id"
    )
    for pk, count in _rows(issued):
        yield f"Conversation {pk} is closed and still holds a list of {count} people with a ballot paper."
    for (pk,) in _rows("SELECT id FROM conversation WHERE state = 'CLOSED' AND NOT swept ORDER BY id"):
        yield f"Old copies of the ballots of conversation {pk} are not thrown away. Run: alongside conversation_close_due"
    together = (
        "SELECT c.id FROM conversation c WHERE c.state = 'CLOSED' AND c.source = '' AND c.voters < %s AND EXISTS "
        "(SELECT 1 FROM ballot b WHERE b.conversation_id = c.id GROUP BY b.voter_key HAVING COUNT(*) > 1) ORDER BY c.id"
    )
    for (pk,) in _rows(together, ROWS_FROM):
        yield f"Conversation {pk} had fewer than {ROWS_FROM} people, and the answers of one person still stand together."


def _votes():
    """Of conversations held here: what came in from open files brought its own numbers."""
    kept = (
        "SELECT c.id, c.votes, (SELECT COUNT(*) FROM ballot b WHERE b.conversation_id = c.id) FROM conversation c "
        "WHERE c.state = 'CLOSED' AND c.source = '' ORDER BY c.id"
    )
    for pk, given_out, there in _rows(kept):
        if given_out != there:
            yield f"Conversation {pk} closed with {given_out} answers, and {there} ballots are there."
    counted = (
        "SELECT s.id FROM statement s JOIN conversation c ON c.id = s.conversation_id JOIN statement_tally t "
        "ON t.statement_id = s.id WHERE c.state = 'CLOSED' AND c.source = '' AND (t.agree, t.disagree, t.passed) <> ("
        + ", ".join(
            f"(SELECT COUNT(*) FROM ballot b WHERE b.statement_id = s.id AND b.choice = {choice})"
            for choice in (1, -1, 0)
        )
        + ") ORDER BY s.id"
    )
    for (pk,) in _rows(counted):
        yield f"The numbers given out for statement {pk} are not those of its ballots."


def _small_numbers():
    if PEOPLE_FLOOR < FLOOR or small_numbers.K_FLOOR < FLOOR:
        yield f"This version would show numbers about fewer than {FLOOR} people."
    for pk, needed in _rows("SELECT id, needed FROM conversation WHERE needed < %s ORDER BY id", FLOOR):
        yield f"Conversation {pk} would show its results from {needed} people on."


# --- decisions ---


def _decisions():
    waits = (
        "SELECT d.id, COUNT(*) FROM decision d JOIN to_tell t ON t.about = 'decision:' || CAST(d.id AS VARCHAR(20)) "
        "WHERE d.state = 'TOLD' AND t.told_at IS NULL GROUP BY d.id ORDER BY d.id"
    )
    for pk, count in _rows(waits):
        yield f"Decision {pk} says that everybody was told, and {count} still wait."
    spoke = (
        f"SELECT d.id AS id, s.author_id AS who FROM decision d JOIN decision_basis b ON b.decision_id = d.id "
        f"JOIN statement s ON s.id = b.statement_id WHERE {STILL_VALID} AND s.author_id IS NOT NULL "
        f"UNION SELECT d.id, v.person_id FROM decision d JOIN decision_view v ON v.decision_id = d.id WHERE {STILL_VALID}"
    )
    untold = (
        f"SELECT spoke.id, COUNT(*) FROM ({spoke}) spoke JOIN person p ON p.id = spoke.who WHERE p.state <> 'ERASED' "
        "AND NOT EXISTS (SELECT 1 FROM to_tell t WHERE t.person_id = spoke.who "
        "AND t.about = 'decision:' || CAST(spoke.id AS VARCHAR(20))) GROUP BY spoke.id ORDER BY spoke.id"
    )
    for pk, count in _rows(untold):
        yield f"Decision {pk} answers {count} people, and nobody is to tell them."
