"""The self-check says which facts are out of date, and whose days off end too soon, before a promise leans on them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.calculations import benefits, content
from alongside.config import checks, facts
from alongside.contributions.models import Offer
from alongside.contributions.tests import factories as offers
from alongside.ledger import operations as ledger
from alongside.ledger.tests import factories

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ON = AT.date()


def late(on):
    return {about: ids for about, ids, _ in facts.out_of_date(on)}


def test_rules_whose_figures_ran_out_are_named_with_what_to_do():
    found = late(ON)
    assert found["benefit rules"] == [rule.id for rule in benefits.overdue(ON)] != []
    assert "health-consumers-nsw" in found["rates"] and "nihr" not in found["rates"]
    words = {about: words for about, _, words in facts.out_of_date(ON)}
    assert words["benefit rules"].startswith(f"{len(found['benefit rules'])} are out of date: sct-csp")
    assert "Read their sources again." in words["benefit rules"]


def test_a_rate_card_runs_out_on_the_day_after_its_last_and_not_before():
    ends = content.rate_card("uk-living-wage").periods[-1].to_on
    assert "uk-living-wage" not in late(min(ends, date(2027, 3, 1)) - timedelta(days=1))["rates"]
    assert "uk-living-wage" in late(ends)["rates"]


def test_a_helping_line_that_nobody_rang_for_ninety_days_is_named():
    assert "helping lines" not in late(date(2027, 2, 19))
    assert "uk-samaritans" in late(date(2027, 2, 20))["helping lines"]


def test_a_list_of_bank_holidays_is_read_again_by_its_day():
    review_by = content.bank_holidays_of("scotland").review_by
    assert "bank holidays" not in late(review_by - timedelta(days=1))
    assert "scotland" in late(review_by)["bank holidays"]


def test_nothing_is_said_of_facts_on_a_day_on_which_all_hold(monkeypatch):
    monkeypatch.setattr(facts, "out_of_date", lambda on: [])
    found = list(checks._facts(AT, days_off=False))
    assert [(one.about, one.level) for one in found] == [("facts", checks.OK)]


@pytest.mark.django_db
def test_an_organisation_without_days_off_is_named():
    them = factories.cast()
    assert [name for name, _ in facts.days_off(AT)] == [them.organisation.name]
    assert "has no days off written down" in next(facts.days_off(AT))[1]
    found = [one for one in checks._facts(AT, days_off=True) if one.about == "days off"]
    assert [(one.level, one.items) for one in found] == [(checks.WARN, (them.organisation.name,))]


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "warns"), [(59, True), (60, False), (400, False), (-1, True)])
def test_days_off_that_end_within_sixty_days_are_told(ahead, warns):
    them = factories.cast()
    days = [(ON + timedelta(days=ahead), "Closed")]
    ledger.add_days_off(organisation=them.organisation, days=days, by=them.lea, at=AT)
    assert bool(list(facts.days_off(AT))) == warns


@pytest.mark.django_db
def test_days_off_that_end_before_the_last_promise_are_told():
    them = offers.cast()
    made = offers.offer(them)
    Offer.objects.filter(pk=made.pk).update(promised_on=ON + timedelta(days=100))
    for ahead, warns in ((99, True), (100, False)):
        days = [(ON + timedelta(days=ahead), "Closed")]
        ledger.add_days_off(organisation=them.organisation, days=days, by=them.lea, at=AT)
        assert bool(list(facts.days_off(AT))) == warns
    Offer.objects.filter(pk=made.pk).update(promised_on=ON + timedelta(days=101), state="DECLINED")
    assert list(facts.days_off(AT)) == []


def test_answers_for_programs_carry_the_names():
    found = [checks.Finding("rates", checks.WARN, "1 is out of date.", ("uk",))]
    assert checks.as_dict(found)["findings"] == [
        {"about": "rates", "level": "warning", "words": "1 is out of date.", "items": ("uk",)}
    ]
