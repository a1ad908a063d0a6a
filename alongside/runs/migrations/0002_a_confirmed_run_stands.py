"""What a second person confirmed never changes, the bank never gets two files for one run, and no run goes back."""

from django.db import migrations

RUN_STANDS = (
    "OLD.code <> NEW.code OR OLD.organisation_id <> NEW.organisation_id OR OLD.number <> NEW.number OR (OLD.sha256 <> '' "
    "AND (NEW.sha256 <> OLD.sha256 OR NEW.count <> OLD.count OR NEW.pence <> OLD.pence OR NEW.size <> OLD.size "
    "OR NEW.pay_on <> OLD.pay_on OR NEW.account_id <> OLD.account_id OR NEW.confirmed_by_id <> OLD.confirmed_by_id))"
)
RUN_FORWARD = (
    "(OLD.state = 'CONFIRMED' AND NEW.state = 'CHOSEN') OR (OLD.state = 'SENT' AND NEW.state NOT IN ('SENT', 'DONE')) "
    "OR (OLD.state IN ('DONE', 'CANCELLED') AND NEW.state <> OLD.state)"
)
ITEM_STANDS = (
    "OLD.code <> NEW.code OR OLD.pence <> NEW.pence OR OLD.payment_id <> NEW.payment_id OR OLD.run_id <> NEW.run_id "
    "OR (OLD.state IN ('OUT', 'BACK') AND NEW.state <> OLD.state) OR (OLD.state = 'ARRIVED' AND NEW.state NOT IN ('ARRIVED', 'BACK'))"
)
# (trigger, table, verb, when it refuses, what it says)
RULES = (
    ("payment_run_stands", "payment_run", "UPDATE", RUN_STANDS, "what was confirmed in a run stands"),
    ("payment_run_forward", "payment_run", "UPDATE", RUN_FORWARD, "there is no way back for a run"),
    ("payment_run_stays", "payment_run", "DELETE", "1 = 1", "a run is never removed"),
    ("run_item_stands", "run_item", "UPDATE", ITEM_STANDS, "a payment in a run stands as it was chosen"),
    ("run_item_stays", "run_item", "DELETE", "1 = 1", "a payment in a run is never removed"),
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
    for name, table, *_ in RULES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


class Migration(migrations.Migration):
    dependencies = [("runs", "0001_initial")]
    operations = [migrations.RunPython(put, drop)]
