"""What is asked about funds, cash, vouchers and days off. Nothing here saves."""

from django import forms

from alongside.calculations.money import pounds
from alongside.design.forms import DayField, Form, LinesField, MoneyField, OnceForm, in_our_money
from alongside.ledger.states import FloatKind

MOST_LINE = 1_000_000_000  # ten million in one line of a fund
MOST_CASH = 1_000_000  # ten thousand in one box
SPLIT = "|"


class FundForm(OnceForm):
    """A fund and its days."""

    name = forms.CharField(label="What is the fund called?", max_length=120)
    from_on = DayField(label="From which day may it be spent?", required=False)
    to_on = DayField(label="From which day no more?", required=False)
    lines = LinesField(
        label="What does it have?",
        help_text=in_our_money(
            "One line for each purpose, like: Pay for taking part | {} | CC104. The code at the end may be left out.",
            400_000,
        ),
        required=False,
    )

    def clean_lines(self):
        return [self.line(number, text) for number, text in enumerate(self.cleaned_data["lines"] or [], 1)]

    @staticmethod
    def line(number, text):
        """(words, code, pence) of one written line; a ValidationError that names the line when it cannot be read."""
        words, amount, code = ([part.strip() for part in text.split(SPLIT)] + ["", "", ""])[:3]
        if not words or not amount:
            raise forms.ValidationError(
                f"Line {number} needs two parts, like: Pay for taking part | {pounds(400_000)}."
            )
        try:
            return words[:160], code[:40], MoneyField(least=1, most=MOST_LINE).clean(amount)
        except forms.ValidationError as wrong:
            raise forms.ValidationError(f"Line {number}: {wrong.messages[0]}") from wrong

    def clean(self):
        said = super().clean()
        if said.get("from_on") and said.get("to_on") and said["to_on"] <= said["from_on"]:
            self.add_error("to_on", "Write a day after the first one.")
        return said


class LineForm(OnceForm):
    """One line more for a fund."""

    words = forms.CharField(label="What is it for?", max_length=160)
    pence = MoneyField(label="How much is there?", least=1, most=MOST_LINE)
    code = forms.CharField(label="Which code does finance use?", max_length=40, required=False)


class DaysForm(Form):
    """The days between which a fund may be spent."""

    from_on = DayField(label="From which day may it be spent?", required=False)
    to_on = DayField(label="From which day no more?", required=False)


class CashForm(OnceForm):
    """What happened to a box of cash, and who was there."""

    kind = forms.ChoiceField(label="What happened?", choices=FloatKind, widget=forms.RadioSelect)
    pence = MoneyField(label="How much?", help_text="Of a count: what was found in the box.", least=0, most=MOST_CASH)
    second = forms.TypedChoiceField(
        label="Who else was there?", help_text="They received it, saw it counted or handed it back.", coerce=int,
    )  # fmt: skip

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["second"].choices = [("", "Choose a person"), *people]


class VouchersForm(OnceForm):
    """Vouchers that were bought."""

    shop = forms.CharField(label="Which shop?", max_length=120)
    each_pence = MoneyField(label="What is one worth?", least=1, most=50_000)
    count = forms.IntegerField(label="How many?", min_value=1, max_value=1000)


class BankHolidaysForm(Form):
    """Of which place and which year the bank holidays are looked at."""

    place = forms.ChoiceField(label="The bank holidays of", widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label="In which year?", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, places, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places
        self.fields["year"].choices = [(year, str(year)) for year in years]


class BankHolidaysYesForm(OnceForm):
    """Yes to the bank holidays of a place and a year that were shown."""

    place = forms.ChoiceField(widget=forms.HiddenInput)
    year = forms.IntegerField(min_value=1900, max_value=2199, widget=forms.HiddenInput)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places


class DaysOffForm(OnceForm):
    """Days on which nobody works."""

    days = LinesField(
        label="On which days does nobody work?",
        help_text="One line for each day, like: 25 December 2026 | Christmas.",
    )

    def clean_days(self):
        return [self.day(number, text) for number, text in enumerate(self.cleaned_data["days"], 1)]

    @staticmethod
    def day(number, text):
        """(day, words) of one written line; a ValidationError that names the line when it cannot be read."""
        day, _, words = text.partition(SPLIT)
        try:
            return DayField().clean(day.strip()), words.strip()[:120]
        except forms.ValidationError as wrong:
            raise forms.ValidationError(f"Line {number}: {wrong.messages[0]}") from wrong
