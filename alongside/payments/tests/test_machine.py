"""Offers and payments pressed in any order by anybody, beside a small model that foretells what goes through.

The model knows nothing of tables: for each part of money a state, an amount, by which means, and who held it. After every
press the rows, the book and the model must agree, the book must sum to zero, and nobody can change or remove a line of it.
As many walks begin at each step of the way, and the hand that may press is drawn as often as all others together: a walk
that moves no money proves nothing. Which states were reached, and whether a run left, is asked for at the end.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from alongside.contributions import operations as contributions
from alongside.contributions.models import Offer, OfferPart
from alongside.contributions.tests.factories import add
from alongside.ledger.models import LedgerEntry
from alongside.organisations import operations as organisations
from alongside.payees import operations as payees
from alongside.payees import queries as accounts
from alongside.payments import operations, queries
from alongside.payments.models import Freeze, Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT, ON
from alongside.refusals import Refused

OFFERS = 2
ANYBODY = st.sampled_from(["asha", "bo", "dee", "fay", "gus", "lea"])
PAYERS = ("fay", "gus")


def hands(*right):
    """One of those who may, or anybody."""
    return st.one_of(st.sampled_from(right), ANYBODY)


WHICH = st.integers(0, OFFERS - 1)
PLACE = st.tuples(st.integers(0, 3), st.booleans())  # which part, and whether of those that fit
ANSWERS = st.sampled_from([
    {"state": "ACCEPTED", "method": "CASH"}, {"state": "ACCEPTED", "method": "BANK"},
    {"state": "ACCEPTED", "method": "BANK", "parts": [(3000, ON - timedelta(days=1)), (2500, ON)]},
    {"state": "PART", "pence": 1500, "method": "CASH"}, {"state": "PART", "pence": 0},
    {"state": "GIVEN", "given_to": "The food bank"}, {"state": "LATER"}, {"state": "DECLINED"},
])  # fmt: skip
BANK = {"state": "ACCEPTED", "method": "BANK"}
YES = ANSWERS.filter(lambda said: said["state"] == "ACCEPTED")
AHEAD = {
    "offered": (), "answered": (), "done": (), "approved": ("approve",), "held": ("approve", "hold"),
    "let go": ("approve", "hold", "release"),
    "sent": ("approve", "send"), "arrived": ("approve", "send", "arrive"), "back": ("approve", "send", "come_back"),
    "in a run": ("approve", "take"), "left": ("approve", "take", "leave"),
    "back from a run": ("approve", "take", "leave", "come_back_from_run"),
}  # fmt: skip
HOW_FAR = st.sampled_from(list(AHEAD))
GONE, READY = {"SENT", "PAID"}, {"APPROVED", "BACK"}
REACHED = {"APPROVED", "HELD", "SENT", "PAID", "BACK", "a run that left"}
MONEY_OUT = {"BANK", "CASH", "GIFT"}


class Money(RuleBasedStateMachine):
    """Anybody presses anything."""

    far = "offered"  # where a walk begins
    reached = set()  # by all walks

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.them = factories.cast()
        self.them.gus = add("Gus", self.them.organisation)
        organisations.ask_to(person=self.them.gus, kind="PAYER", organisation=self.them.organisation, on=ON, at=AT)
        _, line = factories.fund(self.them)
        lines = [line, None]  # one offer names what pays for it, for the other the approver's only fund pays
        self.offers = [factories.offer(self.them, fund_line=line).pk for line in lines]
        self.way = {}  # part: {"state", "pence", "means", "by", "back"}
        self.account = self.waiting = None  # when it was confirmed; a new one that is not
        self.frozen, self.now = False, AT

    def teardown(self):
        """The self-check finds nothing either; it reads every table, so it is asked at the end of each walk."""
        wrong = queries.invariants()
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
        assert wrong == []

    @initialize(other=HOW_FAR, said=YES)
    def begin(self, other, said):
        """One offer is as far as this walk wants it, the other anywhere, by the same presses."""
        self.look_after_the_account(does="type")
        for which, (step, answer) in enumerate([(self.far, BANK), (other, said)]):
            if step != "offered":
                self.answer(which=which, who="asha", said=answer)
            if step not in {"offered", "answered"}:
                self.done(which=which, who="asha")
            for number, part in enumerate(self.parts()):
                if part.offer_id == self.offers[which]:
                    self.bring(AHEAD[step], (number, False))

    def bring(self, presses, place):
        for each in presses:
            {
                "approve": lambda: self.approve(place=place, who="dee"),
                "hold": lambda: self.hold(place=place, who="dee"),
                "release": lambda: self.release(place=place, who="dee"),
                "send": lambda: self.send(place=place, who="fay", late=0),
                "arrive": lambda: self.arrive(place=place, who="asha"),
                "come_back": lambda: self.come_back(place=place, who="gus", with_its_run=False),
                "take": lambda: self.take_into_run(place=place, who="fay"),
                "leave": lambda: self.send_the_run(who="gus"),
                "come_back_from_run": lambda: self.come_back(place=place, who="gus", with_its_run=True),
            }[each]()

    # --- pressing ---

    def press(self, do, who, **facts):
        """True when it went through."""
        self.now += timedelta(seconds=1)
        try:
            do(by=getattr(self.them, who), at=self.now, **facts)
        except Refused:
            return False
        return True

    def parts(self):
        return list(OfferPart.objects.filter(pence__gt=0).select_related("offer").order_by("pk"))

    def part(self, place, fits=frozenset()):
        """One of the parts that there are by now, and how it stands; (None, None) before there is any.

        fits: states of which one is chosen, where `place` says so and a part stands in one of them.
        """
        fresh = {"state": "DUE", "pence": 0, "means": "", "by": "", "back": None, "run": False}
        ways = [(part, self.way.setdefault(part.pk, dict(fresh))) for part in self.parts()]
        number, among = place
        ways = [each for each in ways if among and each[1]["state"] in fits] or ways
        return ways[number % len(ways)] if ways else (None, None)

    def may_leave(self, part, way):
        bank = way["means"] == "BANK"
        looked_at = self.account and (way["back"] is None or self.account > way["back"])
        return way["state"] in READY and not self.frozen and (not bank or (looked_at and not self.waiting))

    @rule(which=WHICH, who=hands("asha"), said=ANSWERS)
    def answer(self, which, who, said):
        before = self.standing()
        went = self.press(contributions.answer, who, offer_id=self.offers[which], **said)
        assert not went or who == "asha"
        assert before == self.standing()

    def standing(self):
        """What no answer may touch: the parts that are approved or gone."""
        fixed = [pk for pk, way in self.way.items() if way["state"] in GONE | READY]
        return list(OfferPart.objects.filter(pk__in=fixed).order_by("pk").values_list("pk", "pence", "money"))

    @rule(which=WHICH, who=hands("asha", "lea"))
    def done(self, which, who):
        went = self.press(contributions.say_done, who, offer_id=self.offers[which], on=ON)
        assert not went or who in {"asha", "lea"}

    @rule(which=WHICH, who=hands("asha", "lea"))
    def take_back(self, which, who):
        went = self.press(contributions.take_back_done, who, offer_id=self.offers[which])
        parts = OfferPart.objects.filter(offer=self.offers[which]).values_list("pk", flat=True)
        states = {self.way[pk]["state"] for pk in parts if pk in self.way}
        assert not (went and states & (GONE | READY))

    @rule(does=st.sampled_from(["type", "confirm", "stand by"]))
    def look_after_the_account(self, does):
        if does == "type":
            first = self.account is None and not self.waiting
            factories.with_payee(self.them.asha, at=self.now)
            self.account, self.waiting = (self.now, False) if first else (self.account, True)
        elif does == "stand by":
            if self.press(payees.stand_by, "asha", person=self.them.asha) and self.account:
                self.account = self.now
        elif new := accounts.waiting_of(self.them.asha):
            assert self.press(payees.confirm_seen, "lea", payee_id=new.pk)
            self.account, self.waiting = self.now, False

    @rule(place=PLACE, who=hands("dee"))
    def approve(self, place, who):
        part, way = self.part(place, {"DUE"})
        if part is None:
            return
        may = who == "dee" and part.offer.state == "DONE" and way["state"] == "DUE" and not self.frozen
        assert self.press(operations.approve, who, part_id=part.pk) == may
        if may:
            way |= {"state": "APPROVED", "pence": part.pence, "means": part.offer.method}

    @rule(place=PLACE, who=hands("asha", "dee", "fay"))
    def hold(self, place, who):
        part, way = self.part(place, READY)
        if part is None:
            return
        may = who in {"asha", "dee", *PAYERS} and part.offer.state == "DONE" and not way["run"]
        may = may and way["state"] in READY | {"DUE"}
        assert self.press(operations.hold, who, part_id=part.pk, words="Wait") == may
        if may:
            way |= {"state": "HELD", "by": who}

    @rule(place=PLACE, who=hands("dee", "fay"))
    def release(self, place, who):
        part, way = self.part(place, {"HELD"})
        if part is None:
            return
        may = way["state"] == "HELD" and (who in {"dee", *PAYERS} or (who == "asha" and way["by"] == "asha"))
        assert self.press(operations.release, who, part_id=part.pk) == may
        if may:
            way |= {"state": "DUE", "pence": 0}

    @rule(place=PLACE, who=hands(*PAYERS), late=st.sampled_from([0, 0, 0, -1, 1]))
    def send(self, place, who, late):
        part, way = self.part(place, READY)
        if part is None:
            return
        may = who in PAYERS and bool(self.may_leave(part, way)) and not way["run"] and late == 0
        assert self.press(operations.send, who, part_id=part.pk, on=ON + timedelta(days=late)) == may
        if may:
            way["state"] = "PAID" if way["means"] == "CASH" else "SENT"

    @rule(place=PLACE, who=hands(*PAYERS))
    def take_into_run(self, place, who):
        part, way = self.part(place, READY)
        if part is None or not (payment := queries.payment_of(part)):
            return
        may = who in PAYERS and bool(self.may_leave(part, way)) and way["means"] == "BANK" and not way["run"]
        assert self.press(operations.take_into_run, who, payments=[payment], run_about="run:1") == may
        way["run"] |= may

    @rule(who=hands(*PAYERS))
    def send_the_run(self, who):
        """The bank has the file: what came after it was made (new details, a freeze) does not unsay that."""
        inside = list(queries.payments_in("run:1"))
        left = [payment for payment in inside if self.way[payment.part_id]["state"] in READY]
        may = not left or who in PAYERS
        facts = {"payments": inside, "run_about": "run:1", "sent_on": ON, "reference": "RUN"}
        assert self.press(operations.send_by_run, who, **facts) == may
        for payment in left if may else []:
            self.way[payment.part_id]["state"] = "SENT"
            self.reached.add("a run that left")

    @rule(place=PLACE, who=hands("asha", *PAYERS))
    def arrive(self, place, who):
        part, way = self.part(place, {"SENT"})
        if part is None:
            return
        may = who in {"asha", *PAYERS} and way["state"] == "SENT"
        assert self.press(operations.arrive, who, part_id=part.pk, on=ON) == may
        if may:
            way["state"] = "PAID"

    @rule(place=PLACE, who=hands(*PAYERS), with_its_run=st.booleans())
    def come_back(self, place, who, with_its_run):
        part, way = self.part(place, GONE)
        if part is None or not (payment := queries.payment_of(part)):
            return
        may = who in PAYERS and way["state"] in GONE and way["means"] == "BANK" and way["run"] == with_its_run
        facts = {"run_about": "run:1"} if with_its_run else {}
        assert self.press(operations.came_back, who, payment=payment, words="No such account.", **facts) == may
        if may:
            way |= {"state": "BACK", "back": self.now, "run": False}

    @rule(who=hands("dee", *PAYERS))
    def freeze_or_lift(self, who):
        row, may = Freeze.objects.filter(lifted_at=None).first(), who in {"dee", *PAYERS}
        if row:
            assert self.press(operations.lift, who, freeze_id=row.pk) == may
        else:
            facts = {"organisation": self.them.organisation, "words": "We count.", "until": ON}
            assert self.press(operations.freeze, who, **facts) == may
        self.frozen ^= may

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
            self.reached.add(state)
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


def run(examples, steps):
    """So many walks of so many presses from each step of the way."""
    Money.reached.clear()
    for far in AHEAD:
        run_state_machine_as_test(
            type("Money", (Money,), {"far": far}),
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],  # a walk is short enough to read; to shrink one takes minutes
            ),
        )
    assert REACHED - Money.reached == set()


@pytest.mark.django_db
def test_money_stays_right_whatever_is_pressed():
    run(examples=3, steps=12)


@pytest.mark.slow
@pytest.mark.django_db
def test_money_stays_right_in_fifteen_thousand_presses():
    run(examples=70, steps=20)
