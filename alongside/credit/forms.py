"""What is asked about outputs, names, words, references and thanks. Nothing here saves."""

from datetime import date
from itertools import count

from django import forms

from alongside.calculations import content
from alongside.credit.states import (
    MOST_WORDS,
    Answer,
    NameForm,
    Order,
    OutputKind,
    OutputState,
    Source,
    Standing,
    Use,
)
from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning

LONG = {"rows": 6}
NAME_MEANS = {
    NameForm.FULL: "Just as you write it below.",
    NameForm.FIRST: "The first word of what you write below.",
    NameForm.INITIALS: "The first letters of what you write below.",
    NameForm.PSEUDONYM: "Write it below. Nothing joins it to you.",
    NameForm.GROUP: "No name of your own stands there.",
    NameForm.NONE: "What you gave counts. Nobody reads who you are.",
}


def _names(without=()):
    return [(form.value, choice_with_meaning(form.label, NAME_MEANS[form])) for form in NameForm if form not in without]


class ChosenField(forms.ChoiceField):
    """One of these rows, chosen by its words. Gives the row itself, None for no choice."""

    def show(self, rows, words, nothing):
        """Offer these rows; words: a function that says what a row is called; nothing: what stands for no choice."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", nothing), *((pk, words(row)) for pk, row in self.rows.items())]

    def clean(self, value):
        return self.rows.get(super().clean(value))


def _name(person):
    return person.shown_name


def _note_line(note):
    return f"{note.gathering.title}: {note.words[:60]}"


class NameForms(Form):
    """How somebody wants to be named. Nothing is chosen beforehand."""

    form = forms.ChoiceField(label="How do you want to be named?", widget=forms.RadioSelect)
    name = forms.CharField(label="How is the name written?", max_length=160, required=False)

    def __init__(self, *args, group_name="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = _names(() if group_name else (NameForm.GROUP,))


class OutputForm(OnceForm):
    """Something that is being made."""

    title = forms.CharField(label="What is it called?", max_length=200, help_text="A working title is enough.")
    kind = forms.ChoiceField(label="What is it?", choices=OutputKind.choices)
    begun_on = DayField(label="When was it begun?")
    group_name = forms.CharField(
        label="What is your group called, if it has a name?",
        max_length=160,
        required=False,
        help_text="People can be named as part of it. For example: the Leaving Well group.",
    )


class ChangeOutputForm(Form):
    """How far it is, and where it can be found."""

    title = forms.CharField(label="What is it called?", max_length=200)
    state = forms.ChoiceField(label="How far is it?", choices=OutputState.choices, widget=forms.RadioSelect)
    out_on = DayField(label="On which day did it come out?", required=False, help_text="Only when it is out.")
    found_at = forms.CharField(
        label="Where can it be found?", max_length=300, required=False, help_text="An address, a shelf, a place."
    )
    group_name = forms.CharField(label="What is your group called?", max_length=160, required=False)


class CreditForm(NameForms):
    """How somebody is named for an output, and for what. What `queries.ticked` says is ticked beforehand."""

    standing = forms.ChoiceField(
        label="Where does it stand?", choices=Standing.choices, widget=forms.RadioSelect, initial=Standing.AUTHOR
    )
    roles = forms.MultipleChoiceField(
        label="What did you give, as the records know it?",
        help_text="Take off what is not right.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    more = forms.MultipleChoiceField(
        label="What else did you give?", widget=forms.CheckboxSelectMultiple, required=False
    )
    keep_name = forms.BooleanField(
        label="My name may stay here, even if I ask you one day to forget me", required=False
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(role, had) for role, had in roles if had]
        self.fields["roles"].choices = [
            (role.id, choice_with_meaning(role.words, _because(role, had))) for role, had in known
        ]
        self.fields["more"].choices = [(role.id, role.words) for role, had in roles if not had]
        for name in [name for name in ("roles", "more") if not self.fields[name].choices]:
            del self.fields[name]

    def clean(self):
        said = super().clean()
        return said | {"roles": [*said.get("roles", []), *said.pop("more", [])]}


def _because(role, had):
    return f"{role.means} From the records: {had.record}." if had.record else role.means


class ConditionsForm(Form):
    """The four conditions of authorship, one question each."""

    def __init__(self, *args, conditions, **kwargs):
        super().__init__(*args, **kwargs)
        for question, said in conditions:
            self.fields[question.id] = forms.ChoiceField(
                label=question.words, help_text=question.means, choices=Answer.choices, widget=forms.RadioSelect,
                initial=said,
            )  # fmt: skip

    def clean(self):
        return {"answers": super().clean()}


def _told_apart(named):
    """{what a name is called here: Credit}, in their order; the second Asha is "Asha (2)". No page shows a key."""
    taken = {credit.written for credit in named}
    labels = {}
    for credit in named:
        more = (f"{credit.written} ({number})" for number in count(2))
        free = (label for label in more if label not in labels and label not in taken)
        labels[next(free) if credit.written in labels else credit.written] = credit
    return labels


class OrderForm(OnceForm):
    """In which order names stand, as the group chose it.

    named: Credits with a name, in the order that holds.
    """

    order = forms.ChoiceField(
        label="In which order do the names stand?", choices=Order.choices, widget=forms.RadioSelect
    )
    agreed = forms.CharField(
        label="When and by whom was this chosen?", max_length=300,
        help_text="For example: by all nine of us, at the gathering on 4 December 2026.",
    )  # fmt: skip
    reason = forms.CharField(label="Why is it not as before?", max_length=300, required=False)
    first = forms.ChoiceField(label="Who stands first?", required=False)
    last = forms.ChoiceField(label="Who stands last?", required=False)
    places = forms.CharField(
        label="The order that you agreed", required=False, widget=forms.Textarea(attrs=LONG),
        help_text="Only for “as we agreed”: one name on each line, as it stands in the line now.",
    )  # fmt: skip

    def __init__(self, *args, named, changes, **kwargs):
        super().__init__(*args, **kwargs)
        self.named = _told_apart(named)
        for place in ("first", "last"):
            self.fields[place].choices = [("", "Nobody"), *((label, label) for label in self.named)]
            self.fields[place].help_text = "Only where you chose who drove it and who leads."
        if not changes:
            del self.fields["reason"]

    def clean_places(self):
        """Keys in the order of the lines. Of names that are alike, each line takes the next one."""
        left, places = dict(self.named), []
        for line in filter(None, map(str.strip, self.cleaned_data["places"].splitlines())):
            label = next((each for each, credit in left.items() if line in {each, credit.written}), None)
            if label is None:
                raise forms.ValidationError(
                    f"“{line}” does not stand in the line, or not so often. Write each name once, as it stands there."
                )
            places.append(left.pop(label).pk)
        return places

    def clean(self):
        said = super().clean()
        ends = [self.named[said[place]].pk for place in ("first", "last") if said.get(place)]
        places = ends if said.get("order") == Order.ENDS else said.get("places", [])
        return {name: value for name, value in said.items() if name not in {"first", "last"}} | {"places": places}


class QuoteForm(OnceForm):
    """Words that somebody said."""

    speaker = ChosenField(label="Who said it?")
    words = forms.CharField(
        label="What did they say?", max_length=MOST_WORDS, widget=forms.Textarea(attrs=LONG),
        help_text="Word for word. Only they and you can read it until they say yes.",
    )  # fmt: skip
    source = forms.ChoiceField(label="Where was it said?", choices=Source.choices)
    said_on = DayField(label="On which day?")
    note = ChosenField(label="Does it come from a line of the notes?", required=False)

    def __init__(self, *args, people, notes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaker"].show(people, _name, "Choose a person")
        self.fields["note"].show(notes, _note_line, "No")


class WordingForm(OnceForm):
    """Another wording."""

    words = forms.CharField(
        label="How should it read?", max_length=MOST_WORDS, widget=forms.Textarea(attrs=LONG),
        help_text="Change as much as you like. What changes is shown.",
    )  # fmt: skip


class ApproveForm(NameForms, OnceForm):
    """The speaker's yes: under which name, for what, until when."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    uses = forms.MultipleChoiceField(
        label="What may these words be used for?",
        choices=Use.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="People at your table can read them once you say yes.",
    )
    until = DayField(label="Until which day?", help_text="After it nobody may use them, unless you say yes again.")
    field_order = ("form", "name", "uses", "until", "seen", "once")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, group_name="yes", **kwargs)


class UseForm(OnceForm):
    """Where approved words were used."""

    use = forms.ChoiceField(label="What are they used for?", widget=forms.RadioSelect)
    place = forms.CharField(
        label="Where exactly?", max_length=300, help_text="For example: our yearly report 2026, page 4."
    )
    used_on = DayField(label="On which day?")

    def __init__(self, *args, uses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [choice for choice in Use.choices if choice[0] in uses]


class ReferenceTextForm(OnceForm):
    """A reference in somebody's words, under their name."""

    words = forms.CharField(
        label="What did they do, and how was it to work with them?", max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Say what they did and how. Do not say why they came to it: nothing of health, care or money.",
    )  # fmt: skip
    signed = forms.CharField(
        label="How do you sign it?", max_length=200, help_text="Your name, and how somebody can ask you about it."
    )


class ReferenceForm(ReferenceTextForm):
    """A reference for somebody who sits or sat here."""

    about = ChosenField(label="Who is it for?")
    field_order = ("about", "words", "signed", "once")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].show(people, _name, "Choose a person")


class AnswerReferenceForm(Form):
    """Take it, or give it back."""

    keep = forms.ChoiceField(
        label="Is it as you want it?", choices=[("1", "Yes, I take it"), ("0", "No, please change it")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    remark = forms.CharField(
        label="What should change?", max_length=300, required=False, help_text="Only who wrote it reads this."
    )

    def clean_keep(self):
        return self.cleaned_data["keep"] == "1"


class ThanksForm(OnceForm):
    """Thanks in a sentence."""

    to = ChosenField(label="Whom do you thank?")
    words = forms.CharField(label="What for?", max_length=300, help_text="One sentence. Only they can read it.")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].show(people, _name, "Choose a person")


class CertificateForm(Form):
    """What stands on a certificate. Nothing of it is kept, and nothing of it stands in an address."""

    name = forms.CharField(label="Which name stands on it?", max_length=160, required=False)
    with_initiative = forms.BooleanField(label="Say at which table it was", required=False)
    with_hours = forms.BooleanField(label="Say how long I worked", required=False)


def year_from(on):
    """The same day a year later: the day until which a yes is proposed to hold."""
    return date(on.year + 1, on.month, 28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year + 1)


def help_for(conditions):
    """[(question, [what would help])] for the conditions that are not met yet; reviewed words, nothing computed."""
    known = {question.id: question for question in content.authorship_questions()}
    return [
        (known[question.id], known[question.id].helps) for question, said in conditions if said and said != Answer.YES
    ]
