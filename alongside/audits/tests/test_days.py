"""Days to pay: counted from the work, nothing left out, exact for who pays, and never about a few for others."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.audits import policies, queries
from alongside.audits.states import BANDS, NONE, Cell, Quarter, Timed
from alongside.audits.tests import factories
from alongside.audits.tests.factories import ON, Q4
from alongside.calculations.small_numbers import TOO_FEW
from alongside.calculations.times_to_pay import band
from alongside.payments.tests.test_pages import browser
from alongside.refusals import Refused

NOW = factories.later(60).date()  # two months on: 1 January 2027
K = 8


@pytest.fixture
def them(db):
    return factories.cast()


@pytest.fixture(autouse=True)
def a_day_of_our_own(monkeypatch):
    monkeypatch.setattr("alongside.audits.views._on", lambda organisation: NOW)


def row(person, days, arrived=True, fund=1):
    arrived_on = ON + timedelta(days=days) if arrived else None
    return Timed(person, person, fund, f"Fund {fund}", 100, ON, arrived_on, None, days, band(days))


def whole(them, viewer, quarter=Q4, on=NOW):
    return queries.days_to_pay(them.organisation, quarter, on, viewer)[0].rows


def shown(figures):
    return [figures.count.shown, *(cell.shown for cell in figures.bands), figures.middle, figures.ninety]


# --- quarters ---


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 1, 1), "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), "2028-Q1", date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_a_quarter_is_three_months_by_the_calendar(day, name, first, last):
    found = policies.quarter_of(day)
    assert (found.name, found.from_on, found.last) == (name, first, last)
    assert policies.read_quarter(name) == policies.read_quarter(name.lower().replace("-", "")) == found
    assert day in found and last + timedelta(days=1) not in found


@given(st.dates(date(2001, 1, 1), date(2199, 12, 31)), st.integers(-400, 400))
def test_quarters_follow_each_other_without_a_gap(day, count):
    found = policies.quarter_of(day)
    assert day in found and found.later(1).from_on == found.before
    assert found.later(count).later(-count) == found


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "Q4", "2026-Q0", "1999-Q4", "2026-Q4-1", "２０２６-Q4x"])
def test_what_is_no_quarter_is_refused_in_words(text):
    with pytest.raises(Refused, match="quarter"):
        policies.read_quarter(text)


# --- exact, for who approves or pays ---


def test_days_count_from_the_work_to_the_day_of_the_bank(them):
    for days, to in ((3, them.asha), (15, them.bo), (16, them.cy)):
        factories.paid(them, to, days=days)
    _again(them, them.asha, 31)
    both, arrived, waiting = (shown(figures) for figures in whole(them, them.fay))
    assert both == arrived == ["4", "2", "1", "1", "15.5 days", "31 days"]
    assert waiting == [NONE, NONE, NONE, NONE, NONE, NONE]


def _again(them, to, days):
    """Another payment to somebody whose account is known."""
    payment = factories.money.approved(them, to, method="BANK")
    sent = factories.payments.send(part_id=payment.part_id, on=ON, by=them.fay, at=factories.AT)
    return factories.payments.mark_arrived(
        payment=sent, on=factories.later(days).date(), by=them.fay, at=factories.later(days)
    )


def test_days_of_costs_that_were_claimed_late_count_from_the_claim(them):
    claim = factories.payments.contributions.owe_costs(
        initiative=them.initiative, to=them.asha, words="Bus", activity_on=date(2026, 10, 5), pence=400,
        costs_words="Bus", method="CASH", channel="SCREEN", by=them.asha, at=factories.AT,
    )  # fmt: skip
    [timed] = queries.timed(them.organisation, Q4.from_on, Q4.before, ON + timedelta(days=2))
    assert (timed.worked_on, timed.days) == (claim.done_on, 2)


def test_what_has_not_arrived_counts_with_its_age_and_stands_apart(them):
    factories.paid(them, days=5)
    factories.money.done(them, them.bo)
    factories.money.held(them, them.cy)
    both, arrived, waiting = (shown(figures) for figures in whole(them, them.dee))
    assert arrived == ["1", "1", NONE, NONE, "5 days", "5 days"]
    assert waiting == ["2", NONE, NONE, "2", "60 days", "60 days"]
    assert both == ["3", "1", NONE, "2", "60 days", "60 days"]


def test_each_number_opens_exactly_what_it_counts(them):
    factories.paid(them, days=5)
    factories.money.done(them, them.bo)
    one = factories.fund(them)
    factories.money.approved(them, them.cy, fund_line=factories.line_of(one))
    client = browser(them.fay)
    url = reverse("audits:days_list", args=[them.organisation.pk])
    groups = [queries.days_to_pay(them.organisation, Q4, NOW, them.fay)[0]]
    groups += queries.days_to_pay(them.organisation, Q4, NOW, them.fay)[1]
    cells = [cell for group in groups for figures in group.rows for cell in (figures.count, *figures.bands)]
    opened = [cell for cell in cells if cell.asked]
    for cell in opened:
        assert client.get(url + cell.asked).context["page_obj"].paginator.count == int(cell.shown)
    assert len(opened) >= 8
    assert {cell.shown for cell in cells if not cell.asked} == {NONE}


@pytest.mark.parametrize(
    "asked", ["quarter=2026-Q9", "quarter=2026-Q4&fund=999", "quarter=2026-Q4&band=week", "of=all"]
)
def test_a_list_that_is_none_is_not_found(them, asked):
    assert (
        browser(them.fay).get(reverse("audits:days_list", args=[them.organisation.pk]) + f"?{asked}").status_code == 404
    )


def test_funds_stand_apart_and_other_quarters_beside(them):
    one = factories.fund(them)
    factories.paid(them, days=5, fund_line=factories.line_of(one))
    factories.money.done(them, them.bo)
    _, funds, quarters = queries.days_to_pay(them.organisation, Quarter(2027, 1), NOW, them.fay)
    assert funds == [] and [(q.name, figures.count.shown) for q, figures in quarters] == [
        ("2027-Q1", NONE), ("2026-Q4", "2"),
    ]  # fmt: skip
    _, funds, _ = queries.days_to_pay(them.organisation, Q4, NOW, them.fay)
    assert [(group.title, group.rows[0].count.shown) for group in funds] == [("Council", "1"), ("No fund yet", "1")]


def test_money_that_the_person_wants_later_is_counted_and_said(them):
    made = factories.money.offer(them)
    factories.payments.contributions.answer(
        offer_id=made.pk, state="ACCEPTED", method="CASH", pay_from=date(2026, 12, 1), by=them.asha, at=factories.AT
    )
    factories.payments.contributions.say_done(offer_id=made.pk, on=ON, by=them.asha, at=factories.AT)
    assert queries.later_by_wish(them.organisation, Q4) == 1
    page = browser(them.fay).get(reverse("audits:days", args=[them.organisation.pk]) + "?quarter=2026-Q4")
    assert "1 part was wanted later by the person" in page.content.decode()


# --- for other readers: never about a few ---


def test_readers_who_do_not_pay_see_no_small_number_and_no_list(them):
    factories.paid(them, days=5)
    for figures in whole(them, them.lea)[:2]:
        assert set(shown(figures)) == {TOO_FEW}
    page = browser(them.lea).get(reverse("audits:days", args=[them.organisation.pk]) + "?quarter=2026-Q4")
    assert "days/list" not in page.content.decode()
    assert browser(them.lea).get(reverse("audits:days_list", args=[them.organisation.pk])).status_code == 404


ROWS = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 60), st.booleans(), st.integers(1, 3)), min_size=0, max_size=70
)


def cells_of(rows, found):
    """(people behind it, the Cell) of each number of three Figures."""
    for figures, of in zip(found, ("all", "arrived", "waiting"), strict=True):
        these = policies.of_kind(rows, of)
        yield policies.people_in(these), figures.count
        for name, cell in zip(BANDS, figures.bands, strict=True):
            yield policies.people_in([each for each in these if each.band == name]), cell


@given(ROWS)
def test_no_number_is_about_a_few_or_leaves_a_few_outside(drawn):
    """The model: whoever reads may take any shown part from the row it belongs to."""
    rows = [row(*each) for each in drawn]
    everybody = policies.people_in(rows)
    for people, cell in cells_of(rows, policies.safe_rows(rows, K)):
        if any(letter.isdigit() for letter in cell.shown):
            assert len(people) >= K and cell.shown.startswith("about ") and int(cell.shown.split()[1]) % 5 == 0
        assert cell.asked == ""
        if cell.shown == NONE:
            assert not people and (len(everybody) >= K or not rows)


@given(ROWS)
def test_arrived_and_waiting_are_hidden_together(drawn):
    _, arrived, waiting = policies.safe_rows([row(*each) for each in drawn], K)
    assert (arrived.count.shown == TOO_FEW) == (waiting.count.shown == TOO_FEW)
    assert (arrived.middle == TOO_FEW) == (arrived.count.shown == TOO_FEW)


@given(ROWS)
def test_hidden_bands_together_are_about_enough_people_or_all_are_hidden(drawn):
    people = {name: set() for name in BANDS}
    for person, days, _, _ in drawn:
        people[band(days)].add(person)
    hidden = policies.hidden_among(people, K)
    if hidden and hidden != set(people):
        assert len(hidden) >= 2 and len(set().union(*(people[name] for name in hidden))) >= K


@given(ROWS)
def test_a_fund_of_few_takes_another_with_it(drawn):
    rows = [row(*each) for each in drawn]
    found = policies.safe_fund_rows(policies.by_fund(rows), K)
    hidden = [key for key, figures in found.items() if figures.count.shown == TOO_FEW]
    for key, figures in found.items():
        people = policies.people_in(policies.by_fund(rows)[key])
        assert figures.bands == () and (key in hidden or len(people) >= K)
    assert len(hidden) != 1 or len(found) == 1


def test_an_organisation_may_hide_more_and_never_less(them):
    assert policies.few(them.organisation) == 8
    them.organisation.small_number = 12
    assert policies.few(them.organisation) == 12


def test_many_people_are_shown_to_who_leads_rounded(them):
    for person in factories.crowd(them, 9):
        factories.paid(them, person, days=4)
    both, arrived, waiting = whole(them, them.lea)
    assert shown(both) == shown(arrived) == ["about 10", "about 10", NONE, NONE, "4 days", "4 days"]
    assert waiting.count == Cell(NONE)


# --- the page ---


@pytest.mark.parametrize(("who", "status"), [("dee", 200), ("fay", 200), ("lea", 200), ("asha", 404), ("eli", 404)])
def test_the_page_is_for_readers(them, who, status):
    assert browser(getattr(them, who)).get(reverse("audits:days", args=[them.organisation.pk])).status_code == status


def test_an_empty_quarter_says_what_would_be_here(them):
    page = browser(them.fay).get(reverse("audits:days", args=[them.organisation.pk])).content.decode()
    assert "January to March 2027" in page and "There is none yet." in page


def test_the_page_takes_the_same_queries_for_one_and_three(them, queries_of):
    client, url = browser(them.fay), reverse("audits:days", args=[them.organisation.pk]) + "?quarter=2026-Q4"
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            factories.money.arrived(them)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[1]
