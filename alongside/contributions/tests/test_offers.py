"""What offers and answers do and keep."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.contributions import operations, policies, queries
from alongside.contributions.models import Offer
from alongside.contributions.states import Method, OfferState
from alongside.contributions.tests import factories
from alongside.contributions.tests.factories import AT, ON, PROMISED, later
from alongside.people.models import ToTell
from alongside.people.states import Channel
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def lines_of(obj):
    return list(
        JournalLine.objects.filter(subject=f"{obj._meta.model_name}:{obj.pk}")
        .order_by("pk")
        .values_list("what", flat=True)
    )


def test_offer_says_the_pay_before_the_work():
    them = factories.cast()
    offer = factories.offer(them, costs_pence=400, costs_words="The bus", approver=them.dee)
    assert (offer.pay_pence, offer.costs_pence, offer.pence) == (5500, 400, 5900)
    assert offer.rate_words == "Taking part: 2 started hours at £27.50."
    assert (offer.promised_on, offer.approver_words, offer.ask_words) == (PROMISED, "Dee", "Lea")
    assert (offer.state, offer.method, offer.accepted_pence, offer.unpaid) == (OfferState.MADE, "", None, False)
    assert lines_of(offer) == ["contributions.offer.made"]


def test_person_is_told_once_without_the_sum():
    them = factories.cast()
    offer = factories.offer(them)
    told = ToTell.objects.get(person=them.asha)
    assert told.about == f"offer:{offer.pk}"
    assert "55" not in told.words
    assert "leaflet" not in told.words


def test_an_unpaid_ask_is_confirmed_and_reaches_who_said_so():
    them = factories.cast()
    them.asha.ask_unpaid = True
    them.asha.save(update_fields=["ask_unpaid"])
    offer = factories.offer(them, line=None, confirmed_unpaid=True)
    assert (offer.pence, offer.unpaid, offer.rate_words) == (0, True, "There is no money for this work.")
    said = operations.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, by=them.asha, at=AT)
    assert (said.accepted_pence, said.method) == (0, Method.NONE)
    assert [step.words for step in queries.thread_of(said, viewer=them.asha, on=ON).steps] == [
        "offered",
        "yes",
        "to do",
    ]


ANSWERS = [
    ({"state": OfferState.ACCEPTED, "method": "BANK"}, (5500, "BANK", "", "")),
    ({"state": OfferState.ACCEPTED, "method": "VOUCHER", "shop": "Corner shop"}, (5500, "VOUCHER", "Corner shop", "")),
    ({"state": OfferState.PART, "method": "CASH", "pence": 2000}, (2000, "CASH", "", "")),
    ({"state": OfferState.PART, "pence": 0, "reason": "My own."}, (0, "NONE", "", "")),
    ({"state": OfferState.GIVEN, "given_to": "The food bank"}, (5500, "GIFT", "", "The food bank")),
    ({"state": OfferState.LATER, "later_on": date(2026, 12, 1)}, (None, "", "", "")),
    ({"state": OfferState.DECLINED, "reason": "My own."}, (None, "", "", "")),
]


@pytest.mark.parametrize(("said", "kept"), ANSWERS)
def test_every_answer_is_kept_as_it_was_given(said, kept):
    them = factories.cast()
    offer = operations.answer(offer_id=factories.offer(them).pk, by=them.asha, at=AT, **said)
    offer.refresh_from_db()
    assert (offer.accepted_pence, offer.method, offer.shop, offer.given_to) == kept
    assert offer.state == said["state"]
    assert offer.channel == Channel.SCREEN
    assert lines_of(offer) == ["contributions.offer.made", "contributions.offer.answered"]
    assert "My own" not in str(JournalLine.objects.order_by("pk").last().facts)


def test_every_answer_can_become_every_other_one():
    them = factories.cast()
    offer = factories.offer(them)
    for first, _ in ANSWERS:
        for second, kept in ANSWERS:
            operations.answer(offer_id=offer.pk, by=them.asha, at=AT, **first)
            said = operations.answer(offer_id=offer.pk, by=them.asha, at=AT, **second)
            assert (said.accepted_pence, said.method, said.shop, said.given_to) == kept


def test_answer_by_phone_counts_as_by_phone():
    them = factories.cast()
    offer = factories.offer(them)
    them.asha.channel = Channel.PHONE
    said = operations.answer(offer_id=offer.pk, by=them.asha, at=AT, state=OfferState.ACCEPTED, method="CASH")
    assert said.channel == Channel.PHONE
    done = operations.say_done(offer_id=offer.pk, on=ON, by=them.lea, at=AT)
    assert (done.done_channel, done.done_by) == (Channel.SCREEN, them.lea)


def test_the_promise_counts_from_the_day_of_the_work():
    them = factories.cast()
    offer = factories.accepted(them)
    done = operations.say_done(offer_id=offer.pk, on=date(2026, 11, 6), by=them.asha, at=later(20))
    assert (done.state, done.promised_on) == (OfferState.DONE, date(2026, 11, 20))
    back = operations.take_back_done(offer_id=offer.pk, by=them.lea, at=later(20))
    assert (back.state, back.done_on, back.promised_on) == (OfferState.ACCEPTED, None, PROMISED)
    assert lines_of(offer)[-2:] == ["contributions.work.done", "contributions.work.not_done"]


def test_work_that_is_offered_after_its_day_is_not_late_at_birth():
    them = factories.cast()
    july = date(2026, 7, 13)
    offer = factories.accepted(them, activity_on=july, confirmed_gone=True)
    assert offer.promised_on == PROMISED
    done = operations.say_done(offer_id=offer.pk, on=july, by=them.asha, at=later(3))
    assert (done.done_on, done.promised_on) == (july, PROMISED)
    assert operations.take_back_done(offer_id=offer.pk, by=them.lea, at=later(4)).promised_on == PROMISED


def test_work_of_a_day_that_is_gone_is_offered_only_by_who_says_that_they_know_it():
    them = factories.cast()
    with pytest.raises(Refused, match="is gone") as stop:
        factories.offer(them, activity_on=ON - timedelta(days=1))
    assert stop.value.refusal.code == "gone"
    assert factories.offer(them, activity_on=ON).state == OfferState.MADE


def test_work_that_came_early_is_said_by_who_leads():
    them = factories.cast()
    offer = factories.accepted(them, activity_on=date(2026, 11, 12))
    early = {"offer_id": offer.pk, "on": date(2026, 11, 6), "at": later(20)}
    with pytest.raises(Refused, match="Thursday 12 November 2026") as stop:
        operations.say_done(by=them.asha, **early)
    assert stop.value.refusal.code == "early"
    assert operations.say_done(by=them.lea, **early).done_on == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("said", "yes"),
    [(ANSWERS[0][0], OfferState.ACCEPTED), (ANSWERS[2][0], OfferState.PART), (ANSWERS[4][0], OfferState.GIVEN)],
)
def test_work_that_is_not_done_after_all_stays_the_same_yes(said, yes):
    them = factories.cast()
    offer = operations.answer(offer_id=factories.offer(them).pk, by=them.asha, at=AT, **said)
    operations.say_done(offer_id=offer.pk, on=ON, by=them.asha, at=AT)
    assert operations.take_back_done(offer_id=offer.pk, by=them.asha, at=AT).state == yes


def test_after_the_work_the_person_may_still_take_less():
    them = factories.cast()
    offer = factories.done(them)
    said = operations.answer(offer_id=offer.pk, by=them.asha, at=AT, state=OfferState.PART, pence=0)
    assert (said.state, said.accepted_pence, said.method, said.done_on) == (OfferState.DONE, 0, "NONE", ON)


def test_a_new_offer_replaces_and_the_old_one_stays_readable():
    them = factories.cast()
    old = factories.accepted(them)
    terms = {"task": "Longer", "activity_on": ON, "minutes": 180, "line": them.line}
    new = operations.replace_offer(offer_id=old.pk, by=them.lea, at=AT, **terms)
    old.refresh_from_db()
    assert (old.state, old.pence, old.task) == (OfferState.REPLACED, 5500, "Read the leaflet with us")
    assert (new.replaces_id, new.state, new.pence, new.to) == (old.pk, OfferState.MADE, 8250, them.asha)
    assert queries.replaced_by(old) == new
    with pytest.raises(Refused):
        operations.replace_offer(offer_id=old.pk, by=them.lea, at=AT, **terms)


def test_cash_today_is_done_with_the_yes():
    them = factories.cast()
    offer = operations.offer_cash_today(initiative=them.initiative, to=them.asha, pence=2000, by=them.lea, at=AT)
    assert (offer.promised_on, offer.activity_on, offer.same_day) == (ON, ON, True)
    said = operations.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="CASH", by=them.asha, at=AT)
    assert (said.state, said.done_on, said.done_by, said.promised_on) == (OfferState.DONE, ON, them.asha, ON)


def test_money_never_comes_before_the_day_the_person_chose():
    them = factories.cast()
    offer = factories.accepted(them)
    later_day = PROMISED + timedelta(days=20)
    said = operations.answer(
        offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", pay_from=later_day, by=them.asha, at=AT
    )
    assert queries.due_day(said) == later_day


# --- what the database itself refuses ---

WRONG = [
    {"accepted_pence": 5501},
    {"accepted_pence": None},
    {"accepted_pence": 0},
    {"method": ""},
    {"method": "NONE"},
    {"method": "VOUCHER", "shop": ""},
    {"state": OfferState.DONE},
    {"done_on": ON},
    {"money": "APPROVED"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_the_database_refuses_half_an_answer(wrong):
    offer = factories.accepted(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pence": 1, "pay_pence": 1},
        {"task": "Another"},
        {"minutes": 1},
        {"to": 2},
        {"rate_words": "x"},
        {"unpaid": True},
    ],
    ids=str,
)
def test_the_database_refuses_to_change_what_was_offered(wrong):
    them = factories.cast()
    offer = factories.offer(them)
    wrong = wrong | ({"to": them.bo} if "to" in wrong else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**wrong)


def test_the_database_refuses_to_remove_what_was_offered():
    factories.offer(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM offer")


def test_the_database_refuses_an_offer_that_does_not_add_up():
    them = factories.cast()
    fields = Offer.objects.filter(pk=factories.offer(them).pk).values().get()
    for wrong in ({"pence": 5501}, {"pay_pence": -1, "pence": -1}, {"unpaid": True}, {"made_by_id": them.asha.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.create(**fields | {"id": None} | wrong)


# --- threads, today, figures ---


def words(offer, them, on=ON):
    thread = queries.thread_of(offer, viewer=them.asha, on=on)
    return [(step.words, step.state, step.turn) for step in thread.steps]


def test_thread_names_the_present_step_and_whose_turn_it_is():
    them = factories.cast()
    offer = factories.offer(them)
    assert words(offer, them)[1] == ("answer", "now", "your turn")
    offer = operations.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="CASH", by=them.asha, at=AT)
    assert words(offer, them)[2] == ("to do", "now", "your turn")
    offer = operations.say_done(offer_id=offer.pk, on=ON, by=them.asha, at=AT)
    thread = queries.thread_of(offer, viewer=them.asha, on=ON)
    assert [step.words for step in thread.steps] == ["offered", "yes", "done", "to approve", "sent", "arrived"]
    assert (thread.present.words, thread.present.by, thread.present.late) == ("to approve", PROMISED, False)
    assert queries.thread_of(offer, viewer=them.asha, on=PROMISED + timedelta(days=1)).present.late
    assert queries.thread_of(offer, viewer=them.lea, on=ON).steps[1].whose == "Asha"


def test_thread_follows_the_money_and_says_why_it_waits():
    them = factories.cast()
    offer = factories.done(them)
    for money, present in (("APPROVED", "to send"), ("SENT", "to arrive"), ("ARRIVED", None)):
        settled = operations.settle(offer_id=offer.pk, money=money, at=AT, on=ON)
        now = queries.thread_of(settled, viewer=them.asha, on=ON).present
        assert (now.words if now else None) == present
    held = operations.settle(offer_id=offer.pk, money="HELD", at=AT, held_words="It opens on Monday.", held_by=them.dee)
    present = queries.thread_of(held, viewer=them.asha, on=ON).present
    assert (present.words, present.whose, held.held_words) == ("on hold", "Dee", "It opens on Monday.")


@pytest.mark.parametrize(
    ("state", "last"),
    [(OfferState.DECLINED, "declined with thanks"), (OfferState.LATER, "to be asked again later")],
)
def test_thread_of_a_no_is_an_ending_and_not_a_failure(state, last):
    them = factories.cast()
    offer = operations.answer(offer_id=factories.offer(them).pk, state=state, by=them.asha, at=AT)
    assert [step.words for step in queries.thread_of(offer, viewer=them.asha, on=ON).steps] == ["offered", last]


def test_today_shows_what_needs_the_person_what_waits_and_what_came():
    them = factories.cast()
    factories.offer(them, task="New")
    factories.accepted(them, task="Agreed")
    factories.done(them, task="Finished")
    came = factories.done(them, task="Came")
    operations.settle(offer_id=came.pk, money="ARRIVED", at=AT, on=ON)
    declined = factories.offer(them, task="Declined")
    operations.answer(offer_id=declined.pk, state=OfferState.DECLINED, by=them.asha, at=AT)
    lines = [(line.kind, line.words) for line in queries.today(them.asha, ON)]
    assert lines == [
        ("needs", "An offer to answer: New"),
        ("needs", "Is it done? Agreed"),
        ("waits", "Your money for: Finished"),
        ("became", "Your money for: Came"),
    ]
    assert queries.today(them.bo, ON) == []
    assert queries.today(None, ON) == []
    assert [line.words for line in queries.today(them.asha, ON + timedelta(days=15))][-1] != "Your money for: Came"


def test_later_comes_back_on_its_day():
    them = factories.cast()
    offer = factories.offer(them)
    operations.answer(offer_id=offer.pk, state=OfferState.LATER, later_on=date(2026, 12, 1), by=them.asha, at=AT)
    assert queries.today(them.asha, date(2026, 11, 30)) == []
    assert len(queries.today(them.asha, date(2026, 12, 1))) == 1


def test_offers_are_seen_by_their_person_and_who_leads():
    them, others = factories.cast(), factories.cast("Far Valley")
    offer = factories.offer(them)
    seen = {
        name: list(queries.offers_visible_to(getattr(them, name)))
        for name in ("asha", "bo", "dee", "fay", "lea", "eli")
    }
    assert seen == {"asha": [offer], "bo": [], "dee": [], "fay": [], "lea": [offer], "eli": []}
    assert list(queries.offers_visible_to(others.lea)) == []
    assert list(queries.offers_visible_to(None)) == []


def test_figures_count_and_hide_what_is_about_few_people():
    them = factories.cast()
    for to in (them.asha, them.bo, them.cy):
        factories.done(them, to)
    no = factories.offer(them)
    operations.answer(offer_id=no.pk, state=OfferState.DECLINED, by=them.asha, at=AT)
    found = queries.figures(them.organisation, date(2026, 1, 1), date(2027, 1, 1))
    assert (found["offered"], found["people"], found["unpaid"], found["minutes"]) == (4, 3, 0, 360)
    assert (found["accepted"], found["declined"]) == ("too few to show", "too few to show")
    assert queries.figures(them.organisation, date(2027, 1, 1), date(2028, 1, 1))["offered"] == 0


def test_few_are_hidden_together_so_that_nothing_comes_back_by_subtraction():
    counts = {"accepted": 20, "declined": 2, "part": 9}
    shown = policies.hide_few(counts, {"accepted": 12, "declined": 2, "part": 8}, 20, 5)
    assert shown == {"accepted": 20, "declined": "too few to show", "part": "too few to show"}


def test_twenty_offers_declined_by_one_person_are_about_one_person():
    shown = policies.hide_few({"declined": 20, "accepted": 20}, {"declined": 1, "accepted": 12}, 24, 5)
    assert shown["declined"] == "too few to show"


def test_about_me_holds_my_reason_and_nobody_elses():
    them = factories.cast()
    offer = factories.offer(them)
    operations.answer(offer_id=offer.pk, state=OfferState.DECLINED, reason="Too tired", by=them.asha, at=AT)
    factories.offer(them, them.bo)
    rows = queries.about_me(them.asha)["offers"]
    assert [(row["your_reason"], row["pence"]) for row in rows] == [("Too tired", 5500)]


def test_erasing_blanks_words_and_keeps_amounts():
    them = factories.cast()
    offer = factories.offer(them)
    said = {"state": OfferState.ACCEPTED, "method": "VOUCHER", "shop": "Corner shop", "reason": "Private"}
    operations.answer(offer_id=offer.pk, by=them.asha, at=AT, **said)
    gift = factories.offer(them)
    operations.answer(offer_id=gift.pk, state=OfferState.GIVEN, given_to="My sister", by=them.asha, at=AT)
    operations.erase_words(person=them.asha, at=AT)
    left = str(list(Offer.objects.values()))
    assert not [word for word in ("Corner", "Private", "sister") if word in left]
    assert Offer.objects.get(pk=offer.pk).accepted_pence == 5500
    assert policies.yes_of(Offer.objects.get(pk=gift.pk)) == OfferState.GIVEN


def test_invariants_are_silent_on_good_records():
    them = factories.cast()
    factories.done(them)
    assert queries.invariants() == []
