"""What is asked when time was exchanged, and when an organisation turns that on. Nothing here saves."""

from django import forms

from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning
from alongside.timebank.states import MOST_LOWEST, MOST_MINUTES, TimeKind

OFFICE = "office"
GAVE, GOT = "gave", "got"


class ExchangeForm(OnceForm):
    """Time that two exchanged, as one of them says."""

    other = forms.ChoiceField(label="With whom?")
    way = forms.ChoiceField(
        label="Which way round?",
        widget=forms.RadioSelect,
        choices=[
            (GAVE, choice_with_meaning("I gave them time", "My time grows, theirs shrinks.")),
            (GOT, choice_with_meaning("They gave me time", "Their time grows, mine shrinks.")),
        ],
    )
    minutes = forms.IntegerField(
        label="How many minutes?", help_text="Two hours are 120.", min_value=1, max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label="What was it?", widget=forms.RadioSelect, choices=TimeKind.choices)
    on = DayField(label="Which day?")
    words = forms.CharField(
        label="A few words about it", help_text="You two can read it.", max_length=200, required=False
    )

    def __init__(self, *args, people, office="", **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = [(pk, person.shown_name) for pk, person in self.people.items()]
        self.fields["other"].choices = [("", "Choose"), *names, *([(OFFICE, f"{office} itself")] if office else [])]

    def exchange(self):
        """What the operation takes."""
        said = dict(self.cleaned_data)
        said.pop("once")
        return said | {"other": self.people.get(said["other"]), "gave": said.pop("way") == GAVE}


class BankForm(Form):
    """Whether time is exchanged, and how far below nothing anybody may go."""

    is_on = forms.BooleanField(label="People here may exchange time", required=False)
    hours = forms.IntegerField(
        label="How many hours below nothing may somebody go?",
        help_text="Somebody new has none to give yet, so 0 would stop them from asking for help.",
        min_value=0, max_value=MOST_LOWEST // 60, widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    office = forms.BooleanField(label="The organisation itself gives and takes time too", required=False)
