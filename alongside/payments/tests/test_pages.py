"""The money pages: who gets in, what they never say, and that a second press shows the first result."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.contributions.tests import factories as offers
from alongside.initiatives.models import Initiative
from alongside.ledger.models import Fund, LedgerTransaction
from alongside.payees.models import Payee
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT
from alongside.people.models import Lens, Login
from alongside.people.queries import GUEST_KEY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:The default argument for algorithm"),
]
ONCE = "0123456789abcdef0123"


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


@pytest.mark.parametrize("name", ["due", "book", "mine"])
def test_a_list_takes_the_same_queries_for_one_and_three(queries_of, name):
    them = factories.cast()
    client = browser(them.asha if name == "mine" else them.dee)
    url = reverse(f"payments:{name}", args=[them.organisation.pk] if name == "book" else [])
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            factories.approved(them)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[1]


def test_from_due_to_arrived_by_pressing():
    them = factories.cast()
    factories.with_payee(them.asha)
    pk = factories.done(them, method="BANK").pk
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
    guest(them.asha).post(reverse("payments:i_have_it", args=[pk]), {"on": "3 November 2026"})
    payment = Payment.objects.get()
    assert (payment.state, payment.reference) == ("PAID", "R9")
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 1
    assert "R9" in text(guest(them.asha), "receipt", pk)
    assert "R9" in text(fay, "slip", pk)


def test_a_second_press_by_another_form_is_told_how_it_stands():
    them = factories.cast()
    pk = factories.done(them).pk
    dee = browser(them.dee)
    dee.post(reverse("payments:approve", args=[pk]), {"once": ONCE})
    page = dee.post(reverse("payments:approve", args=[pk]), {"once": ONCE[::-1]}, follow=True).content.decode()
    assert "This payment is approved." in page
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("name", ["approve", "send", "account"])
def test_moving_money_asks_for_the_second_factor(name):
    them = factories.cast()
    pk = factories.approved(them).part_id if name != "approve" else factories.done(them).pk
    person = them.dee if name == "approve" else them.fay
    answer = browser(person, second=False).post(reverse(f"payments:{name}", args=[pk]), {"once": ONCE})
    assert (answer.status_code, answer.url) == (302, reverse("people:second"))
    assert not Payment.objects.exclude(state="APPROVED").exists()


def test_money_pages_never_say_why_a_person_is_involved():
    """Finance sees who, how much, how and by when. Lens, initiative, task and the private note stay away."""
    them = factories.cast()
    Initiative.objects.filter(pk=them.initiative.pk).update(name="CANARY psychosis group", about="CANARY about")
    Lens.objects.create(person=them.asha, words="CANARY lens", side="lived")
    made = offers.offer(them, task="CANARY talk about the ward")
    operations.contributions.answer(
        offer_id=made.pk, state="ACCEPTED", method="CASH", reason="CANARY reason", by=them.asha, at=AT
    )
    operations.contributions.say_done(offer_id=made.pk, on=factories.ON, by=them.asha, at=AT)
    dee, fay = browser(them.dee), browser(them.fay)
    pages = [text(dee, "due"), text(dee, "claim", made.pk), text(dee, "approve", made.pk), text(dee, "hold", made.pk)]
    operations.approve(part_id=factories.part(made).pk, by=them.dee, at=AT)
    pages += [text(fay, "send", made.pk), text(fay, "claim", made.pk)]
    operations.send(part_id=factories.part(made).pk, on=factories.ON, by=them.fay, at=AT)
    pages += [text(fay, "slip", made.pk), text(fay, "due"), text(fay, "book", them.organisation.pk)]
    pages += [text(guest(them.asha), "receipt", made.pk)]
    assert all("Asha" in page for page in (pages[0], pages[1], pages[6]))
    assert [number for number, page in enumerate(pages) if "CANARY" in page] == []
    assert "CANARY talk" in text(guest(them.asha), "my_payment", made.pk)


def test_a_refusal_on_the_page_says_why():
    them = factories.cast()
    pk = factories.approved(them, method="BANK").part_id
    assert "There are no bank details yet" in text(browser(them.fay), "claim", pk)
    assert "The person or who leads says so first" not in text(browser(them.dee), "claim", pk)


def test_on_hold_says_who_and_why_to_the_person_and_stays_owed():
    them = factories.cast()
    pk = factories.approved(them).part_id
    browser(them.dee).post(reverse("payments:hold", args=[pk]), {"words": "The fund opens on Monday."})
    page = text(guest(them.asha), "my_payment", pk)
    assert "On hold, by Dee: The fund opens on Monday." in page
    browser(them.dee).post(reverse("payments:release", args=[pk]))
    assert Payment.objects.get().state == "DUE"


def test_the_person_lets_it_wait_and_go_on():
    them = factories.cast()
    pk = factories.done(them).pk
    mine = guest(them.asha)
    mine.post(reverse("payments:wait", args=[pk]), {"words": "The person asked for it to wait."})
    assert Payment.objects.get().state == "HELD"
    mine.post(reverse("payments:go_on", args=[pk]))
    assert Payment.objects.get().state == "DUE"


PAYEE = {"once": ONCE, "name": "A Person", "sort_code": "20-04-15", "account": "3829 0008"}


def test_an_account_is_typed_masked_and_forgotten():
    them = factories.cast()
    mine = guest(them.asha)
    for _ in range(2):
        mine.post(reverse("payments:payee"), PAYEE)
    page = text(mine, "payee")
    assert Payee.objects.count() == 1
    assert "0008" in page
    assert "38290008" not in page
    mine.post(reverse("payments:payee_drop"))
    assert queries.payee_of(them.asha) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sort_code": "2004"}, "six figures"), ({"sort_code": "20-04-1X"}, "six figures"),
        ({"account": "123"}, "eight figures"), ({"account": "٣٨٢٩٠٠٠٨"}, "eight figures"),
        ({"name": ""}, "needs an answer"),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be_is_asked_again(wrong, words):
    page = guest(factories.cast().asha).post(reverse("payments:payee"), PAYEE | wrong).content.decode()
    assert words in page
    assert Payee.objects.count() == 0


def test_a_fund_is_written_down_once_and_odd_lines_are_named():
    them = factories.cast()
    dee, url = browser(them.dee), reverse("payments:fund_add", args=[them.organisation.pk])
    fund = {
        "once": ONCE,
        "name": "Council",
        "lines": "Pay | £4,000",
        "from_on": "1 April 2026",
        "to_on": "1 April 2027",
    }
    for wrong, words in (
        ({"lines": "Pay £4"}, "Line 1 needs two parts"), ({"lines": "Pay | four"}, "Line 1: Write an amount"),
        ({"to_on": "1 April 2026"}, "Write a day after"), ({"lines": "Pay | -5"}, "not below"),
    ):  # fmt: skip
        assert words in dee.post(url, fund | wrong).content.decode()
    for _ in range(2):
        dee.post(url, fund)
    assert Fund.objects.count() == 1
    assert "£4,000.00" in text(dee, "book", them.organisation.pk)


def test_there_is_no_receipt_before_it_is_sent():
    them = factories.cast()
    pk = factories.approved(them).part_id
    page = browser(them.dee).get(reverse("payments:slip", args=[pk]), follow=True).content.decode()
    assert "There is a receipt once the money is sent." in page


def test_strangers_and_others_at_the_table_find_nothing():
    them, others = factories.cast(), factories.cast("Far Valley")
    pk = factories.done(them).pk
    for person in (them.bo, them.eli, them.lea, others.dee):
        assert browser(person).get(reverse("payments:claim", args=[pk])).status_code == 404
        assert browser(person).get(reverse("payments:my_payment", args=[pk])).status_code == 404
    assert browser(others.dee).get(reverse("payments:book", args=[them.organisation.pk])).status_code == 404
    assert "Nothing waits" in text(browser(others.dee), "due")
