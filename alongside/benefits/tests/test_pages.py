"""The pages: a look-up and a letter leave no trace, and every page works by hand."""

import logging
import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.benefits import queries
from alongside.benefits.models import Ceiling
from alongside.benefits.tests import factories as make
from alongside.calculations import benefits, papers
from alongside.calculations.papers.tests import reading

pytestmark = pytest.mark.django_db
LOOK = "/benefits/"
ASKED = {
    "place": "GB-ENG", "rows": "3", "asked": "1", "scheme": "UC", "day": "12", "week_day": "",
    "sum_1": "£165.00", "day_1": "12 November 2026", "how_1": "bank", "sum_2": "165", "day_2": "26/11/2026",
    "how_2": "cash", "sum_3": "165.00", "day_3": "2026-12-10", "how_3": "bank",
}  # fmt: skip
CANARY = "canaryword"
LETTER = {
    "place": "GB-WLS", "organisation": f"Trust {CANARY}", "activity": f"Reading {CANARY}", "money": f"£7 {CANARY}",
    "not_employment": "on",
}  # fmt: skip


@pytest.fixture
def asha():
    return make.person("Asha")


@pytest.fixture
def browser(asha):
    return make.signed_in(asha)


def everything_kept():
    """Every row of every table, as text."""
    kept = {}
    for model in apps.get_models():
        if model is not Session:
            kept[model._meta.label] = serializers.serialize("json", model._default_manager.order_by("pk"))
    return kept


def main(response):
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]


class Heard(logging.Handler):
    """Every record of every logger, as text."""

    def __init__(self):
        super().__init__(level=0)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.getMessage()} {vars(record)}")


@pytest.fixture
def heard():
    handler, root = Heard(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(0)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


# --- the look-up ---


def test_the_first_page_asks_only_where(client):
    page = client.get(LOOK)
    assert page.status_code == 200
    assert "Where do you live?" in main(page)
    assert "scheme" not in main(page)


def test_a_place_leads_to_its_benefits(client):
    page = client.post(LOOK, {"place": "CA-ON"})
    said = main(page)
    assert "Ontario Works" in said
    assert "Since when have you had it?" in said
    assert "in Canadian dollars" in said
    assert "Look at this again" not in said


def test_three_payments_in_one_month_are_answered_in_words(client):
    said = main(client.post(LOOK, ASKED))
    assert "£495.00 in your month from 12 November 2026 to 11 December 2026. That is over £427.00." in said
    assert "Work allowance, with help towards rent: over" in said
    assert "Work allowance, without help towards rent: well under" in said
    assert "Vouchers: sources disagree" in said
    assert "Citizens Advice" in said
    assert not re.search(r"you will lose|reduced by", said, re.IGNORECASE)


def test_an_answer_says_how_sure_the_least_sure_of_its_sources_is(client):
    said = main(client.post(LOOK, ASKED))
    assert "The least sure source of this: a public collection of rules as data (mark G)." in said
    carer = main(client.post(LOOK, ASKED | {"scheme": "CA", "day": ""}))
    assert "The least sure source of this: a newspaper or somebody&#x27;s own page (mark C)." in carer


@pytest.mark.parametrize(("day", "late"), [(28, False), (1, True)])
def test_a_rule_whose_reading_day_has_come_says_so_with_the_answer(client, monkeypatch, day, late):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2027, 2 if day == 28 else 3, day))
    said = main(client.post(LOOK, ASKED))
    assert (said.count("This was to be read again by 1 March 2027, and nobody has.") > 2) == late
    assert ("and nobody has" in said) == late


def test_one_more_payment_keeps_what_was_written(client):
    page = client.post(LOOK, ASKED | {"more": "1"})
    said = main(page)
    assert 'name="sum_4"' in said
    assert 'value="£165.00"' in said
    assert "12 November 2026" in said
    assert "That is over" not in said


@pytest.mark.parametrize("rows", ["-1", "x", "999", "", "9" * 5000, "²"])
def test_rows_stay_in_bounds(client, rows):
    assert client.post(LOOK, ASKED | {"rows": rows, "more": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"sum_1": ""}, "Write an amount, like 165.00."),
        ({"sum_2": ""}, "Write both the day and how much, or neither."),
        ({"sum_1": "-5"}, "Write an amount that is not below 0."),
        ({"day_1": "soon"}, "Write the day, the month and the year"),
        ({"scheme": ""}, "This needs an answer."),
        ({"scheme": "CSP"}, "Choose one of the answers shown."),
        ({"day": "32"}, "Write 31 or less."),
        ({"how_1": "shells"}, "Choose one of the answers shown."),
    ],
)
def test_faults_are_said_and_what_was_written_stays(client, wrong, says):
    said = main(client.post(LOOK, ASKED | wrong))
    assert says in said
    assert "26/11/2026" in said
    assert "That is over" not in said


def test_an_unknown_place_asks_again(client):
    for place in ("FR", "GB", "<script>"):
        page = client.post(LOOK, ASKED | {"place": place})
        assert "Where do you live?" in main(page)
        assert "<script>" not in main(page)


@pytest.mark.parametrize("place", [code for code in benefits.JURISDICTIONS if code != "GB"])
def test_every_benefit_of_every_place_answers(client, place):
    for scheme in benefits.schemes_of(place):
        asked = {"place": place, "rows": "1", "asked": "1", "scheme": scheme.code, "sum_1": "40", "day_1": "16 11 2026"}
        said = main(client.post(LOOK, asked | {"how_1": "voucher"}))
        assert "Good to know" in said
        assert "Look at this again" not in said


def test_the_office_may_count_by_the_day_of_the_work(client):
    asked = {
        "place": "NZ", "rows": "2", "asked": "1", "scheme": "SLP", "week_day": "0", "sum_1": "$130",
        "day_1": "20 November 2024", "earned_1": "18 November 2024", "how_1": "bank", "how_2": "cash", "sum_2": "130", "day_2": "20 November 2024",
        "earned_2": "11 November 2024",
    }  # fmt: skip
    assert "the office may count by the day you are paid or by the day you worked" in main(client.post(LOOK, asked))


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_look_up_is_kept_nowhere(browser, heard, signed_in, mailoutbox):
    client = browser if signed_in else Client()
    client.get(LOOK)
    rows, session = everything_kept(), dict(client.session.items())
    sessions = list(Session.objects.order_by("pk").values())
    asked = ASKED | {"sum_1": "£123.45", "day_1": "13 November 2026"}
    page = client.post(LOOK, asked)
    assert "£453.45" in main(page)
    assert everything_kept() == rows
    assert dict(client.session.items()) == session
    assert list(Session.objects.order_by("pk").values()) == sessions
    assert mailoutbox == []
    assert page.status_code == 200  # no way on to an address that could carry it
    assert "no-store" in page["Cache-Control"]
    assert not [name for name in page.cookies if name not in {"csrf", "csrftoken"}]
    said = "\n".join(heard)
    assert not re.search(r"123\.45|13 November|£453|scheme.*UC", said)


def test_a_faulty_look_up_is_kept_nowhere_either(client, heard):
    rows = everything_kept()
    page = client.post(LOOK, ASKED | {"sum_1": CANARY})
    assert CANARY in main(page)
    assert everything_kept() == rows
    assert CANARY not in "\n".join(heard)


def test_a_look_up_in_the_address_is_not_answered(client):
    assert "That is over" not in main(client.get(LOOK, ASKED))


# --- what is known ---


@pytest.mark.parametrize("place", list(benefits.JURISDICTIONS))
def test_every_rule_of_a_place_stands_there_with_its_sources(client, place):
    said = main(client.get(reverse("benefits:known", args=[place])))
    for rule in benefits.rules_of(place):
        assert rule.words.split("'")[0] in said
    assert "Nobody has checked this yet." in said
    assert "(mark A)" in said


def test_disagreement_and_missing_figures_are_said(client):
    said = main(client.get(reverse("benefits:known", args=["GB-SCT"])))
    assert "Sources disagree." in said
    assert "NIHR tax guide" in said
    assert "We do not have this year’s figure." in said


@pytest.mark.parametrize("place", ["FR", "gb", "GB-XXX"])
def test_an_unknown_place_is_not_found(client, place):
    assert client.get(f"/benefits/known/{place}/").status_code == 404


# --- ceilings ---


def test_a_ceiling_is_set_seen_and_let_go_of(browser, asha):
    page = browser.get(reverse("benefits:ceilings"))
    assert "You have set none, and you need not." in main(page)
    once = page.context["form"]["once"].value()
    answers = {"once": once, "pence": "427", "stretch": "OWN_MONTH", "day": "12", "words": "Rent <b>", "week_day": "0"}
    assert browser.post(reverse("benefits:ceilings"), answers).status_code == 302
    assert browser.post(reverse("benefits:ceilings"), answers).status_code == 302  # pressed twice
    mine = Ceiling.objects.get()
    assert (mine.person, mine.pence, mine.start, mine.words) == (asha, 42700, 12, "Rent <b>")
    said = main(browser.get(reverse("benefits:ceilings")))
    assert "At most £427.00 in a month that begins on day 12." in said
    assert "Rent &lt;b&gt;" in said
    browser.post(reverse("benefits:let_go", args=[mine.pk]))
    assert Ceiling.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"pence": "0", "stretch": "WEEK"}, "Write £0.01 or more."),
        ({"pence": "5", "stretch": "OWN_MONTH"}, "Write the day on which your month begins"),
        ({"pence": "5"}, "This needs an answer."),
        ({"pence": "5", "stretch": "OWN_MONTH", "day": "40"}, "Write 31 or less."),
    ],
)
def test_a_faulty_ceiling_is_not_kept(browser, answers, says):
    once = browser.get(reverse("benefits:ceilings")).context["form"]["once"].value()
    assert says in main(browser.post(reverse("benefits:ceilings"), {"once": once} | answers))
    assert Ceiling.objects.count() == 0


def test_too_many_are_refused_on_the_page(browser, asha):
    for day in range(1, 7):
        make.ceiling(asha, start=day)
    once = browser.get(reverse("benefits:ceilings")).context["form"]["once"].value()
    page = browser.post(reverse("benefits:ceilings"), {"once": once, "pence": "5", "stretch": "MONTH", "week_day": "0"})
    assert "You have 6 ceilings already. Let one go first." in main(page)


def test_nobody_sees_or_lets_go_of_the_ceiling_of_another(browser, asha):
    other = make.ceiling(make.person("Eli"), words=CANARY)
    assert CANARY not in main(browser.get(reverse("benefits:ceilings")))
    assert browser.post(reverse("benefits:let_go", args=[other.pk])).status_code == 404
    assert Ceiling.objects.count() == 1


def test_asking_first_is_pressed_on_and_off(browser, asha):
    browser.post(reverse("benefits:ask_first"), {"wanted": "1"})
    assert queries.asks_first(asha)
    assert "You need not ask me" in main(browser.get(reverse("benefits:ceilings")))
    browser.post(reverse("benefits:ask_first"), {"wanted": "0"})
    assert not queries.asks_first(asha)


def test_the_page_costs_the_same_with_one_and_three(browser, asha, queries_of):
    make.ceiling(asha)
    one = queries_of(lambda: browser.get(reverse("benefits:ceilings")))
    for day in (1, 2):
        make.ceiling(asha, start=day)
    assert queries_of(lambda: browser.get(reverse("benefits:ceilings"))) == one == 4


# --- the letter ---


def test_a_letter_is_shown_first_and_keeps_nothing(browser, heard, asha):
    rows = everything_kept()
    page = browser.post(reverse("benefits:letter"), LETTER)
    said = main(page)
    for words in ("Trust canaryword", "Reading canaryword", "£7 canaryword", "It is not a job.", "Asha"):
        assert words in said
    assert everything_kept() == rows
    assert CANARY not in "\n".join(heard)
    assert CANARY not in str(dict(browser.session.items()))
    assert "no-store" in page["Cache-Control"]


def test_a_letter_can_be_changed_or_taken_along(browser):
    again = main(browser.post(reverse("benefits:letter"), LETTER | {"again": "1"}))
    assert "Who invites you?" in again
    assert "Trust canaryword" in again
    paper = browser.post(reverse("benefits:letter"), LETTER | {"paper": "1"})
    assert paper["Content-Type"] == "application/pdf"
    assert "benefit" not in paper["Content-Disposition"]
    assert "Reading canaryword" in reading.words(paper.content)


def test_a_tick_left_out_stays_out_on_the_way_through(client):
    without = {name: value for name, value in LETTER.items() if name != "not_employment"}
    page = client.post(reverse("benefits:letter"), without)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', main(page)))
    paper = client.post(reverse("benefits:letter"), hidden | {"paper": "1"})
    assert "not a job" not in reading.words(paper.content)


def test_what_cannot_be_set_is_offered_for_print(client, monkeypatch):
    def refuse(*_):
        raise papers.CannotSet("This computer has no letters for that. Print the page.")

    monkeypatch.setattr(papers, "_set", refuse)
    page = client.post(reverse("benefits:letter"), LETTER | {"paper": "1"})
    assert page.status_code == 200
    assert "This computer has no letters for that." in main(page)
    assert "Reading canaryword" in main(page)


def test_a_letter_without_an_activity_asks_for_it(client):
    assert "This needs an answer." in main(client.post(reverse("benefits:letter"), LETTER | {"activity": " "}))
