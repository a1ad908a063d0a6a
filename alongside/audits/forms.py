"""What is asked when somebody looks back at money. Nothing here saves."""

from django import forms

from alongside.audits.states import BAND_WORDS, BOTH, NO_FUND, OF
from alongside.design.forms import Form


class QuarterForm(Form):
    """Which three months, in the address as `quarter`. quarters: those that can be chosen, newest first."""

    quarter = forms.TypedChoiceField(label="Work done in")

    def __init__(self, *args, quarters, **kwargs):
        super().__init__(*args, **kwargs)
        known = {each.name: each for each in quarters}
        self.fields["quarter"].choices = [(name, each.words) for name, each in known.items()]
        self.fields["quarter"].coerce = known.get


class ListForm(QuarterForm):
    """Which number a list is behind: its quarter, its fund (0 for none), arrived or not, its band."""

    fund = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    of = forms.ChoiceField(choices=OF.items(), required=False)
    band = forms.MultipleChoiceField(choices=BAND_WORDS.items(), required=False)

    def __init__(self, *args, funds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = [(0, NO_FUND), *((fund.pk, fund.name) for fund in funds)]

    def asked(self):
        """(quarter, what else was asked, all of it in words) of a form that is valid."""
        said = self.cleaned_data
        fund = dict(self.fields["fund"].choices).get(said["fund"])
        of = said["of"] or BOTH
        words = [said["quarter"].words, fund, OF[of].lower(), " or ".join(BAND_WORDS[name] for name in said["band"])]
        return said["quarter"], {"fund": said["fund"], "of": of, "bands": said["band"]}, ", ".join(filter(None, words))


class PackForm(Form):
    """What an audit pack is about: a fund, a quarter, or both. funds, quarters: those that can be chosen."""

    fund = forms.TypedChoiceField(label="Which fund?", coerce=int, empty_value=None, required=False)
    quarter = forms.TypedChoiceField(label="Which quarter?", required=False, empty_value=None)
    pictures = forms.BooleanField(
        label="Put in the pictures of receipts",
        required=False,
        help_text="A picture is named by a number, never by a person.",
    )

    def __init__(self, *args, funds, quarters, **kwargs):
        super().__init__(*args, **kwargs)
        known = {each.name: each for each in quarters}
        self.fields["fund"].choices = [("", "All funds"), *((fund.pk, fund.name) for fund in funds)]
        self.fields["quarter"].choices = [("", "All of its time"), *((name, q.words) for name, q in known.items())]
        self.fields["quarter"].coerce = known.get

    def clean(self):
        said = super().clean()
        if not self.errors and said.get("fund") is None and said.get("quarter") is None:
            self.add_error("quarter", "Choose a fund, a quarter, or both.")
        return said
