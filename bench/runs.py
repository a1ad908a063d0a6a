"""Payment runs of 100 to 100,000 payments: how time and memory grow.

    .venv/bin/python -m bench.runs                              the files alone, to 100,000; whole runs, to 10,000
    .venv/bin/python -m bench.runs --most                       whole runs to 100,000 too
    .venv/bin/python -m bench.runs --whole 100 1000 --files 100
    .venv/bin/python -m bench.runs --json
    .venv/bin/python tests/postgres.py run .venv/bin/python -m bench.runs --files --whole 1000 10000

Each size runs in a process of its own on a fresh database: SQLite in a temporary folder, or one of its own on the
PostgreSQL that DATABASE_URL names. `files`: each file written and each statement read. `whole`: one run chosen, confirmed
(accounts looked at, file made, its hash kept), fetched, given to the bank (every payment sent, two ledger entries each,
everybody told), its cover set as PDF, and its statement read and marked.

Compare the seconds of the processor: those on the clock grow with whatever else the machine does. With PostgreSQL they
leave out what the server itself used.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import batched
from pathlib import Path

from alongside.config.progress import bar
from tests.test_kill_storm import own_database

ROOT = Path(__file__).parent.parent
FILES, WHOLE, MOST = (100, 1_000, 10_000, 100_000), (100, 1_000, 10_000), 100_000
KINDS = ("plain-csv", "bankline", "sterling-iso-09", "euro-sepa-09")
AT_ONCE = 1_000


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Watch:
    """Of each step, by its name: seconds on the clock, seconds of the processor, and the peak of memory after it."""

    def __init__(self, size):
        self.size, self.steps = size, {}

    @contextmanager
    def step(self, name):
        """Give a step() to call once for each payment; it draws a bar when somebody watches."""
        begun, used = time.perf_counter(), time.process_time()
        with bar(f"{name}, {self.size:,}", self.size) as step:
            yield step
        seconds, processor = time.perf_counter() - begun, time.process_time() - used
        self.steps[name] = {"seconds": round(seconds, 3), "processor": round(processor, 3), "mb": round(peak_mb(), 1)}


# --- in a process of their own ---


def files(size):
    """Each file written, a statement read and laid beside what was sent."""
    from alongside.calculations import content, payment_file, statement_file
    from alongside.calculations.payment_file.tests.made_up import DUBLIN, HARBOUR, MADE_AT, PAY_ON, euro, order
    from alongside.calculations.statement_file.tests.made_up import camt, entry, table

    watch = Watch(size)
    for kind in KINDS:
        make, source = (euro, DUBLIN) if kind.startswith("euro") else (order, HARBOUR)
        batch = payment_file.Batch("R4TQ9W2BHK", MADE_AT, PAY_ON, size, size * 1250, source)
        with watch.step(kind) as step:
            for _ in payment_file.pieces(content.bank_file(kind), batch, (step() or make(n) for n in range(size))):
                pass
    sent = [statement_file.Sent(f"K7P2M{n:05}", 1250, PAY_ON, "Asha Bell") for n in range(size)]
    csv_data = table(*[f"05/11/2026,FPS,K7P2M{n:05},Asha Bell,-12.50" for n in range(size)])
    with watch.step("statement CSV"):
        lines = statement_file.read(csv_data).lines
    with watch.step("laid beside"):
        assert {f.verdict for f in statement_file.lay_beside(lines, sent)} == {"PAID"}
    if size <= 10_000:
        data = camt(*[entry(number=n, code=f"K7P2M{n:05}") for n in range(size)])
        with watch.step("camt.053"):
            statement_file.read(data)
    return watch.steps


def whole(size):
    """One run of so many payments, from choosing to the bank's answer."""
    from alongside.calculations import papers
    from alongside.payments.models import Payment
    from alongside.runs import operations, queries
    from alongside.runs.tests import factories
    from alongside.runs.tests.factories import AT, ON

    watch = Watch(size)
    with watch.step("(made up)"):
        them = factories.cast()
        payments = _crowd(them, size)
    facts = {"organisation": them.organisation, "currency": "GBP", "pay_on": ON}
    with watch.step("choose") as step:
        run = operations.choose(payment_ids=payments, by=them.fay, at=AT, step=step, **facts)
    with watch.step("confirm") as step:
        operations.confirm(run_id=run.pk, by=them.gus, at=AT, step=step)
    with watch.step("fetch") as step:
        operations.fetch(run_id=run.pk, by=them.fay, at=AT, step=step).close()
    with watch.step("send and book") as step:
        run = operations.send(run_id=run.pk, on=ON, by=them.fay, at=AT, step=step)
    with watch.step("cover"):
        papers.pdf("sheet", queries.cover_paper(run))
    data = factories.statement_of(run)
    with watch.step("statement in"):
        operations.bring_in(organisation=them.organisation, data=data, by=them.fay, at=AT)
    assert Payment.objects.filter(state="PAID").count() == size and queries.invariants() == []
    return watch.steps


def _crowd(them, size):
    """Keys of so many approved payments: one made by the rules, the others its copies with a person and account each."""
    from alongside.payees.models import Payee
    from alongside.payments.models import Payment
    from alongside.runs.tests import factories

    first = factories.due(them, them.asha, "Asha Bell", 1_250)
    payee = Payee.objects.get(person=them.asha)
    for numbers in batched(range(size - 1), AT_ONCE):
        _copies(first, payee, [f"Person {number:06}" for number in numbers])
    return list(Payment.objects.order_by("pk").values_list("pk", flat=True))


def _copies(first, payee, names):
    from alongside.contributions.models import Offer, OfferPart
    from alongside.payees.models import Payee
    from alongside.payees.policies import lock_details
    from alongside.payees.states import Details
    from alongside.payments.models import Payment
    from alongside.people.models import Person

    people = Person.objects.bulk_create(
        Person(shown_name=name, made_at=payee.made_at, tell_by="NONE") for name in names
    )
    payees = [
        Payee(person=each, name=f"{each.shown_name} Reed", last_figures="0008", typed_by=each, made_at=payee.made_at,
              confirmed=payee.confirmed, confirmed_at=payee.confirmed_at, confirmed_by=each) for each in people
    ]  # fmt: skip
    for each in payees:
        each.sealed = lock_details(
            Details(each.name, "200415", f"{each.person_id:08}"), person_id=each.person_id, token=each.token
        )
    Payee.objects.bulk_create(payees)
    offers = Offer.objects.bulk_create(
        [_copy(first.part.offer, to=each, done_by=each) for each in people], batch_size=200
    )
    parts = OfferPart.objects.bulk_create([_copy(first.part, offer=each) for each in offers])
    Payment.objects.bulk_create([_copy(first, part=part, to=part.offer.to) for part in parts], batch_size=300)


def _copy(row, **other):
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name != "id"}
    return type(row)(**fields | other)


# --- from outside ---


def measured(what, size):
    """Run one size in a process of its own, on a database of its own."""
    with tempfile.TemporaryDirectory() as home, own_database() as database:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | database
        env |= {"ALONGSIDE_HOME": home, "ALONGSIDE_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
        if what == "whole":
            migrate = [sys.executable, "-m", "alongside.config.cli", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, cwd=ROOT, env=env, check=True)
        command = [sys.executable, "-m", "bench.runs", "one", what, str(size)]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


HEADS = ("payments", "clock s", "processor s", "ms each", "peak MB")


def table(what, found):
    """A row for each step and size; growth: how many times the processor's seconds of the size before."""
    print(f"\n{what:<16}" + "".join(f"{head:>13}" for head in HEADS) + "   growth")
    for name in dict.fromkeys(name for steps in found.values() for name in steps):
        sizes = [size for size in found if name in found[size]]
        for before, size in zip([None, *sizes], sizes, strict=False):
            step = found[size][name]
            each = 1000 * step["processor"] / size
            cells = (
                f"{size:,}",
                f"{step['seconds']:.2f}",
                f"{step['processor']:.2f}",
                f"{each:.2f}",
                f"{step['mb']:.0f}",
            )
            growth = _growth(found, name, before, size) if before else ""
            print(f"{name:<16}" + "".join(f"{cell:>13}" for cell in cells) + growth)


def _growth(found, name, before, size):
    one, other = found[before][name]["processor"], found[size][name]["processor"]
    return f"   x{other / one:.1f} for x{size / before:.0f}" if one else ""


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, nargs="*", default=list(FILES))
    parser.add_argument("--whole", type=int, nargs="*", default=list(WHOLE))
    parser.add_argument("--most", action="store_true", help=f"a whole run of {MOST:,} too")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args(words)
    sizes = {"files": said.files, "whole": said.whole + [MOST] * said.most}
    found = {what: {size: measured(what, size) for size in sizes[what]} for what in sizes}
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    if said.json:
        print(json.dumps(found | {"load": load}))
        return
    for what, results in found.items():
        if results:
            table(what, results)
    print(f"\n{os.cpu_count()} cores; load over the last 1, 5 and 15 minutes: {load}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        import django

        django.setup()
        print(json.dumps({"files": files, "whole": whole}[sys.argv[2]](int(sys.argv[3]))))
    else:
        main(sys.argv[1:])
