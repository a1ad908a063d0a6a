"""The box of cash with two people there, and vouchers counted as stock."""

import pytest
from django.db import IntegrityError, transaction

from alongside.ledger import operations, queries
from alongside.ledger.models import FloatMove, LedgerTransaction, VoucherBatch, VoucherOut
from alongside.ledger.tests import factories
from alongside.ledger.tests.factories import AT
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def move(them, fund, kind, pence, by="fay", second="dee"):
    return operations.move_float(
        fund_id=fund.pk, kind=kind, pence=pence, second=second and getattr(them, second), by=getattr(them, by), at=AT
    )


def refused(do, *args, **facts):
    with pytest.raises(Refused) as stop:
        do(*args, **facts)
    return stop.value.refusal.code


def test_cash_goes_in_and_out_and_is_counted():
    them = factories.cast()
    fund = factories.fund(them)
    assert not queries.has_float(fund)
    for kind, pence, holds in (
        ("IN", 10_000, 10_000), ("OUT", 2500, 7500), ("KEEPER", 7500, 7500), ("COUNTED", 7400, 7400),
        ("COUNTED", 7400, 7400), ("COUNTED", 7450, 7450),
    ):  # fmt: skip
        move(them, fund, kind, pence)
        assert queries.float_holds(fund) == holds
    sums = {row["kind"]: row["pence"] for row in queries.sums(them.organisation)}
    assert sums == {"FLOAT": 7450, "BANK": -7500, "COUNTED": 50}
    assert [row.kind for row in queries.float_moves_of(fund)][:2] == ["COUNTED", "COUNTED"]
    assert LedgerTransaction.objects.count() == 4
    assert queries.invariants() == []


def test_what_is_left_over_of_money_before_the_day_goes_back_to_the_fund_and_into_the_box():
    them = factories.cast()
    line = factories.line(them)
    factories.promised(them, line, 1000)
    factories.owed(them, line, 1000)
    factories.paid(them, line, 1000)
    assert refused(move, them, line.fund, "LEFTOVER", 1001) == "not-paid"
    move(them, line.fund, "LEFTOVER", 400, second="asha")
    cover = queries.cover(line, factories.ON)
    assert (cover.paid, cover.left, queries.float_holds(line.fund)) == (600, 9400, 400)
    sums = {row["kind"]: row["pence"] for row in queries.sums(them.organisation)}
    assert (sums["FUND"], sums["FLOAT"], sums["BANK"], sum(sums.values())) == (600, 400, -1000, 0)
    assert refused(move, them, line.fund, "LEFTOVER", 601) == "not-paid"
    assert queries.invariants() == []


def test_of_a_fund_with_several_lines_the_whole_fund_has_the_left_over_again():
    them = factories.cast()
    fund = factories.fund(them, lines=(("Pay", "A", 5000), ("Costs", "B", 5000)))
    line = queries.lines_of(them.organisation).get(words="Pay")
    factories.promised(them, line, 1000)
    factories.owed(them, line, 1000)
    factories.paid(them, line, 1000)
    move(them, fund, "LEFTOVER", 400)
    row = next(row for row in queries.fund_rows(them.organisation) if row["fund"] == fund)
    assert (row["paid"], row["left"]) == (600, 9400)
    assert queries.cover(line, factories.ON).paid == 1000
    assert queries.invariants() == []


def test_a_move_of_cash_writes_one_line_in_the_record():
    them = factories.cast()
    fund = factories.fund(them)
    before = JournalLine.objects.count()
    move(them, fund, "IN", 100)
    line = JournalLine.objects.order_by("pk").last()
    assert (JournalLine.objects.count(), line.what) == (before + 1, "ledger.float.moved")


CASES = [
    ({"second": None}, "no-second"), ({"second": "eli"}, "no-second"), ({"second": "fay"}, "one-hand"),
    ({"by": "asha"}, "not-asked"), ({"by": "lea"}, "not-asked"), ({"by": "eli"}, "not-asked"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "code"), CASES, ids=str)
def test_cash_moves_with_two_people_of_the_organisation_there(who, code):
    them = factories.cast()
    fund = factories.fund(them)
    assert refused(move, them, fund, "IN", 100, **who) == code
    assert (FloatMove.objects.count(), LedgerTransaction.objects.count()) == (0, 0)


def test_nobody_hands_over_what_is_not_there():
    them = factories.cast()
    fund = factories.fund(them)
    move(them, fund, "IN", 100)
    assert refused(move, them, fund, "OUT", 101) == "float-short"
    assert refused(move, them, fund, "KEEPER", 101) == "float-short"
    assert refused(move, them, fund, "IN", 0) == "nothing"
    them.fay.helped_by = them.lea
    assert refused(move, them, fund, "IN", 1) == "helped"


def test_the_database_refuses_one_hand():
    them = factories.cast()
    fund = factories.fund(them)
    with pytest.raises(IntegrityError), transaction.atomic():
        FloatMove.objects.create(fund=fund, kind="COUNTED", pence=0, by=them.fay, second=them.fay, at=AT)


# --- vouchers ---


def buy(them, fund, shop="Corner shop", each=500, count=10, by="fay"):
    return operations.buy_vouchers(fund=fund, shop=shop, each_pence=each, count=count, by=getattr(them, by), at=AT)


def out(batch, fund, pence, about="payment:1"):
    return operations.hand_out(batch_id=batch.pk, fund=fund, pence=pence, about=about, by=batch.by, at=AT)


def left(them):
    return [row.left for row in queries.batches_of(them.organisation)]


def test_vouchers_are_bought_handed_out_and_counted():
    them = factories.cast()
    fund = factories.fund(them)
    batch = buy(them, fund)
    assert out(batch, fund, 2500).count == 5
    assert left(them) == [5]
    sums = {row["kind"]: row["pence"] for row in queries.sums(them.organisation)}
    assert sums == {"STOCK": 5000, "BANK": -5000}


def test_only_vouchers_of_that_shop_fund_and_sum_are_offered():
    them = factories.cast()
    fund, other = factories.fund(them), factories.fund(them, name="Lottery")
    batch = buy(them, fund, count=3)
    buy(them, fund, shop="Another")
    buy(them, other)
    assert queries.batches_for(fund, " corner SHOP ", 1500) == [batch]
    assert queries.batches_for(fund, "Corner shop", 1501) == []
    assert queries.batches_for(fund, "Corner shop", 2000) == []
    out(batch, fund, 500)
    assert queries.batches_for(fund, "Corner shop", 1500) == []


def test_three_batches_are_looked_through_in_one_query(django_assert_num_queries):
    them = factories.cast()
    fund = factories.fund(them)
    bought = [buy(them, fund, count=3) for _ in range(3)]
    with django_assert_num_queries(1):
        assert queries.batches_for(fund, "Corner shop", 1500) == bought


def test_no_more_vouchers_are_handed_out_than_there_are():
    them = factories.cast()
    fund, other = factories.fund(them), factories.fund(them, name="Lottery")
    batch = buy(them, fund, count=2)
    for pence, of in ((1500, fund), (700, fund), (500, other)):
        assert refused(out, batch, of, pence) == "no-vouchers"
    out(batch, fund, 1000)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoucherOut.objects.create(batch=batch, about="payment:2", count=1, by=them.fay, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoucherOut.objects.filter(batch=batch).delete()
    assert refused(buy, them, fund, by="asha") == "not-asked"
    assert VoucherBatch.objects.count() == 1
