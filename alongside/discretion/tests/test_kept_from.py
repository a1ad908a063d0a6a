"""Whose the list is, what a table's leader hears of it, and that it finds nobody."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.discretion import operations, permissions, policies, queries
from alongside.discretion.models import KeptFrom
from alongside.discretion.states import MOST_KEPT
from alongside.discretion.tests import factories
from alongside.discretion.tests.factories import AT, ON, ROLE
from alongside.initiatives import operations as initiatives
from alongside.initiatives import permissions as initiatives_permissions
from alongside.initiatives.models import Seat
from alongside.people.models import ToTell
from alongside.people.queries import GUEST_KEY
from alongside.record.models import JournalLine
from alongside.refusals import Refused

ONCE = "0123456789abcdef0123"
SECRET = "Zebedee Quill"


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


def ask_to_sit(them, person, **more):
    return initiatives.set_empty_seat(
        initiative_id=them.initiative.pk, role=ROLE, asked=person, by=them.lea, at=AT, **more
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mary", "Mary Jones", True),
        ("mary JONES", "Mary Jones", True),
        ("Jones, Mary", "Mary Jones", True),
        ("Zoe", "Zoë Quill", True),
        ("Mary Jones of Elm Street", "Mary Jones", True),
        ("Marya", "Mary Jones", False),
        ("Mary Smith", "Mary Jones", False),
        ("李雷", "李雷", True),
        ("", "Mary", False),
        ("...", "Mary", False),
    ],
)
def test_names_that_may_mean_one_person(one, other, same):
    assert policies.alike(one, other) is same
    assert policies.alike(other, one) is same


@pytest.mark.django_db
def test_a_list_is_read_and_changed_by_its_person_alone(acts):
    them = factories.cast()
    row = factories.kept(them.asha, SECRET)
    for other in (them.bo, them.lea, them.eli):
        assert SECRET not in acts(other).get(reverse("discretion:mine")).content.decode()
        assert acts(other).post(reverse("discretion:take_off", args=[row.pk])).status_code == 404
        assert code(permissions.why_not_take_off(row, by=other)) == "not-yours"
        with pytest.raises(Refused):
            operations.take_off(row_id=row.pk, by=other, at=AT)
    assert SECRET in acts(them.asha).get(reverse("discretion:mine")).content.decode()
    them.asha.helped_by = them.bo
    assert code(permissions.why_not_read(them.asha, by=them.asha)) == "helped"
    assert code(permissions.why_not_keep("Ann", by=them.asha, kept=set())) == "helped"


@pytest.mark.django_db
def test_no_name_stands_in_the_journal_or_in_a_message_and_none_is_left_when_it_goes():
    them = factories.cast()
    row = factories.kept(them.asha, SECRET)
    factories.kept(them.asha, "Somebody else")
    lines = JournalLine.objects.filter(what__startswith="discretion")
    assert SECRET in json.dumps(queries.about_me(them.asha))
    operations.take_off(row_id=row.pk, by=them.asha, at=AT)
    operations.erase_words(person=them.asha, at=AT)
    assert (KeptFrom.objects.count(), lines.count()) == (0, 4)
    assert SECRET not in json.dumps([list(lines.values()), list(ToTell.objects.values())], default=str)


@pytest.mark.django_db
def test_before_such_a_person_is_asked_the_table_is_and_nobody_hears_who_wanted_it():
    them = factories.cast()
    factories.kept(them.asha)
    with pytest.raises(Refused) as stop:
        ask_to_sit(them, them.mary)
    said = f"{stop.value.refusal.words} {stop.value.refusal.help}"
    assert stop.value.refusal.code == "ask-the-table"
    assert "Asha" not in said
    assert "Bo" not in said
    with pytest.raises(Refused):
        initiatives.seat_somebody(
            initiative_id=them.initiative.pk, person=them.mary, role=ROLE, on=ON, by=them.lea, at=AT
        )
    assert not Seat.objects.filter(person=them.mary).exists()
    assert ask_to_sit(them, them.mary, spoken=True).asked == them.mary


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["a note alone", "another name", "somebody who left", "another table"])
def test_nothing_else_stops_an_asking(case):
    them = factories.cast()
    if case == "a note alone":
        factories.kept(them.asha, ask_me=False)
    elif case == "another name":
        factories.kept(them.asha, "Somebody Else")
    elif case == "another table":
        factories.kept(them.eli)
    else:
        factories.kept(them.asha)
        initiatives.leave(seat_id=Seat.objects.get(person=them.asha).pk, on=ON, by=them.asha, at=AT)
    assert initiatives_permissions.why_not_seat(them.initiative, ROLE, by=them.lea, person=them.mary) is None


@pytest.mark.django_db
def test_on_the_page_the_answers_stay_and_a_tick_goes_on(acts):
    them = factories.cast()
    factories.kept(them.asha)
    browser, page = acts(them.lea), reverse("initiatives:add_seat", args=[them.initiative.pk])
    answers = {"once": ONCE, "role": ROLE, "how": "ask", "person": them.mary.pk}
    said = browser.post(page, answers).content.decode()
    assert "wants to be asked before Mary Jones comes" in said
    assert ROLE in said
    browser.post(page, answers | {"spoken": "on"})
    assert Seat.objects.filter(asked=them.mary).exists()


@pytest.mark.django_db
def test_who_is_asked_to_sit_is_reminded_of_their_own_list_and_learns_nothing_of_the_table(acts):
    them = factories.cast()
    seat = ask_to_sit(them, them.mary)
    page = reverse("initiatives:answer_seat", args=[seat.pk])
    assert "who should not know" not in acts(them.mary).get(page).content.decode()
    factories.kept(them.mary, "Nobody Here")
    unknown = acts(them.mary).get(page).content.decode()
    KeptFrom.objects.filter(person=them.mary).update(name="Asha")
    assert "who should not know" in unknown
    assert "Asha" not in acts(them.mary).get(page).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_often_for_three_names_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    for number in range(count):
        factories.kept(them.asha, f"Name {number}")
    browser = acts(them.asha)
    browser.get(reverse("discretion:mine"))
    with django_assert_num_queries(3):
        assert browser.get(reverse("discretion:mine")).content.decode().count("Who leads asks the table") == count


@pytest.mark.django_db
def test_a_name_is_written_once_and_taken_off_by_presses(acts):
    them = factories.cast()
    browser, mine, add = acts(them.asha), reverse("discretion:mine"), reverse("discretion:add")
    assert "Write the first one" in browser.get(mine).content.decode()
    assert "This needs an answer" in browser.post(add, {"once": ONCE, "name": " ", "ask_me": "no"}).content.decode()
    for _ in range(2):
        browser.post(add, {"once": ONCE, "name": "<b>Ann", "ask_me": "no"})
    row = KeptFrom.objects.get()
    assert (row.name, row.ask_me) == ("<b>Ann", False)
    again = browser.post(add, {"once": ONCE[::-1], "name": "<b>Ann", "ask_me": "yes"}).content.decode()
    assert "on your list already" in again
    assert "&lt;b&gt;Ann" in browser.get(mine).content.decode()
    browser.post(reverse("discretion:take_off", args=[row.pk]))
    assert not KeptFrom.objects.exists()


@pytest.mark.django_db
def test_a_list_has_an_end_and_the_database_wants_names_once():
    them = factories.cast()
    for number in range(MOST_KEPT):
        factories.kept(them.asha, f"Name {number}")
    with pytest.raises(Refused) as stop:
        factories.kept(them.asha, "One more")
    assert stop.value.refusal.code == "many"
    for wrong in ("Name 1", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptFrom.objects.create(person=them.asha, name=wrong, since=AT)
