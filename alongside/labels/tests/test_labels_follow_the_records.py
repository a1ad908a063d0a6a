"""A label changes when the records change, and not when the outcome does; nobody's side is supposed or given away."""

import re
from datetime import date, timedelta

import pytest

from alongside.calculations import content
from alongside.contributions.states import OfferState
from alongside.decisions import operations as decisions
from alongside.decisions.states import Way
from alongside.decisions.tests import factories as decision_factories
from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.labels import operations, policies, queries
from alongside.labels.states import LISTS, OPENS, RUNG_OF, Outcome
from alongside.labels.tests import factories
from alongside.labels.tests.factories import FROM, LOOK, label_of
from alongside.people import operations as people
from alongside.people.states import Channel, Side
from tests.world import AT, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


@pytest.fixture
def chair(scene):
    return scene.people["facilitator"]


def stage_of(scene, kind="design", on=LOOK):
    return queries.labelled(scene.initiative, on).stage(kind)


def said(scene, kind="design"):
    return " ".join(stage_of(scene, kind).verdict.reasons)


# --- records change, the label changes ---


def test_both_sides_who_came_and_could_decide_are_co_production(scene):
    factories.shared(scene)
    assert label_of(scene) == "co-production-broad"
    assert "people with lived experience or carers (8) and professionals of the service (8)" in said(scene)


def test_label_follows_each_record_as_it_comes(scene):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene)
    assert label_of(scene) == "not-enough-known"
    factories.met(scene, [*lived, *paid])
    assert label_of(scene) == "not-enough-known"
    factories.decided(scene, Way.ABOVE)
    assert label_of(scene) == "involvement"
    factories.decided(scene, Way.VOTE)
    assert label_of(scene) == "co-production-broad"
    assert "The body that has the last word could undo it alone." in stage_of(scene).verdict.against


def test_label_never_follows_what_came_of_it(scene, chair):
    factories.shared(scene)
    before = queries.labelled(scene.initiative, LOOK).labels
    for tag in Outcome.values:
        operations.say_outcome(
            initiative=scene.initiative, tag=tag, words="All of us feel better now.", by=chair, at=AT
        )
    assert queries.labelled(scene.initiative, LOOK).labels == before
    assert len(queries.outcomes_of(scene.initiative)) == len(Outcome)


def test_decision_of_no_substance_is_no_say(scene, chair):
    factories.both_sides(scene)
    factories.stage(scene)
    made = factories.decided(scene)
    assert stage_of(scene).things["decisions"]
    made.substantive = False
    made.save(update_fields=["substantive"])
    assert (stage_of(scene).things["decisions"], label_of(scene)) == ([], "not-enough-known")


@pytest.mark.parametrize(
    ("way", "label"),
    [
        (Way.CONSENT, "co-production-broad"),
        (Way.VOTE, "co-production-broad"),
        (Way.ABOVE, "involvement"),
        (Way.LIVED, "service-user-led"),
        (Way.PART, "not-enough-known"),
    ],
)
def test_way_of_deciding_says_who_could_decide(scene, way, label):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene)
    factories.met(scene, [*lived, *paid])
    factories.decided(scene, way)
    assert label_of(scene) == label


def test_decision_of_the_chairs_is_theirs_alone(scene, chair):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene)
    factories.met(scene, [*lived, *paid])
    factories.decided(scene, Way.CHAIRS)
    sides = policies.sides_of(policies.read_records(scene.initiative).seats)
    expected = "involvement" if sides[chair.pk] == {Side.PAID} else "service-user-led"
    assert label_of(scene) == expected


def test_overturned_decision_stands_against_equal_partners(scene, chair):
    factories.both_sides(scene)
    factories.stage(scene)
    made = factories.decided(scene)
    decisions.overturn(decision_id=made.pk, who="The board", reason="Money", by=chair, at=AT)
    assert "The body that has the last word could undo it alone." in stage_of(scene).verdict.against


def test_records_never_show_equal_partners_by_silence(scene):
    factories.shared(scene)
    assert label_of(scene) == "co-production-broad"
    assert "Whether anybody could undo the decision alone." in stage_of(scene).verdict.missing


def test_record_counts_in_the_stage_in_whose_days_it_lies(scene):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene, "design", from_on=FROM, to_on=date(2026, 11, 20))
    factories.stage(scene, "deliver", from_on=date(2026, 11, 20))
    factories.met(scene, [*lived, *paid], day=date(2026, 11, 20))
    factories.decided(scene, at=AT + timedelta(days=20))
    assert (label_of(scene, "design"), label_of(scene, "deliver")) == ("not-enough-known", "co-production-broad")


def test_day_of_a_record_is_that_of_the_organisation(scene):
    scene.organisation.zone = "Pacific/Auckland"
    scene.organisation.save(update_fields=["zone"])
    scene.initiative.refresh_from_db()
    lived, _ = factories.both_sides(scene)
    factories.stage(scene, "design", from_on=date(2026, 11, 11))
    factories.met(scene, lived, day=date(2026, 11, 10))  # 14:00 in London is the 11th in Auckland
    assert [thing.on for thing in stage_of(scene).things["worked"]] == [date(2026, 11, 11)]


def test_stage_that_came_twice_is_one_with_both_stretches(scene):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene, from_on=FROM, to_on=date(2026, 11, 5))
    factories.stage(scene, from_on=date(2026, 11, 12))
    factories.met(scene, lived, day=date(2026, 11, 4), title="early")
    factories.met(scene, lived, day=date(2026, 11, 8), title="between")
    factories.met(scene, paid, day=date(2026, 11, 13), title="late")
    assert [thing.words for thing in stage_of(scene).things["worked"]] == ["early", "late"]


def test_stage_that_has_not_begun_has_no_label(scene):
    factories.stage(scene, from_on=date(2027, 1, 1))
    assert queries.labelled(scene.initiative, LOOK).stages == []
    assert queries.labelled(scene.initiative, LOOK).labels.verdict.label == "not-enough-known"


def test_start_is_known_only_once_the_aim_stands_fast(scene, chair):
    factories.both_sides(scene)
    factories.stage(scene, "initiate")
    assert label_of(scene, "initiate") == "not-enough-known"
    initiatives.freeze_aim(initiative_id=scene.initiative.pk, on=FROM, by=chair, at=AT)
    scene.initiative.refresh_from_db()
    assert label_of(scene, "initiate") == "co-production-broad"
    assert "Started by" in said(scene, "initiate")


def test_who_came_after_the_aim_was_fixed_did_not_start_it(scene, chair):
    for seat in policies.read_records(scene.initiative).seats:
        seat.joined_on = FROM + timedelta(days=5)
        seat.save(update_fields=["joined_on"])
    factories.both_sides(scene, lived=0, paid=6)
    initiatives.freeze_aim(initiative_id=scene.initiative.pk, on=FROM, by=chair, at=AT)
    scene.initiative.refresh_from_db()
    factories.stage(scene, "initiate")
    assert label_of(scene, "initiate") == "professionally-led"


# --- sides are chosen, never supposed ---


def test_lens_that_is_not_counted_or_was_let_go_is_not_shown(scene, chair):
    person = factories.sitting(scene, "Asha", side="")
    other = factories.sitting(scene, "Cy", Side.CARER)
    lens = factories.shows(scene, chair, Side.PAID)
    people.let_go_lens(lens_id=lens.pk, by=chair, at=AT)
    sides = policies.sides_of(policies.read_records(scene.initiative).seats)
    assert (sides[person.pk], sides[other.pk], sides[chair.pk]) == (set(), {Side.CARER}, set())


def test_lens_kept_to_oneself_is_not_counted(scene):
    hidden = factories.sitting(scene, "Asha", words="")
    people.add_lens(person_id=hidden.pk, words="Been on the ward", side=Side.LIVED, by=hidden, at=AT)
    assert policies.sides_of(policies.read_records(scene.initiative).seats)[hidden.pk] == set()


def test_people_who_show_nothing_are_never_taken_for_a_side(scene):
    paid = factories.many(scene, 6, Side.PAID, "Bo")
    quiet = [factories.sitting(scene, f"Quiet {number}", words="") for number in range(6)]
    factories.stage(scene)
    factories.met(scene, [*paid, *quiet])
    factories.decided(scene)
    assert label_of(scene) == "not-enough-known"


def test_who_left_still_counts_for_the_stage_in_which_they_were_here(scene):
    lived, paid = factories.shared(scene)
    seat = factories.seat_of(scene, lived[0])
    initiatives.leave(seat_id=seat.pk, on=LOOK, by=lived[0], at=AT)
    assert "(8)" in said(scene)


# --- small numbers ---


def test_few_people_are_hidden_and_so_is_the_number_beside_them(scene):
    lived = factories.many(scene, 3, Side.LIVED, "Asha")
    paid = factories.many(scene, 11, Side.PAID, "Bo")
    factories.stage(scene)
    factories.met(scene, [*lived, *paid])
    assert "people with lived experience or carers (fewer than 5) and professionals of the service (5 or more)" in (
        said(scene)
    )
    assert not re.search(r"\b(3|11|14)\b", said(scene))


def test_raised_small_number_hides_all_numbers_of_people(scene):
    factories.shared(scene)
    scene.organisation.small_number = 10
    scene.organisation.save(update_fields=["small_number"])
    scene.initiative.refresh_from_db()
    assert label_of(scene) == "co-production-broad"
    assert "(" not in said(scene)


def test_offer_that_adds_a_few_people_gives_no_number_to_subtract(scene, monkeypatch):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene)
    factories.met(scene, [*lived, *paid])
    assert "(6)" in said(scene)
    extra = factories.sitting(scene, "Cy", Side.LIVED)
    work = policies.Thing(date(2026, 11, 12), "A poster", "/work/1/", frozenset({extra.pk}), True)
    monkeypatch.setattr(policies, "_offers", lambda initiative: [work])
    assert "The work was done by people with lived experience or carers and professionals" in said(scene)
    one = stage_of(scene)
    assert queries.things(one, "worked", all_open=False)[1] == 1
    assert [t.words for t in queries.things(one, "worked", all_open=True)[0]] == ["First evening", "A poster"]


def test_a_few_nameless_statements_tell_nobody_s_side(scene, chair):
    lived = factories.many(scene, 4, Side.LIVED, "Asha")
    factories.stage(scene)
    for number, person in enumerate(lived):
        decision_factories.statement(scene.initiative, person, chair=chair, at=AT, words=f"w{number}")
    assert "Asked for their view" not in said(scene)
    assert stage_of(scene).things["spoke"][0].words == "How was leaving? 4 statements."


def test_several_nameless_statements_tell_sides_without_a_number(scene, chair):
    lived = factories.many(scene, 5, Side.LIVED, "Asha")
    paid = factories.many(scene, 6, Side.PAID, "Bo")
    factories.stage(scene)
    for number, person in enumerate(lived):
        decision_factories.statement(scene.initiative, person, chair=chair, at=AT, words=f"w{number}")
    factories.met(scene, paid)
    factories.decided(scene, Way.ABOVE)
    assert "Asked for their view: people with lived experience or carers." in said(scene)
    assert (label_of(scene), bool(stage_of(scene).verdict.questions)) == ("consultation", True)


def test_consultation_is_answered_when_every_author_was_told(scene, chair):
    lived = factories.many(scene, 5, Side.LIVED, "Asha")
    factories.stage(scene)
    made = [
        decision_factories.statement(scene.initiative, person, chair=chair, at=AT, words=f"w{place}")
        for place, person in enumerate(lived)
    ]
    factories.met(scene, factories.many(scene, 6, Side.PAID, "Bo"))
    taken = factories.decided(scene, Way.ABOVE, statements=made)
    assert "Answered: 0 of 5 things put forward." in said(scene)
    for person in lived:
        assert person.tell_by == "NONE"  # they look here themselves, so nobody waits
    decisions.finish(decision_id=taken.pk, by=chair, at=AT + timedelta(days=11))
    assert "Answered: 5 of 5 things put forward." in said(scene)
    assert stage_of(scene).verdict.questions == ()


def test_actions_and_matters_are_read_from_gatherings(scene, chair):
    lived = factories.many(scene, 5, Side.LIVED, "Asha")
    factories.stage(scene)
    made = gatherings.call(
        initiative=scene.initiative, title="Tea", starts_at=AT + timedelta(days=3), ends_at=AT + timedelta(days=3, hours=1),
        place="Hall", by=chair, at=AT,
    )  # fmt: skip
    gatherings.raise_item(gathering_id=made.pk, words="The phone", minutes=5, by=lived[0], at=AT)
    taken = gatherings.promise(
        gathering_id=made.pk, words="Ring the café", owner=lived[1], due_on=LOOK, by=lived[1], at=AT
    )
    gatherings.record_attendance(gathering_id=made.pk, there={lived[2].pk: Channel.PAPER}, by=chair, at=AT)
    gatherings.finish(action_id=taken.pk, by=lived[1], at=AT + timedelta(days=5))
    things = stage_of(scene).things
    assert [thing.words for thing in things["worked"]] == ["Tea", "Ring the café"]
    assert [thing.words for thing in things["spoke"]] == ["The phone"]


# --- ladders and lists ---


def test_every_rung_and_label_of_the_table_is_content():
    for ladder in RUNG_OF:
        rungs = {rung.id for rung in next(one for one in content.ladders() if one.id == ladder).rungs}
        assert set(RUNG_OF[ladder].values()) <= rungs
        assert {content.label(label).id for label in RUNG_OF[ladder]} == set(RUNG_OF[ladder])


def test_rung_aimed_at_stands_beside_the_rung_recorded(scene):
    factories.shared(scene)
    one = stage_of(scene)
    assert (one.ladder.rungs[one.ladder.said], one.ladder.rungs[one.ladder.shown]) == ("Partnership", "Partnership")
    assert [(row.about, row.same) for row in queries.stage_rows(scene.initiative, one)] == [("Design: our aim", True)]


def test_lower_rung_than_aimed_at_is_plain(scene):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene)
    factories.met(scene, [*lived, *paid])
    factories.decided(scene, Way.ABOVE)
    one = stage_of(scene)
    assert one.ladder.rungs[one.ladder.shown] == "Placation"
    assert [row.same for row in queries.stage_rows(scene.initiative, one)] == [False]
    assert [step.words for step in one.thread.steps][1] == "recorded: Taking part without a share in the decision"


def test_ladder_without_a_rung_for_the_label_says_so(scene):
    factories.both_sides(scene)
    factories.stage(scene, ladder="tlap", rung="co-production")
    factories.met(scene, factories.many(scene, 5, Side.LIVED, "Cy"))
    factories.decided(scene, Way.LIVED)
    one = stage_of(scene)
    assert (one.verdict.label, one.ladder.shown, one.no_rung) == ("service-user-led", None, True)


def test_every_counting_reason_opens_its_list(scene):
    factories.shared(scene)
    one = stage_of(scene)
    opened = {sentence: url for sentence, url in queries.reasons(scene.initiative, one) if "(" in sentence}
    quoting = {
        s: u for s, u in opened.items() if not s.startswith("People with lived experience or carers (8) decided")
    }
    assert quoting
    assert all(quoting.values())
    assert {what for _, what in OPENS} <= set(LISTS)


def test_offers_that_are_not_done_are_no_work(scene, monkeypatch):
    class Offer:
        state, pk, to_id, done_on, task = OfferState.ACCEPTED, 1, 1, LOOK, "x"

    monkeypatch.setattr(policies.contributions, "offers_of", lambda initiative: [Offer])
    assert policies._offers(scene.initiative) == []
