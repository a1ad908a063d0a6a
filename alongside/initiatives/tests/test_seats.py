"""A seat has a real role; its person decides how they are shown, and leaves when they want."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.initiatives import operations, panels, permissions, policies, queries
from alongside.initiatives.models import InitiativeDuty, Seat
from alongside.initiatives.tests import factories as make
from alongside.organisations import operations as organisations
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.people.states import PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db
ROLE = "Knows the night shift, and reads drafts with us"


@pytest.fixture
def here():
    return make.organisation()


@pytest.fixture
def dee(here):
    return make.member("Dee", here)


@pytest.fixture
def asha(here):
    return make.member("Asha", here)


@pytest.fixture
def table(here, dee):
    return make.opened(here, dee)


def url(name, thing):
    return reverse(f"initiatives:{name}", args=[thing.pk])


@pytest.mark.parametrize(
    "role",
    [
        "representative", "Member", "Rep", "service user rep", "Patient representative", "lived experience representative",
        "A member of the group", "General member", "Carer", "Expert by experience", "user", "Any other volunteers",
        "  ", "123", "Representative of service users and carers",
    ],
)  # fmt: skip
def test_vague_role_is_refused_with_why_and_an_example(table, dee, role):
    before = (Seat.objects.count(), JournalLine.objects.count())
    with pytest.raises(Refused, match="vague-role") as stop:
        operations.set_empty_seat(initiative_id=table.pk, role=role, by=dee, at=make.AT)
    assert "does not say what the place is for" in stop.value.refusal.words
    assert "knows the night shift" in stop.value.refusal.help
    assert (Seat.objects.count(), JournalLine.objects.count()) == before


@pytest.mark.parametrize(
    "role",
    [ROLE, "Speaks for tenants about noise", "Přináší zkušenost z oddělení", "Knows how carers are rung at night"],
)
def test_role_that_says_what_it_is_for_is_taken(role):
    assert not policies.is_vague(role)


def test_database_holds_no_seat_without_a_role(table):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(initiative=table, role="")


def test_empty_seat_stands_open_for_all_to_see(table, dee, client):
    operations.set_empty_seat(initiative_id=table.pk, role=ROLE, by=dee, at=make.AT)
    shown = client.get(reverse("front:initiative", args=[table.pk])).content.decode()
    assert ROLE in shown
    assert "1 seat is empty" in shown


def test_asked_person_is_told_and_says_yes_themselves(table, dee, asha, client):
    seat = operations.set_empty_seat(initiative_id=table.pk, role=ROLE, asked=asha, by=dee, at=make.AT)
    assert ToTell.objects.get(person=asha).words.endswith("You can say yes or no.")
    assert [line.url for line in queries.today(asha, make.ON)] == [url("answer_seat", seat)]
    assert ROLE not in [one.role for one in queries.table_seats(table, inside=True)], "kept for Asha, not open"
    make.signs_in(client, asha)
    assert ROLE in client.get(url("answer_seat", seat)).content.decode()
    client.post(url("answer_seat", seat), {"yes": "yes"})
    seat.refresh_from_db()
    assert (seat.person, seat.asked) == (asha, None)
    assert queries.today(asha, make.ON) == []


def test_asked_person_says_no_and_the_seat_stands_open(table, dee, asha):
    seat = operations.set_empty_seat(initiative_id=table.pk, role=ROLE, asked=asha, by=dee, at=make.AT)
    operations.answer_seat(seat_id=seat.pk, yes=False, on=make.ON, by=asha, at=make.AT)
    seat.refresh_from_db()
    assert (seat.person, seat.asked, seat.left_on) == (None, None, None)
    assert ROLE in [one.role for one in queries.table_seats(table, inside=False)]


def test_nobody_answers_for_another(table, dee, asha, here, client):
    seat = operations.set_empty_seat(initiative_id=table.pk, role=ROLE, asked=asha, by=dee, at=make.AT)
    bo = make.member("Bo", here)
    for who in (bo, dee):
        with pytest.raises(Refused, match="not-yours"):
            operations.answer_seat(seat_id=seat.pk, yes=True, on=make.ON, by=who, at=make.AT)
    make.signs_in(client, bo)
    assert client.get(url("answer_seat", seat)).status_code == 404


def test_person_is_asked_once_and_seated_once(table, dee, asha):
    give = {"initiative_id": table.pk, "role": ROLE, "by": dee, "at": make.AT}
    operations.set_empty_seat(asked=asha, **give)
    with pytest.raises(Refused, match="asked"):
        operations.set_empty_seat(asked=asha, **give)
    operations.seat_somebody(person=asha, on=make.ON, **give)
    with pytest.raises(Refused, match="seated"):
        operations.seat_somebody(person=asha, on=make.ON, **give)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(initiative=table, person=asha, role=ROLE, joined_on=make.ON)


def test_page_gives_a_seat_once_however_often_it_is_pressed(table, dee, asha, client):
    organisations.ask_to(person=dee, kind="LEAD", organisation=table.organisation, on=make.ON, at=make.AT)
    make.signs_in(client, dee)
    once = client.get(url("add_seat", table)).context["form"]["once"].value()
    answers = {"once": once, "role": ROLE, "how": "give", "person": asha.pk}
    assert [client.post(url("add_seat", table), answers).status_code for _ in range(2)] == [302, 302]
    assert Seat.objects.filter(person=asha).count() == 1


def test_lead_of_one_table_sees_no_list_of_all_members(table, dee, asha, here):
    known = make.member("Bo", here)
    make.seat(make.opened(here, dee, "Sleep"), known)
    assert [p.shown_name for p in queries.may_be_asked(table, by=dee)] == ["Bo"]
    organisations.ask_to(person=dee, kind="LEAD", organisation=here, on=make.ON, at=make.AT)
    assert [p.shown_name for p in queries.may_be_asked(table, by=dee)] == ["Asha", "Bo"]


def test_lens_is_shown_only_by_its_owner_and_only_to_the_table(table, dee, asha, client):
    seat = make.seat(table, asha)
    lens = people.add_lens(person_id=asha.pk, words="Heard at night", by=asha, at=make.AT)
    other = people.add_lens(person_id=dee.pk, words="Runs the ward", by=dee, at=make.AT)
    shown = {"seat_id": seat.pk, "public": True, "at": make.AT}
    with pytest.raises(Refused, match="not-yours"):
        operations.show(lens=lens, by=dee, **shown)
    with pytest.raises(Refused, match="not-yours"):
        operations.show(lens=other, by=asha, **shown)
    page = reverse("front:initiative", args=[table.pk])
    assert "Heard at night" not in client.get(page).content.decode()
    make.signs_in(client, asha)
    client.post(url("show", seat), {"lens": lens.pk})
    inside = client.get(url("seats", table)).content.decode()
    assert "Heard at night" in inside
    client.logout()
    assert "Heard at night" not in client.get(page).content.decode()


def test_name_stands_outside_only_when_its_owner_chose_it(table, dee, asha, client):
    seat = make.seat(table, asha)
    page = reverse("front:initiative", args=[table.pk])
    before = client.get(page).content.decode()
    assert "Asha" not in before
    assert "Dee" not in before
    assert "Fewer than 5 people have a seat" in before
    operations.show(seat_id=seat.pk, lens=None, public=True, by=asha, at=make.AT)
    after = client.get(page).content.decode()
    assert "Asha" in after
    assert "Dee" not in after


def test_let_go_lens_is_no_longer_shown(table, asha):
    seat = make.seat(table, asha)
    lens = people.add_lens(person_id=asha.pk, words="Heard at night", by=asha, at=make.AT)
    operations.show(seat_id=seat.pk, lens=lens, public=False, by=asha, at=make.AT)
    people.let_go_lens(lens_id=lens.pk, by=asha, at=make.AT)
    assert "Heard at night" not in " ".join(seat.role for seat in queries.table_seats(table, inside=True))


def test_person_leaves_at_any_time_and_keeps_their_credit(table, dee, asha, client):
    seat = make.seat(table, asha)
    duty = operations.give_duty(initiative_id=table.pk, person=asha, kind="RECORDER", on=make.ON, by=dee, at=make.AT)
    operations.move(initiative_id=table.pk, to="ENDED", reason="Done.", by=dee, at=make.AT)
    asha.state = PersonState.PAUSED
    asha.save(update_fields=["state"])
    make.signs_in(client, asha)
    assert client.post(url("leave", seat)).status_code == 302
    seat.refresh_from_db()
    duty.refresh_from_db()
    assert seat.left_on is not None
    assert duty.until is not None
    assert (seat.person, seat.role, seat.joined_on) == (asha, "Knows the ward from inside", make.ON)
    assert not queries.table_of(asha).exists()


def test_nobody_makes_another_leave(table, dee, asha):
    seat = make.seat(table, asha)
    with pytest.raises(Refused, match="not-yours"):
        operations.leave(seat_id=seat.pk, on=make.ON, by=dee, at=make.AT)


def test_person_can_come_back(table, asha):
    first = make.seat(table, asha)
    operations.leave(seat_id=first.pk, on=make.ON, by=asha, at=make.AT)
    second = make.seat(table, asha)
    assert second != first
    assert queries.is_seated(asha, table)


def test_empty_seat_can_be_taken_back_but_no_taken_one(table, dee, asha):
    empty = operations.set_empty_seat(initiative_id=table.pk, role=ROLE, by=dee, at=make.AT)
    operations.take_back(seat_id=empty.pk, on=make.ON, by=dee, at=make.AT)
    assert list(queries.empty_seats(table)) == []
    with pytest.raises(Refused, match="state"):
        operations.take_back(seat_id=make.seat(table, asha).pk, on=make.ON, by=dee, at=make.AT)


# (who gives, what, to whom) -> code
DUTIES = [
    ("dee", "CHAIR", "asha", None),
    ("dee", "RECORDER", "dee", None),
    ("dee", "APPROVER", "asha", "not-here"),
    ("dee", "PAYER", "dee", "not-here"),
    ("dee", "OPERATOR", "asha", "not-here"),
    ("dee", "CHAIR", "bo", "no-seat"),
    ("asha", "CHAIR", "asha", "not-asked"),
    ("bo", "LEAD", "bo", "not-asked"),
]


@pytest.mark.parametrize(("giver", "kind", "taker", "code"), DUTIES)
def test_duty_is_given_at_the_table_by_who_leads(table, here, dee, asha, giver, kind, taker, code):
    make.seat(table, asha)
    cast = {"dee": dee, "asha": asha, "bo": make.member("Bo", here)}
    refusal = permissions.why_not_give(table, kind, to=cast[taker], by=cast[giver])
    assert (refusal and refusal.code) == code


def test_duty_is_laid_down_by_its_holder_or_ended_by_who_leads(table, here, dee, asha):
    make.seat(table, asha)
    duty = operations.give_duty(initiative_id=table.pk, person=asha, kind="CHAIR", on=make.ON, by=dee, at=make.AT)
    assert permissions.why_not_end_duty(duty, by=make.member("Bo", here)).code == "not-asked"
    assert permissions.why_not_end_duty(duty, by=dee) is None
    before = JournalLine.objects.count()
    operations.end_duty(duty_id=duty.pk, on=make.ON, by=asha, at=make.AT)
    assert JournalLine.objects.count() == before + 1
    with pytest.raises(Refused, match="ended"):
        operations.end_duty(duty_id=duty.pk, on=make.ON, by=asha, at=make.AT)


def test_erased_person_leaves_every_seat_without_a_word_of_theirs(table, dee, asha):
    seat = make.seat(table, asha)
    lens = people.add_lens(person_id=asha.pk, words="Heard at night", by=asha, at=make.AT)
    operations.show(seat_id=seat.pk, lens=lens, public=True, by=asha, at=make.AT)
    operations.give_duty(initiative_id=table.pk, person=asha, kind="CHAIR", on=make.ON, by=dee, at=make.AT)
    operations.erase_words(person=asha, at=make.AT)
    seat.refresh_from_db()
    assert (seat.person, seat.lens, seat.shown_public, seat.left_on) == (asha, None, False, make.ON)
    assert not InitiativeDuty.objects.filter(person=asha, until=None).exists()
    assert queries.is_seated(dee, table)


def test_person_reads_their_seats_and_duties_in_their_own_record(table, dee):
    held = queries.about_me(dee)
    assert [row["role"] for row in held["Your seats"]] == ["Began this initiative"]
    assert [row["duty"] for row in held["Your duties in initiatives"]] == ["leads co-production"]
    assert set(held) == {
        "Your seats",
        "Your duties in initiatives",
        "Your answers to adverts",
        "Changes of direction that you raised",
        "Reviews that you wrote down",
    }


def test_parts_of_the_page_stand_in_order_for_everybody(table, dee, asha):
    for viewer in (None, asha, dee):
        shown = panels.parts(table, viewer)
        assert [panel.title for panel in shown] == [
            "The table", "Where it comes from", "The stages", "How to join", "What changed",
        ]  # fmt: skip
        assert [panel.order for panel in shown] == sorted(panel.order for panel in shown)


def drawn(initiative, viewer):
    """All parts of this room on an initiative's page, as they are drawn."""
    return [
        render_to_string(p.template, p.context | {"initiative": initiative}) for p in panels.parts(initiative, viewer)
    ]


def test_page_and_seats_ask_as_much_for_three_as_for_one(here, table, dee, client, queries_of):
    make.signs_in(client, dee)
    for number in range(3):
        who = make.member(f"Asha {number}", here)
        seat = make.seat(table, who)
        lens = people.add_lens(person_id=who.pk, words=f"Lens {number}", by=who, at=make.AT)
        operations.show(seat_id=seat.pk, lens=lens, public=True, by=who, at=make.AT)
        operations.give_duty(initiative_id=table.pk, person=who, kind="CHAIR", on=make.ON, by=dee, at=make.AT)
        operations.set_empty_seat(initiative_id=table.pk, role=f"Knows street number {number}", by=dee, at=make.AT)
        make.advert(table, dee)
        if number in {0, 2}:
            counts = {
                "parts": queries_of(lambda: drawn(table, dee)),
                "seats": queries_of(lambda: client.get(url("seats", table))),
            }
            assert counts == {"parts": 8, "seats": 8}
