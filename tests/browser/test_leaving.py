"""The way out, and what stays behind in the browser after it: nothing."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core import mail

from tests.browser.hands import Hands
from tests.browser.pages import at
from tests.browser.test_journeys_of_people import digits


class Weather(BaseHTTPRequestHandler):
    """The place that the way out leads to, kept on this machine."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weather</title><link rel=icon href=data:,><h1>Sun</h1>")

    def log_message(self, *args):
        """Nothing is written down."""


@pytest.fixture
def weather(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    settings.QUICK_EXIT_TO = f"http://127.0.0.1:{server.server_port}/weather"
    yield settings.QUICK_EXIT_TO
    server.shutdown()
    server.server_close()
    thread.join()


def session_of(page):
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_way_out_is_one_tab_and_enter_away(shared_site, weather, script):
    page = shared_site.open("author", java_script_enabled=script)
    page.goto(at(shared_site, "people:me"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(weather)
    assert page.title() == "Weather"


def test_three_times_shift_leaves_and_back_does_not_show_the_page_again(shared_site, weather):
    page = shared_site.open("author")
    page.goto("/find/")
    page.goto(at(shared_site, "people:me"))
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(weather)
    page.go_back()
    assert not page.url.endswith("/me/")


def test_coming_in_gives_a_new_session_and_going_out_ends_it(site):
    page = site.open()
    asha = Hands(page).go(at(site, "people:me")).write("Your e-mail address", "ownauthor@example.org").press("Continue")
    before = session_of(page)
    asha.write("The six digits", digits()).press("Continue").sees("My page")
    inside = session_of(page)
    assert inside != before
    asha.press("Sign out").press("Sign out")
    for old in (before, inside):
        again = site.open()
        again.context.add_cookies([{"name": "session", "value": old, "url": site.home}])
        again.goto(at(site, "people:me"))
        assert "/door/sign-in/" in again.url
        assert "ownauthor" not in again.content()


def test_back_after_going_out_shows_nothing_of_the_person(site):
    page = site.open("author")
    asha = Hands(page).go(at(site, "people:me")).sees("ownauthor@example.org")
    asha.press("Sign out").press("Sign out")
    for _ in range(2):
        page.go_back()
        assert "ownauthor" not in page.content()
    assert "/door/sign-in/" in page.url


def test_somebody_else_in_the_same_browser_sees_nothing_of_who_was_there(site):
    page = site.open("author")
    asha = Hands(page).go(at(site, "payments:mine")).press("My page").press("Sign out").press("Sign out")
    asha.press("Sign in").write("Your e-mail address", "ownmember@example.org").press("Continue")
    assert mail.outbox[-1].to == ["ownmember@example.org"]
    asha.write("The six digits", digits()).press("Continue").go(at(site, "people:me"))
    asha.sees("ownmember").sees_not("ownauthor")
    asha.go(at(site, "payments:mine")).sees_not("£40.00")


@pytest.mark.parametrize("name", ["people:me", "payments:mine", "conversations:conversation", "safety:help"])
def test_a_title_and_an_address_give_nothing_away(shared_site, name):
    page = shared_site.open("author")
    page.goto(at(shared_site, name, *(["conversation"] if name.startswith("conv") else [])))
    shown = f"{page.title()} {page.url}".lower()
    assert [word for word in ("mental", "illness", "ward", "crisis", "ownauthor", "@") if word in shown] == []
