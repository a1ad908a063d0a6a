"""A site that keeps euro: from the offer to the bank's answer, on every page, and what is refused on either kind of site."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import sepaxml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.urls import reverse
from lxml import etree

from alongside.calculations import money
from alongside.calculations.payment_file import FromAccount
from alongside.calculations.statement_file.tests.made_up import camt, entry
from alongside.config import checks
from alongside.contributions import operations as contributions
from alongside.contributions.states import OfferState
from alongside.contributions.tests import factories as offers
from alongside.ledger import operations as ledger
from alongside.ledger import queries as book
from alongside.ledger.models import LedgerEntry, LedgerTransaction
from alongside.ledger.states import AccountKind, Entry, EntryKind
from alongside.payees import operations as payees
from alongside.payees import queries as accounts
from alongside.payments import operations as payments
from alongside.payments.models import Payment
from alongside.payments.tests.factories import part as part_of
from alongside.payments.tests.test_pages import browser
from alongside.rates import queries as rates
from alongside.refusals import Refused
from alongside.runs import operations, queries
from alongside.runs.models import Run
from alongside.runs.tests import factories
from alongside.runs.tests.factories import AT, HARBOUR, ON
from alongside.runs.tests.test_pages import Finger

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:The default argument for algorithm")]
IBAN = "IE29AIBK93115212345678"
SCHEMA = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"
MOST_PAGES = 120


@pytest.fixture(autouse=True)
def day(monkeypatch):
    for room in ("runs", "contributions", "payments", "payees"):
        monkeypatch.setattr(f"alongside.{room}.views.timezone.now", lambda: AT)


def refused(do, **facts):
    with pytest.raises(Refused) as stop:
        do(**facts)
    return stop.value.refusal


def crawled(person):
    """{path: words} of every page that somebody reaches by links from their today page, without the file downloads."""
    client, waiting, seen = browser(person), ["/"], {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.get(path, follow=True)
        html = answer.content.decode() if answer.headers["Content-Type"].startswith("text/html") else ""
        seen[path] = html
        main = html.split("<main", 1)[-1]
        waiting += [url.split("#")[0] for url in re.findall(r'href="(/[^"]*)"', main) if "/accounts/" not in url]
    return seen


def say(sign, *people):
    """Every page that these people reach; the pages that show `sign`, and those that show the other one."""
    pages = {(who.shown_name, path): html for who in people for path, html in crawled(who).items()}
    other = {"£": "€", "€": "£"}[sign]
    looks_up = {key for key in pages if key[1].startswith("/benefits/")}  # rules of other countries keep their own
    right = {key for key, html in pages.items() if sign in html}
    wrong = {key for key, html in pages.items() if other in html and key not in looks_up}
    return right, wrong


@pytest.mark.usefixtures("in_euro")
def test_the_whole_way_in_euro():
    them = factories.cast()
    fay, gus, mine = Finger(), Finger(), browser(them.asha)
    asked = browser(them.lea).get(reverse("contributions:make", args=[them.initiative.pk])).content.decode()
    assert "€27.50" in asked and "like €4.00 for the bus" in asked and "£" not in asked
    offer = offers.offer(them)
    shown = mine.get(reverse("contributions:offer", args=[offer.pk])).content.decode()
    assert "€55.00" in shown and "£" not in shown
    contributions.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=them.asha, at=AT)
    contributions.say_done(offer_id=offer.pk, on=ON, by=them.asha, at=AT)
    _account_by_page(mine)
    assert accounts.payee_of(them.asha).last_figures == "5678"
    payment = payments.approve(part_id=part_of(offer).pk, by=them.dee, at=AT)

    fay.sit_down(browser(them.fay))
    fay.follow("Payment runs")
    fay.follow("Choose what to pay")
    assert "€55.00" in fay.page
    fay.press("Make the run")
    run = Run.objects.get()
    assert (run.currency, run.pence) == ("EUR", 5_500)
    gus.sit_down(browser(them.gus))
    gus.follow(f"Run {run.number} waits for your second look")
    gus.press("Yes, confirm this run")
    fay.sit_down(fay.client)
    fay.follow(f"Run {run.number} is ready for the bank")
    _is_a_euro_order(fay.press("Fetch the file").content)
    fay.press("The bank has it")
    _brought_in(fay, run)

    assert Payment.objects.get(pk=payment.pk).state == "PAID"
    assert set(LedgerTransaction.objects.values_list("currency", flat=True)) == {"EUR"}
    assert LedgerEntry.objects.aggregate(Sum("pence"))["pence__sum"] == 0
    assert (book.invariants(), queries.invariants()) == ([], [])
    right, wrong = say("€", them.asha, them.fay, them.gus, them.dee, them.lea)
    assert wrong == set()
    assert {name for name, _ in right} == {"Asha", "Fay", "Gus", "Dee", "Lea"}


def _account_by_page(client):
    url = reverse("payees:payee")
    page = client.get(url).content.decode()
    assert "(IBAN)" in page and "sort code" not in page
    said = {"once": "0123456789abcdef0123", "name": "Asha Bell", "iban": "IE29 AIBK 9311 5212 3456 78", "bic": ""}
    assert client.post(url, said).status_code == 302


def _is_a_euro_order(file):
    tree = etree.fromstring(file)
    etree.XMLSchema(file=str(SCHEMA)).assertValid(tree)
    found = {el.get("Ccy"): el.text for el in tree.iter("{*}InstdAmt")}
    assert found == {"EUR": "55.00"}
    assert [el.text for el in tree.iter("{*}IBAN")].count(IBAN) >= 1
    assert "SEPA" in [el.text for el in tree.iter("{*}Cd")]


def _brought_in(finger, run):
    item = queries.items_of(run)[0]
    facts = {"amount": "55.00", "code": item.code, "words": item.code, "day": f"{ON:%Y-%m-%d}"}
    paid = entry(currency="EUR", **facts)
    strange = entry(currency="USD", **facts | {"number": 2, "code": "X", "words": "X"})
    data = camt(paid, strange, account=factories.OURS["EUR"][1].iban)
    finger.follow("Bring in a statement")
    finger.press("Read it", file=SimpleUploadedFile("statement.xml", BytesIO(data).read()))
    assert "This is in USD. We keep euro here." in finger.page


# --- what does not fit the site's currency is refused, either way round ---


@pytest.mark.usefixtures("in_euro")
def test_pounds_are_refused_where_euro_are_kept():
    them = factories.cast()
    url, sent = (
        reverse("ledger:fund_add", args=[them.organisation.pk]),
        {"once": "0123456789abcdef0123", "name": "City"},
    )
    page = browser(them.lea).post(url, sent | {"lines": "Pay | £400.00"}).content.decode()
    assert "Line 1: We keep euro here. Write it like €12.50." in page
    assert not book.funds_of(them.organisation).filter(name="City").exists()
    assert browser(them.lea).post(url, sent | {"lines": "Pay | €400.00"}).status_code == 302
    facts = {"person": them.asha, "name": "Asha", "by": them.asha, "at": AT}
    assert refused(payees.set_payee, sort_code="200415", account="38290008", **facts).code == "no-iban"
    ours = {"organisation": them.organisation, "by": them.fay, "at": AT}
    pounds = {"currency": "GBP", "account": HARBOUR, "bank_file": "plain-csv"}
    assert refused(operations.set_our_account, **ours, **pounds).code == "other-currency"
    assert refused(operations.set_our_account, **ours, **pounds | {"currency": "EUR"}).code == "file-currency"


def test_euro_are_refused_where_pounds_are_kept():
    them = factories.cast()
    url, sent = (
        reverse("ledger:fund_add", args=[them.organisation.pk]),
        {"once": "0123456789abcdef0123", "name": "City"},
    )
    page = browser(them.lea).post(url, sent | {"lines": "Pay | €400.00"}).content.decode()
    assert "Line 1: We keep pounds here. Write it like £12.50." in page
    facts = {"person": them.asha, "name": "Asha", "by": them.asha, "at": AT}
    assert refused(payees.set_payee, iban=IBAN, **facts).code == "no-sort-code"
    dublin = FromAccount("Harbour Trust", iban=IBAN)
    ours = {"organisation": them.organisation, "account": dublin, "bank_file": "euro-sepa-09", "by": them.fay, "at": AT}
    assert refused(operations.set_our_account, currency="EUR", **ours).code == "other-currency"


def test_a_book_is_never_written_in_two_currencies():
    them = factories.cast()
    line = them.line and ledger.general_fund(organisation=them.organisation, at=AT)
    entries = [Entry(line, AccountKind.FUND, 500), Entry(line, AccountKind.PROMISED, -500)]
    facts = {"organisation": them.organisation, "kind": EntryKind.PROMISED, "about": "thing:1", "entries": entries}
    facts |= {"by": them.lea, "at": AT}
    first = ledger.write(key="promise:thing:1:1", **facts)
    money.use("EUR")
    try:
        why = refused(ledger.write, key="promise:thing:1:2", **facts)
        assert why.code == "other-currency" and "begun in GBP" in why.words and "set to EUR" in why.words
        assert ledger.write(key="promise:thing:1:1", **facts) == first
        assert LedgerTransaction.objects.count() == 1
        said = "1 happenings of the book are in GBP, and this site is set to EUR (ALONGSIDE_CURRENCY)."
        assert said in book.invariants()
        assert any("is in GBP, and this site is set to EUR" in fault for fault in queries.invariants())
        (finding,) = checks._currency()
        assert finding.level == checks.REFUSE and "Set it to GBP again" in finding.words
    finally:
        money.use("GBP")
    (finding,) = checks._currency()
    assert finding.level == checks.OK and "pounds (GBP)" in finding.words
    assert book.invariants() == []


def test_a_currency_without_a_bank_file_can_be_shown_and_not_run():
    them = factories.cast()
    money.use("CAD")
    try:
        page = browser(them.fay).get(reverse("runs:choose", args=[them.organisation.pk])).content.decode()
        assert "We know no bank’s file in Canadian dollars." in page
        assert browser(them.fay).get(reverse("runs:account", args=[them.organisation.pk])).status_code == 302
        assert checks._currency().__next__().level == checks.WARN
    finally:
        money.use("GBP")


@pytest.mark.usefixtures("in_euro")
def test_no_published_rate_in_pounds_is_offered_for_euro():
    them = factories.cast()
    lead, pk = browser(them.lea), them.organisation.pk
    page = lead.get(reverse("rates:start", args=[pk]), follow=True).content.decode()
    assert "We have no published card in euro for today. Write your own here." in page
    assert "£" not in page and "€27.50" in page
    wage = rates.beside_living_wage(500, 60, ON)
    assert (wage.below, wage.words) == (False, "We do not have a living wage in euro, so we cannot compare.")
