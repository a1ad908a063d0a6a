"""Forms of gatherings."""

from datetime import timedelta

from django import forms

from alongside.calculations import periods
from alongside.design.forms import DayField, Form, OnceForm
from alongside.gatherings.states import MOST_AGAIN, Again, Coming, Met
from alongside.people.states import Channel


class WhenForm(OnceForm):
    """Day, time and length, in the organisation's zone; gives starts_at and ends_at."""

    day = DayField(label="On which day?")
    time = forms.TimeField(
        label="When does it begin?",
        help_text="For example, 14:00. Think of people who care for somebody, or who wake slowly.",
        error_messages={"invalid": "Write a time like 14:00."},
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    minutes = forms.IntegerField(label="How many minutes does it last?", min_value=10, max_value=720, initial=90)
    place = forms.CharField(label="Where?", max_length=300)

    def __init__(self, *args, zone, **kwargs):
        self.zone = zone
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        day, time, minutes = data.pop("day", None), data.pop("time", None), data.pop("minutes", None)
        if day and time and minutes:
            if not periods.comes(day, time, self.zone):
                self.add_error(
                    "time", "Clocks go forward over that time on that day. Choose an earlier or a later one."
                )
            data["starts_at"], data["ends_at"] = self.span(day, time, minutes)
            self.again(data, day, time, minutes)
        return data

    def span(self, day, time, minutes):
        """(when it begins, when it ends): so many minutes by any clock, also in a night when clocks change."""
        starts = periods.moment(day, time, self.zone)
        return starts, starts + timedelta(minutes=minutes)

    def again(self, data, day, time, minutes):
        """Nothing comes again when a day is moved."""


class CallForm(WhenForm):
    title = forms.CharField(label="What shall we call it?", max_length=160, help_text="A calendar will show this.")
    purpose = forms.CharField(
        label="What is it for?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    other_ways = forms.CharField(
        label="How can somebody take part without being there?",
        max_length=300,
        required=False,
        help_text="A phone number, a link, or paper before the day.",
    )
    access = forms.CharField(
        label="What should people know about the place and the meeting?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Steps, toilets, breaks, noise, food, who meets you at the door.",
    )
    again_how = forms.ChoiceField(
        label="Does it come again, at the same time?",
        choices=Again,
        initial=Again.ONCE,
        widget=forms.RadioSelect,
        required=False,
    )
    until = DayField(
        label="If it comes again: until which day?",
        help_text="For example, 4 December 2026. Each day stands for itself: you can move it or call it off alone.",
        required=False,
    )
    field_order = [
        "title", "purpose", "day", "time", "minutes", "again_how", "until", "place", "other_ways", "access",
    ]  # fmt: skip

    def again(self, data, day, time, minutes):
        """Write `more`: (begins, ends) of each later day, at the same time on the wall."""
        how, until = data.pop("again_how", "") or Again.ONCE, data.pop("until", None)
        data["more"] = []
        if how == Again.ONCE or "until" in self.errors:
            return
        if until is None or until <= day:
            self.add_error("until", "Write the last day, after the first one, like 4 December 2026.")
            return
        days = periods.days_again(day, how, until)
        if not 1 <= len(days) <= MOST_AGAIN:
            self.add_error("until", f"Choose a day so that it comes again once to {MOST_AGAIN} times, not {len(days)}.")
            return
        data["more"] = [self.span(each, time, minutes) for each in days]


class AskForm(OnceForm):
    """Whom else to ask, and whether to what comes after it too. A second press names people who are asked by then."""

    people_asked = forms.TypedMultipleChoiceField(
        label="Whom do you ask?",
        coerce=int,
        help_text="These people have a seat and were not asked yet.",
        widget=forms.CheckboxSelectMultiple,
    )
    later = forms.BooleanField(required=False)

    def __init__(self, *args, seated, left, later, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, asked = {seat.person_id: seat.person for seat in seated}, self.fields["people_asked"]
        asked.choices = [(pk, person.shown_name) for pk, person in self.people.items()]
        asked.widget.choices = [(person.pk, person.shown_name) for person in left]
        self.fields["later"].label = f"Ask them to what is planned after it, too ({later})"
        if not later:
            del self.fields["later"]

    def clean_people_asked(self):
        return [self.people[pk] for pk in self.cleaned_data["people_asked"]]


class ItemForm(OnceForm):
    words = forms.CharField(label="What do you want to talk about?", max_length=300)
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, max_value=240, required=False)


class AnswerForm(Form):
    coming = forms.ChoiceField(
        label="Do you come?",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in Coming if each != Coming.ASKED],
        help_text="You need no reason. Nobody will chase you after a no.",
    )
    share_needs = forms.BooleanField(label="Tell the hosts what I need to take part (never why)", required=False)


class NoteForm(OnceForm):
    words = forms.CharField(
        label="What should be remembered?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="To put a line right, write a new one. Nothing is overwritten.",
    )


class ActionForm(OnceForm):
    words = forms.CharField(label="What will be done?", max_length=300)
    owner = forms.TypedChoiceField(label="Who does it?", coerce=int)
    due_on = DayField(label="By which day?")

    def __init__(self, *args, seated, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {seat.person_id: seat.person for seat in seated}
        names = ((pk, person.shown_name) for pk, person in self.people.items())
        self.fields["owner"].choices = [("", "Choose a person"), *names]

    def clean_owner(self):
        return self.people[self.cleaned_data["owner"]]


class AttendanceForm(Form):
    """One question for each person who was asked: by which way were they there?"""

    def __init__(self, *args, invitations, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Not there"), *((way.value, way.label.capitalize()) for way in Channel)]
        for row in invitations:
            self.fields[f"person-{row.person_id}"] = forms.ChoiceField(
                label=row.person.shown_name, choices=choices, required=False, initial=row.there_by
            )

    def there(self):
        """{person pk: Channel or ""}"""
        return {int(name.removeprefix("person-")): way for name, way in self.cleaned_data.items()}


class MetForm(Form):
    """One question for each need that this person shared."""

    def __init__(self, *args, needs, **kwargs):
        super().__init__(*args, **kwargs)
        for need in needs:
            self.fields[f"need-{need.pk}"] = forms.ChoiceField(
                label=need.words,
                choices=[(each.value, each.label) for each in Met],
                widget=forms.RadioSelect,
                required=False,
                initial=need.met,
            )

    def met(self):
        """{NeedAsked pk: Met}"""
        return {int(name.removeprefix("need-")): how for name, how in self.cleaned_data.items()}
