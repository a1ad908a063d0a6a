"""What is asked about an account. Nothing here saves."""

import re

from django import forms
from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError as NotValid

from alongside.calculations.content import is_reached
from alongside.calculations.money import code
from alongside.design.forms import Form, OnceForm
from alongside.payees.permissions import NOT_REACHED

NOT_ASKED = {"GBP": ("iban", "bic"), "EUR": ("sort_code", "account")}
NO_IBAN = "This is an international number (IBAN). We pay in pounds, to a sort code and account number."
SHORT = {"class": "short", "inputmode": "numeric", "autocomplete": "off"}


class PayeeForm(OnceForm):
    """An account: sort code and account number where the site keeps pounds, an international number where it keeps euro.

    Where it keeps anything else there is no run, and either of them will do.
    """

    name = forms.CharField(
        label="What is the name on the account?", help_text="It need not be the name that we show.", max_length=140
    )
    sort_code = forms.CharField(
        label="What is the sort code?", help_text="Six figures, like 20-04-15.", max_length=20, required=False,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    account = forms.CharField(
        label="What is the account number?", help_text="Eight figures. When yours has seven, write a 0 before it.",
        max_length=20, required=False, widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    iban = forms.CharField(
        label="What is the international number of your account (IBAN)?",
        help_text="It begins with two letters, like IE29 AIBK 9311 5212 3456 78.", max_length=42, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    bic = forms.CharField(
        label="What is the bank’s own code (BIC)?", help_text="You may leave this out.", max_length=14, required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NOT_ASKED.get(code(), ()):
            del self.fields[name]
        needed = {"GBP": ("sort_code", "account"), "EUR": ("iban",)}
        for name in needed.get(code(), ()):
            self.fields[name].required = True

    def clean_sort_code(self):
        return self.figures("sort_code", 6, "A sort code has six figures, like 20-04-15.")

    def clean_account(self):
        return self.figures("account", 8, "An account number has eight figures.")

    def figures(self, name, count, words):
        """Only the figures of what was typed; a ValidationError when there are not exactly so many."""
        found = re.sub(r"[\s-]", "", self.cleaned_data[name])
        if re.match(r"[A-Za-z]{2}[0-9]{2}", found):
            raise forms.ValidationError(NO_IBAN)
        if found and not re.fullmatch(rf"[0-9]{{{count}}}", found):
            raise forms.ValidationError(words)
        return found

    def clean_iban(self):
        words = "One of these letters or figures is not right. Compare it with your card."
        found = self.checked("iban", ibans, words)
        if found and not is_reached(found, code()):
            raise forms.ValidationError([NOT_REACHED.words, NOT_REACHED.help])
        return found

    def clean_bic(self):
        return self.checked("bic", bics, "A bank’s code has 8 or 11 letters and figures, like AIBKIE2D.")

    def checked(self, name, library, words):
        """What was typed in its short form, when the library finds it right; "" for nothing."""
        try:
            return library.validate(self.cleaned_data[name]) if self.cleaned_data[name].strip() else ""
        except NotValid as wrong:
            raise forms.ValidationError(words) from wrong

    def clean(self):
        said = super().clean()
        if {"sort_code", "account", "iban"} & set(self.errors) or "sort_code" not in self.fields:
            return said
        national = [name for name in ("sort_code", "account") if said.get(name)]
        if said.get("iban") and national:
            self.add_error("iban", "Write either this, or a sort code and account number.")
        elif not said.get("iban"):
            for name in {"sort_code", "account"} - set(national):
                self.add_error(name, "This question needs an answer.")
        return said


class CodeForm(Form):
    """The code that came by another way."""

    typed = forms.CharField(
        label="What is the code?", help_text="Six figures.", max_length=12, widget=forms.TextInput(attrs=SHORT)
    )
