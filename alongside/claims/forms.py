"""What is asked when somebody claims, adds a receipt, writes down for somebody, sets the list or logs. Nothing saves."""

from django import forms

from alongside.calculations.money import pounds
from alongside.calculations.pictures import MOST_BYTES
from alongside.claims.states import (
    BY_DISTANCE,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_PENCE,
    MOST_TENTHS,
    TOLD_BY,
    Expected,
    LogKind,
    Per,
)
from alongside.contributions.states import Method
from alongside.design.forms import (
    DayField,
    Form,
    LinesField,
    MoneyField,
    OnceForm,
    choice_with_meaning,
    in_our_money,
    speak_plainly,
)
from alongside.design.states import day_words

SPLIT = "|"
PER_WORDS = {per.label: per for per in Per}
BY_CHOICE, UNPAID = "choice", "unpaid"
WAYS = [
    (Method.BANK.value, choice_with_meaning("By bank", "To your account.")),
    (Method.CASH.value, choice_with_meaning("In cash", "Handed to you, against a signature.")),
    (Method.PREPAID.value, choice_with_meaning("Pay them, not me", "The company or person who did it for you.")),
]


WAY_WORDS = {Method.BANK.value: "by bank", Method.CASH.value: "in cash", Method.PREPAID.value: "we pay them, not you"}


class CostsForm(OnceForm):
    """Costs of one day, from the list that holds on it. Everything may be left empty."""

    items = forms.MultipleChoiceField(label="What did you pay?", required=False, widget=forms.CheckboxSelectMultiple)
    method = forms.ChoiceField(
        label="How do your costs come back?", help_text="Only needed when there are costs.", required=False,
        widget=forms.RadioSelect, choices=WAYS,
    )  # fmt: skip
    provider = forms.CharField(
        label="Who do we pay?", help_text="Only if we pay them, not you.", max_length=160, required=False
    )

    def __init__(self, *args, held, mileage, waiting=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        each = [item for item in held if item.per == Per.TIME]
        self.fields["items"].choices = [(item.pk, f"{item.words}: {pounds(item.pence)}") for item in each]
        if not each:
            del self.fields["items"]
        self.by_hour = [item for item in held if item.per == Per.HOUR]
        for item in self.by_hour:
            self.fields[f"hours-{item.pk}"] = forms.IntegerField(
                label=f"{item.words}: how many hours?", help_text=f"{pounds(item.pence)} each.", required=False,
                min_value=0, max_value=MOST_HOURS, widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
            )  # fmt: skip
        self.mileage = mileage
        for vehicle in mileage.vehicles:
            self.fields[f"miles-{vehicle.key}"] = forms.DecimalField(
                label=f"{vehicle.words}: how many {mileage.per}s, there and back?",
                help_text=f"{vehicle.each_words} each.", required=False, min_value=0, max_value=MOST_TENTHS // 10,
                decimal_places=1, widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
                error_messages={"invalid": "Write a number, like 12 or 12.5.", "max_decimal_places": "Write it like 12.5."},
            )  # fmt: skip

        for field in self.counted:
            speak_plainly(field.field)

    @property
    def ticks(self):
        """The fixed costs to tick, or nothing."""
        return [self["items"]] if "items" in self.fields else []

    @property
    def counted(self):
        """The fields for hours and distance."""
        return [self[name] for name in self.fields if name.startswith(("hours-", "miles-"))]

    @property
    def counted_open(self):
        """Whether something stands in those fields, or is wrong there."""
        return any(field.errors or field.value() for field in self.counted)

    @property
    def way_words(self):
        """How the costs come back, in words, where that is known beforehand; else nothing."""
        return WAY_WORDS.get(self["method"].value(), "")

    @property
    def way_wrong(self):
        """Whether what was said of it cannot be."""
        return bool(self["method"].errors or self["provider"].errors)

    @property
    def ways(self):
        """The fields of how the costs come back."""
        return [self["method"], self["provider"]]

    def clean(self):
        said = super().clean()
        if not self.errors and not said.get("method") and (self.waiting or self.times() or self.tenths()):
            self.add_error("method", "Choose how your costs come back.")
        if said.get("method") == Method.PREPAID and not said.get("provider"):
            self.add_error("provider", "Say who we pay, or choose bank or cash.")
        return said

    def times(self):
        """{key of an item: times or hours}."""
        ticked = {int(pk): 1 for pk in self.cleaned_data.get("items", ())}
        hours = {item.pk: self.cleaned_data.get(f"hours-{item.pk}") for item in self.by_hour}
        return ticked | {pk: count for pk, count in hours.items() if count}

    def tenths(self):
        """{key of a vehicle: tenths of a mile or kilometre}."""
        said = {one.key: self.cleaned_data.get(f"miles-{one.key}") for one in self.mileage.vehicles}
        return {key: int(far * 10) for key, far in said.items() if far}

    def costs(self):
        """What the operations take."""
        return {
            "items": self.times(), "miles": self.tenths(), "method": self.cleaned_data.get("method", ""),
            "provider": self.cleaned_data.get("provider", ""),
        }  # fmt: skip


WAYS_BEFORE = [
    (Method.ADVANCE.value, choice_with_meaning("I need it before the day, in cash", "Handed to you, against a signature.")),
    (Method.BANK.value, choice_with_meaning("I need it before the day, by bank", "To your account.")),
    (
        Method.PREPAID.value,
        choice_with_meaning("Please pay it straight to who does it", "You lay out nothing. We pay the carer, interpreter or taxi."),
    ),
]  # fmt: skip


class BeforeForm(CostsForm):
    """What a day to come will cost, and how the money comes before it."""

    expected = forms.ChoiceField(
        label="What do you need?", required=False, choices=[("", "Nothing more"), *Expected.choices]
    )
    expected_pence = MoneyField(label="What will it cost, about?", required=False, least=1, most=MOST_PENCE)

    def __init__(self, *args, offers=(), **kwargs):
        super().__init__(*args, **kwargs)
        if "items" in self.fields:
            self.fields["items"].label = "What will you pay?"
        method = self.fields["method"]
        method.label, method.help_text, method.choices, method.required = (
            "How does the money come?",
            "",
            WAYS_BEFORE,
            True,
        )
        method.error_messages["required"] = "Choose how the money comes."
        self.fields["provider"].help_text = "Only if we pay it straight: the name of the company or person."
        if offers:
            self.fields["early"] = forms.MultipleChoiceField(
                label="Your offer has money for costs. Shall it come now?", required=False,
                help_text="It then does not come again with your pay.", widget=forms.CheckboxSelectMultiple,
                choices=[(offer.pk, f"{offer.costs_words or 'Costs'}: {pounds(offer.costs_pence)}") for offer in offers],
                initial=[offer.pk for offer in offers],
            )  # fmt: skip

    @property
    def ticks(self):
        return [self[name] for name in ("early", "items") if name in self.fields]

    @property
    def needs(self):
        """The fields of something that is on no list."""
        return [self["expected"], self["expected_pence"]]

    def clean(self):
        said = super().clean()
        if bool(said.get("expected")) != bool(said.get("expected_pence")) and "expected_pence" not in self.errors:
            self.add_error("expected_pence", "Say both: what you need, and about how much it costs.")
        return said

    def costs(self):
        """What the operation takes."""
        said = self.cleaned_data
        expected = [(said["expected"], said["expected_pence"])] if said.get("expected") else []
        early = {"early": [int(pk) for pk in said["early"]]} if "early" in self.fields else {}
        return super().costs() | {"expected": expected} | early


class WhoToldForm(Form):
    """Who told it, and by which way."""

    channel = forms.ChoiceField(
        label="How did they tell you?",
        widget=forms.RadioSelect,
        choices=[(way.value, way.label.capitalize()) for way in TOLD_BY],
    )
    asked_words = forms.CharField(
        label="Who told you, and when?", help_text="For example: Asha herself, on the phone on Monday.", max_length=200
    )

    @property
    def who(self):
        """The fields of who was asked."""
        return [self["channel"], self["asked_words"]]

    def costs(self):
        """What the operation takes."""
        return super().costs() | {name: self.cleaned_data[name] for name in ("channel", "asked_words")}


class BeforeForSomebodyForm(WhoToldForm, BeforeForm):
    """What a day to come will cost somebody, as they told it."""

    on_paper = ()


class ForSomebodyForm(WhoToldForm, CostsForm):
    """Costs that somebody told by phone, on paper or in person."""

    needs = ()
    paper_words = forms.CharField(
        label="A receipt on paper: what is it for?",
        help_text="Keep the paper with your records.",
        max_length=120,
        required=False,
    )
    paper_pence = MoneyField(label="How much does it say?", required=False, least=1, most=MOST_PENCE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "items" in self.fields:
            self.fields["items"].label = "What did they pay?"
        self.fields["method"].label = "How do they want their costs back?"
        self.fields["provider"].help_text = "Only if we pay somebody else, not them."

    @property
    def on_paper(self):
        """The fields of a receipt on paper."""
        return [self["paper_words"], self["paper_pence"]]

    def clean(self):
        said = super().clean()
        if bool(said.get("paper_words")) != bool(said.get("paper_pence")) and "paper_pence" not in self.errors:
            self.add_error("paper_pence", "Say both: what it is for, and how much.")
        return said

    def paper(self):
        """[(words, pence)] of the receipt on paper."""
        said = self.cleaned_data
        return [(said["paper_words"], said["paper_pence"])] if said.get("paper_words") else []

    def costs(self):
        return super().costs() | {"paper": self.paper()}


class SpentForm(OnceForm):
    """What it cost in the end."""

    pence = MoneyField(
        label="What did it cost in the end?", help_text="As near as you know. No receipt is needed.", least=0, most=MOST_PENCE
    )  # fmt: skip


class DayForm(Form):
    """For which day."""

    on = DayField(label="Which day was it?")


class WhoForm(DayForm):
    """For whom, and for which day."""

    to = forms.ChoiceField(label="Whose costs are they?")
    on = DayField(label="Which day?", help_text="It may be to come: then the money comes before it.")
    field_order = ("to", "on")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose a person"), *people]


class ReceiptForm(OnceForm):
    """A picture of a receipt, what it is for, and what it says."""

    file = forms.FileField(
        label="The receipt",
        help_text="Take a picture, or choose one. JPEG, PNG or WebP, at most 12 megabytes.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    pence = MoneyField(label="How much does it say?", least=1, most=MOST_PENCE)
    words = forms.CharField(
        label="What is it for?", help_text="Only you read this. For example: taxi home.", max_length=120
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("This file is bigger than 12 megabytes. Take a picture of it with your phone.")
        return file


class AskedForm(Form):
    """What somebody said when they were asked whether it is right."""

    answer = forms.ChoiceField(
        label="What did they say?",
        widget=forms.RadioSelect,
        choices=[("yes", "It is right"), ("no", "It is not right")],
    )
    channel = forms.ChoiceField(
        label="How did you ask?",
        widget=forms.RadioSelect,
        choices=[(way.value, way.label.capitalize()) for way in TOLD_BY],
    )
    words = forms.CharField(
        label="Who said so, and when?", help_text="For example: rang her on Monday, she said yes.", max_length=200
    )


class CostListForm(OnceForm):
    """A new version of the list of costs, written as lines."""

    from_on = DayField(label="From which day does it hold?")
    source = forms.CharField(
        label="Where do these sums come from?",
        help_text="A published list, or who agreed them and when.",
        max_length=400,
    )
    lines = LinesField(
        label="The costs",
        help_text=in_our_money(
            "One on each line, like: Bus there and back | each time | {}. "
            "The middle words are each time, hour, mile or kilometre.",
            600,
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_lines(self):
        return [self.line(number, text) for number, text in enumerate(self.cleaned_data["lines"], 1)]

    @staticmethod
    def line(number, text):
        """(words, Per, pence) of one written line; a ValidationError that names the line when it cannot be read."""
        parts = [part.strip() for part in text.split(SPLIT)]
        if len(parts) != 3 or not parts[0] or len(parts[0]) > 120 or parts[1].lower() not in PER_WORDS:
            raise forms.ValidationError(
                f"Line {number} needs three parts, like: Bus there and back | each time | {pounds(600)}."
            )
        try:
            pence = MoneyField(least=1, most=MOST_PENCE).clean(parts[2])
        except forms.ValidationError as wrong:
            raise forms.ValidationError(f"Line {number}: {wrong.messages[0]}") from wrong
        return parts[0], PER_WORDS[parts[1].lower()], pence

    def clean(self):
        said = super().clean()
        units = {per for _, per, _ in said.get("lines", ()) if per in BY_DISTANCE}
        if len(units) > 1:
            self.add_error("lines", "Use either miles or kilometres, not both.")
        return said


def written(lines):
    """Lines of a list of costs, (words, Per, pence) each, as they are written in its form."""
    return [f"{words} {SPLIT} {Per(per).label} {SPLIT} {pounds(pence)}" for words, per, pence in lines]


class LogForm(OnceForm):
    """What somebody gave: short enough for half a minute."""

    kind = forms.ChoiceField(label="What was it?", widget=forms.RadioSelect, choices=LogKind.choices)
    minutes = forms.IntegerField(
        label="How many minutes?",
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    on = DayField(label="Which day?")
    initiative = forms.ChoiceField(label="At which table?", required=False)
    pay = forms.ChoiceField(label="Is there money for it?", widget=forms.RadioSelect)
    words = forms.CharField(label="A few words about it", max_length=200, required=False)
    private = forms.BooleanField(label="Only for me: it counts in no total", required=False)

    def __init__(self, *args, tables, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.tables = {str(table.pk): table for table in tables}
        self.offers = {str(offer.pk): offer for offer in offers}
        names = [(pk, table.name) for pk, table in self.tables.items()]
        self.fields["initiative"].choices = [*names, ("", "None of these")]
        self.fields["pay"].choices = [
            (UNPAID, choice_with_meaning("Nobody offered money", "It shows where work is unpaid.")),
            (BY_CHOICE, choice_with_meaning("I give it, by choice", "I want no money for it.")),
            *(
                (pk, f"Part of: {offer.task}, {day_words(offer.activity_on, weekday=False)}")
                for pk, offer in self.offers.items()
            ),
        ]

    def entry(self):
        """What the operation takes."""
        said = dict(self.cleaned_data)
        pay = said.pop("pay")
        said.pop("once")
        said["initiative"] = self.tables.get(said["initiative"])
        return said | {"by_choice": pay == BY_CHOICE, "offer": self.offers.get(pay)}
