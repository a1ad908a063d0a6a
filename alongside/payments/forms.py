"""What is asked when money moves, and where it goes. Nothing here saves."""

import re

from django import forms

from alongside.design.forms import DayField, Form, OnceForm


class ApproveForm(OnceForm):
    """From which fund; asked only where there are several."""

    fund_id = forms.TypedChoiceField(label="Which fund pays?", coerce=int, empty_value=None, widget=forms.RadioSelect)

    def __init__(self, *args, funds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fund_id"].choices = [(fund.pk, fund.name) for fund in funds]
        if len(self.fields["fund_id"].choices) < 2:
            del self.fields["fund_id"]


class SendForm(OnceForm):
    """When it left, and under which reference."""

    on = DayField(label="On which day did it leave?")
    reference = forms.CharField(
        label="What is its reference?",
        help_text="From the bank, or the number of the slip.",
        max_length=40,
        required=False,
    )


class HoldForm(Form):
    """Why a payment waits."""

    words = forms.CharField(
        label="Why does it wait?", help_text="The person reads this. Say what happens next.", max_length=300
    )


class WaitForm(Form):
    """Why I want it to wait; it may be left empty."""

    words = forms.CharField(
        label="What shall we write beside it?",
        help_text="People who pay can read this. You need not say why.",
        initial="The person asked for it to wait.",
        max_length=300,
    )


class ArriveForm(Form):
    """When it arrived."""

    on = DayField(label="On which day did it arrive?")


class PayeeForm(OnceForm):
    """An account, in the form that banks of the United Kingdom use."""

    name = forms.CharField(
        label="What is the name on the account?", help_text="It need not be the name that we show.", max_length=140
    )
    sort_code = forms.CharField(
        label="What is the sort code?", help_text="Six figures, like 20-04-15.", max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    account = forms.CharField(
        label="What is the account number?", help_text="Eight figures. When yours has seven, write a 0 before it.",
        max_length=20, widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_sort_code(self):
        return self.figures("sort_code", 6, "A sort code has six figures, like 20-04-15.")

    def clean_account(self):
        return self.figures("account", 8, "An account number has eight figures.")

    def figures(self, name, count, words):
        """Only the figures of what was typed; a ValidationError when there are not exactly so many."""
        found = re.sub(r"[\s-]", "", self.cleaned_data[name])
        if not re.fullmatch(rf"[0-9]{{{count}}}", found):
            raise forms.ValidationError(words)
        return found
