"""The pages of funds, the book, cash and vouchers."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.calculations import content
from alongside.ledger import operations
from alongside.ledger.models import DayOff, FloatMove, Fund, FundLine, Presence, VoucherBatch
from alongside.ledger.tests import factories
from alongside.ledger.tests.factories import AT
from alongside.people.models import Login

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


def url(name, *args):
    return reverse(f"ledger:{name}", args=args)


def text(client, name, *args):
    return client.get(url(name, *args)).content.decode()


@pytest.mark.parametrize(
    ("name", "count"), [("funds", 17), ("book", 15), ("cash", 15), ("vouchers", 14), ("days_off", 12)]
)
def test_a_list_takes_the_same_queries_for_one_and_three(queries_of, name, count):
    them = factories.cast()
    client, fund = browser(them.fay), factories.fund(them)
    place = url(name, fund.pk if name == "cash" else them.organisation.pk)
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            line = factories.line(them, name=f"{rows}-{number}")
            factories.promised(them, line, 100, about=f"offer:{rows}-{number}")
            operations.move_float(fund_id=fund.pk, kind="IN", pence=100, second=them.dee, by=them.fay, at=AT)
            operations.buy_vouchers(fund=fund, shop="Shop", each_pence=5, count=1, by=them.fay, at=AT)
            operations.add_days_off(
                organisation=them.organisation, days=[(AT.date().replace(day=rows * 5 + number), "x")], by=them.fay,
                at=AT,
            )  # fmt: skip
        counts.append(queries_of(lambda: client.get(place)))
    assert counts == [counts[0]] * 2
    assert counts[0] <= count


def test_a_fund_is_written_down_once_and_odd_lines_are_named():
    them = factories.cast()
    lea, place = browser(them.lea), url("fund_add", them.organisation.pk)
    fund = {"once": ONCE, "name": "Council", "lines": "Pay | £4,000 | CC104\nCosts | 50"}
    fund |= {"from_on": "1 April 2026", "to_on": "1 April 2027"}
    for wrong, words in (
        ({"lines": "Pay £4"}, "Line 1 needs two parts"), ({"lines": "Pay | four"}, "Line 1: Write an amount"),
        ({"to_on": "1 April 2026"}, "Write a day after"), ({"lines": "Pay | -5"}, "not below"),
    ):  # fmt: skip
        assert words in lea.post(place, fund | wrong).content.decode()
    for _ in range(2):
        lea.post(place, fund)
    assert Fund.objects.count() == 1
    assert list(FundLine.objects.order_by("pk").values_list("words", "code", "pence")) == [
        ("Pay", "CC104", 400_000), ("Costs", "", 5000),
    ]  # fmt: skip
    page = text(lea, "funds", them.organisation.pk)
    assert all(words in page for words in ("£4,000.00", "CC104", "until 31 March 2027"))


def test_a_line_more_and_other_days():
    them = factories.cast()
    lea, fund = browser(them.lea), factories.fund(them)
    for _ in range(2):
        lea.post(url("line_add", fund.pk), {"once": ONCE, "words": "Costs", "pence": "12.50", "code": "C2"})
    assert FundLine.objects.filter(words="Costs", pence=1250).count() == 1
    lea.post(url("days", fund.pk), {"from_on": "2 April 2026", "to_on": ""})
    fund.refresh_from_db()
    assert (str(fund.from_on), fund.to_on) == ("2026-04-02", None)


def test_empty_pages_say_what_would_be_there():
    them = factories.cast()
    fay = browser(them.fay)
    assert "Nothing is written down yet" in text(fay, "funds", them.organisation.pk)
    assert "Nothing has been promised yet" in text(fay, "book", them.organisation.pk)
    assert "There are none" in text(fay, "vouchers", them.organisation.pk)
    assert "None is written down yet" in text(fay, "days_off", them.organisation.pk)
    assert "Nothing has happened yet" in text(fay, "cash", factories.fund(them).pk)


def test_cash_is_put_in_by_two_and_shown_with_both():
    them = factories.cast()
    fay, fund = browser(them.fay), factories.fund(them)
    said = {"once": ONCE, "kind": "IN", "pence": "80", "second": them.dee.pk}
    assert browser(them.fay, second=False).post(url("cash_move", fund.pk), said).status_code == 302
    assert FloatMove.objects.count() == 0
    for _ in range(2):
        fay.post(url("cash_move", fund.pk), said)
    page = text(fay, "cash", fund.pk)
    assert FloatMove.objects.count() == 1
    assert all(words in page for words in ("£80.00 in the box", "Fay", "Dee"))
    assert "not so much in the box" in fay.post(
        url("cash_move", fund.pk), said | {"once": ONCE[::-1], "kind": "OUT", "pence": "81"}
    ).content.decode()  # fmt: skip


def test_vouchers_are_bought_and_shown():
    them = factories.cast()
    fay, fund = browser(them.fay), factories.fund(them)
    for _ in range(2):
        fay.post(url("vouchers_buy", fund.pk), {"once": ONCE, "shop": "Corner shop", "each_pence": "5", "count": "4"})
    assert VoucherBatch.objects.count() == 1
    assert "Corner shop" in text(fay, "vouchers", them.organisation.pk)


def test_days_off_are_written_and_taken_back():
    them = factories.cast()
    lea, place = browser(them.lea), url("days_off", them.organisation.pk)
    assert "Line 1" in lea.post(place, {"once": ONCE, "days": "Christmas"}).content.decode()
    for _ in range(2):
        lea.post(place, {"once": ONCE, "days": "25 December 2026 | Christmas\n28 December 2026"})
    assert DayOff.objects.count() == 2
    assert "Christmas" in text(lea, "days_off", them.organisation.pk)
    lea.post(url("day_off_drop", them.organisation.pk, DayOff.objects.first().pk))
    assert DayOff.objects.count() == 1


def test_others_find_nothing():
    them, others = factories.cast(), factories.cast("Far Valley")
    fund = factories.fund(them)
    for person in (them.asha, them.eli, others.lea, others.fay):
        for name, pk in (("funds", them.organisation.pk), ("line_add", fund.pk), ("cash", fund.pk)):
            assert browser(person).get(url(name, pk)).status_code == 404
    assert browser(them.lea).get(url("book", them.organisation.pk)).status_code == 404


@pytest.mark.parametrize(
    ("press", "words"), [("yes", "Asha confirmed it on"), ("no", "that is not so"), ("", "Not yet confirmed by Asha")]
)
def test_the_second_person_says_on_their_page_whether_they_were_there(press, words):
    them = factories.cast()
    fay, asha, fund = browser(them.fay), browser(them.asha), factories.fund(them)
    operations.move_float(fund_id=fund.pk, kind="IN", pence=8000, second=them.asha, by=them.fay, at=AT)
    assert "Fay wrote down that you were there" in text(asha, "there")
    presence = Presence.objects.get()
    assert fay.post(url("say_there", presence.pk), {"there": "yes"}).status_code == 404
    for _ in range(2):
        asha.post(url("say_there", presence.pk), {"there": press} if press else {})
    assert words in text(fay, "cash", fund.pk)
    assert "Nothing" not in text(asha, "there")


def test_the_page_of_what_i_was_there_for_takes_the_same_queries_for_one_and_three(queries_of):
    them = factories.cast()
    asha, fund = browser(them.asha), factories.fund(them)
    assert "There is nothing now" in text(asha, "there")
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            operations.move_float(fund_id=fund.pk, kind="IN", pence=100, second=them.asha, by=them.fay, at=AT)
        counts.append(queries_of(lambda: asha.get(url("there"))))
    assert counts == [4, 4]


def test_bank_holidays_are_shown_before_anything_is_written():
    them = factories.cast()
    lea, organisation = browser(them.lea), them.organisation.pk
    place = url("bank_holidays", organisation)
    year = timezone.localdate().year
    assert "Put in the bank holidays of a year" in text(lea, "days_off", organisation)
    assert "Nothing is written down until you say yes" in text(lea, "bank_holidays", organisation)
    chosen = {"place": "scotland", "year": year}
    page = lea.get(place, chosen).content.decode()
    day = content.bank_holidays_of("scotland").of(year)[0]
    assert all(
        words in page for words in (day.on.strftime("%B %Y"), "Nobody has reviewed this list yet", "Yes, put these in")
    )
    assert DayOff.objects.count() == 0
    for _ in range(2):
        lea.post(url("bank_holidays_add", organisation), chosen | {"once": ONCE})
    assert DayOff.objects.count() == len(content.bank_holidays_of("scotland").of(year))
    assert "(Bank holidays of Scotland, as we found them on" in text(lea, "days_off", organisation)
    page = lea.get(place, chosen).content.decode()
    assert "are all written down" in page and "(there already)" in page and "Yes, put these in" not in page


def test_a_year_that_we_do_not_have_is_said_in_words(monkeypatch):
    them = factories.cast()
    lea = browser(them.lea)
    years = {"on": timezone.localdate().replace(year=2041)}
    monkeypatch.setattr("alongside.organisations.queries.local_day", lambda *_: years["on"])
    page = lea.get(url("bank_holidays", them.organisation.pk), {"place": "ireland", "year": 2041}).content.decode()
    assert "We do not have the days of 2041 for Ireland." in page
    assert "write them in by hand" in page and "Yes, put these in" not in page


def test_odd_choices_of_bank_holidays_write_nothing():
    them = factories.cast()
    lea, organisation = browser(them.lea), them.organisation.pk
    for odd in (
        {"place": "atlantis", "year": 2026},
        {"place": "scotland", "year": "x"},
        {"place": "../x", "year": "-1"},
    ):
        assert lea.get(url("bank_holidays", organisation), odd).status_code == 200
        assert lea.post(url("bank_holidays_add", organisation), odd | {"once": ONCE}).status_code == 302
    assert (
        lea.post(url("bank_holidays_add", organisation), {"place": "scotland", "year": 99999, "once": ONCE}).status_code
        == 302
    )
    assert DayOff.objects.count() == 0
