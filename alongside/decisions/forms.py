"""Forms of decisions."""

from django import forms

from alongside.decisions.states import Way
from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning

MOST_OPTIONS = 4


class OpenForm(OnceForm):
    question = forms.CharField(label="What is to be decided?", max_length=300, help_text="One question, ending in “?”.")
    background = forms.CharField(
        label="What should people know?", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    way = forms.ChoiceField(label="Who decides?", widget=forms.RadioSelect, choices=Way.choices)
    who_decides = forms.CharField(
        label="Name them", max_length=300, help_text="So that nobody takes being asked for deciding."
    )
    minor = forms.BooleanField(label="This is a small matter: it does not change what people get", required=False)

    def __init__(self, *args, statements, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_OPTIONS + 1):
            needed = place <= 2
            self.fields[f"option-{place}"] = forms.CharField(label=f"Option {place}", max_length=200, required=needed)
            self.fields[f"meaning-{place}"] = forms.CharField(
                label=f"What would option {place} mean for people?",
                max_length=600,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["statement_ids"] = forms.TypedMultipleChoiceField(
            label="Which of these does it answer?",
            help_text="Whoever said it will be told what was decided, by the way they chose.",
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(statement.pk, statement.words) for statement in statements],
        )

    def clean(self):
        data = super().clean()
        pairs = [(data.get(f"option-{n}", ""), data.get(f"meaning-{n}", "")) for n in range(1, MOST_OPTIONS + 1)]
        for place, (words, meaning) in enumerate(pairs, 1):
            if words and not meaning:
                self.add_error(f"meaning-{place}", "Say what it would mean, so that people can choose.")
        data["options"] = [pair for pair in pairs if pair[0]]
        return data

    def said(self):
        """What the operation takes, without the token."""
        data = self.cleaned_data
        kept = ("question", "background", "way", "who_decides", "options", "statement_ids")
        return {name: data[name] for name in kept} | {"substantive": not data["minor"]}


class EvidenceForm(OnceForm):
    """What somebody knows, of whatever kind: the same questions for each."""

    kind = forms.ChoiceField(label="What kind of knowledge is it?", widget=forms.RadioSelect)
    says = forms.CharField(label="What does it say?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    source = forms.CharField(
        label="From where is it?", max_length=300, required=False,
        help_text="Like: my own stay, our list of calls, a study with its year.",
    )  # fmt: skip
    why_here = forms.CharField(
        label="Why should it count here?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Argue it in words. No kind counts more by itself.",
    )  # fmt: skip

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(each.id, choice_with_meaning(each.words, each.asks)) for each in kinds]


class SpeakForm(Form):
    option_id = forms.TypedChoiceField(
        label="What do you prefer?", widget=forms.RadioSelect, coerce=int, empty_value=None, required=False
    )
    harm = forms.BooleanField(label="I see harm in going ahead, and I say which", required=False)
    words = forms.CharField(
        label="Your reasons", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Everybody at this table can read them. Another view is as welcome as agreement.",
    )  # fmt: skip

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(each.pk, choice_with_meaning(each.words, each.meaning)) for each in options]
        self.fields["option_id"].choices = [*choices, ("", "I have no preference")]

    def clean(self):
        data = super().clean()
        if data.get("harm") and not data.get("words"):
            self.add_error("words", "Say which harm you see, so that the others can act on it.")
        return data


class DecideForm(Form):
    option_id = forms.TypedChoiceField(label="What was decided?", widget=forms.RadioSelect, coerce=int)
    reason = forms.CharField(
        label="Why?", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Everybody who spoke reads this. Say also why not the others.",
    )  # fmt: skip
    owner = forms.TypedChoiceField(label="Who sees to it?", coerce=int)
    review_on = DayField(label="When do we look at it again?")

    def __init__(self, *args, options, seated, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option_id"].choices = [
            (each.pk, choice_with_meaning(each.words, each.meaning)) for each in options
        ]
        self.fields["owner"].choices = [("", "Choose a person"), *((s.person_id, s.person.shown_name) for s in seated)]


class OverturnForm(Form):
    who = forms.CharField(label="Who overturned it?", max_length=300)
    reason = forms.CharField(label="What reason was given?", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
