"""A claim from the record that somebody was there, to money that is owed; and what stands in the way."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.claims import operations, permissions, queries
from alongside.claims.models import Claim, ClaimLine, CostItem, CostList
from alongside.claims.states import ClaimState, LineKind, Per
from alongside.claims.tests import factories
from alongside.claims.tests.factories import AT, ON
from alongside.contributions import operations as contributions
from alongside.contributions.models import Offer
from alongside.contributions.states import OfferState
from alongside.contributions.tests import factories as offers
from alongside.gatherings import operations as gatherings
from alongside.initiatives import operations as initiatives
from alongside.people.states import Channel, PersonState
from alongside.record.models import JournalLine
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(do, *args, **facts):
    """The code of the refusal, and that nothing was written."""
    before = (JournalLine.objects.count(), Claim.objects.count(), Offer.objects.count())
    with pytest.raises(Refused) as stop:
        do(*args, **facts)
    assert (JournalLine.objects.count(), Claim.objects.count(), Offer.objects.count()) == before
    assert stop.value.refusal.words.endswith(".")
    return stop.value.refusal.code


def events(since):
    return [line.what for line in JournalLine.objects.filter(pk__gt=since).order_by("pk")]


def newest():
    return JournalLine.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


# --- one's own ---


def test_who_took_a_seat_after_it_was_called_is_asked_then_was_there_and_claims():
    them, gathering = factories.scene()
    gil = offers.add("Gil", them.organisation)
    facts = {"role": "Knows it", "on": ON, "by": them.lea, "at": AT}
    initiatives.give_seat(initiative=them.initiative, person=gil, **facts)
    assert refused(factories.sent, them, gathering, to=gil) == "not-there"
    gatherings.invite(gathering_id=gathering.pk, people_asked=[gil], by=them.lea, at=AT)
    assert refused(factories.sent, them, gathering, to=gil) == "not-there"
    gatherings.record_attendance(gathering_id=gathering.pk, there={gil.pk: Channel.PHONE}, by=them.lea, at=AT)
    assert factories.sent(them, gathering, to=gil).costs_pence == 600


def test_a_claim_says_the_work_done_and_owes_the_costs():
    them, gathering = factories.scene()
    before = newest()
    claim = factories.sent(them, gathering, words=("Bus there and back", "Lunch"))
    assert (claim.state, claim.pence, claim.costs_pence) == (ClaimState.SENT, 8250 + 1100, 1100)
    assert [(line.kind, line.words, line.count, line.pence) for line in queries.lines_of(claim)] == [
        (LineKind.WORK, "Talk about leaving the ward", 150, 8250),
        (LineKind.ITEM, "Bus there and back", 1, 600),
        (LineKind.ITEM, "Lunch", 1, 500),
    ]
    work, costs = Offer.objects.order_by("pk")
    assert (work.state, work.done_on, costs.state, costs.pence, costs.pay_pence) == ("DONE", ON, "DONE", 1100, 0)
    assert (costs.to, costs.costs_only, costs.costs_words, costs.method) == (
        them.asha, True, "Bus there and back, Lunch", "BANK",
    )  # fmt: skip
    assert events(before) == ["contributions.work.done", "contributions.costs.owed", "claims.claim.sent"]


def test_work_without_costs_needs_no_way():
    them, gathering = factories.scene()
    claim = factories.sent(them, gathering, words=(), method="")
    assert (claim.pence, claim.costs_pence, claim.offer, claim.method) == (8250, 0, None, "")


def test_costs_without_work_are_claimed_after_a_gathering_and_for_another_day():
    them, gathering = factories.scene(work=False)
    assert factories.sent(them, gathering).pence == 600
    assert factories.sent(them, words=("Lunch",)).pence == 500


def test_hours_and_miles_come_to_the_penny():
    them, gathering = factories.scene(work=False)
    care = factories.item(them, "Childcare")
    claim = factories.sent(them, gathering, words=(), items={care.pk: 3}, miles={"car": 125})
    lines = {line.kind: line for line in queries.lines_of(claim)}
    assert (lines[LineKind.ITEM].pence, lines[LineKind.ITEM].rate_words) == (2100, "3 hours at £7.00 an hour")
    assert lines[LineKind.MILES].pence == 688  # 12.5 miles at 55p are 687.5
    assert lines[LineKind.MILES].rate_words == "12.5 miles at 55p. HMRC approved mileage payments."


def test_own_rates_by_the_mile_come_before_published_ones():
    them = factories.cast()
    factories.cost_list(them, [("Own car", Per.MILE, 45), ("Bicycle", Per.MILE, 20)])
    held = queries.items_on(them.organisation, ON)
    mileage = queries.mileage_on(them.organisation, held, ON)
    assert [(one.words, one.each_words) for one in mileage.vehicles] == [("Own car", "45p"), ("Bicycle", "20p")]


@pytest.mark.parametrize(
    ("country", "on", "car", "why_not"),
    [
        ("GB", ON.replace(year=2025), "45p", ""),
        ("GB-SCT", ON, "55p", ""),
        ("GB", ON.replace(year=2027), "", "We do not have this year’s figure of HMRC approved mileage payments."),
        ("IE", ON, "", "We know no mileage rate in pounds for this country."),
        ("CA", ON, "", "We know no mileage rate in pounds for this country."),
    ],
)
def test_mileage_of_a_year_that_nobody_has_seen_is_said_to_be_missing(country, on, car, why_not):
    them = factories.cast()
    them.organisation.country = country
    mileage = queries.mileage_on(them.organisation, [], on)
    assert ([one.each_words for one in mileage.vehicles][:1], mileage.why_not) == ([car] if car else [], why_not)


def test_every_starter_has_its_source_and_a_sum():
    them = factories.cast()
    starters = queries.starters(them.organisation)
    assert len(starters) == 8
    assert ("Bus there and back", Per.TIME, 600) in starters
    them.organisation.country = "IE"
    assert queries.starters(them.organisation) == []


def test_the_list_of_the_day_counts_not_the_newest():
    them, gathering = factories.scene(work=False)
    factories.cost_list(them, [("Bus there and back", Per.TIME, 900)], from_on=ON.replace(day=3))
    assert factories.sent(them, gathering).pence == 600


def test_a_line_of_another_list_is_refused():
    them, gathering = factories.scene(work=False)
    factories.cost_list(them, [("Tram", Per.TIME, 900)], from_on=ON.replace(day=3))
    tram = CostItem.objects.get(words="Tram")
    assert refused(factories.sent, them, gathering, words=(), items={tram.pk: 1}) == "other-list"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"method": ""}, "method"),
        ({"method": "VOUCHER"}, "method"),
        ({"method": "GIFT"}, "method"),
        ({"method": "PREPAID"}, "provider"),
        ({"words": ()}, "nothing"),
        ({"words": (), "miles": {"car": 10_001}}, "far"),
        ({"words": (), "miles": {"car": -5}}, "amount"),
        ({"words": (), "miles": {"rocket": 5}}, "other-list"),
        ({"activity_on": ON.replace(day=3), "words": (), "miles": {"car": 5}}, "future"),
    ],
)
def test_costs_that_cannot_be_are_refused(facts, code):
    them, gathering = factories.scene(work=False)
    assert refused(factories.sent, them, gathering, **facts) == code


def test_more_than_a_thousand_pounds_or_a_day_of_hours_is_refused():
    them, gathering = factories.scene(work=False)
    care = factories.item(them, "Childcare")
    assert refused(factories.sent, them, gathering, words=(), items={care.pk: 25}) == "hours"
    for number in range(4):
        factories.receipt(them, gathering, pence=30_000, words=f"Taxi {number}")
    assert refused(factories.sent, them, gathering) == "much"


def test_only_somebody_who_was_there_claims_and_only_for_themselves():
    them, gathering = factories.scene(work=False)
    assert refused(factories.sent, them, gathering, to=them.bo) == "not-there"
    assert refused(factories.sent, them, gathering, to=them.eli) == "not-there"
    assert refused(factories.sent, them, None, to=them.eli) == "no-seat"
    assert refused(factories.sent, them, gathering, by=them.lea) == "not-yours"
    them.asha.state = PersonState.PAUSED
    assert refused(factories.sent, them, gathering) == "away"


def test_the_same_bus_is_claimed_once_a_day_and_something_else_may_follow():
    them, gathering = factories.scene(work=False)
    first = factories.sent(them, gathering)
    assert refused(factories.sent, them, gathering) == "claimed"
    assert refused(factories.sent, them, None) == "claimed"
    assert refused(factories.told, them, gathering) == "claimed"
    assert factories.sent(them, gathering, words=("Lunch",)).pence == 500
    operations.take_back(claim_id=first.pk, by=them.asha, at=AT)
    assert factories.sent(them, gathering).pence == 600


def test_a_claim_is_taken_back_until_the_money_moves():
    them, gathering = factories.scene()
    claim = factories.sent(them, gathering)
    work = Offer.objects.get(costs_only=False)
    assert refused(operations.take_back, claim_id=claim.pk, by=them.lea, at=AT) == "not-yours"
    operations.take_back(claim_id=claim.pk, by=them.asha, at=AT)
    work.refresh_from_db()
    claim.refresh_from_db()
    assert (claim.state, work.state, claim.offer.accepted_pence) == (ClaimState.TAKEN_BACK, OfferState.ACCEPTED, 0)
    assert refused(operations.take_back, claim_id=claim.pk, by=them.asha, at=AT) == "state"
    again = factories.sent(them, gathering)
    contributions.settle(offer_id=again.offer_id, money="APPROVED", on=ON, at=AT)
    assert refused(operations.take_back, claim_id=again.pk, by=them.asha, at=AT) == "money-moving"
    again.refresh_from_db()
    assert again.state == ClaimState.SENT


def test_work_is_found_by_its_gathering_or_its_day_and_only_a_yes_counts():
    them, gathering = factories.scene(work=False)
    here = offers.accepted(them, from_gathering=gathering, task="Made from it", activity_on=ON.replace(day=3))
    same_day = offers.accepted(them, task="Same day")
    offers.accepted(them, task="Another day", activity_on=ON.replace(day=3))
    offers.offer(them, task="Not answered")
    offers.accepted(them, them.bo, task="To Bo")
    found = queries.work_for(them.asha, them.initiative, ON, gathering)
    assert {offer.pk for offer in found} == {here.pk, same_day.pk}
    assert [(place.claimed, place.pence) for place in queries.places(them.asha, ON)] == [(False, 11000)]


# --- for somebody else ---


def test_costs_written_down_are_owed_only_once_their_person_said_so():
    them, gathering = factories.scene(work=False)
    before = newest()
    claim = factories.told(them, gathering)
    assert (claim.state, claim.offer, claim.channel, claim.written_by) == (ClaimState.ASKED, None, "PHONE", them.lea)
    assert Offer.objects.count() == 0
    assert events(before) == ["claims.claim.written_down"]
    assert [line.words for line in queries.today(them.asha, ON)] == ["Is this right? £6.00 of costs"]
    operations.confirm(claim_id=claim.pk, by=them.asha, at=AT)
    claim.refresh_from_db()
    assert (claim.state, claim.offer.pence, claim.answered_by, claim.offer.channel) == (
        "SENT",
        600,
        them.asha,
        "SCREEN",
    )
    assert events(before)[1:] == ["contributions.costs.owed", "claims.claim.confirmed"]


def test_somebody_else_than_who_wrote_it_down_notes_the_yes_given_by_phone():
    them, gathering = factories.scene(work=False)
    claim = factories.told(them, gathering)
    facts = {"claim_id": claim.pk, "channel": Channel.PHONE, "words": "Rang her, she said yes.", "at": AT}
    assert refused(operations.confirm_for, by=them.lea, **facts) == "same-hand"
    assert refused(operations.confirm_for, by=them.bo, **facts) == "not-asked"
    ned = factories.add("Ned", them.organisation)
    offers.initiatives.ask_to(initiative=them.initiative, person=ned, kind="RECORDER", on=ON, by=None, at=AT)
    assert refused(operations.confirm_for, by=ned, **facts | {"words": " "}) == "nobody-asked"
    operations.confirm_for(by=ned, **facts)
    claim.refresh_from_db()
    assert (claim.state, claim.answered_by, claim.answered_words) == ("SENT", ned, "Rang her, she said yes.")
    assert (claim.offer.made_by, claim.offer.done_by, claim.offer.to) == (them.lea, ned, them.asha)
    assert claim.offer.channel == "PHONE"


def test_who_wrote_it_down_cannot_help_to_say_that_it_is_right():
    them, gathering = factories.scene(work=False)
    claim = factories.told(them, gathering)
    them.asha.helped_by = them.lea
    assert refused(operations.confirm, claim_id=claim.pk, by=them.asha, at=AT) == "same-hand"


def test_what_is_not_right_is_set_aside_and_never_owed():
    them, gathering = factories.scene(work=False)
    claim = factories.told(them, gathering)
    operations.set_aside(claim_id=claim.pk, by=them.asha, at=AT)
    claim.refresh_from_db()
    assert (claim.state, claim.offer, Offer.objects.count()) == (ClaimState.NOT_RIGHT, None, 0)
    assert refused(operations.confirm, claim_id=claim.pk, by=them.asha, at=AT) == "state"
    assert factories.sent(them, gathering).state == ClaimState.SENT


@pytest.mark.parametrize(
    ("who", "facts", "code"),
    [
        ("bo", {}, "not-asked"),
        ("dee", {}, "not-asked"),
        ("eli", {}, "not-asked"),
        ("lea", {"asked_words": " "}, "nobody-asked"),
        ("lea", {"channel": "SCREEN"}, "channel"),
        ("lea", {"items": {}}, "nothing"),
        ("lea", {"method": ""}, "method"),
    ],
)
def test_writing_down_is_refused_with_its_reason(who, facts, code):
    them, gathering = factories.scene(work=False)
    assert refused(factories.told, them, gathering, by=getattr(them, who), **facts) == code


def test_nobody_writes_down_their_own_costs_or_those_of_who_was_not_there():
    them, gathering = factories.scene(work=False)
    assert refused(factories.told, them, gathering, to=them.lea) == "own-costs"
    assert refused(factories.told, them, gathering, to=them.bo) == "not-there"
    assert refused(factories.told, them, None, to=them.eli) == "no-seat"


WHO = ("asha", "bo", "dee", "fay", "lea", "eli")
YES = {
    ClaimState.ASKED: ["", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    ClaimState.SENT: ["state", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    ClaimState.NOT_RIGHT: ["state", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
    ClaimState.TAKEN_BACK: ["state", "not-yours", "not-yours", "not-yours", "not-yours", "not-yours"],
}


@pytest.mark.parametrize("state", YES, ids=str)
def test_saying_that_it_is_right_is_refused_as_the_table_says(state):
    them, gathering = factories.scene(work=False)
    claim = factories.told(them, gathering)
    claim.state = state
    codes = [permissions.why_not_answer(claim, ClaimState.SENT, by=getattr(them, name)) for name in WHO]
    assert [refusal.code if refusal else "" for refusal in codes] == YES[state]


# --- what the database itself holds ---


@pytest.mark.parametrize(
    "change",
    [
        {"state": ClaimState.SENT},  # owed without an offer
        {"asked_words": ""},
        {"channel": "SCREEN"},
        {"costs_pence": 601},
        {"answered_by_id": 1},
    ],
    ids=str,
)
def test_the_table_of_claims_refuses_what_cannot_be(change):
    them, gathering = factories.scene(work=False)
    claim = factories.told(them, gathering)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**change)
        connection.check_constraints()


def test_who_wrote_it_down_is_never_who_said_that_it_is_right():
    them, gathering = factories.scene(work=False)
    claim = factories.told(them, gathering)
    operations.confirm(claim_id=claim.pk, by=them.asha, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(answered_by=them.lea)


def test_what_was_claimed_stands():
    them, gathering = factories.scene(work=False)
    factories.sent(them, gathering)
    for do in (
        lambda: ClaimLine.objects.update(pence=1),
        lambda: ClaimLine.objects.all().delete(),
        lambda: Claim.objects.all().delete(),
        lambda: CostItem.objects.update(pence=1),
        lambda: CostList.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            do()
    assert queries.invariants() == []


def test_setting_the_list_is_for_who_leads():
    them = factories.cast()
    organisation = them.organisation
    codes = [permissions.why_not_set_costs(organisation, by=getattr(them, name)) for name in WHO]
    assert [refusal.code if refusal else "" for refusal in codes] == ["not-asked"] * 4 + ["", "not-asked"]
    assert refused(factories.cost_list, them, []) == "lines"
    assert refused(factories.cost_list, them, [("Bus", Per.TIME, 1), ("Bus", Per.TIME, 2)]) == "lines"
    assert [factories.cost_list(them).version, factories.cost_list(them).version] == [1, 2]
