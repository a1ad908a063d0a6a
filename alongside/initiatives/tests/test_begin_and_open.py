"""An initiative begins as a draft and opens only when it says where it comes from; what is public turns with a reason."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.calculations import content
from alongside.initiatives import operations, permissions, queries
from alongside.initiatives.models import ChangeOfDirection, Initiative, Move
from alongside.initiatives.states import DEFINITION, ORIGIN
from alongside.initiatives.tests import factories as make
from alongside.organisations import operations as organisations
from alongside.people.states import PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make.organisation()


@pytest.fixture
def dee(here):
    return make.member("Dee", here)


def move(initiative, to, by, reason="Said at the table."):
    return operations.move(initiative_id=initiative.pk, to=to, reason=reason, by=by, at=make.AT)


def page(name, thing):
    return reverse(f"initiatives:{name}", args=[thing.pk])


def test_six_kinds_can_begin(here, dee, client):
    make.signs_in(client, dee)
    form = client.get(reverse("initiatives:begin")).context["form"]
    assert {kind for kind, _ in form.fields["kind"].choices} == {
        "education", "service", "research", "policy", "community", "pilot",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [kind.id for kind in content.kinds()])
def test_each_kind_shows_its_stages(here, dee, client, kind):
    made = make.opened(here, dee)
    Initiative.objects.filter(pk=made.pk).update(kind=kind)
    operations.add_stage(initiative_id=made.pk, kind="design", from_on=make.ON, by=dee, at=make.AT)
    shown = client.get(reverse("front:initiative", args=[made.pk])).content.decode()
    assert content.kind(kind).means in shown
    # "commission" comes before the stage that was set down, so it was passed over and is not shown as still to come.
    to_show = [stage.words for stage in content.stages() if stage.id not in {"initiate", "commission"}]
    assert [words for words in to_show if words not in shown] == []
    assert len(content.stages()) == 8
    assert {stage.co_word for stage in content.stages()} == {"co-commission", "co-design", "co-deliver", "co-assess"}


def test_begun_initiative_is_a_draft_with_its_beginner_at_the_table(here, dee, client):
    make.signs_in(client, dee)
    url = reverse("initiatives:begin")
    answers = {
        "once": client.get(url).context["form"]["once"].value(),
        "kind": "pilot",
        "name": "Sleep",
        "about": "Fewer lights at night.",
        "place": f"{here.pk}",
    }
    first, second = client.post(url, answers), client.post(url, answers)
    made = Initiative.objects.get()
    assert first["Location"] == second["Location"] == page("origin", made)
    assert (made.state, made.kind) == ("DRAFT", "pilot")
    assert queries.is_seated(dee, made)
    assert queries.holds(dee, "LEAD", made)


def test_nobody_begins_in_an_organisation_that_is_not_theirs(here, dee):
    eli = make.member("Eli", make.organisation("Far Valley"))
    with pytest.raises(Refused, match="not-a-member"):
        operations.begin_here(organisation=here, name="Mine", kind="pilot", by=eli, at=make.AT, on=make.ON)
    assert not Initiative.objects.exists()


def test_name_is_used_once_in_an_organisation(here, dee):
    make.draft(here, dee, "Sleep")
    with pytest.raises(Refused, match="name-used"):
        make.draft(here, dee, "Sleep")
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.create(organisation=here, name="Sleep", kind="pilot", made_at=make.AT)


@pytest.mark.parametrize("unsaid", ORIGIN)
def test_it_cannot_open_without_each_of_the_four_answers(here, dee, unsaid):
    made = make.draft(here, dee, **(make.ORIGIN | {unsaid: " "}))
    before = JournalLine.objects.count()
    with pytest.raises(Refused, match="origin-unsaid"):
        move(made, "OPEN", dee)
    made.refresh_from_db()
    assert (made.state, Move.objects.count(), JournalLine.objects.count()) == ("DRAFT", 0, before)


@pytest.mark.parametrize("unsaid", ORIGIN)
def test_database_holds_no_open_initiative_without_an_answer(here, dee, unsaid):
    made = make.draft(here, dee, **make.ORIGIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=made.pk).update(state="OPEN", **{unsaid: ""})


@pytest.mark.parametrize("kind", ["design", "pilot", "deliver", "evaluate", "report", "sustain"])
def test_no_stage_from_design_on_without_who_is_affected_and_who_of_them_is_in(here, dee, kind):
    made = make.draft(here, dee, **(make.ORIGIN | {"affected_inside": ""}))
    stage = {"initiative_id": made.pk, "kind": kind, "from_on": make.ON, "by": dee, "at": make.AT}
    with pytest.raises(Refused, match="origin-unsaid"):
        operations.add_stage(**stage)
    assert not queries.stages_of(made)
    operations.write(initiative_id=made.pk, words={"affected_inside": "nobody yet"}, by=dee, at=make.AT)
    assert operations.add_stage(**stage).kind == kind


def test_stages_before_design_need_no_origin(here, dee):
    made = make.draft(here, dee)
    stage = {"initiative_id": made.pk, "from_on": make.ON, "by": dee, "at": make.AT}
    assert operations.add_stage(kind="initiate", **stage).kind == "initiate"
    assert operations.add_stage(kind="commission", **stage).kind == "commission"


def test_unknown_and_nobody_yet_are_answers_and_stand_on_the_public_page(here, dee, client):
    made = make.opened(here, dee)
    shown = client.get(reverse("front:initiative", args=[made.pk])).content.decode()
    assert "Which of them were in it from the start" in shown
    assert "Nobody yet" in shown
    assert "Unknown" in shown


def test_origin_page_asks_all_four_and_keeps_what_was_written(here, dee, client):
    made = make.draft(here, dee)
    make.signs_in(client, dee)
    url = page("origin", made)
    wrong = client.post(url, make.ORIGIN | {"why_now": ""})
    assert wrong.context["form"].errors.keys() == {"why_now"}
    assert "Anyone leaving the ward." in wrong.content.decode()
    assert client.post(url, make.ORIGIN)["Location"] == page("run", made)
    made.refresh_from_db()
    assert {field: getattr(made, field) for field in ORIGIN} == make.ORIGIN


# (state, move) -> code
MOVES = [
    ("DRAFT", "OPEN", None),
    ("DRAFT", "PAUSED", "state"),
    ("DRAFT", "ENDED", None),
    ("OPEN", "PAUSED", None),
    ("OPEN", "ENDED", None),
    ("OPEN", "OPEN", "state"),
    ("OPEN", "DRAFT", "state"),
    ("PAUSED", "OPEN", None),
    ("PAUSED", "ENDED", None),
    ("ENDED", "OPEN", "state"),
    ("ENDED", "DRAFT", "state"),
]


@pytest.mark.parametrize(("state", "to", "code"), MOVES)
def test_moves_follow_the_table(here, dee, state, to, code):
    made = make.draft(here, dee, **make.ORIGIN)
    made.state = state
    refusal = permissions.why_not_move(made, to, by=dee)
    assert (refusal and refusal.code) == code


def test_move_has_a_reason_that_everybody_can_read(here, dee, client):
    made = make.opened(here, dee)
    with pytest.raises(Refused, match="reason"):
        move(made, "PAUSED", dee, reason="  ")
    before = JournalLine.objects.count()
    move(made, "PAUSED", dee, reason="The room is being painted.")
    assert JournalLine.objects.count() == before + 1
    assert "The room is being painted." in client.get(reverse("front:initiative", args=[made.pk])).content.decode()


def leaders(here, initiative):
    """{name: (person, may lead)}: who may look after an initiative, and who may not."""
    people = {name: make.member(name, here) for name in ("lead", "chair", "recorder", "seated", "member")}
    organisations.ask_to(person=people["lead"], kind="LEAD", organisation=here, on=make.ON, at=make.AT)
    for name in ("chair", "recorder", "seated"):
        make.seat(initiative, people[name])
    for name, kind in (("chair", "CHAIR"), ("recorder", "RECORDER")):
        operations.ask_to(initiative=initiative, person=people[name], kind=kind, on=make.ON, by=None, at=make.AT)
    eli = make.member("Eli", make.organisation("Far Valley"))
    return {name: (who, name in {"lead", "chair"}) for name, who in people.items()} | {"eli": (eli, False)}


def test_only_who_leads_or_chairs_changes_it(here, dee):
    made = make.opened(here, dee)
    for name, (who, may) in leaders(here, made).items():
        assert (permissions.why_not_change(made, by=who) is None) == may, name
        assert (permissions.why_not_move(made, "PAUSED", by=who) is None) == may, name
        assert (permissions.why_not_seat(made, "Knows the night shift", by=who) is None) == may, name
        expected = may or name == "recorder"
        assert (permissions.why_not_record(made, by=who) is None) == expected, name
    dee.state = PersonState.PAUSED
    assert permissions.why_not_change(made, by=dee).code == "away"


def test_ended_initiative_stays_as_it_was(here, dee):
    made = make.opened(here, dee)
    move(made, "ENDED", dee)
    with pytest.raises(Refused, match="state"):
        operations.write(initiative_id=made.pk, words={"honest_limits": "None"}, by=dee, at=make.AT)


def test_four_blanks_of_its_own_definition_are_filled_and_shown(here, dee, client):
    made = make.draft(here, dee, **make.ORIGIN)
    make.signs_in(client, dee)
    blanks = {"we_mean_what": "the letters", "we_mean_how": "by reading aloud", "we_mean_whom": "all of us"}
    client.post(page("definition", made), blanks | {"we_mean_why": "Letters frighten people."})
    move(made, "OPEN", dee)
    client.logout()
    shown = client.get(reverse("front:initiative", args=[made.pk])).content.decode()
    for words in (*blanks.values(), "Letters frighten people."):
        assert words in shown
    assert len(DEFINITION) == 4


def test_what_is_public_turns_only_as_a_change_of_direction(here, dee, client):
    made = make.opened(here, dee, about="Read all letters.")
    asha = make.member("Asha", here)
    make.seat(made, asha)
    with pytest.raises(Refused, match="say-why"):
        operations.write(initiative_id=made.pk, words={"about": "Stop letters."}, by=dee, at=make.AT)
    operations.write(initiative_id=made.pk, words={"honest_limits": "The stamp is not ours."}, by=dee, at=make.AT)
    make.signs_in(client, dee)
    assert client.get(page("origin", made))["Location"] == page("change", made)
    url = page("change", made)
    answers = {
        "once": client.get(url).context["form"]["once"].value(),
        "what": "about",
        "now": "Ring people instead of writing.",
        "reason": "Nobody opens the letters.",
        "raised_by": asha.pk,
    }
    assert client.post(url, answers)["Location"] == page("changes", made)
    change = ChangeOfDirection.objects.get()
    assert (change.before, change.now, change.raised_by) == (
        "Read all letters.",
        "Ring people instead of writing.",
        asha,
    )
    made.refresh_from_db()
    assert made.about == "Ring people instead of writing."
    shown = client.get(page("changes", made)).content.decode()
    assert "Nobody opens the letters." in shown
    assert "Raised by Asha." in shown


def test_change_without_a_reason_changes_nothing(here, dee):
    made = make.opened(here, dee, about="Read all letters.")
    turned = {"what": "about", "now": "Ring.", "raised_by": None, "by": dee, "at": make.AT}
    before = JournalLine.objects.count()
    with pytest.raises(Refused, match="reason"):
        operations.change_direction(initiative_id=made.pk, reason=" ", **turned)
    made.refresh_from_db()
    assert (made.about, ChangeOfDirection.objects.count(), JournalLine.objects.count()) == (
        "Read all letters.", 0, before,
    )  # fmt: skip


def test_review_says_how_it_goes_and_when_to_look_again(here, dee):
    made = make.opened(here, dee)
    operations.review(
        initiative_id=made.pk, words="Keep the tea.", next_on=make.ON.replace(year=2027), by=dee, at=make.AT
    )
    made.refresh_from_db()
    assert made.review_on.isoformat() == "2027-11-02"
    assert [line.words for line in queries.today(dee, made.review_on)] == ["Look together at how Leaving well goes"]
    assert queries.today(dee, make.ON) == []


def test_draft_is_nobodys_to_see_but_its_tables(here, dee, client):
    made = make.draft(here, dee, "Not for you yet")
    asha = make.member("Asha", here)
    assert made not in queries.visible_to(asha)
    assert made in queries.visible_to(dee)
    assert not queries.directory("Not for you yet").exists()
    make.signs_in(client, asha)
    for name in ("run", "seats", "changes", "change", "move", "add_seat"):
        assert client.get(page(name, made)).status_code == 404
    assert "Not for you yet is not open yet" in [line.words for line in queries.today(dee, make.ON)]


def test_directory_finds_by_words_kind_area_and_state(here, dee):
    area = organisations.add_area(organisation=here, level="LOCAL", name="Quay Street", at=make.AT)
    sleep = make.opened(here, dee, "Sleep", about="Fewer lights at night.", area=area)
    letters = make.opened(here, dee, "Letters", about="Read before they go out.")
    Initiative.objects.filter(pk=letters.pk).update(kind="policy")
    move(letters, "PAUSED", dee)
    assert list(queries.directory()) == [letters, sleep]
    assert list(queries.directory("lights quay")) == [sleep]
    assert list(queries.directory("lights letters")) == []
    assert list(queries.directory(kind="policy")) == [letters]
    assert list(queries.directory(state="PAUSED")) == [letters]
    assert list(queries.directory(area=area.pk)) == [sleep]


def test_pages_of_who_leads_ask_as_much_for_three_as_for_one(here, dee, client, queries_of):
    made = make.opened(here, dee, about="Read.")
    make.signs_in(client, dee)
    pages = {"run": 10, "changes": 8}
    for number in range(3):
        operations.add_stage(
            initiative_id=made.pk, kind="design", from_on=make.ON.replace(day=number + 1), by=dee, at=make.AT
        )
        operations.add_partner(initiative_id=made.pk, name=f"Body {number}", brings="", on=make.ON, by=dee, at=make.AT)
        operations.set_empty_seat(initiative_id=made.pk, role=f"Knows street number {number}", by=dee, at=make.AT)
        make.advert(made, dee)
        who = make.member(f"Asha {number}", here)
        make.seat(made, who)
        operations.ask_to(initiative=made, person=who, kind="CHAIR", on=make.ON, by=None, at=make.AT)
        operations.change_direction(
            initiative_id=made.pk, what="about", now=f"{number}", reason="So.", raised_by=who, by=dee, at=make.AT
        )
        operations.review(initiative_id=made.pk, words="Good.", next_on=None, by=who, at=make.AT)
        if number in {0, 2}:
            assert {name: queries_of(lambda name=name: client.get(page(name, made))) for name in pages} == pages
