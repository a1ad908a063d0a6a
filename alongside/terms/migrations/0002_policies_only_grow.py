"""The database itself refuses to change a payment policy, or words that were tried for one."""

from django.db import migrations

from alongside.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("terms", "0001_initial")]
    operations = [
        migrations.RunPython(guard("policy_wording"), unguard("policy_wording")),
        migrations.RunPython(guard("payment_policy"), unguard("payment_policy")),
        migrations.RunPython(guard("payment_policy_point"), unguard("payment_policy_point")),
    ]
