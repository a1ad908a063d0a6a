"""What is asked when a payment policy or a plan is written. Nothing here saves."""

from django import forms

from alongside.design.forms import DayField, MoneyField, OnceForm
from alongside.terms.states import (
    MOST_COSTS,
    MOST_MINUTES,
    MOST_PEOPLE,
    MOST_TIMES,
    MOST_TOGETHER,
    MOST_WORDS,
    Paid,
    WriterState,
)


class PointForm(OnceForm):
    """Words for one point. Empty is an answer: not settled yet."""

    words = forms.CharField(
        label="What do you say?",
        help_text="Leave it empty when you have not settled it. The page then says so.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=MOST_WORDS,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SetForm(OnceForm):
    """From when it holds, when it is looked at again, and who may be asked for their name."""

    from_on = DayField(label="From which day does it hold?")
    review_on = DayField(label="On which day do you look at it again, together?")
    together = forms.IntegerField(
        label="How many people wrote it together?",
        help_text="You may leave this out. A number under five is shown as “fewer than five”.",
        min_value=1,
        max_value=MOST_TOGETHER,
        required=False,
    )
    people = forms.MultipleChoiceField(
        label="Whom do you ask whether their name may stand under it?",
        help_text="Nobody is named before they say yes themselves.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(person.pk): person for person in members}
        self.fields["people"].choices = [(key, person.shown_name) for key, person in self.members.items()]

    def clean_people(self):
        return [self.members[key] for key in self.cleaned_data["people"]]


class AnswerForm(OnceForm):
    """One's own yes or no to one's name."""

    state = forms.ChoiceField(
        label="May your name stand under it?",
        choices=[(WriterState.YES, "Yes, name me"), (WriterState.NO, "No, without my name")],
        widget=forms.RadioSelect,
    )


RATHER_NOT = "NOT"


class MeansForm(OnceForm):
    """One's own word about one's own pay."""

    answer = forms.ChoiceField(
        label="How are you paid for being here?",
        choices=[*Paid.choices, (RATHER_NOT, "I would rather not say")],
        widget=forms.RadioSelect,
    )

    def clean_answer(self):
        answer = self.cleaned_data["answer"]
        return "" if answer == RATHER_NOT else answer


class PlanForm(OnceForm):
    """One line of what an initiative plans to spend."""

    words = forms.CharField(label="What is it for?", max_length=160)
    people = forms.IntegerField(label="How many people?", min_value=1, max_value=MOST_PEOPLE)
    times = forms.IntegerField(label="How many times?", min_value=1, max_value=MOST_TIMES, initial=1)
    rate = forms.ChoiceField(label="What does it pay?", widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label="How many minutes for one person, each time?",
        help_text="All of it: getting ready, being there, talking afterwards, resting. Leave it out for costs alone.",
        min_value=0,
        max_value=MOST_MINUTES,
        required=False,
    )
    costs_pence = MoneyField(
        label="What are the costs of one person, each time?",
        help_text="Travel, food, care for somebody at home. You may leave it out.",
        most=MOST_COSTS,
        required=False,
    )
    fund_line = forms.ChoiceField(label="Which money is it planned from?", required=False)

    def __init__(self, *args, rates, fund_lines, named, **kwargs):
        super().__init__(*args, **kwargs)
        self.rates = {str(rate.pk): rate for rate in rates}
        self.lines = {str(line.pk): line for line in fund_lines}
        self.fields["rate"].choices = [
            *((key, named(rate)) for key, rate in self.rates.items()),
            ("0", "No pay, costs alone"),
        ]
        lines = [(key, f"{line.fund.name}: {line.words}") for key, line in self.lines.items()]
        self.fields["fund_line"].choices = [("", "Not known yet"), *lines]

    def clean_rate(self):
        return self.rates.get(self.cleaned_data["rate"])

    def clean_fund_line(self):
        return self.lines.get(self.cleaned_data["fund_line"])

    def clean_minutes(self):
        return self.cleaned_data["minutes"] or 0

    def clean_costs_pence(self):
        return self.cleaned_data["costs_pence"] or 0
