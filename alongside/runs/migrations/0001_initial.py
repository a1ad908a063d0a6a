import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("payments", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OurAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("name", models.CharField(max_length=70)),
                (
                    "bank_file",
                    models.CharField(help_text="Id of the content that says which file the bank takes.", max_length=60),
                ),
                ("last_figures", models.CharField(max_length=4)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sealed", models.BinaryField(help_text="Sort code and account, or IBAN and BIC; AES-256-GCM.")),
                ("made_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "db_table": "paying_account",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="1, 2, 3 in its organisation.")),
                ("currency", models.CharField(max_length=3)),
                ("bank_file", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=18, unique=True)),
                ("pay_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("CHOSEN", "To be checked"),
                            ("CONFIRMED", "Ready for the bank"),
                            ("SENT", "With the bank"),
                            ("DONE", "Finished"),
                            ("CANCELLED", "Cancelled"),
                        ],
                        default="CHOSEN",
                        max_length=9,
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                ("pence", models.PositiveBigIntegerField(help_text="The whole run, in hundredths of its currency.")),
                ("chosen_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "sha256",
                    models.CharField(
                        blank=True, help_text="Of the file, as it was when it was confirmed.", max_length=64
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Of the file, in bytes.")),
                ("taken_at", models.DateTimeField(help_text="When the file was last fetched.", null=True)),
                ("sent_on", models.DateField(help_text="The day on which the bank got the file.", null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(help_text="Finished or cancelled.", null=True)),
                (
                    "ended_words",
                    models.CharField(
                        blank=True,
                        help_text="Of a cancelled run whose file was fetched: how it is known that the bank does not have it.",
                        max_length=300,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="runs.ouraccount"
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "payment_run",
            },
        ),
        migrations.CreateModel(
            name="RunItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=18, unique=True)),
                ("pence", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("IN", "In the run"),
                            ("OUT", "Taken out"),
                            ("ARRIVED", "Arrived"),
                            ("BACK", "Sent back by the bank"),
                        ],
                        default="IN",
                        max_length=7,
                    ),
                ),
                ("settled_on", models.DateField(help_text="The bank's own day: arrived, or sent back.", null=True)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.payment"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="runs.run"),
                ),
            ],
            options={
                "db_table": "run_item",
            },
        ),
        migrations.CreateModel(
            name="StatementIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=60)),
                ("lines", models.PositiveIntegerField()),
                ("known", models.PositiveIntegerField(help_text="Lines that an earlier statement had already.")),
                ("others", models.PositiveIntegerField(help_text="Lines about something else.")),
                (
                    "refused",
                    models.JSONField(help_text="[number of the line, reason] of each line that could not be read."),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "db_table": "bank_statement",
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("pence", models.BigIntegerField(help_text="Minus went out, plus came in.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PAID", "Paid"),
                            ("BACK", "Sent back"),
                            ("ASK", "For somebody to look at"),
                            ("NOT_OURS", "Not one of ours"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="The bank's own words, until somebody has answered.", max_length=200
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="Why somebody has to look.", max_length=120)),
                (
                    "codes",
                    models.CharField(
                        help_text="Of the payments or the run that it is or may be about.", max_length=220
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="runs.statementin"
                    ),
                ),
            ],
            options={
                "db_table": "bank_statement_line",
            },
        ),
        migrations.AddConstraint(
            model_name="ouraccount",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                models.F("currency"),
                condition=models.Q(("replaced_at", None)),
                name="paying_account_current_once",
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["organisation", "state"], name="payment_run_of_organisation"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                models.F("organisation"), models.F("number"), name="payment_run_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("chosen_by")), _negated=True),
                    _connector="OR",
                ),
                name="payment_run_chosen_and_confirmed_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("CONFIRMED", "SENT", "DONE")), _negated=True),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        ("count__gt", 0),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="payment_run_confirmed_says_by_whom_and_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sent_at__isnull", False),
                        ("sent_by__isnull", False),
                        ("sent_on__isnull", False),
                        ("state__in", ["SENT", "DONE"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["SENT", "DONE"]), _negated=True),
                        ("sent_at", None),
                        ("sent_by", None),
                        ("sent_on", None),
                    ),
                    _connector="OR",
                ),
                name="payment_run_sent_says_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="runitem",
            constraint=models.UniqueConstraint(models.F("run"), models.F("place"), name="run_item_place_once"),
        ),
        migrations.AddConstraint(
            model_name="runitem",
            constraint=models.UniqueConstraint(
                models.F("payment"),
                condition=models.Q(("state__in", ("IN", "ARRIVED"))),
                name="run_item_payment_in_one_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="runitem",
            constraint=models.CheckConstraint(condition=models.Q(("pence__gt", 0)), name="run_item_some_money"),
        ),
        migrations.AddConstraint(
            model_name="statementin",
            constraint=models.UniqueConstraint(
                models.F("organisation"), models.F("sha256"), name="bank_statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                models.F("organisation"), models.F("mark"), name="bank_statement_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "ASK"), ("words", ""), _connector="OR"),
                name="bank_statement_line_words_until_answered",
            ),
        ),
    ]
