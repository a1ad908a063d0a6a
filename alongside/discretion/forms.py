"""What is asked about somebody who should not know. Nothing here saves."""

from django import forms

from alongside.design.forms import OnceForm, choice_with_meaning
from alongside.discretion.states import MOST_NAME


class NameForm(OnceForm):
    """One name, and whether who leads is to ask first."""

    name = forms.CharField(
        label="Who should not know?",
        help_text="Their name as people here would write it. Nobody asks why.",
        max_length=MOST_NAME,
    )
    ask_me = forms.ChoiceField(
        label="Before somebody of this name is asked to a table where you sit",
        widget=forms.RadioSelect,
        choices=[
            (
                "yes",
                choice_with_meaning(
                    "Ask the table first",
                    "Who leads hears that somebody wants to be asked, not who. At a small table they may guess.",
                ),
            ),
            ("no", choice_with_meaning("Say nothing to anybody", "This stays a note for you alone.")),
        ],
    )

    def clean_ask_me(self):
        return self.cleaned_data["ask_me"] == "yes"
