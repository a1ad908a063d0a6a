"""The database itself refuses to change or remove what was offered."""

from django.db import migrations

STANDS = (
    "initiative_id", "to_id", "task", "activity_on", "minutes", "work_minutes", "prep_minutes", "debrief_minutes",
    "rest_minutes", "from_gathering_id", "from_advert_id", "costs_only", "fund_line_id", "line_id", "rate_words", "pay_pence", "costs_pence",
    "costs_words", "pence", "unpaid", "same_day", "replaces_id", "made_at", "made_by_id",
)  # fmt: skip


def put(apps, schema_editor):
    other = "IS DISTINCT FROM" if schema_editor.connection.vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"OLD.{name} {other} NEW.{name}" for name in STANDS)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION offer_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'what was offered stands' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER offer_stands BEFORE UPDATE ON offer FOR EACH ROW WHEN ({changed}) "
            "EXECUTE FUNCTION offer_stands()"
        )
        schema_editor.execute(
            "CREATE TRIGGER offer_stays BEFORE DELETE ON offer FOR EACH ROW EXECUTE FUNCTION offer_stands()"
        )
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'what was offered stands'); END"
    schema_editor.execute(f"CREATE TRIGGER offer_stands BEFORE UPDATE ON offer WHEN {changed} {refuse}")
    schema_editor.execute(f"CREATE TRIGGER offer_stays BEFORE DELETE ON offer {refuse}")


def drop(apps, schema_editor):
    on = " ON offer" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("offer_stands", "offer_stays"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]
    operations = [
        migrations.RunPython(put, drop),
    ]
