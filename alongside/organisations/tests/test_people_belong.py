"""People are added by hand, met in person, rung and written to; only those who keep the register see the list."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.organisations import operations, queries
from alongside.organisations.models import Membership
from alongside.organisations.tests import factories as make
from alongside.people import operations as people
from alongside.people.models import AssistedVisit, ClaimCode, Person, ToTell
from alongside.people.states import TellBy
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make.organisation()


@pytest.fixture
def dee(here):
    return make.holder("Dee", here, "LEAD")


def add(here, by, **answers):
    answers = {"shown_name": "Cy", "on": make.ON, "at": make.AT} | answers
    return operations.add_by_hand(organisation=here, by=by, **answers)


def test_person_needs_no_mail_and_no_phone(here, dee):
    added = add(here, dee)
    assert (added.person.shown_name, added.person.tell_by, added.since) == ("Cy", TellBy.NONE, make.ON)
    assert list(queries.of(added.person)) == [here]


def test_person_with_a_known_mail_is_not_added_twice(here, dee):
    add(here, dee, mail="cy@example.org")
    before = (Person.objects.count(), JournalLine.objects.count())
    with pytest.raises(Refused, match="known"):
        add(here, dee, shown_name="Cyril", mail="CY@example.org")
    assert (Person.objects.count(), JournalLine.objects.count()) == before


def test_same_mail_in_another_organisation_is_another_matter(here, dee):
    there = make.organisation("Far Valley")
    eli = make.holder("Eli", there, "LEAD")
    add(there, eli, mail="cy@example.org")
    assert add(here, dee, mail="cy@example.org").organisation == here


def test_nobody_is_added_by_somebody_who_does_not_keep_the_register(here, dee):
    for by in (make.member("Asha", here), make.holder("Bo", here, "CHAIR", "APPROVER"), make.person("Eli")):
        with pytest.raises(Refused, match="not-asked"):
            add(here, by)
    assert not Person.objects.filter(shown_name="Cy").exists()


def test_adding_writes_a_line_for_the_person_and_one_for_the_membership(here, dee):
    before = JournalLine.objects.count()
    add(here, dee)
    lines = JournalLine.objects.order_by("pk")[before:]
    assert [line.what for line in lines] == ["people.person.added", "organisations.membership.begun"]


def test_database_holds_one_current_membership(here, dee):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=dee, organisation=here, since=make.ON)


def test_second_press_of_the_page_adds_nobody_again(here, dee, client):
    make.signs_in(client, dee)
    url = reverse("organisations:add_person", args=[here.pk])
    answers = {"once": client.get(url).context["form"]["once"].value(), "shown_name": "Cy", "tell_by": "NONE"}
    first, second = client.post(url, answers), client.post(url, answers)
    assert first["Location"] == second["Location"]
    assert Person.objects.filter(shown_name="Cy").count() == 1


def test_page_asks_for_the_phone_of_somebody_who_wants_calls(here, dee, client):
    make.signs_in(client, dee)
    url = reverse("organisations:add_person", args=[here.pk])
    answers = {"once": client.get(url).context["form"]["once"].value(), "shown_name": "Cy", "tell_by": "PHONE"}
    assert client.post(url, answers).context["form"].errors.keys() == {"phone"}
    assert not Person.objects.filter(shown_name="Cy").exists()


def test_phone_list_shows_whom_to_ring_and_forgets_them_once_told(here, dee, client):
    cy = add(here, dee, phone="020 7946 0000").person
    people.tell(to=cy, about="decision:1", words="The room stays open until nine.", at=make.AT)
    make.signs_in(client, dee)
    url = reverse("organisations:to_tell", args=[here.pk])
    page = client.get(url).content.decode()
    assert "020 7946 0000" in page
    assert "The room stays open until nine." in page
    telling = ToTell.objects.get(person=cy)
    assert client.post(reverse("organisations:mark_told", args=[telling.pk]))["Location"] == url
    telling.refresh_from_db()
    assert telling.told_by == dee
    assert "All of them are told." in client.get(url).content.decode()


def test_phone_list_of_another_organisation_stays_shut(here, dee, client):
    there = make.organisation("Far Valley")
    eli = make.holder("Eli", there, "LEAD")
    cy = add(here, dee, phone="020 7946 0000").person
    people.tell(to=cy, about="decision:1", words="Secret of this house.", at=make.AT)
    make.signs_in(client, eli)
    assert client.get(reverse("organisations:to_tell", args=[here.pk])).status_code == 404
    assert client.post(reverse("organisations:mark_told", args=[ToTell.objects.get().pk])).status_code == 404
    own = client.get(reverse("organisations:to_tell", args=[there.pk])).content.decode()
    assert "Secret of this house." not in own


def test_list_of_people_is_only_for_who_keeps_the_register(here, dee, client):
    asha = make.member("Asha", here)
    cy = add(here, dee, phone="020 7946 0000")
    make.signs_in(client, asha)
    for name, pk in (("members", here.pk), ("to_tell", here.pk), ("member", cy.pk), ("begin_visit", cy.pk)):
        assert client.get(reverse(f"organisations:{name}", args=[pk])).status_code == 404
    page = client.get(reverse("organisations:organisation", args=[here.pk])).content.decode()
    assert "Cy" not in page


def test_visit_begins_with_a_note_of_presence_and_the_helper_acts_for_them(here, dee, client):
    cy = add(here, dee)
    make.signs_in(client, dee)
    url = reverse("organisations:begin_visit", args=[cy.pk])
    assert client.post(url, {"present": "", "channel": "IN_PERSON"}).context["form"].errors.keys() == {"present"}
    assert client.post(url, {"present": "He sits beside me.", "channel": "IN_PERSON"}).status_code == 302
    visit = AssistedVisit.objects.get()
    assert (visit.person, visit.helper, visit.channel, visit.ended_at) == (cy.person, dee, "IN_PERSON", None)
    again = client.post(url, {"present": "He sits beside me.", "channel": "IN_PERSON"})
    assert again.status_code == 302
    assert AssistedVisit.objects.count() == 1


def test_claim_code_is_shown_once_and_kept_only_as_a_digest(here, dee, client):
    cy = add(here, dee)
    make.signs_in(client, dee)
    page = client.post(reverse("organisations:make_code", args=[cy.pk]))
    code = page.context["card"]["code"]
    assert code in page.content.decode()
    assert code not in client.get(reverse("organisations:member", args=[cy.pk])).content.decode()
    assert ClaimCode.objects.get(person=cy.person).digest != code


def test_person_with_a_sign_in_gets_no_code(here, dee, client):
    asha = make.member("Asha", here)
    make.signs_in(client, asha)
    make.signs_in(client, dee)
    membership = Membership.objects.get(person=asha)
    client.post(reverse("organisations:make_code", args=[membership.pk]))
    assert not ClaimCode.objects.exists()


def test_erased_person_belongs_nowhere_and_holds_nothing(here, dee):
    bo = make.holder("Bo", here, "RECORDER")
    operations.erase_words(person=bo, at=make.AT)
    assert not queries.is_member(bo, here.pk)
    assert not queries.holds(bo, "RECORDER", here.pk)
    assert Membership.objects.get(person=bo).until == make.ON
    assert queries.is_member(dee, here.pk)


def test_person_reads_what_is_held_about_them(here):
    bo = make.holder("Bo", here, "RECORDER")
    assert queries.about_me(bo) == {
        "Organisations you belong to": [{"organisation": "Harbour Trust", "from": make.ON, "until": None}],
        "Duties in an organisation": [
            {"organisation": "Harbour Trust", "duty": "keeps the notes", "from": make.ON, "until": None}
        ],
    }


def test_area_is_added_once_and_only_by_who_keeps_the_register(here, dee):
    whole = operations.add_area(organisation=here, level="WHOLE", name="Everywhere", by=dee, at=make.AT)
    operations.add_area(organisation=here, level="LOCAL", name="Quay Street", parent=whole, by=dee, at=make.AT)
    with pytest.raises(Refused, match="name-used"):
        operations.add_area(organisation=here, level="LOCAL", name="Quay Street", by=dee, at=make.AT)
    with pytest.raises(Refused, match="not-asked"):
        operations.add_area(
            organisation=here, level="LOCAL", name="Mill Lane", by=make.member("Asha", here), at=make.AT
        )
    assert [area.name for area in queries.areas_of(here)] == ["Everywhere", "Quay Street"]


def test_local_day_is_that_of_the_organisation():
    auckland = make.organisation("Harbour of the south", zone="Pacific/Auckland")
    assert queries.local_day(auckland, make.AT.replace(hour=20)).isoformat() == "2026-11-03"


# Each list page asks the same number of queries for 1 row and for 3.
def test_pages_ask_as_much_for_three_rows_as_for_one(here, dee, client, queries_of):
    make.signs_in(client, dee)
    pages = {"organisation": 8, "members": 6, "to_tell": 6}
    for number in range(3):
        cy = add(here, dee, shown_name=f"Cy {number}", phone=f"020 7946 000{number}").person
        operations.ask_to(person=cy, kind="CHAIR", organisation=here, on=make.ON, at=make.AT)
        operations.add_area(organisation=here, level="LOCAL", name=f"Street {number}", at=make.AT)
        people.tell(to=cy, about="decision:1", words="Open until nine.", at=make.AT)
        if number in {0, 2}:
            counts = {
                name: queries_of(lambda name=name: client.get(reverse(f"organisations:{name}", args=[here.pk])))
                for name in pages
            }
            assert counts == pages
