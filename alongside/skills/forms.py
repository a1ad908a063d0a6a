"""What is asked about one's list and about a reference. Nothing here saves."""

from django import forms

from alongside.design.forms import DayField, OnceForm
from alongside.skills.states import MOST_SAID, MOST_WORDS

MOST_REFERENCE = 2_000


def _area(label, help_text, most, rows, *, required=True):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=widget, required=required)


class SkillForm(OnceForm):
    """One line of what I can do."""

    words = forms.CharField(label="What can you do?", max_length=MOST_WORDS)
    known_from = forms.CharField(label="From what do you know that?", max_length=MOST_WORDS, required=False)
    on_purpose = forms.BooleanField(
        label="It may say why I am involved",
        required=False,
        help_text="Only needed when it names health or care. What you say of yourself is yours to choose.",
    )


class AskForm(OnceForm):
    """Whom to ask for a reference, what for, and by when."""

    of = forms.ChoiceField(label="Whom do you ask?", widget=forms.RadioSelect)
    purpose = _area("What is it for?", "Like: I apply for a job in a library.", MOST_SAID, 3)
    by_on = DayField(label="By which day do you need it?")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["of"].choices = [(key, person.shown_name) for key, person in self.people.items()]

    def clean_of(self):
        return self.people[self.cleaned_data["of"]]


class WriteForm(OnceForm):
    """The reference, in somebody's words, under their name."""

    words = _area(
        "What did they do, and how was it to work with them?",
        "Say what they did and how. Do not say why they came to it: nothing of health, care or money.",
        MOST_REFERENCE,
        10,
    )
    signed = forms.CharField(
        label="How do you sign it?", max_length=200, help_text="Your name, and how somebody can ask you about it."
    )


class NoForm(OnceForm):
    """A no, kindly."""

    kindly = _area("Do you want to say something with it?", "You need not say why.", MOST_SAID, 3, required=False)
