"""Offers and payments pressed in any order by anybody, beside a small model that foretells what goes through.

The model knows nothing of tables: for each part of money a state, an amount, by which means, and who held it. After every
press the rows, the book and the model must agree, the book must sum to zero, and nobody can change or remove a line of it.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.contributions import operations as contributions
from alongside.contributions.models import Offer, OfferPart
from alongside.ledger.models import LedgerEntry
from alongside.payees import operations as payees
from alongside.payees import queries as accounts
from alongside.payments import operations, queries
from alongside.payments.models import Freeze, Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.refusals import Refused

OFFERS = 2
WHO = st.sampled_from(["asha", "bo", "dee", "fay", "lea"])
RIGHT = st.sampled_from(["asha", "dee", "fay"])
WHICH = st.integers(0, OFFERS - 1)
PLACE = st.integers(0, 3)
ANSWERS = st.sampled_from([
    {"state": "ACCEPTED", "method": "CASH"}, {"state": "ACCEPTED", "method": "BANK"},
    {"state": "ACCEPTED", "method": "BANK", "parts": [(3000, ON - timedelta(days=1)), (2500, ON)]},
    {"state": "PART", "pence": 1500, "method": "CASH"}, {"state": "PART", "pence": 0},
    {"state": "GIVEN", "given_to": "The food bank"}, {"state": "LATER"}, {"state": "DECLINED"},
])  # fmt: skip
GONE, READY = {"SENT", "PAID"}, {"APPROVED", "BACK"}
MONEY_OUT = {"BANK", "CASH", "GIFT"}


class Money(RuleBasedStateMachine):
    """Anybody presses anything."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.them = factories.cast()
        _, line = factories.fund(self.them)
        lines = [line, None]  # one offer names what pays for it, for the other the approver's only fund pays
        self.offers = [factories.offer(self.them, fund_line=line).pk for line in lines]
        self.way = {}  # part: {"state", "pence", "means", "by", "back"}
        self.account = self.waiting = None  # when it was confirmed; a new one that is not
        self.frozen, self.now = False, AT

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    # --- pressing ---

    def press(self, do, who, **facts):
        """True when it went through."""
        self.now += timedelta(seconds=1)
        try:
            do(by=getattr(self.them, who), at=self.now, **facts)
        except Refused:
            return False
        return True

    def part(self, place):
        """One of the parts that there are by now, and how it stands; (None, None) before there is any."""
        parts = list(OfferPart.objects.filter(pence__gt=0).select_related("offer").order_by("pk"))
        if not parts:
            return None, None
        part = parts[place % len(parts)]
        fresh = {"state": "DUE", "pence": 0, "means": "", "by": "", "back": None, "run": False}
        return part, self.way.setdefault(part.pk, fresh)

    def may_leave(self, part, way):
        bank = way["means"] == "BANK"
        looked_at = self.account and (way["back"] is None or self.account > way["back"])
        return way["state"] in READY and not self.frozen and (not bank or (looked_at and not self.waiting))

    @rule(which=WHICH, who=WHO, said=ANSWERS)
    def answer(self, which, who, said):
        before = self.standing()
        went = self.press(contributions.answer, who, offer_id=self.offers[which], **said)
        assert not went or who == "asha"
        assert before == self.standing()

    def standing(self):
        """What no answer may touch: the parts that are approved or gone."""
        fixed = [pk for pk, way in self.way.items() if way["state"] in GONE | READY]
        return list(OfferPart.objects.filter(pk__in=fixed).order_by("pk").values_list("pk", "pence", "money"))

    @rule(which=WHICH, who=WHO)
    def done(self, which, who):
        went = self.press(contributions.say_done, who, offer_id=self.offers[which], on=ON)
        assert not went or who in {"asha", "lea"}

    @rule(which=WHICH, who=WHO)
    def take_back(self, which, who):
        went = self.press(contributions.take_back_done, who, offer_id=self.offers[which])
        parts = OfferPart.objects.filter(offer=self.offers[which]).values_list("pk", flat=True)
        states = {self.way[pk]["state"] for pk in parts if pk in self.way}
        assert not (went and states & (GONE | READY))

    @rule()
    def type_account(self):
        first = self.account is None and not self.waiting
        factories.with_payee(self.them.asha, at=self.now)
        self.account, self.waiting = (self.now, False) if first else (self.account, True)

    @rule()
    def confirm_account(self):
        if new := accounts.waiting_of(self.them.asha):
            assert self.press(payees.confirm_seen, "lea", payee_id=new.pk)
            self.account, self.waiting = self.now, False

    @rule()
    def stand_by_account(self):
        if self.press(payees.stand_by, "asha", person=self.them.asha) and self.account:
            self.account = self.now

    @rule(place=PLACE, who=WHO)
    def approve(self, place, who):
        part, way = self.part(place)
        if part is None:
            return
        may = who == "dee" and part.offer.state == "DONE" and way["state"] == "DUE" and not self.frozen
        assert self.press(operations.approve, who, part_id=part.pk) == may
        if may:
            way |= {"state": "APPROVED", "pence": part.pence, "means": part.offer.method}

    @rule(place=PLACE, who=WHO)
    def hold(self, place, who):
        part, way = self.part(place)
        if part is None:
            return
        may = who in {"asha", "dee", "fay"} and part.offer.state == "DONE" and not way["run"]
        may = may and way["state"] in READY | {"DUE"}
        assert self.press(operations.hold, who, part_id=part.pk, words="Wait") == may
        if may:
            way |= {"state": "HELD", "by": who}

    @rule(place=PLACE, who=WHO)
    def release(self, place, who):
        part, way = self.part(place)
        if part is None:
            return
        may = way["state"] == "HELD" and (who in {"dee", "fay"} or (who == "asha" and way["by"] == "asha"))
        assert self.press(operations.release, who, part_id=part.pk) == may
        if may:
            way |= {"state": "DUE", "pence": 0}

    @rule(place=PLACE, who=WHO, late=st.integers(-1, 1))
    def send(self, place, who, late):
        part, way = self.part(place)
        if part is None:
            return
        may = who == "fay" and bool(self.may_leave(part, way)) and not way["run"] and late == 0
        assert self.press(operations.send, who, part_id=part.pk, on=ON + timedelta(days=late)) == may
        if may:
            way["state"] = "PAID" if way["means"] == "CASH" else "SENT"

    @rule(place=PLACE, who=RIGHT)
    def take_into_run(self, place, who):
        part, way = self.part(place)
        if part is None or not (payment := queries.payment_of(part)):
            return
        may = who == "fay" and bool(self.may_leave(part, way)) and way["means"] == "BANK" and not way["run"]
        assert self.press(operations.take_into_run, who, payments=[payment], run_about="run:1") == may
        way["run"] |= may

    @rule(who=RIGHT)
    def send_the_run(self, who):
        inside = list(queries.payments_in("run:1"))
        left = [payment for payment in inside if self.way[payment.part_id]["state"] in READY]
        may = all(who == "fay" and self.may_leave(p.part, self.way[p.part_id]) for p in left)
        went = self.press(operations.send_by_run, who, payments=inside, sent_on=ON, reference="RUN")
        assert went == bool(may)
        for payment in left if may else []:
            self.way[payment.part_id]["state"] = "SENT"

    @rule(place=PLACE, who=WHO)
    def arrive(self, place, who):
        part, way = self.part(place)
        if part is None:
            return
        may = who in {"asha", "fay"} and way["state"] == "SENT"
        assert self.press(operations.arrive, who, part_id=part.pk, on=ON) == may
        if may:
            way["state"] = "PAID"

    @rule(place=PLACE, who=RIGHT)
    def come_back(self, place, who):
        part, way = self.part(place)
        if part is None or not (payment := queries.payment_of(part)):
            return
        may = who == "fay" and way["state"] in GONE and way["means"] == "BANK"
        assert self.press(operations.came_back, who, payment=payment, words="No such account.") == may
        if may:
            way |= {"state": "BACK", "back": self.now, "run": False}

    @rule(who=WHO)
    def freeze(self, who):
        may = who in {"dee", "fay"} and not self.frozen
        facts = {"organisation": self.them.organisation, "words": "We count.", "until": ON}
        assert self.press(operations.freeze, who, **facts) == may
        self.frozen |= may

    @rule(who=WHO)
    def lift(self, who):
        row = Freeze.objects.filter(lifted_at=None).first()
        if row:
            may = who in {"dee", "fay"}
            assert self.press(operations.lift, who, freeze_id=row.pk) == may
            self.frozen &= not may

    @rule(
        sql=st.sampled_from(
            ["DELETE FROM ledger_entry", "UPDATE ledger_entry SET pence = pence", "DELETE FROM payment"]
        )
    )
    def tamper(self, sql):
        table = "payment" if "payment" in sql else "ledger_entry"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            if not cursor.fetchone()[0]:
                return
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(sql)

    # --- what must be true after every press ---

    @invariant()
    def rows_stand_as_the_model_says(self):
        rows = Payment.objects.values_list("part", "state", "pence")
        for part, state, pence in rows:
            way = self.way[part]
            assert state == way["state"]
            assert pence == way["pence"] or way["state"] in {"DUE", "HELD"}

    @invariant()
    def the_book_is_what_left_and_what_is_owed_and_sums_to_nothing(self):
        entries = LedgerEntry.objects.values_list("account__kind", "pence")
        gone = sum(way["pence"] for way in self.way.values() if way["state"] in GONE)
        owed = sum(way["pence"] for way in self.way.values() if way["state"] in READY | {"HELD"})
        assert sum(pence for _, pence in entries) == 0
        assert -sum(pence for kind, pence in entries if kind in MONEY_OUT) == gone
        assert -sum(pence for kind, pence in entries if kind == "OWED") == owed

    @invariant()
    def what_is_promised_is_what_people_said_yes_to(self):
        named = Offer.objects.get(pk=self.offers[0])
        assert queries.ledger.promised(f"offer:{named.pk}") == (named.accepted_pence or 0)

    @invariant()
    def nothing_is_wrong_by_the_self_check(self):
        assert queries.invariants() == []


def run(examples, steps):
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.django_db
def test_money_stays_right_whatever_is_pressed():
    run(examples=12, steps=30)


@pytest.mark.slow
@pytest.mark.django_db
def test_money_stays_right_in_fifteen_thousand_presses():
    run(examples=300, steps=50)
