"""Money and operator duties ask for a second thing. Every page of signing in is ours."""

import base64
import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.config import adapter
from alongside.people import permissions, queries
from alongside.people.models import Login
from alongside.people.permissions import second_factor_needed
from alongside.people.tests.factories import as_guest, login_for, person, signed_in, visit

pytestmark = pytest.mark.django_db
DOOR = "/door/sign-in/"


@pytest.fixture
def dee():
    who = person("Dee")
    adapter.keep_address(login_for(who))
    return who


@pytest.fixture
def client(dee):
    return signed_in(dee)


@second_factor_needed
def money(request):
    return HttpResponse("the money page")


def ask_for_money(client, method="get"):
    """What the money page answers in this browser."""
    request = getattr(RequestFactory(), method)("/payments/?run=3")
    request.session = client.session
    user = Login.objects.filter(pk=request.session.get("_auth_user_id")).first()
    request.user = user or type("Nobody", (), {"is_authenticated": False})()
    request.person = queries.acting_person(request)
    return money(request)


def add_app(client):
    """Add an app that shows codes; returns its secret and the page that comes next."""
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    return secret, client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)}, follow=True)


def app_code(secret, steps=0):
    counter = next(totp.yield_hotp_counters_from_time()) + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def sign_in(client):
    client.post(DOOR, {"address": "dee@example.org"})
    digits = re.search(r"(\d{3}) (\d{3})", mail.outbox[-1].body).expand(r"\1\2")
    return client.post(DOOR, {"code": digits})


def test_money_needs_a_second_thing_and_the_page_says_why(client):
    answer = ask_for_money(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/second/?next=%2Fpayments%2F%3Frun%3D3")
    page = client.get(answer.headers["Location"]).text
    assert "Whoever reads your mail could sign in as you" in page
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page


def test_what_was_pressed_is_not_pressed_again_by_coming_back(client):
    assert ask_for_money(client, "post").headers["Location"] == "/me/second/"


def test_outsider_goes_to_the_door_first():
    assert ask_for_money(Client()).headers["Location"].startswith(DOOR)


def test_guest_is_told_to_sign_in_first():
    client = as_guest(person("Rain"))
    assert ask_for_money(client).headers["Location"].startswith("/me/second/")
    assert "Come in with an e-mail address first" in client.get("/me/second/").text


def test_nobody_does_money_for_somebody_else(client, dee):
    session = client.session
    session[permissions.WAYS_KEY] = [{"method": "mfa", "at": time.time()}]
    session[queries.VISIT_KEY] = visit(dee, person("Bo")).pk
    session.save()
    assert ask_for_money(client).status_code == 302
    assert "Nobody does this for somebody else" in client.get("/me/second/").text


def test_app_is_added_then_shown_and_money_opens(client):
    secret, page = add_app(client)
    assert "Your spare codes" in page.text
    assert len(page.context["unused_codes"]) == 10
    assert ask_for_money(client).content == b"the money page", "its code was typed just now"
    client = signed_in(Login.objects.get().person)
    assert ask_for_money(client).status_code == 302
    way = client.get("/me/second/?next=/me/told/").context["ways"][0][0]
    answer = client.post(way, {"code": app_code(secret, 1)})
    assert answer.headers["Location"] == "/me/told/"
    assert ask_for_money(client).content == b"the money page"
    assert "You have shown it" in client.get("/me/second/").text


def test_picture_for_the_app_can_be_drawn_and_says_whose_it_is(client):
    page = client.get(reverse("mfa_activate_totp"))
    drawing = base64.b64decode(page.context["totp_svg_data_uri"].partition(",")[2]).decode()
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "otpauth://totp/dee%40example.org?" in page.context["totp_url"]
    assert "issuer=Alongside" in page.context["totp_url"]


def test_sign_in_asks_for_the_app_and_then_money_opens(client):
    secret, _ = add_app(client)
    other = Client()
    assert sign_in(other).headers["Location"] == reverse("mfa_authenticate")
    assert other.get("/me/").status_code == 302
    assert "does not fit" in other.post(reverse("mfa_authenticate"), {"code": "000000"}).text
    assert other.post(reverse("mfa_authenticate"), {"code": app_code(secret, 1)}).headers["Location"] == "/"
    assert ask_for_money(other).content == b"the money page"


def test_spare_code_works_once(client, dee):
    add_app(client)
    spare = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    for expected in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post(reverse("mfa_authenticate"), {"code": spare}).status_code == expected


def test_app_codes_cannot_be_guessed_for_long(client):
    add_app(client)
    other = Client()
    sign_in(other)
    pages = [other.post(reverse("mfa_authenticate"), {"code": "000000"}).text for _ in range(7)]
    assert "too many tries" in pages[-1]


def test_secret_of_the_app_is_locked_in_the_database(client):
    secret, _ = add_app(client)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept


@pytest.mark.django_db(transaction=True)
def test_change_of_the_ways_in_is_told_by_mail_without_saying_much(client):
    add_app(client)
    message = mail.outbox[-1]
    assert message.subject == "Your ways in have changed"
    assert "An app that shows codes was added." in message.body
    assert "127.0.0.1" not in message.body


def test_taking_the_app_away_asks_once_more_who_it_is(client):
    secret, _ = add_app(client)
    client = signed_in(Login.objects.get().person)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(answer.headers["Location"], {"code": app_code(secret, 1)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_demo_lets_visitors_go_on_and_nothing_else_does(client, settings):
    client.post("/me/second/?next=/me/told/")
    assert ask_for_money(client).status_code == 302
    settings.DEMO = True
    assert "Go on in the demonstration" in client.get("/me/second/").text
    assert client.post("/me/second/?next=/me/told/").headers["Location"] == "/me/told/"
    assert ask_for_money(client).content == b"the money page"


def test_second_page_leads_only_to_pages_of_ours(client):
    assert "evil" not in client.get("/me/second/?next=https://evil.example/").text


# --- passwords ---


def with_password(dee, words="three green kettles"):
    login = queries.login_of(dee)
    login.set_password(words)
    login.save()
    return words


def test_password_opens_the_door_for_who_wanted_one(dee):
    words = with_password(dee)
    client = Client()
    data = {"address": "Dee@example.org", "password": words, "next": "/me/told/"}
    assert client.post(reverse("account_password"), data).headers["Location"] == "/me/told/"


@pytest.mark.parametrize(("address", "typed"), [("dee@example.org", "wrong"), ("nobody@example.org", "wrong")])
def test_wrong_password_and_unknown_address_say_the_same(dee, address, typed):
    with_password(dee)
    page = Client().post(reverse("account_password"), {"address": address, "password": typed})
    assert "do not belong together" in page.text
    assert page.status_code == 200


def test_login_without_a_password_opens_with_none(dee):
    for typed in ("", "!", " "):
        Client().post(reverse("account_password"), {"address": "dee@example.org", "password": typed})
    Login.objects.update(password="")
    page = Client().post(reverse("account_password"), {"address": "dee@example.org", "password": ""})
    assert page.status_code == 200
    assert not queries.login_of(dee).has_usable_password()


def test_passwords_cannot_be_guessed_for_long(dee):
    with_password(dee)
    pages = [
        Client().post(reverse("account_password"), {"address": "dee@example.org", "password": "x"}).text
        for _ in range(6)
    ]
    assert "too many tries" in pages[-1]


def test_password_is_set_and_changed_on_our_pages(client, dee):
    client.post(
        reverse("account_set_password"), {"password1": "three green kettles", "password2": "three green kettles"}
    )
    assert queries.login_of(dee).check_password("three green kettles")
    assert client.get("/me/").status_code == 200
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": "three green kettles", "password1": "short", "password2": "short"},
    )
    assert "at least 12" in page.text


# --- every page is ours ---


PAGES = [
    "account_login", "account_password", "account_logout", "account_inactive", "account_email", "account_set_password",
    "account_change_password", "account_reauthenticate", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_authenticate",
]  # fmt: skip


def dressed(name, dee, client):
    """A browser and an address at which the page `name` is drawn."""
    login = queries.login_of(dee)
    if name in {"account_login", "account_password"}:
        return Client(), reverse(name)
    if name in {"account_change_password", "account_reauthenticate"}:
        with_password(dee)
        client = signed_in(dee)
    key = None
    if "webauthn" in name:
        credential = {"id": "x", "response": {}}
        if name != "mfa_add_webauthn":
            key = Authenticator.objects.create(
                user=login, type="webauthn", data={"name": "k", "credential": credential}
            )
    if name in {"mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_authenticate",
                "mfa_generate_recovery_codes"}:  # fmt: skip
        add_app(client)
    if name == "mfa_authenticate":
        client = Client()
        sign_in(client)
    if name != "mfa_reauthenticate":
        session = client.session
        ways = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
        session[permissions.WAYS_KEY], session["account_authentication_methods_user"] = ways, str(login.pk)
        session.save()
    return client, reverse(name, args=[key.pk] if name in {"mfa_remove_webauthn", "mfa_edit_webauthn"} else [])


@pytest.mark.parametrize("name", PAGES)
def test_page_of_signing_in_is_ours(name, dee, client, monkeypatch):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    browser, url = dressed(name, dee, client)
    page = browser.get(url)
    assert page.status_code == 200, page.headers.get("Location")
    files = {template.origin.name for template in page.templates if getattr(template, "origin", None)}
    assert [file for file in files if file.endswith("design/page.html")]
    assert [file for file in files if "/allauth/" in file] == []
    assert not re.search(r"placeholder=|Two-Factor|two-factor|Authenticator|authentication", page.text)
    assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))", page.text)


@pytest.mark.parametrize("name", ["mfa_view_recovery_codes", "mfa_download_recovery_codes"])
def test_spare_codes_are_shown_and_downloaded(client, name):
    secret, page = add_app(client)
    codes = page.context["unused_codes"]
    assert all(code in client.get(reverse(name)).text for code in codes)


def test_every_address_of_the_doors_is_looked_at():
    from alongside.config import doors

    not_pages = {"account_signup", "account_everywhere", "mfa_download_recovery_codes", "mfa_login_webauthn"}
    assert {pattern.name for pattern in doors.urlpatterns} == set(PAGES) | not_pages
