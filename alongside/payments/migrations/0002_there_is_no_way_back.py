"""The database itself knows no way back from what was sent, but for money that the bank sent back."""

from django.db import migrations

BACKWARDS = (
    "OLD.state IN ('SENT', 'PAID') AND (NEW.state NOT IN ('SENT', 'PAID') OR (OLD.state = 'PAID' AND NEW.state <> 'PAID') "
    "OR NEW.pence <> OLD.pence OR NEW.to_id <> OLD.to_id OR NEW.offer_id <> OLD.offer_id "
    "OR NEW.sent_on <> OLD.sent_on OR NEW.sent_by_id <> OLD.sent_by_id)"
)
# (trigger, table, verb, when it refuses, what it says)
RULES = (
    ("payment_forward", "payment", "UPDATE", BACKWARDS, "there is no way back from a payment that was sent"),
    ("payment_stays", "payment", "DELETE", "1 = 1", "a payment is never removed"),
)


def put_postgresql(schema_editor):
    for name, table, verb, when, says in RULES:
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
            f"RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def put(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        put_postgresql(schema_editor)
        return
    for name, table, verb, when, says in RULES:
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


def drop(apps, schema_editor):
    on = " ON payment" if schema_editor.connection.vendor == "postgresql" else ""
    for name, *_ in RULES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(put, drop)]
