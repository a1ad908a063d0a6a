"""What is asked when a table answers a question about itself. Nothing here saves."""

from django import forms

from alongside.candour.states import MOST_WORDS
from alongside.design.forms import OnceForm


class AnswerForm(OnceForm):
    """One of the answers, own words, or both. Neither takes back what was said."""

    choice = forms.ChoiceField(label="What do you say?", widget=forms.RadioSelect, required=False)
    words = forms.CharField(
        label="In your own words",
        help_text="Leave everything empty to take your answer back. What you said before stays in the record.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST_WORDS,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        if choices:
            none = ("", "None of these")
            self.fields["choice"].choices = [*((each.id, each.words) for each in choices), none]
        else:
            del self.fields["choice"]
