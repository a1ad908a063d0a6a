"""The database itself refuses to change an answer, or from when on a sheet was shown."""

from django.db import migrations

from alongside.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("candour", "0001_initial")]
    operations = [
        migrations.RunPython(guard("open_answer"), unguard("open_answer")),
        migrations.RunPython(guard("open_sheet_shown"), unguard("open_sheet_shown")),
    ]
