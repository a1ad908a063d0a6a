"""What rate cards keep, what a rate comes to, and what is said beside the living wage."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from alongside.rates import operations, permissions, policies, queries
from alongside.rates.models import RateCard, RateLine
from alongside.rates.policies import NoFigure
from alongside.rates.states import MINUTES_OF, Unit
from alongside.rates.tests import factories
from alongside.rates.tests.factories import AT, ON
from alongside.record.models import JournalLine
from alongside.refusals import Refused

RATES = st.builds(
    RateLine, words=st.just("A"), unit=st.sampled_from(sorted(MINUTES_OF)), pence=st.integers(1, 50_000),
    prepared=st.booleans(), chairs=st.booleans(), least_minutes=st.sampled_from([0, 60, 120, 480]),
)  # fmt: skip
MINUTES = st.integers(0, 1000)


@pytest.mark.django_db
def test_versions_follow_each_other_and_the_newest_that_began_holds():
    them = factories.cast()
    factories.card(them)
    newer = factories.card(them, [("Taking part", Unit.HOUR, 3000)], date(2026, 12, 1))
    assert newer.version == 2
    assert queries.card_on(them.organisation, date(2026, 11, 30)).version == 1
    assert queries.card_on(them.organisation, date(2026, 12, 1)).version == 2
    assert queries.card_on(them.organisation, date(2025, 12, 31)) is None
    what = list(JournalLine.objects.filter(what__startswith="rates").order_by("pk").values_list("what", flat=True))
    assert what == ["rates.card.added"] * 2


@pytest.mark.django_db
def test_rates_that_are_set_already_follow_in_the_order_of_their_days_and_not_what_never_holds():
    them = factories.cast()
    for pence, from_on in (
        (2750, date(2026, 1, 1)),
        (1, date(2027, 3, 1)),
        (3000, date(2027, 1, 1)),
        (3500, date(2028, 1, 1)),
    ):
        factories.card(them, [("Taking part", Unit.HOUR, pence)], from_on)
    assert [line.pence for line in queries.rates_from(them.organisation, ON)] == [2750, 3000, 3500]
    assert [line.pence for line in queries.rates_from(them.organisation, date(2027, 6, 1))] == [3000, 3500]
    assert [line.pence for line in queries.rates_from(them.organisation, date(2025, 1, 1))] == [2750, 3000, 3500]


@pytest.mark.django_db
def test_a_published_list_starts_a_card_with_its_source_and_its_doubts():
    them = factories.cast()
    card = operations.start(organisation=them.organisation, card_id="nihr", on=ON, by=them.lea, at=AT)
    lines = {line.words: line for line in queries.lines_of([card])}
    assert "Care Research" in card.source
    assert (lines["A whole day"].unit, lines["A whole day"].pence) == (Unit.DAY, 16500)
    assert (lines["About one hour"].unit, lines["About one hour"].pence) == (Unit.FIXED, 2750)
    assert lines["A whole day with much to prepare"].prepared
    assert "Look it up" in lines["A whole day"].note
    assert lines["Lowest rate, a small task"].note == ""
    with pytest.raises(Refused) as stop:
        operations.start(organisation=them.organisation, card_id="nsw-health", on=ON, by=them.lea, at=AT)
    assert stop.value.refusal.code == "no-figures"


@pytest.mark.django_db
def test_every_published_list_in_pounds_can_start_a_card():
    them = factories.cast()
    starters = queries.starters(them.organisation, date(2026, 11, 22))
    assert "york-online-costs" not in {starter.id for starter in starters}  # names costs of a meeting and no pay
    for starter in starters:
        operations.start(organisation=them.organisation, card_id=starter.id, on=date(2026, 11, 22), by=them.lea, at=AT)
    assert RateCard.objects.count() == len(starters) >= 3


@pytest.mark.django_db
def test_one_level_may_have_a_rate_for_each_way_of_counting():
    them = factories.cast()
    line = {"words": "Taking part", "unit": Unit.HALF_DAY, "pence": 7500}
    card = factories.card(them, [line, line | {"prepared": True}, line | {"chairs": True}, line | {"unit": Unit.DAY}])
    assert [queries.name_of(line) for line in queries.lines_of([card])] == [
        "Taking part", "Taking part, getting ready is in it", "Taking part, as chair", "Taking part",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [[], [("A", Unit.HOUR, 1), ("A", Unit.HOUR, 2)]])
def test_a_card_without_lines_or_with_two_alike_is_refused(lines):
    them = factories.cast()
    with pytest.raises(Refused) as stop:
        factories.card(them, lines)
    assert stop.value.refusal.code == "lines"
    assert RateCard.objects.count() == 0


@pytest.mark.django_db
def test_only_who_leads_sets_rates():
    them = factories.cast()
    codes = [permissions.why_not_set(them.organisation, by=by) for by in (them.lea, them.asha, them.eli)]
    assert [refusal and refusal.code for refusal in codes] == [None, "not-asked", "not-asked"]
    them.lea = them.asha
    with pytest.raises(Refused):
        factories.card(them)
    assert RateCard.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id"])
@pytest.mark.parametrize("table", ["rate_card", "rate_line"])
def test_the_database_refuses_to_change_what_was_set(table, change):
    factories.card(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"pence": 0}, {"pence": 500_001}, {"least_minutes": 481}])
def test_the_database_refuses_a_rate_that_cannot_be(wrong):
    card = factories.card(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic():
        RateLine.objects.create(**{"card": card, "words": "B", "unit": Unit.HOUR, "pence": 1} | wrong)


# --- what a rate comes to ---


@pytest.mark.parametrize(
    ("unit", "minutes", "count"),
    [
        (Unit.HOUR, 1, 1), (Unit.HOUR, 60, 1), (Unit.HOUR, 61, 2), (Unit.HOUR, 120, 2), (Unit.THREE, 181, 2),
        (Unit.HALF_DAY, 240, 1), (Unit.HALF_DAY, 241, 2), (Unit.DAY, 30, 1), (Unit.DAY, 481, 2), (Unit.FIXED, 999, 1),
    ],
)  # fmt: skip
def test_pay_counts_every_started_stretch(unit, minutes, count):
    assert policies.pay_for(RateLine(words="A", unit=unit, pence=1000), work=minutes)[0] == count * 1000


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (5500, "Taking part: 2 started hours at £27.50.")),
        ({"prepared": True}, (2750, "Taking part, getting ready is in it: 1 started hour at £27.50.")),
        ({"least_minutes": 180}, (8250, "Taking part: 3 started hours at £27.50. At least 3 hours are paid.")),
        ({"chairs": True}, (5500, "Taking part, as chair: 2 started hours at £27.50.")),
        ({"unit": Unit.FIXED}, (2750, "Taking part: £27.50, a fixed sum.")),
    ],
)
def test_getting_ready_is_paid_unless_the_rate_has_it_in(more, expected):
    line = RateLine(**{"words": "Taking part", "unit": Unit.HOUR, "pence": 2750} | more)
    assert policies.pay_for(line, work=60, prep=30) == expected


@given(RATES, st.integers(1, 1000), MINUTES, MINUTES, MINUTES)
def test_every_minute_that_is_paid_is_held_by_the_stretches(line, work, prep, debrief, rest):
    pence, _ = policies.pay_for(line, work=work, prep=prep, debrief=debrief, rest=rest)
    paid = work + debrief + rest + (0 if line.prepared else prep)
    count, left = divmod(pence, line.pence)
    assert left == 0
    assert (count - 1) * MINUTES_OF[line.unit] < max(paid, line.least_minutes) <= count * MINUTES_OF[line.unit]


@given(RATES, st.integers(1, 1000), MINUTES, MINUTES)
def test_time_to_talk_and_to_rest_never_lowers_the_pay(line, work, debrief, rest):
    assert policies.pay_for(line, work=work, debrief=debrief, rest=rest)[0] >= policies.pay_for(line, work=work)[0]


# --- beside the living wage ---


@pytest.mark.parametrize(
    ("pence", "minutes", "on", "below"),
    [
        (2000, 180, ON, True), (3813, 180, ON, False), (3812, 180, ON, True), (1221, 60, date(2026, 3, 31), False),
        (1221, 60, date(2026, 4, 1), True),
    ],
)  # fmt: skip
def test_less_than_the_living_wage_of_its_day_is_said(pence, minutes, on, below):
    assert policies.beside_living_wage(pence, minutes, on).below is below


def test_a_year_without_a_figure_says_so_and_takes_no_other_year():
    said = policies.beside_living_wage(100, 60, date(2031, 5, 1))
    assert isinstance(said, NoFigure)
    assert said.words == "We do not have the living wage for May 2031, so we cannot compare."
    assert not said.below


@pytest.mark.parametrize(("pence", "minutes"), [(0, 60), (100, 0)])
def test_without_pay_or_time_nothing_is_compared(pence, minutes):
    assert policies.beside_living_wage(pence, minutes, ON) is None
