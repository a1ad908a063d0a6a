"""How people at one table are paid: theirs alone, and never to be read from figures, files, records or the journal."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.config import wiring
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as initiative_queries
from alongside.people import operations as people
from alongside.people.queries import GUEST_KEY
from alongside.record.models import JournalLine, Press
from alongside.refusals import Refused
from alongside.terms import operations, permissions, policies, queries
from alongside.terms.models import Means, MeansShown
from alongside.terms.states import Paid
from alongside.terms.tests import factories
from alongside.terms.tests.factories import AT, ON

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"
NEXT = ON + timedelta(days=1)
TOO_FEW = "too few to show"
WISH = str(Paid.WISH.label)


@pytest.fixture
def acts(client):
    """Let a person act in this browser, as a guest."""

    def act(person):
        session = client.session
        session[GUEST_KEY] = person.pk
        session.save()
        client.cookies["session"] = session.session_key
        return client

    return act


def seated(them, count):
    """So many more people with a seat."""
    found = []
    for number in range(count):
        person = people.add_person(shown_name=f"Sits {number}", at=AT)
        initiatives.give_seat(initiative=them.initiative, person=person, role="Sits", on=ON, by=None, at=AT)
        found.append(person)
    return found


def say(them, person, answer="FEE", on=ON):
    return operations.say_means(initiative=them.initiative, answer=answer, on=on, by=person)


def url(them):
    return reverse("terms:means", args=[them.initiative.pk])


# --- the figures ---


def test_seven_answers_show_nothing_and_eight_show_something():
    them = factories.cast()
    sit = seated(them, 8)
    for person in sit[:7]:
        say(them, person)
    assert queries.means_shown(them.initiative, NEXT) == []
    say(them, sit[7])
    assert queries.means_shown(them.initiative, ON) == []
    shown = dict(queries.means_shown(them.initiative, NEXT))
    assert shown[policies.ALL_WHO_SAID] == 10
    assert set(shown.values()) == {10, TOO_FEW}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((7, 0, 0, 0, 0), []),
        ((8, 0, 0, 0, 0), [TOO_FEW] * 5 + [10]),
        ((8, 8, 0, 0, 0), [TOO_FEW, 10, TOO_FEW, TOO_FEW, TOO_FEW, 15]),
        ((9, 8, 7, 0, 0), [10, TOO_FEW, TOO_FEW, TOO_FEW, TOO_FEW, 25]),
        ((12, 11, 4, 4, 0), [10, 10, TOO_FEW, TOO_FEW, TOO_FEW, 30]),
    ],
)
def test_figures_are_rounded_and_hide_the_few_and_what_is_left_of_them(counts, expected):
    answers = [way for way, count in zip(Paid, counts, strict=True) for _ in range(count)]
    assert [figure for _, figure in policies.shown_of(answers, 5)] == expected


def test_an_organisation_may_ask_for_more_and_never_for_less():
    answers = [Paid.FEE] * 9
    assert policies.shown_of(answers, 10) == []
    assert policies.shown_of(answers, 5) != []


def test_figures_come_the_next_day_and_one_change_moves_nothing():
    them = factories.cast()
    sit = seated(them, 24)
    for number, person in enumerate(sit):
        say(them, person, "JOB" if number < 12 else "WISH", on=ON - timedelta(days=2 - number // 8))
    assert not Means.objects.filter(fresh=True).exists()
    first = queries.means_shown(them.initiative, NEXT)
    for days in range(1, 8):
        say(them, sit[days], "WISH", on=ON + timedelta(days=days))
        assert queries.means_shown(them.initiative, ON + timedelta(days=40)) == first
    say(them, sit[8], "WISH", on=ON + timedelta(days=8))
    assert queries.means_shown(them.initiative, ON + timedelta(days=8)) == first
    assert queries.means_shown(them.initiative, ON + timedelta(days=9)) != first


def test_one_person_who_changes_often_counts_once():
    them = factories.cast()
    sit = seated(them, 8)
    for person in sit:
        say(them, person)
    for days in range(1, 20):
        say(them, sit[0], "WISH" if days % 2 else "FEE", on=ON + timedelta(days=days))
    assert MeansShown.objects.count() == 1
    assert Means.objects.filter(fresh=True).count() == 1


def test_taking_it_away_blanks_it_at_once_and_does_not_show():
    them = factories.cast()
    sit = seated(them, 8)
    for person in sit:
        say(them, person)
    first = queries.means_shown(them.initiative, NEXT)
    say(them, sit[0], "", on=NEXT)
    assert Means.objects.get(person=sit[0]).answer == ""
    assert queries.means_of(them.initiative, sit[0]) == ""
    assert queries.means_shown(them.initiative, NEXT + timedelta(days=9)) == first


def test_saying_nothing_keeps_nothing():
    them = factories.cast()
    say(them, them.asha, "")
    assert Means.objects.count() == 0


def test_when_too_many_take_it_away_the_figures_go_too():
    them = factories.cast()
    sit = seated(them, 8)
    for person in sit:
        say(them, person)
    for person in sit:
        say(them, person, "", on=NEXT)
    assert queries.means_shown(them.initiative, NEXT) != []
    assert queries.means_shown(them.initiative, NEXT + timedelta(days=1)) == []


def test_whoever_leaves_the_table_is_counted_no_more():
    them = factories.cast()
    say(them, them.asha)
    seat = initiative_queries.seated(them.initiative).get(person=them.asha)
    seat.left_on = ON
    seat.save(update_fields=["left_on"])
    say(them, them.lea)
    assert Means.objects.get(person=them.asha).answer == ""
    assert Means.objects.get(person=them.lea).answer == "FEE"


# --- whose it is ---


@pytest.mark.parametrize(
    ("who", "expected"), [("asha", None), ("lea", None), ("bo", "not-at-the-table"), ("eli", "not-at-the-table")]
)
def test_only_people_at_the_table_say_it_and_each_for_themselves(who, expected):
    them = factories.cast()
    refusal = permissions.why_not_say(them.initiative, by=getattr(them, who))
    assert (refusal and refusal.code) == expected
    if expected:
        with pytest.raises(Refused):
            say(them, getattr(them, who))
        assert Means.objects.count() == 0


def test_who_leads_does_not_help_with_it_and_does_not_see_it(acts):
    them = factories.cast()
    them.asha.helped_by = them.lea
    assert permissions.why_not_say(them.initiative, by=them.asha).code == "helper-decides"
    them.asha.helped_by = them.bo
    assert permissions.why_not_say(them.initiative, by=them.asha) is None


def test_no_page_file_record_or_line_of_anybody_else_carries_it(acts):
    them = factories.cast()
    before = JournalLine.objects.count()
    browser = acts(them.asha)
    browser.post(url(them), {"once": ONCE, "answer": "WISH"})
    assert Means.objects.get().answer == "WISH"
    assert 'value="WISH" id="id_answer_3" checked' in browser.get(url(them)).content.decode()
    assert JournalLine.objects.count() == before
    assert list(Press.objects.values_list("result", flat=True)) == [str(them.initiative.pk)]
    browser = acts(them.lea)
    pages = [
        reverse("front:initiative", args=[them.initiative.pk]), reverse("terms:plan", args=[them.initiative.pk]), "/",
        reverse("terms:plan_file", args=[them.initiative.pk]), reverse("people:me"),
    ]  # fmt: skip
    for page in pages:
        assert WISH not in browser.get(page).content.decode(), page
    page = browser.get(url(them)).content.decode()
    assert "Not enough people have said it yet." in page
    assert "checked" not in page
    assert "Asha" not in page
    for person in (them.lea, them.bo, them.eli):
        kept = json.dumps([about(person) for about in wiring.ABOUT_ME], default=str)
        assert WISH not in kept
    own = queries.about_me(them.asha)["how you said that you are paid, for your eyes only"]
    assert own == [{"initiative": "Leaving well", "what you said": WISH}]


def test_the_page_reads_the_same_whoever_answered(acts):
    """Who leads sees the same words with no answer and with seven."""
    them = factories.cast()
    sit = seated(them, 7)
    shown = [acts(them.lea).get(url(them)).content.decode().split("<h2>For you")[0].split("<h1>")[1]]
    for person in sit:
        say(them, person, on=timezone.localdate() - timedelta(days=5))
        shown.append(acts(them.lea).get(url(them)).content.decode().split("<h2>For you")[0].split("<h1>")[1])
    assert len(set(shown)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_often_for_three_answers_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for person in seated(them, count):
        say(them, person)
    browser = acts(them.asha)
    browser.get(url(them))
    with django_assert_num_queries(6):
        browser.get(url(them))


def test_figures_stand_on_the_page_as_a_table(acts):
    them = factories.cast()
    for person in seated(them, 24)[:24]:
        say(them, person, "JOB" if person.pk % 2 else "WISH", on=timezone.localdate() - timedelta(days=2))
    page = acts(them.asha).get(url(them)).content.decode()
    assert '<th scope="row">People who said it</th>' in page
    assert TOO_FEW in page
    assert url(them) in acts(them.asha).get(reverse("front:initiative", args=[them.initiative.pk])).content.decode()
    assert url(them) in acts(them.asha).get(reverse("terms:plan", args=[them.initiative.pk])).content.decode()


def test_i_would_rather_not_say_takes_it_away(acts):
    them = factories.cast()
    browser = acts(them.asha)
    browser.post(url(them), {"once": ONCE, "answer": "FEE"})
    browser.post(url(them), {"once": f"{ONCE}2", "answer": "NOT"})
    assert Means.objects.get().answer == ""
    assert "This needs an answer" in browser.post(url(them), {"once": f"{ONCE}3"}).content.decode()


def test_erasing_blanks_it_and_says_nothing_of_it():
    them = factories.cast()
    say(them, them.asha)
    operations.erase_words(person=them.asha, at=AT)
    assert Means.objects.get().answer == ""
    line = JournalLine.objects.order_by("-pk").first()
    assert (line.what, line.facts) == ("terms.names.erased", {"policies": 0})


def test_the_database_holds_one_answer_of_a_person_and_one_table_a_day():
    them = factories.cast()
    say(them, them.asha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Means.objects.create(person=them.asha, initiative=them.initiative, answer="JOB")
    MeansShown.objects.create(initiative=them.initiative, from_on=ON, figures=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        MeansShown.objects.create(initiative=them.initiative, from_on=ON, figures=[])
