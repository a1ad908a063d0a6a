"""What a bid may say, who may say it, how it goes on, and that everybody who helped is thanked and told once."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alongside.bids import operations, permissions, policies, queries
from alongside.bids.models import Bid, BidHelper, BidReuse, BidText
from alongside.bids.states import BidState, HelpState
from alongside.bids.tests import factories
from alongside.bids.tests.factories import AT, DUE, ON
from alongside.people import operations as people
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def code(refusal):
    return refusal and refusal.code


def stopped(do, **said):
    with pytest.raises(Refused) as stop:
        do(**said)
    return stop.value.refusal.code


def journal():
    return list(JournalLine.objects.filter(what__startswith="bids").order_by("pk").values_list("what", flat=True))


def facts():
    return [line.facts for line in JournalLine.objects.filter(what__startswith="bids")]


# --- what it says ---


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None),
        ({"chance": None, "chance_from": ""}, None),
        ({"chance_from": " "}, "chance"),
        ({"chance": 0, "chance_from": ""}, "chance"),
        ({"fund_line": None}, "pay"),
        ({"unpaid": True, "confirmed_unpaid": True}, "pay"),
        ({"fund_line": None, "unpaid": True}, "confirm-unpaid"),
        ({"fund_line": None, "unpaid": True, "confirmed_unpaid": True}, None),
    ],
)
def test_a_bid_says_its_chance_and_its_pay_or_is_not_begun(more, expected):
    them = factories.cast()
    if expected is None:
        assert factories.bid(them, **more).state == BidState.WRITING
        return
    with pytest.raises(Refused) as stop:
        factories.bid(them, **more)
    assert stop.value.refusal.code == expected
    assert (Bid.objects.count(), BidText.objects.count(), journal()) == (0, 0, [])


def test_money_of_another_organisation_pays_for_nothing():
    them = factories.cast()
    them.line.fund.organisation_id = 0
    with pytest.raises(Refused) as stop:
        factories.bid(them)
    assert stop.value.refusal.code == "fund"


@pytest.mark.parametrize(
    ("chance", "words"),
    [(12, "About 12 in 100 (their report)."), (0, "About 0 in 100 ("), (None, "Nobody knows.")],
)
def test_the_chance_is_said_with_where_it_is_from(chance, words):
    text = BidText(chance=chance, chance_from="" if chance is None else "their report")
    assert policies.chance_words(text).startswith(words)


def test_that_it_is_not_paid_is_said_plainly():
    assert "not paid" in policies.pay_words(BidText(unpaid=True))
    assert "An offer says how much" in policies.pay_words(BidText(unpaid=False))


def test_what_is_hard_to_read_is_pointed_out():
    text = "The ICB wants co-production. The National Health Service (NHS) pays. " + "word " * 26 + "end. Short."
    assert policies.letters_of(text) == ["ICB"]
    assert policies.long_sentences(text) == 1
    assert [term.words for term in policies.words_of(text)] == ["Co-production"]
    assert policies.words_of("A kitchen.") == []


# --- who writes, and in what order ---


@pytest.mark.parametrize(
    ("who", "expected"), [("lea", None), ("asha", "not-asked"), ("cy", "not-asked"), ("eli", "not-asked")]
)
def test_only_who_leads_writes_sends_answers_and_thanks(who, expected):
    them = factories.cast()
    bid = factories.answered(them, helpers=[them.bo])
    by = getattr(them, who)
    text = queries.text_of(bid)
    assert code(permissions.why_not_lead(them.initiative, by=by)) == expected
    assert code(permissions.why_not_thank(bid, by=by, unthanked=[1])) == expected
    assert code(permissions.why_not_reuse(bid, by=by)) == expected
    assert code(permissions.why_not_change(bid, by=by, seen=1)) == (expected or "state")
    assert code(permissions.why_not_send(text, by=by, understood=True)) == (expected or "state")
    assert code(permissions.why_not_propose(bid, them.asha, by=by, row=None)) == expected


@pytest.mark.parametrize("state", BidState)
@pytest.mark.parametrize("to", BidState)
def test_a_bid_goes_only_forward(state, to):
    them = factories.cast()
    bid = Bid(initiative=them.initiative, state=state)
    may = (state, to) in {
        ("WRITING", "SENT"), ("WRITING", "BACK"), ("SENT", "YES"), ("SENT", "NO"), ("SENT", "BACK"),
    }  # fmt: skip
    assert code(permissions.why_not_move(bid, by=them.lea, to=to)) == (None if may else "state")


@pytest.mark.parametrize(
    ("plan", "understood", "expected"),
    [("", True, "reuse"), ("  ", True, "reuse"), ("A plan", False, "not-read"), ("A plan", True, None)],
)
def test_nothing_is_sent_without_a_plan_after_a_no_and_a_reader_from_outside(plan, understood, expected):
    them = factories.cast()
    bid = factories.bid(them, reuse_plan=plan)
    refusal = permissions.why_not_send(queries.text_of(bid), by=them.lea, understood=understood)
    assert code(refusal) == expected
    if expected:
        assert stopped(operations.send, bid_id=bid.pk, understood=understood, by=them.lea, at=AT) == expected
        assert Bid.objects.get().state == BidState.WRITING


def test_whose_turn_it_is_is_said_in_every_state():
    them = factories.cast()
    bid = factories.bid(them)
    text = queries.text_of(bid)

    def turn(state, unthanked=0):
        text.bid.state = state
        step = policies.next_step(text, unthanked=unthanked)
        return step.whose, step.by

    assert turn(BidState.WRITING) == ("Who leads", DUE)
    assert turn(BidState.SENT) == ("Sea Fund", None)
    assert turn(BidState.NO, 1) == ("Who leads", None)
    assert turn(BidState.NO) == turn(BidState.BACK) == turn(BidState.YES) == ("nobody", None)


# --- nobody's words are lost ---


def test_who_writes_at_an_old_version_is_told_and_every_version_stays():
    them = factories.cast()
    bid = factories.bid(them)
    said = factories.said(them)
    operations.change(bid_id=bid.pk, seen=1, by=them.lea, at=AT, **said | {"what_for": "Two kitchens."})
    late = said | {"what_for": "Mine."}
    assert stopped(operations.change, bid_id=bid.pk, seen=1, by=them.lea, at=AT, **late) == "changed"
    text = queries.bids_of(them.initiative).get()
    assert (text.version, text.what_for) == (2, "Two kitchens.")
    assert [old.what_for for old in queries.earlier(text)] == ["A kitchen that we run together."]
    assert journal() == ["bids.bid.begun", "bids.bid.changed"]


@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id"])
@pytest.mark.parametrize("table", ["bid_text", "bid_reuse"])
def test_the_database_refuses_to_change_what_was_said(table, change):
    them = factories.cast()
    bid = factories.answered(them)
    operations.used_again(bid_id=bid.pk, words="Page 2", by=them.lea, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.parametrize(
    "wrong", [{"chance_from": ""}, {"chance": 101}, {"unpaid": True}, {"fund_line": None}, {"pence": 0}, {"version": 1}]
)
def test_the_database_refuses_a_text_that_cannot_be(wrong):
    them = factories.cast()
    bid = factories.bid(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        BidText.objects.create(bid=bid, at=AT, **factories.said(them) | {"version": 2} | wrong)


def test_the_database_refuses_an_answer_without_its_time():
    bid = factories.bid(factories.cast())
    for state in ("SENT", "YES", "BACK"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bid.objects.filter(pk=bid.pk).update(state=state)


# --- who helps ---


@pytest.mark.parametrize(
    ("who", "expected"), [("asha", None), ("lea", None), ("cy", "not-at-the-table"), ("eli", "not-at-the-table")]
)
def test_people_at_the_table_say_themselves_that_they_help(who, expected):
    them = factories.cast()
    bid, by = factories.bid(them), getattr(them, who)
    if expected:
        assert stopped(operations.say_help, bid_id=bid.pk, state="YES", by=by, at=AT) == expected
        assert BidHelper.objects.count() == 0
        return
    operations.say_help(bid_id=bid.pk, state="YES", thanks="A cake", by=by, at=AT)
    assert [row.person for row in queries.helpers_of(bid)] == [by]
    operations.say_help(bid_id=bid.pk, state="NO", by=by, at=AT)
    assert (list(queries.helpers_of(bid)), BidHelper.objects.get().thanks) == ([], "")


def test_who_is_asked_is_asked_once_and_on_today_until_they_answer():
    them = factories.cast()
    bid = factories.bid(them)
    assert [person.shown_name for person in queries.may_be_asked(bid)] == ["Asha", "Bo", "Lea"]
    operations.propose(bid_id=bid.pk, person=them.asha, by=them.lea, at=AT)
    assert stopped(operations.propose, bid_id=bid.pk, person=them.asha, by=them.lea, at=AT) == "asked"
    assert stopped(operations.propose, bid_id=bid.pk, person=them.cy, by=them.lea, at=AT) == "not-here"
    assert [person.shown_name for person in queries.may_be_asked(bid)] == ["Bo", "Lea"]
    assert [line.words for line in queries.today(them.asha, ON)] == ["Do you help to ask Sea Fund for money?"]
    told = ToTell.objects.get(person=them.asha, about__startswith="bid_helper:")
    assert (told.words, told.url) == (
        "Lea asks whether you help, or helped, to ask Sea Fund for money. You are named only after your own yes.",
        reverse("bids:help", args=[bid.pk]),
    )
    operations.say_help(bid_id=bid.pk, state="NO", by=them.asha, at=AT)
    assert queries.today(them.asha, ON) == []
    assert journal()[1:] == ["bids.helper.asked", "bids.helper.answered"]


def test_nobody_says_yes_with_the_help_of_who_leads():
    them = factories.cast()
    bid = factories.bid(them)
    them.asha.helped_by = them.lea
    assert code(permissions.why_not_help(bid, None, by=them.asha, state="YES")) == "helper-decides"
    them.asha.helped_by = them.bo
    assert permissions.why_not_help(bid, None, by=them.asha, state="YES") is None


def test_somebody_without_a_record_helps_nobody():
    bid = factories.bid(factories.cast())
    assert code(permissions.why_not_help(bid, None, by=None, state="YES")) == "nobody"


# --- thanked and told ---


def test_everybody_who_helped_is_thanked_and_told_the_answer_once():
    them = factories.cast()
    bid = factories.answered(them, helpers=[them.asha])
    operations.propose(bid_id=bid.pk, person=them.bo, by=them.lea, at=AT)
    operations.thank(bid_id=bid.pk, words="Thank you.", by=them.lea, at=AT)
    told = ToTell.objects.get(about=f"bid:{bid.pk}")
    assert told.person == them.asha
    assert told.words == "Sea Fund said no to the bid that you helped with. Thank you. Lea"
    assert stopped(operations.thank, bid_id=bid.pk, words="Again", by=them.lea, at=AT) == "done"
    operations.say_help(bid_id=bid.pk, state="YES", by=them.bo, at=AT)
    operations.thank(bid_id=bid.pk, words="And you.", by=them.lea, at=AT)
    assert sorted(ToTell.objects.filter(about=f"bid:{bid.pk}").values_list("person__shown_name", flat=True)) == [
        "Asha",
        "Bo",
    ]
    assert [line.get("people") for line in facts() if "people" in line] == [1, 1]


def test_nobody_is_thanked_before_there_is_an_answer():
    them = factories.cast()
    bid = factories.sent(them)
    operations.say_help(bid_id=bid.pk, state="YES", by=them.asha, at=AT)
    assert stopped(operations.thank, bid_id=bid.pk, words="Thanks", by=them.lea, at=AT) == "state"
    assert ToTell.objects.filter(about__startswith="bid:").count() == 0


def test_thanks_that_were_given_are_not_taken_back():
    them = factories.cast()
    bid = factories.answered(them, helpers=[them.asha])
    operations.thank(bid_id=bid.pk, words="Thank you.", by=them.lea, at=AT)
    assert stopped(operations.say_help, bid_id=bid.pk, state="NO", by=them.asha, at=AT) == "state"


@pytest.mark.parametrize("state", ["YES", "NO", "BACK"])
def test_who_leads_is_reminded_until_everybody_was_thanked(state):
    them = factories.cast()
    bid = factories.answered(them, state=state, helpers=[them.asha])
    (line,) = queries.today(them.lea, ON)
    assert line.words == "Thank who helped with the bid to Sea Fund, and tell them the answer"
    assert queries.today(them.asha, ON) == queries.today(them.eli, ON) == queries.today(None, ON) == []
    operations.thank(bid_id=bid.pk, words="Thank you.", by=them.lea, at=AT)
    assert queries.today(them.lea, ON) == []


def test_today_is_one_query_and_names_the_day_to_send(django_assert_num_queries):
    them = factories.cast()
    factories.answered(them, helpers=[them.asha])
    factories.bid(them, funder="Hill Fund")
    factories.sent(them, funder="Wood Fund")
    with django_assert_num_queries(1):
        lines = queries.today(them.lea, ON)
    assert [(line.words[:20], line.by) for line in lines] == [
        ("Thank who helped wit", None), ("Finish the bid to Hi", DUE),
    ]  # fmt: skip


# --- used again, one's record, erasure ---


def test_where_it_was_used_again_is_written_after_it_was_sent():
    them = factories.cast()
    bid = factories.bid(them)
    assert stopped(operations.used_again, bid_id=bid.pk, words="A", by=them.lea, at=AT) == "state"
    operations.send(bid_id=bid.pk, understood=True, by=them.lea, at=AT)
    operations.used_again(bid_id=bid.pk, words="Page 2", by=them.lea, at=AT)
    assert [row.words for row in queries.reuses_of(bid)] == ["Page 2"]
    assert BidReuse.objects.count() == 1


def test_the_journal_holds_no_words_of_anybody():
    them = factories.cast()
    bid = factories.answered(them, helpers=[them.asha])
    operations.thank(bid_id=bid.pk, words="Thank you.", by=them.lea, at=AT)
    said = str(facts())
    for words in ("Sea Fund", "kitchen", "Too many", "Thank"):
        assert words not in said
    assert len(journal()) == 5


def test_erasing_takes_the_wish_and_the_name_and_keeps_the_bid():
    them = factories.cast()
    bid = factories.bid(them)
    operations.say_help(bid_id=bid.pk, state="YES", thanks="A cake", by=them.asha, at=AT)
    own = queries.about_me(them.asha)["bids for money that you helped with, or were asked about"]
    assert (own[0]["answer"], own[0]["how to be thanked"]) == ("Helps", "A cake")
    operations.erase_words(person=them.asha, at=AT)
    row = BidHelper.objects.get()
    assert (row.state, row.thanks) == (HelpState.NO, "")
    assert list(queries.helpers_of(bid)) == []
    assert BidText.objects.count() == 1


def test_who_has_no_mail_waits_on_the_list_to_be_told():
    them = factories.cast()
    people.choose_telling(person_id=them.asha.pk, tell_by="PHONE", quiet=False, by=them.asha, at=AT)
    them.asha.refresh_from_db()
    bid = factories.answered(them, helpers=[them.asha])
    operations.thank(bid_id=bid.pk, words="Thank you.", by=them.lea, at=AT)
    assert ToTell.objects.get(about=f"bid:{bid.pk}").told_at is None
