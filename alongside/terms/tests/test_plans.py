"""What an initiative plans: it adds up, it is short of what it is short of, and it promises nothing."""

import pytest
from django.db import IntegrityError, transaction

from alongside.rates.models import RateLine
from alongside.rates.states import Unit
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.terms import operations, permissions, policies, queries
from alongside.terms.models import BudgetLine
from alongside.terms.tests import factories
from alongside.terms.tests.factories import AT, ON


def plan(them, **more):
    said = {"words": "Monthly table", "people": 6, "times": 10} | more
    return operations.plan(initiative=them.initiative, by=them.lea, at=AT, **said)


@pytest.mark.django_db
def test_people_times_hours_and_costs_make_the_sum():
    them = factories.cast()
    plan(them, rate=factories.rate(them), minutes=150, costs_pence=500)  # three started hours at £27.50
    plan(them, words="A room", people=1, times=1, costs_pence=12_000)
    found = queries.plan_of(them.initiative, ON)
    assert [(row.work, row.costs) for row in found.rows] == [(60 * 8250, 60 * 500), (0, 12_000)]
    assert (found.work, found.costs, found.whole) == (495_000, 42_000, 537_000)
    file = queries.plan_file(found).decode("utf-8-sig").splitlines()
    assert file[0].replace('"', "") == "What,People,Times,Minutes each,Rate,Pay,Costs,All together"
    assert [part for part in file[-1].split('"') if "£" in part] == ["£4,950.00", "£420.00", "£5,370.00"]


@pytest.mark.parametrize(
    ("people", "times", "minutes", "pence", "costs"),
    [(1, 1, 1, 1, 0), (1000, 400, 4800, 50_000, 500_000), (7, 3, 60, 2750, 0), (7, 3, 61, 2750, 499)],
)
def test_a_line_is_heads_times_what_one_gets(people, times, minutes, pence, costs):
    rate = RateLine(pk=1, words="A", unit=Unit.HOUR, pence=pence)
    line = BudgetLine(people=people, times=times, minutes=minutes, rate=rate, costs_pence=costs)
    row = policies.planned(line)
    assert row.work == people * times * pence * -(-minutes // 60)
    assert row.whole - row.work == people * times * costs


@pytest.mark.django_db
def test_a_fund_line_that_is_short_is_named_with_both_sums():
    them = factories.cast()
    money = factories.fund_line(them, pence=50_000)
    plan(them, people=1, times=1, costs_pence=50_000, fund_line=money)
    assert queries.plan_of(them.initiative, ON, covers=True).short == []
    plan(them, people=1, times=1, costs_pence=1, fund_line=money)
    assert queries.plan_of(them.initiative, ON, covers=True).short == [
        "Grant, People: £500.00 is left, and £500.01 is planned."
    ]


@pytest.mark.django_db
def test_a_line_that_was_taken_off_no_longer_counts_and_stays():
    them = factories.cast()
    line = plan(them, costs_pence=100)
    operations.take_off(line_id=line.pk, by=them.lea, at=AT)
    assert queries.plan_of(them.initiative, ON).rows == []
    assert BudgetLine.objects.count() == 1
    with pytest.raises(Refused) as stop:
        operations.take_off(line_id=line.pk, by=them.lea, at=AT)
    assert stop.value.refusal.code == "state"
    what = JournalLine.objects.filter(what__startswith="terms").order_by("pk").values_list("what", flat=True)
    assert list(what) == ["terms.budget.added", "terms.budget.taken_off"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "more", "expected"),
    [
        ("lea", {"costs_pence": 1}, None), ("asha", {"costs_pence": 1}, "not-asked"), ("eli", {"costs_pence": 1}, "not-asked"),
        ("lea", {}, "nothing"), ("lea", {"rate": True}, "time"),
    ],
)  # fmt: skip
def test_who_may_plan_what(who, more, expected):
    them = factories.cast()
    said = {"rate": None, "fund_line": None, "minutes": 0, "costs_pence": 0} | more
    said["rate"] = factories.rate(them) if said["rate"] else None
    refusal = permissions.why_not_add(them.initiative, by=getattr(them, who), **said)
    assert (refusal and refusal.code) == expected


@pytest.mark.django_db
def test_nothing_of_another_organisation_is_planned_with():
    them = factories.cast()
    rate, money = factories.rate(them), factories.fund_line(them)
    rate.card.organisation_id = money.fund.organisation_id = 0
    said = {"by": them.lea, "minutes": 60, "costs_pence": 1}
    for found, expected in (({"rate": rate, "fund_line": None}, "rate"), ({"rate": None, "fund_line": money}, "fund")):
        assert permissions.why_not_add(them.initiative, **said, **found).code == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"people": 0}, {"times": 0}, {"minutes": 60}, {"costs_pence": 0}, {"costs_pence": 500_001}]
)
def test_the_database_refuses_a_line_that_cannot_be(wrong):
    them = factories.cast()
    with pytest.raises(IntegrityError), transaction.atomic():
        said = {"words": "A", "people": 1, "times": 1, "costs_pence": 1} | wrong
        BudgetLine.objects.create(initiative=them.initiative, made_at=AT, **said)
