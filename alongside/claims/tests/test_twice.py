"""Nothing is paid for twice: not as time and as money, and not from the same way or the same picture."""

import pytest

from alongside.claims import operations
from alongside.claims.states import ClaimState
from alongside.claims.tests import factories
from alongside.claims.tests.factories import AT
from alongside.contributions import operations as contributions
from alongside.contributions.tests import factories as offers

pytestmark = pytest.mark.django_db


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
