"""Money that comes in parts: they add up to the yes, each goes its own way, and what stands cannot be touched."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from alongside.benefits import operations as benefits
from alongside.contributions import operations, permissions, policies, queries
from alongside.contributions.models import Offer, OfferPart
from alongside.contributions.states import FIXED, Method, MoneyState, OfferState, When
from alongside.contributions.tests import factories
from alongside.contributions.tests.factories import AT, ON, PROMISED
from alongside.ledger import operations as ledger
from alongside.ledger import queries as book
from alongside.refusals import Refused

JANUARY = date(2027, 1, 4)
DECEMBER = date(2026, 12, 1)


def split(them, *parts, state=OfferState.ACCEPTED, done=True, **said):
    """Asha's yes to £55.00 in these parts, the work done."""
    offer = factories.offer(them)
    operations.answer(offer_id=offer.pk, state=state, method="BANK", parts=parts, by=them.asha, at=AT, **said)
    return operations.say_done(offer_id=offer.pk, on=ON, by=them.asha, at=AT) if done else offer


def kept(offer):
    return [(part.pence, part.from_on, part.money) for part in queries.parts_of(offer)]


@pytest.mark.django_db
def test_without_a_split_there_is_exactly_one_part():
    them = factories.cast()
    assert kept(factories.accepted(them)) == [(5500, None, "")]
    assert kept(factories.offer(them)) == []


@pytest.mark.django_db
def test_parts_have_days_of_their_own_and_the_first_comes_by_the_promise():
    them = factories.cast()
    offer = split(them, (2000, None), (3500, JANUARY))
    assert [queries.due_day_of(part) for part in queries.parts_of(offer)] == [PROMISED, JANUARY]
    assert queries.due_day(offer) == PROMISED


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([(2000, None), (3400, JANUARY)], "parts-sum"),
        ([(2000, None), (3600, JANUARY)], "parts-sum"),
        ([(5500, None), (0, JANUARY)], "parts"),
        ([(6000, None), (-500, JANUARY)], "parts"),
        ([(100, DECEMBER + timedelta(days=n)) for n in range(13)], "parts"),
        ([(2000, None), (3500, None)], "parts-days"),
        ([(2000, JANUARY), (3500, None)], "parts-days"),
        ([(2000, JANUARY), (3500, DECEMBER)], "parts-days"),
        ([(2000, JANUARY), (3500, JANUARY)], "parts-days"),
        ([(2000, None), (3500, JANUARY)], None),
        ([(2000, DECEMBER), (3500, JANUARY)], None),
        ([(5500, None)], None),
        ([], None),
    ],
)
def test_parts_that_do_not_fit_are_refused_with_their_reason(parts, code):
    refusal = permissions.why_not_parts(parts, 5500)
    assert (refusal and refusal.code) == code


@pytest.mark.django_db
def test_a_part_that_stands_is_not_touched_and_the_rest_can_change():
    them = factories.cast()
    offer = split(them, (2000, None), (3500, JANUARY))
    first, _ = queries.parts_of(offer)
    operations.settle_part(part_id=first.pk, money=MoneyState.APPROVED, on=ON, at=AT)
    operations.settle_part(part_id=first.pk, money=MoneyState.SENT, on=ON, at=AT)
    offer.refresh_from_db()
    assert (offer.money, offer.fixed_pence) == ("", 2000)
    said = {"state": OfferState.PART, "method": "BANK", "by": them.asha, "at": AT}
    with pytest.raises(Refused) as stop:
        operations.answer(offer_id=offer.pk, pence=1900, **said)
    assert stop.value.refusal.code == "part"
    operations.answer(offer_id=offer.pk, pence=4000, **said)
    assert kept(offer) == [(2000, None, "SENT"), (2000, None, "")]
    operations.answer(offer_id=offer.pk, pence=2000, **said)
    assert kept(offer) == [(2000, None, "SENT")]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [OfferState.GIVEN, OfferState.DECLINED])
def test_what_is_half_sent_is_neither_given_away_nor_declined(state):
    them = factories.cast()
    offer = split(them, (2000, None), (3500, JANUARY))
    operations.settle_part(part_id=queries.parts_of(offer)[0].pk, money=MoneyState.SENT, on=ON, at=AT)
    with pytest.raises(Refused):
        operations.answer(offer_id=offer.pk, state=state, given_to="The food bank", by=them.asha, at=AT)
    assert kept(offer) == [(2000, None, "SENT"), (3500, JANUARY, "")]


@pytest.mark.django_db
def test_the_offer_says_how_its_least_far_part_stands():
    them = factories.cast()
    offer = split(them, (2000, None), (3500, JANUARY))
    first, second = queries.parts_of(offer)
    seen = []
    for part, money in (
        (first, "APPROVED"), (first, "SENT"), (second, "HELD"), (second, ""), (second, "APPROVED"), (first, "ARRIVED"),
        (second, "ARRIVED"),
    ):  # fmt: skip
        operations.settle_part(part_id=part.pk, money=money, on=ON, at=AT, held_words="Waits", held_by=them.dee)
        offer.refresh_from_db()
        seen.append((offer.money, offer.fixed_pence, offer.held_words))
    assert seen == [
        ("", 2000, ""), ("", 2000, ""), ("HELD", 2000, "Waits"), ("", 2000, ""), ("APPROVED", 5500, ""),
        ("APPROVED", 5500, ""), ("ARRIVED", 5500, ""),
    ]  # fmt: skip
    assert offer.arrived_on == ON


@pytest.mark.django_db
def test_money_that_came_back_is_due_again_and_forgets_the_day_it_was_sent():
    them = factories.cast()
    part = queries.parts_of(split(them))[0]
    for money in ("APPROVED", "SENT", "APPROVED"):
        part = operations.settle_part(part_id=part.pk, money=money, on=ON, at=AT)
    assert (part.approved_on, part.sent_on, part.arrived_on) == (ON, None, None)


@pytest.mark.django_db
def test_each_part_is_a_step_that_says_whose_turn_it_is_and_by_when():
    them = factories.cast()
    offer = split(them, (2000, None), (3500, JANUARY))
    operations.settle_part(part_id=queries.parts_of(offer)[0].pk, money="ARRIVED", on=ON, at=AT)
    parts = list(queries.parts_of(offer))
    steps = queries.thread_of(offer, viewer=them.asha, on=ON, parts=parts).steps
    assert [(step.words, step.state, step.by) for step in steps[3:]] == [
        ("£20.00 arrived", "done", ON), ("£35.00 to come", "now", JANUARY),
    ]  # fmt: skip
    assert steps[4].whose == "an approver"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"pence": 500_001}, {"pence": 0, "money": "SENT"}, {"place": 0}, {"place": 13}])
def test_the_database_refuses_a_part_that_cannot_be(wrong):
    part = queries.parts_of(split(factories.cast()))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferPart.objects.filter(pk=part.pk).update(**wrong)


@pytest.mark.django_db
def test_parts_that_do_not_come_to_the_yes_are_told_to_whoever_verifies():
    offer = split(factories.cast())
    assert queries.invariants() == []
    OfferPart.objects.filter(offer=offer).update(pence=5499)
    assert queries.invariants() == [f"The parts of offer {offer.pk} do not come to what was accepted."]


# --- what is planned ---


@pytest.mark.django_db
def test_planned_money_is_pay_by_its_day_and_not_costs_nor_what_goes_elsewhere():
    them = factories.cast()
    offer = factories.offer(them, costs_pence=500)
    operations.answer(
        offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=them.asha, at=AT,
        parts=[(3000, None), (3000, JANUARY)],
    )  # fmt: skip
    given = factories.offer(them)
    operations.answer(offer_id=given.pk, state=OfferState.GIVEN, given_to="The food bank", by=them.asha, at=AT)
    factories.offer(them)
    operations.owe_costs(
        initiative=them.initiative, to=them.asha, words="Bus", activity_on=ON, pence=400, costs_words="Bus",
        method=Method.CASH, channel="SCREEN", by=them.asha, at=AT,
    )  # fmt: skip
    assert queries.planned_money(them.asha, ON) == [(PROMISED, 2750), (JANUARY, 2750)]
    assert queries.planned_money(them.asha, ON, but=offer) == []


def talk_on(them, day):
    """Work of £165.00 that was offered and said yes to on its day, and is not paid yet."""
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    offer = factories.offer(them, activity_on=day, minutes=360, at=at)
    return operations.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="CASH", by=them.asha, at=at)


@pytest.mark.django_db
def test_money_that_is_late_counts_today_towards_what_the_person_set():
    them = factories.cast()
    worked = (date(2026, 8, 18), date(2026, 9, 24), date(2026, 10, 30))
    promised = [talk_on(them, day).promised_on for day in worked]
    assert promised == [date(2026, 9, 1), date(2026, 10, 8), date(2026, 11, 13)]
    today = date(2026, 11, 22)
    assert queries.planned_money(them.asha, today) == [(today, 16_500)] * 3
    benefits.set_ceiling(person=them.asha, stretch="MONTH", start=1, pence=42_700, words="", by=them.asha, at=AT)
    new = factories.offer(them, activity_on=date(2026, 11, 16), minutes=360)
    assert new.promised_on == date(2026, 11, 30)
    (over,) = queries.would_be_over(new, [(16_500, None)], today)
    assert (over.sum_pence, over.from_on) == (66_000, date(2026, 11, 1))


@pytest.mark.django_db
def test_what_is_late_itself_can_only_come_from_today():
    them = factories.cast()
    benefits.set_ceiling(person=them.asha, stretch="MONTH", start=1, pence=5000, words="", by=them.asha, at=AT)
    late = date(2026, 12, 2)
    (over,) = queries.would_be_over(factories.offer(them), [(5500, None)], late)
    assert over.from_on == date(2026, 12, 1)


@pytest.mark.django_db
def test_what_came_already_counts_on_its_day_beside_what_is_still_open():
    them = factories.cast()
    benefits.set_ceiling(person=them.asha, stretch="MONTH", start=1, pence=3000, words="", by=them.asha, at=AT)
    offer = split(them, (2000, None), (3500, JANUARY))
    operations.settle_part(part_id=queries.parts_of(offer)[0].pk, money=MoneyState.ARRIVED, on=ON, at=AT)
    offer.refresh_from_db()
    assert queries.planned_money(them.asha, ON) == [(ON, 2000), (JANUARY, 3500)]
    (over,) = queries.would_be_over(offer, [(3500, None)], JANUARY)
    assert (over.sum_pence, over.from_on) == (3500, date(2027, 1, 1))


def costs_of(them, day):
    return operations.owe_costs(
        initiative=them.initiative, to=them.asha, words="Bus", activity_on=day, pence=400, costs_words="Bus",
        method=Method.CASH, channel="SCREEN", by=them.asha, at=AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_costs_that_are_claimed_late_are_not_born_late():
    them = factories.cast()
    claimed = costs_of(them, date(2026, 7, 13))
    assert (claimed.done_on, claimed.promised_on) == (date(2026, 7, 13), PROMISED)
    thread = queries.thread_of(claimed, viewer=them.asha, on=ON)
    assert [step.words for step in thread.steps] == ["claimed", "to approve", "sent", "arrived"]
    assert not thread.present.late


# --- the book ---


@pytest.mark.django_db
def test_a_yes_promises_from_its_line_and_every_change_keeps_the_promise_true():
    them = factories.cast()
    fund = ledger.add_fund(
        organisation=them.organisation, name="Lottery", by=them.lea, at=AT, lines=[("Talks", "T", 20_000)]
    )
    line = book.lines_of(them.organisation).get(fund=fund)
    offer = factories.offer(them, fund_line=line)
    seen = []

    def say(state, **more):
        operations.answer(offer_id=offer.pk, state=state, by=them.asha, at=AT, **more)
        seen.append(book.cover(line, ON).promised)

    assert book.cover(line, ON).promised == 0
    say(OfferState.ACCEPTED, method="BANK")
    say(OfferState.PART, pence=2000, method="BANK")
    say(OfferState.GIVEN, given_to="The food bank")
    say(OfferState.PART, pence=0)
    say(OfferState.LATER)
    say(OfferState.ACCEPTED, method="CASH")
    say(OfferState.DECLINED)
    say(OfferState.ACCEPTED, method="CASH")
    assert seen == [5500, 2000, 5500, 0, 0, 5500, 0, 5500]
    terms = {"task": "Longer", "activity_on": ON, "minutes": 180, "line": them.line, "fund_line": line}
    operations.replace_offer(offer_id=offer.pk, by=them.lea, at=AT, **terms)
    assert book.cover(line, ON).promised == 0
    assert sum(row["pence"] for row in book.sums(them.organisation)) == 0


@pytest.mark.django_db
def test_a_new_offer_counts_the_promise_that_it_gives_back():
    them = factories.cast()
    fund = ledger.add_fund(
        organisation=them.organisation, name="Lottery", by=them.lea, at=AT, lines=[("Talks", "T", 9000)]
    )
    line = book.lines_of(them.organisation).get(fund=fund)
    offer = factories.offer(them, fund_line=line)
    operations.answer(offer_id=offer.pk, state=OfferState.ACCEPTED, method="BANK", by=them.asha, at=AT)
    terms = {"task": "Longer", "activity_on": ON, "minutes": 180, "line": them.line, "fund_line": line}
    operations.replace_offer(offer_id=offer.pk, by=them.lea, at=AT, **terms)
    with pytest.raises(Refused) as stop:
        factories.offer(them, them.bo, fund_line=line, minutes=240)
    assert stop.value.refusal.code == "cover"


@pytest.mark.django_db
def test_a_line_of_another_organisation_is_refused():
    them, others = factories.cast(), factories.cast("Far Valley")
    fund = ledger.add_fund(
        organisation=others.organisation, name="Theirs", by=others.lea, at=AT, lines=[("All", "", 9000)]
    )
    line = book.lines_of(others.organisation).get(fund=fund)
    with pytest.raises(Refused) as stop:
        factories.offer(them, fund_line=line)
    assert stop.value.refusal.code == "other-fund"


# --- any split ---


@given(st.integers(1, 500_000), st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.sampled_from(sorted(When)))
def test_every_time_that_can_be_chosen_gives_parts_that_add_up(pence, promised_on, when):
    offer = Offer(promised_on=promised_on)
    chosen = policies.chosen_parts(offer, pence, when, JANUARY, [(pence, JANUARY)])
    assert sum(part for part, _ in chosen) == pence
    assert permissions.why_not_parts(chosen, pence) is None


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_later_days_are_after_the_promise_and_the_first_of_a_month(due):
    days = policies.later_days(due)
    assert days == sorted(set(days))
    assert all(day > due and day.day == 1 for day in days)
    assert days[-1].month == 1


@given(
    st.lists(st.tuples(st.integers(1, 9000), st.sampled_from(["", "HELD", *FIXED])), max_size=8),
    st.lists(st.integers(1, 9000), max_size=8),
)
def test_new_shares_never_touch_what_stands_and_the_rest_adds_up(before, shares):
    rows = [OfferPart(place=n, pence=pence, money=money) for n, (pence, money) in enumerate(before, 1)]
    stand = [(row.place, row.pence) for row in rows if row.money in FIXED]
    free = policies.rows_of(Offer(), rows, [(pence, None) for pence in shares], OfferPart)
    assert [(row.place, row.pence) for row in rows if row.money in FIXED] == stand
    assert sum(row.pence for row in free) == sum(shares)
    places = [row.place for row in free] + [place for place, _ in stand]
    assert len(set(places)) == len(places)


class AnyLifeOfOneOffer(RuleBasedStateMachine):
    """Whatever is answered and settled in whatever order: the parts come to the yes, and what stands stands."""

    def __init__(self):
        super().__init__()
        self.them = factories.cast(f"Trust {AnyLifeOfOneOffer.count}")
        AnyLifeOfOneOffer.count += 1
        self.offer = factories.offer(self.them)
        self.stands, self.fixed = {}, {}

    count = 0

    def _try(self, do, **facts):
        with suppress(Refused):
            do(at=AT, **facts)
        self.offer.refresh_from_db()

    @rule(
        state=st.sampled_from([OfferState.ACCEPTED, OfferState.PART, OfferState.GIVEN, OfferState.LATER, OfferState.DECLINED]),
        pence=st.integers(0, 5600),
        cuts=st.lists(st.integers(1, 5500), max_size=3, unique=True),
    )  # fmt: skip
    def answer(self, state, pence, cuts):
        rest = (pence if state == OfferState.PART else 5500) - self.offer.fixed_pence
        edges = [0, *sorted(cut for cut in cuts if cut < rest), rest]
        sums = [right - left for left, right in zip(edges, edges[1:], strict=False)]
        parts = [(part, JANUARY + timedelta(days=n)) for n, part in enumerate(sums)] if cuts else ()
        facts = {"state": state, "pence": pence, "method": "BANK", "given_to": "The food bank", "parts": parts}
        self._try(operations.answer, offer_id=self.offer.pk, by=self.them.asha, **facts)

    @rule(back=st.booleans())
    def work(self, back):
        more = {} if back else {"on": ON}
        do = operations.take_back_done if back else operations.say_done
        self._try(do, offer_id=self.offer.pk, by=self.them.asha, **more)

    @rule(place=st.integers(1, 4), money=st.sampled_from(["HELD", "APPROVED", "SENT", "ARRIVED"]))
    def settle(self, place, money):
        part = queries.parts_of(self.offer).filter(place=place).first()
        if part and self.stands.get(place, "") in ("", "HELD", "APPROVED"):
            self._try(
                operations.settle_part, part_id=part.pk, money=money, on=ON, held_words="W", held_by=self.them.dee
            )
            part.refresh_from_db()
            self.stands[place] = part.money
            if part.money in FIXED:
                self.fixed[part.pk] = (part.place, part.pence)

    @invariant()
    def what_stands_stands(self):
        """A part that is approved or further keeps its place, its amount and how it stands, whatever is answered."""
        rows = OfferPart.objects.filter(pk__in=self.fixed).values_list("pk", "place", "pence", "money")
        assert {pk: (place, pence) for pk, place, pence, _ in rows} == self.fixed
        assert {money for *_, money in rows} <= set(FIXED)
        assert all(self.stands[place] == money for _, place, _, money in rows)

    @invariant()
    def the_parts_come_to_the_yes(self):
        parts = list(queries.parts_of(self.offer))
        assert sum(part.pence for part in parts) == (self.offer.accepted_pence or 0)
        assert sum(part.pence for part in parts if part.money in FIXED) == self.offer.fixed_pence
        assert queries.invariants() == []


class TestAnyLifeOfOneOffer(AnyLifeOfOneOffer.TestCase, TestCase):
    """Each example in a transaction of its own."""

    settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
