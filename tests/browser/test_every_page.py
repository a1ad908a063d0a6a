"""Every page, as somebody who may see it: no barrier that axe knows, nothing too wide, nothing too small to press.

Each page is loaded once a viewer, then turned: wide and narrow, light and dark, and once in forced colours.
"""

import pytest

from tests.browser.axe import COLOURS, EVERY_RULE, barriers
from tests.browser.hands import Hands
from tests.browser.pages import all_viewers, at, pages_of

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# (size, wishes, rules): whatever does not hang on colours is the same in the dark.
TURNS = (
    (WIDE, {"color_scheme": "light"}, EVERY_RULE),
    (WIDE, {"color_scheme": "dark"}, COLOURS),
    (NARROW, {"color_scheme": "dark"}, COLOURS),
    (NARROW, {"color_scheme": "light"}, EVERY_RULE),
    (NARROW, {"color_scheme": "light", "forced_colors": "active"}, COLOURS),
)
SMALL = """least => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.unseen') && !e.matches('.skip'))
  .map(e => e.matches('[type=radio], [type=checkbox]') ? e.closest('label') || e.labels[0] || e : e)
  .filter(e => getComputedStyle(e).display !== 'inline')
  .filter(e => { const box = e.getBoundingClientRect(); return box.height < least - .5 || box.width < least - .5; })
  .map(e => e.outerHTML.slice(0, 160))"""
SMALL_PRESSES = """() => [...document.querySelectorAll('button, .press, .leave')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 160))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('main *, aside *, header *, footer *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.unseen'))
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 3).concat(`${document.documentElement.scrollWidth} px wide`)"""


def faults_by_turning(page):
    """What is wrong with the page that is open, over all turns."""
    for size, wishes, rules in TURNS:
        page.set_viewport_size(size)
        page.emulate_media(**({"forced_colors": "none"} | wishes))
        turn = f"{size['width']} px, {', '.join(wishes.values())}"
        yield from (f"{turn}: {line}" for line in barriers(page, rules))
    yield from (f"too wide at 320 px: {line}" for line in page.evaluate(TOO_WIDE))
    yield from (f"too small to press: {line}" for line in page.evaluate(SMALL, 24))
    yield from (f"too small for a thumb: {line}" for line in page.evaluate(SMALL_PRESSES))


def faults_of_words(page, titles):
    """What is wrong with the page's headings and title; titles: {title: path} of what was seen before."""
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1 or not headings[0].strip():
        yield f"main headings: {headings}"
    title, path = page.title(), page.evaluate("location.pathname")
    if not title.endswith("Alongside") or title == "Alongside":
        yield f"title: {title}"
    titles.setdefault(title, path)


def is_file(page, url):
    """Open the address; whether it gave a file to keep instead of a page."""
    try:
        return "html" not in (page.goto(url).headers.get("content-type", "html"))
    except Exception as stop:
        if "Download is starting" in str(stop):
            return True
        raise


@pytest.mark.parametrize("role", all_viewers())
def test_page_has_no_barrier(shared_site, role):
    page = shared_site.open(role, bypass_csp=True, reduced_motion="reduce")  # axe is ours to bring, not the page's
    wrong, titles, seen = [], {}, set()
    for name, url in pages_of(role, shared_site.world.named["own"]):
        if is_file(page, url) or page.url in seen:
            continue
        seen.add(page.url)
        faults = [*faults_of_words(page, titles), *faults_by_turning(page)]
        faults += shared_site.faults_of(page.context)
        wrong += [f"{name} {page.evaluate('location.pathname')} as {role}: {fault}" for fault in faults]
    assert wrong == [], "\n".join(wrong)
    assert seen


# Pages whose form is sent with nothing in it: the list of errors, and each error beside its question.
EMPTY = [
    ("outsider", "account_login", (), "Continue"),
    ("outsider", "people:claim", (), "Continue"),
    ("outsider", "initiatives:reply", ("advert",), "Send my answer"),
    ("lead", "initiatives:add_stage", ("initiative",), "Set it down"),
    ("lead", "contributions:make", ("initiative",), "Look at it first"),
    ("recorder", "decisions:open_new", ("initiative",), "Put the question"),
    ("recorder", "gatherings:call", ("initiative",), "Ask everybody"),
    ("author", "payees:payee", (), "Keep these"),
]


@pytest.mark.parametrize(("role", "name", "args", "words"), EMPTY, ids=[name for _, name, _, _ in EMPTY])
def test_a_form_with_errors_has_no_barrier(site, role, name, args, words):
    hands = Hands(site.open(role, bypass_csp=True, reduced_motion="reduce")).go(at(site, name, *args)).press(words)
    hands.sees("Look at this again")
    assert hands.page.evaluate("document.activeElement.className") == "summary"
    assert [*faults_by_turning(hands.page)] == []


def test_a_page_that_is_not_there_has_no_barrier_and_a_way_on(shared_site):
    page = shared_site.open("author", bypass_csp=True, reduced_motion="reduce")
    assert page.goto("/gatherings/987654/").status == 404
    assert [*faults_of_words(page, {}), *faults_by_turning(page)] == []
    assert page.locator("main a").count()


PLANTED = {
    "no words for a picture": ("<img src='data:,'>", "image-alt"),
    "pale words": ("<p style='color: #999; background: #aaa'>Hardly there</p>", "color-contrast"),
    "a field without a label": ("<input type='text'>", "label"),
    "something wide": ("<div style='inline-size: 700px'>Wide</div>", "too wide"),
    "a small button": ("<button style='all: unset; display: block; block-size: 9px'>x</button>", "too small to press"),
    "a low button": ("<button style='min-block-size: 30px; padding: 0'>Low</button>", "too small for a thumb"),
    "two main headings": ("<h1>Second</h1>", "main headings"),
}


@pytest.mark.parametrize(("html", "found"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(shared_site, html, found):
    page = shared_site.open("author", bypass_csp=True, reduced_motion="reduce")
    page.goto(at(shared_site, "safety:help"))
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html)
    faults = [*faults_of_words(page, {}), *faults_by_turning(page)]
    assert any(found in fault for fault in faults), faults
