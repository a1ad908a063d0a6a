"""The database itself refuses to change or remove a journal line."""

from django.db import migrations

from alongside.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(guard("journal_line"), unguard("journal_line"))]
