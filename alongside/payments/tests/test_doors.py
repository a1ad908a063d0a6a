"""Parts, runs, what comes back, freezes, cash from the box, vouchers from the drawer, providers, and whose turn it is."""

from datetime import date, timedelta

import pytest

from alongside.contributions import operations as contributions
from alongside.contributions import queries as offers
from alongside.contributions.models import OfferPart
from alongside.ledger import operations as ledger
from alongside.ledger import queries as funds
from alongside.ledger.models import LedgerTransaction
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payees import queries as accounts
from alongside.payments import operations, permissions, queries
from alongside.payments.models import Freeze, Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON, later
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(do, *args, **facts):
    with pytest.raises(Refused) as stop:
        do(*args, **facts)
    return stop.value.refusal.code


def sums(them):
    return {row["kind"]: row["pence"] for row in funds.sums(them.organisation)}


def ready(them, to=None, **terms):
    """An approved bank payment to somebody with an account."""
    if accounts.payee_of(to or them.asha) is None:
        factories.with_payee(to or them.asha)
    return factories.approved(them, to, method="BANK", **terms)


def split(them, *pence):
    """An offer whose money comes in several parts."""
    made = factories.offer(them)
    parts = [(each, ON - timedelta(days=len(pence) - place)) for place, each in enumerate(pence, 1)]
    contributions.answer(offer_id=made.pk, state="ACCEPTED", method="CASH", parts=parts, by=them.asha, at=AT)
    contributions.say_done(offer_id=made.pk, on=ON, by=them.asha, at=AT)
    return list(offers.parts_of(made))


# --- parts ---


def test_each_part_goes_its_own_way():
    them = factories.cast()
    first, second = split(them, 3000, 2500)
    operations.approve(part_id=first.pk, by=them.dee, at=AT)
    operations.send(part_id=first.pk, on=ON, by=them.fay, at=AT)
    assert sums(them) == {"FUND": 3000, "PROMISED": 0, "OWED": 0, "CASH": -3000}
    assert [claim.state for claim in queries.claims([first, second], ON)] == ["PAID", "DUE"]
    operations.approve(part_id=second.pk, by=them.dee, at=AT)
    operations.send(part_id=second.pk, on=ON, by=them.fay, at=AT)
    assert sums(them)["CASH"] == -5500
    assert Payment.objects.count() == 2
    assert queries.invariants() == []


def test_a_part_that_was_not_approved_may_still_change():
    them = factories.cast()
    first, second = split(them, 3000, 2500)
    operations.approve(part_id=first.pk, by=them.dee, at=AT)
    contributions.answer(
        offer_id=first.offer_id, state="PART", pence=4000, method="CASH", parts=[(1000, ON)], by=them.asha, at=AT
    )
    assert list(OfferPart.objects.order_by("place").values_list("pence", flat=True)) == [3000, 1000]
    assert operations.approve(part_id=second.pk, by=them.dee, at=AT).pence == 1000


# --- whose turn ---


def words(part, on=ON):
    return queries.claim(offers.part(part.pk), on).next_words


def test_every_state_names_whose_turn_what_they_do_and_by_when():
    them = factories.cast()
    by = "by Monday 16 November 2026."
    part = factories.part(factories.done(them, method="BANK"))
    assert words(part) == f"Next: an approver looks at it and approves it, {by}"
    payment = operations.approve(part_id=part.pk, by=them.dee, at=AT)
    assert words(part) == f"Next: Asha says where the money goes, {by}"
    factories.with_payee(them.asha)
    assert words(part) == f"Next: somebody who pays sends it, {by}"
    payees.set_payee(person=them.asha, name="N", sort_code="200415", account="38290009", by=them.asha, at=AT)
    assert words(part) == f"Next: Asha confirms the new bank details, {by}"
    payees.confirm_seen(payee_id=accounts.waiting_of(them.asha).pk, by=them.lea, at=AT)
    operations.hold(part_id=part.pk, words="Wait.", until=date(2026, 11, 6), by=them.dee, at=AT)
    assert words(part) == "Next: Dee looks at it again, by Friday 6 November 2026."
    operations.release(part_id=part.pk, by=them.dee, at=AT)
    operations.approve(part_id=part.pk, by=them.dee, at=AT)
    operations.send(part_id=part.pk, on=ON, by=them.fay, at=AT)
    assert words(part) == "Next: the bank brings it, by Thursday 5 November 2026."
    operations.came_back(payment=payment, words="Closed.", by=them.fay, at=AT)
    assert words(part) == f"Next: Asha looks at the bank details, {by}"
    payees.stand_by(person=them.asha, by=them.asha, at=later(1))
    assert words(part) == f"Next: somebody who pays sends it, {by}"
    operations.send(part_id=part.pk, on=ON, by=them.fay, at=AT)
    operations.arrive(part_id=part.pk, on=ON, by=them.asha, at=AT)
    assert words(part) == "It came on Monday 2 November 2026."


def test_a_promise_and_a_hold_know_the_days_off():
    them = factories.cast()
    ledger.add_days_off(organisation=them.organisation, days=[(date(2026, 11, 9), "Closed")], by=them.lea, at=AT)
    part = factories.part(factories.done(them))
    assert queries.claim(part, ON).due == date(2026, 11, 17)
    assert operations.hold(part_id=part.pk, words="Wait.", by=them.dee, at=AT).held_until == date(2026, 11, 17)


def test_where_is_my_money_is_one_line_without_a_word_of_what_it_is_for():
    them = factories.cast()
    part = factories.part(factories.done(them, task="Read the leaflet"))
    first, late = (queries.money_lines(them.asha, day)[0] for day in (ON, date(2026, 11, 17)))
    assert first.startswith(f"£55.00 (number {part.pk}): due. Next: an approver looks at it")
    assert first.endswith("approves it, by Monday 16 November 2026.")
    assert late.endswith("It is late: it was promised by Monday 16 November 2026.")
    factories.arrived(them)
    assert len(queries.money_lines(them.asha, ON)) == 1


@pytest.mark.parametrize(("way", "sum_too"), [("PHONE", True), ("LETTER", True), ("MAIL", False), ("NONE", False)])
def test_the_line_goes_to_the_phone_list_and_not_into_a_mail(way, sum_too):
    them = factories.cast()
    them.asha.tell_by = way
    them.asha.save(update_fields=["tell_by"])
    part = factories.part(factories.done(them))
    operations.tell_where(part_id=part.pk, by=them.fay, at=AT)
    assert ("£55.00" in ToTell.objects.get(about__startswith="money:").words) == sum_too
    assert refused(operations.tell_where, part_id=part.pk, by=them.bo, at=AT) == "not-asked"


# --- what comes back ---


def test_what_the_bank_sends_back_is_owed_again_and_the_lead_is_told():
    them = factories.cast()
    payment = factories.sent(them)
    assert sums(them) == {"FUND": 5500, "PROMISED": 0, "OWED": 0, "BANK": -5500}
    operations.came_back(payment=payment, words="Account closed.", by=them.fay, at=AT)
    payment.refresh_from_db()
    assert (payment.state, payment.times, payment.sent_on, payment.back_words) == ("BACK", 2, None, "Account closed.")
    assert sums(them) == {"FUND": 5500, "PROMISED": 0, "OWED": -5500, "BANK": 0}
    part = offers.part(payment.part_id)
    assert (part.money, part.sent_on, part.approved_on) == ("APPROVED", None, ON)
    said = ToTell.objects.get(person=them.lea, about=f"payment:{payment.pk}:back:2").words
    assert "Account closed." in said
    assert queries.invariants() == []


def test_it_leaves_again_only_after_somebody_looked_at_the_account():
    them = factories.cast()
    payment = factories.sent(them)
    operations.came_back(payment=payment, words="Closed.", by=them.fay, at=AT)
    again = {"part_id": payment.part_id, "on": ON, "by": them.fay, "at": AT}
    assert refused(operations.send, **again) == "came-back"
    assert queries.payable(them.organisation, ON) == []
    payees.stand_by(person=them.asha, by=them.asha, at=later(1))
    assert [row.payment for row in queries.payable(them.organisation, ON)] == [payment]
    operations.send(**again)
    keys = LedgerTransaction.objects.filter(kind="PAID").order_by("pk").values_list("key", flat=True)
    assert list(keys) == [f"paid:payment:{payment.pk}:{n}" for n in (1, 2)]
    assert sums(them)["BANK"] == -5500


def test_only_bank_money_comes_back_and_always_with_words():
    them = factories.cast()
    cash, bank = factories.arrived(them, them.bo), factories.sent(them)
    organisations.ask_to(person=them.dee, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    assert refused(operations.came_back, payment=bank, words="x", by=them.dee, at=AT) == "same-hand"  # approved it
    assert refused(operations.came_back, payment=cash, words="x", by=them.fay, at=AT) == "state"
    assert refused(operations.came_back, payment=bank, words=" ", by=them.fay, at=AT) == "no-words"


# --- accounts that wait ---


def test_money_waits_while_a_new_account_is_not_confirmed():
    them = factories.cast()
    payment = ready(them)
    payees.set_payee(person=them.asha, name="N", sort_code="200415", account="38290009", by=them.asha, at=AT)
    send = {"part_id": payment.part_id, "on": ON, "by": them.fay, "at": AT}
    assert refused(operations.send, **send) == "payee-waits"
    assert queries.payable(them.organisation, ON) == []
    payees.confirm_seen(payee_id=accounts.waiting_of(them.asha).pk, by=them.lea, at=AT)
    operations.send(**send)


def test_who_confirmed_the_account_does_not_pay_to_it():
    them = factories.cast()
    payment = ready(them)
    payees.set_payee(person=them.asha, name="N", sort_code="200415", account="38290009", by=them.asha, at=AT)
    payees.confirm_seen(payee_id=accounts.waiting_of(them.asha).pk, by=them.fay, at=AT)
    assert refused(operations.send, part_id=payment.part_id, on=ON, by=them.fay, at=AT) == "own-typing"


# --- runs ---


def test_payable_is_what_is_approved_by_bank_and_whose_day_has_come():
    them = factories.cast()
    payment = ready(them)
    factories.approved(them, them.bo, method="BANK")  # no account
    factories.approved(them)  # cash
    waits = ready(them)
    OfferPart.objects.filter(pk=waits.part_id).update(from_on=ON + timedelta(days=1))
    row = queries.payable(them.organisation, ON)
    assert [(r.payment, r.payee_name, r.last_figures, r.pence, r.currency) for r in row] == [
        (payment, "A Person", "0008", 5500, "GBP")
    ]
    assert len(queries.payable(them.organisation, ON + timedelta(days=1))) == 2


def in_run(them, count=3):
    found = [ready(them, person) for person in (them.asha, them.bo, them.cy)[:count]]
    operations.take_into_run(payments=found, run_about="run:1", by=them.fay, at=AT)
    return list(queries.payments_in("run:1"))


def test_a_run_leaves_together_and_once():
    them = factories.cast()
    inside = in_run(them)
    assert queries.payable(them.organisation, ON) == []
    before = JournalLine.objects.count()
    for _ in range(2):
        operations.send_by_run(payments=inside, run_about="run:1", sent_on=ON, reference="RUN1", by=them.fay, at=AT)
    assert list(Payment.objects.values_list("state", "reference").distinct()) == [("SENT", "RUN1")]
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 3
    assert JournalLine.objects.count() == before + 2
    assert sums(them)["BANK"] == -16_500
    assert queries.invariants() == []


def test_one_whose_account_is_in_doubt_stands_in_no_file_and_what_the_bank_has_is_sent_all_the_same():
    them = factories.cast()
    inside = in_run(them)
    payees.set_payee(person=them.bo, name="N", sort_code="200415", account="38290009", by=them.bo, at=AT)
    open_all = {"payments": inside, "run_about": "run:1", "by": them.fay, "at": AT}
    assert refused(operations.open_all_for_file, **open_all) == "payee-waits"
    assert set(operations.open_all_for_file(**open_all | {"payments": inside[:1]})) == {inside[0].pk}
    operations.send_by_run(**open_all, sent_on=ON, reference="R")
    assert Payment.objects.filter(state="SENT").count() == 3


def test_what_is_in_a_run_is_neither_held_nor_sent_alone_nor_taken_twice():
    them = factories.cast()
    inside = in_run(them, 1)
    part = inside[0].part_id
    assert refused(operations.hold, part_id=part, words="x", by=them.dee, at=AT) == "in-a-run"
    assert refused(operations.send, part_id=part, on=ON, by=them.fay, at=AT) == "in-a-run"
    assert refused(operations.take_into_run, payments=inside, run_about="run:2", by=them.fay, at=AT) == "in-a-run"
    assert refused(operations.take_out_of_run, payments=inside, run_about="run:2", by=them.fay, at=AT) == "state"
    alone = ready(them, them.cy)
    send = {"payments": [alone], "run_about": "run:1", "sent_on": ON, "reference": "", "by": them.fay, "at": AT}
    assert refused(operations.send_by_run, **send) == "no-run"


def test_the_file_opens_accounts_only_of_its_run_for_who_pays_and_the_record_says_how_many():
    them = factories.cast()
    payment = ready(them)
    open_all = {"payments": [payment], "run_about": "run:1", "by": them.fay, "at": AT}
    assert refused(operations.open_all_for_file, **open_all) == "no-run"
    operations.take_into_run(payments=[payment], run_about="run:1", by=them.fay, at=AT)
    open_all["payments"] = [queries.payment(payment.pk)]
    for by in (them.dee, them.asha, them.lea):
        assert refused(operations.open_all_for_file, **open_all | {"by": by}) == "not-asked"
    assert operations.open_all_for_file(**open_all)[payment.pk].account == "38290008"
    line = JournalLine.objects.order_by("pk").last()
    assert (line.what, line.facts["payments"]) == ("payments.payees.filed", 1)


def test_a_statement_marks_what_arrived_once_with_the_banks_day():
    them = factories.cast()
    payment = factories.sent(them)
    for _ in range(2):
        operations.mark_arrived(payment=payment, on=ON, by=them.fay, at=AT)
    payment.refresh_from_db()
    assert (payment.state, payment.arrived_on) == ("PAID", ON)


# --- freezes ---


def freeze(them, **facts):
    facts = {"organisation": them.organisation, "words": "We count.", "until": ON, "by": them.dee, "at": AT} | facts
    return operations.freeze(**facts)


def test_nothing_leaves_while_it_is_frozen_and_all_stays_owed():
    them = factories.cast()
    due, payment = factories.part(factories.done(them, them.bo)), ready(them)
    row = freeze(them)
    assert (row.people, row.pence) == (2, 11_000)
    assert refused(operations.approve, part_id=due.pk, by=them.dee, at=AT) == "frozen"
    assert refused(operations.send, part_id=payment.part_id, on=ON, by=them.fay, at=AT) == "frozen"
    assert queries.payable(them.organisation, ON) == []
    assert sums(them)["OWED"] == -5500
    claim = queries.claim(offers.part(payment.part_id), ON)
    assert (claim.freeze, claim.turn) == (row, "Dee")
    assert ToTell.objects.filter(about=f"freeze:{row.pk}:made").count() == 2
    operations.lift(freeze_id=row.pk, by=them.fay, at=AT)
    assert ToTell.objects.filter(about=f"freeze:{row.pk}:lifted").count() == 2
    operations.send(part_id=payment.part_id, on=ON, by=them.fay, at=AT)


@pytest.mark.parametrize("what", ["hold", "freeze"])
def test_nobody_looks_again_on_a_day_that_has_passed(what):
    them = factories.cast()
    payment = ready(them)
    about = {"part_id": payment.part_id} if what == "hold" else {"organisation": them.organisation}
    facts = about | {"words": "We count.", "by": them.dee, "at": AT}
    do = getattr(operations, what)
    assert refused(do, **facts, until=ON - timedelta(days=1)) == "past"
    assert do(**facts, until=ON)


def test_no_file_of_a_run_passes_by_a_freeze():
    them = factories.cast()
    inside = in_run(them, 2)
    freeze(them)
    open_all = {"payments": inside, "run_about": "run:1", "by": them.fay, "at": AT}
    assert refused(operations.open_all_for_file, **open_all) == "frozen"


def test_a_freeze_of_one_fund_leaves_the_others():
    them = factories.cast()
    council, line = factories.fund(them)
    lottery, _ = factories.fund(them, name="Lottery")
    named = factories.part(factories.done(them, them.bo, fund_line=line))
    other = factories.part(factories.done(them))
    payment = operations.approve(part_id=other.pk, fund_id=lottery.pk, by=them.dee, at=AT)
    assert queries.effect_of_freeze(them.organisation, council).people == 1
    freeze(them, fund=council)
    assert refused(operations.approve, part_id=named.pk, by=them.dee, at=AT) == "frozen"
    operations.send(part_id=payment.part_id, on=ON, by=them.fay, at=AT)
    assert refused(freeze, them, fund=council) == "frozen"
    assert freeze(them)


FREEZERS = {"dee": "", "fay": "", "lea": "not-asked", "asha": "not-asked", "eli": "not-asked"}


@pytest.mark.parametrize(("name", "code"), FREEZERS.items())
def test_who_approves_or_pays_freezes_with_words(name, code):
    them = factories.cast()
    by = getattr(them, name)
    found = permissions.why_not_freeze(them.organisation, by=by, words="Why")
    assert (found.code if found else "") == code
    if code:
        assert refused(freeze, them, by=by) == code
        assert Freeze.objects.count() == 0
    else:
        assert refused(freeze, them, by=by, words=" ") == "no-words"


# --- how it leaves ---


def test_cash_leaves_the_box_of_its_fund_and_no_more_than_is_there():
    them = factories.cast()
    fund, _ = factories.fund(them)
    move = {"fund_id": fund.pk, "second": them.dee, "by": them.fay, "at": AT}
    ledger.move_float(kind="IN", pence=6000, **move)
    factories.arrived(them)
    assert funds.float_holds(fund) == 500
    assert sums(them)["FLOAT"] == 500
    waits = factories.approved(them)
    assert refused(operations.send, part_id=waits.part_id, on=ON, by=them.fay, at=AT) == "float-short"
    waits.refresh_from_db()
    assert (waits.state, LedgerTransaction.objects.filter(kind="PAID").count()) == ("APPROVED", 1)


def test_a_voucher_leaves_the_drawer_where_one_fits():
    them = factories.cast()
    fund, _ = factories.fund(them)
    batch = ledger.buy_vouchers(fund=fund, shop="Corner shop", each_pence=1100, count=6, by=them.fay, at=AT)
    made = factories.offer(them)
    answer = {"state": "ACCEPTED", "method": "VOUCHER", "shop": "Corner shop"}
    contributions.answer(offer_id=made.pk, by=them.asha, at=AT, **answer)
    contributions.say_done(offer_id=made.pk, on=ON, by=them.asha, at=AT)
    part = factories.part(made)
    operations.approve(part_id=part.pk, by=them.dee, at=AT)
    operations.send(part_id=part.pk, on=ON, by=them.fay, at=AT, batch_id=batch.pk)
    assert funds.given_out(batch) == 5
    assert (sums(them)["STOCK"], sums(them)["BANK"]) == (1100, -6600)
    assert "VOUCHER" not in sums(them)


def test_a_provider_is_paid_straight_and_the_person_sees_it():
    them = factories.cast()
    offer = contributions.owe_costs(
        initiative=them.initiative, to=them.cy, words="Replacement care", activity_on=ON, pence=8000,
        costs_words="Four hours", method="PREPAID", channel="SCREEN", provider="Harbour Care", by=them.lea, at=AT,
    )  # fmt: skip
    part = factories.part(offer)
    operations.approve(part_id=part.pk, by=them.dee, at=AT)
    operations.send(part_id=part.pk, on=ON, by=them.fay, at=AT, reference="INV 7")
    assert sums(them)["PREPAID"] == -8000
    assert words(part) == "Next: Harbour Care says that it came, by Thursday 5 November 2026."
    operations.arrive(part_id=part.pk, on=ON, by=them.cy, at=AT)


def test_who_wrote_costs_down_does_not_approve_them():
    them = factories.cast()
    organisations.ask_to(person=them.lea, kind="APPROVER", organisation=them.organisation, on=ON, at=AT)
    offer = contributions.owe_costs(
        initiative=them.initiative, to=them.cy, words="Taxi", activity_on=ON, pence=800, costs_words="Taxi",
        method="CASH", channel="PHONE", by=them.lea, at=AT,
    )  # fmt: skip
    assert refused(operations.approve, part_id=factories.part(offer).pk, by=them.lea, at=AT) == "own-claim"


WITNESSES = [
    ({"receipt": "WITNESSED"}, "no-witness"), ({"receipt": "WITNESSED", "witness": "eli"}, "no-witness"),
    ({"receipt": "WITNESSED", "witness": "fay"}, "own-witness"),
    ({"receipt": "WITNESSED", "witness": "asha"}, "own-witness"), ({"receipt": ""}, "no-receipt"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "code"), WITNESSES, ids=str)
def test_cash_is_signed_for_or_seen_by_a_third_person(said, code):
    them = factories.cast()
    payment = factories.approved(them)
    said = {name: getattr(them, value) if name == "witness" else value for name, value in said.items()}
    assert refused(operations.send, part_id=payment.part_id, on=ON, by=them.fay, at=AT, **said) == code


def test_the_line_that_the_offer_names_pays_and_its_promise_becomes_owed():
    them = factories.cast()
    _, line = factories.fund(them)
    made = factories.done(them, fund_line=line)
    assert funds.promised(f"offer:{made.pk}", line) == 5500
    payment = operations.approve(part_id=factories.part(made).pk, by=them.dee, at=AT)
    cover = funds.cover(line, ON)
    assert (payment.line, cover.promised, cover.owed, cover.left) == (line, 0, 5500, 400_000 - 5500)
    operations.hold(part_id=payment.part_id, words="x", by=them.dee, at=AT)
    operations.release(part_id=payment.part_id, by=them.dee, at=AT)
    cover = funds.cover(line, ON)
    assert (cover.promised, cover.owed) == (5500, 0)
