"""What is asked when money leaves in a run, and when a statement comes in. Nothing here saves."""

import re

from django import forms
from stdnum import iban as ibans

from alongside.calculations.payment_file import FromAccount
from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning

SHORT = {"class": "short", "autocomplete": "off"}
NONE = "none"
MOST_BYTES = 20 * 1024 * 1024


class Ticks(forms.TypedMultipleChoiceField):
    """Keys of what was ticked. Whether each may still be chosen is asked when it is done, not here: of a second press
    nothing is left to choose, and it shall show what the first one made."""

    default_error_messages = {"required": "Choose at least one payment.", "invalid_choice": "Look at the list again."}

    def valid_value(self, value):
        return str(value).isascii() and str(value).isdecimal()


class ChooseForm(OnceForm):
    """Which payments leave together, and on which day. rows: (key, name on the account, what stands under it) each."""

    chosen = Ticks(label="Which payments leave together?", coerce=int, widget=forms.CheckboxSelectMultiple)
    pay_on = DayField(label="On which day shall the bank pay?")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(pk, choice_with_meaning(name, under)) for pk, name, under in rows]


class AccountForm(OnceForm):
    """The organisation's own account, and the file that its bank takes."""

    name = forms.CharField(label="What is the name on your own account?", max_length=70)
    sort_code = forms.CharField(
        label="What is its sort code?", help_text="Six figures, like 20-04-15.", max_length=20,
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
    )  # fmt: skip
    account = forms.CharField(
        label="What is its account number?", help_text="Eight figures.", max_length=20,
        widget=forms.TextInput(attrs=SHORT | {"inputmode": "numeric"}),
    )  # fmt: skip
    iban = forms.CharField(
        label="What is its IBAN?", help_text="The international account number, like IE29 AIBK 9311 5212 3456 78.",
        max_length=42, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    bic = forms.CharField(
        label="What is its BIC?", help_text="The bank’s own code, eight or eleven letters and figures.", max_length=11,
        required=False, widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    bank_file = forms.ChoiceField(label="Which file does your bank take?", widget=forms.RadioSelect)

    def __init__(self, *args, currency, files, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("iban", "bic") if currency == "GBP" else ("sort_code", "account"):
            del self.fields[name]
        self.fields["bank_file"].choices = [(f.id, choice_with_meaning(f.words, f.means)) for f in files]

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

    def clean_iban(self):
        found = ibans.compact(self.cleaned_data["iban"])
        if not ibans.is_valid(found):
            raise forms.ValidationError("Look at it letter by letter: its two check figures do not fit the rest.")
        return found

    def clean_bic(self):
        return self.cleaned_data["bic"].strip().upper()

    def own_account(self):
        """The FromAccount that was typed."""
        names = ("name", "sort_code", "account", "iban", "bic")
        return FromAccount(**{name: self.cleaned_data.get(name, "") for name in names})


class SentForm(Form):
    """When the bank got the file."""

    on = DayField(label="On which day did the bank get the file?")


class CancelForm(OnceForm):
    """Whether a run is cancelled; of one whose file was fetched, how it is known that the bank does not have it."""

    words = forms.CharField(
        label="How do you know that the bank does not have the file?", max_length=300,
        help_text="Like: I looked at the bank’s own list today, and it is not there. Whoever checks the money can read this.",
    )  # fmt: skip

    def __init__(self, *args, fetched, **kwargs):
        super().__init__(*args, **kwargs)
        if not fetched:
            del self.fields["words"]


class BackForm(OnceForm):
    """What the bank said of one payment that it sent back."""

    words = forms.CharField(
        label="What did the bank say?", help_text="The person and who leads can read this.", max_length=300
    )


class StatementForm(Form):
    """A statement of the bank, as a file."""

    file = forms.FileField(
        label="Choose the statement, or the bank’s answer to a file",
        help_text="A statement as camt.053 (XML) or CSV, an answer as pain.002 (XML), up to 20 megabytes. Lines about "
        "other things are not kept.",
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError("The file is bigger than 20 megabytes.")
        return self.cleaned_data["file"]


class LineForm(Form):
    """What a line of a statement is."""

    code = forms.ChoiceField(
        label="What is it?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one of those shown."},
    )  # fmt: skip

    def clean_code(self):
        return "" if self.cleaned_data["code"] == NONE else self.cleaned_data["code"]

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [*candidates, (NONE, "None of these")]
