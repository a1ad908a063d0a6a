"""What is asked about an ask, its answers and its uses. Nothing here saves."""

from django import forms

from alongside.design.forms import DayField, OnceForm
from alongside.media.states import MOST_WORDS, NEXT, AskState, Own, Want


def _text(label, help_text="", *, most=MOST_WORDS, rows=3, required=False):
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=area, max_length=most, required=required)


class AskForm(OnceForm):
    """Who asks for what, as they said it."""

    who = forms.CharField(
        label="Who asks?",
        max_length=160,
        help_text="The paper, the office, the funder or the conference. A person’s name is not needed.",
    )
    wants = forms.MultipleChoiceField(label="What do they want?", choices=Want, widget=forms.CheckboxSelectMultiple)
    purpose = _text("What for, and where would it appear?", required=True)
    until = DayField(label="Until which day would they use it?")
    given_back = forms.CharField(
        label="What do they give back?",
        max_length=300,
        required=False,
        help_text="Money, a copy, a say over the text. Leave it empty when it is nothing.",
    )
    asked_on = DayField(label="When did they ask?")


class TableForm(OnceForm):
    """What the table answered, as a whole."""

    to = forms.ChoiceField(
        label="What does the table say?",
        choices=AskState,
        widget=forms.RadioSelect,
    )
    conditions = _text("On which conditions?", "Only for a yes on conditions.")
    why = _text("Why not?", "Only for a no. You need not say.")
    answered_on = DayField(label="When did the table say so?")
    decided_how = forms.CharField(
        label="How was it decided?", max_length=300, help_text="Like: all of us at the October meeting."
    )
    decision = forms.CharField(label="Where is the decision written?", max_length=300, required=False)

    def __init__(self, *args, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(each.value, each.label) for each in AskState if each in NEXT[state]]


class PeopleForm(OnceForm):
    """Whom to ask."""

    people = forms.MultipleChoiceField(
        label="Whom does it concern?",
        help_text="Each is asked for themselves. Until they say yes it counts as no, and nobody asks why.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["people"].choices = [(key, person.shown_name) for key, person in self.people.items()]

    def clean_people(self):
        return [self.people[key] for key in self.cleaned_data["people"]]


class OwnForm(OnceForm):
    """One's own answer. Nothing is chosen beforehand, and no reason is asked."""

    to = forms.ChoiceField(
        label="What do you say?",
        choices=[(Own.YES, "Yes"), (Own.NAMELESS, "Yes, without my name"), (Own.NO, "No")],
        widget=forms.RadioSelect,
        help_text="You can say it otherwise at any time. Nobody asks why.",
    )


class UseForm(OnceForm):
    """Where it was used, and who is in it."""

    place = forms.CharField(label="Where can it be seen?", max_length=200)
    used_on = DayField(label="From which day?")
    named = forms.TypedMultipleChoiceField(
        label="Who is in it, with their name?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    unnamed = forms.TypedMultipleChoiceField(
        label="Who else is in it, without their name?",
        help_text="Only people who said yes stand here.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["named"].choices = [(each.pk, each.person.shown_name) for each in answers if each.state == Own.YES]
        self.fields["unnamed"].choices = [(each.pk, each.person.shown_name) for each in answers]
        for name in ("named", "unnamed"):
            if not self.fields[name].choices:
                self.fields[name].help_text = "Nobody has said yes to this, so nobody can be in it."
