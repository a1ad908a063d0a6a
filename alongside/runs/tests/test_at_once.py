"""Two runs over the same payments, two second persons, two statements: at the same moment, each thing happens once."""

import threading
from collections import Counter

import pytest
from django.db import connections

from alongside.contributions.tests.factories import add
from alongside.ledger.models import LedgerEntry, LedgerTransaction
from alongside.organisations import operations as organisations
from alongside.payments.models import Payment
from alongside.payments.tests.test_at_once import kept, together
from alongside.refusals import Refused
from alongside.runs import operations, queries
from alongside.runs.models import Run, RunItem
from alongside.runs.tests import factories
from alongside.runs.tests.factories import AT, ON

__all__ = ["kept"]
THREADS = 8


def answer(do):
    """What was done, or the code of the refusal."""
    try:
        return do()
    except Refused as stop:
        return stop.refusal.code


def payers(them, count):
    people = [add(f"Payer {number}", them.organisation) for number in range(count)]
    for person in people:
        organisations.ask_to(person=person, kind="PAYER", organisation=them.organisation, on=ON, at=AT)
    return people


def trial(count, threads):
    them = factories.cast()
    made = factories.crowd(them, count)
    ids, people = [row.pk for row in made], payers(them, threads)

    def choose(number):
        mine = ids[number % 2 :: 2] if number % 3 == 0 else ids
        return answer(lambda: operations.choose(
            organisation=them.organisation, currency="GBP", payment_ids=mine, pay_on=ON, by=people[number], at=AT
        ).pk)  # fmt: skip

    given, faults = together(threads, choose)
    assert faults == []
    runs = [pk for pk in given if isinstance(pk, int)]
    live = RunItem.objects.filter(state="IN")
    assert live.count() == len(set(live.values_list("payment", flat=True))) <= count
    assert set(given) - set(runs) <= {"gone"} and runs
    assert sorted(Run.objects.values_list("number", flat=True)) == list(range(1, len(runs) + 1))

    def end(number):
        seen = Counter()
        for pk in runs:
            by = people[number]
            seen[str(answer(lambda p=pk, b=by: operations.confirm(run_id=p, by=b, at=AT).state))] += 1
            answer(lambda p=pk, b=by: operations.fetch(run_id=p, by=b, at=AT).close())
            seen[str(answer(lambda p=pk, b=by: operations.send(run_id=p, on=ON, by=b, at=AT).state))] += 1
        return seen

    given, faults = together(threads, end)
    assert faults == []
    seen = sum(filter(None, given), Counter())
    assert (seen["CONFIRMED"], seen["SENT"]) == (len(runs), len(runs))
    gone = live.count()
    assert LedgerTransaction.objects.filter(kind="PAID").count() == Payment.objects.filter(state="SENT").count() == gone

    data = factories.statement(*[(ON, item.code, -item.pence) for item in live])
    given, faults = together(threads, lambda number: operations.bring_in(
        organisation=them.organisation, data=data, by=people[number], at=AT
    ).pk)  # fmt: skip
    assert faults == [] and len(set(given)) == 1
    assert Payment.objects.filter(state="PAID").count() == gone
    assert sum(LedgerEntry.objects.values_list("pence", flat=True)) == 0
    assert queries.invariants() == []


def test_a_few_payments_by_a_few_threads(kept):
    trial(count=4, threads=3)


@pytest.mark.postgres
@pytest.mark.slow
def test_many_payments_by_many_threads_stand_in_one_run_each_and_are_paid_once(kept):
    trial(count=30, threads=THREADS)


@pytest.mark.postgres
def test_a_run_and_a_hold_at_once_leave_one_of_them(kept):
    them = factories.cast()
    made = factories.crowd(them, 12)
    ready = threading.Barrier(2)

    def work(number):
        ready.wait()
        if number:
            return answer(lambda: operations.choose(
                organisation=them.organisation, currency="GBP", payment_ids=[row.pk for row in made], pay_on=ON,
                by=them.fay, at=AT,
            ).count)  # fmt: skip
        return answer(lambda: factories.payments.operations.hold(
            part_id=made[5].part_id, words="Wait.", by=them.dee, at=AT
        ).state)  # fmt: skip

    given, faults = together(2, work)
    connections.close_all()
    assert faults == []
    assert given in (["HELD", "gone"], ["HELD", "state"], ["in-a-run", 12], ["state", 12])
    assert RunItem.objects.filter(payment=made[5]).exists() == (given[1] == 12)


@pytest.mark.postgres
def test_a_word_and_a_statement_at_once_take_one_return_once(kept):
    them = factories.cast()
    run = factories.sent(them, factories.crowd(them, 6))
    items, people = list(queries.items_of(run)), payers(them, 4)
    data = factories.statement(*[(ON, f"RETURN {item.code}", item.pence) for item in items])

    def work(number):
        if number % 2:
            factories.bring_in(them, data)
        else:
            for item in items:
                answer(lambda i=item: operations.say_back(item_id=i.pk, words="Closed.", by=people[number], at=AT))

    _, faults = together(4, work)
    assert faults == []
    assert set(Payment.objects.values_list("state", "times")) == {("BACK", 2)}
    assert LedgerTransaction.objects.filter(kind="RETURNED").count() == len(items)
    assert Run.objects.get().state == "DONE" and queries.invariants() == []
