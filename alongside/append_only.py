"""Tables that only grow: the database refuses UPDATE and DELETE, whoever asks. For migrations, and for who looks at them."""

from django.db import connection


def guard(table):
    """A function for RunPython that puts the two triggers on `table`, on SQLite and on PostgreSQL."""

    def put(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} only grows' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()"
            )
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )

    return put


def unguard(table):
    """The way back, for a migration that is undone."""

    def drop(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")
            return
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")

    return drop


def missing(tables=(), others=()):
    """A sentence for each guard that the database does not have, or has switched off; in the order of their names.

    tables: those that only grow. others: names of triggers that a room put up itself.
    """
    postgres = connection.vendor == "postgresql"
    kept = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(kept if postgres else "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    ends = ("only_grows",) if postgres else ("no_update", "no_delete")
    wanted = {f"{table}_{end}" for table in tables for end in ends} | set(others)
    return [f"The guard {name} is missing from the database." for name in sorted(wanted - there)]
