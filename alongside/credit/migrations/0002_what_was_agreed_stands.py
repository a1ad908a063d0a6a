"""The database itself refuses to change an order that was chosen, and words or a name that their speaker said yes to.

Erasing may empty words and name; nothing may put others in their place.
"""

from django.db import migrations

from alongside.append_only import guard, unguard

REFUSE = "words that somebody said yes to stand"


def put(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    other = "IS DISTINCT FROM" if postgres else "IS NOT"
    kept = " OR ".join(
        f"OLD.{name} {other} NEW.{name}" for name in ("quote_id", "speaker_id", "approved_by_id", "form")
    )
    emptied = " OR ".join(f"(OLD.{name} {other} NEW.{name} AND NEW.{name} <> '')" for name in ("words", "name"))
    if postgres:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION approved_quote_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{REFUSE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER approved_quote_stands BEFORE UPDATE ON approved_quote FOR EACH ROW WHEN ({kept} OR {emptied}) "
            "EXECUTE FUNCTION approved_quote_stands()"
        )
        return
    schema_editor.execute(
        f"CREATE TRIGGER approved_quote_stands BEFORE UPDATE ON approved_quote WHEN {kept} OR {emptied} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
    )


def drop(apps, schema_editor):
    on = " ON approved_quote" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS approved_quote_stands{on}")


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_initial")]
    operations = [
        migrations.RunPython(guard("order_rule"), unguard("order_rule")),
        migrations.RunPython(put, drop),
    ]
