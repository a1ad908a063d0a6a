"""Amounts, shares, rates, days and wages."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.money import (
    MOST_PENCE,
    CardLine,
    band,
    beside_wage,
    per_real_hour,
    per_started,
    pounds,
    pounds_to_pence,
    rate_for,
    share,
    stretches,
    working_day_after,
    working_days_between,
)
from alongside.refusals import Refused

FRIDAY = date(2026, 12, 4)
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28))


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("12.50", 1250),
        ("£12.50", 1250),
        (" £ 12.50 ", 1250),
        ("12", 1200),
        ("12.5", 1250),
        ("0", 0),
        ("0.05", 5),
        ("50p", 50),
        ("50 P", 50),
        ("1,200", 120_000),
        ("£1,234,567.89".replace("1,234", "234"), 23_456_789),
        ("1000000.00", MOST_PENCE),
    ],
)
def test_pounds_to_pence_reads_what_people_type(text, pence):
    assert pounds_to_pence(text) == pence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount-empty"),
        ("   ", "amount-empty"),
        ("-5", "amount-negative"),
        ("£-5", "amount-negative"),
        ("(5.00)", "amount-negative"),
        ("12,50", "amount-comma"),
        ("12.505", "amount-part-penny"),
        ("1000000.01", "amount-too-much"),
        ("9" * 400, "amount-too-much"),
        ("twelve", "amount-not-an-amount"),
        ("1e3", "amount-not-an-amount"),
        ("12.50.1", "amount-not-an-amount"),
        ("1,20,0", "amount-not-an-amount"),
        ("٣", "amount-not-an-amount"),
        ("=1+1", "amount-not-an-amount"),
        ("$5", "amount-currency"),
        ("€5", "amount-currency"),
        ("5 euro", "amount-currency"),
        ("50c", "amount-currency"),
        ("1£2", "amount-not-an-amount"),
        ("12£50", "amount-not-an-amount"),
        ("nan", "amount-not-an-amount"),
    ],
)
def test_pounds_to_pence_refuses_in_words(text, code):
    with pytest.raises(Refused) as stop:
        pounds_to_pence(text)
    assert stop.value.refusal.code == code
    assert stop.value.refusal.words.endswith(".")
    assert stop.value.refusal.help


@given(st.text())
def test_pounds_to_pence_gives_pence_or_a_refusal_for_any_text(text):
    try:
        assert 0 <= pounds_to_pence(text) <= MOST_PENCE
    except Refused as stop:
        assert stop.refusal.words


@given(st.integers(0, MOST_PENCE))
def test_an_amount_in_words_reads_back_as_itself(pence):
    assert pounds_to_pence(pounds(pence)) == pence


def test_pounds_shows_a_minus_before_the_sign():
    assert pounds(-5) == "-£0.05"


@given(st.integers(0, MOST_PENCE), st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any))
def test_shares_add_up_to_the_penny_and_are_fair(pence, weights):
    shares = share(pence, weights)
    assert sum(shares) == pence
    for part, weight in zip(shares, weights, strict=True):
        assert abs(part * sum(weights) - pence * weight) < sum(weights)


@given(st.integers(0, MOST_PENCE), st.integers(1, 50))
def test_equal_shares_differ_by_a_penny_at_most(pence, parts):
    shares = share(pence, parts)
    assert (len(shares), sum(shares)) == (parts, pence)
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize(("pence", "parts"), [(-1, 2), (10, 0), (10, []), (10, [0, 0]), (10, [2, -1]), (10, -3)])
def test_share_refuses_what_cannot_be(pence, parts):
    with pytest.raises(ValueError, match="Cannot share"):
        share(pence, parts)


def test_a_weight_of_nothing_gets_nothing():
    assert share(100, [0, 1, 2]) == [0, 33, 67]


@pytest.mark.parametrize(
    ("minutes", "pence", "words"),
    [
        (1, 1500, "1 started hour at £15.00."),
        (60, 1500, "1 started hour at £15.00."),
        (61, 3000, "2 started hours at £15.00."),
        (180, 4500, "3 started hours at £15.00."),
    ],
)
def test_a_started_hour_is_paid_in_full(minutes, pence, words):
    rate = rate_for(minutes, [per_started(pence=1500)])
    assert (rate.pence, rate.words) == (pence, words)


def test_a_line_may_have_a_least_time():
    rate = rate_for(20, [per_started(pence=1500, least_minutes=120)])
    assert rate.pence == 3000
    assert rate.words == "2 started hours at £15.00. You are paid for at least 2 hours."


def test_a_stretch_need_not_be_an_hour():
    assert rate_for(181, [per_started(pence=2000, every_minutes=180)]).pence == 4000
    assert rate_for(200, [per_started(pence=2000, every_minutes=180)]).words == (
        "2 started stretches of 3 hours at £20.00."
    )


def test_the_smallest_band_that_holds_the_time_counts():
    card = [band(up_to_minutes=480, pence=15_000), band(up_to_minutes=240, pence=7_500)]
    assert rate_for(30, card).pence == 7_500
    assert rate_for(240, card).pence == 7_500
    assert rate_for(241, card).pence == 15_000
    assert rate_for(241, card).words == "£150.00 for anything up to 8 hours."


def test_beyond_the_bands_the_line_per_hour_counts_or_the_card_is_silent():
    bands = [band(up_to_minutes=90, pence=2_500)]
    assert rate_for(100, [*bands, per_started(pence=1500)]).pence == 3000
    with pytest.raises(Refused) as stop:
        rate_for(100, bands)
    assert stop.value.refusal.code == "rate-no-line"
    assert "1 hour 40 minutes" in stop.value.refusal.words


def test_no_time_is_refused():
    with pytest.raises(Refused) as stop:
        rate_for(0, [per_started(pence=1500)])
    assert stop.value.refusal.code == "rate-no-time"


def test_a_card_that_says_two_things_is_a_mistake():
    with pytest.raises(ValueError, match="at most one line"):
        rate_for(60, [per_started(pence=1), per_started(pence=2)])
    with pytest.raises(ValueError, match="at most one band"):
        rate_for(60, [band(up_to_minutes=60, pence=1), band(up_to_minutes=60, pence=2)])
    with pytest.raises(ValueError, match="minutes above nothing"):
        band(up_to_minutes=0, pence=1)
    with pytest.raises(ValueError, match="not 'daily'"):
        CardLine("daily", 1, 60)


@given(st.integers(1, 5000), st.integers(1, 600), st.integers(0, 600))
def test_stretches_hold_the_time_and_none_is_left_over(minutes, every, least):
    count = stretches(minutes, every=every, least=least)
    paid = max(minutes, least)
    assert (count - 1) * every < paid <= count * every


@given(st.integers(1, 2000), st.integers(1, 2000), st.integers(1, 600))
def test_one_long_piece_of_work_never_counts_more_than_two_short_ones(one, other, every):
    together = stretches(one + other, every=every)
    apart = stretches(one, every=every) + stretches(other, every=every)
    assert apart - 1 <= together <= apart


@pytest.mark.parametrize(("minutes", "every", "least"), [(0, 60, 0), (-1, 60, 0), (60, 0, 0), (60, 60, -1)])
def test_stretches_refuse_what_cannot_be(minutes, every, least):
    with pytest.raises(ValueError, match="above nothing"):
        stretches(minutes, every=every, least=least)


@given(st.integers(1, 5000), st.integers(0, 10_000), st.integers(1, 600), st.integers(0, 600))
def test_longer_work_never_pays_less_on_one_line(minutes, pence, every, least):
    card = [per_started(pence=pence, every_minutes=every, least_minutes=least)]
    assert rate_for(minutes, card).pence <= rate_for(minutes + 1, card).pence


@pytest.mark.parametrize(
    ("start", "days", "answer"),
    [
        (FRIDAY, 10, date(2026, 12, 18)),
        (FRIDAY, 1, date(2026, 12, 7)),
        (date(2026, 12, 5), 1, date(2026, 12, 7)),  # a Saturday
        (date(2026, 12, 6), 1, date(2026, 12, 7)),  # a Sunday
        (FRIDAY, 0, FRIDAY),
        (date(2026, 12, 5), 0, date(2026, 12, 7)),
        (date(2026, 12, 18), 10, date(2027, 1, 5)),  # over Christmas, with two holidays; 1 January not named
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day
    ],
)
def test_working_day_after(start, days, answer):
    assert working_day_after(start, days, CHRISTMAS) == answer


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60), st.sets(st.integers(0, 120), max_size=20))
def test_the_promised_day_is_a_working_day_and_counts_back(start, days, steps):
    holidays = {start + timedelta(days=step) for step in steps}
    promised = working_day_after(start, days, holidays)
    assert promised.weekday() < 5
    assert promised not in holidays
    assert working_days_between(start, promised, holidays) == days


@pytest.mark.parametrize("days", [-1, 1001])
def test_working_day_after_refuses_days_that_cannot_be(days):
    with pytest.raises(ValueError, match="working days"):
        working_day_after(FRIDAY, days)


def test_an_end_before_the_start_is_no_working_day():
    assert working_days_between(FRIDAY, date(2026, 12, 1)) == 0


def test_per_real_hour_is_cut_not_rounded():
    assert per_real_hour(2000, 180) == 666
    assert per_real_hour(2000, 0) is None
    with pytest.raises(ValueError, match="negative"):
        per_real_hour(-1, 60)


def test_a_published_rate_beside_the_living_wage_says_so():
    beside = beside_wage(2000, 180, 1271)
    assert (beside.per_hour, beside.below) == (666, True)
    assert beside.words == "This comes to £6.66 for each real hour, less than the living wage of £12.71."
    assert beside_wage(1271, 60, 1271).below is False
    assert beside_wage(100, 0, 1271) is None


@given(st.integers(0, 100_000), st.integers(1, 5000), st.integers(1, 5000))
def test_below_the_wage_is_decided_before_cutting(pence, minutes, wage):
    assert beside_wage(pence, minutes, wage).below == (Fraction(pence * 60, minutes) < wage)
