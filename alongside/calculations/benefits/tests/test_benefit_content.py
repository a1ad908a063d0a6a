"""The rules that come with the product: each answers its own worked examples, names its sources, and guesses nothing."""

import re
from datetime import date

import pytest

from alongside.calculations import benefits, content
from alongside.calculations.benefits import Asked, Payment
from alongside.calculations.content.files import entries
from alongside.calculations.content.rule_shapes import CONFIDENCE

RULES = {rule.id: rule for rule in entries("benefit-rules")}
EXAMPLES = [(rule, test) for rule in RULES.values() for test in rule.tests]
KINDS = {
    "cliff_limit", "disregard_taper", "allowance_taper", "pooled_exemption", "hours_limit", "waiting_period",
    "prior_notice", "method_treatment", "notional_earnings", "expense_treatment", "not_affected", "tax", "advice_route",
    "guidance",
}  # fmt: skip
# What the facts about benefits name, row by row; nothing of it may be lost.
ROWS = [
    "uk-uc-taper",
    "uk-uc-wa-lo",
    "uk-uc-wa-hi",
    "uk-uc-none",
    "uk-uc-period",
    "uk-uc-report",
    "uk-uc-expenses",
    "uk-uc-voucher",
    "uk-esa-pw",
    "uk-esa-pw-low",
    "uk-esa-pw1",
    "uk-esa-break",
    "uk-ca",
    "sct-csp",
    "uk-notional",
    "uk-expenses",
    "uk-pip",
    "uk-timecredit",
    "uk-ctr",
    "uk-nlw",
    "uk-tax",
    "uk-tax-sct",
    "ie-da",
    "ie-da-bands",
    "ie-da-basis",
    "ie-rehab",
    "ie-ib-ip",
    "ie-ca",
    "ie-ca-hours",
    "ie-hse",
    "ie-prompt",
    "ie-frame",
    "ie-cont",
    "on-odsp",
    "on-odsp-fam",
    "on-odsp-hon",
    "on-ow",
    "ca-guide",
    "ca-hec",
    "nz-js",
    "nz-slp",
    "nz-couple",
    "nz-policy",
    "au-nsw",
    "au-hcnsw",
    "au-other",
    "ni-hsc",
    "wls-hcrw",
]


def asked(example):
    """What the worked example asks."""
    payments = tuple(Payment(each.on, each.pence, each.method, each.earned_on) for each in example.payments)
    return Asked(payments, day=example.day, week_day=example.week_day, since=example.since)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}: {t.from_source}" for r, t in EXAMPLES])
def test_a_rule_answers_its_worked_examples(rule, example):
    found = benefits.answer(rule, asked(example))
    assert (found.status, example.says in " ".join(found.words)) == (example.expect, True), found.words


def test_every_rule_with_figures_has_worked_examples():
    assert [rule.id for rule in RULES.values() if rule.periods and not rule.tests] == []


def test_no_row_of_the_facts_is_left_out():
    assert set(ROWS) - set(RULES) == set()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_whole(rule):
    assert rule.kind in KINDS
    assert rule.agreement in {"agreed", "sources_disagree", "not_established"}
    assert rule.positions
    assert {each.confidence for each in rule.positions} <= set(CONFIDENCE)
    assert set(rule.ask) <= {each.id for each in entries("advice-routes")}
    assert {*rule.applies_to, *rule.disputed} <= set(benefits.METHODS)
    assert rule.agreement != "sources_disagree" or len(rule.positions) > 1
    if rule.periods:
        assert rule.period and rule.currency and rule.applies_to and rule.counted_on
        assert "expenses" not in rule.applies_to


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_speaks_plainly(rule):
    assert len(rule.say.split()) <= 40
    assert "!" not in rule.say
    assert max(len(sentence.split()) for sentence in re.split(r"[.?:;]", rule.say)) <= 26


def test_nobody_has_checked_them_yet_and_they_say_so():
    assert {rule.reviewed for rule in RULES.values()} == {False}


@pytest.mark.parametrize("wanted", ["uk-esa-pw", "uk-ca"])
def test_the_formula_gives_each_limit_that_was_seen_in_print(wanted):
    rule = RULES[wanted]
    printed = [figure for figure in rule.periods if figure.wage and figure.printed_in]
    assert [rule.formula.of(figure.wage) for figure in printed] == [figure.limit for figure in printed]


def test_the_permitted_work_formula_holds_for_at_least_six_printed_limits_and_gives_the_one_of_2026():
    rule = RULES["uk-esa-pw"]
    printed = {f.from_on.year: f.limit for f in rule.periods if f.printed_in and f.seen}
    assert printed == {
        2016: 11550, 2017: 12000, 2019: 13150, 2021: 14300, 2022: 15200, 2023: 16700, 2024: 18350, 2025: 19550,
    }  # fmt: skip
    assert rule.formula.of(1271) == 20350
    ours = [figure for figure in rule.periods if not figure.seen]
    assert [figure.from_on.year for figure in ours] == [2018, 2020, 2026]
    assert [rule.formula.of(figure.wage) for figure in ours] == [figure.limit for figure in ours]


def test_wages_are_those_of_the_living_wage_card():
    """One wage stands in two files; they may not drift apart."""
    card = content.rate_card("uk-living-wage")
    for rule in (RULES["uk-esa-pw"], RULES["uk-ca"]):
        for figure in rule.periods:
            held = card.on(figure.from_on)
            assert held is None or figure.wage in (None, held.lines[0].pence), (rule.id, figure.from_on)


def test_yearly_figures_end_and_are_never_carried_on():
    """What changes each April may have no open end: a year nobody wrote in gives no figure."""
    for wanted in ("uk-uc-wa-lo", "uk-uc-wa-hi", "uk-esa-pw", "uk-ca", "sct-csp", "ie-da", "ie-ca", "nz-js", "nz-slp"):
        assert RULES[wanted].periods[-1].to_on, wanted
        assert RULES[wanted].figure(date(2029, 1, 1)) is None


def test_what_must_be_read_again_is_found():
    assert {"sct-csp", "ie-da", "nz-js"} <= {rule.id for rule in benefits.overdue(date(2026, 11, 22))}
    assert "uk-ca" not in {rule.id for rule in benefits.overdue(date(2026, 11, 22))}
    assert "uk-ca" in {rule.id for rule in benefits.overdue(date(2027, 4, 5))}


@pytest.mark.parametrize("country", ["GB", "GB-SCT", "IE", "CA-ON", "NZ", "AU", "FR"])
def test_a_letter_has_words_in_every_country(country):
    words = benefits.letter_words(country)
    assert "not a job" in words.not_a_job
    assert words.country in {"UK", "IE", "CA", "NZ", "AU", "any"}
