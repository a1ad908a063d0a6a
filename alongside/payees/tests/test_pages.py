"""The page about my account, and the list of new accounts to confirm."""

import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ledger.tests.test_pages import browser
from alongside.payees import queries
from alongside.payees.models import Payee
from alongside.payees.tests import factories
from alongside.people.queries import GUEST_KEY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default argument for algorithm"),
]
ONCE = "0123456789abcdef0123"
UK = {"once": ONCE, "name": "A Person", "sort_code": "20-04-15", "account": "3829 0008"}
EURO = {"once": ONCE, "name": "A Person", "iban": "IE29 AIBK 9311 5212 3456 78", "bic": "aibkie2d"}


def guest(person):
    client = Client()
    session = client.session
    session[GUEST_KEY] = person.pk
    session.save()
    client.cookies["session"] = session.session_key
    return client


def text(client, name):
    return client.get(reverse(f"payees:{name}")).content.decode()


def test_an_account_is_typed_masked_and_forgotten():
    _typed_masked_and_forgotten(UK, "0008")


@pytest.mark.usefixtures("in_euro")
def test_an_international_number_is_typed_masked_and_forgotten():
    _typed_masked_and_forgotten(EURO, "5678")


def _typed_masked_and_forgotten(said, end):
    them = factories.cast()
    mine = guest(them.asha)
    for _ in range(2):
        mine.post(reverse("payees:payee"), said)
    page = text(mine, "payee")
    assert Payee.objects.count() == 1
    assert end in page
    assert "38290008" not in page
    assert "AIBK" not in page.split("<form")[0]
    mine.post(reverse("payees:drop"))
    assert queries.payee_of(them.asha) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (UK | {"sort_code": "2004"}, "six figures"), (UK | {"sort_code": "20-04-1X"}, "six figures"),
        (UK | {"account": "123"}, "eight figures"), (UK | {"account": "٣٨٢٩٠٠٠٨"}, "eight figures"),
        (UK | {"name": ""}, "needs an answer"), (UK | {"account": ""}, "needs an answer"),
        ({"once": ONCE, "name": "A Person"}, "needs an answer"),
        (EURO, "needs an answer"), (UK | {"account": "IE29 AIBK 9311 5212"}, "international number (IBAN). We pay in pounds"),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be_is_asked_again(wrong, words):
    _asked_again(wrong, words)


@pytest.mark.usefixtures("in_euro")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (EURO | {"iban": "IE29 AIBK 9311 5212 3456 79"}, "is not right"),
        (EURO | {"iban": "TR33 0006 1005 1978 6457 8413 26", "bic": ""}, "Our euro cannot go to an account in that country."),
        (EURO | {"iban": "XX00 1234"}, "is not right"), (EURO | {"bic": "AIB"}, "8 or 11 letters"),
        (EURO | {"iban": ""}, "needs an answer"), (UK, "needs an answer"),
    ],
)  # fmt: skip
def test_an_international_number_that_cannot_be_is_asked_again(wrong, words):
    _asked_again(wrong, words)


def _asked_again(wrong, words):
    page = guest(factories.cast().asha).post(reverse("payees:payee"), wrong).content.decode()
    assert words in page
    assert Payee.objects.count() == 0


def test_a_new_account_waits_says_so_and_is_confirmed_by_its_code():
    them = factories.cast()
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    factories.waits(them.asha, at=timezone.now())
    mine = guest(them.asha)
    page = text(mine, "payee")
    assert all(words in page for words in ("0008", "0009", "waits to be confirmed", "We call you"))
    answer = mine.post(reverse("payees:code"), {"typed": "x"}, follow=True)
    assert "another code" in answer.content.decode()
    mine.post(reverse("payees:code"), {"typed": factories.code_of(them.asha)})
    assert queries.payee_of(them.asha).last_figures == "0009"
    assert "waits to be confirmed" not in text(mine, "payee")


def test_a_new_account_is_taken_back():
    them = factories.cast()
    factories.waits(them.asha)
    mine = guest(them.asha)
    assert "so no code was sent" in text(mine, "payee")
    mine.post(reverse("payees:take_back"))
    assert queries.waiting_of(them.asha) is None


def test_who_leads_confirms_with_the_second_factor():
    them, others = factories.cast(), factories.cast("Far Valley")
    new = factories.waits(them.asha)
    go = reverse("payees:confirm", args=[new.pk])
    assert "Asha" in text(browser(them.lea), "to_confirm")
    assert "None waits" in text(browser(others.lea), "to_confirm")
    assert browser(others.lea).post(go).status_code == 404
    assert browser(them.asha).post(go).status_code == 404
    browser(them.lea, second=False).post(go)
    assert queries.payee_of(them.asha) != new
    browser(them.lea).post(go)
    assert queries.payee_of(them.asha) == new


def test_the_list_takes_the_same_queries_for_one_and_three(queries_of):
    them = factories.cast()
    lea, counts = browser(them.lea), []
    for people in ([them.asha], [them.dee, them.fay]):
        for person in people:
            factories.waits(person)
        counts.append(queries_of(lambda: lea.get(reverse("payees:to_confirm"))))
    assert counts[0] == counts[1]


def reached(browser, start):
    """{address: page} of everything that links lead to from a page."""
    found, left = {}, [start]
    while left and len(found) < 200:
        url = left.pop()
        if url in found:
            continue
        answer = browser.get(url, follow=True)
        found[url] = b"".join(answer).decode(errors="ignore")
        hrefs = re.findall(r'href="(/[^"#]*)"', found[url]) if "html" in answer["Content-Type"] else []
        left += [href.replace("&amp;", "&") for href in hrefs if not href.startswith("/static/")]
    return found


def test_the_code_stands_on_no_page_and_in_no_file_of_who_typed_the_account():
    them = factories.cast()
    factories.signs_in(them.asha)
    factories.with_contact(them.asha, "PHONE", "07700 900123")
    factories.waits(them.asha, at=timezone.now())
    code, mine = factories.code_of(them.asha), guest(them.asha)
    pages = reached(mine, reverse("payees:payee")) | reached(mine, "/")
    assert len(pages) > 20 and any("waits to be confirmed" in page for page in pages.values())
    assert [url for url, page in pages.items() if code in page] == []
    taken = mine.post(reverse("my_record"))
    with zipfile.ZipFile(io.BytesIO(taken.content)) as files:
        assert [name for name in files.namelist() if code.encode() in files.read(name)] == []
