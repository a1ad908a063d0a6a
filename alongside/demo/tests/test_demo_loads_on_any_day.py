"""Loading begins with nothing, and the year may end on any day: a Sunday on which clocks change, a leap day."""

from datetime import date

import pytest
from django.core.management import call_command

from alongside.demo import queries
from alongside.demo.states import CAST
from alongside.record.models import JournalLine


@pytest.mark.parametrize("today", [date(2027, 3, 28), date(2028, 2, 29)])
def test_the_demo_loads_on_any_day(db, today):
    assert queries.people() == []
    call_command("load_demo", verbosity=0, today=today)
    assert len(queries.people()) == len(CAST)
    moments = list(JournalLine.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1].date() < today
