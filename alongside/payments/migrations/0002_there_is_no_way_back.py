"""The database itself knows no way back from what was sent, but for money that the bank sent back: one more try."""

from django.db import migrations

GONE = "('SENT', 'PAID')"
CAME_BACK = "(NEW.state = 'BACK' AND NEW.times = OLD.times + 1 AND NEW.means = 'BANK')"
BACKWARDS = (
    f"OLD.state IN {GONE} AND (NEW.pence <> OLD.pence OR NEW.to_id <> OLD.to_id OR NEW.part_id <> OLD.part_id "
    f"OR (NOT {CAME_BACK} AND (NEW.state NOT IN {GONE} OR (OLD.state = 'PAID' AND NEW.state <> 'PAID') "
    "OR NEW.times <> OLD.times OR NEW.sent_on <> OLD.sent_on OR NEW.sent_by_id <> OLD.sent_by_id)))"
)
FREEZE = (
    "OLD.organisation_id <> NEW.organisation_id OR OLD.words <> NEW.words OR OLD.by_id <> NEW.by_id "
    "OR OLD.at <> NEW.at OR OLD.lifted_at IS NOT NULL"
)
# (trigger, table, verb, when it refuses, what it says)
RULES = (
    ("payment_forward", "payment", "UPDATE", BACKWARDS, "there is no way back from a payment that was sent"),
    ("payment_stays", "payment", "DELETE", "1 = 1", "a payment is never removed"),
    ("freeze_stands", "money_freeze", "UPDATE", FREEZE, "what was frozen, by whom and why stands"),
    ("freeze_stays", "money_freeze", "DELETE", "1 = 1", "a freeze is never removed"),
)


def put_postgresql(schema_editor):
    for name, table, verb, when, says in RULES:
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
            f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(
            f'CREATE TRIGGER {name} BEFORE {verb} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
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
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON "{table}"' if postgresql else ''}")


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(put, drop)]
