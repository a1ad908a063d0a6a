"""A run is chosen by one, confirmed by another, and pays once; what the bank says back is marked once."""

import csv
import hashlib
import io
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.ledger.models import LedgerEntry, LedgerTransaction
from alongside.payees import operations as payees
from alongside.payments import operations as payments
from alongside.payments.models import Payment
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.runs import operations, policies, queries
from alongside.runs.models import Run, RunItem, StatementIn, StatementLine
from alongside.runs.tests import factories
from alongside.runs.tests.factories import AT, ON, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def them():
    return factories.cast()


def refusal(do, *args, **kwargs):
    with pytest.raises(Refused) as stop, transaction.atomic():
        do(*args, **kwargs)
    return stop.value.refusal


def noted(what):
    return JournalLine.objects.filter(what=what).count()


def states(model=Payment):
    return Counter(model.objects.values_list("state", flat=True))


def test_a_run_goes_from_chosen_to_arrived_and_the_book_stays_even(them):
    run = factories.sent(them)
    assert states() == {"SENT": 3}
    assert (run.count, run.pence, run.number) == (3, 10_750, 1)
    kept = factories.bring_in(them, factories.statement_of(run))
    assert (kept.lines, kept.others, kept.known, kept.refused) == (3, 0, 0, [])
    assert states() == {"PAID": 3} and states(RunItem) == {"ARRIVED": 3}
    run.refresh_from_db()
    assert run.state == "DONE"
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0
    assert LedgerTransaction.objects.filter(kind="PAID").count() == 3
    assert queries.invariants() == []
    for what in ("chosen", "confirmed", "sent", "finished"):
        assert noted(f"runs.run.{what}") == 1
    assert noted("runs.file.fetched") == noted("runs.statement.brought_in") == 1


def test_the_file_is_the_same_each_time_and_its_hash_was_fixed(them):
    run = factories.confirmed(them)
    first, second = (
        operations.fetch(run_id=run.pk, by=by, at=AT + timedelta(hours=hour)).read()
        for hour, by in ((0, them.fay), (3, them.gus))
    )
    assert first == second and hashlib.sha256(first).hexdigest() == run.sha256 and len(first) == run.size
    rows = list(csv.DictReader(io.StringIO(first.decode())))
    assert [row["Name"] for row in rows] == ["Asha Bell", "Bo Ray", "Cy Moon"]
    assert [row["Amount"] for row in rows] == ["55.00", "40.00", "12.50"]
    assert [row["Reference"] for row in rows] == factories.codes(run)
    assert noted("runs.file.fetched") == 2


def test_an_account_that_changed_since_stops_the_file_and_says_whose(them):
    run, soon = factories.confirmed(them), AT + timedelta(minutes=5)
    types_another_account(them.bo, soon)
    why = refusal(operations.fetch, run_id=run.pk, by=them.fay, at=soon)
    assert why.code == "payee-waits" and why.words.startswith("Bo, payment ") and "Asha" not in why.words
    payees.confirm_seen(payee_id=queries.payees.waiting_of(them.bo).pk, by=them.lea, at=soon)
    why = refusal(operations.fetch, run_id=run.pk, by=them.fay, at=soon)
    assert why.code == "changed" and "Bo Ray" in why.words and "Asha" not in why.words


def types_another_account(person, at):
    payees.set_payee(
        person=person, name=f"{person.shown_name} Ray", sort_code="200415", account="11112222", by=person, at=at
    )


def test_what_the_bank_has_is_sent_whatever_came_after_the_file(them):
    run = factories.fetched(them)
    types_another_account(them.bo, AT)
    payments.freeze(organisation=them.organisation, words="We count.", until=later(9).date(), by=them.dee, at=AT)
    operations.send(run_id=run.pk, on=ON, by=them.fay, at=AT)
    assert states() == {"SENT": 3} and LedgerTransaction.objects.filter(kind="PAID").count() == 3
    assert queries.invariants() == []


@pytest.mark.parametrize("step", ["chosen", "confirmed", "fetched"])
def test_while_money_is_frozen_no_file_is_made(them, step):
    run = getattr(factories, step)(them)
    freeze = payments.freeze(
        organisation=them.organisation, words="We count.", until=later(9).date(), by=them.dee, at=AT
    )
    do = operations.confirm if step == "chosen" else operations.fetch
    assert refusal(do, run_id=run.pk, by=them.gus, at=AT).code == "frozen"
    payments.lift(freeze_id=freeze.pk, by=them.dee, at=AT)
    assert do(run_id=run.pk, by=them.gus, at=AT)


@pytest.mark.parametrize("step", ["chosen", "confirmed", "fetched"])
def test_no_file_asks_the_bank_for_a_day_that_has_passed(them, step):
    run = getattr(factories, step)(them)
    do = operations.confirm if step == "chosen" else operations.fetch
    assert refusal(do, run_id=run.pk, by=them.gus, at=later(1)).code == "past"
    if step == "fetched":  # the bank may have it all the same
        assert operations.send(run_id=run.pk, on=ON, by=them.gus, at=later(1)).state == "SENT"


def test_a_run_whose_file_was_fetched_is_cancelled_by_somebody_else_who_says_how_they_know(them):
    run = factories.fetched(them)  # by Fay
    assert refusal(operations.cancel, run_id=run.pk, by=them.fay, words="Not there.", at=AT).code == "fetched"
    assert refusal(operations.cancel, run_id=run.pk, by=them.gus, words=" ", at=AT).code == "no-words"
    assert states(RunItem) == {"IN": 3}
    run = operations.cancel(run_id=run.pk, by=them.gus, words=" It is not in the bank’s list. ", at=AT)
    assert (run.state, run.ended_words) == ("CANCELLED", "It is not in the bank’s list.")


WHO = {
    "eli": "not-asked", "asha": "not-asked", "dee": "not-asked", "fay": "chose", "gus": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), WHO.items())
def test_who_confirms(them, name, code):
    run = factories.chosen(them)
    before = list(Run.objects.values()), noted("runs.run.confirmed")
    if code is None:
        assert operations.confirm(run_id=run.pk, by=getattr(them, name), at=AT).state == "CONFIRMED"
        return
    assert refusal(operations.confirm, run_id=run.pk, by=getattr(them, name), at=AT).code == code
    assert (list(Run.objects.values()), noted("runs.run.confirmed")) == before


def test_nobody_has_a_hand_in_their_own_money_or_in_what_they_approved(them):
    mine = factories.due(them, them.gus, "Gus Hill")
    run = factories.chosen(them, [mine])
    assert refusal(operations.confirm, run_id=run.pk, by=them.gus, at=AT).code == "own-payment"
    assert refusal(factories.chosen, them, [factories.due(them, them.fay)]).code in ("own-payment", "gone")
    factories.organisations.ask_to(person=them.dee, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    other = factories.chosen(them, [factories.due(them, them.asha)])
    assert refusal(operations.confirm, run_id=other.pk, by=them.dee, at=AT).code == "same-hand"


def test_a_helper_acts_for_nobody(them):
    run = factories.chosen(them)
    them.gus.helped_by = them.eli
    for do in (operations.confirm, operations.cancel, operations.fetch):
        assert refusal(do, run_id=run.pk, by=them.gus, at=AT).code == "helped"


STEPS = {
    "chosen": {"confirm": None, "fetch": "state", "send": "state", "cancel": None},
    "confirmed": {"confirm": "state", "fetch": None, "send": "not-fetched", "cancel": None},
    "fetched": {"confirm": "state", "fetch": None, "send": None, "cancel": None},
    "sent": {"confirm": "state", "fetch": None, "send": "state", "cancel": "state"},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("verb", ["confirm", "fetch", "send", "cancel"])
def test_what_may_be_done_at_each_step(them, step, verb):
    run = getattr(factories, step)(them)
    facts = {"send": {"on": ON}, "cancel": {"words": "It is not in the bank’s list."}}.get(verb, {})
    do, wanted = getattr(operations, verb), STEPS[step][verb]
    if wanted is None:
        do(run_id=run.pk, by=them.gus, at=AT, **facts)
    else:
        assert refusal(do, run_id=run.pk, by=them.gus, at=AT, **facts).code == wanted


def test_a_payment_stands_in_one_run_only(them):
    made = factories.three_due(them)
    run = factories.chosen(them, made)
    assert refusal(factories.chosen, them, made[:1]).code == "gone"
    item = RunItem.objects.filter(run=run).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        RunItem.objects.create(run=run, payment=item.payment, place=9, code="ANOTHER", pence=1)


def test_cancelling_gives_the_payments_back_and_a_new_run_takes_them(them):
    run = factories.confirmed(them)
    operations.cancel(run_id=run.pk, by=them.fay, at=AT)
    assert states(RunItem) == {"OUT": 3} and set(Payment.objects.values_list("run_about", flat=True)) == {""}
    again = factories.chosen(them, list(Payment.objects.order_by("pk")))
    assert (again.number, again.count) == (2, 3) and again.code != run.code


def test_one_that_is_taken_out_stays_out_and_the_sums_follow(them):
    run = factories.chosen(them)
    item = queries.items_of(run)[1]
    operations.take_out(item_id=item.pk, by=them.gus, at=AT)
    run = operations.confirm(run_id=run.pk, by=them.gus, at=AT)
    assert (run.count, run.pence) == (2, 6_750)
    assert refusal(operations.take_out, item_id=queries.items_of(run)[0].pk, by=them.gus, at=AT).code == "state"
    assert [each.payment.pk for each in queries.payments.payable(them.organisation, ON)] == [item.payment_id]


def test_who_cannot_be_paid_is_named_and_nothing_changes(them):
    bad = factories.due(them, them.asha, "王小明")
    run = factories.chosen(them, [bad, factories.due(them, them.bo)])
    why = refusal(operations.confirm, run_id=run.pk, by=them.gus, at=AT)
    assert why.code == "file" and "王小明" in why.words
    run.refresh_from_db()
    assert (run.state, run.sha256) == ("CHOSEN", "") and noted("runs.run.confirmed") == 0
    assert noted("payments.payees.filed") == 0


def test_a_run_needs_an_account_and_a_day_that_has_not_passed(them):
    made = factories.three_due(them)
    facts = {"organisation": them.organisation, "payment_ids": [made[0].pk], "by": them.fay, "at": AT}
    assert refusal(operations.choose, currency="EUR", pay_on=ON, **facts).code == "other-currency"
    assert refusal(operations.choose, currency="GBP", pay_on=ON - timedelta(days=1), **facts).code == "past"
    assert refusal(operations.choose, currency="GBP", pay_on=ON, **facts | {"payment_ids": []}).code == "gone"


@pytest.mark.parametrize(
    "change", [{"sha256": "0" * 64}, {"pence": 1}, {"code": "OTHER"}, {"state": "CHOSEN"}, {"count": 9}]
)
def test_the_database_itself_keeps_a_confirmed_run(them, change):
    run = factories.confirmed(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**change)


def test_the_database_itself_knows_no_way_back_from_the_bank(them):
    run = factories.sent(them)
    for do in (
        lambda: Run.objects.filter(pk=run.pk).update(state="CANCELLED"),
        lambda: RunItem.objects.filter(run=run).update(pence=1),
        lambda: RunItem.objects.filter(run=run).delete(),
        lambda: Run.objects.filter(pk=run.pk).update(confirmed_by=run.chosen_by_id),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            do()


def test_no_account_number_lies_in_plain_words(them):
    run = factories.sent(them)
    factories.bring_in(them, factories.statement_of(run))
    for model in (Run, RunItem, StatementIn, StatementLine, operations.OurAccount):
        said = str([list(row.values()) for row in model.objects.values()])
        assert "31926819" not in said and "3829" not in said


# --- statements ---


def test_the_same_statement_twice_changes_nothing(them):
    run = factories.sent(them)
    data = factories.statement_of(run)
    first = factories.bring_in(them, data)
    before = JournalLine.objects.count(), list(StatementLine.objects.values())
    assert factories.bring_in(them, data).pk == first.pk
    longer = factories.bring_in(them, data + b"\r\n02/11/2026,Rent,,,-80.00")
    assert (longer.known, longer.others) == (3, 1)
    assert (JournalLine.objects.count(), list(StatementLine.objects.values())) == (before[0] + 1, before[1])


@pytest.mark.parametrize(
    ("reason", "text", "said"),
    [
        ("", "", "The bank gave no reason."),
        ("AC04", "RETURNED", "The account is closed."),
        ("", "RETURNED  AB ACCOUNT CLOSED", "The bank wrote: RETURNED AB ACCOUNT CLOSED."),
        ("", "RTN 20-04-15 38290008 CLOSED", "The bank wrote: RTN … CLOSED."),
    ],
)
def test_the_bank_s_own_words_are_kept_and_no_account_with_them(reason, text, said):
    assert policies.back_words(reason, text) == said


def test_one_line_for_the_whole_run_pays_all_of_it(them):
    run = factories.sent(them)
    factories.bring_in(them, factories.statement((ON, f"BACS {run.code}", -run.pence)))
    assert states(RunItem) == {"ARRIVED": 3}


AGAIN = "The bank shows this run, or payments of it, a second time."


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("whole", "whole", AGAIN),
        ("one", "whole", AGAIN),
        ("whole", "one", "The bank shows this payment a second time."),
        ("", "early", "This line is older than the run."),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_a_run_that_the_bank_shows_twice_is_asked_about(them, first, second, why, together):
    run = factories.sent(them)
    lines = {
        "whole": (ON, f"BACS 1 {run.code}", -run.pence), "one": (ON, f"FPS {factories.codes(run)[0]}", -5_500),
        "early": (ON - timedelta(days=9), f"BACS {run.code}", -run.pence),
    }  # fmt: skip
    said = [lines[which] for which in (first, second) if which]
    said[-1] = (said[-1][0], f"AGAIN {said[-1][1]}", said[-1][2])
    for statement in [said] if together else [[line] for line in said]:
        factories.bring_in(them, factories.statement(*statement))
    asked = StatementLine.objects.get(state="ASK")
    assert asked.why == why
    assert states(RunItem) == {"whole": {"ARRIVED": 3}, "one": {"ARRIVED": 1, "IN": 2}, "": {"IN": 3}}[first]


def test_what_came_back_by_a_persons_word_leaves_its_run_and_the_next_one_pays_it(them):
    run = factories.sent(them)
    item = queries.items_of(run)[0]
    with pytest.raises(Refused) as stop:
        payments.came_back(payment=item.payment, words="Closed.", by=them.gus, at=AT)
    assert stop.value.refusal.code == "in-a-run"
    assert refusal(operations.say_back, item_id=item.pk, words=" ", by=them.gus, at=AT).code == "no-words"
    operations.say_back(item_id=item.pk, words="The account is closed.", by=them.gus, at=AT)
    assert states(RunItem) == {"BACK": 1, "IN": 2} and queries.invariants() == []
    assert refusal(operations.say_back, item_id=item.pk, words="Again.", by=them.gus, at=AT).code == "state"
    payees.stand_by(person=them.asha, by=them.asha, at=later(1))
    payment = Payment.objects.get(to=them.asha)
    payments.send(part_id=payment.part_id, on=later(1).date(), by=them.gus, at=later(1))
    lines = factories.statement((ON, f"FPS {item.code}", -5_500), (later(1).date(), f"RETURN {item.code}", 5_500))
    factories.bring_in(them, lines, at=later(2))
    payment.refresh_from_db()
    assert (payment.state, payment.times) == ("SENT", 2)  # the first return is not taken for one of the second sending
    assert [line.why for line in StatementLine.objects.filter(state="ASK")] == [
        "It came back before, and here it is paid."
    ]
    factories.bring_in(them, factories.statement_of(run), at=later(2))
    assert Run.objects.get().state == "DONE" and queries.invariants() == []


@pytest.mark.parametrize("named", ["run", "payment"])
def test_a_statement_that_names_a_run_too_early_is_read_once_the_bank_is_said_to_have_it(them, named):
    run = factories.fetched(them)
    line = (ON, f"BACS {run.code}", -run.pence) if named == "run" else (ON, f"FPS {factories.codes(run)[0]}", -5_500)
    data = factories.statement(line, (ON, "BAKERY", -100))
    why = refusal(operations.bring_in, organisation=them.organisation, data=data, by=them.fay, at=AT)
    assert why.code == "not-sent" and f"run {run.number}," in why.words and not StatementIn.objects.exists()
    operations.send(run_id=run.pk, on=ON, by=them.fay, at=AT)
    factories.bring_in(them, data)
    assert states(RunItem) == ({"ARRIVED": 3} if named == "run" else {"ARRIVED": 1, "IN": 2})


def test_who_gets_the_money_never_says_that_it_came_back(them):
    mine = factories.due(them, them.gus, "Gus Hill")
    factories.organisations.ask_to(person=them.eli, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    run = operations.choose(
        organisation=them.organisation, currency="GBP", payment_ids=[mine.pk], pay_on=ON, by=them.fay, at=AT
    )
    operations.confirm(run_id=run.pk, by=them.eli, at=AT)
    operations.fetch(run_id=run.pk, by=them.fay, at=AT).close()
    run = operations.send(run_id=run.pk, on=ON, by=them.fay, at=AT)
    item = queries.items_of(run)[0]
    assert refusal(operations.say_back, item_id=item.pk, words="Closed.", by=them.gus, at=AT).code == "own-payment"
    data = factories.statement((ON, f"RETURN {item.code}", 5_500))
    operations.bring_in(organisation=them.organisation, data=data, by=them.gus, at=AT)
    line = StatementLine.objects.get()
    assert (line.state, line.why) == ("ASK", operations.OWN) and states() == {"SENT": 1}
    assert refusal(operations.settle_line, line_id=line.pk, code=item.code, by=them.gus, at=AT).code == "own-payment"
    operations.settle_line(line_id=line.pk, code=item.code, by=them.fay, at=AT)
    assert states() == {"BACK": 1}


def test_money_that_came_back_is_owed_again_and_the_next_run_pays_it(them):
    run = factories.sent(them)
    factories.bring_in(them, factories.statement_of(run))
    code = factories.codes(run)[0]
    factories.bring_in(them, factories.statement((ON, f"RETURN {code}", 5_500)))
    payment = Payment.objects.get(to=them.asha)
    assert payment.state == "BACK"
    assert payment.back_words == (
        f"The bank wrote: RETURN {code}. By the bank’s own day it was Monday 2 November 2026."
    )
    assert states(RunItem) == {"ARRIVED": 2, "BACK": 1}
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0
    payees.stand_by(person=them.asha, by=them.asha, at=later(1))
    again = operations.choose(
        organisation=them.organisation, currency="GBP", payment_ids=[payment.pk], pay_on=later(1).date(), by=them.fay,
        at=later(1),
    )  # fmt: skip
    assert factories.codes(again) != [code] and queries.invariants() == []


def test_a_line_without_reference_is_asked_about_and_answered_once(them):
    run = factories.sent(them)
    factories.bring_in(them, factories.statement((ON, "FPS A BELL", -5_500), (ON, "BAKERY", -100)))
    line = StatementLine.objects.get()
    assert (line.state, line.codes) == ("ASK", factories.codes(run)[0]) and "BELL" in line.words
    assert refusal(operations.settle_line, line_id=line.pk, code="OTHER", by=them.gus, at=AT).code == "code"
    operations.settle_line(line_id=line.pk, code=line.codes, by=them.gus, at=AT)
    line.refresh_from_db()
    assert (line.state, line.words) == ("PAID", "") and Payment.objects.get(to=them.asha).state == "PAID"
    assert refusal(operations.settle_line, line_id=line.pk, code="", by=them.gus, at=AT).code == "state"


def test_a_line_that_is_not_ours_loses_the_banks_words(them):
    factories.sent(them)
    factories.bring_in(them, factories.statement((ON, "FPS A BELL", -5_500)))
    line = StatementLine.objects.get()
    operations.settle_line(line_id=line.pk, code="", by=them.gus, at=AT)
    line.refresh_from_db()
    assert (line.state, line.words) == ("NOT_OURS", "") and states() == {"SENT": 3}


def test_a_day_that_has_not_come_is_refused_and_the_rest_is_taken(them):
    run = factories.sent(them)
    code, other, _ = factories.codes(run)
    kept = factories.bring_in(them, factories.statement((ON + timedelta(days=9), code, -5_500), (ON, other, -4_000)))
    assert kept.refused == [[2, "That day has not come yet."]]
    assert states() == {"SENT": 2, "PAID": 1}


def test_the_statement_of_another_account_is_refused(them):
    factories.sent(them)
    from alongside.calculations.statement_file.tests.made_up import camt, entry

    with pytest.raises(Refused) as stop:
        factories.bring_in(them, camt(entry(day="2026-11-02"), account="GB33BUKB20201555555555"))
    assert stop.value.refusal.code == "other-account"
    assert factories.bring_in(them, camt(entry(day="2026-11-02"))).others == 1


def test_what_the_person_said_before_the_bank_stays(them):
    run = factories.sent(them)
    payment = Payment.objects.get(to=them.asha)
    payments.arrive(part_id=payment.part_id, on=ON, by=them.asha, at=AT)
    factories.bring_in(them, factories.statement_of(run))
    payment.refresh_from_db()
    assert payment.arrived_by_id == them.asha.pk and states(RunItem) == {"ARRIVED": 3}


def test_only_who_pays_brings_in_and_nobody_else_sees(them):
    run = factories.sent(them)
    for person in (them.eli, them.asha, them.dee):
        with pytest.raises(Refused):
            operations.bring_in(organisation=them.organisation, data=b"x", by=person, at=AT)
    assert list(queries.runs_of(them.dee)) == [run]
    for person in (them.eli, them.asha, them.lea, None):
        assert not queries.runs_of(person).exists() if person else queries.today(None, ON) == []


def test_about_me_tells_the_person_their_references(them):
    run = factories.sent(them)
    rows = queries.about_me(them.asha)["payments in runs"]
    assert [(row["reference"], row["pence"]) for row in rows] == [(factories.codes(run)[0], 5_500)]
