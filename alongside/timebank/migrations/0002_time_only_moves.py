"""The database itself lets moves only grow, and takes only what the two sides agreed on; an agreed exchange stands."""

from django.db import migrations

from alongside.append_only import guard, unguard

UNLIKE = (
    "NOT EXISTS (SELECT 1 FROM time_gift g WHERE g.id = NEW.gift_id AND g.state = 'AGREED' AND g.minutes = NEW.minutes "
    "AND g.giver_id = NEW.given_id AND g.taker_id = NEW.taken_id)"
)
CHANGED = (
    "OLD.bank_id <> NEW.bank_id OR OLD.giver_id <> NEW.giver_id OR OLD.taker_id <> NEW.taker_id "
    "OR OLD.minutes <> NEW.minutes OR (OLD.state <> 'ASKED' AND NEW.state <> OLD.state)"
)
# (trigger, table, verb, when it refuses, what it says)
RULES = (
    ("time_move_as_agreed", "time_move", "INSERT", UNLIKE, "time moves only as two agreed"),
    ("time_gift_stands", "time_gift", "UPDATE", CHANGED, "what was agreed stands"),
    ("time_gift_stays", "time_gift", "DELETE", "1 = 1", "what was agreed stands"),
)


def put(apps, schema_editor):
    for name, table, verb, when, says in RULES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
                f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, *_ in RULES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if postgresql else ''}")


class Migration(migrations.Migration):
    dependencies = [("timebank", "0001_initial")]
    operations = [
        migrations.RunPython(guard("time_move"), unguard("time_move")),
        migrations.RunPython(put, drop),
    ]
