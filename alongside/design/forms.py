"""Forms that render themselves, and the fields that people here write in: a day, money, lines.

A form draws an error summary, then each field with its label, hint, error and kept input; see
`templates/design/forms/`. Nothing here saves anything.
"""

import calendar
import copy
import datetime
import re
import secrets
import unicodedata

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.functional import lazystr
from django.utils.html import format_html

from alongside.calculations import money
from alongside.design.states import MONTHS, day_words
from alongside.refusals import Refused

PLAIN_ERRORS = {
    "required": "This needs an answer.",
    "invalid_choice": "Choose one of the answers shown.",
    "invalid_list": "Choose from the answers shown.",
    "empty": "The file is empty. Choose another.",
    "missing": "Choose a file first.",
}
PLAIN_INVALID = (
    (forms.IntegerField, "Write a number, like 12."),
    (forms.URLField, "Write a web address, like https://example.org."),
    (forms.DateTimeField, "Write the day and the time, like 2026-12-04 14:30."),
    (forms.TimeField, "Write a time, like 14:30."),
)
PLAIN_CHECKS = (
    (validators.MaxLengthValidator, "Write at most %(limit_value)d characters. This has %(show_value)d."),
    (validators.MinLengthValidator, "Write at least %(limit_value)d characters. This has %(show_value)d."),
    (validators.MaxValueValidator, "Write %(limit_value)s or less."),
    (validators.MinValueValidator, "Write %(limit_value)s or more."),
    (validators.EmailValidator, "Write an e-mail address, like name@example.org."),
    (validators.URLValidator, "Write a web address, like https://example.org."),
    (validators.ProhibitNullCharactersValidator, "Some characters here cannot be kept. Write it again."),
)
ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
DAY_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[ /.\-](?P<month>\d{1,2})[ /.\-](?P<year>\d{4})"),
    re.compile(r"(?:[a-z]+,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]{3,9}),? (?P<year>\d{4})"),
    re.compile(r"(?:[a-z]+,? )?(?P<month>[a-z]{3,9}) (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)
LONGEST_TYPED = 60
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
POUNDS = re.compile(r"(?P<pounds>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<pence>\d{1,2}))?")


class Asked(forms.BoundField):
    """A field on the page. Says to a screen reader that it is needed, without the browser's own pop-ups."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.field.required and not self.is_hidden and not self.use_fieldset:
            attrs["aria-required"] = "true"
        return attrs

    @property
    def opening(self):
        """The label as the beginning of a line in the list of errors."""
        label = str(self.label)
        return label if label.endswith(("?", ".", ":", "!")) else f"{label}:"

    @property
    def first_id(self):
        """The id that the error summary links to: the field itself, or the first of its choices."""
        if self.is_hidden:
            return ""
        return self.id_for_label or f"{self.auto_id}_0"


class Renderer(DjangoTemplates):
    """Draws every form with the templates of this room. Named by FORM_RENDERER in the settings."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = Asked


def choice_with_meaning(words, meaning):
    """Words of a choice with what it means under them, for use in `choices`."""
    return format_html('{}<span class="meaning">{}</span>', words, meaning)


class Form(forms.Form):
    """A plain form whose errors are plain sentences. Use it for changes; use OnceForm for what creates."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak_plainly(field)


def speak_plainly(field):
    """Put plain words in place of Django's own in one field; words that the room chose stay."""
    plain = dict(PLAIN_ERRORS)
    for kind, words in PLAIN_INVALID:
        if isinstance(field, kind):
            plain["invalid"] = words
    for code, standard in standard_errors(type(field)).items():
        if code in plain and field.error_messages[code] == standard:
            field.error_messages[code] = plain[code]
    field.validators = [plain_check(check) for check in field.validators]


def standard_errors(kind):
    """The error words that Django gave to one kind of field, without those that this room gave."""
    parents = [parent for parent in reversed(kind.__mro__) if parent.__module__.startswith("django.")]
    return {code: words for parent in parents for code, words in vars(parent).get("default_error_messages", {}).items()}


def plain_check(check):
    """The same check with plain words, unless it already has its own."""
    for kind, words in PLAIN_CHECKS:
        if type(check) is kind and check.message == kind.message:
            spoken = copy.copy(check)
            spoken.message = words
            return spoken
    return check


class OnceField(forms.CharField):
    """The hidden token of one showing of a form; a new one is made when what came back cannot be one."""

    widget = forms.HiddenInput
    default_error_messages = {"once": "This page was open for a long time. Look at it again, then press once more."}

    def __init__(self, **kwargs):
        kwargs.setdefault("initial", lambda: secrets.token_urlsafe(16))
        super().__init__(required=False, **kwargs)

    def bound_data(self, data, initial):
        return data if data and ONCE.fullmatch(data) else initial

    def clean(self, value):
        if not isinstance(value, str) or not ONCE.fullmatch(value):
            raise ValidationError(self.error_messages["once"], code="once")
        return value


class OnceForm(Form):
    """A form for anything that creates. Its hidden `once` is made when the form is shown and kept when it is
    shown again with errors, so that a second press of the same page can be known as a second press."""

    once = OnceField()


def tidy(value):
    """One short line of typed text, with odd spaces, dashes and full-width figures made ordinary.

    What is too long to be a day or an amount is cut to a length that no form of either fits.
    """
    text = unicodedata.normalize("NFKC", str(value)[: LONGEST_TYPED * 2]).translate(DASHES)
    return " ".join(text.split())


class DayField(forms.CharField):
    """A day, typed as people write it: `4 December 2026`, `4 12 2026`, `4/12/2026`, `2026-12-04`. Gives a date.

    earliest, latest: the first and last day that is accepted (both included).
    """

    default_error_messages = {
        "required": "Write a day, like 4 December 2026.",
        "invalid": "Write the day, the month and the year, like 4 December 2026.",
        "year": "Write the year with four figures, like 2026.",
        "early": "Write a day that is not before %(limit)s.",
        "late": "Write a day that is not after %(limit)s.",
    }

    def __init__(self, *, earliest=datetime.date(1900, 1, 1), latest=datetime.date(2199, 12, 31), **kwargs):
        kwargs.setdefault("help_text", "For example, 4 December 2026.")
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "short", "autocomplete": "off"}))
        self.earliest, self.latest = earliest, latest
        super().__init__(max_length=LONGEST_TYPED, **kwargs)

    def prepare_value(self, value):
        return day_words(value, weekday=False) if isinstance(value, datetime.date) else value

    def to_python(self, value):
        if isinstance(value, datetime.date):
            return value
        text = tidy(value or "").lower()
        return self.read(text) if text else None

    def read(self, text):
        """The date that the text means; a ValidationError in plain words when it means none."""
        for form in DAY_FORMS:
            if found := form.fullmatch(text):
                return self.real_day(int(found["year"]), month_number(found["month"]), int(found["day"]))
        code = "year" if re.fullmatch(r"\d{1,2}[ /.\-]\w{1,9}[ /.\-]\d{2}", text) else "invalid"
        raise ValidationError(self.error_messages[code], code=code)

    def real_day(self, year, month, day):
        """The date, when there is such a day in the calendar."""
        if not 1 <= month <= 12 or not 1 <= year <= 9999:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise ValidationError(f"{MONTHS[month - 1]} {year} has {days} days. Write one of them.", code="no-such-day")
        return datetime.date(year, month, day)

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        for code, limit, wrong in (
            ("early", self.earliest, value < self.earliest),
            ("late", self.latest, value > self.latest),
        ):
            if wrong:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": day_words(limit)})

    def run_validators(self, value):
        """A date has no length to check."""

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def month_number(text):
    """1 to 12 for `12`, `dec` or `december`; 0 when it is no month."""
    if text.isdecimal():
        return int(text)
    matches = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(text)]
    return matches[0] if len(matches) == 1 or text == "sept" else 0


class _SaidLater:
    """Words with amounts, put together when they are read, because a form is described before a site is known."""

    def __init__(self, words, pence):
        self.words, self.pence = words, pence

    def __str__(self):
        kept = money.currency()
        sums = map(money.pounds, self.pence)
        return self.words.format(*sums, many=kept.many, parts=kept.parts.capitalize(), sign=kept.sign)


def in_our_money(words, *pence):
    """Words with amounts in the site's currency: each {} is one of `pence`; {many}, {parts} and {sign} name it."""
    return lazystr(_SaidLater(words, pence))


class MoneyField(forms.CharField):
    """An amount as people write it: `£12.50`, `12.5`, `1,250`, `50p`; `€12.50`, `50c` in euro. Gives whole pence.

    least, most: the smallest and largest amount that is accepted, in pence (both included). currency: its three
    letters; the site's own by default. Another currency is refused in words.
    """

    default_error_messages = {
        "required": in_our_money("Write an amount, like {}.", 1250),
        "invalid": in_our_money("Write an amount in {many}, like {} or 1,250.", 1250),
        "minus": in_our_money("Write an amount that is not below {sign}0."),
        "part": in_our_money("{parts} have two figures. Write it like {}.", 1250),
        "small": in_our_money("Write {sign}%(limit)s or more."),
        "large": in_our_money("Write {sign}%(limit)s or less."),
    }

    def __init__(self, *, least=0, most=10_000_000, currency=None, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})
        )
        self.least, self.most, self.currency = least, most, currency
        super().__init__(max_length=LONGEST_TYPED, **kwargs)

    def prepare_value(self, value):
        return pounds_words(value) if isinstance(value, int) else value

    def to_python(self, value):
        if isinstance(value, int):
            return value
        text = tidy(value or "").lower()
        return self.read(text) if text else None

    def read(self, text):
        """Whole pence; a ValidationError in plain words when the text is not an amount."""
        try:
            text = money.bare(text, money.KNOWN[self.currency] if self.currency else None)
        except Refused as stop:
            raise ValidationError(stop.said, code="currency") from stop
        if text.startswith(("-", "(")):
            raise ValidationError(self.error_messages["minus"], code="minus")
        if found := POUNDS.fullmatch(text):
            pounds = int(found["pounds"].replace(",", ""))
            return pounds * 100 + int((found["pence"] or "0").ljust(2, "0"))
        code = "part" if re.fullmatch(r"[\d,]+\.\d{3,}", text) else "invalid"
        raise ValidationError(self.error_messages[code], code=code)

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        for code, limit, wrong in (("small", self.least, value < self.least), ("large", self.most, value > self.most)):
            if wrong:
                raise ValidationError(self.error_messages[code], code=code, params={"limit": pounds_words(limit)})

    def run_validators(self, value):
        """Pence have no length to check."""

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def pounds_words(pence):
    """`1,250.00` for 125000: what the field shows when it is filled in beforehand."""
    return f"{pence // 100:,}.{pence % 100:02d}"


class LinesField(forms.CharField):
    """Several short things, one on each line. Gives a list of the lines that hold something, in their order."""

    default_error_messages = {
        "required": "Write at least one line.",
        "many": "Write at most %(limit)d lines. This has %(count)d.",
        "long": "Line %(line)d is too long. Write at most %(limit)d characters on a line.",
    }

    def __init__(self, *, most_lines=50, longest=200, **kwargs):
        kwargs.setdefault("help_text", "Write one on each line.")
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        self.most_lines, self.longest = most_lines, longest
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        if isinstance(value, list | tuple):
            return list(value)
        validators.ProhibitNullCharactersValidator()(value or "")
        return [line for line in map(str.strip, (value or "").splitlines()) if line]

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most_lines:
            params = {"limit": self.most_lines, "count": len(value)}
            raise ValidationError(self.error_messages["many"], code="many", params=params)
        for number, line in enumerate(value, 1):
            if len(line) > self.longest:
                params = {"line": number, "limit": self.longest}
                raise ValidationError(self.error_messages["long"], code="long", params=params)

    def run_validators(self, value):
        """The lines were checked one by one."""

    def has_changed(self, initial, data):
        return self.to_python(initial) != self.to_python(data)


class GalleryForm(OnceForm):
    """Every kind of question, for the gallery."""

    name = forms.CharField(label="What shall we call it?", help_text="The name that others will see.", max_length=60)
    mail = forms.EmailField(label="Where can we write to you?", required=False)
    about = forms.CharField(label="Tell us more", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    start = DayField(label="When does it start?")
    cost = MoneyField(label="What does it cost?", required=False, help_text=in_our_money("In {many}, like {}.", 1250))
    things = LinesField(label="What do you need for it?", required=False)
    place = forms.ChoiceField(
        label="Where is it?", choices=[("", "Choose a place"), ("in", "Indoors"), ("out", "Outdoors")]
    )
    answer = forms.ChoiceField(
        label="What do you think?",
        help_text="You can change this until Friday.",
        widget=forms.RadioSelect,
        choices=[
            ("yes", choice_with_meaning("Yes", "It is good enough to try.")),
            ("pass", choice_with_meaning("Pass", "I leave it to the others.")),
            ("no", choice_with_meaning("No", "It would do harm. I say why.")),
        ],
    )
    bring = forms.MultipleChoiceField(
        label="What can you bring?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("cups", "Cups"), ("chairs", "Chairs"), ("time", "Time")],
    )
    sure = forms.BooleanField(label="I have read the sign on the gate")
