"""What people write and choose here. A form checks and converts; it saves nothing."""

from django import forms

from alongside.conversations.states import PEOPLE_FLOOR, STEPS_FROM, WORDS_MOST, Choice, OpensFor, Results
from alongside.design.forms import DayField, Form, LinesField, OnceForm, choice_with_meaning

OPENS_FOR = [
    (OpensFor.TABLE, choice_with_meaning("People with a seat here", "Only they see it and answer.")),
    (
        OpensFor.PUBLIC,
        choice_with_meaning(
            "Anybody on the internet", "Guests too. The answers of 30 people or more become open files."
        ),
    ),
]
RESULTS = [
    (Results.AT_CLOSE, choice_with_meaning("Once, when it closes", "Nobody can work out single answers before.")),
    (
        Results.IN_STEPS,
        choice_with_meaning(
            "In steps", f"Only where anybody can answer: from {STEPS_FROM} people on, and then with every five more."
        ),
    ),
]


class OpenForm(OnceForm):
    """A new conversation."""

    question = forms.CharField(
        label="What do you want to ask?", help_text="One open question, in plain words.", max_length=300
    )
    opening = forms.CharField(
        label="What should people know before they answer?",
        help_text="Why you ask, and what will become of the answers.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seeds = LinesField(
        label="Which statements does it start with?",
        help_text="Short sentences that people can agree or disagree with. Write one on each line.",
        required=False,
        longest=WORDS_MOST,
    )
    opens_for = forms.ChoiceField(
        label="Who can answer?",
        help_text="This is shown, and it stays as it is.",
        choices=OPENS_FOR,
        initial=OpensFor.TABLE,
        widget=forms.RadioSelect,
    )
    results = forms.ChoiceField(
        label="When are the results shown?", choices=RESULTS, initial=Results.AT_CLOSE, widget=forms.RadioSelect
    )
    needed = forms.IntegerField(
        label="How many people must answer before numbers are shown?",
        help_text="Five or more. With fewer people, numbers could point at somebody.",
        initial=PEOPLE_FLOOR,
        min_value=PEOPLE_FLOOR,
        max_value=10_000,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    closes_on = DayField(label="Which day is the last day for answers?", required=False)

    def clean(self):
        answers = super().clean()
        if answers.get("results") == Results.IN_STEPS and answers.get("opens_for") == OpensFor.TABLE:
            self.add_error("results", "Steps are only for conversations that anybody can answer.")
        return answers


class StatementForm(OnceForm):
    """Something to say."""

    words = forms.CharField(
        label="What do you want to say?",
        help_text="One thought, so that others can agree or disagree with it.",
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    show_name = forms.BooleanField(
        label="Show my name beside it",
        help_text="Without a tick nobody but the people who lead sees who wrote it.",
        required=False,
    )


class DeclineForm(Form):
    """Why a statement is not put up."""

    reason = forms.CharField(
        label="Why is it not put up?",
        help_text="The person who wrote it reads this. Say what would help.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(Form):
    """One of the three buttons under a statement."""

    statement = forms.IntegerField(min_value=1)
    choice = forms.TypedChoiceField(choices=Choice.choices, coerce=int)
    page = forms.IntegerField(min_value=1, required=False)


class TakeForm(OnceForm):
    """The button that gives a ballot paper."""


class GuestForm(OnceForm):
    """The same, for somebody new."""

    shown_name = forms.CharField(
        label="What name shall we call you?", help_text="Any name you like. You need no account.", max_length=120
    )


class ResumeForm(Form):
    """The code that somebody wrote down."""

    code = forms.CharField(
        label="Which code did you write down?",
        help_text="Twenty letters and figures, like 7K3M-92QA-….",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SheetForm(OnceForm):
    """One paper sheet: for each statement the box that is marked."""

    def __init__(self, *args, statements=(), **kwargs):
        super().__init__(*args, **kwargs)
        for statement in statements:
            self.fields[f"s{statement.pk}"] = forms.TypedChoiceField(
                label=f"{statement.number}. {statement.words}",
                choices=[*Choice.choices, ("", "No box is marked")],
                coerce=int,
                empty_value=None,
                required=False,
                initial="",
                widget=forms.RadioSelect,
            )

    def answers(self):
        """{statement pk: choice} of the boxes that are marked."""
        marked = self.cleaned_data.items()
        return {int(name[1:]): value for name, value in marked if name.startswith("s") and value is not None}


class HandedInForm(Form):
    """Who has handed in a sheet."""

    people = forms.TypedMultipleChoiceField(
        label="Who has handed in a paper sheet?",
        help_text="They count as taking part. Nobody can tell which sheet is whose.",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people
