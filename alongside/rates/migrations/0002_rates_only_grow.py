"""The database itself refuses to change a rate card."""

from django.db import migrations

from alongside.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("rates", "0001_initial")]
    operations = [
        migrations.RunPython(guard("rate_card"), unguard("rate_card")),
        migrations.RunPython(guard("rate_line"), unguard("rate_line")),
    ]
