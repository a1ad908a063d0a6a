"""What is asked when a rate card is set. Nothing here saves."""

import re

from django import forms

from alongside.calculations.money import pounds
from alongside.design.forms import DayField, LinesField, MoneyField, OnceForm, choice_with_meaning, in_our_money
from alongside.rates.states import MOST_LEAST_MINUTES, MOST_PENCE, Unit

SPLIT = "|"
UNIT_WORDS = {unit.label: unit for unit in Unit}
PREPARED, CHAIRS = "getting ready is in it", "as chair"
LEAST = re.compile(r"at least (?P<minutes>[0-9]{1,4}) minutes", re.IGNORECASE)
EXAMPLE = "Taking part | started hour | {}"  # with the amount in the site's currency


class CardForm(OnceForm):
    """A new version of the rate card, written as lines."""

    from_on = DayField(label="From which day does it hold?")
    source = forms.CharField(
        label="Where do these amounts come from?",
        max_length=400,
        help_text="A published list, or who agreed them and when.",
    )
    words = forms.CharField(
        label="What does the pay count?",
        help_text="For example: getting ready counts; work that we cancel on the day is paid in full.",
        max_length=400,
        required=False,
    )
    lines = LinesField(
        label="The amounts",
        help_text=in_our_money(
            f"One on each line, like: {EXAMPLE}. The middle word is started hour, three hours, half day, day or "
            f"fixed sum. You may add: | {PREPARED} | {CHAIRS} | at least 120 minutes.",
            2750,
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_lines(self):
        return [line_of(number, text) for number, text in enumerate(self.cleaned_data["lines"], 1)]


class StartForm(OnceForm):
    """A published list to start from."""

    card_id = forms.ChoiceField(label="Which list do you start from?", widget=forms.RadioSelect)

    def __init__(self, *args, starters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card_id"].choices = [
            (card.id, choice_with_meaning(card.words, f"{card.source}. {card.note}".strip())) for card in starters
        ]


def line_of(number, text):
    """The fields of one written line; a ValidationError that names the line when it cannot be read."""
    parts = [part.strip() for part in text.split(SPLIT)]
    if len(parts) < 3 or not parts[0] or len(parts[0]) > 160 or parts[1].lower() not in UNIT_WORDS:
        raise forms.ValidationError(f"Line {number} needs three parts, like: {EXAMPLE.format(pounds(2750))}.")
    try:
        pence = MoneyField(least=1, most=MOST_PENCE).clean(parts[2])
    except forms.ValidationError as wrong:
        raise forms.ValidationError(f"Line {number}: {wrong.messages[0]}") from wrong
    return {"words": parts[0], "unit": UNIT_WORDS[parts[1].lower()], "pence": pence} | _more(number, parts[3:])


def _more(number, said):
    """What sets the line apart, from its further parts."""
    found = {"prepared": False, "chairs": False, "least_minutes": 0, "note": ""}
    for words in said:
        least = LEAST.fullmatch(words)
        if words.lower() == PREPARED:
            found["prepared"] = True
        elif words.lower() == CHAIRS:
            found["chairs"] = True
        elif least and int(least["minutes"]) <= MOST_LEAST_MINUTES:
            found["least_minutes"] = int(least["minutes"])
        else:
            raise forms.ValidationError(f"Line {number}: we could not read “{words}”.")
    return found


def written(lines):
    """Lines of a rate card as they are written in its form."""
    return [_written(line) for line in lines]


def _written(line):
    parts = [
        line.words,
        line.get_unit_display(),
        pounds(line.pence),
        *[PREPARED] * line.prepared,
        *[CHAIRS] * line.chairs,
    ]
    parts += [f"at least {line.least_minutes} minutes"] if line.least_minutes else []
    return f" {SPLIT} ".join(parts)
