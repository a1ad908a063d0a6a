"""Paid, and heard? On both sides of the question; with few people nothing, whatever the answer would be."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.contributions.tests.factories import AT, ON, add, cast
from alongside.decisions import operations as decisions
from alongside.decisions import queries as decision_queries
from alongside.decisions.tests import factories as decision_factories
from alongside.initiatives import operations as initiatives
from alongside.labels import policies, queries
from alongside.labels.states import Heard
from alongside.payments.tests.factories import arrived
from alongside.people.queries import GUEST_KEY

DAY = ON + timedelta(days=30)
P5, P4, OTHERS, FEW_OTHERS = set(range(5)), set(range(4)), set(range(10, 15)), {10, 11}


@pytest.mark.parametrize(
    ("paid", "others", "agreed", "authors", "expected"),
    [
        (P4, OTHERS, set(), set(), Heard.FEW), (P4, OTHERS, P4, P4, Heard.FEW),
        (P5, OTHERS, set(), set(), Heard.NO), (P5, OTHERS, {10}, {11}, Heard.NO),
        (P5, OTHERS, set(), {3}, Heard.YES), (P5, OTHERS, {3}, set(), Heard.YES),
        (P5, set(), set(), set(), Heard.NO), (P5, FEW_OTHERS, {10}, set(), Heard.NO),
        (P5, FEW_OTHERS, {3}, {10}, Heard.YES),
        # Whose the words are would be known where so few are left: nothing is said, whichever it is.
        (P5, FEW_OTHERS, set(), {10}, Heard.FEW), (P5, FEW_OTHERS, set(), {3}, Heard.FEW),
    ],
)  # fmt: skip
def test_what_is_said_points_at_nobody(paid, others, agreed, authors, expected):
    assert policies.heard(paid=paid, everybody=paid | others, agreed=agreed, authors=authors, few=5) == expected


@pytest.fixture
def them(db):
    """Twelve people who were paid, and the cast beside them: Lea leads and nobody of them was paid."""
    found = cast()
    seated = []
    for number in range(14):
        person = add(f"Asha {number}", found.organisation)
        initiatives.give_seat(initiative=found.initiative, person=person, role="Knows it", on=ON, by=found.lea, at=AT)
        seated.append(person)
    for person in seated[:12]:
        arrived(found, person)
    found.paid, found.others = seated[:12], [*seated[12:], found.asha, found.bo, found.cy]
    return found


def decided(them, *, author=None, prefers=None):
    """A decision that answers what `author` wrote, and that `prefers` openly wanted."""
    chair = them.lea
    made = [decision_factories.statement(them.initiative, author, chair=chair, at=AT)] if author else []
    asked = decision_factories.question(them.initiative, by=chair, at=AT, statements=made)
    if prefers:
        option = decision_queries.options_of(asked)[0].pk
        decisions.speak(decision_id=asked.pk, option_id=option, harm=False, words="Yes", by=prefers, at=AT)
    return decision_factories.decided(asked, owner=chair, by=chair, at=AT)


def said(them, on=DAY):
    return queries.paid_and_heard(them.initiative, on)


def test_twelve_who_were_paid_and_are_in_no_decision_are_a_question(them):
    decided(them, author=them.others[0])
    assert said(them).words == (
        "12 people were paid here in the last twelve months. Nothing that they said is in a decision yet. Talk about it."
    )


def test_one_statement_taken_up_is_enough_and_so_is_one_open_preference(them):
    decided(them, author=them.paid[0])
    assert said(them).kind == Heard.YES
    assert said(them).words.startswith("12 people were paid here")
    assert len(said(them).decisions) == 1


def test_an_open_preference_that_was_decided_counts(them):
    decided(them, prefers=them.paid[3])
    assert said(them).kind == Heard.YES


def test_what_was_overturned_no_longer_counts_and_stays_in_the_list(them):
    made = decided(them, author=them.paid[0])
    decisions.overturn(decision_id=made.pk, who="The board", reason="No money", by=them.lea, at=AT)
    assert said(them).kind == Heard.NO
    assert len(said(them).decisions) == 1


def test_money_of_more_than_twelve_months_ago_is_not_of_this_year(them):
    year_later = date(ON.year + 1, ON.month, ON.day)
    assert said(them, year_later - timedelta(days=1)).kind == Heard.NO
    assert said(them, year_later + timedelta(days=1)).kind == Heard.FEW


def test_four_who_were_paid_are_no_number_and_no_question(db):
    found = cast()
    for person in (found.asha, found.bo, found.cy, found.lea):
        arrived(found, person) if person != found.lea else None
    assert said(found).kind == Heard.FEW
    assert "3" not in said(found).words


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_often_for_three_decisions_as_for_one(
    them, client, count, django_assert_num_queries, monkeypatch
):
    for _ in range(count):
        decided(them, author=them.others[0])
    monkeypatch.setattr("alongside.labels.views.timezone.localdate", lambda: DAY)
    session = client.session
    session[GUEST_KEY] = them.paid[0].pk
    session.save()
    client.cookies["session"] = session.session_key
    url = reverse("labels:heard", args=[them.initiative.pk])
    client.get(url)
    with django_assert_num_queries(10):
        page = client.get(url).content.decode()
    assert page.count("Decided: ") == count
    assert "12 people were paid here" in page
    assert them.others[0].shown_name not in page
    assert "Talk about it" in client.get(reverse("labels:initiative", args=[them.initiative.pk])).content.decode()
