"""Forms of labels."""

from django import forms

from alongside.design.forms import OnceForm, choice_with_meaning
from alongside.labels.states import WHOLE, Outcome

ALL, NOTHING = "all", "nothing"  # so that somebody chooses them, and leaves nothing empty by oversight


def _area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class StageForm(OnceForm):
    """A form about all of it or about one stage. stages: [(id, words)]."""

    stage = forms.ChoiceField(label="Which part do you mean?", widget=forms.RadioSelect, initial=ALL)

    def __init__(self, *args, stages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(ALL, "All of it"), *stages]

    def clean_stage(self):
        """The id of a stage, or nothing for all of it."""
        return WHOLE if self.cleaned_data["stage"] == ALL else self.cleaned_data["stage"]


class ClaimForm(StageForm):
    """labels: content Labels that may be claimed."""

    label = forms.ChoiceField(label="What do you call it?", widget=forms.RadioSelect)
    said = forms.CharField(
        label="Why do you call it that?",
        max_length=600,
        required=False,
        widget=_area(),
        help_text="Everybody can read this when the label is shown outside.",
    )

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **kwargs)
        said = [(one.id, choice_with_meaning(one.words, one.means)) for one in labels]
        self.fields["label"].choices = [*said, (NOTHING, "We do not say")]

    def clean_label(self):
        """The id of a label, or nothing."""
        return "" if self.cleaned_data["label"] == NOTHING else self.cleaned_data["label"]


class DeclineForm(OnceForm):
    words = forms.CharField(
        label="Why do we not use the word?",
        max_length=1000,
        widget=_area(),
        help_text="Everybody can read this, without your name.",
    )
    called = forms.CharField(label="What do we call it instead?", max_length=200, required=False)


class TakeBackForm(OnceForm):
    words = forms.CharField(
        label="Why do we use the word again?",
        max_length=1000,
        widget=_area(),
        help_text="The earlier reason stays readable.",
    )


class DissentForm(StageForm):
    words = forms.CharField(label="How do you see it?", max_length=1000, widget=_area(5))
    outside = forms.BooleanField(label="People outside may read this too, without my name", required=False)


class OutcomeForm(OnceForm):
    tag = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect, choices=Outcome.choices)
    words = forms.CharField(
        label="Tell us more", max_length=600, required=False, widget=_area(), help_text="The table reads this."
    )


class PublishForm(OnceForm):
    """Carries the mark of the text that stands above it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
