"""Many tries at the same moment gain nothing over tries one by one (T7). SQLite lets one writer in at a time anyway."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from alongside.people import operations
from alongside.people.models import ClaimCode, Person
from alongside.people.tests.factories import AT, LATER
from alongside.refusals import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 20


def all_at_once(do):
    """What `do(number)` answers in each of many threads that start together."""
    gate = Barrier(AT_ONCE)

    def run(number):
        gate.wait()
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_one_set_of_digits_is_looked_at_five_times_at_most():
    client = Client()
    client.post("/door/sign-in/", {"address": "asha@example.org"})
    digits = re.search(r"(\d{3}) (\d{3})", mail.outbox[-1].body).expand(r"\1\2")

    def try_it(number):
        browser = Client()
        browser.cookies["session"] = client.cookies["session"].value
        return browser.post("/door/sign-in/", {"code": f"{(int(digits) + number + 1) % 1_000_000:06}"}).text

    looked_at = [text for text in all_at_once(try_it) if "not the digits" in text]
    assert len(looked_at) <= 5


def test_one_claim_code_is_taken_once():
    _, code = operations.welcome_guest(shown_name="Rain", at=AT)

    def take(number):
        try:
            return operations.claim(typed=code, at=LATER).pk
        except Refused:
            return None

    assert len([pk for pk in all_at_once(take) if pk]) == 1
    assert ClaimCode.objects.get().used_at == LATER


def test_one_helper_begins_one_visit():
    helper = operations.join(login_id=operations.open_login(address="a@example.org").pk, shown_name="Asha", at=AT)

    def begin(number):
        try:
            given = {"present": "There", "channel": "PHONE", "shown_name": f"P{number}"}
            return operations.meet_newcomer(helper=Person.objects.get(pk=helper.pk), at=AT, **given).pk
        except Refused:
            return None

    assert len([pk for pk in all_at_once(begin) if pk]) == 1
    assert Person.objects.count() == 2, "who was refused left nobody behind"
