import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("gatherings", "0001_initial"),
        ("initiatives", "0001_initial"),
        ("ledger", "0001_initial"),
        ("people", "0001_initial"),
        ("rates", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=300)),
                ("activity_on", models.DateField(help_text="The day of the work; the promise counts from here.")),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        help_text="All of it: the work, getting ready, talking afterwards, rest."
                    ),
                ),
                ("work_minutes", models.PositiveIntegerField(help_text="The work itself.")),
                ("prep_minutes", models.PositiveIntegerField(default=0, help_text="Getting ready before it.")),
                ("debrief_minutes", models.PositiveIntegerField(default=0, help_text="Talking about it afterwards.")),
                ("rest_minutes", models.PositiveIntegerField(default=0, help_text="Getting over it.")),
                (
                    "rate_words",
                    models.CharField(help_text="The rate as it stood when the offer was made.", max_length=300),
                ),
                ("pay_pence", models.PositiveIntegerField(help_text="For the work: whole pence, or cents.")),
                (
                    "costs_pence",
                    models.PositiveIntegerField(default=0, help_text="For costs, without receipts: whole pence."),
                ),
                ("costs_words", models.CharField(blank=True, max_length=300)),
                (
                    "early_pence",
                    models.PositiveIntegerField(
                        default=0, help_text="Of the costs, what comes before the day, apart from the pay."
                    ),
                ),
                ("pence", models.PositiveIntegerField(help_text="All of it: whole pence, or cents.")),
                (
                    "unpaid",
                    models.BooleanField(
                        default=False, help_text="Asks for work without money; confirmed by who asked."
                    ),
                ),
                ("same_day", models.BooleanField(default=False, help_text="Cash on the day, no reason asked.")),
                ("costs_only", models.BooleanField(default=False, help_text="Brings back costs; asks for no work.")),
                ("approver_words", models.CharField(max_length=160)),
                ("ask_words", models.CharField(help_text="Who to ask about this offer.", max_length=200)),
                ("promised_on", models.DateField(help_text="The day by which the money is there.")),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("MADE", "Waiting for an answer"),
                            ("ACCEPTED", "Accepted"),
                            ("PART", "Accepted in part"),
                            ("LATER", "To be asked again later"),
                            ("DECLINED", "Declined with thanks"),
                            ("GIVEN", "Accepted, and the money given away"),
                            ("DONE", "Work done"),
                            ("REPLACED", "Replaced by a new offer"),
                        ],
                        default="MADE",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SCREEN", "on a screen"),
                            ("PAPER", "on paper"),
                            ("PHONE", "by phone"),
                            ("IN_PERSON", "in person"),
                            ("ASSISTED", "with a helper"),
                        ],
                        max_length=9,
                    ),
                ),
                ("accepted_pence", models.PositiveIntegerField(help_text="What the person said yes to.", null=True)),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("BANK", "Bank transfer"),
                            ("CASH", "Cash"),
                            ("VOUCHER", "Voucher for a shop that you name"),
                            ("PREPAID", "Paid straight to who provides it"),
                            ("ADVANCE", "Before the day, in cash"),
                            ("TIME", "Time credit, no money"),
                            ("GIFT", "Given away"),
                            ("NONE", "No money"),
                        ],
                        max_length=7,
                    ),
                ),
                ("shop", models.CharField(blank=True, max_length=120)),
                (
                    "provider",
                    models.CharField(
                        blank=True, help_text="Who is paid straight, for what they provide.", max_length=160
                    ),
                ),
                ("given_to", models.CharField(blank=True, max_length=160)),
                (
                    "pay_from",
                    models.DateField(help_text="The person wants the first of it on this day or after.", null=True),
                ),
                (
                    "fixed_pence",
                    models.PositiveIntegerField(default=0, help_text="Of it, what is approved or gone: it stands."),
                ),
                (
                    "later_on",
                    models.DateField(help_text="The person wants to be asked again from this day.", null=True),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("done_on", models.DateField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "done_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SCREEN", "on a screen"),
                            ("PAPER", "on paper"),
                            ("PHONE", "by phone"),
                            ("IN_PERSON", "in person"),
                            ("ASSISTED", "with a helper"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "time_given_at",
                    models.DateTimeField(help_text="When the minutes were given; from then on no money.", null=True),
                ),
                (
                    "money",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not looked at yet"),
                            ("APPROVED", "Approved"),
                            ("HELD", "On hold"),
                            ("SENT", "Sent"),
                            ("ARRIVED", "Arrived"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("approved_on", models.DateField(null=True)),
                ("sent_on", models.DateField(null=True)),
                ("arrived_on", models.DateField(null=True)),
                ("held_words", models.CharField(blank=True, max_length=300)),
                (
                    "approver",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "from_advert",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="initiatives.advert",
                    ),
                ),
                (
                    "from_gathering",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gatherings.gathering",
                    ),
                ),
                (
                    "fund_line",
                    models.ForeignKey(
                        help_text="What pays for it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.fundline",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiatives.initiative"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rates.rateline"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contributions.offer",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "db_table": "offer",
            },
        ),
        migrations.CreateModel(
            name="OfferPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("pence", models.PositiveIntegerField(help_text="Whole pence, or cents, in the currency of the site.")),
                ("from_on", models.DateField(help_text="The person wants it on this day or after.", null=True)),
                (
                    "money",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not looked at yet"),
                            ("APPROVED", "Approved"),
                            ("HELD", "On hold"),
                            ("SENT", "Sent"),
                            ("ARRIVED", "Arrived"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("approved_on", models.DateField(null=True)),
                ("sent_on", models.DateField(null=True)),
                ("arrived_on", models.DateField(null=True)),
                (
                    "back_at",
                    models.DateTimeField(
                        help_text="When the bank last sent it back, until it is sent again.", null=True
                    ),
                ),
                ("held_words", models.CharField(blank=True, max_length=300)),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contributions.offer"
                    ),
                ),
            ],
            options={
                "db_table": "offer_part",
            },
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["to", "state"], name="offer_of_person"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "pence",
                        django.db.models.expressions.CombinedExpression(
                            models.F("pay_pence"), "+", models.F("costs_pence")
                        ),
                    ),
                    ("pence__lte", 500000),
                ),
                name="offer_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("early_pence__lte", models.F("costs_pence")),
                    models.Q(
                        ("accepted_pence", None),
                        (
                            "accepted_pence__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("pence"), "-", models.F("early_pence")
                            ),
                        ),
                        _connector="OR",
                    ),
                ),
                name="offer_comes_early_or_with_the_pay",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("costs_only", False), ("pay_pence", 0), ("unpaid", True)),
                    models.Q(("costs_only", False), ("pay_pence__gt", 0), ("unpaid", False)),
                    models.Q(("costs_only", True), ("pay_pence", 0), ("pence__gt", 0), ("unpaid", False)),
                    _connector="OR",
                ),
                name="offer_unpaid_is_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to", models.F("made_by")), _negated=True), ("costs_only", True), _connector="OR"
                ),
                name="offer_not_to_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "minutes",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("work_minutes"), "+", models.F("prep_minutes")
                                ),
                                "+",
                                models.F("debrief_minutes"),
                            ),
                            "+",
                            models.F("rest_minutes"),
                        ),
                    )
                ),
                name="offer_minutes_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["ACCEPTED", "GIVEN", "PART", "DONE"]), _negated=True),
                    models.Q(
                        ("accepted_pence", 0), ("accepted_pence__isnull", False), ("method__in", ("NONE", "TIME"))
                    ),
                    models.Q(
                        ("accepted_pence__gt", 0),
                        ("accepted_pence__isnull", False),
                        ("accepted_pence__lte", models.F("pence")),
                        models.Q(("method", ""), _negated=True),
                        models.Q(("method__in", ("NONE", "TIME")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="offer_yes_says_how_much_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fixed_pence", 0),
                    models.Q(("accepted_pence__isnull", False), ("fixed_pence__lte", models.F("accepted_pence"))),
                    _connector="OR",
                ),
                name="offer_what_stands_is_part_of_the_yes",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "PREPAID"), _negated=True),
                    models.Q(("provider", ""), _negated=True),
                    _connector="OR",
                ),
                name="offer_straight_payment_names_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "VOUCHER"), _negated=True),
                    models.Q(("shop", ""), _negated=True),
                    _connector="OR",
                ),
                name="offer_voucher_names_its_shop",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("done_at__isnull", False),
                        ("done_by__isnull", False),
                        ("done_on__isnull", False),
                        ("state", "DONE"),
                    ),
                    models.Q(
                        models.Q(("state", "DONE"), _negated=True),
                        ("done_at", None),
                        ("done_by", None),
                        ("done_on", None),
                    ),
                    _connector="OR",
                ),
                name="offer_done_says_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("money", ""), ("state", "DONE"), _connector="OR"),
                name="offer_money_only_after_the_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("time_given_at", None),
                    models.Q(("accepted_pence", 0), ("method", "TIME"), ("state", "DONE")),
                    _connector="OR",
                ),
                name="offer_time_given_is_never_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerpart",
            constraint=models.UniqueConstraint(models.F("offer"), models.F("place"), name="offer_part_place_once"),
        ),
        migrations.AddConstraint(
            model_name="offerpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__lte", 500000)), name="offer_part_of_some_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__gte", 1), ("place__lte", 12)), name="offer_part_has_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="offerpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pence__gt", 0),
                    models.Q(("money__in", ("APPROVED", "SENT", "ARRIVED")), _negated=True),
                    _connector="OR",
                ),
                name="offer_part_money_only_where_some_is",
            ),
        ),
    ]
