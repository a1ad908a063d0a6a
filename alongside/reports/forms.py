"""Forms of yearly pages."""

from django import forms

from alongside.design.forms import Form, OnceForm, speak_plainly
from alongside.reports.states import EARLIEST


class YearsForm(Form):
    """Whole years with an exclusive end, named `from` and `to` in the address.

    began, this_year: between these years somebody may choose.
    """

    def __init__(self, *args, began, this_year, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(max(min(began, this_year), EARLIEST), this_year + 1)
        self.fields["from"] = _year("From the beginning of", years)
        self.fields["to"] = _year("Up to the beginning of", [year + 1 for year in years])

    def clean(self):
        data = super().clean()
        if data.get("from") and data.get("to") and data["to"] <= data["from"]:
            self.add_error("to", "Choose a year after the first one.")
        return data


def _year(label, years):
    field = forms.TypedChoiceField(label=label, coerce=int, choices=[(year, str(year)) for year in years])
    speak_plainly(field)
    return field


class LinkForm(OnceForm):
    words = forms.CharField(label="Which policy, plan or promise?", max_length=200, help_text="Its name and its year.")
    asks = forms.CharField(
        label="What does it ask of us?", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    url = forms.URLField(label="Where can people read it?", max_length=400, required=False, assume_scheme="https")
