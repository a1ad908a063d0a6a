import pytest
from django.core import mail

from alongside.people import operations, queries
from alongside.people.models import ToTell
from alongside.people.states import PersonState, TellBy
from alongside.people.tests.factories import AT, LATER, as_guest, person
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def tell(to, about="decision:12", words="We decided on tea.", **more):
    return operations.tell(to=to, about=about, words=words, at=AT, **more)


@pytest.mark.parametrize(
    ("more", "channel", "told", "mails"),
    [
        ({"mail": "asha@example.org"}, TellBy.MAIL, True, 1),
        ({"phone": "01632 960 123"}, TellBy.PHONE, False, 0),
        ({"tell_by": "LETTER"}, TellBy.LETTER, False, 0),
        ({}, TellBy.NONE, True, 0),
        ({"tell_by": "MAIL"}, TellBy.NONE, True, 0),  # no address: it waits on the page
    ],
)
def test_each_is_told_by_the_way_they_chose(more, channel, told, mails, django_capture_on_commit_callbacks):
    asha = person("Asha", **more)
    with django_capture_on_commit_callbacks(execute=True):
        assert tell(asha) == channel
    assert (bool(ToTell.objects.get().told_at), len(mail.outbox)) == (told, mails)
    assert list(queries.told_to(asha)) == list(ToTell.objects.all())


def test_telling_twice_tells_once(django_capture_on_commit_callbacks):
    asha = person("Asha", mail="asha@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        tell(asha)
        tell(asha, words="Other words.")
    assert ([telling.words for telling in queries.told_to(asha)], len(mail.outbox)) == (["We decided on tea."], 1)


def test_quiet_sends_nothing(django_capture_on_commit_callbacks):
    asha = person("Asha", mail="asha@example.org")
    operations.choose_telling(person_id=asha.pk, tell_by="MAIL", quiet=True, by=asha, at=AT)
    asha.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        assert tell(asha) == TellBy.NONE
    assert mail.outbox == []


def test_mail_shows_nothing_on_a_locked_phone(django_capture_on_commit_callbacks, settings):
    settings.SITE_ADDRESS = "https://our.example"
    with django_capture_on_commit_callbacks(execute=True):
        tell(person("Asha", mail="asha@example.org"), words="Your words on the ward were heard.", url="/decisions/3/")
    message = mail.outbox[0]
    assert message.subject == "There is something new for you"
    assert "ward" not in message.body[:100]
    assert "https://our.example/decisions/3/" in message.body
    assert "Asha" not in message.body


def test_mail_that_fails_stops_nothing(django_capture_on_commit_callbacks, settings, caplog):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                                    "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1}}}  # fmt: skip
    asha = person("Asha", mail="asha@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        tell(asha)
    assert "We decided on tea." in as_guest(asha).get("/me/told/").text
    assert "asha@example.org" not in caplog.text


def test_erased_people_are_told_nothing():
    asha = person("Asha", mail="asha@example.org")
    operations.erase(person_id=asha.pk, by=asha, at=AT)
    asha.refresh_from_db()
    assert (tell(asha), ToTell.objects.count()) == (TellBy.NONE, 0)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("told", "told"), ("yourself", "yourself"), ("away", "away"), ("nobody", "nobody"), ("fine", None)],
)
def test_who_may_say_that_somebody_was_told(kind, code):
    asha, dee = person("Asha", phone="1"), person("Dee")
    tell(asha)
    telling = ToTell.objects.get()
    by = {"yourself": asha, "nobody": None}.get(kind, dee)
    if kind == "told":
        operations.mark_told(telling_id=telling.pk, by=dee, at=AT)
    if kind == "away":
        operations.move(person_id=dee.pk, to=PersonState.PAUSED, by=dee, at=AT)
        dee.refresh_from_db()
    before = (list(ToTell.objects.values()), JournalLine.objects.count())
    if code is None:
        telling = operations.mark_told(telling_id=telling.pk, by=by, at=LATER)
        assert (telling.told_by, telling.told_at) == (dee, LATER)
        assert list(queries.still_to_tell([asha.pk], dee)) == []
        assert JournalLine.objects.count() == before[1] + 1
        return
    with pytest.raises(Refused) as stop:
        operations.mark_told(telling_id=telling.pk, by=by, at=LATER)
    assert stop.value.refusal.code == code
    assert (list(ToTell.objects.values()), JournalLine.objects.count()) == before


def test_lists_hold_phone_and_letter_only_oldest_first():
    asha, bo = person("Asha", phone="1"), person("Bo", tell_by="LETTER")
    cy = person("Cy", mail="cy@example.org")
    for number, who in enumerate((bo, asha, cy)):
        tell(who, about=f"tests:{number}")
    tell(person("Eli", phone="2"), words="SECRET")
    assert [telling.person for telling in queries.still_to_tell([asha.pk, bo.pk, cy.pk], None)] == [bo, asha]


def test_list_of_what_i_was_told_costs_the_same_for_one_and_three(queries_of):
    asha = person("Asha", phone="1")
    client = as_guest(asha)
    counts = []
    for number in range(3):
        tell(asha, about=f"tests:{number}")
        counts.append(queries_of(lambda: client.get("/me/told/")))
    assert counts == [3, 3, 3]
    assert "Somebody will tell you by phone call or text" in client.get("/me/told/").text


def test_many_people_are_reached_in_one_query(queries_of):
    crowd = [person(f"P{number}", phone=str(number), mail=f"P{number}@example.org") for number in range(3)]
    pks = [who.pk for who in crowd]
    operations.keep_contact(person_id=pks[0], kind="PHONE", value="", safe="", by=crowd[0], at=AT)
    assert queries_of(lambda: queries.ways_to_reach(pks)) == 1
    assert set(queries.ways_to_reach(pks)[pks[0]]) == {"MAIL"}
    assert queries.mails_of(pks) == {"p0@example.org", "p1@example.org", "p2@example.org"}
