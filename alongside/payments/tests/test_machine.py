"""Offers and payments pressed in any order, beside a small model of what must be true after every press."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.contributions import operations as contributions
from alongside.contributions.models import Offer
from alongside.ledger.models import LedgerEntry
from alongside.payments import operations, queries
from alongside.payments.models import Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.refusals import Refused

OFFERS = 2
WHO = st.sampled_from(["asha", "bo", "dee", "fay", "lea"])
WHICH = st.integers(0, OFFERS - 1)
ANSWERS = st.sampled_from([
    {"state": "ACCEPTED", "method": "CASH"}, {"state": "ACCEPTED", "method": "BANK"},
    {"state": "PART", "pence": 1500, "method": "CASH"}, {"state": "PART", "pence": 0},
    {"state": "GIVEN", "given_to": "The food bank"}, {"state": "LATER"}, {"state": "DECLINED"},
])  # fmt: skip


class Money(RuleBasedStateMachine):
    """Anybody presses anything. paid: what was sent, by offer; it never changes again."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.them = factories.cast()
        self.offers = [factories.offer(self.them).pk for _ in range(OFFERS)]
        self.paid = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def press(self, do, which, who, **facts):
        """True when it went through; a refusal changes nothing that the invariants could miss."""
        try:
            do(offer_id=self.offers[which], by=getattr(self.them, who), at=AT, **facts)
        except Refused:
            return False
        return True

    @rule(which=WHICH, who=WHO, said=ANSWERS)
    def answer(self, which, who, said):
        went = self.press(contributions.answer, which, who, **said)
        assert not went or (who == "asha" and which not in self.paid)

    @rule(which=WHICH, who=WHO)
    def done(self, which, who):
        went = self.press(contributions.say_done, which, who, on=ON)
        assert not went or who in {"asha", "lea"}

    @rule(which=WHICH, who=WHO)
    def take_back(self, which, who):
        assert not (self.press(contributions.take_back_done, which, who) and which in self.paid)

    @rule()
    def type_account(self):
        factories.with_payee(self.them.asha)

    @rule(which=WHICH, who=WHO)
    def approve(self, which, who):
        went = self.press(operations.approve, which, who)
        assert not went or (who == "dee" and which not in self.paid)

    @rule(which=WHICH, who=WHO)
    def hold(self, which, who):
        went = self.press(operations.hold, which, who, words="Wait")
        assert not went or (who in {"asha", "dee", "fay"} and which not in self.paid)

    @rule(which=WHICH, who=WHO)
    def release(self, which, who):
        assert not (self.press(operations.release, which, who) and which in self.paid)

    @rule(which=WHICH, who=WHO, late=st.integers(-1, 1))
    def send(self, which, who, late):
        if self.press(operations.send, which, who, on=ON + timedelta(days=late)):
            assert who == "fay"
            assert late == 0
            assert which not in self.paid
            self.paid[which] = Offer.objects.get(pk=self.offers[which]).accepted_pence

    @rule(which=WHICH, who=WHO)
    def arrive(self, which, who):
        went = self.press(operations.arrive, which, who, on=ON)
        assert not went or which in self.paid

    @invariant()
    def the_book_is_what_was_paid_and_sums_to_nothing(self):
        entries = LedgerEntry.objects.values_list("account__kind", "pence")
        assert sum(pence for _, pence in entries) == 0
        gone = -sum(pence for kind, pence in entries if kind in {"BANK", "CASH", "GIFT"})
        assert gone == sum(self.paid.values())

    @invariant()
    def what_is_owed_is_what_is_approved(self):
        owed = -sum(LedgerEntry.objects.filter(account__kind="OWED").values_list("pence", flat=True))
        waiting = Payment.objects.filter(approved_by__isnull=False, sent_by=None)
        assert owed == sum(waiting.values_list("pence", flat=True))

    @invariant()
    def nothing_is_wrong_by_the_self_check(self):
        assert queries.invariants() == []


@pytest.mark.django_db
def test_money_stays_right_whatever_is_pressed():
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
