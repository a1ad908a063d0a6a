"""Claiming, declining, seeing it differently and showing outside: each is a new row, and none bends the record."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.initiatives.states import InitiativeState
from alongside.labels import operations, panels, permissions, queries
from alongside.labels.models import LabelClaim, LabelDeclined, LabelDissent, LabelShown, OutcomeSaid
from alongside.labels.tests import factories
from alongside.labels.tests.factories import LOOK
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from tests.world import AT, World

pytestmark = pytest.mark.django_db
TABLES = (LabelClaim, LabelDeclined, LabelDissent, LabelShown, OutcomeSaid)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def scene(world):
    return world.scenes["own"]


@pytest.fixture
def chair(scene):
    return scene.people["facilitator"]


@pytest.fixture
def author(scene):
    return scene.people["author"]


def lines(what):
    return JournalLine.objects.filter(what=what).count()


def claimed(scene, label, stage=""):
    return operations.claim(
        initiative=scene.initiative,
        label=label,
        said="We did it together.",
        stage=stage,
        by=scene.people["lead"],
        at=AT,
    )


def declined(scene, by):
    return operations.decline(
        initiative=scene.initiative, words="It keeps them and us.", called="Run by us for us", by=by, at=AT
    )


def differently(scene, by, words="I was not asked.", outside=False, stage=""):
    return operations.dissent(initiative=scene.initiative, words=words, outside=outside, stage=stage, by=by, at=AT)


RULES = {
    "claim": (permissions.why_not_claim, {}),
    "decline": (permissions.why_not_decline, {"declined": None}),
    "take_back": (permissions.why_not_take_back, {"declined": True}),
    "dissent": (permissions.why_not_dissent, {}),
    "outcome": (permissions.why_not_say_outcome, {}),
    "publish": (permissions.why_not_publish, {}),
}


@pytest.mark.parametrize(
    ("rule", "role", "code"),
    [
        ("claim", "lead", None), ("claim", "facilitator", None), ("claim", "author", "not-asked"),
        ("claim", "member", "not-asked"),
        ("decline", "author", None), ("decline", "facilitator", None), ("decline", "lead", "no-seat"),
        ("decline", "member", "no-seat"),
        ("take_back", "author", None), ("take_back", "lead", "no-seat"),
        ("dissent", "recorder", None), ("dissent", "commissioner", "no-seat"),
        ("outcome", "author", None), ("outcome", "member", "no-seat"),
        ("publish", "facilitator", None), ("publish", "author", "not-asked"), ("publish", "commissioner", "not-asked"),
    ],
)  # fmt: skip
def test_who_may(scene, rule, role, code):
    why_not, more = RULES[rule]
    refusal = why_not(scene.initiative, by=scene.people[role], **more)
    assert (refusal and refusal.code) == code


def test_refusal_changes_nothing(scene, author):
    member = scene.people["member"]
    before = JournalLine.objects.count()
    tries = (
        lambda: operations.claim(initiative=scene.initiative, label="consultation", said="", by=author, at=AT),
        lambda: declined(scene, member),
        lambda: differently(scene, member),
        lambda: operations.take_back(initiative=scene.initiative, words="x", by=author, at=AT),
        lambda: operations.take_dissent_back(initiative=scene.initiative, by=author, at=AT),
        lambda: operations.say_outcome(initiative=scene.initiative, tag="OTHER", words="x", by=member, at=AT),
        lambda: operations.publish(initiative=scene.initiative, seen="", by=author, at=AT, on=LOOK),
        lambda: operations.publish(initiative=scene.initiative, seen="old", by=scene.people["lead"], at=AT, on=LOOK),
    )
    for attempt in tries:
        with pytest.raises(Refused):
            attempt()
    assert [model.objects.count() for model in TABLES] == [0] * 5
    assert JournalLine.objects.count() == before


def test_label_may_be_spoken_of_after_the_work_has_ended(scene, author):
    scene.initiative.state = InitiativeState.ENDED
    scene.initiative.save(update_fields=["state"])
    assert differently(scene, author).words == "I was not asked."


# --- claim ---


def test_claim_that_the_records_do_not_show_is_plain(scene):
    factories.shared(scene)
    claimed(scene, "service-user-led")
    row = queries.mirror_rows(queries.labelled(scene.initiative, LOOK))[0]
    assert (row.about, row.say, row.shown, row.same) == (
        "All of it", "Led by people with lived experience", "Co-production", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("label", "holds"),
    [("co-production-broad", True), ("co-production-equal", None), ("consultation", False)],
)
def test_claim_of_a_stage_is_held_against_that_stage(scene, label, holds):
    factories.shared(scene)
    claimed(scene, label, "design")
    assert queries.labelled(scene.initiative, LOOK).stage("design").check.holds == holds


def test_newer_claim_takes_the_place_and_the_older_stays_readable(scene):
    first, second = claimed(scene, "co-production-equal"), claimed(scene, "consultation")
    assert queries.labelled(scene.initiative, LOOK).claim == second
    assert list(queries.claim_history(scene.initiative)) == [second, first]
    assert lines("labels.claim.made") == 2
    claimed(scene, "")
    assert queries.labelled(scene.initiative, LOOK).claim is None


def test_claim_never_changes_what_the_records_show(scene):
    factories.shared(scene)
    before = queries.labelled(scene.initiative, LOOK).labels.records_show
    claimed(scene, "service-user-led")
    assert queries.labelled(scene.initiative, LOOK).labels.records_show == before


@pytest.mark.parametrize("label", ["not-enough-known", "label-declined", "made-up"])
def test_nobody_claims_a_name_that_is_none(scene, label):
    with pytest.raises(Refused, match="no-label"):
        claimed(scene, label)


# --- declining ---


def test_declined_label_stands_first_and_the_record_stays(scene, author):
    factories.shared(scene)
    declined(scene, author)
    found = queries.labelled(scene.initiative, LOOK)
    assert (found.label.id, found.records_label.id) == ("label-declined", "co-production-broad")
    assert found.labels.declined.called == "Run by us for us"
    assert lines("labels.label.declined") == 1


def test_everybody_at_the_table_is_told_of_declining_but_who_did_it(scene, author):
    row = declined(scene, author)
    told = set(ToTell.objects.filter(about=f"label-declined:{row.pk}").values_list("person__shown_name", flat=True))
    assert told == {"ownfacilitator", "ownrecorder", "Helped"}


def test_declining_is_taken_back_by_a_new_row(scene, author, chair):
    declined(scene, author)
    with pytest.raises(Refused, match="declined"):
        declined(scene, chair)
    operations.take_back(initiative=scene.initiative, words="We talked.", by=chair, at=AT)
    assert queries.declined_now(scene.initiative) is None
    assert [row.declined for row in queries.declining_history(scene.initiative)] == [False, True]
    assert (lines("labels.label.declined"), lines("labels.label.used_again")) == (1, 1)


# --- seeing it differently ---


def test_newest_words_of_each_person_stand(scene, author, chair):
    differently(scene, author, "First")
    differently(scene, author, "Second")
    differently(scene, author, "On design", stage="design")
    differently(scene, chair, "Mine")
    assert [row.words for row in queries.dissents_of(scene.initiative)] == ["Second", "On design", "Mine"]


def test_words_are_taken_back_by_their_writer_only(scene, author, chair):
    differently(scene, author)
    with pytest.raises(Refused, match="nothing"):
        operations.take_dissent_back(initiative=scene.initiative, by=chair, at=AT)
    operations.take_dissent_back(initiative=scene.initiative, by=author, at=AT)
    assert (queries.dissents_of(scene.initiative), LabelDissent.objects.count()) == ([], 2)


def test_outside_reads_only_what_its_writer_let_out_and_never_the_name(world, scene, author, chair):
    differently(scene, author, "Only for the table.")
    differently(scene, chair, "For everybody.", outside=True)
    factories.published(scene)
    page = world.client("outsider").get(reverse("labels:shown", args=[scene.initiative.pk])).content.decode()
    assert "For everybody." in page
    assert "Only for the table." not in page
    assert chair.shown_name not in page


def test_erasing_blanks_words_and_keeps_that_they_were_said(scene, author):
    differently(scene, author)
    operations.say_outcome(initiative=scene.initiative, tag="RECOVERY", words="I sleep.", by=author, at=AT)
    operations.erase_words(person=author, at=AT)
    assert list(LabelDissent.objects.values_list("words", flat=True)) == [""]
    assert list(OutcomeSaid.objects.values_list("words", flat=True)) == [""]
    assert queries.dissents_of(scene.initiative) == []


def test_my_record_holds_only_what_i_said(scene, author, chair):
    differently(scene, author, "Mine")
    differently(scene, chair, "Theirs")
    assert [row["words"] for row in queries.about_me(author)["Labels that you saw differently"]] == ["Mine"]


# --- showing outside ---


def test_what_was_shown_never_changes_with_the_records(scene):
    lived, _ = factories.shared(scene)
    row = factories.published(scene)
    before = row.shown
    factories.met(scene, lived, title="Second evening")
    people.erase(person_id=lived[0].pk, by=lived[0], at=AT)
    row.refresh_from_db()
    assert row.shown == before
    assert lines("labels.label.shown") == 1


def test_shown_text_holds_no_number_of_people_and_no_name(scene, chair):
    lived, paid = factories.shared(scene)
    text = str(factories.published(scene).shown)
    assert "decided together" in text
    assert not [person.shown_name for person in [*lived, *paid, chair] if person.shown_name in text]
    assert re.findall(r"\d+", text.replace("Decisions taken: 1.", "").replace("(1969)", "")) == []


def test_two_texts_of_different_days_cannot_be_taken_from_each_other(scene):
    factories.shared(scene)
    before = queries.text_for_outside(scene.initiative, LOOK)
    late = factories.sitting(scene, "Late", "lived")
    factories.met(scene, [late], title="Second evening")
    after = queries.text_for_outside(scene.initiative, LOOK)
    assert before == after


def test_label_is_shown_as_it_was_read(scene, chair):
    lived, _ = factories.both_sides(scene)
    factories.stage(scene)
    mark = queries.mark_of(queries.text_for_outside(scene.initiative, LOOK))
    factories.met(scene, lived)
    with pytest.raises(Refused, match="changed"):
        operations.publish(initiative=scene.initiative, seen=mark, by=chair, at=AT, on=LOOK)
    assert LabelShown.objects.count() == 0


def test_draft_is_not_shown_outside(scene, chair):
    scene.initiative.state = InitiativeState.DRAFT
    scene.initiative.save(update_fields=["state"])
    with pytest.raises(Refused, match="draft"):
        factories.published(scene)


def test_newest_shown_stands_and_earlier_ones_are_named(world, scene, author):
    factories.published(scene)
    declined(scene, author)
    second = factories.published(scene)
    assert (second.number, second.label, queries.shown_now(scene.initiative)) == (2, "label-declined", second)
    page = world.client("outsider").get(reverse("labels:shown", args=[scene.initiative.pk])).content.decode()
    assert "Shown before" in page
    assert "It keeps them and us." in page
    assert author.shown_name not in page


def test_declining_after_showing_is_read_outside_at_once(world, scene, author):
    factories.published(scene)
    declined(scene, author)
    page = world.client("outsider").get(reverse("labels:shown", args=[scene.initiative.pk])).content.decode()
    assert "They do not use this word now" in page


def test_today_tells_the_table_of_what_was_shown_lately(scene, author):
    factories.published(scene)
    assert [line.kind for line in queries.today(author, AT.date())] == ["became"]
    assert queries.today(author, AT.date() + timedelta(days=60)) == []
    assert queries.today(scene.people["member"], AT.date()) == []
    assert queries.today(None, AT.date()) == []


def test_thread_says_shown_only_while_the_shown_label_is_the_recorded_one(scene):
    lived, paid = factories.both_sides(scene)
    factories.stage(scene)
    factories.published(scene)
    factories.met(scene, [*lived, *paid])
    factories.decided(scene)
    assert queries.labelled(scene.initiative, LOOK).stage("design").thread.steps[-1].state == "now"
    factories.published(scene)
    assert queries.labelled(scene.initiative, LOOK).stage("design").thread.steps[-1].state == "done"


def test_figures_count_what_was_shown_in_the_days(scene):
    row = factories.published(scene)
    assert queries.figures(scene.organisation, date(2026, 11, 2), date(2026, 11, 3))["labels shown"] == [row.pk]
    assert queries.figures(scene.organisation, date(2026, 11, 3), date(2027, 11, 3))["labels shown"] == []
    assert queries.standing_in(scene.organisation, date(2026, 11, 3)) == [row]


# --- the database ---


@pytest.mark.parametrize("model", [LabelClaim, LabelDeclined, LabelShown], ids=lambda model: model.__name__)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_database_refuses_to_change_what_was_said(scene, author, model, verb):
    claimed(scene, "consultation")
    declined(scene, author)
    factories.published(scene)
    rows = model.objects.all()
    assert rows.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(words="x") if verb == "update" else rows._raw_delete(rows.db)


def test_database_refuses_a_declining_without_a_reason(scene, author):
    with pytest.raises(IntegrityError), transaction.atomic():
        LabelDeclined.objects.create(initiative=scene.initiative, declined=True, words="", by=author, at=AT)


def test_database_refuses_a_claim_without_its_words(scene, author):
    with pytest.raises(IntegrityError), transaction.atomic():
        LabelClaim.objects.create(initiative=scene.initiative, label="consultation", words="", by=author, at=AT)


# --- pages ---


def url(name, scene, *more):
    return reverse(f"labels:{name}", args=[scene.initiative.pk, *more])


def test_second_press_says_it_once(world, scene):
    client, address = world.client("author"), url("dissent", scene)
    token = client.get(address).context["form"]["once"].value()
    for _ in range(2):
        client.post(address, {"words": "I was not asked.", "stage": "all", "once": token})
    assert LabelDissent.objects.count() == 1


def test_bad_input_keeps_what_was_typed(world, scene):
    page = world.client("author").post(url("decline", scene), {"words": "", "called": "Kept name"})
    assert (page.status_code, LabelDeclined.objects.count()) == (200, 0)
    assert "Kept name" in page.content.decode()


def test_hostile_words_are_shown_as_words(world, scene, author):
    differently(scene, author, "<script>alert(1)</script>")
    page = world.client("author").get(url("initiative", scene)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_who_leads_reads_first_and_then_shows(world, scene):
    factories.stage(scene, from_on=date(2020, 1, 1))
    client, address = world.client("facilitator"), url("publish", scene)
    form = client.get(address).context["form"]
    said = {"once": form["once"].value(), "seen": form["seen"].value()}
    assert client.post(address, said | {"seen": "other"}).status_code == 200
    assert LabelShown.objects.count() == 0
    client.post(address, said)
    assert LabelShown.objects.count() == 1


def test_stage_nobody_set_down_is_not_found(world, scene):
    assert world.client("author").get(url("stage", scene, "pilot")).status_code == 404
    factories.stage(scene, from_on=date(2020, 1, 1))
    assert world.client("author").get(url("evidence", scene, "design", "names")).status_code == 404
    for what in ("started", "worked", "spoke", "decisions", "seats"):
        assert world.client("author").get(url("evidence", scene, "design", what)).status_code == 200


def test_lists_behind_counts_name_nobody(world, scene):
    lived, paid = factories.shared(scene)
    page = world.client("author").get(url("evidence", scene, "design", "worked")).content.decode()
    assert "First evening" in page
    assert not [person.shown_name for person in [*lived, *paid] if person.shown_name in page]


def test_panel_shows_the_table_what_is_recorded_and_others_what_was_shown(scene, author):
    factories.stage(scene, from_on=date(2020, 1, 1))
    assert panels.on_initiative(scene.initiative, author).template == "labels/panel.html"
    assert panels.on_initiative(scene.initiative, None) is None
    factories.published(scene)
    assert panels.on_initiative(scene.initiative, None).template == "labels/panel_outside.html"


def test_pages_make_the_same_number_of_queries_for_one_and_three(world, scene, author, chair, queries_of):
    client = world.client("author")
    pages = [url("initiative", scene), url("stage", scene, "design"), url("evidence", scene, "design", "worked")]
    counts = []
    factories.stage(scene, from_on=date(2020, 1, 1))
    for number, person in enumerate([author, chair, scene.people["recorder"]]):
        differently(scene, person, f"w{number}")
        operations.say_outcome(initiative=scene.initiative, tag="OTHER", words="x", by=person, at=AT)
        claimed(scene, "consultation")
        factories.met(scene, [person], title=f"Evening {number}")
        factories.decided(scene, voices=[author])
        factories.published(scene)
        counts.append([queries_of(lambda page=page: client.get(page)) for page in pages])
    assert counts[0] == counts[2] == [26, 18, 17]
