"""The gallery in a real browser: no barrier found by axe, nothing too wide, and the way out works.

The page is drawn once and handed to the browser with its files; there is no server, so any other address is a failure.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from alongside.design import views
from alongside.design.forms import GalleryForm

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parent.parent / "static"
HOME = "https://alongside.test"
WAY_OUT = "https://www.bbc.co.uk/weather"
CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="module")
def chromium():
    sync = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    with sync.sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def show(chromium):
    """Open a page with its files: `show(html, width=320, color_scheme="dark")`. page.asked lists what it asked for."""
    opened = []

    def open_page(html, width=1280, **wishes):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **wishes)
        opened.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.route("**/*", lambda route: answer(route, html, page.asked))
        page.goto(f"{HOME}/gallery")
        return page

    yield open_page
    for context in opened:
        context.close()


def answer(route, html, asked):
    url = route.request.url
    asked.append(url)
    path = STATIC / url.removeprefix(f"{HOME}/static/")
    if url.startswith(f"{HOME}/static/") and path.is_file():
        route.fulfill(body=path.read_bytes(), content_type=KINDS[path.suffix])
    elif url.startswith((f"{HOME}/gallery", WAY_OUT)):
        body = html if url.startswith(HOME) else "<title>Weather</title><h1>Sun</h1>"
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": CSP})
    else:
        route.abort()


@pytest.fixture(autouse=True)
def straight_out(settings):
    settings.ROOT_URLCONF = "alongside.design.tests.no_way_out"


@pytest.fixture
def gallery():
    return render_to_string("design/gallery.html", views.everything())


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "wishes",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
def test_axe_finds_no_barrier_and_nothing_is_too_wide(show, gallery, width, wishes):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = show(gallery, width, **wishes)
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    assert {url for url in page.asked if not url.startswith(f"{HOME}/")} == set()


def test_what_is_pressed_is_big_enough_for_a_thumb(show, gallery):
    small = show(gallery, 320).evaluate(
        """[...document.querySelectorAll('button, .press, .leave, .ways a, summary, fieldset label, input:not([type=hidden])')]
        .filter(e => !e.matches('[type=radio], [type=checkbox]'))
        .filter(e => e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML)"""
    )
    assert small == []


def test_the_way_out_is_reached_first_by_keyboard_and_then_the_skip_link(show, gallery):
    page = show(render_to_string("design/told.html", {"title": "Sent"}))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "leave"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_way_out_leaves_when_pressed(show, gallery, script):
    page = show(gallery, java_script_enabled=script)
    page.click(".leave")
    page.wait_for_url(WAY_OUT)


def test_three_presses_of_shift_blank_the_page_and_leave_nothing_behind_back(show, gallery):
    page = show(gallery)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(WAY_OUT)
    page.go_back()
    assert "gallery" not in page.url


def test_the_page_is_blank_before_it_has_left(show, gallery):
    page = show(gallery)
    page.evaluate("document.querySelector('[data-leave]').setAttribute('href', '#away')")  # so that the page stays
    for _ in range(3):
        page.keyboard.press("Shift")
    assert page.evaluate("[document.body.textContent, document.title, document.documentElement.hidden]") == [
        "",
        "",
        True,
    ]


def test_shift_in_writing_does_not_leave(show, gallery):
    page = show(gallery)
    page.focus("#id_fresh-about")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    for key in ("Shift", "Shift", "a", "Shift", "Shift+ArrowLeft", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.url == f"{HOME}/gallery"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_list_of_errors_is_where_the_page_begins(show, script):
    html = render_to_string("design/question.html", {"form": GalleryForm(views.WRONG), "title": "Put it right"})
    page = show(html, java_script_enabled=script)
    assert page.locator(".summary").evaluate("e => e === document.activeElement")


def test_a_menu_closes_with_escape_and_by_pressing_elsewhere(show, gallery):
    page = show(gallery)
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.click("h1")
    assert menu.get_attribute("open") is None


def test_on_paper_a_thread_is_a_line_of_text_and_the_tables_are_open(show, gallery):
    page = show(gallery, 768)
    page.emulate_media(media="print")
    assert page.locator(".thread-steps").first.is_hidden()
    assert page.locator(".thread-print").first.is_visible()
    assert page.locator(".leave").is_hidden()
    assert page.locator(".bars .book").first.is_visible()
