"""A form draws its own summary, labels, hints, errors and what was written."""

import re

import pytest
from django import forms

from alongside.design.forms import DayField, Form, OnceForm, choice_with_meaning


class Tea(Form):
    name = forms.CharField(label="Your name?", help_text="Any name.", max_length=10)
    more = forms.CharField(label="More", required=False)
    kind = forms.ChoiceField(label="Which tea?", choices=[("a", "Assam"), ("b", "Rooibos")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am thirsty")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class Order(OnceForm):
    name = forms.CharField(label="Your name?")


def test_label_hint_and_field_belong_together():
    html = str(Tea()["name"].as_field_group())
    assert '<label for="id_name">Your name?' in html
    assert 'id="id_name_helptext">Any name.' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'aria-required="true"' in html
    assert " required" not in html.replace('aria-required="true"', "")


def test_only_what_may_be_left_empty_says_so():
    form = Tea()
    assert "you may leave this empty" in str(form["more"].as_field_group())
    assert "you may leave this empty" not in str(form["name"].as_field_group())


def test_choices_stand_in_a_fieldset_with_a_legend_and_a_tick_has_its_label_after_it():
    form = Tea()
    assert re.search(r"<fieldset>\s*<legend>Which tea\?", str(form["kind"].as_field_group()))
    tick = str(form["sure"].as_field_group())
    assert tick.index("<input") < tick.index("I am thirsty")
    assert "fieldset" not in tick


def test_a_fresh_form_has_no_summary_and_draws_hidden_fields_once():
    html = str(Tea())
    assert "summary" not in html
    assert html.count('name="hidden"') == 1


def test_wrong_answers_are_listed_first_linked_and_beside_their_field():
    html = str(Tea({"name": "x" * 11, "kind": "z"}))
    assert html.index('class="summary"') < html.index('class="field')
    assert re.findall(r'<a href="#(\w+)">(.*?)</a>', html) == [
        ("id_name", "Your name? Write at most 10 characters. This has 11."),
        ("id_kind_0", "Which tea? Choose one of the answers shown."),
        ("id_sure", "I am thirsty: This needs an answer."),
    ]
    for anchor in ("id_name", "id_kind_0", "id_sure"):
        assert html.count(f'id="{anchor}"') == 1
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'tabindex="-1" autofocus' in html


def test_what_was_written_is_kept_and_never_becomes_markup():
    html = str(Tea({"name": '"><script>', "more": "</textarea><b>", "kind": "b"}))
    assert "<script>" not in html
    assert "</textarea><b>" not in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert re.search(r'value="b"[^>]* checked', html)


def test_labels_hints_and_meanings_never_become_markup():
    class Odd(Form):
        one = forms.ChoiceField(
            label="<i>", help_text="<u>", choices=[("1", choice_with_meaning("<b>", "<s>"))], widget=forms.RadioSelect
        )

    html = str(Odd({}))
    assert not re.search(r"<[ibus]>", html)
    assert '&lt;b&gt;<span class="meaning">&lt;s&gt;</span>' in html


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(), "", "This needs an answer."),
        (forms.EmailField(), "nobody", "Write an e-mail address, like name@example.org."),
        (forms.URLField(assume_scheme="https"), "http://", "Write a web address, like https://example.org."),
        (forms.IntegerField(), "two", "Write a number, like 12."),
        (forms.IntegerField(min_value=3), "2", "Write 3 or more."),
        (forms.IntegerField(max_value=3), "4", "Write 3 or less."),
        (forms.CharField(min_length=3), "ab", "Write at least 3 characters. This has 2."),
        (forms.CharField(), "a\x00", "Some characters here cannot be kept. Write it again."),
        (forms.TypedChoiceField(choices=[("a", "A")]), "z", "Choose one of the answers shown."),
        (forms.CharField(error_messages={"required": "Say who you are."}), "", "Say who you are."),
        (DayField(), "", "Write a day, like 4 December 2026."),
    ],
)
def test_errors_are_plain_sentences_and_the_rooms_own_words_stay(field, typed, words):
    form = type("One", (Form,), {"it": field})({"it": typed})
    assert form.errors["it"] == [words]


def test_plain_words_do_not_leak_into_djangos_own_fields():
    class Bare(forms.Form):
        it = forms.EmailField()

    str(type("One", (Form,), {"it": forms.EmailField()})({"it": "x"}).errors)
    assert Bare({"it": "x"}).errors["it"] == ["Enter a valid email address."]


def once_in(form):
    return re.search(r'name="once" value="([^"]*)"', str(form))[1]


def test_each_showing_has_its_own_once_and_keeps_it_while_it_is_drawn():
    first, second = Order(), Order()
    assert once_in(first) != once_in(second)
    assert once_in(first) == once_in(first)
    assert len(once_in(first)) >= 22


def test_once_is_kept_when_the_form_is_shown_again_with_errors():
    once = once_in(Order())
    again = Order({"name": "", "once": once})
    assert not again.is_valid()
    assert once_in(again) == once
    right = Order({"name": "Bo", "once": once})
    assert right.is_valid()
    assert right.cleaned_data["once"] == once


@pytest.mark.parametrize("bad", [None, "", "short", "x" * 65, "x" * 20 + "\n", '"><script>alert(1)</script>', "ü" * 22])
def test_a_once_that_cannot_be_one_is_refused_and_replaced(bad):
    form = Order({"name": "Bo"} | ({} if bad is None else {"once": bad}))
    assert form.errors.as_data()["once"][0].code == "once"
    assert re.fullmatch(r"[\w-]{22}", once_in(form))
    assert "Look at it again, then press once more" in str(form)


def test_two_forms_on_a_page_keep_their_ids_apart():
    html = str(Order(prefix="a")) + str(Order(prefix="b"))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4
