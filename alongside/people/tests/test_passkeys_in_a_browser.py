"""A passkey, from adding it to coming in with it, in a real browser with a made-up device in it."""

import os
import re
import shutil

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from alongside.people.tests.factories import login_for, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(live_server, monkeypatch):
    """A page in Chromium with a device that holds passkeys; page.complaints lists what the browser complained of."""
    sync = pytest.importorskip("playwright.sync_api")
    chromium = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("Chromium was not found. Install it, or set ALONGSIDE_CHROMIUM.")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    with sync.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(base_url=live_server.url, viewport={"width": 320, "height": 700})
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield page
        browser.close()


def sign_in_by_mail(page, address):
    page.goto("/door/sign-in/")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The six digits from the mail").fill(re.search(r"\d{3} \d{3}", mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: "/door/" not in url)


def test_passkey_is_added_and_opens_the_door_and_the_money_pages(page):
    login_for(person("Dee"))
    sign_in_by_mail(page, "dee@example.org")
    page.goto("/door/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your spare codes").wait_for()
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    page.goto("/door/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/me/")
    assert "/door/sign-in/" in page.url

    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/door/" not in url)
    page.goto("/me/second/")
    assert page.get_by_text("You have shown it.").is_visible()
    assert page.complaints == []


def test_second_thing_after_digits_by_mail_can_be_the_passkey(page):
    login_for(person("Dee"))
    sign_in_by_mail(page, "dee@example.org")
    page.goto("/door/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your spare codes").wait_for()
    page.context.clear_cookies()
    page.goto("/door/sign-in/")
    page.get_by_label("Your e-mail address").fill("dee@example.org")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The six digits from the mail").fill(re.search(r"\d{3} \d{3}", mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/door/" not in url)
    page.goto("/me/")
    assert page.get_by_role("heading", name="My page").is_visible()
