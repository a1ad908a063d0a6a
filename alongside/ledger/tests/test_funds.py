"""Funds and their lines: who writes them, how they stand, what warns, and what is promised."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.ledger import operations, policies, queries
from alongside.ledger.models import DayOff, Fund, FundLine, LedgerEntry
from alongside.ledger.tests import factories
from alongside.ledger.tests.factories import AT, ON
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(do):
    with pytest.raises(Refused) as stop:
        do()
    return stop.value.refusal.code


def standing(line, on=ON, pence=0):
    cover = queries.cover(line, on, pence)
    return cover.whole, cover.promised, cover.owed, cover.paid, cover.left


def test_a_line_goes_from_promised_to_owed_to_paid_and_what_is_left_says_so():
    them = factories.cast()
    line = factories.line(them)
    assert standing(line) == (10_000, 0, 0, 0, 10_000)
    factories.promised(them, line, 3000)
    assert standing(line) == (10_000, 3000, 0, 0, 7000)
    factories.owed(them, line, 2000)
    assert standing(line) == (10_000, 1000, 2000, 0, 7000)
    factories.paid(them, line, 2000)
    assert standing(line) == (10_000, 1000, 0, 2000, 7000)
    assert [(c.line, c.left) for c in queries.covers(them.organisation, ON)] == [(line, 7000)]


def test_promising_writes_the_difference_and_nothing_gives_it_back():
    them = factories.cast()
    line = factories.line(them)
    for pence, writes in ((3000, True), (3000, False), (5000, True), (1000, True), (0, True), (0, False)):
        assert bool(factories.promised(them, line, pence)) == writes
        assert queries.promised("offer:1") == pence
        assert standing(line)[1] == pence
    keys = [row.key for row in queries.happenings("offer:1")]
    assert keys == [f"promise:offer:1:{n}" for n in (1, 2, 3, 4)]
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0


def test_a_promise_is_kept_apart_by_thing_and_by_line():
    them = factories.cast()
    first, second = factories.line(them), factories.line(them, name="Lottery")
    factories.promised(them, first, 100)
    factories.promised(them, second, 200)
    factories.promised(them, first, 300, about="offer:2")
    assert (queries.promised("offer:1"), queries.promised("offer:1", first)) == (300, 100)
    assert (standing(first)[1], standing(second)[1]) == (400, 200)


def test_a_fund_without_lines_can_promise_too():
    them = factories.cast()
    fund = factories.fund(them, lines=())
    operations.promise(line=None, fund=fund, about="payment:1", pence=100, by=them.fay, at=AT)
    assert queries.fund_rows(them.organisation) == [
        {"fund": fund, "last": None, "has": None, "promised": 100, "owed": 0, "paid": 0, "left": None}
    ]


@pytest.mark.parametrize(
    ("days", "on", "words"),
    [
        ({}, ON, ""),
        ({"from_on": date(2026, 12, 1)}, ON, "The fund Council begins on Tuesday 1 December 2026."),
        ({"to_on": ON}, ON, "The fund Council ended on Sunday 1 November 2026."),
        ({"from_on": ON, "to_on": ON + timedelta(days=1)}, ON, ""),
    ],
)  # fmt: skip
def test_a_fund_is_open_between_its_days(days, on, words):
    them = factories.cast()
    cover = queries.cover(factories.line(them, **days), on)
    assert (cover.open_on, cover.words) == (not words, words)


def test_a_line_warns_before_more_is_promised_than_it_has():
    them = factories.cast()
    line = factories.line(them)
    factories.promised(them, line, 4000)
    assert queries.cover(line, ON, 6000).words == ""
    assert queries.cover(line, ON, 6001).words == "This line has £60.00 left; this is £60.01."
    waits = "This line has £60.00 left; this is £10.00, and £50.01 more waits for an answer."
    assert [queries.cover(line, ON, *pence).words for pence in ((1000, 5000), (1000, 5001), (0, 9000))] == [
        "",
        waits,
        "",
    ]
    factories.promised(them, line, 7000, about="offer:2")
    assert queries.cover(line, ON).words == "This line has £10.00 less than was taken from it."


def test_what_was_lowered_while_its_approval_stood_still_is_not_shown_below_nothing():
    them = factories.cast()
    line = factories.line(them)
    cover = policies.cover_of(line, {"PROMISED": 4500, "OWED": -5500, "FUND": 1000}, ON)
    assert (cover.promised, cover.owed, cover.paid) == (0, 1000, 0)


WHO = {"lea": "", "dee": "", "fay": "", "asha": "not-asked", "eli": "not-asked"}


@pytest.mark.parametrize(("name", "code"), WHO.items())
def test_funds_are_written_by_who_leads_approves_or_pays(name, code):
    them = factories.cast()
    fund, by = factories.fund(them), getattr(them, name)
    acts = [
        lambda: operations.add_fund(organisation=them.organisation, name="More", by=by, at=AT),
        lambda: operations.add_line(fund=fund, words="Costs", code="", pence=5, by=by, at=AT),
        lambda: operations.change_days(fund_id=fund.pk, from_on=ON, to_on=None, by=by, at=AT),
        lambda: operations.add_days_off(organisation=them.organisation, days=[(ON, "x")], by=by, at=AT),
    ]
    lines = JournalLine.objects.count()
    for act in acts:
        assert refused(act) == code if code else act() is not False
    assert (Fund.objects.count(), FundLine.objects.count()) == ((1, 1) if code else (2, 2))
    assert JournalLine.objects.count() == lines + (0 if code else 4)


def test_names_are_used_once_and_days_are_in_their_order():
    them = factories.cast()
    fund = factories.fund(them)
    again = {"by": them.lea, "at": AT}
    assert refused(lambda: factories.fund(them)) == "fund-there"
    assert refused(lambda: operations.add_line(fund=fund, words="Pay", code="", pence=1, **again)) == "line-there"
    days = {"from_on": ON, "to_on": ON}
    assert refused(lambda: operations.change_days(fund_id=fund.pk, **days, **again)) == "days"
    with pytest.raises(IntegrityError), transaction.atomic():
        Fund.objects.filter(pk=fund.pk).update(**days)


def test_another_organisation_sees_and_keeps_nothing_here():
    them, others = factories.cast(), factories.cast("Far Valley")
    fund = factories.fund(them)
    assert list(queries.funds_kept_by(others.lea)) == []
    assert list(queries.funds_of_books(others.fay)) == []
    assert list(queries.funds_of_books(them.lea)) == []
    assert refused(lambda: operations.add_line(fund=fund, words="x", code="", pence=1, by=others.lea, at=AT))


# --- days ---


def test_a_promise_skips_weekends_and_days_off():
    them = factories.cast()
    assert queries.promised_day(them.organisation, ON) == date(2026, 11, 16)
    days = [(date(2026, 11, 9), "Closed"), (date(2026, 11, 14), "A Saturday"), (date(2026, 11, 16), "Closed")]
    operations.add_days_off(organisation=them.organisation, days=days, by=them.lea, at=AT)
    assert queries.promised_day(them.organisation, ON) == date(2026, 11, 18)
    assert queries.promised_day(them.organisation, ON, days=3) == date(2026, 11, 5)
    others = factories.cast("Far Valley")
    assert queries.promised_day(others.organisation, ON) == date(2026, 11, 16)


def test_a_day_off_is_written_once_and_can_be_a_working_day_after_all():
    them = factories.cast()
    for words in ("Closed", "Shut"):
        operations.add_days_off(organisation=them.organisation, days=[(ON, words)], by=them.lea, at=AT)
    row = DayOff.objects.get()
    assert row.words == "Closed"
    others = factories.cast("Far Valley")
    operations.drop_day_off(day_off_id=row.pk, organisation=others.organisation, by=others.lea, at=AT)
    assert DayOff.objects.count() == 1
    operations.drop_day_off(day_off_id=row.pk, organisation=them.organisation, by=them.lea, at=AT)
    assert DayOff.objects.count() == 0


# --- bank holidays ---


def put_in(them, place="england-and-wales", year=2026, by=None):
    return operations.add_bank_holidays(
        organisation=them.organisation, place=place, year=year, by=by or them.lea, at=AT
    )


def test_bank_holidays_are_written_once_and_say_where_they_came_from():
    them = factories.cast()
    operations.add_days_off(organisation=them.organisation, days=[(date(2026, 12, 25), "Shut")], by=them.lea, at=AT)
    assert put_in(them) == 7
    assert refused(lambda: put_in(them)) == "all-there"
    rows = {row.on: (row.words, row.source) for row in queries.days_off(them.organisation)}
    assert len(rows) == 8
    assert rows[date(2026, 12, 25)] == ("Shut", "")
    words = "Bank holidays of England and Wales, as we found them on 22 November 2026"
    assert rows[date(2026, 12, 28)] == ("Boxing Day (substitute day)", words)
    line = JournalLine.objects.order_by("-pk").first()
    assert (line.what, line.facts["days"], line.facts["year"]) == ("ledger.days_off.added", 7, 2026)


def test_a_bank_holiday_can_be_a_working_day_after_all_and_be_put_in_again():
    them = factories.cast()
    put_in(them)
    row = DayOff.objects.get(on=date(2026, 12, 28))
    operations.drop_day_off(day_off_id=row.pk, organisation=them.organisation, by=them.lea, at=AT)
    assert DayOff.objects.count() == 7
    assert put_in(them) == 1


def test_a_promise_skips_bank_holidays_once_they_are_in():
    them = factories.cast()
    before_christmas = date(2026, 12, 18)
    assert queries.promised_day(them.organisation, before_christmas) == date(2027, 1, 1)
    put_in(them)
    put_in(them, year=2027)
    assert queries.promised_day(them.organisation, before_christmas) == date(2027, 1, 6)


def test_a_year_that_we_do_not_have_is_refused_and_nothing_is_written():
    them = factories.cast()
    lines = JournalLine.objects.count()
    assert refused(lambda: put_in(them, year=2041)) == "no-year"
    for by in (them.asha, them.eli):
        assert refused(lambda by=by: put_in(them, by=by)) == "not-asked"
    assert (DayOff.objects.count(), JournalLine.objects.count()) == (0, lines)


def test_the_places_of_ones_own_country_come_first():
    them = factories.cast()
    found = [place for place, _ in queries.bank_holiday_places(them.organisation)]
    assert found[0] == "england-and-wales"
    them.organisation.country = "IE"
    assert [place for place, _ in queries.bank_holiday_places(them.organisation)] == [
        "ireland", *[place for place in found if place != "ireland"]
    ]  # fmt: skip


def test_what_was_taken_without_a_line_is_missing_from_every_line():
    them = factories.cast()
    fund = factories.fund(them, lines=[("Meetings", "M-1", 10_000), ("Teaching", "T-1", 2000)])
    meetings, teaching = queries.lines_of(them.organisation)
    operations.promise(line=None, fund=fund, about="offer:9", pence=5000, by=them.dee, at=AT)
    assert [standing(line)[4] for line in (meetings, teaching)] == [7000, 2000]
    assert [cover.left for cover in queries.covers(them.organisation, ON)] == [7000, 2000]
    words = queries.cover(meetings, ON, 8000).words
    assert words == f"The whole fund {fund.name} has £70.00 left; this is £80.00."
    assert queries.cover(teaching, ON, 3000).words == "This line has £20.00 left; this is £30.00."
    operations.promise(line=None, fund=fund, about="offer:9", pence=14_000, by=them.dee, at=AT)
    assert standing(meetings)[4] == -2000
    assert "less than was taken from it" in queries.cover(meetings, ON).words


def test_the_last_day_of_a_fund_is_said_plainly():
    them = factories.cast()
    fund = factories.fund(them, name="Short", from_on=ON, to_on=ON + timedelta(days=10))
    (row,) = [row for row in queries.fund_rows(them.organisation) if row["fund"] == fund]
    assert row["last"] == ON + timedelta(days=9)
