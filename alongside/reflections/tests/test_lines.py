"""Whose a line is, who reads it and what is left when it goes; and that a drawn question keeps nothing."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.calculations import content
from alongside.people.queries import GUEST_KEY
from alongside.record.models import JournalLine
from alongside.reflections import operations, permissions, queries
from alongside.reflections.models import Reflection
from alongside.reflections.states import Level
from alongside.reflections.tests import factories
from alongside.reflections.tests.factories import AT, ON
from alongside.refusals import Refused

ONCE = "0123456789abcdef0123"
SECRET = "I did not like the room"


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


def code(refusal):
    return refusal and refusal.code


def initiative_page(them):
    return reverse("front:initiative", args=[them.initiative.pk])


@pytest.mark.django_db
def test_a_line_is_its_persons_alone_until_they_share_it_and_again_after(acts):
    them = factories.cast()
    line = factories.line(them.asha, SECRET, "NOT_LIKED")
    for other in (them.bo, them.lea):
        assert list(queries.lines_of(other)) == []
        assert SECRET not in acts(other).get(initiative_page(them)).content.decode()
        assert acts(other).get(reverse("reflections:share", args=[line.pk])).status_code == 404
    operations.share(line_id=line.pk, initiative=them.initiative, by=them.asha, at=AT)
    assert SECRET in acts(them.bo).get(initiative_page(them)).content.decode()
    assert SECRET not in acts(them.eli).get(initiative_page(them)).content.decode()
    operations.take_back(line_id=line.pk, by=them.asha, at=AT)
    assert SECRET not in acts(them.bo).get(initiative_page(them)).content.decode()


@pytest.mark.django_db
def test_the_journal_says_that_and_never_what():
    them = factories.cast()
    line = factories.line(them.asha, SECRET, "NOT_LIKED")
    operations.share(line_id=line.pk, initiative=them.initiative, by=them.asha, at=AT)
    operations.take_back(line_id=line.pk, by=them.asha, at=AT)
    operations.take_away(line_id=line.pk, by=them.asha, at=AT)
    rows = JournalLine.objects.filter(what__startswith="reflections").order_by("pk")
    said = json.dumps(list(rows.values()), default=str)
    assert [row.what.split(".")[-1] for row in rows] == ["written", "shared", "taken_back", "taken_away"]
    assert "NOT_LIKED" not in said
    assert "room" not in said


@pytest.mark.django_db
def test_who_may_share_and_read():
    them = factories.cast()
    line = factories.line(them.asha)
    share = permissions.why_not_share
    assert share(line, them.initiative, by=them.asha) is None
    assert code(share(line, them.initiative, by=them.lea)) == "not-yours"
    assert code(share(factories.line(them.eli), them.initiative, by=them.eli)) == "not-at-the-table"
    them.asha.helped_by = them.bo
    assert code(share(line, them.initiative, by=them.asha)) == "helped"
    assert code(permissions.why_not_read(them.asha, by=them.asha)) == "helped"
    assert permissions.why_not_write("With a hand", by=them.asha) is None
    with pytest.raises(Refused):
        operations.share(line_id=line.pk, initiative=them.initiative, by=them.lea, at=AT)
    assert Reflection.objects.get(pk=line.pk).shared_with is None


@pytest.mark.django_db
def test_what_was_done_already_is_refused_and_changes_nothing():
    them = factories.cast()
    line = factories.line(them.asha)
    shared = factories.line(them.asha)
    operations.share(line_id=shared.pk, initiative=them.initiative, by=them.asha, at=AT)
    shared.refresh_from_db()
    assert code(permissions.why_not_share(shared, them.initiative, by=them.asha)) == "state"
    assert code(permissions.why_not_take_back(line, by=them.asha)) == "state"
    gone = operations.take_away(line_id=line.pk, by=them.asha, at=AT)
    assert code(permissions.why_not_take_away(gone, by=them.asha)) == "state"
    assert code(permissions.why_not_share(gone, them.initiative, by=them.asha)) == "away"


@pytest.mark.django_db
def test_taken_away_or_erased_the_words_are_gone_from_the_database_and_from_the_table():
    them = factories.cast()
    away, erased, other = (factories.line(person, SECRET) for person in (them.asha, them.asha, them.bo))
    for line, person in ((away, them.asha), (erased, them.asha), (other, them.bo)):
        operations.share(line_id=line.pk, initiative=them.initiative, by=person, at=AT)
    operations.take_away(line_id=away.pk, by=them.asha, at=AT)
    assert queries.about_me(them.asha)["what you got from it"][0]["words"] == SECRET
    operations.erase_words(person=them.asha, at=AT)
    assert list(Reflection.objects.order_by("pk").values_list("words", flat=True)) == ["", "", SECRET]
    assert [line.pk for line in queries.shared_at(them.initiative)] == [other.pk]
    assert queries.about_me(them.asha) == {"what you got from it": []}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"shared_at": AT}, {"away_at": AT, "words": "Still here"}])
def test_the_database_refuses_half_a_sharing_and_words_of_what_is_gone(wrong):
    them = factories.cast()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.create(**{"person": them.asha, "on": ON, "made_at": AT} | wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_often_for_three_lines_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count):
        factories.line(them.asha, f"Line {number}")
    browser = acts(them.asha)
    browser.get(reverse("reflections:mine"))
    with django_assert_num_queries(3):
        assert browser.get(reverse("reflections:mine")).content.decode().count("Only you see this") == count


@pytest.mark.django_db
def test_a_line_is_written_once_shared_and_taken_back_by_presses(acts):
    them = factories.cast()
    browser, mine = acts(them.asha), reverse("reflections:mine")
    assert "Write the first one" in browser.get(mine).content.decode()
    page = browser.post(
        reverse("reflections:write"), {"once": ONCE, "kind": "LEARNING", "words": "  "}
    ).content.decode()
    assert "This needs an answer" in page
    for _ in range(2):
        browser.post(
            f"{reverse('reflections:write')}?card=strings", {"once": ONCE, "kind": "LEARNING", "words": "<b>I can ask"}
        )
    line = Reflection.objects.get()
    assert (line.words, line.level) == ("<b>I can ask", Level.ORGANISATION)
    browser.post(reverse("reflections:share", args=[line.pk]), {"initiative": them.initiative.pk})
    assert "Shared with Leaving well" in browser.get(mine).content.decode()
    browser.post(reverse("reflections:take_back", args=[line.pk]))
    assert "Only you see this" in browser.get(mine).content.decode()
    browser.post(reverse("reflections:take_away", args=[line.pk]))
    assert "Write the first one" in browser.get(mine).content.decode()


@pytest.mark.django_db
def test_questions_of_three_levels_go_round_and_keep_nothing(client):
    before = JournalLine.objects.count()
    assert {card.level for card in content.reflection_cards()} == set(Level.values) - {""}
    assert [len(queries.cards(level)) for level in ("personal", "organisation", "social")] == [3, 2, 3]
    seen, card = [], ""
    for _ in range(9):
        context = client.get(reverse("reflections:cards"), {"card": card}).context
        seen.append(context["card"].id)
        card = context["following"].id
    assert len(set(seen)) == 8
    assert seen[8] == seen[0]
    assert client.get(reverse("reflections:cards"), {"level": "odd", "card": "<"}).status_code == 200
    assert client.get(reverse("reflections:cards"), {"level": "social"}).context["card"].level == "social"
    assert (JournalLine.objects.count(), Reflection.objects.count()) == (before, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_table_reads_what_was_shared_by_level_and_sees_every_level(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count):
        shared = factories.line(them.asha, f"Line {number}", level=Level.SOCIAL)
        operations.share(line_id=shared.pk, initiative=them.initiative, by=them.asha, at=AT)
    factories.line(them.bo, SECRET, level=Level.PERSONAL)
    levels = queries.by_level(them.initiative)
    assert [words for words, _ in levels] == [
        "About myself", "About where we work", "About the world around it", "Not from a question",
    ]  # fmt: skip
    assert [len(lines) for _, lines in levels] == [0, 0, count, 0]
    browser, page = acts(them.bo), reverse("reflections:table", args=[them.initiative.pk])
    browser.get(page)
    with django_assert_num_queries(5):
        said = browser.get(page).content.decode()
    assert (said.count("Line "), said.count("Nobody has shared a line here yet")) == (count, 3)
    assert SECRET not in said
    assert acts(them.eli).get(page).status_code == 404
