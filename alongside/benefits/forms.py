"""Questions about money. What is written into the look-up and the letter is read once and kept nowhere."""

from datetime import date

from django import forms

from alongside.benefits.states import WEEK_DAYS, Stretch
from alongside.calculations import benefits, money
from alongside.design.forms import (
    DayField,
    Form,
    LinesField,
    MoneyField,
    OnceForm,
    choice_with_meaning,
    in_our_money,
    speak_plainly,
)

FIRST_ROWS, MOST_ROWS = 1, 12
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2099, 12, 31)
PLACES = [(code, words) for code, words in benefits.JURISDICTIONS.items() if code != "GB"]
FREE = {"autocomplete": "off"}
WEEKS = [("", "I do not know"), *((str(number), words) for number, words in enumerate(WEEK_DAYS))]


class AmountField(MoneyField):
    """An amount in the money of a country: `165`, `€165.00`."""

    default_error_messages = {
        "invalid": "Write an amount, like 165.00.",
        "required": "Write an amount, like 165.00.",
        "minus": "Write an amount that is not below 0.",
        "part": "Write two figures after the full stop, like 165.00.",
        "large": "Write %(limit)s or less.",
    }


class PlaceForm(Form):
    """Where the benefit is paid."""

    place = forms.ChoiceField(label="Where do you live?", choices=PLACES, widget=forms.RadioSelect)


class LookForm(Form):
    """A benefit, and payments: as many rows as asked for. `cleaned_data` gives `asked` when all is well."""

    place = forms.ChoiceField(choices=PLACES, widget=forms.HiddenInput)
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)

    def __init__(self, place, rows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.place, self.count = place, rows
        needs = benefits.needs(benefits.rules_of(place))
        schemes = [(each.code, each.words) for each in benefits.schemes_of(place)]
        added = {"scheme": forms.ChoiceField(label="Which one do you get?", choices=schemes, widget=forms.RadioSelect)}
        for number in range(1, rows + 1):
            added |= self._row(number, "earned" in needs)
        self.fields |= added | _starts(needs)
        for field in self.fields.values():
            speak_plainly(field)

    def _row(self, number, earned):
        currency = money.KNOWN[benefits.currency_of(self.place)]
        first = number == 1
        days = {
            "earliest": FIRST_DAY,
            "latest": LAST_DAY,
            "help_text": "For example, 4 December 2026." if first else "",
        }
        row = {
            f"sum_{number}": AmountField(
                label=f"Payment {number}: how much, in {currency.many}?", required=first, currency=currency.code
            ),
            f"day_{number}": DayField(label=f"Payment {number}: when does it come?", required=first, **days),
            f"how_{number}": forms.ChoiceField(
                label=f"Payment {number}: how?", choices=list(benefits.METHODS.items()), initial="bank"
            ),
        }
        if earned:
            label = f"Payment {number}: when did you do the work, if on another day?"
            row[f"earned_{number}"] = DayField(label=label, required=False, **days | {"help_text": ""})
        return row

    def clean(self):
        found = super().clean()
        payments = tuple(filter(None, (self._payment(found, number) for number in range(1, self.count + 1))))
        week_day = found.get("week_day")
        found["asked"] = benefits.Asked(
            payments, day=found.get("day"), week_day=int(week_day) if week_day else None, since=found.get("since")
        )
        return found

    def _payment(self, found, number):
        day, pence = found.get(f"day_{number}"), found.get(f"sum_{number}")
        if (day is None) != (pence is None) and not ({f"day_{number}", f"sum_{number}"} & set(self.errors)):
            missing = f"day_{number}" if day is None else f"sum_{number}"
            self.add_error(missing, "Write both the day and how much, or neither.")
        if day is None or pence is None:
            return None
        return benefits.Payment(day, pence, found.get(f"how_{number}"), found.get(f"earned_{number}"))


def _starts(needs):
    fields = {}
    if "day" in needs:
        help_text = "Universal Credit counts in months of your own. The day stands on your statement. Leave it empty if you do not know."
        label = "On which day does your month begin? (1 to 31)"
        number = forms.NumberInput(attrs={"class": "short", **FREE})
        fields["day"] = forms.IntegerField(
            label=label, min_value=1, max_value=31, required=False, help_text=help_text, widget=number
        )
    if "week_day" in needs:
        label = "On which day does your week begin?"
        fields["week_day"] = forms.ChoiceField(
            label=label, choices=WEEKS, required=False, help_text="Some benefits count in weeks."
        )
    if "since" in needs:
        help_text = "Only Ontario Works asks this, because it counts differently in the first three months."
        label = "Since when have you had it?"
        fields["since"] = DayField(
            label=label, required=False, help_text=help_text, earliest=FIRST_DAY, latest=LAST_DAY
        )
    return fields


class CeilingForm(OnceForm):
    """How much at most, and for how long."""

    pence = MoneyField(label="How much at most?", least=1, help_text=in_our_money("In {many}, like {}.", 12_000))
    stretch = forms.ChoiceField(
        label="In how long?",
        widget=forms.RadioSelect,
        choices=[
            (Stretch.WEEK, Stretch.WEEK.label),
            (Stretch.MONTH, choice_with_meaning(Stretch.MONTH.label, "From the first to the last of a month.")),
            (Stretch.OWN_MONTH, choice_with_meaning(Stretch.OWN_MONTH.label, "It begins on a day that you name.")),
        ],
    )
    week_day = forms.ChoiceField(label="If it is a week: on which day does it begin?", choices=WEEKS[1:], initial="0")
    day = forms.IntegerField(
        label="If it is your own month: on which day does it begin? (1 to 31)",
        min_value=1,
        max_value=31,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short", **FREE}),
    )
    words = forms.CharField(
        label="What do you call it?",
        help_text="For you alone. You need not say why.",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=FREE),
    )

    def clean(self):
        found = super().clean()
        stretch = found.get("stretch")
        if stretch == Stretch.OWN_MONTH and found.get("day") is None and "day" not in self.errors:
            self.add_error("day", "Write the day on which your month begins, like 12.")
        starts = {Stretch.WEEK: int(found.get("week_day") or 0), Stretch.MONTH: 1, Stretch.OWN_MONTH: found.get("day")}
        found["start"] = starts.get(stretch)
        return found


class LetterForm(Form):
    """The facts of a letter, typed by hand."""

    place = forms.ChoiceField(label="Where do you live?", choices=PLACES, widget=forms.RadioSelect)
    organisation = forms.CharField(label="Who invites you?", max_length=120, widget=forms.TextInput(attrs=FREE))
    activity = forms.CharField(
        label="What do you do there?",
        help_text="One or two sentences. Leave out anything about your health.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, **FREE}),
    )
    money = LinesField(
        label="What are you paid, and when?",
        help_text=in_our_money(
            "One payment on each line, like: {} on 4 December 2026. Leave it empty if there is no money.", 4000
        ),
        required=False,
        most_lines=20,
    )
    not_employment = forms.BooleanField(
        label="They have said that it is not a job", help_text="The letter then says so too.", required=False
    )
