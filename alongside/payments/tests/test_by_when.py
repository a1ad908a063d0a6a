"""A day that is named holds: days off are no working days, and a day that is over is not promised any more."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.contributions import queries as offers
from alongside.ledger import operations as ledger
from alongside.organisations import operations as organisations
from alongside.payments import operations, queries
from alongside.payments.models import Freeze
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.payments.tests.test_pages import browser, guest, text

pytestmark = pytest.mark.django_db
NEXT_DAY, WEEK = ON + timedelta(days=1), ON + timedelta(days=7)


def frozen(them, until=WEEK, **more):
    facts = {"organisation": them.organisation, "words": "The auditors count.", "by": them.dee, "at": AT}
    return operations.freeze(until=until, **facts | more)


def lines(person, on):
    return [(line.words, line.by) for line in queries.today(person, on)]


def held(them, until, at=AT):
    part = factories.part(factories.done(them))
    return operations.hold(part_id=part.pk, words="The fund opens.", until=until, by=them.dee, at=at)


# --- days off ---


def test_the_bank_has_no_working_day_where_the_organisation_has_a_day_off():
    them = factories.cast()
    others = factories.cast("Elsewhere")
    payments = [factories.sent(place, place.asha) for place in (them, others)]
    days = [(ON + timedelta(days=more), "Closed") for more in range(1, 8)]
    ledger.add_days_off(organisation=them.organisation, days=days, by=them.fay, at=AT)
    ours, theirs = queries.claims([payment.part for payment in payments], ON)
    assert (ours.next.by, theirs.next.by) == (date(2026, 11, 12), date(2026, 11, 5))
    (line,) = queries.money_lines(them.asha, ON)
    assert "the bank brings it, by Thursday 12 November 2026." in line


def test_what_is_on_its_way_takes_one_query_more_for_all_of_it(queries_of):
    them = factories.cast()
    waits, away = factories.approved(them), [factories.sent(them, to) for to in (them.asha, them.bo, them.cy)]

    def count(*payments):
        parts = [offers.part(payment.part_id) for payment in payments]
        return queries_of(lambda: queries.claims(parts, ON))

    assert (count(waits), count(waits, *away[:1]), count(waits, *away)) == (4, 5, 5)


# --- a freeze is looked at again ---


def test_a_freeze_stands_before_who_made_it_on_its_day_and_before_all_who_pay_once_it_is_over():
    them = factories.cast()
    frozen(them)
    words = [("Money of Harbour Trust is frozen. Look at it again", WEEK)]
    for name, on, said in (
        ("dee", WEEK - timedelta(days=1), []), ("dee", WEEK, words), ("fay", WEEK, []),
        ("dee", WEEK + timedelta(days=1), words), ("fay", WEEK + timedelta(days=1), words),
        ("lea", WEEK + timedelta(days=1), []), ("asha", WEEK + timedelta(days=1), []),
    ):  # fmt: skip
        assert lines(getattr(them, name), on) == said, (name, on)
    operations.lift(freeze_id=Freeze.objects.get().pk, by=them.fay, at=AT)
    assert lines(them.dee, WEEK) == []


def test_a_freeze_of_a_fund_names_it_and_another_organisation_hears_nothing():
    them, others = factories.cast(), factories.cast("Elsewhere")
    fund, _ = factories.fund(them, name="Lottery")
    frozen(them, fund=fund)
    over = WEEK + timedelta(days=1)
    assert lines(them.fay, over) == [("Money of Lottery is frozen. Look at it again", WEEK)]
    assert lines(others.fay, over) == []


def test_holds_and_freezes_take_one_query_together(queries_of):
    them = factories.cast()
    organisations.ask_to(person=them.dee, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    over, counts = WEEK + timedelta(days=30), []
    for _ in range(2):
        factories.held(them)
        counts.append(queries_of(lambda: queries._looked_at_again(them.dee, over)))
    frozen(them)
    counts.append(queries_of(lambda: queries._looked_at_again(them.dee, over)))
    assert counts == [counts[0]] * 3
    assert len(queries._looked_at_again(them.dee, over)) == 3


# --- a day that is over ---


def test_a_day_that_is_over_is_said_to_be_over_in_a_text_and_on_a_call():
    them = factories.cast()
    factories.approved(them)
    frozen(them, until=NEXT_DAY)
    (before,), (after,) = (queries.money_lines(them.asha, on) for on in (NEXT_DAY, NEXT_DAY + timedelta(days=1)))
    assert "Next: Dee looks again at all money that waits, by Tuesday 3 November 2026." in before
    words = "Next: Dee looks again at all money that waits. That was to be by Tuesday 3 November 2026."
    assert words in after and ", by Tuesday" not in after


def test_a_hold_whose_day_is_over_and_money_that_the_bank_did_not_bring_say_so():
    them = factories.cast()
    held(them, NEXT_DAY)
    factories.sent(them, them.bo)
    on = ON + timedelta(days=4)
    (waits,), (sent,) = queries.money_lines(them.asha, on), queries.money_lines(them.bo, on)
    assert "Dee looks at it again. That was to be by Tuesday 3 November 2026." in waits
    assert "the bank brings it. That was to be by Thursday 5 November 2026." in sent


def test_the_pages_say_it_too():
    them = factories.cast()
    gone = date(2020, 1, 6)
    then = AT.replace(year=2020, month=1, day=2)
    waits = held(them, gone, then)
    frozen(them, until=gone, at=then)
    dee = browser(them.dee)
    said = "It was to be looked at again by Monday 6 January 2020."
    own = text(guest(them.asha), "my_payment", waits.part_id)
    assert own.count(said) == 2 and "That was to be by Monday 6 January 2020." in own
    assert "all money that waits, it was due on Monday 6 January 2020" in text(dee, "claim", waits.part_id)
    assert said in text(dee, "claim", waits.part_id) and said in text(dee, "freezes")
    assert "it was due on" in dee.get(reverse("payments:due")).content.decode()
