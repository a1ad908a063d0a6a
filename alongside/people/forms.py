"""The questions that we ask a person about themselves. There is none about health, recovery or benefits."""

import unicodedata

from django import forms

from alongside.calculations import content
from alongside.design.forms import DayField, Form, LinesField, OnceForm, choice_with_meaning
from alongside.people.states import VISIT_CHANNELS, Channel, ContactKind, Side, TellBy

LONGEST_NAME = 120
# Signs that turn the direction of what follows: a name with one would turn the page around it.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def one_line(text):
    """Text without line ends, control signs and signs that turn the direction; spaces made single."""
    kept = (sign if sign.isprintable() or unicodedata.category(sign) == "Cf" else " " for sign in text)
    return " ".join("".join(sign for sign in kept if sign not in TURNING).split())


class OneLineField(forms.CharField):
    """A short text that stands on other people's pages."""

    def to_python(self, value):
        return one_line(super().to_python(value) or "")


def name_field(**kwargs):
    """The one field for a name: any letters, no title, no first and last."""
    kwargs.setdefault("label", "What should others call you?")
    kwargs.setdefault("help_text", "Any name you like, in any letters. You can change it at any time.")
    return OneLineField(max_length=LONGEST_NAME, **kwargs)


def code_field(**kwargs):
    """The field for a claim code."""
    attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)


class NameForm(Form):
    shown_name = name_field()


class JoinForm(OnceForm):
    """For somebody whose sign-in has no record yet."""

    shown_name = name_field(required=False)
    code = code_field(
        label="Do you have a claim code?",
        help_text="It is on the card or the page you got when you took part. Without one, leave this empty.",
        required=False,
    )

    def clean(self):
        data = super().clean()
        if not data.get("code") and not data.get("shown_name") and data.get("was_guest") != "yes":
            self.add_error("shown_name", "Write a name that others may call you.")
        return data


class JoinFromGuestForm(JoinForm):
    """The same, in a browser in which somebody took part without a sign-in."""

    field_order = ["was_guest", "shown_name", "code"]

    def __init__(self, *args, guest, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["was_guest"] = forms.ChoiceField(
            label=f"In this browser somebody took part as “{guest.shown_name}”. Was that you?",
            choices=[("yes", "Yes. Keep what I did under that name"), ("no", "No, that was somebody else")],
            widget=forms.RadioSelect,
        )
        self.order_fields(self.field_order)


class ClaimForm(Form):
    code = code_field(label="Your claim code", help_text="Fourteen letters and figures, like ABCD-EFGHJ-KMNPQ.")


class TellingForm(Form):
    tell_by = forms.ChoiceField(label="How shall we tell you things?", choices=TellBy, widget=forms.RadioSelect)
    quiet = forms.BooleanField(
        label="Quiet for now",
        help_text="Nothing is sent and nobody rings. Everything waits for you on your page.",
        required=False,
    )


CONTACT_FIELDS = {
    ContactKind.MAIL: (forms.EmailField, "Your e-mail address", {"autocomplete": "email"}, {}),
    ContactKind.PHONE: (
        forms.RegexField,
        "Your phone number",
        {"autocomplete": "tel", "inputmode": "tel", "class": "short"},
        {
            "regex": r"^\+?[\d ()/.-]{4,}$",
            "error_messages": {"invalid": "Write a phone number with figures, like 01632 960 123."},
        },
    ),
    ContactKind.LETTER: (forms.CharField, "Your postal address", {"rows": 4, "autocomplete": "street-address"}, {}),
}


class ContactForm(Form):
    """One way to reach a person. Left empty, it is taken away."""

    safe = OneLineField(
        label="When is it safe to use this?",
        help_text="For example: not after 5 in the evening, do not leave a message, ask for me by my first name.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        field, label, attrs, more = CONTACT_FIELDS[kind]
        widget = forms.Textarea(attrs=attrs) if kind == ContactKind.LETTER else forms.TextInput(attrs=attrs)
        if kind == ContactKind.MAIL:
            widget = forms.EmailInput(attrs=attrs)
        self.fields["value"] = field(
            label=label,
            max_length=300,
            required=False,
            widget=widget,
            help_text="Leave it empty to take it away.",
            **more,
        )
        self.order_fields(["value", "safe"])


SIDES = [
    ("", choice_with_meaning("Do not count it", "It stays words, for those to whom you show it.")),
    (Side.LIVED, "Count it as lived experience"),
    (Side.CARER, "Count it as family or carer"),
    (Side.PAID, "Count it as paid to do this work"),
]


class SideForm(Form):
    side = forms.ChoiceField(
        label="May we count it where you show it?",
        help_text="Only a number is counted, to see who is really at the table. Numbers under five are never shown.",
        choices=SIDES,
        required=False,
        widget=forms.RadioSelect,
    )


class LensForm(OnceForm, SideForm):
    words = OneLineField(
        label="Where do you look from?",
        help_text="In your own words, for example: I use services, I look after my brother, I work on a ward.",
        max_length=120,
    )
    field_order = ["words", "side"]


class NeedsForm(OnceForm):
    """What a person needs: the need, never the reason."""

    needs = forms.MultipleChoiceField(
        label="What do you need to take part?",
        help_text="Choose as many as you like. You never have to say why.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = LinesField(
        label="Anything else, in your own words", most_lines=10, longest=200, required=False
    )  # the hint says: one on each line
    shared = forms.BooleanField(label="Show these to the people who host what I come to", required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.listed = {entry.id: entry.words for entry in content.access_needs()}
        self.fields["needs"].choices = [
            (entry.id, choice_with_meaning(entry.words, entry.hint) if entry.hint else entry.words)
            for entry in content.access_needs()
        ]

    def clean(self):
        data = super().clean()
        if not self.errors and not data["needs"] and not data["own"]:
            raise forms.ValidationError("Choose at least one, or write one in your own words.")
        return data

    def chosen(self):
        """[(id or "", words)] of everything that was chosen or written."""
        return [(need, self.listed[need]) for need in self.cleaned_data["needs"]] + [
            ("", one_line(words)) for words in self.cleaned_data["own"]
        ]


class UnpaidForm(Form):
    ask = forms.ChoiceField(
        label="May we ask you when there is no money for it?",
        choices=[
            ("no", "No. Ask me only for work that is paid"),
            ("yes", "Yes. You may ask me, and I may say no"),
        ],
        widget=forms.RadioSelect,
    )


class BreakForm(Form):
    back_on = DayField(label="When do you think of coming back?", required=False)


PRESENT_HINT = "For example: sits beside me, has read this page with me, or: on the phone, I know the voice."


class VisitForm(OnceForm):
    """What every visit begins with."""

    channel = forms.ChoiceField(
        label="How are you together?",
        choices=[(channel, Channel(channel).label.capitalize()) for channel in VISIT_CHANNELS],
        widget=forms.RadioSelect,
    )
    present = OneLineField(
        label="How do you know that they are there and agree?", help_text=PRESENT_HINT, max_length=200
    )


class NewcomerForm(VisitForm):
    shown_name = name_field(label="What should others call them?", help_text="Any name they like.")
    phone = forms.CharField(
        label="A phone number, if they want to be told things by phone",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "short", "autocomplete": "off"}),
    )
    field_order = ["shown_name", "channel", "present", "phone"]


class HoldersCodeForm(VisitForm):
    code = code_field(label="Their claim code", help_text="They read it to you from their card. It is used up by this.")
    field_order = ["code", "channel", "present"]
