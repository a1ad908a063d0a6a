"""A decision: what may be chosen, who decides, why, and that it is not done until its authors are told."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.decisions import operations, permissions, queries
from alongside.decisions.models import Basis, Decision, Option, View
from alongside.decisions.states import NEXT, DecisionState, Way
from alongside.decisions.tests import factories
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.people.states import TellBy
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from tests.world import AT, ON, World

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
def said(scene, author, chair):
    return factories.statement(scene.initiative, author, chair=chair, at=AT)


@pytest.fixture
def asked(scene, chair, said):
    """An open question that answers the author's statement."""
    return factories.question(scene.initiative, by=chair, at=AT, statements=[said])


def wants(person, tell_by):
    person.tell_by = tell_by
    person.save(update_fields=["tell_by"])


def lines(what):
    return JournalLine.objects.filter(what=what).count()


def test_every_state_has_its_moves():
    assert set(NEXT) == set(DecisionState)


def test_question_needs_a_choice(scene, author):
    with pytest.raises(Refused, match="no-choice"):
        operations.open_question(
            initiative=scene.initiative, question="Yes?", options=[("Yes", "It goes on.")], way=Way.VOTE,
            who_decides="All", by=author, at=AT,
        )  # fmt: skip
    assert (Decision.objects.count(), Option.objects.count(), lines("decisions.decision.opened")) == (0, 0, 0)


def test_statement_of_another_table_is_left_out(world, scene, author):
    far = world.scenes["foreign"]
    theirs = factories.statement(far.initiative, far.people["author"], chair=far.people["facilitator"], at=AT)
    factories.question(scene.initiative, by=author, at=AT, statements=[theirs])
    assert not Basis.objects.exists()


@pytest.mark.parametrize(
    ("role", "code"),
    [("facilitator", None), ("recorder", None), ("lead", None), ("author", "not-asked"), ("payer", "not-asked")],
)
def test_who_may_write_down_what_was_decided(scene, asked, role, code):
    refusal = permissions.why_not_decide(asked, by=scene.people[role])
    assert (refusal and refusal.code) == code


def test_author_is_told_by_mail_with_a_neutral_subject(asked, author, chair, django_capture_on_commit_callbacks):
    wants(author, TellBy.MAIL)
    with django_capture_on_commit_callbacks(execute=True):
        factories.decided(asked, owner=chair, by=chair, at=AT)
    assert [(m.to, m.subject) for m in mail.outbox] == [(["ownauthor@example.org"], "There is something new for you")]
    assert "Most people asked for a voice." in mail.outbox[0].body


def test_decision_is_not_done_while_an_author_waits_for_a_call(asked, author, chair):
    people.keep_contact(person_id=author.pk, kind="PHONE", value="07700 900123", safe="", by=author, at=AT)
    wants(author, TellBy.PHONE)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    with pytest.raises(Refused, match="not-told"):
        operations.finish(decision_id=asked.pk, by=chair, at=AT)
    asked.refresh_from_db()
    assert (asked.state, lines("decisions.decision.told")) == (DecisionState.DECIDED, 0)
    people.mark_told(telling_id=ToTell.objects.get(person=author, about=f"decision:{asked.pk}").pk, by=chair, at=AT)
    operations.finish(decision_id=asked.pk, by=chair, at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.told_at) == (DecisionState.TOLD, AT)


def test_who_gave_a_view_is_told_too_and_each_once(world, asked, author, chair):
    option = queries.options_of(asked)[1]
    for person in (author, world.helped):
        operations.speak(decision_id=asked.pk, option_id=option.pk, harm=False, words="", by=person, at=AT)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    assert [each.person.shown_name for each in queries.tellings(asked)] == ["Helped", "ownauthor"]


def test_consent_stops_at_harm(scene, world, author, chair):
    asked = factories.question(scene.initiative, by=author, at=AT, way=Way.CONSENT)
    operations.speak(decision_id=asked.pk, option_id=None, harm=True, words="Lines close.", by=world.helped, at=AT)
    with pytest.raises(Refused, match="harm"):
        factories.decided(asked, owner=chair, by=chair, at=AT)
    operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="", by=world.helped, at=AT)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    assert lines("decisions.decision.decided") == 1


def test_a_vote_keeps_another_view_and_goes_on(world, asked, chair):
    operations.speak(decision_id=asked.pk, option_id=None, harm=True, words="Lines close.", by=world.helped, at=AT)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    assert View.objects.get().words == "Lines close."


def test_option_of_another_decision_is_refused(scene, asked, author, chair):
    other = factories.question(scene.initiative, by=author, at=AT)
    with pytest.raises(Refused, match="no-option"):
        operations.decide(
            decision_id=asked.pk, option_id=queries.options_of(other)[0].pk, reason="x", owner=chair,
            review_on=ON, by=chair, at=AT,
        )  # fmt: skip
    asked.refresh_from_db()
    assert asked.state == DecisionState.OPEN


def test_decided_twice_is_refused_and_told_once(asked, author, chair):
    factories.decided(asked, owner=chair, by=chair, at=AT)
    with pytest.raises(Refused, match="state"):
        factories.decided(asked, owner=chair, by=chair, at=AT)
    assert (lines("decisions.decision.decided"), ToTell.objects.filter(about=f"decision:{asked.pk}").count()) == (1, 1)


def test_overturned_from_above_is_written_down_and_told_again(asked, author, chair):
    factories.decided(asked, owner=chair, by=chair, at=AT)
    operations.overturn(decision_id=asked.pk, who="The board", reason="No money after March.", by=chair, at=AT)
    told = ToTell.objects.filter(person=author, about__startswith=f"decision:{asked.pk}").order_by("pk")
    assert [row.about for row in told] == [f"decision:{asked.pk}", f"decision:{asked.pk}:overturned"]
    assert "The board" in told[1].words


@pytest.mark.parametrize("role", ["member", "lead", "payer"])
def test_somebody_without_a_seat_gives_no_view(scene, asked, role):
    with pytest.raises(Refused, match="no-seat"):
        operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="x", by=scene.people[role], at=AT)
    assert not View.objects.exists()


def test_author_of_a_nameless_statement_is_not_named_among_who_is_told(world, asked, chair):
    factories.decided(asked, owner=chair, by=chair, at=AT)
    page = world.client("helper").get(reverse("decisions:decision", args=[asked.pk])).content.decode()
    assert "ownauthor" not in page
    assert "Their names are not shown." in page


def test_who_gave_a_view_reads_what_became_of_it(world, asked, chair):
    operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="Evenings.", by=world.helped, at=AT)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    assert [line.kind for line in queries.today(world.helped, ON)] == ["became"]
    page = world.client("helper").get(reverse("decisions:answer", args=[asked.pk])).content.decode()
    assert "Evenings." in page
    assert "Nobody rang me after I left." not in page


def test_view_keeps_its_channel(asked, author):
    author.channel = "PAPER"
    operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="", by=author, at=AT)
    assert View.objects.get().channel == "PAPER"


def test_today_asks_until_one_has_spoken_and_then_says_what_became_of_it(asked, author, chair):
    assert [line.kind for line in queries.today(author, ON)] == ["needs"]
    operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="", by=author, at=AT)
    assert queries.today(author, ON) == []
    factories.decided(asked, owner=chair, by=chair, at=AT)
    [line] = queries.today(author, ON)
    assert (line.kind, line.words) == ("became", f"You spoke about: {asked.question} We decided: A phone line")
    assert [step.words for step in line.thread.steps] == ["said", "talked about", "decided", "told"]


def test_review_day_reminds_its_owner_only(asked, author, chair):
    factories.decided(asked, owner=chair, by=chair, at=AT)
    operations.finish(decision_id=asked.pk, by=chair, at=AT)
    after = date(2027, 2, 1)
    assert [line.words[:18] for line in queries.today(chair, after)] == ["Time to look again"]
    assert [line.kind for line in queries.today(author, after)] == ["became"]


def test_thread_counts_who_has_been_told(asked, author, chair):
    people.keep_contact(person_id=author.pk, kind="PHONE", value="07700 900123", safe="", by=author, at=AT)
    wants(author, TellBy.PHONE)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    asked.refresh_from_db()
    assert queries.thread(asked, 0, 1).present.words == "told 0 of 1"


def test_author_reads_the_answer_and_a_stranger_does_not(world, asked, chair):
    factories.decided(asked, owner=chair, by=chair, at=AT)
    url = reverse("decisions:answer", args=[asked.pk])
    page = world.client("author").get(url).content.decode()
    assert "Nobody rang me after I left." in page
    assert world.client("helper").get(url).status_code == 404


@pytest.mark.parametrize(
    "kept",
    [
        {"state": "DECIDED"},
        {"state": "OVERTURNED", "overturned_at": AT},
        {"reason": "", "state": "TOLD"},
    ],
)
def test_database_refuses_half_a_decision(asked, kept):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=asked.pk).update(**kept)


def test_erasing_blanks_the_words_and_keeps_the_view(asked, author):
    option = queries.options_of(asked)[0]
    operations.speak(decision_id=asked.pk, option_id=option.pk, harm=False, words="My ward.", by=author, at=AT)
    operations.erase_words(person=author, at=AT)
    assert View.objects.values_list("words", "option").get() == ("", option.pk)


def test_figures_list_what_they_count(scene, asked, author, chair):
    factories.question(scene.initiative, by=author, at=AT)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    year = queries.figures(scene.organisation, date(2026, 1, 1), date(2027, 1, 1))
    assert year["decisions taken"] == year["decisions that answer something people said"] == [asked.pk]
    assert queries.figures(scene.organisation, date(2027, 1, 1), date(2028, 1, 1))["decisions taken"] == []


def test_my_record_holds_what_i_thought_and_what_answered_me(world, asked, author, chair):
    operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="Mine.", by=author, at=AT)
    operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="Theirs.", by=world.helped, at=AT)
    factories.decided(asked, owner=chair, by=chair, at=AT)
    record = queries.about_me(author)
    assert [row["words"] for row in record["what I thought of decisions"]] == ["Mine."]
    assert [row["outcome"] for row in record["decisions that answered me"]] == ["A phone line"]


def form_words(**more):
    return {
        "question": "Where?", "way": "VOTE", "who_decides": "All", "option-1": "Here", "meaning-1": "A walk.",
        "option-2": "There", "meaning-2": "A bus.",
    } | more  # fmt: skip


def test_second_press_opens_one_question(world, scene):
    client, url = world.client("author"), reverse("decisions:open_new", args=[scene.initiative.pk])
    token = client.get(url).context["form"]["once"].value()
    for _ in range(2):
        client.post(url, form_words(once=token))
    assert Decision.objects.count() == 1


def test_option_without_a_meaning_is_asked_for_and_words_are_kept(world, scene):
    url = reverse("decisions:open_new", args=[scene.initiative.pk])
    page = world.client("author").post(url, form_words(**{"meaning-2": "", "background": "Kept words"}))
    assert "Say what it would mean" in page.content.decode()
    assert "Kept words" in page.content.decode()
    assert not Decision.objects.exists()


def test_whole_way_through_the_pages(world, scene, author, said):
    client, chair = world.client("author"), world.client("facilitator")
    new = reverse("decisions:open_new", args=[scene.initiative.pk])
    token = client.get(new).context["form"]["once"].value()
    client.post(new, form_words(once=token, statement_ids=[said.pk]))
    made = Decision.objects.get()
    first, second = Option.objects.order_by("place")
    client.post(reverse("decisions:speak", args=[made.pk]), {"option_id": first.pk, "words": "Near my bus."})
    chair.post(
        reverse("decisions:decide", args=[made.pk]),
        {"option_id": second.pk, "reason": "More of us can come.", "owner": author.pk, "review_on": "1 May 2027"},
    )
    chair.post(reverse("decisions:finish", args=[made.pk]))
    made.refresh_from_db()
    assert (made.state, made.outcome, made.owner) == (DecisionState.TOLD, second, author)
    assert "More of us can come." in client.get(reverse("decisions:answer", args=[made.pk])).content.decode()


def test_decision_page_makes_the_same_number_of_queries_for_one_and_three(
    world, scene, asked, author, chair, queries_of
):
    client, url = world.client("author"), reverse("decisions:decision", args=[asked.pk])
    people_here = [author, chair, world.helped]
    counts = []
    for person in people_here:
        operations.speak(decision_id=asked.pk, option_id=None, harm=False, words="w", by=person, at=AT)
        counts.append(queries_of(lambda: client.get(url)))
    assert counts[0] == counts[2] == 8


def test_list_makes_the_same_number_of_queries_for_one_and_three(world, scene, asked, author, queries_of):
    client, url = world.client("author"), reverse("decisions:list", args=[scene.initiative.pk])
    one = queries_of(lambda: client.get(url))
    for _ in range(2):
        factories.question(scene.initiative, by=author, at=AT)
    assert (one, queries_of(lambda: client.get(url))) == (6, 6)
