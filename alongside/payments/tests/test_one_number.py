"""One payment has one number, wherever somebody reads it."""

import pytest

from alongside.contributions import operations as contributions
from alongside.ledger import queries as ledger
from alongside.payments import queries
from alongside.payments.models import Payment
from alongside.payments.tests import factories
from alongside.payments.tests.factories import AT
from alongside.payments.tests.test_pages import browser, text
from alongside.people.models import ToTell
from alongside.record.models import JournalLine

pytestmark = pytest.mark.django_db


def test_pages_book_record_and_tellings_name_the_same_number():
    them = factories.cast()
    for more in range(3):  # parts without a payment, so that counting them apart would differ
        factories.offer(them, them.bo, task=f"Later {more}")
        factories.done(them, them.bo, task=f"Waits {more}")
    payment = factories.sent(them, task="The leaflet")
    number = payment.part_id
    assert payment.pk == number and Payment.objects.count() == 1 < number
    fay = browser(them.fay)
    assert f"Payment {number}" in text(fay, "claim", number)
    assert f"Receipt {number}" in text(fay, "slip", number)
    assert f"(number {number})" in queries.money_lines(them.asha, AT.date())[0]
    abouts = set(ledger.transactions_of(them.organisation).values_list("about", flat=True))
    assert {about for about in abouts if about.startswith("payment:")} == {f"payment:{number}"}
    subjects = JournalLine.objects.filter(what__startswith="payments.payment.").values_list("subject", flat=True)
    assert set(subjects) == {f"payment:{number}"}
    told = ToTell.objects.filter(person=them.asha, about__startswith="payment:").values_list("about", flat=True)
    assert {about.split(":")[1] for about in told} == {str(number)}
    assert contributions.lock_parts(part_ids=[number])[0].pk == number
