"""Meeting: everybody is asked by their own way, needs are met or not, and who was there counts whichever way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from icalendar import Calendar

from alongside.gatherings import operations, permissions, queries
from alongside.gatherings.models import Action, Gathering, Invitation, NeedAsked, Note
from alongside.gatherings.states import NEXT, Coming, GatheringState, Met
from alongside.gatherings.tests import factories
from alongside.initiatives import operations as initiatives
from alongside.organisations import operations as organisations
from alongside.people import operations as people
from alongside.people.models import AccessNeed, ToTell
from alongside.people.states import Channel
from alongside.record.models import JournalLine
from alongside.refusals import Refused
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


@pytest.fixture
def author(scene):
    return scene.people["author"]


@pytest.fixture
def called(scene, chair):
    return factories.gathering(scene.initiative, by=chair, at=AT)


def lines(what):
    return JournalLine.objects.filter(what=what).count()


def test_every_state_has_its_moves():
    assert set(NEXT) == set(GatheringState)


def test_calling_asks_everybody_with_a_seat_and_nobody_else(world, scene, called):
    asked = {each.person.shown_name for each in queries.invitations(called)}
    assert asked == {"ownfacilitator", "ownauthor", "ownrecorder", "Helped"}
    assert (ToTell.objects.filter(about=f"gathering:{called.pk}").count(), lines("gatherings.gathering.called")) == (
        4,
        1,
    )


@pytest.mark.parametrize(
    ("role", "code"),
    [("facilitator", None), ("recorder", None), ("lead", None), ("author", "not-asked"), ("member", "not-asked")],
)
def test_who_may_call(scene, role, code):
    refusal = permissions.why_not_call(scene.initiative, by=scene.people[role])
    assert (refusal and refusal.code) == code


def test_refused_call_changes_nothing(scene, author):
    before = JournalLine.objects.count()
    with pytest.raises(Refused, match="not-asked"):
        factories.gathering(scene.initiative, by=author, at=AT)
    assert (Gathering.objects.count(), Invitation.objects.count(), JournalLine.objects.count()) == (0, 0, before)


def test_moving_asks_again(called, chair, author):
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT)
    week = timedelta(days=7)
    operations.move(
        gathering_id=called.pk,
        starts_at=factories.STARTS + week,
        ends_at=factories.ENDS + week,
        place="The Hall",
        by=chair,
        at=AT,
    )
    assert {each.coming for each in queries.invitations(called)} == {Coming.ASKED}
    assert ToTell.objects.filter(about=f"gathering:{called.pk}:1").count() == 4


def test_needs_are_shared_only_when_the_person_says_so(called, author):
    AccessNeed.objects.create(person=author, words="A seat near the door", shared=True)
    AccessNeed.objects.create(person=author, words="Never shown", shared=False)
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT)
    assert queries.access_summary(called) == []
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT, share_needs=True)
    assert queries.access_summary(called) == [("A seat near the door", 1, 0)]


def test_needs_are_seen_by_hosts_and_not_by_the_table(world, called, author):
    AccessNeed.objects.create(person=author, words="A seat near the door", shared=True)
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT, share_needs=True)
    url = reverse("gatherings:gathering", args=[called.pk])
    assert "A seat near the door" in world.client("facilitator").get(url).content.decode()
    assert "A seat near the door" not in world.client("helper").get(url).content.decode()


def test_met_or_not_is_asked_of_the_person_afterwards(called, chair, author, scene):
    AccessNeed.objects.create(person=author, words="Breaks", shared=True)
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT, share_needs=True)
    operations.record_attendance(gathering_id=called.pk, there={author.pk: Channel.IN_PERSON}, by=chair, at=AT)
    assert [line.words for line in queries.today(author, date(2026, 12, 5))] == [
        "Was what you needed there? How we leave the ward"
    ]
    need = NeedAsked.objects.get()
    operations.say_met(gathering_id=called.pk, met={need.pk: Met.NO}, by=chair, at=AT)
    need.refresh_from_db()
    assert need.met == ""  # nobody else answers for them
    operations.say_met(gathering_id=called.pk, met={need.pk: Met.NO}, by=author, at=AT)
    need.refresh_from_db()
    assert need.met == Met.NO


def test_every_channel_counts(world, called, chair, author, scene):
    there = {author.pk: Channel.PHONE, chair.pk: Channel.IN_PERSON, world.helped.pk: Channel.ASSISTED}
    there[scene.people["recorder"].pk] = ""
    operations.record_attendance(gathering_id=called.pk, there=there, by=chair, at=AT)
    assert queries.by_channel(queries.answers(called)) == {
        Channel.PHONE: 1,
        Channel.IN_PERSON: 1,
        Channel.ASSISTED: 1,
    }
    assert Invitation.objects.get(person=scene.people["recorder"]).was_there is False
    figures = queries.figures(scene.organisation, date(2026, 1, 1), date(2027, 1, 1))
    assert (len(figures["gatherings held"]), len(figures["places taken"]), figures["people there"]) == (1, 3, 3)


def test_stranger_slipped_into_attendance_is_left_out(called, chair, scene):
    member = scene.people["member"]
    operations.record_attendance(gathering_id=called.pk, there={member.pk: Channel.PHONE}, by=chair, at=AT)
    assert not Invitation.objects.filter(person=member).exists()


def test_called_off_gathering_takes_no_attendance(called, chair, author):
    operations.call_off(gathering_id=called.pk, by=chair, at=AT)
    with pytest.raises(Refused, match="state"):
        operations.record_attendance(gathering_id=called.pk, there={author.pk: Channel.PHONE}, by=chair, at=AT)
    with pytest.raises(Refused, match="state"):
        operations.call_off(gathering_id=called.pk, by=chair, at=AT)
    assert lines("gatherings.gathering.called_off") == 1


def test_notes_are_put_right_by_adding(called, author, chair):
    first = operations.note(gathering_id=called.pk, words="Bo said yes.", by=chair, at=AT)
    operations.note(gathering_id=called.pk, words="Bo said maybe.", corrects=first, by=author, at=AT)
    assert list(Note.objects.order_by("pk").values_list("words", flat=True)) == ["Bo said yes.", "Bo said maybe."]


def test_action_has_an_owner_with_a_seat_and_a_day(called, author, scene):
    with pytest.raises(Refused, match="no-seat"):
        factories.action(called, owner=scene.people["member"], by=author, at=AT)
    made = factories.action(called, owner=author, by=author, at=AT)
    assert [line.by for line in queries.today(author, date(2026, 11, 3)) if "You said" in line.words] == [made.due_on]


def test_action_is_ended_once_by_its_owner_or_who_keeps_the_record(world, called, author, chair):
    made = factories.action(called, owner=author, by=author, at=AT)
    with pytest.raises(Refused, match="not-asked"):
        operations.finish(action_id=made.pk, by=world.helped, at=AT)
    operations.finish(action_id=made.pk, by=author, at=AT)
    operations.finish(action_id=made.pk, by=chair, at=AT + timedelta(days=1))
    assert (Action.objects.get().done_at, lines("gatherings.action.done")) == (AT, 1)


def test_calendar_file_is_read_by_a_calendar_library(called):
    event = Calendar.from_ical(queries.calendar_file(called)).walk("VEVENT")[0]
    assert (str(event["summary"]), event.decoded("dtstart").astimezone(factories.STARTS.tzinfo)) == (
        "How we leave the ward",
        factories.STARTS,
    )
    assert "attendee" not in event
    assert Calendar.from_ical(queries.calendar_file(called)).walk("VTIMEZONE")


def test_calendar_file_holds_one_line_for_each_property_even_with_hostile_words(scene, chair):
    made = factories.gathering(scene.initiative, by=chair, at=AT, title="Tea\r\nATTENDEE:mailto:x@y.z")
    event = Calendar.from_ical(queries.calendar_file(made)).walk("VEVENT")[0]
    assert "attendee" not in event


def test_called_off_gathering_tells_the_calendar(called, chair):
    operations.call_off(gathering_id=called.pk, by=chair, at=AT)
    called.refresh_from_db()
    event = Calendar.from_ical(queries.calendar_file(called)).walk("VEVENT")[0]
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)


def test_database_refuses_an_end_before_the_beginning(scene, chair):
    with pytest.raises(IntegrityError), transaction.atomic():
        operations.call(
            initiative=scene.initiative,
            title="x",
            starts_at=factories.ENDS,
            ends_at=factories.STARTS,
            place="y",
            by=chair,
            at=AT,
        )


def test_database_refuses_being_there_by_no_way(called, author):
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(person=author).update(was_there=True)


def test_erasing_blanks_needs_and_keeps_counts(called, author):
    AccessNeed.objects.create(person=author, words="Breaks", shared=True)
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT, share_needs=True)
    operations.erase_words(person=author, at=AT)
    assert [words for words, _, _ in queries.access_summary(called)] == [f"erased {NeedAsked.objects.get().pk}"]


def test_second_press_calls_one_gathering(world, scene):
    client, url = world.client("facilitator"), reverse("gatherings:call", args=[scene.initiative.pk])
    token = client.get(url).context["form"]["once"].value()
    said = {
        "title": "Tea", "day": "4 December 2026", "time": "14:00", "minutes": "60", "place": "Hall", "once": token,
    }  # fmt: skip
    first, second = client.post(url, said), client.post(url, said)
    assert (first["Location"], Gathering.objects.count()) == (second["Location"], 1)


def test_typed_time_is_in_the_zone_of_the_organisation(world, scene):
    scene.organisation.zone = "Pacific/Auckland"
    scene.organisation.save(update_fields=["zone"])
    client, url = world.client("facilitator"), reverse("gatherings:call", args=[scene.initiative.pk])
    token = client.get(url).context["form"]["once"].value()
    said = {"title": "Tea", "day": "4/12/2026", "time": "9:30", "minutes": "60", "place": "Hall", "once": token}
    client.post(url, said)
    assert f"{Gathering.objects.get().starts_at:%Y-%m-%d %H:%M %Z}" == "2026-12-03 20:30 UTC"


@pytest.mark.parametrize("said", [{"day": "31 February 2026"}, {"time": "25:00"}, {"minutes": "-5"}, {"title": ""}])
def test_bad_input_is_refused_in_place_and_kept(world, scene, said):
    url = reverse("gatherings:call", args=[scene.initiative.pk])
    good = {"title": "Tea", "day": "4 December 2026", "time": "14:00", "minutes": "60", "place": "The kept place"}
    page = world.client("facilitator").post(url, good | said)
    assert (page.status_code, Gathering.objects.count()) == (200, 0)
    assert "The kept place" in page.content.decode()


def test_gathering_page_makes_the_same_number_of_queries_for_one_and_three(world, called, author, chair, queries_of):
    client, url = world.client("author"), reverse("gatherings:gathering", args=[called.pk])
    counts = []
    for number in range(3):
        operations.raise_item(gathering_id=called.pk, words=f"w{number}", minutes=5, by=author, at=AT)
        operations.note(gathering_id=called.pk, words=f"n{number}", by=author, at=AT)
        factories.action(called, owner=author, by=author, at=AT, words=f"a{number}")
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[2] == 8


def test_list_makes_the_same_number_of_queries_for_one_and_three(world, scene, called, chair, queries_of):
    client, url = world.client("author"), reverse("gatherings:list", args=[scene.initiative.pk])
    one = queries_of(lambda: client.get(url))
    for title in ("b", "c"):
        factories.gathering(scene.initiative, by=chair, at=AT, title=title)
    assert (one, queries_of(lambda: client.get(url))) == (6, 6)


# --- asking who has taken a seat since ---


@pytest.fixture
def fay(scene, chair):
    return seat(scene, chair, "Fay")


def seat(scene, chair, name):
    person = people.add_person(shown_name=name, at=AT)
    organisations.welcome(person=person, organisation=scene.organisation, on=AT.date(), at=AT)
    facts = {"role": "Knows it", "on": AT.date(), "by": chair, "at": AT}
    initiatives.give_seat(initiative=scene.initiative, person=person, **facts)
    return person


def test_whoever_joins_a_series_is_asked_to_the_rest_of_it_in_one_message(world, scene, chair, called):
    week = timedelta(days=7)
    days = [(factories.STARTS + week * n, factories.ENDS + week * n) for n in range(3)]
    operations.call_off(gathering_id=called.pk, by=chair, at=AT)
    said = {"initiative": scene.initiative, "title": "Tea", "place": "Hall", "by": chair, "at": AT}
    operations.call(**said, starts_at=days[0][0], ends_at=days[0][1], more=days[1:])
    first, second, third = Gathering.objects.filter(title="Tea").order_by("starts_at")
    fay = seat(scene, chair, "Fay")
    client, url = world.client("facilitator"), reverse("gatherings:ask", args=[second.pk])
    page = client.get(url)
    assert [label for _, label in page.context["form"].fields["people_asked"].widget.choices] == ["Fay"]
    assert url in client.get(reverse("gatherings:gathering", args=[second.pk])).content.decode()
    said = {"once": page.context["form"]["once"].value(), "people_asked": [fay.pk], "later": "on"}
    assert client.post(url, said)["Location"] == client.post(url, said)["Location"]
    assert set(Invitation.objects.filter(person=fay).values_list("gathering", flat=True)) == {second.pk, third.pk}
    told = ToTell.objects.get(person=fay, about=f"gathering:{second.pk}")
    assert told.words.startswith("You are asked to 2 gatherings, from Friday 11 December 2026 to Friday 18 December")
    line = JournalLine.objects.get(what="gatherings.gathering.invited")
    assert (line.facts, line.by_person) == ({"people": [fay.pk], "times": 2}, chair.pk)
    assert [each.words for each in queries.today(fay, date(2026, 12, 1))] == ["Say whether you come: Tea"] * 2


def test_nobody_is_asked_twice_and_an_answer_stays(scene, called, chair, author, fay):
    operations.answer(gathering_id=called.pk, coming=Coming.YES, by=author, at=AT)
    for _ in range(2):
        operations.invite(gathering_id=called.pk, people_asked=[author, fay], by=chair, at=AT)
    assert queries.invitation(called, author).coming == Coming.YES
    assert queries.invitation(called, fay).coming == Coming.ASKED
    assert (lines("gatherings.gathering.invited"), queries.invitations(called).count()) == (1, 5)


def test_who_was_there_without_being_asked_is_put_on_the_list_afterwards(called, chair, fay):
    operations.record_attendance(gathering_id=called.pk, there={fay.pk: Channel.PHONE}, by=chair, at=AT)
    assert queries.invitation(called, fay) is None
    operations.invite(gathering_id=called.pk, people_asked=[fay], by=chair, at=AT)
    operations.record_attendance(gathering_id=called.pk, there={fay.pk: Channel.PHONE}, by=chair, at=AT)
    assert (queries.invitation(called, fay).there_by, ToTell.objects.get(person=fay, about=f"gathering:{called.pk}").words) == (
        Channel.PHONE,
        "You are now on the list of a gathering on Friday 4 December 2026, so that it can be kept whether you were there.",
    )  # fmt: skip


def test_the_page_says_when_everybody_is_asked(world, called):
    page = world.client("facilitator").get(reverse("gatherings:ask", args=[called.pk])).content.decode()
    assert "Everybody with a seat is asked." in page and '<form class="question"' not in page


def test_only_hosts_ask_only_people_with_a_seat_and_never_to_one_called_off(scene, called, chair, author, fay):
    before = (JournalLine.objects.count(), Invitation.objects.count(), ToTell.objects.count())
    for whom, by, code in ((fay, author, "not-asked"), (scene.people["member"], chair, "no-seat")):
        with pytest.raises(Refused, match=code):
            operations.invite(gathering_id=called.pk, people_asked=[whom], by=by, at=AT)
    assert (JournalLine.objects.count(), Invitation.objects.count(), ToTell.objects.count()) == before
    operations.call_off(gathering_id=called.pk, by=chair, at=AT)
    with pytest.raises(Refused, match="state"):
        operations.invite(gathering_id=called.pk, people_asked=[fay], by=chair, at=AT)
    assert queries.invitation(called, fay) is None


def test_the_page_of_asking_makes_the_same_number_of_queries_for_one_and_three(world, scene, called, chair, queries_of):
    client, url = world.client("facilitator"), reverse("gatherings:ask", args=[called.pk])
    seat(scene, chair, "Fay")
    one = queries_of(lambda: client.get(url))
    for name in ("Gil", "Hal"):
        seat(scene, chair, name)
    assert (one, queries_of(lambda: client.get(url))) == (7, 7)
