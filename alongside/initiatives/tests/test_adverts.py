"""An advert says what is paid before anybody says yes; it is answered by three doors, and everybody gets an answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.initiatives import operations, permissions, queries
from alongside.initiatives.models import Advert, AdvertReply, Seat
from alongside.initiatives.states import AdvertState, ReplyState
from alongside.initiatives.tests import factories as make
from alongside.organisations import queries as organisations
from alongside.people import operations as people
from alongside.people.models import ClaimCode, Person, ToTell
from alongside.people.queries import GUEST_KEY
from alongside.people.states import Channel, PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make.organisation()


@pytest.fixture
def dee(here):
    return make.member("Dee", here)


@pytest.fixture
def table(here, dee):
    return make.opened(here, dee)


def url(name, thing):
    return reverse(f"initiatives:{name}", args=[thing.pk])


def answer(advert, who, words="I would like to.", **more):
    return operations.reply(advert_id=advert.pk, person=who, words=words, on=make.ON, at=make.AT, **more)


# what an advert lacks -> code
UNSAID = [
    ({"pay_kind": ""}, "pay-unsaid"),
    ({"pay_words": ""}, "pay-unsaid"),
    ({"pay_words": "   "}, "pay-unsaid"),
    ({"pay_kind": "NO_MONEY", "pay_words": ""}, "pay-unsaid"),
    ({"pay_words": "At our usual rate."}, "amount-unsaid"),
    ({"access": ""}, "access-unsaid"),
    ({"time_words": ""}, "time-unsaid"),
    ({"benefit_line": ""}, "benefits-unsaid"),
    ({"pay_kind": "", "pay_words": "", "access": "", "time_words": "", "benefit_line": ""}, "pay-unsaid"),
]


@pytest.mark.parametrize(("lack", "code"), UNSAID)
def test_advert_cannot_be_published_without_pay_access_time_and_benefits(table, dee, lack, code):
    advert = make.advert(table, dee, publish=False, **lack)
    before = JournalLine.objects.count()
    with pytest.raises(Refused) as stop:
        operations.publish(advert_id=advert.pk, by=dee, at=make.AT)
    assert stop.value.refusal.code == code
    advert.refresh_from_db()
    assert (advert.state, JournalLine.objects.count()) == (AdvertState.DRAFT, before)


@pytest.mark.parametrize(
    "lack", [lack for lack, code in UNSAID if code != "amount-unsaid" and "   " not in lack.values()]
)
def test_database_holds_no_published_advert_that_says_less(table, dee, lack):
    advert = make.advert(table, dee)
    with pytest.raises(IntegrityError), transaction.atomic():
        Advert.objects.filter(pk=advert.pk).update(**lack)


def test_plain_no_money_sentence_is_a_good_answer_and_is_read_first(table, dee, client):
    words = "We asked for money and did not get it. Costs are paid."
    make.advert(table, dee, pay_kind="NO_MONEY", pay_words=words)
    said_first = {
        reverse("initiatives:adverts"): "Without money.",
        url("advert", Advert.objects.get()): "There is no money for this",
    }
    for page, first in said_first.items():
        shown = client.get(page).content.decode()
        assert 0 < shown.index(first) < shown.index(words)


def test_all_that_is_missing_is_said_at_once(table, dee):
    advert = make.advert(table, dee, publish=False, pay_kind="", access="", benefit_line="")
    words = permissions.why_not_publish(advert, by=dee).words
    assert all(part in words for part in ("what is paid", "how people can get in", "benefits"))
    assert "how much time" not in words


@pytest.mark.parametrize(
    ("country", "says"), [("GB", "Citizens Advice"), ("GB-SCT", "Citizens Advice"), ("IE", "citizensinformation.ie")]
)
def test_benefit_line_is_proposed_for_the_country_and_names_no_amount(country, says):
    line = queries.proposed_benefit_line(make.organisation(f"In {country}", country=country))
    assert "Money for taking part can change some" in line
    assert "You can say no, take less, or choose when it is paid." in line
    assert says in line
    assert "£" not in line


def test_page_proposes_the_benefit_line_and_publishes_only_a_whole_advert(table, dee, client):
    make.signs_in(client, dee)
    form = client.get(url("write_advert", table)).context["form"]
    proposed = form["benefit_line"].value()
    assert "can change some benefits" in proposed
    answers = {"once": form["once"].value(), "title": "Read letters", "task": "Read.", "benefit_line": proposed}
    shown = client.get(client.post(url("write_advert", table), answers)["Location"])
    advert = Advert.objects.get()
    assert "Publish it" not in shown.content.decode()
    assert "What would help:" in shown.content.decode()
    client.post(url("publish", advert))
    advert.refresh_from_db()
    assert advert.state == AdvertState.DRAFT
    client.post(url("rewrite_advert", advert), make.ADVERT)
    client.post(url("publish", advert))
    advert.refresh_from_db()
    assert (advert.state, advert.published_by) == (AdvertState.PUBLISHED, dee)


def test_advert_waits_for_its_initiative_to_open(here, dee):
    draft = make.draft(here, dee)
    advert = make.advert(draft, dee, publish=False)
    assert permissions.why_not_publish(advert, by=dee).code == "state"


def test_published_advert_stays_as_people_read_it(table, dee, client):
    advert = make.advert(table, dee)
    with pytest.raises(Refused, match="published"):
        operations.rewrite_advert(advert_id=advert.pk, by=dee, at=make.AT, pay_words="£5")
    advert.refresh_from_db()
    assert advert.pay_words == make.ADVERT["pay_words"]


def test_draft_advert_is_seen_only_where_it_is_written(table, dee, here, client):
    draft = make.advert(table, dee, publish=False, title="Not yet for your eyes")
    assert client.get(url("advert", draft)).status_code == 404
    make.signs_in(client, make.member("Asha", here))
    assert client.get(url("advert", draft)).status_code == 404
    assert client.get(url("reply", draft)).status_code == 404
    assert "Not yet for your eyes" not in client.get(reverse("initiatives:adverts")).content.decode()


def test_open_list_leaves_out_closed_late_and_sleeping_adverts(here, dee, table):
    today = timezone.localdate()
    first = make.advert(table, dee, title="Soon", closes_on=today)
    second = make.advert(table, dee, title="No last day")
    make.advert(table, dee, title="Over", closes_on=today - timedelta(days=1))
    closed = make.advert(table, dee, title="Closed")
    operations.close(advert_id=closed.pk, by=dee, at=make.AT)
    asleep = make.opened(here, dee, "Sleep")
    make.advert(asleep, dee, title="Asleep")
    operations.move(initiative_id=asleep.pk, to="PAUSED", reason="Summer.", by=dee, at=make.AT)
    assert list(queries.open_adverts(today)) == [first, second]
    assert list(queries.open_adverts(today, words="soon letter")) == [first]
    assert list(queries.open_adverts(today, kind="policy")) == []


# --- three doors ---


def test_signed_in_person_answers_once_and_waits_with_a_promised_day(table, dee, here, client):
    advert, asha = make.advert(table, dee), make.member("Asha", here)
    make.signs_in(client, asha)
    once = client.get(url("reply", advert)).context["form"]["once"].value()
    presses = [client.post(url("reply", advert), {"once": once, "words": "I read a lot."}) for _ in range(2)]
    assert [press.status_code for press in presses] == [302, 302]
    given = AdvertReply.objects.get()
    assert (given.person, given.channel, given.state) == (asha, Channel.SCREEN, ReplyState.ASKED)
    line = queries.today(asha, make.ON)[0]
    assert (line.kind, line.by) == ("waits", given.at.date() + timedelta(days=14))
    assert "already" in client.get(url("reply", advert)).content.decode()


def test_guest_answers_first_and_gets_a_code_shown_once(table, dee, client):
    advert = make.advert(table, dee)
    once = client.get(url("reply", advert)).context["form"]["once"].value()
    answers = {"once": once, "shown_name": "Žofie", "words": "By night only."}
    told = client.post(url("reply", advert), answers)
    guest = Person.objects.get(shown_name="Žofie")
    assert told.context["card"]["code"] in told.content.decode()
    assert client.session[GUEST_KEY] == guest.pk
    assert ClaimCode.objects.filter(person=guest).count() == 1
    assert "Now: to decide" in client.get(url("advert", advert)).content.decode()
    given = AdvertReply.objects.get()
    assert (given.person, given.channel) == (guest, Channel.SCREEN)


def test_second_press_of_a_guest_makes_no_second_person(table, dee, client):
    advert = make.advert(table, dee)
    once = client.get(url("reply", advert)).context["form"]["once"].value()
    answers = {"once": once, "shown_name": "Žofie", "words": ""}
    client.post(url("reply", advert), answers)
    client.session.flush()
    client.cookies.clear()
    client.post(url("reply", advert), answers)
    assert (Person.objects.filter(shown_name="Žofie").count(), AdvertReply.objects.count()) == (1, 1)


def test_one_network_makes_no_crowd_of_guests(table, dee, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"guest": "2/h/ip"}
    advert = make.advert(table, dee)
    statuses = []
    for name in ("Ann", "Ben", "Cat"):
        visitor = Client()
        once = visitor.get(url("reply", advert)).context["form"]["once"].value()
        answer = visitor.post(url("reply", advert), {"once": once, "shown_name": name, "words": ""})
        statuses.append(answer.status_code)
    assert (statuses, AdvertReply.objects.count()) == ([200, 200, 429], 2)


def test_answer_by_phone_is_written_down_and_counts_the_same(table, dee, here, client):
    advert, bo = make.advert(table, dee), make.member("Bo", here)
    make.seat(table, bo)
    operations.ask_to(initiative=table, person=bo, kind="RECORDER", on=make.ON, by=None, at=make.AT)
    make.signs_in(client, bo)
    once = client.get(url("enter_reply", advert)).context["form"]["once"].value()
    answers = {"once": once, "shown_name": "Cy", "phone": "020 7946 0000", "channel": "PHONE", "words": "Evenings."}
    assert client.post(url("enter_reply", advert), answers).status_code == 302
    given = AdvertReply.objects.get()
    assert (given.person.shown_name, given.channel, given.words) == ("Cy", Channel.PHONE, "Evenings.")
    line = JournalLine.objects.order_by("pk").last()
    assert (line.what, line.by_person, line.facts["channel"]) == ("initiatives.advert.answered", bo.pk, "PHONE")
    assert organisations.is_member(given.person, here.pk), "so that somebody rings them with the answer"


def test_entered_answer_is_of_one_person_known_or_new(table, dee, here, client):
    advert, asha = make.advert(table, dee), make.member("Asha", here)
    make.seat(make.opened(here, dee, "Sleep"), asha)
    make.signs_in(client, dee)
    form = client.get(url("enter_reply", advert)).context["form"]
    both = {"once": form["once"].value(), "person": asha.pk, "shown_name": "Cy", "channel": "PAPER"}
    assert client.post(url("enter_reply", advert), both).context["form"].errors.keys() == {"shown_name"}
    neither = {"once": form["once"].value(), "channel": "PAPER"}
    assert client.post(url("enter_reply", advert), neither).context["form"].errors.keys() == {"shown_name"}
    client.post(url("enter_reply", advert), both | {"shown_name": ""})
    assert AdvertReply.objects.get().person == asha


def test_assisted_person_answers_with_their_helper_beside_them(table, dee, here):
    advert, asha, bo = make.advert(table, dee), make.member("Asha", here), make.member("Bo", here)
    asha.helped_by, asha.channel = bo, Channel.ASSISTED
    assert answer(advert, asha).channel == Channel.ASSISTED
    line = JournalLine.objects.order_by("pk").last()
    assert (line.by_person, line.helped_by_person) == (asha.pk, bo.pk)


# (what stands in the way) -> code
def test_answer_is_refused_with_its_reason(table, dee, here):
    advert, asha = make.advert(table, dee, closes_on=make.ON), make.member("Asha", here)

    def code(person=asha, on=make.ON):
        refusal = permissions.why_not_reply(advert, person=person, on=on)
        return refusal and refusal.code

    assert (code(), code(person=None)) == (None, None)
    assert code(on=make.ON + timedelta(days=1)) == "closed"
    assert code(person=dee) == "seated"
    asha.state = PersonState.PAUSED
    assert code() == "away"
    asha.state = PersonState.ACTIVE
    answer(advert, asha)
    assert code() == "replied"
    advert.state = AdvertState.CLOSED
    assert code(person=None) == "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        AdvertReply.objects.create(advert=advert, person=asha, channel="SCREEN", at=make.AT)


def test_only_who_keeps_notes_writes_down_answers_of_others(table, dee, here):
    advert, asha = make.advert(table, dee), make.member("Asha", here)
    make.seat(table, asha)
    with pytest.raises(Refused, match="not-asked"):
        operations.enter_reply(
            advert_id=advert.pk, shown_name="Cy", words="", channel="PHONE", on=make.ON, by=asha, at=make.AT
        )
    assert not Person.objects.filter(shown_name="Cy").exists()


# --- everybody gets an answer ---


def test_welcomed_person_has_a_seat_and_is_told_by_mail(table, dee, here, client, django_capture_on_commit_callbacks):
    asha = make.member("Asha", here, mail="asha@example.org")
    given = answer(make.advert(table, dee), asha)
    make.signs_in(client, dee)
    form = client.get(url("welcome", given)).context["form"]
    assert form["role"].value() == "Read letters with us"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("welcome", given), {"once": form["once"].value(), "role": "Reads letters with us"})
    assert Seat.objects.get(person=asha).role == "Reads letters with us"
    assert [message.to for message in mail.outbox] == [["asha@example.org"]]
    assert "advert" not in mail.outbox[0].subject.lower(), "a subject says nothing"
    became = queries.today(asha, timezone.localdate())
    assert [(line.kind, line.words) for line in became] == [
        ("became", "You answered: Read letters with us. Has a seat")
    ]


def test_welcome_fills_the_empty_seat_of_the_same_role(table, dee, here):
    role = "Reads letters with us"
    empty = operations.set_empty_seat(initiative_id=table.pk, role=role, by=dee, at=make.AT)
    given = answer(make.advert(table, dee), make.member("Asha", here))
    operations.welcome_reply(reply_id=given.pk, role=role, on=make.ON, by=dee, at=make.AT)
    empty.refresh_from_db()
    assert empty.person == given.person
    assert Seat.objects.filter(person=given.person).count() == 1


def test_vague_role_is_no_welcome(table, dee, here):
    given = answer(make.advert(table, dee), make.member("Asha", here))
    with pytest.raises(Refused, match="vague-role"):
        operations.welcome_reply(reply_id=given.pk, role="Member", on=make.ON, by=dee, at=make.AT)
    given.refresh_from_db()
    assert given.state == ReplyState.ASKED
    assert not ToTell.objects.exists()


def test_not_this_time_has_a_reason_and_goes_on_the_phone_list(table, dee, here):
    given = operations.enter_reply(
        advert_id=make.advert(table, dee).pk,
        shown_name="Cy",
        phone="020 7946 0000",
        words="Evenings.",
        channel="PHONE",
        on=make.ON,
        by=dee,
        at=make.AT,
    )
    with pytest.raises(Refused, match="reason"):
        operations.not_now(reply_id=given.pk, reason=" ", by=dee, at=make.AT)
    operations.not_now(reply_id=given.pk, reason="We have enough evening people.", by=dee, at=make.AT)
    waiting = list(organisations.still_to_tell(here))
    assert [(telling.person, telling.tell_by) for telling in waiting] == [(given.person, "PHONE")]
    assert "We have enough evening people." in waiting[0].words
    assert not queries.is_seated(given.person, table)


def test_answer_is_given_once_and_never_by_the_person_themself(table, dee, here):
    given = answer(make.advert(table, dee), make.member("Asha", here))
    operations.ask_to(initiative=table, person=given.person, kind="CHAIR", on=make.ON, by=None, at=make.AT)
    assert permissions.why_not_answer(given, by=given.person).code == "own-reply"
    operations.not_now(reply_id=given.pk, reason="Full.", by=dee, at=make.AT)
    with pytest.raises(Refused, match="answered"):
        operations.welcome_reply(reply_id=given.pk, role="Reads letters with us", on=make.ON, by=dee, at=make.AT)
    assert not Seat.objects.filter(person=given.person).exists()


def test_own_answer_can_be_taken_back_until_it_is_answered(table, dee, here):
    asha = make.member("Asha", here)
    given = answer(make.advert(table, dee), asha)
    with pytest.raises(Refused, match="not-yours"):
        operations.withdraw(reply_id=given.pk, by=dee, at=make.AT)
    operations.withdraw(reply_id=given.pk, by=asha, at=make.AT)
    assert queries.today(asha, make.ON) == []
    with pytest.raises(Refused, match="answered"):
        operations.not_now(reply_id=given.pk, reason="Full.", by=dee, at=make.AT)


def test_answers_are_read_only_by_who_leads(table, dee, here, client):
    advert, asha, bo = make.advert(table, dee), make.member("Asha", here), make.member("Bo", here)
    answer(advert, asha, words="My own reason, not for all.")
    make.seat(table, bo)
    for who in (None, asha, bo):
        client.logout()
        if who:
            make.signs_in(client, who)
        assert client.get(url("replies", advert)).status_code in {302, 404}
        page = client.get(url("advert", advert)).content.decode()
        assert "My own reason, not for all." not in page
    make.signs_in(client, dee)
    assert "My own reason, not for all." in client.get(url("replies", advert)).content.decode()


def test_leads_page_says_how_many_wait_and_by_when(table, dee, here):
    advert = make.advert(table, dee)
    for name in ("Asha", "Bo"):
        answer(advert, make.member(name, here))
    lines = queries.today(dee, make.ON)
    assert [(line.kind, line.words, line.by) for line in lines] == [
        ("needs", "2 people wait for your answer: Read letters with us", make.ON + timedelta(days=14))
    ]


def test_erased_person_takes_their_words_with_them(table, dee, here):
    asha = make.member("Asha", here)
    given = answer(make.advert(table, dee), asha, words="About my life.")
    people.erase(person_id=asha.pk, by=asha, at=make.AT, also=[operations.erase_words])
    given.refresh_from_db()
    assert (given.words, given.state) == ("", ReplyState.WITHDRAWN)


def test_lists_ask_as_much_for_three_rows_as_for_one(table, dee, here, client, queries_of):
    make.signs_in(client, dee)
    advert = make.advert(table, dee)
    for number in range(3):
        other = make.opened(here, dee, f"Table {number}")
        make.advert(other, dee)
        answer(advert, make.member(f"Asha {number}", here))
        if number in {0, 2}:
            counts = {
                "adverts": queries_of(lambda: client.get(reverse("initiatives:adverts"))),
                "replies": queries_of(lambda: client.get(url("replies", advert))),
                "today": queries_of(lambda: queries.today(dee, make.ON)),
            }
            assert counts == {"adverts": 4, "replies": 5, "today": 5}


def test_days_of_an_answer_and_of_leaving_are_those_on_the_wall_of_the_organisation(here, dee, table):
    here.zone = "Pacific/Auckland"
    here.save(update_fields=["zone"])
    asha, late = make.person("Asha"), datetime(2026, 11, 30, 12, 0, tzinfo=UTC)  # 1 December in Auckland
    given = operations.reply(advert_id=make.advert(table, dee).pk, person=asha, words="Yes.", on=make.ON, at=late)
    thread = queries.reply_thread(queries.replies_of(asha).get())
    assert [step.by for step in thread.steps[:2]] == [date(2026, 12, 1), date(2026, 12, 15)]
    assert [line.by for line in queries.today(asha, date(2026, 12, 1))] == [date(2026, 12, 15)]
    assert date(2026, 12, 15) in [line.by for line in queries.today(dee, date(2026, 12, 1))]
    operations.welcome_reply(reply_id=given.pk, role="Knows the ward from inside", on=make.ON, by=dee, at=late)
    operations.erase_words(person=asha, at=late)
    assert Seat.objects.get(person=asha).left_on == date(2026, 12, 1)
