"""Ceilings and "ask me first" are their owner's alone, warn in plain words, and go whole."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from alongside.benefits import operations, queries
from alongside.benefits.models import AskFirst, Ceiling
from alongside.benefits.permissions import MOST, why_not_set, why_not_wish
from alongside.benefits.states import Stretch
from alongside.benefits.tests import factories as make
from alongside.record.models import CacheRow, JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
NOV = date(2026, 11, 16)
DEC = date(2026, 12, 10)


@pytest.fixture
def asha():
    return make.person("Asha")


@pytest.fixture
def eli():
    return make.person("Eli")


def test_nothing_set_is_over_nothing(asha, queries_of):
    assert queries.over_ceiling(asha, [(NOV, 10**8)]) == []
    assert queries_of(lambda: queries.over_ceiling(asha, [])) == 0
    assert not queries.asks_first(asha)
    assert list(queries.ceilings_of(None)) == []


def test_over_a_month_of_ones_own_says_the_sum_the_days_and_the_name(asha):
    make.ceiling(asha, words="rent safe")
    (over,) = queries.over_ceiling(asha, [(NOV, 16500), (DEC, 26201)])
    assert (over.limit_pence, over.sum_pence) == (42700, 42701)
    assert (over.from_on, over.to_on) == (date(2026, 11, 12), date(2026, 12, 12))
    assert over.words == (
        "This would make £427.01 in your month from 12 November 2026 to 11 December 2026. "
        "You set £427.00 and called it “rent safe”."
    )


def test_a_name_that_ends_in_a_full_stop_has_one_only(asha):
    make.ceiling(asha, words="What I can take and not ring.")
    (over,) = queries.over_ceiling(asha, [(NOV, 42701)])
    assert over.words.endswith("called it “What I can take and not ring”.")


def test_just_the_ceiling_is_not_over(asha):
    make.ceiling(asha)
    assert queries.over_ceiling(asha, [(NOV, 16500), (DEC, 26200)]) == []


@pytest.mark.parametrize(
    ("stretch", "start", "days", "over"),
    [
        (Stretch.WEEK, 0, (date(2026, 11, 16), date(2026, 11, 22)), 1),
        (Stretch.WEEK, 0, (date(2026, 11, 15), date(2026, 11, 16)), 0),
        (Stretch.WEEK, 6, (date(2026, 11, 15), date(2026, 11, 16)), 1),
        (Stretch.MONTH, 1, (date(2026, 11, 1), date(2026, 11, 30)), 1),
        (Stretch.MONTH, 1, (date(2026, 11, 30), date(2026, 12, 1)), 0),
        (Stretch.OWN_MONTH, 31, (date(2027, 2, 28), date(2027, 3, 30)), 1),
        (Stretch.OWN_MONTH, 31, (date(2027, 2, 27), date(2027, 2, 28)), 0),
    ],
)
def test_each_stretch_counts_its_own_days(asha, stretch, start, days, over):
    make.ceiling(asha, stretch=stretch, start=start, pence=10000)
    assert len(queries.over_ceiling(asha, [(day, 6000) for day in days])) == over


def test_several_ceilings_are_told_in_order_of_days_and_one_day_can_be_asked_for(asha, queries_of):
    make.ceiling(asha, stretch=Stretch.WEEK, start=0, pence=5000)
    make.ceiling(asha, stretch=Stretch.MONTH, start=1, pence=8000)
    plan = [(NOV, 6000), (DEC, 9000)]
    found = queries.over_ceiling(asha, plan)
    assert [each.from_on for each in found] == [date(2026, 11, 16), date(2026, 12, 1), date(2026, 12, 7)]
    assert [each.sum_pence for each in queries.over_ceiling(asha, plan, on=NOV)] == [6000]
    assert queries_of(lambda: queries.over_ceiling(asha, plan)) == 1


def test_the_same_stretch_and_day_is_replaced(asha):
    first = make.ceiling(asha, pence=10000, words="old")
    second = make.ceiling(asha, pence=20000, words="new")
    assert first.pk == second.pk
    assert list(queries.ceilings_of(asha).values_list("pence", "words")) == [(20000, "new")]


def test_others_set_see_and_let_go_of_nothing(asha, eli):
    mine = make.ceiling(asha)
    more = {"stretch": Stretch.MONTH, "start": 1, "pence": 1, "words": "", "at": make.AT}
    before = JournalLine.objects.count()
    for act in (
        lambda: operations.set_ceiling(person=asha, by=eli, **more),
        lambda: operations.let_ceiling_go(ceiling=mine, by=eli),
        lambda: operations.ask_me_first(person=asha, wanted=True, by=eli, at=make.AT),
        lambda: operations.ask_me_first(person=asha, wanted=True, by=None, at=make.AT),
    ):
        with pytest.raises(Refused, match="not-yours"):
            act()
    assert list(queries.ceilings_of(eli)) == []
    assert (Ceiling.objects.count(), AskFirst.objects.count(), JournalLine.objects.count()) == (1, 0, before)


def test_too_many_are_refused_but_one_may_be_replaced(asha):
    for day in range(1, MOST + 1):
        make.ceiling(asha, start=day)
    with pytest.raises(Refused, match="many"):
        make.ceiling(asha, start=MOST + 1)
    assert make.ceiling(asha, start=1, pence=5).pence == 5


@pytest.mark.parametrize(("held", "code"), [(0, None), (MOST - 1, None), (MOST, "many")])
def test_rules_say_why(asha, eli, held, code):
    refusal = why_not_set(asha, by=asha, held=held)
    assert (refusal and refusal.code) == code
    assert why_not_set(asha, by=eli, held=0).code == why_not_wish(asha, by=eli).code == "not-yours"


def rows_of_every_table():
    """Every row of every table of ours as text, but for tables that are of the machine."""
    return [
        str(row)
        for model in apps.get_models()
        if model.__module__.startswith("alongside.") and model is not CacheRow
        for row in model.objects.order_by("pk").values()
    ]


def test_what_was_let_go_of_leaves_no_trace_in_any_table(asha):
    before, lines = rows_of_every_table(), JournalLine.objects.count()
    for _ in range(2):
        mine = make.ceiling(asha, words="canary")
        operations.ask_me_first(person=asha, wanted=True, by=asha, at=make.AT)
        assert JournalLine.objects.count() == lines
        operations.let_ceiling_go(ceiling=mine, by=asha)
        operations.ask_me_first(person=asha, wanted=False, by=asha, at=make.AT)
    assert rows_of_every_table() == before
    assert queries.about_me(asha) == {"ceilings I set for money": [], "ask me before an offer with money": []}


def test_asking_first_is_kept_once_and_let_go(asha):
    for _ in range(2):
        operations.ask_me_first(person=asha, wanted=True, by=asha, at=make.AT)
    assert queries.asks_first(asha)
    assert AskFirst.objects.count() == 1
    operations.ask_me_first(person=asha, wanted=False, by=asha, at=make.AT)
    assert not queries.asks_first(asha)


def test_erasing_leaves_nothing_and_touches_nobody_else(asha, eli):
    for who in (asha, eli):
        make.ceiling(who)
        operations.ask_me_first(person=who, wanted=True, by=who, at=make.AT)
    operations.erase_words(person=asha, at=make.AT)
    assert set(Ceiling.objects.values_list("person", flat=True)) == {eli.pk}
    assert set(AskFirst.objects.values_list("person", flat=True)) == {eli.pk}


def test_the_own_record_tells_them(asha, eli):
    make.ceiling(eli, words="canary")
    make.ceiling(asha, words="rent safe")
    told = queries.about_me(asha)
    assert [row["my words"] for row in told["ceilings I set for money"]] == ["rent safe"]
    assert told["ceilings I set for money"][0]["counted"] == "in a month that begins on day 12"
    assert "canary" not in str(told)


@pytest.mark.parametrize(
    ("stretch", "start", "pence"),
    [("WEEK", 7, 1), ("MONTH", 2, 1), ("OWN_MONTH", 0, 1), ("OWN_MONTH", 32, 1), ("WEEK", 0, 0)],
)
def test_the_database_refuses_what_cannot_be(asha, stretch, start, pence):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceiling.objects.create(person=asha, stretch=stretch, start=start, pence=pence, set_at=make.AT)


def test_the_database_keeps_one_of_a_kind(asha):
    make.ceiling(asha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceiling.objects.create(person=asha, stretch="OWN_MONTH", start=12, pence=1, set_at=make.AT)
