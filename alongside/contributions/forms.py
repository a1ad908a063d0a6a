"""What is asked when an offer is made, answered or done. Nothing here saves."""

from django import forms

from alongside.contributions.states import MOST_CASH_TODAY, MOST_MINUTES, MOST_PENCE, Method
from alongside.design.forms import DayField, Form, MoneyField, OnceForm, choice_with_meaning

NO_MONEY = "none"


class OfferForm(OnceForm):
    """An offer in writing: work, time, money, and who answers for it."""

    to = forms.ChoiceField(label="Who is it for?")
    task = forms.CharField(
        label="What is the work?",
        max_length=300,
        help_text="In a sentence, like “Read two leaflets and talk about them”.",
    )
    activity_on = DayField(label="Which day is it?")
    minutes = forms.IntegerField(
        label="How many minutes in all?",
        help_text="Count getting ready before and talking afterwards. Two hours are 120.",
        min_value=1,
        max_value=MOST_MINUTES,
    )
    line = forms.ChoiceField(label="What does it pay?", widget=forms.RadioSelect)
    costs_pence = MoneyField(
        label="How much do you add for costs?",
        help_text="Paid without receipts, like £4.00 for the bus.",
        required=False,
        most=MOST_PENCE,
    )
    costs_words = forms.CharField(label="Which costs are covered?", max_length=300, required=False)
    approver = forms.ChoiceField(label="Who approves the money?", required=False)
    ask_words = forms.CharField(
        label="Who can they ask about it?", max_length=200, help_text="A name, and how to reach them."
    )
    confirmed_unpaid = forms.BooleanField(label="I know that this asks for work without money.", required=False)

    def __init__(self, *args, people, lines, approvers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose a person"), *people]
        self.fields["line"].choices = [*lines, (NO_MONEY, "There is no money for this")]
        self.fields["approver"].choices = [("", "Anybody who approves payments"), *approvers]

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


class ReplaceForm(OfferForm):
    """A new offer to the same person."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, people=[], **kwargs)
        del self.fields["to"]


class CashForm(OnceForm):
    """Cash for today. Nothing else is asked."""

    to = forms.ChoiceField(label="Who is it for?")
    pence = MoneyField(label="How much?", help_text="Up to £50.00, from the float.", least=1, most=MOST_CASH_TODAY)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose a person"), *people]


def method_choices(words):
    """Bank, cash, voucher with what each means. words: {method: reviewed content}."""
    offered = (Method.BANK, Method.CASH, Method.VOUCHER)
    return [(m.value, choice_with_meaning(m.label, words[m].means) if m in words else m.label) for m in offered]


class YesForm(Form):
    """How and when the money comes. Nothing is chosen beforehand."""

    method = forms.ChoiceField(label="How do you want your money?", widget=forms.RadioSelect)
    shop = forms.CharField(label="Which shop?", help_text="Only for a voucher.", max_length=120, required=False)
    pay_from = DayField(
        label="Not before which day?", help_text="Leave it empty to have it by the promised day.", required=False
    )

    def __init__(self, *args, methods, offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = methods
        if not offer.pence:
            self.fields.clear()

    def clean(self):
        said = super().clean()
        if said.get("method") == Method.VOUCHER and not said.get("shop"):
            self.add_error("shop", "Say which shop, or choose bank or cash.")
        return said


class PartForm(YesForm):
    """A smaller sum, chosen by the person."""

    pence = MoneyField(label="How much do you want to take?", least=1)
    reason = forms.CharField(
        label="Is there anything you want to keep as a note for yourself?",
        max_length=500,
        required=False,
        help_text="Only you can read it.",
    )
    field_order = ("pence", "method", "shop", "pay_from", "reason")

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, offer=offer, **kwargs)
        if "pence" in self.fields:
            self.fields["pence"].most = max(offer.pence - 1, 0)


class GiveForm(Form):
    """To whom the money goes instead."""

    given_to = forms.CharField(
        label="Who does the money go to?", help_text="A charity, or a group that you choose.", max_length=160
    )

    def __init__(self, *args, methods, offer, **kwargs):
        super().__init__(*args, **kwargs)


class LaterForm(Form):
    """When to be asked again."""

    later_on = DayField(label="When shall we ask you again?", help_text="You may leave it open.", required=False)

    def __init__(self, *args, methods, offer, **kwargs):
        super().__init__(*args, **kwargs)


class NoForm(Form):
    """No, with or without a note for oneself. The same questions for work without the money."""

    reason = forms.CharField(
        label="Is there anything you want to keep as a note for yourself?",
        help_text="You need not say why. Only you can read it.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args, methods, offer, **kwargs):
        super().__init__(*args, **kwargs)


class DoneForm(Form):
    """On which day the work was done."""

    on = DayField(label="Which day was the work done?")
