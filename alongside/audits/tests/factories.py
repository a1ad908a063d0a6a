"""Money of several quarters and funds, made through the operations; and packs of it, opened again."""

import csv
import io
import json
import zipfile

from alongside.audits import operations
from alongside.audits.states import Quarter, Scope
from alongside.contributions.tests.factories import AT, ON, add, cast, later
from alongside.payments import operations as payments
from alongside.payments.tests import factories as money
from alongside.runs.tests import factories as runs

__all__ = ["AT", "ON", "Q4", "add", "cast", "later", "money", "runs"]
Q4 = Quarter(2026, 4)


def fund(them, name="Council"):
    """A fund with one line."""
    made, _ = money.fund(them, name)
    return made


def line_of(fund):
    return next(line for line in payments.funds.lines_of(fund.organisation) if line.fund_id == fund.pk)


def paid(them, to=None, days=0, **terms):
    """Sent by bank on the day of the work, and arrived so many days later."""
    payment = money.sent(them, to, **terms)
    return payments.mark_arrived(payment=payment, on=later(days).date(), by=them.fay, at=later(days))


def crowd(them, count, prefix="Person"):
    """So many new people with a seat."""
    made = [add(f"{prefix} {number}", them.organisation) for number in range(count)]
    for person in made:
        runs.seat(them, person)
    return made


def scope(them, fund=None, quarter=Q4, on=ON):
    return Scope(them.organisation, on, fund, quarter)


def pack(them, by=None, pictures=False, **what):
    """(the Pack, its bytes) of the last quarter of 2026 unless `what` says otherwise."""
    out = io.BytesIO()
    made = operations.take(scope=scope(them, **what), out=out, by=by or them.fay, at=AT, pictures=pictures)
    return made, out.getvalue()


def opened(data):
    """{name: bytes} of a pack."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(files, name):
    """Rows of one table of a pack, each {heading: cell}."""
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


def pence(cell):
    """Whole pence of a cell such as 12.50."""
    whole, rest = cell.split(".")
    return int(whole) * 100 + int(rest)


def total(files, name, heading):
    return sum(pence(row[heading]) for row in table(files, name))


def manifest(files):
    return json.loads(files["manifest.json"])
