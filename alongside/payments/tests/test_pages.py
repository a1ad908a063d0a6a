"""The money pages: who gets in, what they never say, and that a second press shows the first result."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ledger import operations as ledger
from alongside.ledger.models import LedgerTransaction, Presence
from alongside.payments.models import Freeze, Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT
from alongside.people.models import Login, ToTell
from alongside.people.queries import GUEST_KEY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default argument for algorithm"),
]
ONCE, OTHER = "0123456789abcdef0123", "fedcba9876543210fedc"


def browser(person, second=True):
    """A signed-in browser, with the second factor used or not."""
    client = Client()
    login, _ = Login.objects.get_or_create(person=person, defaults={"email": f"{person.pk}@example.org"})
    client.force_login(login)
    if second:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": AT.timestamp()}]
        session.save()
    return client


def guest(person):
    client = Client()
    session = client.session
    session[GUEST_KEY] = person.pk
    session.save()
    client.cookies["session"] = session.session_key
    return client


def text(client, name, *args):
    return client.get(reverse(f"payments:{name}", args=args)).content.decode()


@pytest.mark.parametrize("name", ["due", "freezes", "mine"])
def test_a_list_takes_the_same_queries_for_one_and_three(queries_of, name):
    them = factories.cast()
    client = browser(them.asha if name == "mine" else them.dee)
    url = reverse(f"payments:{name}")
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            factories.approved(them)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[1]


def test_where_is_my_money_comes_in_pages_and_says_all_that_is_owed_on_each(monkeypatch):
    monkeypatch.setattr("alongside.payments.views.A_PAGE", 2)
    them = factories.cast()
    for _ in range(3):
        factories.approved(them)
    first, last = (browser(them.asha).get(reverse("payments:mine"), {"page": page}) for page in (1, 2))
    assert [len(page.context["lines"]) for page in (first, last)] == [2, 1]
    assert [len(page.context["said"]) for page in (first, last)] == [3, 3]
    assert "Earlier page" in last.content.decode()


def test_from_due_to_arrived_by_pressing():
    them = factories.cast()
    factories.with_payee(them.asha)
    pk = factories.part(factories.done(them, method="BANK")).pk
    dee, fay = browser(them.dee), browser(them.fay)
    assert f">{pk}<span" in text(dee, "due")
    for _ in range(2):
        dee.post(reverse("payments:approve", args=[pk]), {"once": ONCE})
    shown = fay.post(reverse("payments:account", args=[pk]))
    assert "38290008" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert "38290008" not in fay.post(reverse("payments:account", args=[pk]), follow=True).content.decode()
    for _ in range(2):
        fay.post(reverse("payments:send", args=[pk]), {"once": ONCE[::-1], "on": "2 November 2026", "reference": "R9"})
    guest(them.asha).post(reverse("payments:i_have_it", args=[pk]), {"once": OTHER, "on": "3 November 2026"})
    payment = Payment.objects.get()
    assert (payment.state, payment.reference) == ("PAID", "R9")
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 1
    assert "R9" in text(guest(them.asha), "receipt", pk)
    assert "R9" in text(fay, "slip", pk)


def test_a_second_press_by_another_form_is_told_how_it_stands():
    them = factories.cast()
    pk = factories.part(factories.done(them)).pk
    dee = browser(them.dee)
    dee.post(reverse("payments:approve", args=[pk]), {"once": ONCE})
    page = dee.post(reverse("payments:approve", args=[pk]), {"once": ONCE[::-1]}, follow=True).content.decode()
    assert "This payment is approved." in page
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("name", ["approve", "send", "account"])
def test_moving_money_asks_for_the_second_factor(name):
    them = factories.cast()
    pk = factories.approved(them).part_id if name != "approve" else factories.part(factories.done(them)).pk
    person = them.dee if name == "approve" else them.fay
    answer = browser(person, second=False).post(reverse(f"payments:{name}", args=[pk]), {"once": ONCE})
    assert (answer.status_code, answer.url) == (302, reverse("people:second"))
    assert not Payment.objects.exclude(state="APPROVED").exists()


def test_a_refusal_on_the_page_says_why():
    them = factories.cast()
    pk = factories.approved(them, method="BANK").part_id
    assert "There are no bank details yet" in text(browser(them.fay), "claim", pk)
    assert "The person or who leads says so first" not in text(browser(them.dee), "claim", pk)


def test_on_hold_says_who_and_why_to_the_person_and_stays_owed():
    them = factories.cast()
    pk = factories.approved(them).part_id
    browser(them.dee).post(reverse("payments:hold", args=[pk]), {"once": ONCE, "words": "The fund opens on Monday."})
    page = text(guest(them.asha), "my_payment", pk)
    assert "On hold, by Dee: The fund opens on Monday." in page
    browser(them.dee).post(reverse("payments:release", args=[pk]))
    assert Payment.objects.get().state == "DUE"


def test_what_was_typed_stays_when_a_rule_stands_in_the_way():
    them = factories.cast()
    pk, dee = factories.approved(them).part_id, browser(them.dee)
    said = {"once": ONCE, "words": "The fund opens on Monday.", "until": "1 January 2020"}
    page = dee.post(reverse("payments:hold", args=[pk]), said).content.decode()
    assert "That day has passed." in page and 'value="The fund opens on Monday."' in page
    assert Payment.objects.get().state == "APPROVED"
    dee.post(reverse("payments:hold", args=[pk]), said | {"until": ""})
    assert Payment.objects.get().state == "HELD"


def test_the_person_lets_it_wait_and_go_on():
    them = factories.cast()
    pk = factories.part(factories.done(them)).pk
    mine = guest(them.asha)
    mine.post(reverse("payments:wait", args=[pk]), {"once": ONCE, "words": "The person asked for it to wait."})
    assert Payment.objects.get().state == "HELD"
    mine.post(reverse("payments:go_on", args=[pk]))
    assert Payment.objects.get().state == "DUE"


def test_there_is_no_receipt_before_it_is_sent():
    them = factories.cast()
    pk = factories.approved(them).part_id
    page = browser(them.dee).get(reverse("payments:slip", args=[pk]), follow=True).content.decode()
    assert "There is a receipt once the money is sent." in page


def test_strangers_and_others_at_the_table_find_nothing():
    them, others = factories.cast(), factories.cast("Far Valley")
    pk = factories.part(factories.done(them)).pk
    for person in (them.bo, them.eli, them.lea, others.dee):
        assert browser(person).get(reverse("payments:claim", args=[pk])).status_code == 404
        assert browser(person).get(reverse("payments:my_payment", args=[pk])).status_code == 404
    assert "Nothing waits" in text(browser(others.dee), "due")


def test_the_next_step_names_who_what_and_when():
    them = factories.cast()
    pk = factories.approved(them).part_id
    page = text(browser(them.fay), "claim", pk)
    assert re.search("somebody who pays hands it over, (by|it was due on) Monday 16 November 2026", page)
    assert "somebody who pays hands it over" in text(guest(them.asha), "my_payment", pk)
    assert "incomplete" not in text(browser(them.fay), "due").lower()


def test_the_approver_sees_what_the_line_has_and_is_warned():
    them = factories.cast()
    _, line = factories.fund(them, pence=5000)
    pk = factories.part(factories.done(them)).pk
    dee = browser(them.dee)
    page = text(dee, "approve", pk)
    assert "£50.00" in page
    named = factories.part(factories.done(them, fund_line=line, confirmed_cover=True)).pk
    page = text(dee, "approve", named)
    assert "This line has £5.00 less than was taken from it." in page
    dee.post(reverse("payments:approve", args=[named]), {"once": ONCE})
    assert Payment.objects.get().line == line


def test_cash_asks_for_a_receipt_and_a_third_person_as_witness():
    them = factories.cast()
    pk, fay = factories.approved(them).part_id, browser(them.fay)
    said = {"once": ONCE, "on": "2 November 2026", "receipt": "WITNESSED"}
    page = fay.post(reverse("payments:send", args=[pk]), said, follow=True).content.decode()
    assert "Say who saw it." in page
    said |= {"once": ONCE[::-1], "witness": them.lea.pk}
    fay.post(reverse("payments:send", args=[pk]), said)
    payment = Payment.objects.get()
    assert (payment.receipt, payment.witness, payment.state) == ("WITNESSED", them.lea, "PAID")
    assert "Lea was there" in text(fay, "slip", pk)
    waiting = "Not yet confirmed by Lea."
    assert all(waiting in text(browser(who), name, *args) for who, name, args in seen_by(them, payment))
    assert "payment:" not in ToTell.objects.get(person=them.lea).words
    presence = Presence.objects.get(about=f"receipt:{payment.part_id}")
    ledger.say_whether_there(presence_id=presence.pk, yes=False, by=them.lea, at=AT)
    assert all("that is not so" in text(browser(who), name, *args) for who, name, args in seen_by(them, payment))


def seen_by(them, payment):
    """Whose pages show what the witness says."""
    args = [payment.part_id]
    return [(them.fay, "claim", args), (them.fay, "slip", args), (them.asha, "receipt", args)]


def test_the_bank_sends_it_back_and_everybody_reads_why():
    them = factories.cast()
    pk, fay = factories.sent(them).part_id, browser(them.fay)
    fay.post(reverse("payments:back", args=[pk]), {"once": ONCE, "words": "Account closed."})
    assert "Account closed." in text(guest(them.asha), "my_payment", pk)
    assert "Asha looks at the bank details" in text(fay, "claim", pk)
    guest(them.asha).post(reverse("payees:stand_by"))
    assert "somebody who pays sends it" in text(fay, "claim", pk)


def test_a_freeze_shows_whom_it_keeps_waiting_and_is_lifted():
    them = factories.cast()
    pk = factories.approved(them).part_id
    factories.done(them, them.bo)
    dee, place = browser(them.dee), reverse("payments:freeze", args=[them.organisation.pk])
    assert "2 people would wait for £110.00 in 2 payments" in dee.get(place).content.decode()
    said = {"once": ONCE, "words": "The auditors count.", "until": "9 November 2126"}
    for _ in range(2):
        dee.post(place, said)
    assert "All money here waits, by Dee: The auditors count." in text(guest(them.asha), "my_payment", pk)
    assert "Dee looks again at all money that waits, by Saturday 9 November 2126" in text(
        browser(them.fay), "claim", pk
    )
    page = text(dee, "freezes")
    assert "It kept 2 people waiting for £110.00." in page
    dee.post(reverse("payments:lift", args=[Freeze.objects.get().pk]))
    assert "The auditors count." not in text(guest(them.asha), "my_payment", pk)


def test_who_pays_tells_the_person_where_it_is():
    them = factories.cast()
    pk = factories.approved(them).part_id
    them.asha.tell_by = "PHONE"
    them.asha.save(update_fields=["tell_by"])
    browser(them.fay).post(reverse("payments:tell", args=[pk]))
    told = ToTell.objects.get(about__startswith="money:")
    assert "£55.00" in told.words
    assert "by Monday 16 November 2026" in told.words
    assert (told.tell_by, told.told_at) == ("PHONE", None)
    assert "leaflet" not in told.words
