"""What is asked when a bid is written, sent, answered, helped with, and used again. Nothing here saves."""

from django import forms

from alongside.bids.states import MOST_PENCE, MOST_WORDS, BidState, HelpState
from alongside.design.forms import DayField, MoneyField, OnceForm, choice_with_meaning

NOT_PAID = "none"
KNOWN, UNKNOWN = "known", "unknown"


def _long(label, help_text, rows=6, required=True):
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=area, max_length=MOST_WORDS, required=required)


class BidForm(OnceForm):
    """What a bid says. seen: the version that was shown, while it is changed."""

    funder = forms.CharField(label="Whom do you ask for money?", max_length=160)
    what_for = _long(
        "What is the money for, in plain words?",
        "As you would say it to a neighbour, in short sentences. Whoever helps to write reads this first.",
    )
    pence = MoneyField(label="How much do you ask for?", least=1, most=MOST_PENCE)
    due_on = DayField(label="By which day has it to be sent?")
    odds = forms.ChoiceField(
        label="What is the honest chance that the answer is yes?",
        choices=[(KNOWN, "About so many in 100"), (UNKNOWN, "Nobody knows")],
        widget=forms.RadioSelect,
    )
    chance = forms.IntegerField(
        label="About how many in 100?",
        help_text="Funders often say how many ask and how many get it. Leave it out when nobody knows.",
        min_value=0,
        max_value=100,
        required=False,
    )
    chance_from = forms.CharField(
        label="From where is this figure?",
        help_text="Like “their own report of last year”. It is needed with a figure.",
        max_length=300,
        required=False,
    )
    pay = forms.ChoiceField(label="How are those who write it paid?", widget=forms.RadioSelect)
    confirmed_unpaid = forms.BooleanField(label="I know that this asks for work without money.", required=False)
    reuse_plan = _long(
        "If the answer is no, what becomes of the text?",
        "Who else could read it, or where parts of it go. It is needed before the bid is sent.",
        4,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, fund_lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {str(line.pk): line for line in fund_lines}
        lines = [(key, f"From {line.fund.name}: {line.words}") for key, line in self.lines.items()]
        not_paid = choice_with_meaning("Not paid", "The page says so to everybody at the table.")
        self.fields["pay"].choices = [*lines, (NOT_PAID, not_paid)]

    def clean(self):
        said = super().clean()
        odds = said.pop("odds", None)
        if odds == KNOWN and said.get("chance") is None and "chance" not in self.errors:
            self.add_error("chance", "Write a number from 0 to 100, or choose: nobody knows.")
        if odds == KNOWN and not said.get("chance_from") and "chance_from" not in self.errors:
            self.add_error("chance_from", "Say from where the figure is, or choose: nobody knows.")
        if odds == UNKNOWN:
            said["chance"] = None
        pay = said.pop("pay", None)
        said |= {"fund_line": self.lines.get(pay), "unpaid": pay == NOT_PAID}
        if said["unpaid"] and not said.get("confirmed_unpaid"):
            self.add_error("confirmed_unpaid", "Tick this if you ask for work without money, or choose a fund.")
        return said


class SendForm(OnceForm):
    """That it went off, that it can be read, and when the answer comes."""

    understood = forms.BooleanField(label="Somebody who does not do this work has read it and understood it.")
    answer_by = DayField(
        label="By which day does the funder answer?", help_text="Leave it out when they do not say.", required=False
    )


class AnswerForm(OnceForm):
    """What came of a bid, and what was learned."""

    state = forms.ChoiceField(label="What is the answer?", widget=forms.RadioSelect)
    learned = _long(
        "What did you learn from it?",
        "The funder’s own words, or why it was taken back. Everybody at the table reads this.",
        required=False,
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state, BidState(state).label) for state in BidState if state in states]


class HelpForm(OnceForm):
    """One's own word about helping."""

    state = forms.ChoiceField(
        label="Do you help, or did you?",
        choices=[(HelpState.YES, "Yes, I help"), (HelpState.NO, "No")],
        widget=forms.RadioSelect,
    )
    thanks = forms.CharField(
        label="How do you want to be thanked?",
        help_text="Like “a word to my manager”, or “just tell me how it went”. Only who leads reads it.",
        max_length=200,
        required=False,
    )


class ProposeForm(OnceForm):
    """Whom to ask."""

    person = forms.ChoiceField(label="Who helps, or helped?", help_text="They are named after their own yes.")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        shown = [(key, person.shown_name) for key, person in self.people.items()]
        self.fields["person"].choices = [("", "Choose a person"), *shown]

    def clean_person(self):
        return self.people[self.cleaned_data["person"]]


class ThankForm(OnceForm):
    """Words of thanks that go to everybody who helped, with the answer."""

    words = forms.CharField(
        label="Your thanks",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        initial="Thank you for your work.",
    )


class ReuseForm(OnceForm):
    """Where the text was used again."""

    words = forms.CharField(
        label="Where was it used again?", help_text="Like “page 2 of our yearly report”.", max_length=300
    )
