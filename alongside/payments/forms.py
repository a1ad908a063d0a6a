"""What is asked when money moves. Nothing here saves."""

from django import forms

from alongside.calculations.money import pounds
from alongside.design.forms import DayField, OnceForm
from alongside.payments.states import IN_THE_HAND, Means, Receipt


def _from_line(cover):
    return f"{cover.line.fund.name}, {cover.line.words}: {pounds(cover.left)} left"


class ApproveForm(OnceForm):
    """From which line or fund; asked only where there are several and the offer names none."""

    source = forms.ChoiceField(label="What pays for it?", widget=forms.RadioSelect)

    def __init__(self, *args, covers, funds, named=None, **kwargs):
        super().__init__(*args, **kwargs)
        with_lines = {cover.line.fund_id for cover in covers}
        choices = [(f"line-{cover.line.pk}", _from_line(cover)) for cover in covers]
        choices += [(f"fund-{fund.pk}", fund.name) for fund in funds if fund.pk not in with_lines]
        self.fields["source"].choices = choices
        self.only = choices[0][0] if len(choices) == 1 and not named else ""
        if named or len(choices) < 2:
            del self.fields["source"]

    def clean(self):
        """fund_id or line_id in place of the chosen word; where there is one only, that."""
        said = super().clean()
        kind, _, pk = (said.pop("source", "") or self.only).partition("-")
        return said | ({f"{kind}_id": int(pk)} if pk else {})


class SendForm(OnceForm):
    """When it left, under which reference; of what is handed over, from where and who saw it."""

    on = DayField(label="On which day did it leave?")
    reference = forms.CharField(
        label="What is its reference?",
        help_text="From the bank, or the number of the slip.",
        max_length=40,
        required=False,
    )
    batch_id = forms.TypedChoiceField(
        label="Which vouchers?", coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    receipt = forms.ChoiceField(label="How is it receipted?", choices=Receipt, widget=forms.RadioSelect)
    witness = forms.TypedChoiceField(
        label="Who saw it?", help_text="Only if nobody signed.", coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args, means, batches=(), people=(), **kwargs):
        super().__init__(*args, **kwargs)
        if means not in IN_THE_HAND:
            del self.fields["receipt"], self.fields["witness"]
        else:
            self.fields["witness"].choices = [("", "Nobody had to"), *people]
        if means != Means.VOUCHER or not batches:
            del self.fields["batch_id"]
        else:
            rows = [(batch.pk, f"{batch.shop}, {pounds(batch.each_pence)} each, from the drawer") for batch in batches]
            self.fields["batch_id"].choices = [*rows, ("", "Bought for this")]


class HoldForm(OnceForm):
    """Why a payment waits, and by when somebody looks again."""

    words = forms.CharField(
        label="Why does it wait?", help_text="The person reads this. Say what happens next.", max_length=300
    )
    until = DayField(label="By which day do you look at it again?", required=False)


class WaitForm(OnceForm):
    """Why I want it to wait; it may be left empty."""

    words = forms.CharField(
        label="What shall we write beside it?",
        help_text="People who pay can read this. You need not say why.",
        initial="The person asked for it to wait.",
        max_length=300,
    )


class ArriveForm(OnceForm):
    """When it arrived."""

    on = DayField(label="On which day did it arrive?")


class BackForm(OnceForm):
    """What the bank said when it sent money back."""

    words = forms.CharField(
        label="What did the bank say?", help_text="The person and who leads can read this.", max_length=300
    )


class FreezeForm(OnceForm):
    """Why everything waits, and by when somebody looks again."""

    words = forms.CharField(
        label="Why does it wait?", help_text="Everybody who waits reads this. Say what happens next.", max_length=300
    )
    until = DayField(label="By which day do you look at it again?")
