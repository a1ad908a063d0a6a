"""Nothing is paid for twice, or on one word: not as time and as money, not the same way or picture, not by who wrote it."""

import pytest

from alongside.claims import operations, queries
from alongside.claims.states import ClaimState
from alongside.claims.tests import factories
from alongside.claims.tests.factories import AT, ON
from alongside.contributions import operations as contributions
from alongside.contributions.tests import factories as offers
from alongside.organisations import operations as organisations
from alongside.payments import operations as payments
from alongside.payments.tests import factories as paid
from alongside.people.states import Channel
from alongside.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(do, **facts):
    with pytest.raises(Refused) as stop:
        do(**facts)
    return stop.value.refusal


# --- by whom ---


def money_scene():
    """(cast, gathering, Ned who keeps the notes); Lea and Ned may approve here, as Dee may."""
    them, gathering = factories.scene(work=False)
    ned = factories.add("Ned", them.organisation)
    offers.initiatives.ask_to(initiative=them.initiative, person=ned, kind="RECORDER", on=ON, by=None, at=AT)
    for person in (them.lea, ned):
        organisations.ask_to(person=person, kind="APPROVER", organisation=them.organisation, on=ON, at=AT)
    paid.fund(them)
    return them, gathering, ned


def test_who_wrote_a_claim_down_does_not_approve_it_once_its_person_said_yes():
    them, gathering, ned = money_scene()
    told = factories.told(them, gathering)
    claim = operations.confirm(claim_id=told.pk, by=them.asha, at=AT)
    assert (claim.offer.made_by, claim.offer.done_by) == (them.lea, them.asha)
    part = paid.part(claim.offer)
    said = refused(payments.approve, part_id=part.pk, by=them.lea, at=AT)
    assert (said.code, said.words) == ("own-claim", "You wrote this claim down.")
    assert refused(payments.approve, part_id=part.pk, by=them.asha, at=AT).code == "not-asked"
    assert payments.approve(part_id=part.pk, by=ned, at=AT).approved_by == ned


def test_neither_who_wrote_it_down_nor_who_noted_the_yes_approves_it():
    them, gathering, ned = money_scene()
    told = factories.told(them, gathering)
    facts = {"channel": Channel.PHONE, "words": "Rang her, she said yes."}
    claim = operations.confirm_for(claim_id=told.pk, by=ned, at=AT, **facts)
    part = paid.part(claim.offer)
    said = [refused(payments.approve, part_id=part.pk, by=person, at=AT) for person in (them.lea, ned)]
    assert [each.code for each in said] == ["own-claim", "own-claim"]
    assert said[1].words == "You noted for its person that this claim is right."
    assert payments.approve(part_id=part.pk, by=them.dee, at=AT).approved_by == them.dee


# --- as time and as money ---


def test_a_claim_is_taken_back_and_work_whose_time_was_given_stays_done():
    them, gathering = factories.scene(work=False)
    work = offers.offer(them)
    contributions.answer(offer_id=work.pk, state="PART", pence=0, method="TIME", by=them.asha, at=AT)
    claim = factories.sent(them, gathering)
    contributions.time_given(offer_id=work.pk, at=AT)
    operations.take_back(claim_id=claim.pk, by=them.asha, at=AT)
    for row in (work, claim, claim.offer):
        row.refresh_from_db()
    assert (work.state, claim.state, claim.offer.accepted_pence) == ("DONE", ClaimState.TAKEN_BACK, 0)


# --- the same way, the same picture ---


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.RECEIPTS = tmp_path / "receipts"


def test_the_same_way_is_claimed_once_a_day_at_one_table_and_another_vehicle_may_follow():
    them, gathering = factories.scene(work=False)
    day = ON.replace(month=3)  # a day for which three vehicles have a rate

    def drive(miles, **more):
        return factories.sent(them, words=(), activity_on=day, miles=miles, **more)

    first = drive({"car": 120})
    assert first.costs_pence == 540
    said = refused(drive, miles={"car": 90})
    assert (said.code, said.words) == ("claimed", "“Own car or van” is in a claim for that day already.")
    assert refused(factories.told, them=them, activity_on=day, items={}, miles={"car": 120}).code == "claimed"
    assert drive({"bicycle": 50}).costs_pence == 100
    other = offers.table(them.organisation, them.lea, them.asha, name="Wake well")
    assert drive({"car": 120}, initiative=other).costs_pence == 540
    assert factories.sent(them, gathering, words=(), miles={"car": 120}).costs_pence == 660
    operations.take_back(claim_id=first.pk, by=them.asha, at=AT)
    assert drive({"car": 90}).costs_pence == 405


def test_the_same_bus_on_a_new_version_of_the_list_is_still_the_same_bus():
    them, gathering = factories.scene(work=False)
    factories.sent(them, gathering)
    factories.cost_list(them)
    assert refused(factories.sent, them=them, gathering=gathering).code == "claimed"


def with_receipt(them, gathering, to, data=None, times=1):
    for _ in range(times):
        facts = {"data": data} if data else {}
        factories.receipt(them, gathering, by=to, **facts)
    return factories.sent(them, gathering, to=to, words=(), method="CASH")


def pictures(*claims):
    """What is said of each picture on the page of who pays, claim by claim."""
    return [[twice for _, _, twice in lines] for _, lines, _ in queries.with_proof(list(claims), ON)]


def test_who_pays_is_told_where_the_very_same_picture_stands_too():
    them = factories.cast()
    gathering = factories.met(them, them.asha, them.bo)
    one, two = (with_receipt(them, gathering, them.asha) for _ in range(2))
    other = with_receipt(them, gathering, them.bo, factories.photo(width=61))
    assert pictures(one, two, other) == [
        [f"The same picture stands in claim {two.pk} too."], [f"The same picture stands in claim {one.pk} too."], [""],
    ]  # fmt: skip
    third = with_receipt(them, gathering, them.bo, times=2)
    assert pictures(third) == [
        [f"The same picture stands in this claim and claim {one.pk} and claim {two.pk} too."] * 2
    ]
    for claim in (two, third):
        operations.take_back(claim_id=claim.pk, by=claim.to, at=AT)
    assert pictures(one) == [[""]]


def test_a_picture_of_another_organisation_is_not_spoken_of():
    them, others = factories.cast(), factories.cast("Elsewhere")
    ours, theirs = (
        with_receipt(place, factories.met(place, place.asha), place.asha) for place in (them, others)
    )  # fmt: skip
    assert pictures(ours, theirs) == [[""], [""]]
