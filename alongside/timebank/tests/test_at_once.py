"""Many hands at the same moment: no limit is passed by two exchanges that are agreed at once."""

import pytest

from alongside.payments.tests.test_at_once import kept, together
from alongside.refusals import Refused
from alongside.timebank import operations, queries
from alongside.timebank.models import TimeMove
from alongside.timebank.tests import factories
from alongside.timebank.tests.factories import AT, stands

__all__ = ["kept"]


def trial(gifts, threads):
    """Bo may go an hour below nothing; so of many hours that wait for his yes, one is agreed, whoever presses how often."""
    them, bank = factories.scene(lowest_minutes=60)
    waiting = [factories.asked(them, bank, minutes=60).pk for _ in range(gifts)]

    def press(number):
        agreed = 0
        for place in range(gifts):
            try:
                operations.agree(gift_id=waiting[(place + number) % gifts], by=them.bo, at=AT)
                agreed += 1
            except Refused as stop:
                assert stop.refusal.code in {"limit", "state"}
        return agreed

    agreed, faults = together(threads, press)
    assert faults == []
    assert sum(agreed) == TimeMove.objects.count() == 1
    assert stands(bank, them.asha, them.bo) == [60, -60]
    assert queries.invariants() == []


def test_a_few_at_once_never_pass_the_limit(kept):  # noqa: F811
    trial(gifts=3, threads=3)


@pytest.mark.postgres
def test_many_at_once_never_pass_the_limit(kept):  # noqa: F811
    trial(gifts=20, threads=16)
