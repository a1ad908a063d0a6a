"""The database itself refuses to change or remove a claim, a declining, and what was shown outside."""

from django.db import migrations

from alongside.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("labels", "0001_initial")]
    operations = [
        migrations.RunPython(guard(table), unguard(table)) for table in ("label_claim", "label_declined", "label_shown")
    ]
