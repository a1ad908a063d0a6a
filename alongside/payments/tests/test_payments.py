"""The way of a payment, what the book says of it, and what is kept of an account."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.models import Offer
from alongside.contributions.tests.factories import add
from alongside.ledger import operations as funds
from alongside.ledger import queries as ledger
from alongside.ledger.models import Fund, LedgerEntry, LedgerTransaction
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.states import PaymentState
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON, later
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def held_by_account(organisation):
    return {row["kind"]: row["pence"] for row in ledger.sums(organisation)}


def kinds(payment):
    return list(
        LedgerTransaction.objects.filter(about=f"payment:{payment.pk}").order_by("pk").values_list("kind", flat=True)
    )


def test_cash_is_promised_owed_paid_and_arrives_in_the_hand():
    them = factories.cast()
    payment = factories.arrived(them)
    payment.refresh_from_db()
    assert (payment.state, payment.pence, payment.arrived_on) == (PaymentState.PAID, 5500, ON)
    assert kinds(payment) == ["PROMISED", "OWED", "PAID"]
    assert held_by_account(them.organisation) == {"FUND": 5500, "PROMISED": 0, "OWED": 0, "CASH": -5500}
    offer = offers.part(payment.part_id).offer
    assert (offer.money, offer.approved_on, offer.sent_on, offer.arrived_on) == ("ARRIVED", ON, ON, ON)


def test_bank_is_sent_then_arrives_and_the_person_may_say_so():
    them = factories.cast()
    payment = factories.sent(them)
    assert payment.state == PaymentState.SENT
    assert held_by_account(them.organisation)["BANK"] == -5500
    arrived = operations.arrive(part_id=payment.part_id, on=ON, by=them.asha, at=AT)
    assert (arrived.state, arrived.arrived_by) == (PaymentState.PAID, them.asha)
    assert held_by_account(them.organisation)["BANK"] == -5500


def test_a_voucher_and_a_gift_leave_by_their_own_account():
    them = factories.cast()
    voucher = factories.offer(them)
    contributions.answer(
        offer_id=voucher.pk, state="ACCEPTED", method="VOUCHER", shop="Corner shop", by=them.asha, at=AT
    )
    gift = factories.offer(them)
    contributions.answer(offer_id=gift.pk, state="GIVEN", given_to="The food bank", by=them.asha, at=AT)
    for offer in (voucher, gift):
        contributions.say_done(offer_id=offer.pk, on=ON, by=them.asha, at=AT)
        operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT)
        operations.send(part_id=factories.part(offer).pk, on=ON, by=them.fay, at=AT)
    found = held_by_account(them.organisation)
    assert (found["VOUCHER"], found["GIFT"], found["FUND"]) == (-5500, -5500, 11000)


def test_the_person_is_told_without_the_sum():
    them = factories.cast()
    factories.sent(them)
    told = [row.words for row in ToTell.objects.filter(person=them.asha, about__startswith="payment:")]
    assert told == ["Money is on its way to you."]


def test_a_part_pays_the_part():
    them = factories.cast()
    offer = factories.offer(them)
    contributions.answer(offer_id=offer.pk, state="PART", pence=2000, method="CASH", by=them.asha, at=AT)
    contributions.say_done(offer_id=offer.pk, on=ON, by=them.asha, at=AT)
    assert operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT).pence == 2000


def test_hold_keeps_what_is_owed_and_release_takes_the_approval_back():
    them = factories.cast()
    payment = factories.approved(them)
    held = operations.hold(part_id=payment.part_id, words="The fund is being counted.", by=them.fay, at=AT)
    assert (held.state, held.held_by, held.held_words) == (PaymentState.HELD, them.fay, "The fund is being counted.")
    assert held_by_account(them.organisation)["OWED"] == -5500
    offer = offers.part(payment.part_id).offer
    assert (offer.money, offer.held_words) == ("HELD", "The fund is being counted.")
    operations.release(part_id=factories.part(offer).pk, by=them.dee, at=AT)
    assert held_by_account(them.organisation) == {"FUND": 0, "PROMISED": 0, "OWED": 0}
    offer.refresh_from_db()
    assert (offer.money, offer.held_words, offer.approved_on) == ("", "", None)


def test_what_waited_may_change_and_is_approved_anew_at_its_new_sum():
    them = factories.cast()
    payment = factories.approved(them)
    operations.hold(part_id=payment.part_id, words="I want less.", by=them.asha, at=AT)
    operations.release(part_id=payment.part_id, by=them.asha, at=AT)
    contributions.answer(offer_id=payment.part.offer_id, state="PART", pence=1000, method="CASH", by=them.asha, at=AT)
    again = operations.approve(part_id=payment.part_id, by=them.dee, at=AT)
    assert (again.pk, again.pence) == (payment.pk, 1000)
    assert kinds(payment) == ["PROMISED", "OWED", "BACK", "PROMISED", "PROMISED", "OWED"]
    assert held_by_account(them.organisation) == {"FUND": 1000, "PROMISED": 0, "OWED": -1000}
    assert queries.invariants() == []


def test_the_days_must_be_possible():
    them = factories.cast()
    offer_id = factories.approved(them).part_id
    for on, code in ((ON + timedelta(days=1), "future"), (ON - timedelta(days=1), "too-early")):
        with pytest.raises(Refused) as stop:
            operations.send(part_id=offer_id, on=on, by=them.fay, at=AT)
        assert stop.value.refusal.code == code


# --- funds ---


def test_the_only_fund_is_taken_and_of_several_one_is_chosen():
    them = factories.cast()
    first = funds.add_fund(
        organisation=them.organisation, name="Council", by=them.fay, at=AT, lines=[("Pay", "", 400_000)]
    )
    assert factories.approved(them).fund == first
    second = funds.add_fund(organisation=them.organisation, name="Lottery", by=them.fay, at=AT)
    offer = factories.done(them)
    with pytest.raises(Refused) as stop:
        operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT)
    assert stop.value.refusal.code == "no-fund"
    assert operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT, fund_id=second.pk).fund == second
    rows = [
        (row["fund"].name, row["has"], row["owed"], row["paid"], row["left"])
        for row in ledger.fund_rows(them.organisation)
    ]
    assert rows == [("Council", 400_000, 5500, 0, 394_500), ("Lottery", None, 5500, 0, None)]


@pytest.mark.parametrize("days", [{"from_on": date(2026, 12, 1)}, {"to_on": ON}])
def test_a_fund_is_spent_only_in_its_time(days):
    them = factories.cast()
    funds.add_fund(organisation=them.organisation, name="Early", by=them.fay, at=AT)
    fund = funds.add_fund(organisation=them.organisation, name="Late", by=them.fay, at=AT, **days)
    with pytest.raises(Refused) as stop:
        operations.approve(part_id=factories.part(factories.done(them)).pk, by=them.dee, at=AT, fund_id=fund.pk)
    assert stop.value.refusal.code == "fund-closed"


def test_a_fund_of_another_organisation_is_not_there():
    them, others = factories.cast(), factories.cast("Far Valley")
    fund = funds.add_fund(organisation=others.organisation, name="Theirs", by=others.fay, at=AT)
    with pytest.raises(Refused) as stop:
        operations.approve(part_id=factories.part(factories.done(them)).pk, by=them.dee, at=AT, fund_id=fund.pk)
    assert stop.value.refusal.code == "no-fund"


def test_a_fund_is_written_once_and_by_who_handles_money():
    them = factories.cast()
    funds.add_fund(organisation=them.organisation, name="Council", by=them.fay, at=AT)
    for by, code in ((them.fay, "fund-there"), (them.asha, "not-asked")):
        with pytest.raises(Refused) as stop:
            funds.add_fund(organisation=them.organisation, name="Council", by=by, at=AT)
        assert stop.value.refusal.code == code
    assert Fund.objects.count() == 1


# --- accounts ---


def test_the_whole_account_is_shown_once_to_each_who_pays_with_a_line_in_the_record():
    them = factories.cast()
    factories.with_payee(them.asha)
    offer_id = factories.approved(them, method="BANK").part_id
    assert operations.show_details(part_id=offer_id, by=them.fay, at=AT).account == "38290008"
    line = JournalLine.objects.order_by("pk").last()
    assert (line.what, line.by_person) == ("payments.payee.shown", them.fay.pk)
    for by, code in ((them.fay, "shown-once"), (them.dee, "not-asked"), (them.asha, "not-asked")):
        with pytest.raises(Refused) as stop:
            operations.show_details(part_id=offer_id, by=by, at=AT)
        assert stop.value.refusal.code == code


def test_who_has_seen_an_account_does_not_see_it_again_when_others_looked_until_the_money_came_back():
    them = factories.cast()
    factories.with_payee(them.asha)
    gus = add("Gus", them.organisation)
    organisations.ask_to(person=gus, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    payment = factories.approved(them, method="BANK")

    def look(by):
        return operations.show_details(part_id=payment.part_id, by=by, at=AT).account

    assert [look(by) for by in (them.fay, gus)] == ["38290008"] * 2
    for by in (them.fay, gus):
        with pytest.raises(Refused) as stop:
            look(by)
        assert stop.value.refusal.code == "shown-once"
    sent = operations.send(part_id=payment.part_id, on=ON, by=them.fay, at=AT)
    operations.came_back(payment=sent, words="Account closed.", by=gus, at=later(1))
    payees.stand_by(person=them.asha, by=them.asha, at=later(2))
    assert look(them.fay) == "38290008"
    with pytest.raises(Refused):
        look(them.fay)


def test_an_account_is_not_shown_before_it_is_approved():
    them = factories.cast()
    factories.with_payee(them.asha)
    with pytest.raises(Refused) as stop:
        operations.show_details(part_id=factories.part(factories.done(them, method="BANK")).pk, by=them.fay, at=AT)
    assert stop.value.refusal.code == "state"


# --- for other rooms ---


def test_where_is_my_money_says_whose_turn_and_by_when():
    them = factories.cast()
    factories.done(them, task="First")
    factories.sent(them, task="Second")
    lines = {line.words: line for line in queries.where_is_my_money(them.asha, ON)}
    assert set(lines) == {"£55.00 for: First", "£55.00 for: Second"}
    first, second = lines["£55.00 for: First"], lines["£55.00 for: Second"]
    assert (first.by, first.thread.present.words, first.thread.present.whose) == (
        date(2026, 11, 16), "to approve", "an approver"
    )  # fmt: skip
    assert (second.by, second.thread.present.turn) == (None, "your turn")
    assert queries.where_is_my_money(them.bo, ON) == []


def test_each_part_of_a_split_tells_its_own_way():
    them = factories.cast()
    made = factories.offer(them, task="The leaflet")
    contributions.answer(
        offer_id=made.pk, state="ACCEPTED", method="CASH", parts=[(4000, None), (1500, date(2027, 1, 4))],
        by=them.asha, at=AT,
    )  # fmt: skip
    contributions.say_done(offer_id=made.pk, on=ON, by=them.asha, at=AT)
    first, rest = offers.parts_of(made)
    operations.approve(part_id=first.pk, by=them.dee, at=AT)
    operations.send(part_id=first.pk, on=ON, by=them.fay, at=AT)
    shown = {line.words: line for line in queries.where_is_my_money(them.asha, date(2026, 12, 1))}
    here, to_come = shown["£40.00 for: The leaflet"], shown["£15.00 for: The leaflet"]
    assert here.thread.present is None and "arrived" in here.thread.sentence
    now = to_come.thread.present
    assert (now.words, now.by, now.late) == ("to approve", date(2027, 1, 4), False)


def test_today_counts_what_waits_for_whom():
    them = factories.cast()
    factories.done(them)
    factories.done(them, them.bo, method="BANK")
    factories.approved(them, them.cy)
    say = {
        name: [line.words for line in queries.today(getattr(them, name), ON)] for name in ("dee", "fay", "bo", "asha")
    }
    assert say == {
        "dee": ["2 payments to approve"],
        "fay": ["1 payment to send"],
        "bo": ["Where shall your money go? We need your bank details"],
        "asha": [],
    }
    assert queries.today(None, ON) == []


def test_to_send_counts_what_a_payer_can_send_today():
    them = factories.cast()
    factories.approved(them)
    back = factories.sent(them, them.bo)
    operations.came_back(payment=back, words="Account closed.", by=them.fay, at=later(1))
    made = factories.offer(them)
    parts = [(4000, None), (1500, date(2027, 1, 4))]
    contributions.answer(offer_id=made.pk, state="ACCEPTED", method="CASH", parts=parts, by=them.asha, at=AT)
    contributions.say_done(offer_id=made.pk, on=ON, by=them.asha, at=AT)
    for part in offers.parts_of(made):
        operations.approve(part_id=part.pk, by=them.dee, at=AT)
    other, line = factories.fund(them, name="Other")
    factories.approved(them, them.cy, fund_line=line)

    def said(on=ON):
        return [line.words for line in queries.today(them.fay, on)]

    assert said() == ["3 payments to send"]  # not Bo's turn, and not what is for January
    operations.freeze(organisation=them.organisation, fund=other, words="Counted.", until=ON, by=them.dee, at=AT)
    assert said() == ["2 payments to send"]
    assert said(date(2027, 1, 4)) == ["3 payments to send", "Money of Other is frozen. Look at it again"]
    payees.stand_by(person=them.bo, by=them.bo, at=later(2))
    assert said() == ["3 payments to send"]


def test_what_came_back_is_the_persons_turn_until_they_looked_at_their_account():
    them = factories.cast()
    payment = factories.sent(them, task="The leaflet")
    operations.came_back(payment=payment, words="The bank wrote: ACCOUNT CLOSED.", by=them.fay, at=later(1))
    on = ON + timedelta(days=1)
    (line,) = queries.where_is_my_money(them.asha, on)
    assert (line.thread.present.words, line.thread.present.turn) == ("came back from the bank", "your turn")
    (asked,) = queries.today(them.asha, on)
    assert (asked.words, asked.by) == ("The bank sent your money back. Look at your bank details", on)
    told = ToTell.objects.get(person=them.lea, about__contains=":back:")
    assert told.words == (
        f"Money to Asha did not go through: £55.00, payment {payment.part_id}. The bank wrote: ACCOUNT CLOSED. "
        "Asha was told."
    )
    assert told.url == f"/work/{payment.part.offer_id}/"
    payees.stand_by(person=them.asha, by=them.asha, at=later(2))
    (line,) = queries.where_is_my_money(them.asha, on)
    assert (line.thread.present.words, line.thread.present.turn) == ("to send", "a payer’s turn")
    assert queries.today(them.asha, on) == []
    operations.send(part_id=payment.part_id, on=on, by=them.fay, at=later(3))
    assert offers.part(payment.part_id).back_at is None


def test_a_part_of_several_that_came_back_is_the_present_one():
    them = factories.cast()
    factories.with_payee(them.asha)
    made = factories.offer(them)
    parts, next_day = [(4000, None), (1500, ON + timedelta(days=1))], ON + timedelta(days=1)
    contributions.answer(offer_id=made.pk, state="ACCEPTED", method="BANK", parts=parts, by=them.asha, at=AT)
    contributions.say_done(offer_id=made.pk, on=ON, by=them.asha, at=AT)
    for part in offers.parts_of(made):
        operations.approve(part_id=part.pk, by=them.dee, at=AT)
        sent = operations.send(part_id=part.pk, on=next_day, by=them.fay, at=later(1))
    operations.came_back(payment=sent, words="Account closed.", by=them.fay, at=later(2))
    rows = list(offers.parts_of(made))
    present = offers.thread_of(rows[0].offer, viewer=them.asha, on=ON, parts=rows).present
    assert (present.words, present.whose) == ("£15.00 came back from the bank", "you")


def test_a_hold_whose_day_has_come_stands_before_who_made_it():
    them = factories.cast()
    payment = factories.held(them)
    until = payment.held_until
    words = [f"Payment {payment.part_id} is on hold. Look at it again"]
    for name, on, said in (("dee", until - timedelta(days=1), []), ("dee", until, words), ("fay", until, [])):
        lines = queries.today(getattr(them, name), on)
        assert [line.words for line in lines] == said
        assert [line.by for line in lines] == [until] * len(said)


@pytest.mark.parametrize("gone", [{"held_by": None}, {"held_at": None}, {"held_until": None}, {"held_words": ""}])
def test_the_table_keeps_no_half_of_a_hold(gone):
    payment = factories.held(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**gone)


@pytest.mark.parametrize("left", [{"held_at": AT}, {"held_until": ON}, {"held_words": "We count."}])
def test_the_table_keeps_nothing_of_a_hold_on_what_goes_on(left):
    payment = factories.approved(factories.cast())
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**left)


def test_the_table_takes_no_word_for_a_run_that_is_none():
    them = factories.cast()
    factories.with_payee(them.asha)
    payment = factories.approved(them, method="BANK")
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(run_about="5")


def test_figures_put_days_to_pay_in_their_buckets():
    them = factories.cast()
    for days in (3, 15, 16, 30, 31):
        offer = factories.done(them)
        operations.approve(part_id=factories.part(offer).pk, by=them.dee, at=AT)
        operations.send(part_id=factories.part(offer).pk, on=ON + timedelta(days=days), by=them.fay, at=later(days))
    factories.done(them)
    found = queries.figures(them.organisation, date(2026, 1, 1), date(2027, 1, 1))
    assert found == {
        "paid": 5, "pence": 27500, "people": 1, "to_15": 2, "to_30": 2, "over_30": 1, "median_days": 16, "overdue": 1,
    }  # fmt: skip
    nothing = queries.figures(them.organisation, date(2025, 1, 1), date(2026, 1, 1))
    assert (nothing["paid"], nothing["pence"], nothing["median_days"], nothing["overdue"]) == (0, 0, None, 0)


def test_about_me_shows_my_payments_and_no_account():
    them = factories.cast()
    factories.sent(them)
    about = queries.about_me(them.asha)
    assert [(row["pence"], row["state"]) for row in about["payments"]] == [(5500, "Sent")]
    assert "38290008" not in str(about)


def test_erasing_blanks_words_and_keeps_the_amounts():
    them = factories.cast()
    payment = factories.sent(them)
    factories.held(them, words="Asha is in hospital.")
    operations.erase_words(person=them.asha, at=AT)
    assert "hospital" not in str(list(Payment.objects.values()))
    assert Payment.objects.get(pk=payment.pk).pence == 5500
    assert LedgerEntry.objects.count() == 6


def test_claims_are_late_after_the_promised_day_until_sent():
    them = factories.cast()
    offer = factories.done(them)
    part = factories.part(offer)
    assert not queries.claim(part, date(2026, 11, 16)).late
    assert queries.claim(part, date(2026, 11, 17)).late
    sent = offers.part(factories.sent(them, them.bo).part_id)
    assert not queries.claim(sent, date(2027, 1, 1)).late


def test_nothing_is_kept_about_benefits():
    names = {field.name for model in (Offer, Payment) for field in model._meta.get_fields()}
    assert not [name for name in names if "benefit" in name or "ceiling" in name or "health" in name]
    assert settings.DATA
