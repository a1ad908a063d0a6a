"""The database itself holds the book to zero and lets it only grow; a box of cash never holds less than nothing.

A transaction names a seal; a seal is refused unless the entries of its transaction sum to zero; an entry is refused
once the seal is there; and the foreign key to the seal is checked at commit. So an unbalanced transaction cannot be
committed, on SQLite (which has no deferred triggers) as on PostgreSQL. PostgreSQL checks the sum once more at commit, for
an entry that another transaction slips in at the same moment.
"""

from django.db import migrations

from alongside.append_only import guard, unguard

BOOK = (
    "ledger_transaction", "ledger_entry", "ledger_seal", "float_move", "voucher_batch", "voucher_out", "presence",
    "presence_answer",
)  # fmt: skip
OF_SEAL = "FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id WHERE t.seal_id = NEW.number"
UNEVEN = f"(SELECT COUNT(*) {OF_SEAL}) < 2 OR (SELECT SUM(e.pence) {OF_SEAL}) <> 0"
SEALED = (
    "EXISTS (SELECT 1 FROM ledger_seal s JOIN ledger_transaction t ON t.seal_id = s.number "
    "WHERE t.id = NEW.transaction_id)"
)
BELOW = (
    "NEW.pence < 0 AND EXISTS (SELECT 1 FROM account a WHERE a.id = NEW.account_id AND a.kind IN ('FLOAT', 'STOCK')) "
    "AND (SELECT COALESCE(SUM(e.pence), 0) FROM ledger_entry e WHERE e.account_id = NEW.account_id) + NEW.pence < 0"
)
TOO_MANY = (
    "(SELECT COALESCE(SUM(o.count), 0) FROM voucher_out o WHERE o.batch_id = NEW.batch_id) + NEW.count "
    "> (SELECT b.count FROM voucher_batch b WHERE b.id = NEW.batch_id)"
)
# (trigger, table, verb, when it refuses, what it says)
RULES = (
    ("ledger_seal_even", "ledger_seal", "INSERT", UNEVEN, "a transaction of the book sums to zero"),
    ("ledger_entry_open", "ledger_entry", "INSERT", SEALED, "this transaction of the book is sealed"),
    ("ledger_entry_held", "ledger_entry", "INSERT", BELOW, "a box never holds less than nothing"),
    ("voucher_out_left", "voucher_out", "INSERT", TOO_MANY, "there are not so many vouchers left"),
)


def put_postgresql(schema_editor):
    for name, table, verb, when, says in RULES:
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
            f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION ledger_even_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF (SELECT SUM(pence) FROM ledger_entry WHERE transaction_id = NEW.transaction_id) <> 0 THEN "
        "RAISE EXCEPTION 'a transaction of the book sums to zero' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NULL; END $$"
    )
    schema_editor.execute(
        "CREATE CONSTRAINT TRIGGER ledger_even_at_commit AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION ledger_even_at_commit()"
    )


def put(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        put_postgresql(schema_editor)
        return
    for name, table, verb, when, says in RULES:
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, *_ in RULES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if postgresql else ''}")
    if postgresql:
        schema_editor.execute("DROP TRIGGER IF EXISTS ledger_even_at_commit ON ledger_entry")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        *(migrations.RunPython(guard(table), unguard(table)) for table in BOOK),
        migrations.RunPython(put, drop),
    ]
