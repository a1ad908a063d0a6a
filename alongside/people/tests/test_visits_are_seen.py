"""A helper acts with somebody who is there: the rules, the band, the receipt, and who is told."""

import pytest
from django.db import IntegrityError, transaction

from alongside.people import operations, permissions, queries
from alongside.people.models import AssistedVisit, ClaimCode, Person, ToTell
from alongside.people.states import Channel, PersonState
from alongside.people.tests.factories import AT, LATER, as_guest, login_for, person, signed_in, token
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha():
    """Helps."""
    who = person("Asha")
    login_for(who)
    return who


@pytest.fixture
def bo():
    """Is helped; is told by letter."""
    return person("Bo", tell_by="LETTER")


def begin(helper, who, **more):
    given = {"present": "Sits beside me", "channel": "IN_PERSON", "at": AT} | more
    return operations.begin_visit(helper=helper, person=who, **given)


def helper_who(kind, asha, bo):
    if kind == "guest":
        return person("Eli")
    if kind == "busy":
        begin(asha, person("Cy"))
    if kind == "away":
        operations.move(person_id=asha.pk, to=PersonState.PAUSED, by=asha, at=AT)
        asha.refresh_from_db()
    if kind == "helped":
        asha.helped_by = bo
    return asha


@pytest.mark.parametrize(
    ("kind", "code"), [("guest", "no-login"), ("busy", "busy"), ("away", "away"), ("helped", "busy"), ("fine", None)]
)
def test_who_may_help(kind, code, asha, bo):
    helper = helper_who(kind, asha, bo)
    lines, visits = JournalLine.objects.count(), AssistedVisit.objects.count()
    if code is None:
        assert begin(helper, bo).person == bo
        return
    with pytest.raises(Refused) as stop:
        begin(helper, bo)
    assert stop.value.refusal.code == code
    assert (JournalLine.objects.count(), AssistedVisit.objects.count()) == (lines, visits)


@pytest.mark.parametrize(
    ("more", "code"),
    [({"present": "  "}, "no-presence"), ({"channel": "SCREEN"}, "channel"), ({"channel": "?"}, "channel")],
)
def test_visit_needs_a_note_of_presence_and_a_way_of_being_together(asha, bo, more, code):
    with pytest.raises(Refused) as stop:
        begin(asha, bo, **more)
    assert stop.value.refusal.code == code


def test_nobody_helps_themselves(asha):
    with pytest.raises(Refused) as stop:
        begin(asha, asha)
    assert stop.value.refusal.code == "yourself"


def test_database_knows_no_visit_with_oneself_and_no_two_at_once(asha, bo):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssistedVisit.objects.create(person=asha, helper=asha, present="x", started_at=AT)
    begin(asha, bo)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssistedVisit.objects.create(person=person("Cy"), helper=asha, present="x", started_at=AT)


def test_visit_is_written_down_with_both(asha, bo):
    opened = begin(asha, bo)
    line = JournalLine.objects.last()
    assert (line.what, line.subject, line.by_person, line.helped_by_person) == (
        "people.visit.begun", f"assistedvisit:{opened.pk}", bo.pk, asha.pk,
    )  # fmt: skip


def begin_on_page(client, **data):
    page = client.get("/me/helping/new/")
    given = {"shown_name": "Bo", "channel": "PHONE", "present": "I know the voice", "once": token(page)} | data
    return client.post("/me/helping/new/", given), given


def test_newcomer_is_written_down_and_acted_for(asha):
    client = signed_in(asha)
    answer, _ = begin_on_page(client, phone="01632 960 123")
    assert answer.headers["Location"] == "/me/"
    page = client.get("/me/")
    person = page.context["person"]
    assert (person.shown_name, person.helped_by, person.channel) == ("Bo", asha, Channel.PHONE)
    assert "You are helping Bo" in page.text
    assert queries.contact_for(person).value == "01632 960 123"


def test_second_press_makes_no_second_person(asha):
    client = signed_in(asha)
    _, data = begin_on_page(client)
    client.post("/me/helping/end/")
    people = Person.objects.count()
    again = client.post("/me/helping/new/", data)
    assert (Person.objects.count(), AssistedVisit.objects.count()) == (people, 1)
    assert again.headers["Location"] == "/me/"
    assert client.get("/me/").context["person"] == asha, "the visit is over; the old page begins no new one"


def test_refused_newcomer_leaves_nobody_behind(asha, bo):
    client = signed_in(asha)
    page = client.get("/me/helping/new/")
    begin(asha, bo)
    people = Person.objects.count()
    data = {"shown_name": "Cy", "channel": "PHONE", "present": "There", "once": token(page)}
    assert "helping somebody already" in client.post("/me/helping/new/", data).text
    assert Person.objects.count() == people


def test_claim_code_given_to_a_helper_is_used_up(asha):
    guest, code = operations.welcome_guest(shown_name="Rain", at=AT)
    client = signed_in(asha)
    page = client.get("/me/helping/code/")
    data = {"code": code, "channel": "IN_PERSON", "present": "Sits beside me", "once": token(page)}
    assert client.post("/me/helping/code/", data).headers["Location"] == "/me/"
    assert client.get("/me/").context["person"] == guest
    assert ClaimCode.objects.get().used_at


def test_refused_visit_leaves_the_code_good(asha, bo):
    _, code = operations.welcome_guest(shown_name="Rain", at=AT)
    begin(asha, bo)
    with pytest.raises(Refused):
        operations.meet_by_code(helper=asha, typed=code, present="There", channel="PHONE", at=AT)
    assert ClaimCode.objects.get().used_at is None


def test_visit_of_one_browser_does_not_reach_another(asha, bo):
    here, there = signed_in(asha), signed_in(asha)
    begin_on_page(here)
    assert there.get("/me/").context["person"] == asha


def test_stolen_visit_number_is_no_use(asha, bo):
    opened = begin(asha, bo)
    eli = signed_in(person("Eli"))
    session = eli.session
    session[queries.VISIT_KEY] = opened.pk
    session.save()
    assert eli.get("/me/").context["person"].shown_name == "Eli"


def acted(asha):
    """A browser in which Asha added two lenses with somebody, and the visit."""
    client = signed_in(asha)
    begin_on_page(client)
    for words in ("I was there", "I looked after my mother"):
        client.post("/me/lens/", {"words": words, "side": "", "once": token(client.get("/me/lens/"))})
    return client, AssistedVisit.objects.get()


def test_receipt_lists_what_was_done_and_has_lines_to_sign(asha):
    client, opened = acted(asha)
    page = client.post("/me/helping/end/")
    assert [words for _, words in page.context["done"]] == ["A lens was added"] * 2
    assert page.text.count("A lens was added") == 2
    assert "I was there" in page.text  # the words above the lines to sign
    assert "looked after my mother" not in page.text, "a receipt says what was done, not the words"
    assert ">Signed<" in page.text
    opened.refresh_from_db()
    assert opened.ended_at


def test_receipt_gives_somebody_without_a_sign_in_a_code_of_their_own(asha):
    client, opened = acted(asha)
    code = client.post("/me/helping/end/").context["card"]["code"]
    assert operations.claim(typed=code, at=LATER) == opened.person


def test_end_pressed_twice_ends_once(asha):
    client, _ = acted(asha)
    client.post("/me/helping/end/")
    assert client.post("/me/helping/end/").headers["Location"] == "/me/helping/"
    assert JournalLine.objects.filter(what="people.visit.ended").count() == 1
    assert client.get("/me/").context["person"] == asha


def test_person_is_told_by_their_own_way(asha, bo):
    opened = begin(asha, bo)
    operations.end_visit(visit_id=opened.pk, by=asha, at=LATER)
    told = ToTell.objects.get()
    assert (told.person, told.tell_by, told.told_at) == (bo, "LETTER", None)
    assert told.words.startswith("Asha acted together with you on Monday 2 November 2026. Nothing was written down.")


def test_person_sees_an_open_visit_and_can_end_it(asha, bo):
    opened = begin(asha, bo)
    client = as_guest(bo)
    assert "This visit is still open" in client.get("/me/").text
    assert "End this visit" in client.get(f"/me/helped/{opened.pk}/").text
    client.post(f"/me/helped/{opened.pk}/end/")
    opened.refresh_from_db()
    assert opened.ended_at
    assert queries.open_visit_of(asha) is None


def test_stranger_sees_no_receipt(asha, bo):
    opened = begin(asha, bo)
    client = signed_in(person("Eli"))
    assert client.get(f"/me/helped/{opened.pk}/").status_code == 404
    assert client.post(f"/me/helped/{opened.pk}/end/").status_code == 404
    opened.refresh_from_db()
    assert opened.ended_at is None


def test_only_the_two_end_a_visit_and_only_once(asha, bo):
    opened = begin(asha, bo)
    assert permissions.why_not_end(opened, by=person("Eli")).code == "not-yours"
    operations.end_visit(visit_id=opened.pk, by=bo, at=LATER)
    with pytest.raises(Refused) as stop:
        operations.end_visit(visit_id=opened.pk, by=asha, at=LATER)
    assert stop.value.refusal.code == "state"


@pytest.mark.parametrize("url", ["/me/record/", "/me/erase/", "/me/erase/?sure=ask"])
def test_helper_cannot_take_or_erase_the_record(asha, url):
    client, _ = acted(asha)
    for page in (client.get(url), client.post(url, {"sure": "on"})):
        assert "This is only for you alone." in page.text
    assert not Person.objects.filter(state=PersonState.ERASED).exists()


def test_helper_does_not_see_private_lenses(asha):
    client, opened = acted(asha)
    assert "looked after my mother" not in client.get("/me/").text
    assert "looked after my mother" in as_guest(opened.person).get("/me/").text


def test_words_for_events_are_plain():
    assert queries.event_words("people.lens.added") == "A lens was added"
    assert queries.event_words("gatherings.quiet_room.asked_for") == "Quiet room asked for"


def test_lists_of_visits_and_receipts_cost_the_same_for_one_and_three(asha, bo, queries_of):
    client = as_guest(bo)
    counts = []
    for _ in range(3):
        operations.end_visit(visit_id=begin(asha, bo).pk, by=asha, at=LATER)
        counts.append(queries_of(lambda: client.get("/me/helped/")))
    assert counts == [3, 3, 3]
