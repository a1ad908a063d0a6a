"""Nothing is paid for twice, or on one word: not as time and as money, not the same way or picture, not by who wrote it."""

import pytest

from alongside.claims import operations
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
