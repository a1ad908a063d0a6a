import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RateCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("from_on", models.DateField()),
                (
                    "source",
                    models.CharField(help_text="Where these amounts come from, or who agreed them.", max_length=400),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="What is counted: preparation, cancelled work ...", max_length=400
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
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
            ],
            options={
                "db_table": "rate_card",
            },
        ),
        migrations.CreateModel(
            name="RateLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(help_text="Level or role, in plain words.", max_length=160)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("HOUR", "started hour"),
                            ("THREE", "three hours"),
                            ("HALF_DAY", "half day"),
                            ("DAY", "day"),
                            ("FIXED", "fixed sum"),
                        ],
                        max_length=8,
                    ),
                ),
                ("prepared", models.BooleanField(default=False, help_text="Getting ready is in this amount already.")),
                ("chairs", models.BooleanField(default=False, help_text="For who chairs or leads it.")),
                (
                    "least_minutes",
                    models.PositiveSmallIntegerField(default=0, help_text="At least so much time is paid."),
                ),
                ("pence", models.PositiveIntegerField(help_text="Whole pence, or cents, in the currency of the site.")),
                ("note", models.CharField(blank=True, help_text="What is unsure about it.", max_length=300)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rates.ratecard"
                    ),
                ),
            ],
            options={
                "db_table": "rate_line",
            },
        ),
        migrations.AddConstraint(
            model_name="ratecard",
            constraint=models.UniqueConstraint(
                models.F("organisation"), models.F("version"), name="rate_card_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rateline",
            constraint=models.UniqueConstraint(
                models.F("card"),
                models.F("words"),
                models.F("unit"),
                models.F("prepared"),
                models.F("chairs"),
                name="rate_line_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rateline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gt", 0), ("pence__lte", 500000)), name="rate_line_some_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="rateline",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_minutes__lte", 480)), name="rate_line_least_is_a_time"
            ),
        ),
    ]
