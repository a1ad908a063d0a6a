"""Every answer carries the headers that keep browsers in line, and every form refuses a foreign page."""

import os
import subprocess
import sys

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.test_access import ROWS, address, row_words
from tests.world import World

pytestmark = pytest.mark.django_db
CSP_PARTS = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "object-src 'none'",
    "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.named = made.samples()["own"]
        made.clients = {role: made.client(role) for role in ("outsider", "author", "facilitator", "lead")}
        yield made
        transaction.set_rollback(True)


def faults_of(response, *, somebody):
    """What is missing or wrong in the headers of one answer."""
    policy = response.headers.get("Content-Security-Policy", "")
    yield from (f"no {part}" for part in CSP_PARTS if part not in policy)
    yield from (f"{word} in CSP" for word in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:") if word in policy)
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ):
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    if response.headers.get("Referrer-Policy") not in {"no-referrer", "same-origin"}:
        yield f"Referrer-Policy: {response.headers.get('Referrer-Policy')}"
    if somebody and "no-store" not in response.headers.get("Cache-Control", ""):
        yield f"Cache-Control: {response.headers.get('Cache-Control')}"
    for cookie in response.cookies.values():
        if cookie["max-age"] == 0:  # being taken away
            continue
        if not cookie["httponly"] or cookie["samesite"] not in {"Lax", "Strict"}:
            yield f"cookie {cookie.key}"


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.parametrize("role", ["outsider", "author", "lead"])
def test_answer_carries_the_headers(world, name, role):
    response = world.clients[role].get(address(name, ROWS[name], world.named))
    assert list(faults_of(response, somebody=role != "outsider")) == []


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row_words(row)[1]))
def test_post_from_a_foreign_page_is_refused(world, name):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.clients["facilitator"].cookies
    response = strict.post(address(name, ROWS[name], world.named), headers={"origin": "https://evil.example"})
    assert response.status_code == 403


def test_missing_page_carries_the_headers_too(client):
    assert list(faults_of(client.get("/nothing/here/"), somebody=False)) == []


def test_page_names_no_outside_host(client):
    page = client.get(reverse("front:today")).content.decode()
    outside = [part for part in page.split('"') if part.startswith(("http://", "https://", "//"))]
    assert outside == []


def test_deploy_check_is_clean(tmp_path):
    """`check --deploy` as a site would run it: https, its own secret, no debug."""
    said = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "ALONGSIDE_HOME": str(tmp_path),
            "ALONGSIDE_HOSTS": "coproduction.example",
            "ALONGSIDE_HTTPS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr


def test_secure_site_sends_hsts_and_host_cookies(tmp_path):
    """One year of HSTS and `__Host-` cookies, asked of the real settings in a process of their own."""
    script = (
        "from django.conf import settings as s;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SECURE_SSL_REDIRECT;"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-');"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and not s.DEBUG"
    )
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings", "ALONGSIDE_HOME": str(tmp_path), "ALONGSIDE_HTTPS": "1",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", script], env=env, check=True)
