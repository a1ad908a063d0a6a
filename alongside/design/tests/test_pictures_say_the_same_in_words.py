"""Each picture is drawn from one shape, and says in words what it shows in lines."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from alongside.design import queries
from alongside.design.states import Bar, Ladder, Line, MirrorRow, Seat, Step, TableSeat, Thread, day_words
from alongside.design.templatetags.design import day, dial, few, pounds, short_day, time_words
from alongside.design.tests.factories import FRIDAY, MARCH, draw, thread
from alongside.refusals import Refusal


@pytest.mark.parametrize(
    ("drawn", "sentence"),
    [
        (thread("done", "now", "next", whose="Bo", by=FRIDAY), "Now: decided, Bo’s turn, by Friday 4 December 2026."),
        (thread("now", "next", whose="you"), "Now: said, your turn."),
        (thread("now", "next"), "Now: said."),
        (thread("now", whose="Everybody with a seat"), "Now: said, for everybody with a seat."),
        (thread("now", whose="Dee", by=MARCH, late=True), "Now: said, Dee’s turn, by Wednesday 4 March 2026, late."),
        (thread("done", "done"), "Finished: decided."),
        (thread("done", "next"), "So far: said."),
        (thread("next", "next"), "Not started yet."),
        (thread(), "Not started yet."),
        (Thread("x", [Step("told", "done", by=MARCH)]), "Finished: told on 4 March 2026."),
    ],
)
def test_a_thread_says_where_it_is_whose_turn_and_by_when(drawn, sentence):
    assert drawn.sentence == sentence


def test_a_thread_is_one_line_of_text_on_paper():
    drawn = thread("done", "now", "next", whose="Bo", by=FRIDAY)
    line = "The gate: said → [now: decided (Bo’s turn, by Friday 4 December 2026)] → changed"
    assert drawn.as_line == line
    assert line in draw("{% thread t %}", t=drawn)


def test_a_thread_is_an_ordered_list_with_the_present_step_marked():
    html = draw("{% thread t %}", t=thread("done", "now", "next", "next"))
    assert re.findall(r'<li class="(\w+)', html) == ["done", "now", "next", "next"]
    assert html.count('aria-current="step"') == 1
    assert re.findall(r'class="unseen"> \(([\w ]+)\)', html) == ["done", "now", "still to come", "still to come"]
    assert '<ol class="thread-steps" aria-label="The gate: the steps">' in html


def test_no_thread_draws_nothing():
    assert draw("{% thread t %}", t=None).strip() == ""


def test_a_step_or_a_line_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="done, now or next"):
        Step("x", "later")
    with pytest.raises(ValueError, match="needs, waits or became"):
        Line("x", "/", "urgent")


def test_a_done_step_says_who_did_it_and_when():
    assert Step("said", "done", "Asha", MARCH).detail == "by Asha, on 4 March 2026"


def test_a_line_whose_day_is_over_says_so():
    line = Line("Look again", "/look/", "needs", date(2024, 3, 4))
    assert "it was due on Monday 4 March 2024" in draw("{% lines l %}", l=[line])


def test_lines_of_one_kind_are_drawn_and_the_day_is_said_once():
    lines = [Line("Sign it", "/sign/", "needs", date(2099, 12, 4)), Line("Wait", "/wait/", "waits")]
    html = draw('{% lines l "needs" %}', l=lines)
    assert '<a href="/sign/">Sign it</a>' in html
    assert "by Friday 4 December 2099" in html
    assert "Wait" not in html
    told = Line("Sign it", "/sign/", "needs", FRIDAY, thread("now", by=FRIDAY))
    assert draw("{% lines l %}", l=[told]).count("Friday 4 December 2026.") == 1
    assert 'class="by"' not in draw("{% lines l %}", l=[told])


def test_the_table_counts_its_seats_and_shows_the_empty_one_as_an_invitation():
    assert Seat is TableSeat
    seats = [TableSeat("Asha", "soil"), TableSeat("", "Could it be you?", empty=True, url="/sit/")]
    html = draw('{% seats s "Garden" %}', s=seats)
    assert "1 person has a seat, 1 seat is empty." in html
    assert '<a href="/sit/">An empty seat</a>' in html
    assert "5 people have a seat, 2 seats are empty." in draw("{% seats s %}", s=queries.small_table())
    assert html.count("<li") == 2


@pytest.mark.parametrize(("count", "long"), [(12, False), (13, True)])
def test_a_table_with_many_seats_is_drawn_long(count, long):
    html = draw("{% seats s %}", s=[TableSeat(str(n)) for n in range(count)])
    assert ('class="table long"' in html) is long


def test_the_mirror_names_its_sides_and_says_same_different_or_not_recorded():
    rows = [MirrorRow("a", "b", "c", True), MirrorRow("d", "e", "f", False), MirrorRow("g", "h", "i", None)]
    html = draw("{% mirror r %}", r=rows)
    assert re.findall(r"</svg>\s*(the same|different|not recorded)</span>", html) == [
        "the same",
        "different",
        "not recorded",
    ]
    assert html.count('scope="row"') == 3
    assert "What we say" in html
    assert "What the records show" in html


@pytest.mark.parametrize(
    ("said", "shown", "sentence"),
    [
        (1, 0, "We say “high”. The records show “low”."),
        (1, 1, "We say “high”, and the records show the same."),
        (0, 0, "We say “low”, and the records show the same."),
        (1, None, "We say “high”. The records do not show enough yet."),
        (None, 0, "We do not say yet. The records show “low”."),
        (None, None, "Nothing is marked on the ladder yet."),
    ],
)
def test_a_ladder_says_both_its_marks(said, shown, sentence):
    ladder = Ladder("L", ["low", "high"], said, shown)
    assert ladder.sentence == sentence
    html = draw("{% mirror r l %}", r=[], l=ladder)
    assert sentence in html
    assert html.count('"mark said"') == (said is not None)
    assert html.count('"mark shown"') == (shown is not None)


@pytest.mark.parametrize(
    ("said", "shown", "gap"), [(3, 1, ["d", "c"]), (1, 3, ["d", "c"]), (2, 2, []), (3, None, []), (None, 3, [])]
)
def test_the_gap_between_the_marks_is_drawn(said, shown, gap):
    html = draw("{% mirror r l %}", r=[], l=Ladder("L", ["a", "b", "c", "d"], said, shown))
    assert re.findall(r'class="rung[^"]* gap">.*?rung-words">(\w)<', html, re.DOTALL) == gap


def test_the_rungs_stand_highest_first():
    html = draw("{% mirror r l %}", r=[], l=Ladder("L", ["a", "b", "c"]))
    assert re.findall(r'rung-words">(\w)<', html) == ["c", "b", "a"]


def test_bars_have_a_sentence_above_words_beside_and_a_table_below():
    html = draw('{% bars b title="Plants" %}', b=[Bar("Peas", 12, 0.6, "tall", "leaf"), Bar("Beans", 8, 0.4)])
    assert "The most: Peas, 12 people." in html
    assert 'class="bar leaf"' in html
    assert 'x2="60%"' in html
    assert re.findall(r'<td class="number">(\d+)</td>', html) == ["12", "60", "8", "40"]
    assert '<div class="bars-drawn" aria-hidden="true">' in html


def test_a_hidden_number_is_nowhere_and_cannot_be_worked_out():
    html = draw("{% bars b %}", b=[Bar("Noon", 14, 0.7), Bar("Night", None, None)])
    assert html.count("too few to show") == 2
    assert "The most: Noon, 14 people. Some numbers are too small to show." in html
    assert "20" not in re.sub(r"<svg.*?</svg>", "", html)
    assert html.count('class="bar-ink"') == 1


@pytest.mark.parametrize(("share", "percent"), [(0, 0), (1, 100), (1.7, 100), (-3, 0), (0.125, 12), (None, None)])
def test_a_bar_never_leaves_its_ground(share, percent):
    assert Bar("x", 1, share).percent == percent


def test_bars_of_nothing_say_so_and_equal_bars_are_both_named():
    assert "There are no numbers to show yet." in draw("{% bars b %}", b=[])
    assert "The most: a and b, 2 steps." in draw('{% bars b unit="steps" %}', b=[Bar("a", 2, 0.5), Bar("b", 2, 0.5)])
    assert "We chose peas." in draw('{% bars b sentence="We chose peas." %}', b=[Bar("a", 2, 0.5)])


def test_every_drawing_is_there_and_is_silent_unless_it_has_words():
    for name in queries.icons():
        assert "<path" in draw("{% icon name %}", name=name), name
    assert 'aria-hidden="true"' in draw('{% icon "cup" %}')
    assert 'role="img" aria-label="Tea"' in draw('{% icon "cup" "Tea" %}')


def test_a_drawing_that_does_not_exist_fails_loudly():
    with pytest.raises((TemplateDoesNotExist, TemplateSyntaxError)):
        draw('{% icon "sparkle" %}')


def test_a_refusal_says_why_and_what_would_help():
    html = draw("{% refusal r %}", r=Refusal("shut", "It is shut <now>.", "Ask Bo."))
    assert "It is shut &lt;now&gt;." in html
    assert "What would help:</b> Ask Bo." in html
    assert "What would help" not in draw("{% refusal r %}", r=Refusal("shut", "It is shut."))
    assert draw("{% refusal r %}", r=None).strip() == ""


def test_an_empty_place_offers_the_first_step_also_inside_a_loop():
    assert 'href="/add/">Begin</a>' in draw('{% empty "Nothing yet." "/add/" "Begin" %}')
    assert "<a" not in draw('{% empty "Nothing yet." %}')
    loop = '{% for x in rows %}{{ x }}{% empty %}{% nothing "Nothing yet." "/add/" "Begin" %}{% endfor %}'
    assert "Nothing yet." in draw(loop, rows=[])
    assert draw(loop, rows=["tea"]) == "tea"


def test_a_press_posts_its_fields_with_the_safety_token():
    html = draw('{% press "Agree" url="/v/" about="with it" vote="1" %}', csrf_token="t0ken")
    assert 'method="post" action="/v/"' in html
    assert 'name="csrfmiddlewaretoken" value="t0ken"' in html
    assert 'name="vote" value="1"' in html
    assert '>Agree<span class="unseen"> with it</span></button>' in html


def test_words_from_people_never_become_markup():
    odd = "<script>alert(1)</script>"
    shapes = {
        "t": Thread(odd, [Step(odd, "now", odd)]), "s": [TableSeat(odd, odd, url="/")], "b": [Bar(odd, 1, 1, odd)],
        "r": [MirrorRow(odd, odd, odd)], "l": Ladder(odd, [odd], 0, 0), "i": [Line(odd, "/")], "o": odd,
    }  # fmt: skip
    html = draw(
        "{% thread t %}{% seats s o %}{% bars b title=o sentence=o unit=o %}{% mirror r l o o %}{% lines i %}"
        "{% empty o '/' o %}{% press o about=o x=o %}{% icon 'cup' o %}{% answers a %}{{ o|message_icon }}",
        **shapes,
        a=[],
    )
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") > 20


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (1250, "£12.50"),
        (0, "£0.00"),
        (5, "£0.05"),
        (123_456_789, "£1,234,567.89"),
        (-300, "−£3.00"),
        (None, "no amount"),
    ],
)
def test_pounds_are_said_with_their_sign(pence, words):
    assert pounds(pence) == words


def test_days_are_said_in_full_and_moments_in_the_zone_in_use():
    assert day(FRIDAY) == "Friday 4 December 2026"
    assert short_day(FRIDAY) == "4 December 2026"
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) in {"Tuesday 30 June 2026", "Wednesday 1 July 2026"}
    assert day(None) == short_day(None) == day_words(None) == ""
    assert day_words(date(2028, 2, 29)) == "Tuesday 29 February 2028"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1200, "1,200"), (None, "not recorded")],
)
def test_few_people_are_not_counted_out(count, words):
    assert few(count) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (240, "4 hours"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (-90, "−1 hour 30 minutes"),
        ("too few to show", "too few to show"),
        (1, "1 minute"),
        (0, "0 minutes"),
        (None, ""),
    ],
)
def test_a_length_of_time_is_said_in_hours(minutes, words):
    assert time_words(minutes) == words


def test_a_number_can_be_rung_and_texted():
    assert dial("116 123") == "tel:116123"
    assert dial("+44 7860 039967", "text") == "sms:+447860039967"


def test_a_table_may_count_what_people_did_and_a_thread_go_by_a_short_name():
    assert "1 person said yes." in draw('{% seats s did="said yes,said yes" %}', s=[TableSeat("Asha")])
    assert "This work." in draw('{% thread t called="This work" %}', t=thread("now"))
