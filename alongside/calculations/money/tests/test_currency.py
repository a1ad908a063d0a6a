"""One currency a site: its sign is written, the others are refused in words, whichever way round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.money import KNOWN, MOST_PENCE, amount, bare, currency, pounds, pounds_to_pence, use
from alongside.refusals import Refused


@pytest.fixture(params=sorted(KNOWN))
def kept(request):
    use(request.param)
    yield currency()
    use("GBP")


def test_every_currency_reads_what_it_writes(kept):
    for pence in (0, 5, 1250, 125_000, MOST_PENCE):
        assert pounds_to_pence(pounds(pence)) == pence
    assert pounds(1250) == f"{kept.sign}12.50"
    assert pounds(-5) == f"-{kept.sign}0.05"


def test_every_currency_reads_its_own_words(kept):
    for typed in (f"12.50 {kept.code}", f"{kept.code} 12.50", f"12.50 {kept.one}s", f"12.50{kept.sign}", "12.5"):
        assert pounds_to_pence(bare(typed)) == 1250
    assert pounds_to_pence("50" + kept.letter) == 50


def test_every_other_sign_and_word_is_refused_in_words(kept):
    others = [each for each in KNOWN.values() if each.sign != kept.sign]
    assert others
    for each in others:
        for typed in (f"{each.sign}12.50", f"12.50 {each.code}", f"{each.code.lower()} 12", f"-{each.sign}3"):
            with pytest.raises(Refused) as stop:
                pounds_to_pence(typed)
            assert stop.value.refusal.words == f"We keep {kept.many} here."
            assert stop.value.refusal.help == f"Write it like {kept.sign}12.50."


def test_a_slip_is_told_in_the_words_of_the_currency():
    use("EUR")
    try:
        for typed, words in (
            ("12,50", "Cents come after a full stop, not after a comma."),
            ("12.505", "We cannot pay part of a cent: give two figures after the full stop."),
            ("1000000.01", "This is more than a million euro."),
            ("12€50", "We could not read this as an amount of money."),
        ):
            with pytest.raises(Refused) as stop:
                pounds_to_pence(typed)
            assert stop.value.refusal.words == words
    finally:
        use("GBP")


def test_a_currency_that_nobody_knows_is_refused_and_changes_nothing():
    with pytest.raises(ValueError, match="We know no currency XXX"):
        use("XXX")
    assert currency().code == "GBP"
    assert amount(1250, "XXX") == "XXX 12.50"


@given(st.text())
def test_any_text_gives_text_or_a_refusal(text):
    try:
        assert isinstance(bare(text), str)
    except Refused as stop:
        assert stop.refusal.words
