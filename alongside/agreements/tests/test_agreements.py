"""The agreement: written by all, asked of all, and asked again when it changes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.agreements import operations, permissions, queries
from alongside.agreements.models import Clause, SignOn, Version
from alongside.agreements.states import NEXT, Answer, VersionState
from alongside.agreements.tests import factories
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from tests.world import AT, ON, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


@pytest.fixture
def asked(scene):
    """A version that was put forward at the own table, where four people sit."""
    return factories.proposed(scene.initiative, by=scene.people["author"], chair=scene.people["facilitator"], at=AT)


def say_yes(version, *people):
    for person in people:
        operations.answer(version_id=version.pk, answer=Answer.YES, by=person, at=AT)
    version.refresh_from_db()


def lines(what):
    return JournalLine.objects.filter(what=what).count()


def test_every_state_has_its_moves():
    assert set(NEXT) == set(VersionState)


def test_next_version_begins_with_the_words_of_the_newest(scene, asked):
    again = operations.begin_version(initiative=scene.initiative, by=scene.people["author"], at=AT)
    assert (again.number, [c.heading for c in queries.clauses_of(again)]) == (2, ["How we talk", "How we decide"])


def test_beginning_twice_gives_the_same_draft(scene):
    first = operations.begin_version(initiative=scene.initiative, by=scene.people["author"], at=AT)
    second = operations.begin_version(initiative=scene.initiative, by=scene.people["recorder"], at=AT)
    assert (first, lines("agreements.version.begun")) == (second, 1)


def test_words_of_a_proposed_version_cannot_change(scene, asked):
    clause = queries.clauses_of(asked)[0]
    for change in (
        lambda by: operations.add_clause(version_id=asked.pk, heading="x", words="y", by=by, at=AT),
        lambda by: operations.change_clause(clause_id=clause.pk, heading="x", words="y", by=by, at=AT),
        lambda by: operations.remove_clause(clause_id=clause.pk, by=by, at=AT),
        lambda by: operations.move_clause(clause_id=clause.pk, up=False, by=by, at=AT),
    ):
        with pytest.raises(Refused) as stop:
            change(scene.people["facilitator"])
        assert stop.value.refusal.code == "not-a-draft"
    assert list(Clause.objects.order_by("place").values_list("heading", "words")) == [
        ("How we talk", "One at a time."),
        ("How we decide", "By consent."),
    ]


def test_clauses_move_and_stay_at_the_edge(scene):
    draft = factories.written(scene.initiative, by=scene.people["author"], at=AT)
    first = draft.first_clause
    for up in (False, False, True, True):
        operations.move_clause(clause_id=first.pk, up=up, by=scene.people["author"], at=AT)
    assert [c.pk for c in queries.clauses_of(draft)][0] == first.pk


@pytest.mark.parametrize(
    ("role", "code"),
    [("facilitator", None), ("recorder", None), ("lead", None), ("author", "not-asked"), ("member", "not-asked")],
)
def test_who_may_put_forward(scene, role, code):
    draft = factories.written(scene.initiative, by=scene.people["author"], at=AT)
    refusal = permissions.why_not_propose(draft, by=scene.people[role], clauses=True)
    assert (refusal and refusal.code) == code


def test_empty_draft_is_not_put_forward(scene):
    draft = operations.begin_version(initiative=scene.initiative, by=scene.people["author"], at=AT)
    with pytest.raises(Refused, match="empty"):
        operations.propose(
            version_id=draft.pk, why="", review_on=factories.REVIEW, by=scene.people["facilitator"], at=AT
        )
    draft.refresh_from_db()
    assert (draft.state, lines("agreements.version.proposed")) == (VersionState.DRAFT, 0)


def test_last_yes_brings_it_in_force(world, scene, asked):
    say_yes(asked, scene.people["author"], scene.people["facilitator"], scene.people["recorder"])
    assert asked.state == VersionState.PROPOSED
    say_yes(asked, world.helped)
    assert (asked.state, lines("agreements.version.in_force")) == (VersionState.IN_FORCE, 1)


def test_not_yet_is_not_a_yes_and_a_worry_is(world, scene, asked):
    operations.answer(version_id=asked.pk, answer=Answer.NOT_YET, worry="Pay is not in it.", by=world.helped, at=AT)
    operations.answer(
        version_id=asked.pk, answer=Answer.WORRY, worry="Long meetings.", by=scene.people["author"], at=AT
    )
    stand = queries.standing(asked)
    assert (stand.agreed, len(stand.seated)) == (1, 4)
    assert world.helped.pk in {seat.person_id for seat in stand.waiting}


def test_who_leads_may_begin_early_only_with_a_reason(scene, asked):
    chair = scene.people["facilitator"]
    with pytest.raises(Refused, match="no-reason"):
        operations.bring_in_force(version_id=asked.pk, reason="", by=chair, at=AT)
    operations.bring_in_force(version_id=asked.pk, reason="Two are away until May.", by=chair, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.not_all) == (VersionState.IN_FORCE, "Two are away until May.")


def test_change_asks_everybody_again(world, scene, asked):
    people = (scene.people["author"], scene.people["facilitator"], scene.people["recorder"], world.helped)
    say_yes(asked, *people)
    draft = operations.begin_version(initiative=scene.initiative, by=people[0], at=AT)
    again = operations.propose(version_id=draft.pk, why="Shorter.", review_on=factories.REVIEW, by=people[1], at=AT)
    assert queries.standing(again).agreed == 0
    assert [line.words for line in queries.today(people[0], ON)] == [
        "Say how you feel about our agreement: Leaving well"
    ]
    say_yes(again, *people)
    asked.refresh_from_db()
    assert (asked.state, again.state) == (VersionState.REPLACED, VersionState.IN_FORCE)


def test_answer_keeps_the_channel_it_came_by(scene, asked):
    author = scene.people["author"]
    author.channel = "PHONE"
    say_yes(asked, author)
    assert SignOn.objects.get(person=author).channel == "PHONE"


def test_answer_twice_is_one_answer_and_two_lines(scene, asked):
    say_yes(asked, scene.people["author"], scene.people["author"])
    assert (SignOn.objects.count(), lines("agreements.version.answered")) == (1, 2)


@pytest.mark.parametrize("role", ["member", "lead", "payer"])
def test_somebody_without_a_seat_does_not_answer(scene, asked, role):
    with pytest.raises(Refused, match="no-seat"):
        operations.answer(version_id=asked.pk, answer=Answer.YES, by=scene.people[role], at=AT)
    assert not SignOn.objects.exists()


def test_review_day_asks_again(world, scene, asked):
    people = (scene.people["author"], scene.people["facilitator"], scene.people["recorder"], world.helped)
    say_yes(asked, *people)
    assert queries.today(people[0], ON) == []
    assert [line.by for line in queries.today(people[0], date(2027, 5, 3))] == [factories.REVIEW]


def test_thread_names_who_is_missing(world, scene, asked):
    say_yes(asked, scene.people["author"], scene.people["facilitator"], scene.people["recorder"])
    thread = queries.thread(asked, queries.standing(asked))
    assert [(step.words, step.state) for step in thread.steps] == [
        ("written", "done"),
        ("agreed by 3 of 4", "now"),
        ("in force until review", "next"),
    ]
    assert thread.present.whose == "Helped"


def test_database_refuses_two_versions_in_force(scene):
    common = {"initiative": scene.initiative, "begun_by": scene.people["author"], "begun_at": AT}
    live = {"state": VersionState.IN_FORCE, "review_on": ON, "proposed_at": AT}
    Version.objects.create(number=1, **common, **live)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(number=2, **common, **live)


def test_database_refuses_a_proposal_without_a_review_date(scene):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            initiative=scene.initiative, number=1, state="PROPOSED", begun_by=scene.people["author"], begun_at=AT
        )


def test_erasing_blanks_the_worry_and_keeps_that_they_answered(scene, asked):
    author = scene.people["author"]
    operations.answer(version_id=asked.pk, answer=Answer.WORRY, worry="My ward.", by=author, at=AT)
    operations.erase_words(person=author, at=AT)
    assert SignOn.objects.values_list("worry", "answer").get() == ("", Answer.WORRY)


def test_my_record_holds_only_my_answers(world, scene, asked):
    operations.answer(version_id=asked.pk, answer=Answer.WORRY, worry="Mine.", by=scene.people["author"], at=AT)
    operations.answer(version_id=asked.pk, answer=Answer.WORRY, worry="Theirs.", by=world.helped, at=AT)
    assert [row["worry"] for row in queries.about_me(scene.people["author"])["agreements I answered"]] == ["Mine."]


def test_second_press_adds_one_clause(world, scene):
    draft = factories.written(scene.initiative, by=scene.people["author"], at=AT)
    client = world.client("author")
    url = reverse("agreements:clause_add", args=[draft.pk])
    token = client.get(url).context["form"]["once"].value()
    for _ in range(2):
        client.post(url, {"heading": "Pay", "words": "On the day.", "once": token})
    assert Clause.objects.filter(heading="Pay").count() == 1


def test_bad_input_keeps_what_was_typed(world, scene):
    draft = factories.written(scene.initiative, by=scene.people["author"], at=AT)
    page = world.client("author").post(reverse("agreements:clause_add", args=[draft.pk]), {"words": "Half a thought"})
    assert "Half a thought" in page.content.decode()
    assert "This needs an answer." in page.content.decode()


def test_hostile_words_are_shown_as_words(world, scene):
    draft = factories.written(scene.initiative, by=scene.people["author"], at=AT)
    operations.add_clause(
        version_id=draft.pk, heading="<script>alert(1)</script>", words="<b>x</b>", by=scene.people["author"], at=AT
    )
    page = world.client("author").get(reverse("agreements:version", args=[draft.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_make_the_same_number_of_queries_for_one_and_three(world, scene, queries_of):
    author = scene.people["author"]
    draft = operations.begin_version(initiative=scene.initiative, by=author, at=timezone.now())
    client, url = world.client("author"), reverse("agreements:version", args=[draft.pk])
    counts = []
    for heading in ("one", "two", "three"):
        operations.add_clause(version_id=draft.pk, heading=heading, words="w", by=author, at=AT)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[2] == 5


def test_agreement_page_makes_the_same_number_of_queries_for_one_and_three_answers(world, scene, asked, queries_of):
    client, url = world.client("author"), reverse("agreements:agreement", args=[scene.initiative.pk])
    say_yes(asked, scene.people["author"])
    one = queries_of(lambda: client.get(url))
    say_yes(asked, scene.people["facilitator"], world.helped)
    assert (one, queries_of(lambda: client.get(url))) == (10, 10)
