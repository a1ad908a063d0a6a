"""What the bank's answer to a run's file does: what it refused is owed again, once; anything else changes nothing."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from alongside.calculations.statement_file.tests.made_up import answer, rejected
from alongside.ledger.models import LedgerEntry
from alongside.payees import operations as payees
from alongside.payments import queries as payments
from alongside.payments.models import Payment
from alongside.payments.tests.test_pages import browser
from alongside.people.models import ToTell
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.runs import operations, queries
from alongside.runs.models import Run, RunItem, StatementIn, StatementLine
from alongside.runs.tests import factories
from alongside.runs.tests.factories import AT, ON, later

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:The default argument for algorithm")]


@pytest.fixture
def them():
    return factories.cast()


def states(model=Payment):
    return Counter(model.objects.values_list("state", flat=True))


def everything():
    """All that could change, to be the same after a refusal."""
    return (
        states(), states(RunItem), states(Run), StatementIn.objects.count(), StatementLine.objects.count(),
        LedgerEntry.objects.count(), ToTell.objects.count(), JournalLine.objects.count(),
    )  # fmt: skip


def told(person):
    return " ".join(ToTell.objects.filter(person=person).order_by("pk").values_list("words", flat=True))


def bring_in(them, *said, of, **more):
    return factories.bring_in(them, answer(*said, of=of.code, **more))


def test_one_payment_that_the_bank_refused_is_owed_again_and_the_lead_reads_why(them):
    run = factories.sent(them)
    code = factories.codes(run)[0]
    head = f"<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>{run.pence / 100:.2f}</OrgnlCtrlSum>"
    kept = bring_in(them, rejected(code, amount="55.00"), of=run, head=head)
    payment = Payment.objects.get(to=them.asha)
    assert (payment.state, payment.back_ours) == ("BACK", False)
    assert payment.back_words == (
        "The bank did not carry out £55.00, it said on Monday 2 November 2026. The account is closed."
    )
    assert states() == {"SENT": 2, "BACK": 1} and states(RunItem) == {"IN": 2, "BACK": 1}
    assert (kept.kind, kept.lines, kept.others, kept.known) == ("pain.002", 1, 2, 0)
    line = StatementLine.objects.get()
    assert (line.state, line.codes, line.pence, line.words) == ("BACK", code, 5_500, "")
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0 and queries.invariants() == []
    assert "The account is closed." in told(them.lea)
    assert "Please look at your bank details" in told(them.asha) and "sent your money back" not in told(them.bo)
    assert JournalLine.objects.filter(what="runs.answer.brought_in").count() == 1


def test_the_rest_arrives_by_the_statement_and_the_run_is_finished(them):
    run = factories.sent(them)
    code, *others = factories.codes(run)
    bring_in(them, rejected(code), of=run)
    rows = [(ON, f"FPS {item.code}", -item.pence) for item in queries.items_of(run) if item.code in others]
    factories.bring_in(them, factories.statement(*rows))
    run.refresh_from_db()
    assert (run.state, states(RunItem)) == ("DONE", {"BACK": 1, "ARRIVED": 2})
    payees.stand_by(person=them.asha, by=them.asha, at=later(1))
    ready = payments.payable(them.organisation, later(1).date())
    assert [each.payment.to_id for each in ready] == [them.asha.pk]


def test_a_whole_file_that_was_refused_is_owed_again_and_nobody_has_to_look_at_their_account(them):
    run = factories.sent(them)
    kept = bring_in(them, of=run, state="RJCT", reason="AM04")
    assert (states(), states(RunItem), kept.lines, kept.others) == ({"BACK": 3}, {"BACK": 3}, 3, 0)
    run.refresh_from_db()
    assert run.state == "DONE"
    assert set(Payment.objects.values_list("back_ours", flat=True)) == {True}
    assert "There was not enough money on our account." in told(them.lea)
    assert "You need do nothing" in told(them.asha) and "look at your bank details" not in told(them.asha)
    assert [line for line in payments.today(them.asha, ON) if "bank details" in line.words] == []
    ready = payments.payable(them.organisation, later(1).date())
    assert {each.payment.to_id for each in ready} == {them.asha.pk, them.bo.pk, them.cy.pk}
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0 and queries.invariants() == []


def test_a_reason_of_ours_for_one_payment_asks_nothing_of_the_person(them):
    run = factories.sent(them)
    bring_in(them, rejected(factories.codes(run)[0], reason="AM02"), of=run)
    assert Payment.objects.get(to=them.asha).back_ours
    assert "You need do nothing" in told(them.asha)


@pytest.mark.parametrize(
    ("reason", "words", "says"),
    [
        ("XX99", "", "The bank says: XX99."), ("XX99", "Ask us", "The bank says: XX99 Ask us."),
        ("NARR", "Ask us", "The bank says: Ask us."), ("", "", "The bank gave no reason."),
        ("AC04", "Ask us", "The account is closed."),
    ],
)  # fmt: skip
def test_reasons_are_said_in_words_and_unknown_ones_as_they_are(them, reason, words, says):
    run = factories.sent(them)
    bring_in(them, rejected(factories.codes(run)[0], reason=reason, words=words), of=run)
    assert Payment.objects.get(to=them.asha).back_words.endswith(says)


@pytest.mark.parametrize("state", ["ACCP", "ACSC", "PDNG", "PART"])
def test_what_is_accepted_waits_for_the_statement(them, state):
    run = factories.sent(them)
    kept = bring_in(them, of=run, state=state)
    assert (states(), kept.others, StatementLine.objects.count()) == ({"SENT": 3}, 3, 0)


def test_the_same_answer_twice_changes_nothing_and_nor_does_the_same_in_another_file(them):
    run = factories.sent(them)
    code = factories.codes(run)[0]
    first = bring_in(them, rejected(code), of=run)
    before = everything()
    assert bring_in(them, rejected(code), of=run) == first and everything() == before
    second = bring_in(them, rejected(code, words="again"), of=run)
    assert (second.known, second.others, Payment.objects.get(to=them.asha).times) == (1, 2, 2)
    assert states() == {"SENT": 2, "BACK": 1} and StatementLine.objects.count() == 1


def test_what_a_new_run_carries_is_not_touched_by_the_old_answer_again(them):
    run = factories.sent(them)
    bring_in(them, of=run, state="RJCT", reason="FF01")
    again = operations.choose(
        organisation=them.organisation, currency="GBP", by=them.fay, at=later(1), pay_on=later(1).date(),
        payment_ids=list(Payment.objects.values_list("pk", flat=True)),
    )  # fmt: skip
    bring_in(them, rejected(factories.codes(run)[0], reason="FF01"), of=run, state="RJCT", reason="FF01")
    assert set(factories.codes(again)) & set(factories.codes(run)) == set()
    assert RunItem.objects.filter(run=again, state="IN").count() == 3 and queries.invariants() == []


def test_a_refusal_after_the_money_arrived_is_for_a_person_to_decide(them):
    run = factories.sent(them)
    code = factories.codes(run)[0]
    factories.bring_in(them, factories.statement_of(run))
    bring_in(them, rejected(code, words="odd"), of=run)
    line = StatementLine.objects.get(state="ASK")
    assert states() == {"PAID": 3} and "now the bank says" in line.why and line.codes == code
    operations.settle_line(line_id=line.pk, code=code, by=them.gus, at=AT)
    assert states() == {"PAID": 2, "BACK": 1}


def others(run):
    """Answers that are not about this run as the bank has it: (bytes, code of the refusal)."""
    code = factories.codes(run)[0]
    return [
        (answer(rejected(code), of="ZZZZZZZZZZ"), "other-run"),
        (answer(rejected("ZZZZZZZZZZ"), of=run.code), "payments"),
        (answer(rejected(code, amount="55.01"), of=run.code), "payments"),
        (answer(rejected(code), of=run.code, head="<OrgnlNbOfTxs>2</OrgnlNbOfTxs>"), "numbers"),
        (answer(rejected(code), of=run.code, head="<OrgnlCtrlSum>1.00</OrgnlCtrlSum>"), "numbers"),
        (answer(rejected(code), of=run.code, head="<OrgnlCtrlSum>Infinity</OrgnlCtrlSum>"), "numbers"),
        (answer(rejected(code), rejected(code), of=run.code), "statement-answer-unclear"),
        (answer(rejected(code), of=run.code, kind="pain.008.001.02"), "statement-answer-other"),
        (answer(rejected(code), of=run.code)[:-30], "statement-damaged"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + answer(rejected(code), of=run.code)[38:], "statement-entities"),
    ]


@pytest.mark.parametrize("number", range(10))
def test_an_answer_that_is_not_about_this_run_is_refused_and_nothing_changes(them, number):
    run = factories.sent(them)
    data, code = others(run)[number]
    before = everything()
    with pytest.raises(Refused) as stop:
        factories.bring_in(them, data)
    assert (stop.value.refusal.code, everything()) == (code, before)
    assert stop.value.refusal.words and stop.value.refusal.help


def test_another_organisation_and_who_does_not_pay_can_do_nothing_with_it(them):
    run = factories.sent(them)
    data, before = answer(of=run.code, state="RJCT"), everything()
    for person in (them.eli, them.asha, them.dee, them.lea):
        with pytest.raises(Refused):
            operations.bring_in(organisation=them.organisation, data=data, by=person, at=AT)
    assert everything() == before


@pytest.mark.parametrize("step", ["chosen", "confirmed", "fetched", "cancelled"])
def test_a_run_that_the_bank_does_not_have_is_not_answered(them, step):
    run = factories.chosen(them) if step == "cancelled" else getattr(factories, step)(them)
    if step == "cancelled":
        operations.cancel(run_id=run.pk, by=them.fay, at=AT)
    before = everything()
    with pytest.raises(Refused) as stop:
        bring_in(them, of=run, state="RJCT")
    assert (stop.value.refusal.code, everything()) == ("not-sent", before)


def test_a_day_before_or_after_is_drawn_to_when_the_bank_had_it(them):
    run = factories.sent(them)
    data = answer(rejected(factories.codes(run)[0]), of=run.code).replace(b"2026-11-03T", b"2031-01-01T")
    factories.bring_in(them, data, at=AT + timedelta(days=2))
    assert StatementLine.objects.get().on == ON + timedelta(days=2)


def test_the_page_tells_what_the_answer_said(them, monkeypatch):
    monkeypatch.setattr("alongside.runs.views.timezone.now", lambda: AT)
    run = factories.sent(them)
    client, url = browser(them.fay), reverse("runs:statement_in", args=[them.organisation.pk])
    assert "the bank’s answer to a file" in client.get(url).content.decode()
    file = SimpleUploadedFile("answer.xml", answer(rejected(factories.codes(run)[0]), of=run.code))
    page = client.post(url, {"file": file}, follow=True).content.decode()
    assert "The bank answered about 1 payment." in page and "Sent back" in page and "£55.00" in page
    assert "Not refused. The statement says when they arrive" in page
    file = SimpleUploadedFile("answer.xml", answer(of="ZZZZZZZZZZ", state="RJCT"))
    page = client.post(url, {"file": file}, follow=True).content.decode()
    assert "This answers a file that is none of ours. Its number is ZZZZZZZZZZ." in page
    file = SimpleUploadedFile("answer.xml", answer(of=run.code, state="ACSC"))
    assert "The bank refused none of them." in client.post(url, {"file": file}, follow=True).content.decode()


def test_the_whole_answer_is_taken_or_nothing(them, monkeypatch):
    """Killed in the middle, in effect: the second payment cannot be taken, so the first is not either."""
    run = factories.sent(them)
    done, real = [], operations.payments.came_back

    def fails_second(**said):
        done.append(said)
        if len(done) == 2:
            raise RuntimeError
        return real(**said)

    monkeypatch.setattr(operations.payments, "came_back", fails_second)
    before = everything()
    with pytest.raises(RuntimeError):
        bring_in(them, of=run, state="RJCT")
    assert everything() == before and not connection.needs_rollback
