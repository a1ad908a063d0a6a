"""What is on somebody's list and who reads it; who asks whom for a reference, and what becomes of it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.credit.models import Reference
from alongside.initiatives import operations as initiatives
from alongside.initiatives import queries as tables
from alongside.organisations import operations as organisations
from alongside.people.queries import GUEST_KEY
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.skills import operations, permissions, policies, queries
from alongside.skills.models import ReferenceRequest, Skill
from alongside.skills.states import NEXT, Kept, RequestState
from alongside.skills.tests import factories
from alongside.skills.tests.factories import AT, BY_ON, ON

pytestmark = pytest.mark.django_db
ONCE = "0123456789abcdef0123"


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


def at(name, *args):
    return reverse(f"skills:{name}", args=args)


def text(browser, url):
    return browser.get(url).content.decode()


def journal():
    return list(JournalLine.objects.filter(what__startswith="skills").order_by("pk").values_list("what", flat=True))


# --- what the records propose ---


def test_records_propose_minutes_duties_and_roles_in_words():
    them = factories.cast()
    assert queries.proposed(them.asha) == []
    factories.worked(them)
    said = {each.key: (each.words, each.known_from) for each in queries.proposed(them.asha)}
    assert said["log:LISTENING"] == ("Listening to somebody", "2 hours and 30 minutes that I wrote down")
    assert said["work"] == ("Doing work that was agreed, to the end", "2 hours of work in the record")
    assert said["duty:CHAIR"] == ("Chairing meetings", "I was asked to at 1 table")
    assert said["role:Asking and gathering"] == ("Asking and gathering", "I gave to: leaflet or booklet")
    assert queries.proposed(them.bo) == []


def test_no_proposal_says_why_somebody_is_involved_or_where():
    them = factories.cast()
    factories.worked(them)
    said = " ".join(f"{each.words} {each.known_from}" for each in queries.proposed(them.asha))
    for never in (
        "Reading it with what you know from life",
        "Carrying what is heavy",
        "Sleep well",
        "Leaving the ward",
    ):
        assert never not in said
    assert "Knows it" not in said


def test_a_proposal_whose_words_say_why_is_left_out(monkeypatch):
    them = factories.cast()
    factories.worked(them)
    monkeypatch.setitem(policies.DUTY_WORDS, "CHAIR", "Chairing as a patient")
    keys = [each.key for each in queries.proposed(them.asha)]
    assert "duty:CHAIR" not in keys
    assert "work" in keys


def test_a_duty_that_ended_is_proposed_too():
    them = factories.cast()
    factories.worked(them)
    (duty,) = [each for each in tables.duties_of(them.asha) if each.kind == "CHAIR"]
    initiatives.end_duty(duty_id=duty.pk, on=ON, by=them.asha, at=AT)
    assert "duty:CHAIR" in [each.key for each in queries.proposed(them.asha)]


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 minute"), (60, "1 hour"), (150, "2 hours and 30 minutes")])
def test_minutes_are_said_in_words(minutes, words):
    assert policies.hours(minutes) == words


# --- the list ---


def test_taken_is_on_the_list_left_is_not_proposed_again_and_each_once():
    them = factories.cast()
    factories.worked(them)
    acts = {"by": them.asha, "at": AT}
    for _ in range(2):
        operations.choose(key="work", take=True, **acts)
    operations.choose(key="duty:CHAIR", take=False, **acts)
    assert [skill.words for skill in queries.skills_of(them.asha)] == ["Doing work that was agreed, to the end"]
    assert {"work", "duty:CHAIR"} & {each.key for each in queries.proposed(them.asha)} == set()
    for key in ("work:other", ""):
        with pytest.raises(Refused) as stop:
            operations.choose(key=key, take=True, **acts)
        assert stop.value.refusal.code == "gone"
    assert Skill.objects.count() == 2
    assert journal()[-3:] == ["skills.skill.taken", "skills.skill.taken", "skills.skill.left"]


def test_own_words_that_say_why_need_a_say_so_of_ones_own():
    them = factories.cast()
    said = {"words": "Knowing the ward as a patient", "known_from": "", "by": them.asha}
    assert code(permissions.why_not_write(**said)) == "says-why"
    with pytest.raises(Refused):
        operations.write(**said, at=AT)
    assert Skill.objects.count() == 0
    assert operations.write(**said, at=AT, on_purpose=True).words == "Knowing the ward as a patient"
    assert code(permissions.why_not_write(" ", "", by=them.asha)) == "words"
    assert code(permissions.why_not_write("A" * 201, "", by=them.asha)) == "words"


def test_a_list_is_its_persons_alone(acts):
    them = factories.cast()
    skill = factories.skill(them.asha)
    for other in (them.bo, them.lea, them.eli):
        assert list(queries.skills_of(other)) == []
        assert "small print" not in text(acts(other), at("mine"))
        assert acts(other).post(at("take_away", skill.pk)).status_code == 404
        with pytest.raises(Refused) as stop:
            operations.take_away(skill_id=skill.pk, by=other, at=AT)
        assert stop.value.refusal.code == "not-yours"
    assert "small print" not in str(list(JournalLine.objects.values()))
    operations.take_away(skill_id=skill.pk, by=them.asha, at=AT)
    assert Skill.objects.values_list("words", "kept").get() == ("", Kept.LEFT)
    with pytest.raises(Refused):
        operations.take_away(skill_id=skill.pk, by=them.asha, at=AT)


def test_the_paper_carries_the_list_and_nothing_else(acts):
    them = factories.cast()
    factories.worked(them)
    factories.skill(them.asha)
    factories.skill(them.asha, "Baking", "")
    paper = queries.paper_of(them.asha, ON)
    assert paper["facts"] == [["Reading small print", "Years of letters"], ["Baking", "I say so myself"]]
    assert acts(them.asha).get(at("paper")).content.startswith(b"%PDF")
    factories.skill(them.asha, "\U0001f9ff\ue000")
    page = acts(them.asha).get(at("paper"), follow=True)
    assert page.redirect_chain[-1][0] == at("mine")


# --- asking for a reference ---


@pytest.mark.parametrize(
    ("by", "of", "expected"),
    [
        ("asha", "lea", None), ("asha", "bo", "not-leading"), ("asha", "asha", "not-leading"), ("eli", "lea", "no-seat"),
        ("dee", "lea", "no-seat"), ("lea", "lea", "not-leading"),
    ],
)  # fmt: skip
def test_who_sat_here_asks_who_leads_or_chairs_here(by, of, expected):
    them = factories.cast()
    person, asked = getattr(them, by), getattr(them, of)
    assert code(permissions.why_not_ask(them.initiative, asked, by=person)) == expected
    if expected:
        with pytest.raises(Refused):
            factories.ask(them, by=person, of=asked)
        assert ReferenceRequest.objects.count() == 0


def test_somebody_who_left_or_is_away_can_still_ask_and_nobody_asks_twice():
    them = factories.cast()
    (seat,) = tables.seats_of(them.asha)
    initiatives.leave(seat_id=seat.pk, on=ON + timedelta(days=1), by=them.asha, at=AT)
    factories.ask(them)
    with pytest.raises(Refused) as stop:
        factories.ask(them)
    assert stop.value.refusal.code == "asked"


@pytest.mark.parametrize("to", [RequestState.WRITTEN, RequestState.NO])
@pytest.mark.parametrize(("who", "why"), [("lea", None), ("asha", "not-yours"), ("bo", "not-yours")])
@pytest.mark.parametrize("state", RequestState.values)
def test_only_who_was_asked_answers_and_once(state, who, why, to):
    them = factories.cast()
    request = factories.ask(them)
    request.state = state
    expected = why or (None if to in NEXT[state] else "state")
    assert code(permissions.why_not_answer(request, to, by=getattr(them, who))) == expected


def test_a_reference_that_was_asked_for_is_read_first_by_whom_it_is_about():
    them = factories.cast()
    request = factories.ask(them)
    said = {"request_id": request.pk, "signed": "Lea", "at": AT}
    for words, by, expected in (("Good.", them.bo, "not-yours"), ("Good as a patient.", them.lea, "says-why")):
        with pytest.raises(Refused) as stop:
            operations.write_reference(words=words, by=by, **said)
        assert stop.value.refusal.code == expected
        assert (ReferenceRequest.objects.get().state, Reference.objects.count()) == ("ASKED", 0)
    written = operations.write_reference(words="Reads closely.", by=them.lea, **said)
    assert (written.state, written.reference.about, written.reference.state) == ("WRITTEN", them.asha, "SHOWN")
    assert journal() == ["skills.request.made", "skills.request.written"]


def lines(person, on=ON):
    return [(line.words, line.kind) for line in queries.today(person, on)]


def test_today_says_whose_turn_it_is_until_it_is_settled(django_assert_num_queries):
    them = factories.cast()
    request = factories.ask(them)
    with django_assert_num_queries(1):
        assert lines(them.lea) == [("Asha asks you for a reference", "needs")]
    assert lines(them.asha) == [("You asked Lea for a reference", "waits")]
    assert lines(them.bo) == lines(None) == []
    operations.say_no(request_id=request.pk, kindly="I know you too little.", by=them.lea, at=AT)
    assert lines(them.lea) == []
    assert lines(them.asha) == [("Lea cannot write your reference this time", "became")]
    assert lines(them.asha, ON + timedelta(days=40)) == []
    assert factories.ask(them).state == "ASKED"


def test_only_who_asked_takes_it_back_while_nobody_answered():
    them = factories.cast()
    request = factories.ask(them)
    for by in (them.lea, them.bo):
        assert code(permissions.why_not_take_back(request, by=by)) == "not-yours"
    operations.take_back(request_id=request.pk, by=them.asha, at=AT)
    with pytest.raises(Refused) as stop:
        operations.take_back(request_id=request.pk, by=them.asha, at=AT)
    assert stop.value.refusal.code == "state"
    assert lines(them.lea) == lines(them.asha) == []


def test_who_leads_the_whole_organisation_and_who_chairs_can_be_asked_once_each():
    them = factories.cast()
    initiatives.ask_to(initiative=them.initiative, person=them.bo, kind="CHAIR", on=ON, by=None, at=AT)
    organisations.ask_to(person=them.bo, kind="LEAD", organisation=them.organisation, on=ON, at=AT)
    assert queries.may_be_asked(them.initiative, them.asha) == [them.bo, them.lea]
    assert queries.may_be_asked(them.initiative, them.bo) == [them.lea]


# --- the pages ---


def test_from_asking_to_reading_by_presses(acts):
    them = factories.cast()
    browser = acts(them.asha)
    assert at("ask", them.initiative.pk) in text(browser, at("mine"))
    said = {"once": ONCE, "of": them.lea.pk, "purpose": "A <b>job", "by_on": "1 December 2026"}
    for _ in range(2):
        browser.post(at("ask", them.initiative.pk), said)
    request = ReferenceRequest.objects.get()
    assert "Asha asks you for a reference" in text(acts(them.lea), reverse("front:today"))
    page = text(acts(them.lea), at("request", request.pk))
    assert "A &lt;b&gt;job" in page
    assert "I cannot write it" in page
    for closed in (at("request", request.pk), at("write_reference", request.pk), at("say_no", request.pk)):
        assert acts(them.bo).get(closed).status_code == 404
    wrong = {"once": f"{ONCE}1", "words": "She came as a patient.", "signed": "Lea"}
    page = acts(them.lea).post(at("write_reference", request.pk), wrong).content.decode()
    assert "why they are involved" in page
    acts(them.lea).post(at("write_reference", request.pk), wrong | {"words": "Reads closely."})
    page = text(acts(them.asha), at("request", request.pk))
    assert reverse("credit:reference", args=[Reference.objects.get().pk]) in page
    assert "Take my ask back" not in page


def test_a_no_is_kind_and_the_person_reads_it(acts):
    them = factories.cast()
    request = factories.ask(them)
    acts(them.lea).post(at("say_no", request.pk), {"once": ONCE, "kindly": "I know you too little."})
    page = text(acts(them.asha), at("request", request.pk))
    assert "I know you too little." in page
    assert "Not this time" in page
    again = factories.ask(them)
    acts(them.asha).post(at("take_back", again.pk))
    assert "Taken back" in text(acts(them.asha), at("mine"))


def test_a_list_is_written_taken_and_left_by_presses(acts):
    them = factories.cast()
    browser = acts(them.asha)
    assert "Write the first line" in text(browser, at("mine"))
    factories.worked(them)
    said = {"once": ONCE, "words": "Talking as a patient", "known_from": ""}
    assert "it is your paper" in browser.post(at("write"), said).content.decode()
    for _ in range(2):
        browser.post(at("write"), said | {"on_purpose": "on"})
    browser.post(at("choose"), {"key": "work", "take": "1"})
    browser.post(at("choose"), {"key": "duty:CHAIR", "take": "0"})
    page = re.sub(r"\s+", " ", text(browser, at("mine")))
    assert page.count("Talking as a patient</b>") == page.count("Doing work that was agreed, to the end</b>") == 1
    assert "Chairing meetings" not in page
    assert Skill.objects.count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_reads_as_often_for_three_as_for_one(acts, count, django_assert_num_queries):
    them = factories.cast()
    factories.worked(them)
    for number in range(count):
        factories.skill(them.asha, f"Skill {number}")
        factories.ask(them, at=AT)
        operations.take_back(request_id=ReferenceRequest.objects.latest("pk").pk, by=them.asha, at=AT)
    browser = acts(them.asha)
    browser.get(at("mine"))
    with django_assert_num_queries(10):
        page = text(browser, at("mine"))
    assert (page.count("You asked Lea"), page.count("<b>Skill ")) == (count, count)


def test_a_table_where_one_never_sat_is_not_there(acts):
    them = factories.cast()
    assert acts(them.eli).get(at("ask", them.initiative.pk)).status_code == 404


# --- erasing, the own record, the database ---


def test_erasing_blanks_the_list_and_ends_what_waits():
    them = factories.cast()
    factories.worked(them)
    factories.skill(them.asha)
    operations.choose(key="work", take=True, by=them.asha, at=AT)
    kept = factories.skill(them.bo, "Bo bakes")
    first, second = factories.ask(them), factories.ask(them, by=them.bo)
    about = queries.about_me(them.asha)
    assert [row["words"] for row in about["what I can do"]] == [
        "Reading small print",
        "Doing work that was agreed, to the end",
    ]
    assert about["references that I asked for, or was asked for"][0]["what for"] == "A job in a library."
    operations.erase_words(person=them.asha, at=AT)
    assert list(Skill.objects.exclude(words="")) == [kept]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.purpose, first.state, second.state) == ("", "BACK", "ASKED")
    operations.erase_words(person=them.lea, at=AT)
    second.refresh_from_db()
    assert (second.purpose, second.state) == ("A job in a library.", "NO")


@pytest.mark.parametrize(
    "wrong",
    [
        {"of": "asha"}, {"state": RequestState.WRITTEN, "answered_at": AT}, {"state": RequestState.NO}, {"answered_at": AT},
    ],
)  # fmt: skip
def test_the_database_refuses_an_ask_that_cannot_be(wrong):
    them = factories.cast()
    said = {"person": them.asha, "of": them.lea, "by_on": BY_ON, "asked_at": AT, "initiative": them.initiative} | wrong
    said["of"] = them.asha if said["of"] == "asha" else said["of"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceRequest.objects.create(**said)


def test_the_database_refuses_two_open_asks_a_proposal_twice_and_words_of_what_is_left():
    them = factories.cast()
    factories.ask(them)
    again = {"person": them.asha, "of": them.lea, "by_on": BY_ON, "asked_at": AT, "initiative": them.initiative}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceRequest.objects.create(**again)
    Skill.objects.create(person=them.asha, record="work", words="A", made_at=AT)
    for wrong in ({"record": "work"}, {"kept": Kept.LEFT, "words": "A"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Skill.objects.create(person=them.asha, made_at=AT, **wrong)
