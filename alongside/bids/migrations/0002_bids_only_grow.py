"""The database itself refuses to change what a bid said, or where it was used again."""

from django.db import migrations

from alongside.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("bids", "0001_initial")]
    operations = [
        migrations.RunPython(guard("bid_text"), unguard("bid_text")),
        migrations.RunPython(guard("bid_reuse"), unguard("bid_reuse")),
    ]
