"""What the pages of an initiative ask."""

from django import forms

from alongside.calculations import content
from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning, in_our_money
from alongside.initiatives.states import DUTIES_HERE, WORDS, PayKind
from alongside.people.states import Channel

_UNKNOWN = "If nobody knows, write: unknown."
_NOBODY = "If none of them is in it yet, write: nobody yet. Everybody can read this answer."
_HINTS = {
    "about": "Two or three sentences. Everybody can read them.",
    "who_asked": f"And who decided to open the door to it. {_UNKNOWN}",
    "why_now": f"When was it first asked for, and what made it possible? {_UNKNOWN}",
    "who_is_affected": f"Whose life or work changes when this goes well, or badly? {_UNKNOWN}",
    "affected_inside": _NOBODY,
    "we_mean_what": "We work together on ...",
    "we_mean_how": "We do it by ...",
    "we_mean_whom": "It is done by ...",
    "we_mean_why": "We do it because ...",
    "honest_limits": "What is decided elsewhere, and by whom. What there is no money for.",
}
_BY_WHICH_WAY = (Channel.PHONE, Channel.PAPER, Channel.IN_PERSON)


def _long(rows=3):
    return forms.Textarea(attrs={"rows": rows})


def _reason(label="Why?", required=True, hint=""):
    return forms.CharField(label=label, required=required, help_text=hint, widget=_long(), max_length=2000)


def _spoken():
    return forms.BooleanField(
        label="I have asked the people who sit here whether this is all right",
        help_text="Tick it when somebody here wanted to be asked first. We tell you if so.",
        required=False,
    )


class _PersonChoice(forms.ChoiceField):
    """One of some people, or nobody. Give them with `offer`; cleans to the Person or None."""

    def offer(self, people, nobody):
        self.people = {str(person.pk): person for person in people}
        self.choices = [("", nobody), *((pk, person.shown_name) for pk, person in self.people.items())]

    def clean(self, value):
        return self.people.get(super().clean(value))


class BeginForm(OnceForm):
    """The start of an initiative."""

    kind = forms.ChoiceField(label="What kind of thing is it?", widget=forms.RadioSelect)
    name = forms.CharField(label="What shall we call it?", max_length=160)
    about = forms.CharField(label="What is it about?", help_text=_HINTS["about"], widget=_long(), max_length=3000)
    place = forms.ChoiceField(label="Where does it belong?")

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {key: (organisation, area) for key, _, organisation, area in places}
        self.fields["place"].choices = [(key, words) for key, words, _, _ in places]
        self.fields["kind"].choices = [(k.id, choice_with_meaning(k.words, k.means)) for k in content.kinds()]

    def clean(self):
        answers = super().clean()
        answers["organisation"], answers["area"] = self.places.get(answers.pop("place", None), (None, None))
        return answers


class WordsForm(Form):
    """Some of the words that an initiative says of itself; `needed` are asked for, the others may stay empty."""

    def __init__(self, *args, fields, needed=(), **kwargs):
        super().__init__(*args, **kwargs)
        for field in fields:
            self.fields[field] = forms.CharField(
                label=WORDS[field],
                help_text=_HINTS.get(field, ""),
                required=field in needed,
                max_length=160 if field == "name" else 3000,
                widget=forms.TextInput() if field == "name" else _long(),
                error_messages={"required": f"This needs an answer. {_UNKNOWN}"},
            )


class ChangeForm(OnceForm):
    """A change of direction."""

    what = forms.ChoiceField(label="What turns?", widget=forms.RadioSelect)
    now = forms.CharField(label="What does it say from now on?", widget=_long(), max_length=3000)
    reason = _reason()
    raised_by = _PersonChoice(label="Who raised it?", required=False)

    def __init__(self, *args, initiative, people, **kwargs):
        super().__init__(*args, **kwargs)
        said = [(field, getattr(initiative, field)) for field in WORDS]
        self.fields["what"].choices = [(field, choice_with_meaning(WORDS[field], text)) for field, text in said if text]
        self.fields["raised_by"].offer(people, "Somebody who is not at the table")


class MoveForm(OnceForm):
    """Where the initiative goes now, and why."""

    to = forms.ChoiceField(label="What happens now?", widget=forms.RadioSelect)
    reason = _reason(hint="Everybody can read this.")

    def __init__(self, *args, moves, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = moves


class FreezeForm(Form):
    """The day from which the aim stood fast."""

    on = DayField(label="From which day does the aim stand fast?")
    reason = _reason(required=False, hint="Only if another day was said before.")


def _targets():
    """The rungs of the published ladders that have an order, as choices grouped by ladder."""
    ladders = [ladder for ladder in content.ladders() if ladder.ordered]
    return [
        ("", "We have not agreed on one yet"),
        *((one.words, [(f"{one.id}:{rung.id}", rung.words) for rung in one.rungs]) for one in ladders),
    ]


class _Target(forms.ChoiceField):
    """A rung of a ladder; cleans to (ladder, rung), both empty when none was chosen."""

    def clean(self, value):
        ladder, _, rung = super().clean(value).partition(":")
        return ladder, rung


class StageForm(OnceForm):
    """A stage, from when, and how far it aims."""

    kind = forms.ChoiceField(label="Which stage?", widget=forms.RadioSelect)
    from_on = DayField(label="From which day?")
    to_on = DayField(label="On which day is it over?", required=False)
    target = _Target(
        label="How far do we aim?", required=False, help_text="Agree on it together. Any rung is a respected answer."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        together = {one.id: one.words for one in content.co_words()}
        self.fields["kind"].choices = [
            (one.id, choice_with_meaning(f"{one.words} ({together[one.co_word]})", one.means))
            for one in content.stages()
        ]
        self.fields["target"].choices = _targets()

    def clean(self):
        answers = super().clean()
        if answers.get("from_on") and answers.get("to_on") and answers["to_on"] <= answers["from_on"]:
            self.add_error("to_on", "Write a day after the first one.")
        answers["ladder"], answers["rung"] = answers.pop("target", ("", ""))
        return answers


class StageEndForm(Form):
    """The end of a stage."""

    on = DayField(label="Which was the first day after it?")


class AimForm(Form):
    """Another rung for a stage."""

    target = _Target(label="How far do we aim?", required=False)
    reason = _reason(required=False, hint="Needed when we aimed elsewhere before.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = _targets()

    def clean(self):
        answers = super().clean()
        answers["ladder"], answers["rung"] = answers.pop("target", ("", ""))
        return answers


class SeatForm(OnceForm):
    """A new place at the table."""

    role = forms.CharField(
        label="What is this place for?",
        help_text="In a sentence: what this person brings or does. For example: knows the night shift, and reads drafts with us.",
        max_length=200,
    )
    how = forms.ChoiceField(
        label="Who sits there?",
        widget=forms.RadioSelect,
        choices=[
            ("open", choice_with_meaning("Nobody yet", "An empty seat that everybody can see.")),
            ("ask", choice_with_meaning("We ask one person", "They say yes or no themselves.")),
            ("give", choice_with_meaning("Somebody who has said yes", "They have the seat at once and are told.")),
        ],
    )
    person = _PersonChoice(label="Which person?", required=False)
    spoken = _spoken()

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people, "Nobody")

    def clean(self):
        answers = super().clean()
        if answers.get("how") in {"ask", "give"} and not answers.get("person"):
            self.add_error("person", "Choose the person.")
        return answers


class YesNoForm(Form):
    """Yes or no to a seat."""

    yes = forms.ChoiceField(
        label="Do you want this seat?",
        widget=forms.RadioSelect,
        choices=[
            ("yes", choice_with_meaning("Yes", "You can leave at any time, without a reason.")),
            ("no", choice_with_meaning("No, thank you", "The seat stands open for others. Nobody asks why.")),
        ],
    )

    def clean_yes(self):
        return self.cleaned_data["yes"] == "yes"


class ShowForm(Form):
    """How one person is shown in one initiative."""

    lens = forms.ChoiceField(
        label="From where do you look, here?",
        required=False,
        widget=forms.RadioSelect,
        help_text="Only people at this table see it. You can change it at any time.",
    )
    public = forms.BooleanField(
        label="Show my name and what my place is for to everybody",
        help_text="Everybody means also those who you would rather did not know.",
        required=False,
    )

    def __init__(self, *args, lenses, **kwargs):
        super().__init__(*args, **kwargs)
        self.lenses = {str(lens.pk): lens for lens in lenses}
        self.fields["lens"].choices = [("", "I do not say"), *((pk, lens.words) for pk, lens in self.lenses.items())]

    def clean_lens(self):
        return self.lenses.get(self.cleaned_data["lens"])


class SureForm(Form):
    """Nothing to fill in: only to be sure."""


class DutyForm(OnceForm):
    """A duty for somebody at the table."""

    person = _PersonChoice(label="Whom do you ask?", help_text="They have said yes to you first.")
    kind = forms.ChoiceField(
        label="To do what?",
        widget=forms.RadioSelect,
        choices=[(kind.value, f"Somebody who {kind.label}") for kind in DUTIES_HERE],
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people, "Choose a person")


class PartnerForm(OnceForm):
    """A body or group that takes part."""

    name = forms.CharField(label="Which body or group?", max_length=160)
    brings = forms.CharField(label="What do they bring, and what do they hope for?", required=False, max_length=200)


class ReviewForm(OnceForm):
    """What the table said of how it goes."""

    words = forms.CharField(
        label="What do we keep, and what do we change?",
        help_text="As the people at the table said it, also where they differ.",
        widget=_long(6),
        max_length=5000,
    )
    next_on = DayField(label="When do we look again?", required=False)


class AdvertWords(Form):
    """An advert that is written on. Only the first two are needed to keep it; all the others before it can be published."""

    title = forms.CharField(label="What do you look for?", max_length=160)
    task = forms.CharField(label="What would somebody do?", widget=_long(4), max_length=3000)
    pay_kind = forms.ChoiceField(
        label="Is it paid?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (PayKind.PAID, choice_with_meaning("Yes, it is paid", "Write how much below.")),
            (PayKind.NO_MONEY, choice_with_meaning("No, there is no money for this", "Write why, plainly.")),
        ],
    )
    pay_words = forms.CharField(
        label="How much, or why not?",
        required=False,
        max_length=300,
        help_text=in_our_money("For example: {} an hour and all costs, paid within 10 working days.", 2000),
    )
    access = forms.CharField(
        label="How can people get in and take part?",
        required=False,
        widget=_long(),
        max_length=2000,
        help_text="Steps, toilets, breaks, joining by phone, help with travel, who to ask for more.",
    )
    time_words = forms.CharField(
        label="How much time does it take, and when?",
        required=False,
        max_length=300,
        help_text="For example: 2 hours on the first Tuesday of a month, until June.",
    )
    benefit_line = forms.CharField(
        label="What may the money do to benefits?",
        required=False,
        widget=_long(4),
        max_length=2000,
        help_text="We propose these words for your country. Change them if you know better.",
    )
    other_ways = forms.CharField(
        label="How can people answer without a screen?",
        required=False,
        max_length=300,
        help_text="A phone number and when to ring, an address, a place to come to.",
    )
    closes_on = DayField(label="Until which day can people answer?", required=False)


class AdvertForm(AdvertWords, OnceForm):
    """A new advert."""


class ReplyForm(OnceForm):
    """An answer of somebody who is known here."""

    words = forms.CharField(
        label="Is there something you want to say?",
        required=False,
        widget=_long(4),
        max_length=2000,
        help_text="You need not tell your story. Only those who lead this read it.",
    )


class GuestReplyForm(ReplyForm):
    """An answer of somebody new."""

    shown_name = forms.CharField(
        label="What name shall we call you?", help_text="Any name you like. You need no account.", max_length=120
    )
    field_order = ["shown_name", "words"]


class EnterReplyForm(OnceForm):
    """An answer that came by phone, on paper or in person, written down by somebody else."""

    person = _PersonChoice(label="Who answered?", required=False)
    shown_name = forms.CharField(label="If they are new: what name do they go by?", required=False, max_length=120)
    phone = forms.CharField(label="If they are new: their phone number", required=False, max_length=40)
    channel = forms.ChoiceField(
        label="How did it come?",
        widget=forms.RadioSelect,
        choices=[(way.value, way.label.capitalize()) for way in _BY_WHICH_WAY],
    )
    words = forms.CharField(
        label="What did they say?", required=False, widget=_long(4), max_length=2000, help_text="In their own words."
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people, "Somebody new")

    def clean(self):
        answers = super().clean()
        if bool(answers.get("person")) == bool(answers.get("shown_name", "").strip()):
            self.add_error("shown_name", "Choose a person, or write the name of somebody new. One of the two.")
        return answers


class WelcomeForm(OnceForm):
    """The seat for somebody who answered an advert."""

    role = forms.CharField(
        label="What is their place for?", help_text="In a sentence: what this person brings or does.", max_length=200
    )
    spoken = _spoken()


class NotNowForm(OnceForm):
    """A no with its reason."""

    reason = forms.CharField(
        label="Why not this time?", help_text="They read these words.", widget=_long(), max_length=300
    )
