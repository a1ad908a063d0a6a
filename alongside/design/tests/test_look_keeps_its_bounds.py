"""Weight, contrast, and no code inside markup: what the look promises, measured on the files themselves."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string

from alongside.design import views
from alongside.design.tests.factories import draw

ROOM = Path(__file__).parent.parent
STATIC = ROOM / "static" / "design"
CSS = (STATIC / "alongside.css").read_text()
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
WAY_OUT = "https://www.bbc.co.uk/weather"


def tokens(css):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The ratio of WCAG 2.2 between two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


LAYER = CSS.split("@layer ground")[0]
BEFORE_DARK, AFTER_DARK = LAYER.split("@media (prefers-color-scheme: dark)")
LIGHT = tokens(BEFORE_DARK)
DARK = tokens(AFTER_DARK)
GROUNDS = ("paper", "sheet", "leaf-wash", "clay-wash", "sky-wash")
TEXT = [(words, ground) for words in ("ink", "quiet") for ground in (*GROUNDS, "sun-wash")]
TEXT += [(words, ground) for words in ("leaf", "clay", "sky") for ground in ("paper", "sheet", f"{words}-wash")]
TEXT += [("on-act", "leaf"), ("on-act", "clay")]
CONTROLS = [(mark, ground) for mark in ("line", "sun", "leaf", "clay", "sky") for ground in ("paper", "sheet")]


def test_contrast_is_reckoned_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_seven_to_one(theme):
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 7} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_focus_stand_out_three_to_one(theme):
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in CONTROLS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_light_and_dark_name_the_same_colours():
    assert set(LIGHT) == set(DARK)


def test_colours_stand_only_among_the_tokens_and_on_paper():
    rest = CSS.split("@layer ground")[1].split("@media print")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", rest) == []


def test_css_is_under_thirty_kilobytes_and_ten_when_packed():
    raw = CSS.encode()
    assert len(raw) < 30_000
    assert len(gzip.compress(raw)) < 10_000


def test_script_is_under_four_kilobytes():
    assert (STATIC / "alongside.js").stat().st_size < 4_000


def test_a_first_page_with_its_look_is_light():
    page = render_to_string("design/told.html", {"title": "Sent", "words": ["Bo reads it."]}).encode()
    parts = [page, *(path.read_bytes() for path in STATIC.iterdir())]
    assert sum(len(gzip.compress(part)) for part in parts) < 15_000


def test_nothing_is_loaded_from_elsewhere():
    for path in [*TEMPLATES, *STATIC.iterdir()]:
        outside = set(re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]+[^\"'\s<]*", path.read_text()))
        assert outside <= {WAY_OUT, "http://www.w3.org/2000/svg"}, path
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_carry_no_code_and_no_style(path):
    text = path.read_text()
    assert re.findall(r"\bstyle=|\son[a-z]+=|\|\s*safe\b|javascript:|<style|<script(?![^>]*\bsrc=)", text) == []
    assert "{% comment %}" in text or path.name in {"500.html", "label.html", "hint.html"}


def test_the_whole_gallery_carries_no_code_and_no_style():
    html = render_to_string("design/gallery.html", views.everything())
    assert re.findall(r"\bstyle=|\son[a-z]+=|javascript:|<style", html) == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_people_s_own_settings_are_honoured():
    for wish in (
        "prefers-color-scheme: dark",
        "forced-colors: active",
        "prefers-contrast: more",
        "prefers-reduced-motion",
        "print",
    ):
        assert wish in CSS
    assert not re.search(r"\b(?:margin|padding|border)-(?:left|right|top|bottom)\b", CSS)
    assert {int(time) for time in re.findall(r"\b(\d+)ms", CSS)} <= set(range(151))


def test_the_way_out_is_the_first_thing_in_every_page():
    for name in ("design/page.html", "design/question.html", "500.html", "404.html"):
        first = re.search(
            r"<(?:a|button|input|select|summary|textarea)\b[^>]*>", get_template(name).render({"title": "x"})
        )
        assert 'class="leave"' in first[0]


def test_the_way_out_goes_to_the_site_s_own_door_when_there_is_one(settings, tmp_path):
    settings.ROOT_URLCONF = "alongside.design.tests.no_way_out"
    assert draw("{% way_out %}") == WAY_OUT
    settings.ROOT_URLCONF = "alongside.design.tests.with_way_out"
    assert draw("{% way_out %}") == "/leave/"


def test_page_bears_the_absence_of_everything_around_it():
    html = get_template("design/page.html").render({})
    assert "<title>Alongside</title>" in html
    assert "<nav" not in html
    assert 'class="helping"' not in html
    assert "<aside" not in html
    assert "demonstration" not in html


def test_page_shows_what_stands_around_it():
    html = get_template("design/page.html").render(
        {
            "title": "Tea & <milk>", "lead": "With sugar.", "product": "Kettle", "help_url": "/help/", "is_demo": True,
            "nav": [{"url": "/", "words": "Today", "here": True}, {"url": "/find/", "words": "Find"}],
            "footer": [{"url": "/about/", "words": "About"}], "back_url": "/before/", "back_words": "To the shelf",
            "helping_banner": {"words": "You help Bo.", "stop_url": "/stop/", "stop_words": "End"},
        }
    )  # fmt: skip
    assert "<title>Tea &amp; &lt;milk&gt; – Kettle</title>" in html
    assert "<h1>Tea &amp; &lt;milk&gt;</h1>" in html
    assert '<div class="lead">With sugar.</div>' in html
    assert '<a href="/" aria-current="page">Today</a>' in html
    assert html.count("aria-current") == 1
    assert 'action="/stop/"' in html
    assert "To the shelf</a>" in html
    assert html.index('class="leave"') < html.index('class="skip"') < html.index("<nav") < html.index("<main")


def test_a_title_with_markup_stays_words_in_the_tab():
    html = draw(
        '{% extends "design/page.html" %}{% block title %}{{ t }}{% endblock %}', t="</title><script>x</script>"
    )
    assert "<script>x" not in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_say_what_happened_and_offer_a_way_on_without_any_context(name):
    html = get_template(f"{name}.html").render()
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
    assert "Error" not in html
    assert name.split("_")[0] not in re.sub(r"<[^>]*>", "", html)


def test_the_page_for_our_own_faults_needs_nothing_at_all():
    text = (ROOM / "templates" / "500.html").read_text()
    assert "{%" not in text
    assert "{{" not in text


def test_too_many_tries_says_how_long_to_wait():
    assert "Try again in 10 minutes." in get_template("429.html").render({"wait": "10 minutes"})


def test_a_list_finds_and_turns_its_pages(rf):
    page = Paginator(range(30), 10).page(2)
    context = {"title": "All", "find_words": "Find tea", "find_value": '"><b>', "page_obj": page}
    html = get_template("design/list.html").render(context, rf.get("/", {"find": "tea", "page": "2"}))
    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert 'href="?find=tea&amp;page=1"' in html
    assert 'href="?find=tea&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_answers_are_checked_before_they_are_sent():
    html = get_template("design/check.html").render({"title": "Check", "answers": views.everything()["answers"]})
    assert (
        '<dd class="change"><a href="#answers">Change<span class="unseen"> your answer to: What shall we call it?'
        in html
    )
    assert "<dd>No answer</dd>" in html


def test_the_last_page_of_a_list_has_its_way_back_in_the_words_of_the_list(rf):
    page = Paginator(range(30), 10).page(3)
    for words, said in (({}, "Earlier page"), ({"newer": "Newer runs", "older": "Older runs"}, "Newer runs")):
        html = render_to_string("design/pages.html", {"page_obj": page} | words, request=rf.get("/x?find=tea&page=3"))
        assert said in html and 'href="?find=tea&amp;page=2"' in html and 'rel="next"' not in html
    assert "<nav" not in render_to_string("design/pages.html", {"page_obj": Paginator(range(3), 10).page(1)})
