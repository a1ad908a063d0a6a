import pytest
from django.db.models import Sum

from alongside.payments import operations
from alongside.payments.models import LedgerEntry
from alongside.payments.tests import factories

pytestmark = pytest.mark.django_db


def test_smoke():
    them = factories.cast()
    p = factories.arrived(them)
    p.refresh_from_db()
    assert p.state == "PAID"
    q = factories.sent(them, them.bo)
    operations.arrive(offer_id=q.offer_id, on=factories.ON, by=them.bo, at=factories.AT)
    assert LedgerEntry.objects.aggregate(s=Sum("pence"))["s"] == 0
    assert LedgerEntry.objects.count() == 12
