"""What the pages of an organisation ask."""

from django import forms

from alongside.calculations import sheets
from alongside.design.forms import Form, OnceForm, choice_with_meaning
from alongside.organisations.states import GUARDED, AreaLevel, DutyKind
from alongside.people.states import VISIT_CHANNELS, TellBy

# Of what a register can hold, only this is written; the rest the person says themselves.
TAKEN = ("name", "first_name", "surname", "known_as", "mail", "phone", "joined_on", "left_on")
_OUT = "out"


class AreaForm(OnceForm):
    """A new part of the organisation."""

    name = forms.CharField(label="What is this area called?", max_length=120)
    level = forms.ChoiceField(
        label="How wide is it?",
        widget=forms.RadioSelect,
        choices=[
            (AreaLevel.LOCAL, choice_with_meaning("Local", "One place or team.")),
            (AreaLevel.AREA, choice_with_meaning("Area", "Several places together.")),
            (AreaLevel.WHOLE, choice_with_meaning("Whole organisation", "All of it.")),
        ],
    )
    parent = forms.ChoiceField(label="Which wider area is it part of?", required=False)

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        self.fields["parent"].choices = [("", "None"), *((pk, area.name) for pk, area in self.areas.items())]

    def clean_parent(self):
        return self.areas.get(self.cleaned_data["parent"])


class PersonForm(OnceForm):
    """Somebody added by hand. A name is enough."""

    shown_name = forms.CharField(
        label="What name do they go by?", help_text="The name that others will see. One name is enough.", max_length=120
    )
    mail = forms.EmailField(label="Their e-mail address", required=False)
    phone = forms.CharField(label="Their phone number", required=False, max_length=40)
    tell_by = forms.ChoiceField(
        label="How do they want to be told things?", widget=forms.RadioSelect, choices=TellBy.choices
    )

    def clean(self):
        answers = super().clean()
        wanted = answers.get("tell_by")
        if wanted == TellBy.MAIL and not answers.get("mail") and "mail" not in self.errors:
            self.add_error("mail", "Write their e-mail address, or choose another way to tell them.")
        if wanted == TellBy.PHONE and not answers.get("phone"):
            self.add_error("phone", "Write their phone number, or choose another way to tell them.")
        return answers


class DutyForm(OnceForm):
    """A duty for one member; `guarded` asks about money and running the installation instead of all others."""

    person = forms.ChoiceField(label="Whom do you ask?", help_text="They have said yes to you first.")
    kind = forms.ChoiceField(label="To do what?", widget=forms.RadioSelect)

    def __init__(self, *args, members, guarded=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(member.person_id): member.person for member in members}
        self.fields["person"].choices = [
            ("", "Choose a person"),
            *((pk, p.shown_name) for pk, p in self.people.items()),
        ]
        kinds = [kind for kind in DutyKind if (kind in GUARDED) == guarded]
        self.fields["kind"].choices = [(kind.value, f"Somebody who {kind.label}") for kind in kinds]

    def clean_person(self):
        return self.people[self.cleaned_data["person"]]


class VisitForm(Form):
    """The start of an assisted visit."""

    present = forms.CharField(
        label="How do you know that they are there, and agree?",
        help_text="For example: she sits beside me and asked me to type.",
        max_length=200,
    )
    channel = forms.ChoiceField(
        label="How are you together?",
        widget=forms.RadioSelect,
        choices=[(way.value, way.label.capitalize()) for way in VISIT_CHANNELS],
    )


class RegisterForm(OnceForm):
    """The file of a register."""

    file = forms.FileField(
        label="Which file?",
        help_text="CSV or XLSX, at most 5 megabytes. Nothing is written before you have looked at it and said yes.",
        max_length=200,
        error_messages={"empty": "This file is empty. Choose another one.", "missing": "Choose a file."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > sheets.CAPS.bytes:
            raise forms.ValidationError("This file is bigger than 5 megabytes. Copy only the people into a new one.")
        return file


class ColumnsForm(Form):
    """What each column of a register is."""

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(_OUT, "Leave it out"), *((field, sheets.FIELDS[field]) for field in TAKEN)]
        for column in columns:
            taken = column.field in TAKEN
            self.fields[f"column-{column.place}"] = forms.ChoiceField(
                label=f"Column {column.letter}: {column.heading or 'no heading'}",
                help_text=column.words if taken or not column.field else "We do not keep this. Ask the person.",
                choices=choices,
                initial=column.field if taken else _OUT,
            )

    def chosen(self):
        """{place: field} of what was answered; "" for a column that is left out."""
        return {
            int(name.removeprefix("column-")): "" if field == _OUT else field
            for name, field in self.cleaned_data.items()
        }


class YesForm(OnceForm):
    """Yes to what is shown; carries only the token of this showing."""
