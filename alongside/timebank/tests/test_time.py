"""Time between two who both say yes: sums to nothing, stops at the limit, and is never money."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.contributions.states import OfferState
from alongside.contributions.tests import factories as offers
from alongside.record.models import JournalLine
from alongside.refusals import Refused
from alongside.timebank import operations, permissions, queries
from alongside.timebank.models import TimeAccount, TimeGift, TimeMove
from alongside.timebank.queries import MONEY_ROOMS, MONEY_WORDS
from alongside.timebank.states import MOST_LOWEST, MOST_MINUTES, GiftState
from alongside.timebank.tests import factories
from alongside.timebank.tests.factories import AT, ON, stands

pytestmark = pytest.mark.django_db
ROOM = Path(operations.__file__).parent


def refused(do, *args, **facts):
    """The code of the refusal, and that nothing was written."""
    before = (
        JournalLine.objects.count(),
        TimeGift.objects.count(),
        TimeMove.objects.count(),
        TimeAccount.objects.count(),
    )
    with pytest.raises(Refused) as stop:
        do(*args, **facts)
    after = (
        JournalLine.objects.count(),
        TimeGift.objects.count(),
        TimeMove.objects.count(),
        TimeAccount.objects.count(),
    )
    assert after == before
    return stop.value.refusal.code


def events(since):
    return [line.what for line in JournalLine.objects.filter(pk__gt=since).order_by("pk")]


def newest():
    return JournalLine.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


# --- two say yes ---


def test_time_moves_only_when_the_other_side_says_yes():
    them, bank = factories.scene()
    before = newest()
    gift = factories.asked(them, bank)
    assert stands(bank, them.asha, them.bo) == [0, 0]
    assert [line.kind for line in queries.today(them.bo, ON)] == ["needs"]
    assert [line.kind for line in queries.today(them.asha, ON)] == ["waits"]
    operations.agree(gift_id=gift.pk, by=them.bo, at=AT)
    assert stands(bank, them.asha, them.bo) == [60, -60]
    assert events(before) == ["timebank.gift.asked", "timebank.gift.agreed"]
    assert queries.today(them.bo, ON) == []


def test_who_got_time_may_write_it_down_too():
    them, bank = factories.scene()
    gift = factories.asked(them, bank, by=them.bo, other=them.asha, gave=False)
    operations.agree(gift_id=gift.pk, by=them.asha, at=AT)
    assert stands(bank, them.asha, them.bo) == [60, -60]


@pytest.mark.parametrize("do", ["decline", "withdraw"])
def test_a_no_and_a_taking_back_move_nothing(do):
    them, bank = factories.scene()
    gift = factories.asked(them, bank)
    getattr(operations, do)(gift_id=gift.pk, by=them.bo if do == "decline" else them.asha, at=AT)
    assert stands(bank, them.asha, them.bo) == [0, 0]
    assert refused(operations.agree, gift_id=gift.pk, by=them.bo, at=AT) == "state"


WHO = ("asha", "bo", "cy", "dee", "lea", "eli")
ANSWER = {
    GiftState.ASKED: ["not-yours", "", "not-yours", "not-yours", "not-yours", "not-yours"],
    GiftState.AGREED: ["state"] * 6,
    GiftState.DECLINED: ["state"] * 6,
    GiftState.WITHDRAWN: ["state"] * 6,
}


@pytest.mark.parametrize("state", ANSWER, ids=str)
def test_answering_is_refused_as_the_table_says(state):
    them, bank = factories.scene()
    gift = factories.asked(them, bank)
    gift.state = state
    found = [permissions.why_not_answer(gift, by=getattr(them, name)) for name in WHO]
    assert [refusal.code if refusal else "" for refusal in found] == ANSWER[state]
    back = [permissions.why_not_withdraw(gift, by=getattr(them, name)) for name in WHO]
    own = "" if state == GiftState.ASKED else "state"
    assert [refusal.code if refusal else "" for refusal in back] == [own, *["not-yours"] * 5]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": MOST_MINUTES + 1}, "minutes"),
        ({"on": ON.replace(day=3)}, "future"),
    ],
)
def test_what_cannot_be_is_refused(facts, code):
    them, bank = factories.scene()
    assert refused(factories.asked, them, bank, **facts) == code


def test_both_belong_to_the_organisation_and_are_two():
    them, bank = factories.scene()
    assert refused(factories.asked, them, bank, other=them.eli) == "not-a-member"
    assert refused(factories.asked, them, bank, by=them.eli) == "not-a-member"
    assert refused(factories.asked, them, bank, other=them.asha) == "other-side"
    assert refused(
        operations.ask, bank_id=bank.pk, by=them.asha, other=None, gave=True, minutes=5, kind="OTHER", on=ON, at=AT
    ) == ("other-side")


def test_it_is_off_until_somebody_who_leads_turns_it_on():
    them = factories.cast()
    assert queries.bank_of(them.organisation) is None
    codes = [permissions.why_not_set(them.organisation, by=getattr(them, name)) for name in WHO]
    assert [refusal.code if refusal else "" for refusal in codes] == ["not-asked"] * 4 + ["", "not-asked"]
    assert refused(factories.bank, them, lowest_minutes=MOST_LOWEST + 1) == "limit"
    bank = factories.bank(them, is_on=False)
    assert refused(factories.asked, them, bank) == "off"


def test_turned_off_what_was_stays_and_nothing_moves():
    them, bank = factories.scene()
    factories.agreed(them, bank)
    waiting = factories.asked(them, bank)
    factories.bank(them, is_on=False)
    assert refused(operations.agree, gift_id=waiting.pk, by=them.bo, at=AT) == "off"
    operations.decline(gift_id=waiting.pk, by=them.bo, at=AT)
    assert [(gave, got, left) for _, gave, got, left in queries.standings(them.asha)] == [(60, 0, 60)]


# --- the limit ---


def test_nobody_goes_below_the_limit_and_nobody_learns_where_another_stands():
    them, bank = factories.scene(lowest_minutes=90)
    factories.agreed(them, bank)
    gift = factories.asked(them, bank, minutes=31)
    with pytest.raises(Refused) as stop:
        operations.agree(gift_id=gift.pk, by=them.bo, at=AT)
    assert stop.value.refusal.code == "limit"
    assert not re.search(r"\d", stop.value.refusal.words)
    assert refused(factories.asked, them, bank, by=them.bo, other=them.cy, gave=False, minutes=31) == "limit"
    factories.agreed(them, bank, minutes=30)
    assert stands(bank, them.bo) == [-90]


def test_a_limit_of_nothing_lets_nobody_begin_below_it():
    them, bank = factories.scene(lowest_minutes=0)
    assert refused(operations.agree, gift_id=factories.asked(them, bank).pk, by=them.bo, at=AT) == "limit"


# --- the organisation itself ---


def office_ask(them, bank, by, other, gave=True, for_office=False):
    return operations.ask(
        bank_id=bank.pk, by=by, other=other, gave=gave, minutes=60, kind="TOGETHER", on=ON, at=AT, for_office=for_office
    )  # fmt: skip


def test_the_organisation_exchanges_time_only_where_it_was_turned_on_and_who_leads_speaks_for_it():
    them, bank = factories.scene()
    assert refused(office_ask, them, bank, them.asha, None) == "other-side"
    assert refused(office_ask, them, bank, them.lea, them.asha, for_office=True) == "no-office"
    bank = factories.bank(them, office=True)
    gift = office_ask(them, bank, them.asha, None)
    assert refused(operations.agree, gift_id=gift.pk, by=them.bo, at=AT) == "not-asked"
    operations.agree(gift_id=gift.pk, by=them.lea, at=AT)
    assert stands(bank, them.asha, None) == [60, -60]
    assert refused(office_ask, them, bank, them.bo, them.asha, for_office=True) == "not-asked"
    back = office_ask(them, bank, them.lea, them.asha, gave=True, for_office=True)
    assert refused(operations.agree, gift_id=back.pk, by=them.lea, at=AT) == "not-yours"
    operations.agree(gift_id=back.pk, by=them.asha, at=AT)
    assert stands(bank, them.asha, None) == [0, 0]


def test_who_leads_never_says_yes_for_both_sides():
    them, bank = factories.scene(office=True)
    gift = office_ask(them, bank, them.lea, None)
    assert refused(operations.agree, gift_id=gift.pk, by=them.lea, at=AT) == "not-yours"
    assert refused(office_ask, them, bank, them.lea, them.lea, for_office=True) == "other-side"


def work_for_time(them, to=None):
    to = to or them.asha
    made = offers.offer(them, to)
    offers.operations.answer(offer_id=made.pk, state=OfferState.PART, pence=0, method="TIME", by=to, at=AT)
    return offers.operations.say_done(offer_id=made.pk, on=ON, by=to, at=AT)


def test_work_for_which_its_person_chose_time_gives_its_minutes_once():
    them, bank = factories.scene(office=True)
    offer = work_for_time(them)
    assert [found.pk for found in queries.work_for_time(them.lea, them.organisation)] == [offer.pk]
    facts = {"bank_id": bank.pk, "offer_id": offer.pk, "at": AT}
    assert refused(operations.give_for_work, by=them.asha, **facts) == "not-asked"
    gift = operations.give_for_work(by=them.lea, **facts)
    assert (stands(bank, them.asha, None), gift.minutes) == ([120, -120], offer.minutes)
    assert refused(operations.give_for_work, by=them.lea, **facts) == "given"
    assert list(queries.work_for_time(them.lea, them.organisation)) == []
    paid = offers.done(them, them.bo)
    assert refused(operations.give_for_work, by=them.lea, **facts | {"offer_id": paid.pk}) == "not-for-time"


def test_work_whose_time_was_given_never_becomes_money():
    them, bank = factories.scene(office=True)
    offer, answers = work_for_time(them), offers.operations
    operations.give_for_work(bank_id=bank.pk, offer_id=offer.pk, by=them.lea, at=AT)
    facts = {"offer_id": offer.pk, "by": them.asha, "at": AT}
    for said in (
        {"state": OfferState.ACCEPTED, "method": "CASH"},
        {"state": OfferState.PART, "pence": 100, "method": "BANK"},
        {"state": OfferState.GIVEN, "given_to": "The food bank"},
    ):
        assert refused(answers.answer, **facts | said) == "time-given"
    for by in (them.asha, them.lea):
        assert refused(answers.take_back_done, **facts | {"by": by}) == "time-given"
    offer.refresh_from_db()
    assert (offer.state, offer.method, offer.accepted_pence) == ("DONE", "TIME", 0)
    assert stands(bank, them.asha, None) == [120, -120]


def test_until_the_time_is_given_a_person_may_choose_money_and_then_no_time_is_given():
    them, bank = factories.scene(office=True)
    offer = work_for_time(them)
    offers.operations.answer(offer_id=offer.pk, state="ACCEPTED", method="CASH", by=them.asha, at=AT)
    facts = {"bank_id": bank.pk, "offer_id": offer.pk, "by": them.lea, "at": AT}
    assert refused(operations.give_for_work, **facts) == "not-for-time"
    assert stands(bank, them.asha) == [0]


def test_the_database_keeps_money_from_work_whose_time_was_given():
    them, bank = factories.scene(office=True)
    offer = work_for_time(them)
    operations.give_for_work(bank_id=bank.pk, offer_id=offer.pk, by=them.lea, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(offer).objects.filter(pk=offer.pk).update(method="CASH", accepted_pence=100)


# --- what the database itself holds ---


def test_moves_only_grow_and_only_as_agreed():
    them, bank = factories.scene()
    gift, waiting = factories.agreed(them, bank), factories.asked(them, bank)
    move = TimeMove.objects.get()
    for do in (
        lambda: TimeMove.objects.update(minutes=1),
        lambda: TimeMove.objects.all().delete(),
        lambda: TimeGift.objects.filter(pk=gift.pk).update(minutes=1),
        lambda: TimeGift.objects.filter(pk=gift.pk).update(state=GiftState.ASKED, answered_by=None, answered_at=None),
        lambda: TimeGift.objects.all().delete(),
        lambda: TimeMove.objects.create(gift=waiting, given=move.given, taken=move.taken, minutes=60, at=AT),
        lambda: TimeGift.objects.filter(pk=waiting.pk).update(state="AGREED", answered_by=them.asha, answered_at=AT),
        lambda: TimeGift.objects.filter(pk=waiting.pk).update(taker=waiting.giver),
        lambda: TimeAccount.objects.create(bank=bank, person=them.asha),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            do()
    assert queries.invariants() == []


def test_a_move_that_is_not_what_was_agreed_shows_even_past_the_guards():
    them, bank = factories.scene()
    factories.agreed(them, bank)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER time_move_only_grows ON time_move")
        else:
            cursor.execute("DROP TRIGGER time_move_no_update")
    TimeMove.objects.update(minutes=7)
    pk = TimeMove.objects.get().pk
    found = queries.invariants()
    assert f"Time move {pk} is not what two agreed." in found
    assert any(words.startswith("The guard time_move_") for words in found)


# --- never money ---


def test_no_field_of_time_is_a_sum_of_money_or_a_rate():
    fields = [
        field.name for model in apps.get_app_config("timebank").get_models() for field in model._meta.concrete_fields
    ]
    assert len(fields) > 25
    assert [name for name in fields if MONEY_WORDS.search(name)] == []


def test_no_link_leads_between_time_and_money():
    def links(room):
        return {
            field.related_model._meta.app_label
            for model in apps.get_app_config(room).get_models()
            for field in model._meta.concrete_fields
            if field.is_relation
        }

    rooms = [room for room in (*MONEY_ROOMS, "contributions") if apps.is_installed(f"alongside.{room}")]
    assert {"ledger", "payments", "contributions"} <= set(rooms)
    assert links("timebank") & set(MONEY_ROOMS) == set()
    assert [room for room in rooms if "timebank" in links(room)] == []


def test_nobody_who_pays_reads_time_and_time_reads_nobody_who_pays():
    package = ROOM.parent
    ours = "".join(path.read_text() for path in ROOM.glob("*.py"))
    assert re.findall(rf"from alongside\.(?:{'|'.join(MONEY_ROOMS)})\b|calculations\.money|pounds", ours) == []
    for room in MONEY_ROOMS:
        for path in (package / room).rglob("*.py"):
            assert "timebank" not in path.read_text(), path


def test_no_page_of_time_names_a_sum():
    for path in (ROOM / "templates").rglob("*.html"):
        assert not re.search(r"£|\|\s*pounds|pence|€|\$\d", path.read_text()), path


def test_a_table_of_time_with_money_in_it_shows():
    them, bank = factories.scene()
    assert queries.invariants() == []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE time_bank ADD COLUMN pence_each integer")
    assert queries.invariants() == ["The table time_bank has a column pence_each: time is never money."]
    assert them.organisation == bank.organisation


# --- sums ---


def test_three_people_and_their_totals_hide_few():
    them, bank = factories.scene()
    factories.agreed(them, bank, them.asha, them.bo, 60)
    factories.agreed(them, bank, them.bo, them.cy, 45)
    factories.agreed(them, bank, them.cy, them.asha, 30)
    assert stands(bank, them.asha, them.bo, them.cy) == [30, -15, -15]
    assert [minutes for _, minutes in queries.totals(bank, 5)] == ["too few to show"]
    told = queries.about_me(them.asha)
    assert told["your time"] == [
        {"organisation": "Harbour Trust", "minutes_given": 60, "minutes_got": 30, "balance": 30}
    ]
    assert [(row["you_gave"], row["with"]) for row in told["time you exchanged"]] == [(False, "Cy"), (True, "Bo")]


def test_erasing_blanks_the_words_and_keeps_the_minutes():
    them, bank = factories.scene()
    factories.agreed(them, bank)
    operations.erase_words(person=them.asha, at=AT)
    assert list(TimeGift.objects.values_list("words", flat=True)) == [""]
    assert stands(bank, them.asha, them.bo) == [60, -60]


class Exchanges(RuleBasedStateMachine):
    """Any presses of any people, beside a plain dictionary of what each has."""

    LOWEST = 100

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint_create()
        self.them, self.bank = factories.scene(lowest_minutes=self.LOWEST, office=True)
        self.people = [self.them.asha, self.them.bo, self.them.cy, self.them.lea, None]
        self.has, self.waiting = dict.fromkeys(range(5), 0), []

    @rule(one=st.integers(0, 3), other=st.integers(0, 4), minutes=st.integers(-5, 120), gave=st.booleans())
    def ask(self, one, other, minutes, gave):
        by, with_whom = self.people[one], self.people[other]
        taker = other if gave else one
        may = one != other and minutes > 0 and (gave or self.has[one] - minutes >= -self.LOWEST)
        try:
            gift = operations.ask(
                bank_id=self.bank.pk, by=by, other=with_whom, gave=gave, minutes=minutes, kind="OTHER", on=ON, at=AT
            )
        except Refused:
            assert not may
        else:
            assert may
            self.waiting.append((gift.pk, one, other, one if gave else other, taker, minutes))

    @rule(
        place=st.integers(0, 20), who=st.integers(0, 3), do=st.sampled_from(["agree", "decline", "withdraw", "agree"])
    )
    def answer(self, place, who, do):
        if not self.waiting:
            return
        gift, asker, other, giver, taker, minutes = self.waiting[place % len(self.waiting)]
        speaks = who == other or (other == 4 and who == 3 and asker != 3)
        enough = taker == 4 or self.has[taker] - minutes >= -self.LOWEST
        may = who == asker if do == "withdraw" else speaks and (do == "decline" or enough)
        try:
            getattr(operations, do)(gift_id=gift, by=self.people[who], at=AT)
        except Refused:
            assert not may
        else:
            assert may
            self.waiting = [row for row in self.waiting if row[0] != gift]
            if do == "agree":
                self.has[giver] += minutes
                self.has[taker] -= minutes

    @invariant()
    def all_together_is_nothing(self):
        found = stands(self.bank, *self.people)
        assert found == list(self.has.values())
        assert sum(found) == 0
        assert min(found[:4]) >= -self.LOWEST
        assert not list(queries._uneven())
        assert not list(queries._unlike())

    def teardown(self):
        transaction.savepoint_rollback(self.point)


def test_whatever_people_press_all_balances_together_are_nothing():
    run_state_machine_as_test(Exchanges, settings=settings(max_examples=12, stateful_step_count=25, deadline=None))
