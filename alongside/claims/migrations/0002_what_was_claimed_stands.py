"""The database itself refuses to change a list of costs, and to change or remove what was claimed."""

from django.db import migrations

from alongside.append_only import guard, unguard

STANDS = ("claim_id", "kind", "rate_words", "count", "pence", "item_id", "receipt_id", "offer_id")
RULES = (("claim_line_stays", "claim_line"), ("claim_stays", "claim"))


def put(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    other = "IS DISTINCT FROM" if postgresql else "IS NOT"
    changed = " OR ".join(f"OLD.{name} {other} NEW.{name}" for name in STANDS)
    if postgresql:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION claim_line_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'what was claimed stands' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        does = "EXECUTE FUNCTION claim_line_stands()"
        schema_editor.execute(
            f"CREATE TRIGGER claim_line_stands BEFORE UPDATE ON claim_line FOR EACH ROW WHEN ({changed}) {does}"
        )
        for name, table in RULES:
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW {does}")
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'what was claimed stands'); END"
    schema_editor.execute(f"CREATE TRIGGER claim_line_stands BEFORE UPDATE ON claim_line WHEN {changed} {refuse}")
    for name, table in RULES:
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} {refuse}")


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table in (("claim_line_stands", "claim_line"), *RULES):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if postgresql else ''}")


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [
        migrations.RunPython(guard("cost_list"), unguard("cost_list")),
        migrations.RunPython(guard("cost_item"), unguard("cost_item")),
        migrations.RunPython(put, drop),
    ]
