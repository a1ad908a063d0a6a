"""What is asked when somebody writes a line for themselves. Nothing here saves."""

from django import forms

from alongside.design.forms import Form, OnceForm
from alongside.reflections.states import MOST_WORDS, Got


class LineForm(OnceForm):
    """One line; half a minute."""

    kind = forms.ChoiceField(label="What came of it for you?", choices=Got, widget=forms.RadioSelect)
    words = forms.CharField(
        label="In your words",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_WORDS,
        help_text="One line is enough.",
    )


class ShareForm(Form):
    """With which table."""

    initiative = forms.ChoiceField(label="With which table do you share it?", widget=forms.RadioSelect)

    def __init__(self, *args, tables, **kwargs):
        super().__init__(*args, **kwargs)
        self.tables = {str(table.pk): table for table in tables}
        self.fields["initiative"].choices = [(key, table.name) for key, table in self.tables.items()]

    def clean_initiative(self):
        return self.tables[self.cleaned_data["initiative"]]
