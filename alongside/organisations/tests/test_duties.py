"""Who may ask whom to do what for a whole organisation, and who may end it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.organisations import operations, permissions
from alongside.organisations.models import Duty
from alongside.organisations.states import DutyKind
from alongside.organisations.tests import factories as make
from alongside.people.states import PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Dee leads, Ola operates, Asha and Bo belong, Eli leads elsewhere."""
    here, there = make.organisation(), make.organisation("Far Valley")
    people = {
        "dee": make.holder("Dee", here, "LEAD"),
        "ola": make.holder("Ola", here, "OPERATOR"),
        "asha": make.member("Asha", here),
        "bo": make.holder("Bo", here, "RECORDER"),
        "eli": make.holder("Eli", there, "LEAD", "OPERATOR"),
    }
    return here, people


# (who gives, what, to whom) -> code of the refusal, or None
GIVING = [
    ("dee", "LEAD", "asha", None),
    ("dee", "RECORDER", "dee", None),
    ("dee", "APPROVER", "asha", None),
    ("dee", "APPROVER", "dee", "own-money"),
    ("dee", "PAYER", "dee", "own-money"),
    ("dee", "OPERATOR", "asha", "operator-only"),
    ("dee", "OPERATOR", "dee", "operator-only"),
    ("dee", "CHAIR", "eli", "not-a-member"),
    ("ola", "PAYER", "asha", None),
    ("ola", "PAYER", "ola", "own-money"),
    ("ola", "OPERATOR", "asha", None),
    ("ola", "LEAD", "asha", None),
    ("asha", "RECORDER", "bo", "not-asked"),
    ("asha", "LEAD", "asha", "not-asked"),
    ("bo", "CHAIR", "asha", "not-asked"),
    ("eli", "LEAD", "asha", "not-asked"),
    ("eli", "OPERATOR", "eli", "not-asked"),
]


@pytest.mark.parametrize(("giver", "kind", "taker", "code"), GIVING)
def test_duty_is_given_by_whom_the_rule_names(cast, giver, kind, taker, code):
    here, people = cast
    refusal = permissions.why_not_give(kind, to=people[taker], organisation_id=here.pk, by=people[giver])
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(("giver", "kind", "taker", "code"), [row for row in GIVING if row[3]])
def test_refused_duty_changes_nothing(cast, giver, kind, taker, code):
    here, people = cast
    before = (Duty.objects.count(), JournalLine.objects.count())
    with pytest.raises(Refused) as stop:
        operations.give_duty(
            person=people[taker], kind=kind, organisation=here, on=make.ON, by=people[giver], at=make.AT
        )
    assert stop.value.refusal.code == code
    assert (Duty.objects.count(), JournalLine.objects.count()) == before


def test_duty_is_not_given_to_somebody_on_a_break_nor_by_one(cast):
    here, people = cast
    people["asha"].state = PersonState.PAUSED
    why = permissions.why_not_give("CHAIR", to=people["asha"], organisation_id=here.pk, by=people["dee"])
    assert why.code == "away"
    people["dee"].state = PersonState.PAUSED
    why = permissions.why_not_give("CHAIR", to=people["bo"], organisation_id=here.pk, by=people["dee"])
    assert why.code == "away"


def test_given_duty_is_one_line_in_the_journal_and_asking_twice_asks_once(cast):
    here, people = cast
    give = {"person": people["asha"], "kind": "CHAIR", "organisation": here, "on": make.ON, "at": make.AT}
    before = JournalLine.objects.count()
    first = operations.give_duty(by=people["dee"], **give)
    assert operations.give_duty(by=people["dee"], **give) == first
    line = JournalLine.objects.order_by("pk").last()
    assert JournalLine.objects.count() == before + 1
    assert (line.what, line.by_person, line.organisation) == ("organisations.duty.given", people["dee"].pk, here.pk)
    assert line.facts == {"kind": "CHAIR", "person": people["asha"].pk}


def test_database_holds_one_current_duty_of_a_kind(cast):
    here, people = cast
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(person=people["dee"], organisation=here, kind="LEAD", since=make.ON)


# (who ends, whose duty) -> code
ENDING = [
    ("bo", "bo", "RECORDER", None),
    ("dee", "bo", "RECORDER", None),
    ("ola", "bo", "RECORDER", None),
    ("asha", "bo", "RECORDER", "not-asked"),
    ("eli", "bo", "RECORDER", "not-asked"),
    ("dee", "dee", "LEAD", "last"),
    ("ola", "dee", "LEAD", "last"),
    ("ola", "ola", "OPERATOR", "last"),
    ("dee", "ola", "OPERATOR", "operator-only"),
]


@pytest.mark.parametrize(("ender", "whose", "kind", "code"), ENDING)
def test_duty_is_ended_by_its_holder_or_who_keeps_the_register_but_never_the_last(cast, ender, whose, kind, code):
    _, people = cast
    duty = Duty.objects.get(person=people[whose], kind=kind)
    refusal = permissions.why_not_end_duty(duty, by=people[ender])
    assert (refusal and refusal.code) == code


def test_last_lead_can_go_once_another_leads(cast):
    here, people = cast
    give = {"kind": "LEAD", "organisation": here, "on": make.ON, "at": make.AT}
    operations.give_duty(person=people["asha"], by=people["dee"], **give)
    duty = Duty.objects.get(person=people["dee"], kind="LEAD")
    operations.end_duty(duty_id=duty.pk, on=make.ON, by=people["dee"], at=make.AT)
    duty.refresh_from_db()
    assert duty.until == make.ON
    with pytest.raises(Refused, match="ended"):
        operations.end_duty(duty_id=duty.pk, on=make.ON, by=people["dee"], at=make.AT)


def test_duty_over_money_needs_a_second_factor_on_the_page(cast, client):
    here, people = cast
    url = reverse("organisations:give_guarded_duty", args=[here.pk])
    make.signs_in(client, people["dee"])
    assert client.get(url).status_code == 302
    make.signs_in(client, people["dee"], second=True)
    shown = client.get(url)
    asked = shown.context["form"]
    assert [value for value, _ in asked.fields["kind"].choices] == ["APPROVER", "PAYER", "OPERATOR"]
    answers = {"once": asked["once"].value(), "person": people["asha"].pk, "kind": "APPROVER"}
    assert client.post(url, answers).status_code == 302
    assert Duty.objects.filter(person=people["asha"], kind="APPROVER", until=None).count() == 1


def test_ordinary_page_gives_no_duty_over_money(cast, client):
    here, people = cast
    url = reverse("organisations:give_duty", args=[here.pk])
    make.signs_in(client, people["dee"])
    once = client.get(url).context["form"]["once"].value()
    response = client.post(url, {"once": once, "person": people["asha"].pk, "kind": "APPROVER"})
    assert response.status_code == 200
    assert not Duty.objects.filter(person=people["asha"]).exists()


def test_refusal_stands_beside_the_answers_with_what_would_help(cast, client):
    here, people = cast
    url = reverse("organisations:give_guarded_duty", args=[here.pk])
    make.signs_in(client, people["dee"], second=True)
    once = client.get(url).context["form"]["once"].value()
    page = client.post(url, {"once": once, "person": people["dee"].pk, "kind": "PAYER"}).content.decode()
    assert "Nobody gives themselves a duty over money. Ask another person who leads here." in page


def test_holder_lays_their_own_duty_down_and_nobody_elses(cast, client):
    _, people = cast
    duty = Duty.objects.get(person=people["bo"], kind="RECORDER")
    make.signs_in(client, people["asha"])
    assert client.post(reverse("organisations:lay_down", args=[duty.pk])).status_code == 404
    make.signs_in(client, people["bo"])
    assert client.post(reverse("organisations:lay_down", args=[duty.pk])).status_code == 302
    duty.refresh_from_db()
    assert duty.until is not None


def test_duties_are_said_in_words_and_never_as_a_rank(cast, client):
    here, people = cast
    make.signs_in(client, people["asha"])
    page = client.get(reverse("organisations:organisation", args=[here.pk])).content.decode()
    assert "<b>Dee</b> leads co-production" in page
    assert "Add a person" not in page
    assert {kind.label.split()[0][0].islower() for kind in DutyKind} == {True}


def test_a_duty_of_who_is_erased_ends_on_the_day_on_the_wall_of_its_organisation(cast):
    here, people = cast
    here.zone = "Pacific/Auckland"
    here.save(update_fields=["zone"])
    at = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)  # 1 December in Auckland
    operations.erase_words(person=people["bo"], at=at)
    assert Duty.objects.get(person=people["bo"]).until == date(2026, 12, 1)
