"""Forms of agreements."""

from django import forms

from alongside.agreements.states import MEANING, Answer
from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning


class ClauseForm(OnceForm):
    heading = forms.CharField(label="What is it about?", max_length=120, help_text="A few words, like “How we decide”.")
    words = forms.CharField(
        label="What do we agree?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Write it the way you would say it to each other.",
    )


class ProposeForm(Form):
    why = forms.CharField(
        label="Why do the words change?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For a first version: how did you come to these words?",
    )  # fmt: skip
    review_on = DayField(label="When do we look at it again?")


class AnswerForm(Form):
    answer = forms.ChoiceField(
        label="What do you say to this version?",
        widget=forms.RadioSelect,
        choices=[(each.value, choice_with_meaning(each.label, MEANING[each])) for each in Answer],
    )
    worry = forms.CharField(
        label="Your worry, or what must change",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody at this table can read it.",
    )

    def clean(self):
        data = super().clean()
        if data.get("answer") in {Answer.WORRY, Answer.NOT_YET} and not data.get("worry"):
            self.add_error("worry", "Say it in a few words, so that the others can act on it.")
        return data


class InForceForm(Form):
    reason = forms.CharField(
        label="Why does it begin before everybody has said yes?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="It stands beside the agreement for all to read.",
    )  # fmt: skip
