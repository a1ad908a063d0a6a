"""What is asked when an offer is made, answered or done. Nothing here saves."""

from dataclasses import dataclass

from django import forms

from alongside.contributions import queries
from alongside.contributions.states import (
    MOST_CASH_TODAY,
    MOST_MINUTES,
    MOST_PARTS,
    MOST_PENCE,
    Method,
    OfferState,
    When,
)
from alongside.design.forms import DayField, Form, LinesField, MoneyField, OnceForm, choice_with_meaning, in_our_money
from alongside.design.states import day_words
from alongside.design.templatetags.design import pounds
from alongside.rates import queries as rates

NO_MONEY = "none"
NOTE = "Is there anything you want to keep as a note for yourself?"
SOONER = (
    "It may come sooner, also in another week or month. If that matters, choose a day: then it never comes before it."
)
PARTS_LIKE = in_our_money("One on each line, the earliest first, like: {}, 1 December 2026.", 2000)


def minutes_field(label, help_text="", least=0):
    """Minutes of one kind of time; none counts as 0 unless at least some are wanted."""
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=MOST_MINUTES, required=bool(least)
    )


@dataclass(frozen=True)
class Choices:
    """What an offer of one initiative can choose from, by key: rates of today and later, lines of funds, approvers, people."""

    lines: dict
    funds: dict
    approvers: dict
    people: dict
    on: object

    def shown(self, keys=None):
        """The choices as the form shows them; keys: of the people among whom to choose, or None for all."""
        return {
            "lines": [(pk, self._rate(line)) for pk, line in self.lines.items()],
            "funds": [(pk, f"{line.fund.name}: {line.words}") for pk, line in self.funds.items()],
            "approvers": [(pk, person.shown_name) for pk, person in self.approvers.items()],
            "people": [(pk, p.shown_name) for pk, p in self.people.items() if keys is None or p.pk in keys],
        }

    def _rate(self, line):
        """A rate in words, with the day where it holds only later, and where it comes to less than the living wage."""
        begins = line.card.from_on
        later = f", for work from {day_words(begins)}" if begins > self.on else ""
        words = f"{rates.name_of(line)}: {pounds(line.pence)}, {line.get_unit_display()}{later}"
        wage = rates.line_beside_wage(line, max(self.on, begins))
        return choice_with_meaning(words, wage.words) if wage and wage.below else words

    def terms(self, form):
        """What the form says, as the operation takes it; and for whom."""
        said = dict(form.cleaned_data)
        to = said.pop("to", [])
        people = [self.people[pk] for pk in ([to] if isinstance(to, str) else to)]
        said |= {"line": self.lines.get(said["line"]), "approver": self.approvers.get(said["approver"])}
        said["fund_line"] = self.funds.get(said.get("fund_line"))
        numbers = ("costs_pence", "prep_minutes", "debrief_minutes", "rest_minutes")
        return said | {name: said[name] or 0 for name in numbers}, people


class OfferForm(OnceForm):
    """An offer in writing: work, time, money, and who answers for it."""

    to = forms.ChoiceField(label="Who is it for?")
    task = forms.CharField(
        label="What is the work?",
        max_length=300,
        help_text="In a sentence, like “Read two leaflets and talk about them”.",
    )
    activity_on = DayField(label="Which day is it?")
    minutes = minutes_field("How many minutes does the work itself take?", "Two hours are 120.", least=1)
    prep_minutes = minutes_field(
        "How many minutes to get ready before?", "Reading, travel if you count it. They are paid."
    )
    debrief_minutes = minutes_field("How many minutes to talk about it afterwards?", "They are paid.")
    rest_minutes = minutes_field("How many minutes to get over it?", "Some work is heavy. They are paid.")
    line = forms.ChoiceField(label="What does it pay?", widget=forms.RadioSelect)
    costs_pence = MoneyField(
        label="How much do you add for costs?",
        help_text=in_our_money("Paid without receipts, like {} for the bus.", 400),
        required=False,
        most=MOST_PENCE,
    )
    costs_words = forms.CharField(label="Which costs are covered?", max_length=300, required=False)
    fund_line = forms.ChoiceField(label="Which line of a fund pays for it?", required=False)
    approver = forms.ChoiceField(label="Who approves the money?", required=False)
    ask_words = forms.CharField(
        label="Who can they ask about it?", max_length=200, help_text="A name, and how to reach them."
    )
    confirmed_unpaid = forms.BooleanField(label="I know that this asks for work without money.", required=False)

    def __init__(self, *args, people, lines, funds, approvers, many=False, **kwargs):
        super().__init__(*args, **kwargs)
        if many:
            self.fields["to"] = several(people)
        self.fields["to"].choices = people if many else [("", "Choose a person"), *people]
        self.fields["line"].choices = [*lines, (NO_MONEY, "There is no money for this")]
        self.fields["fund_line"].choices = [("", "I do not know yet. Nothing is kept back for it"), *funds]
        self.fields["approver"].choices = [("", "Anybody who approves payments"), *approvers]
        if not funds:
            del self.fields["fund_line"]

    def clean(self):
        said = super().clean()
        if said.get("line") == NO_MONEY and not said.get("confirmed_unpaid"):
            self.add_error("confirmed_unpaid", "Tick this if you ask for work without money, or choose a rate.")
        return said

    def hidden(self):
        """The same answers as hidden fields, for the page that shows them before they are sent."""
        for field in self.fields.values():
            field.widget = field.hidden_widget()
        return self


@dataclass(frozen=True)
class Tick:
    """A warning about an offer that goes out only once somebody ticked that they know it."""

    name: str
    warning: str
    label: str
    ticked: bool


TICKS = (
    ("gone", "I know this, and offer it all the same."),
    ("cover", "I know this, and promise it all the same."),
)


def ticks(seen, sent):
    """The Ticks that a preview of an offer needs, with those that were ticked. sent: what the page sent."""
    names = [(f"confirmed_{what}", seen[what], label) for what, label in TICKS if seen[what]]
    return [Tick(name, warning, label, name in sent) for name, warning, label in names]


def several(people):
    """The question for whom an offer is, where it can be made to several people at once."""
    return forms.MultipleChoiceField(
        label="Who is it for?",
        help_text="Each of them gets an offer of their own, and answers for themselves.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person."},
    )


class ReplaceForm(OfferForm):
    """A new offer to the same person."""

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, people=people, **kwargs)
        del self.fields["to"]


class CashForm(OnceForm):
    """Cash for today. Nothing else is asked."""

    to = forms.ChoiceField(label="Who is it for?")
    pence = MoneyField(
        label="How much?", help_text=in_our_money("Up to {}, from the float.", MOST_CASH_TODAY), least=1,
        most=MOST_CASH_TODAY,
    )  # fmt: skip
    asked = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # the person of whom the page said: ask them first

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose a person"), *people]


def method_choices(methods, words):
    """These methods with what each means. words: {method: reviewed content}."""
    return [(m.value, choice_with_meaning(m.label, words[m].means) if m in words else m.label) for m in methods]


def when_choices(whens, may_be_sooner):
    """The times to choose from. may_be_sooner: whether it matters to the person that all of it can come before its day."""
    return [
        (when, choice_with_meaning(words, SOONER) if may_be_sooner and when == When.ONCE else words)
        for when, words in whens
    ]


# What is asked only after an answer that needs it: field, (the answer it belongs to), what is said when it is empty.
FURTHER = (
    ("shop", ("method", Method.VOUCHER), "Say which shop, or choose another way."),
    ("provider", ("method", Method.PREPAID), "Say who is paid, or choose another way."),
    ("pay_from", ("when", When.DAY), "Say which day, or choose another time."),
    ("parts", ("when", When.PARTS), "Write the parts, or choose another time."),
)


class YesForm(Form):
    """How and when the money comes. How is never chosen beforehand; what only one answer needs is asked after it."""

    method = forms.ChoiceField(label="How do you want your money?", widget=forms.RadioSelect)
    shop = forms.CharField(label="Which shop is the voucher for?", max_length=120)
    provider = forms.CharField(
        label="Who is paid straight?", help_text="The carer, the interpreter, the taxi.", max_length=160
    )
    when = forms.ChoiceField(label="When do you want it?", widget=forms.RadioSelect)
    pay_from = DayField(label="Not before which day?")
    parts = LinesField(
        label="Which parts?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, methods, whens, offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices, self.fields["when"].choices = methods, whens
        said = self.data or self.initial
        for name, (asked, value), words in FURTHER:
            self.fields[name].error_messages["required"] = words
            if said.get(asked) != value:
                del self.fields[name]
        if "parts" in self.fields:
            self.fields[
                "parts"
            ].help_text = f"{PARTS_LIKE} They come to what you take, at most {pounds(queries.offered(offer))}."
        if not offer.pence:
            self.fields.clear()

    def only_more(self):
        """The same form with what was answered already hidden, so that one question is on the page."""
        for name in set(self.fields) - {name for name, _, _ in FURTHER}:
            if self.initial.get(name):
                self.fields[name].widget = self.fields[name].hidden_widget()
        return self

    def asks_more(self):
        """Whether an answer brought up a question that was not on the page yet."""
        return any(name in self.fields and name not in self.data for name, _, _ in FURTHER)

    def clean_parts(self):
        return [part_of(number, text) for number, text in enumerate(self.cleaned_data["parts"], 1)]


def over_known():
    """The tick by which a person says that they want what goes over what they set."""
    return forms.BooleanField(label="I know this, and want it like that.")


def part_of(number, text):
    """(whole pence, day) of one written part; a ValidationError that names the line when it cannot be read."""
    sum_words, comma, day_words = text.partition(",")
    if number > MOST_PARTS or not comma:
        raise forms.ValidationError(
            f"Line {number}: write a sum, a comma and a day, like: {pounds(2000)}, 1 December 2026"
        )
    try:
        return MoneyField(least=1, most=MOST_PENCE).clean(sum_words), DayField().clean(day_words)
    except forms.ValidationError as wrong:
        raise forms.ValidationError(f"Line {number}: {wrong.messages[0]}") from wrong


class PartForm(YesForm):
    """A smaller sum, chosen by the person."""

    pence = MoneyField(label="How much do you want to take?", least=1)
    reason = forms.CharField(label=NOTE, max_length=500, required=False, help_text="Only you can read it.")
    field_order = ("pence", "method", "shop", "provider", "when", "pay_from", "parts", "reason")

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, offer=offer, **kwargs)
        if "pence" in self.fields:
            self.fields["pence"].most = max(queries.offered(offer) - 1, 0)
        if "pence" in self.fields and offer.fixed_pence:
            least = f"{pounds(offer.fixed_pence)} is approved or sent already, so it is not less than that."
            self.fields["pence"].least, self.fields["pence"].help_text = offer.fixed_pence, least
            self.fields["pence"].error_messages["small"] = least


class GiveForm(Form):
    """To whom the money goes instead."""

    given_to = forms.CharField(
        label="Who does the money go to?", help_text="A charity, or a group that you choose.", max_length=160
    )


class LaterForm(Form):
    """When to be asked again."""

    later_on = DayField(label="When shall we ask you again?", help_text="You may leave it open.", required=False)


class NoForm(Form):
    """No, with or without a note for oneself."""

    reason = forms.CharField(
        label=NOTE, help_text="You need not say why. Only you can read it.", max_length=500, required=False
    )


class NoMoneyForm(NoForm):
    """Work without the money, which may count as time in a group that keeps time credits."""

    time = forms.BooleanField(
        label="Count my hours as time credits.",
        help_text="Only if your group keeps them. They never become money.",
        required=False,
    )
    field_order = ("time", "reason")

    def clean(self):
        said = super().clean()
        return {"reason": said.get("reason", ""), "method": Method.TIME if said.get("time") else ""}


class DoneForm(Form):
    """On which day the work was done."""

    on = DayField(label="Which day was the work done?")


# --- the ways to answer ---


@dataclass(frozen=True)
class Way:
    """One way to answer: its word in the address, what it says, its form, and the state that it leads to."""

    word: str
    title: str
    says: str
    form: type
    state: str
    pence: int | None = None


WAYS = {
    way.word: way
    for way in (
        Way("yes", "Yes", "I do it, and take the money.", YesForm, OfferState.ACCEPTED),
        Way("part", "Yes, for less", "I do it, and take a smaller sum.", PartForm, OfferState.PART),
        Way("no-money", "Yes, without money", "I do it, and want no money.", NoMoneyForm, OfferState.PART, 0),
        Way("give", "Yes, and give the money away", "It goes to whom I name.", GiveForm, OfferState.GIVEN),
        Way("later", "Ask me later", "I am not sure yet.", LaterForm, OfferState.LATER),
        Way("no", "No, thank you", "I do not do it.", NoForm, OfferState.DECLINED),
    )
}
MORE = "One more thing."
TO_ME = {"yes", "part"}  # answers by which money comes to the person
WITH_MONEY = {"part", "no-money", "give"}
ONLY_BEFORE = {"later", "no"}


def ways_for(offer):
    """The ways in which this offer can be answered now; without money there is nothing to divide."""
    ways = [way for way in WAYS.values() if offer.pence or way.word not in WITH_MONEY]
    ways = [way for way in ways if not offer.costs_only or way.word in TO_ME]
    ways = [way for way in ways if not offer.fixed_pence or way.word in TO_ME]
    return [way for way in ways if offer.state != OfferState.DONE or way.word not in ONLY_BEFORE]
