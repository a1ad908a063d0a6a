"""The word `alongside audit`: everything that an auditor asks for, as one file, with a line of progress.

Django is set up before this is imported.
"""

import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from alongside.audits import operations
from alongside.audits import queries as audits
from alongside.audits.states import Scope
from alongside.calculations import money
from alongside.config.progress import bar
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations

KEEP_IT = "It holds names and amounts. Keep it where only those can read it who need it."


def run(options):
    """(data, lines) of a pack that was written whole, or not at all.

    Pictures of receipts stay out: only people who approve or pay may see them, and they take them from the page.
    """
    here = _organisation(options.organisation)
    at = timezone.now()
    on = organisations.local_day(here, at)
    scope = Scope(here, on, _fund(here, options.fund), _quarter(options.quarter))
    if options.out.exists():
        raise CommandError(f"There is a file {options.out} already. Choose another name.")
    with _whole(options.out) as out, bar("Packing", operations.STEPS) as step:
        pack = operations.take(scope=scope, out=out, by=None, at=at, step=step)
    return _told(options.out, scope, pack)


class _whole:
    """An open file that gets its name once it is whole, readable by its owner only; nothing stays of half a one."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".audit-")
        self.draft, self.file = Path(name), os.fdopen(handle, "w+b")
        return self.file

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.file.flush()
            os.fsync(self.file.fileno())
        self.file.close()
        if kind is None:
            os.link(self.draft, self.path)  # refuses a name that was taken meanwhile
        self.draft.unlink()


def _organisation(name):
    found = [each for each in organisations.every() if name is None or name in (each.name, str(each.pk))]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.name for each in organisations.every()) or "none yet"
    asked = "Say which organisation with --organisation." if name is None else f"There is no organisation {name}."
    raise CommandError(f"{asked} Known: {names}.")


def _fund(organisation, name):
    if name is None:
        return None
    funds = list(ledger.funds_of(organisation))
    found = [fund for fund in funds if fund.name == name] or [fund for fund in funds if str(fund.pk) == name]
    if not found:
        known = ", ".join(f"{fund.name} ({fund.pk})" for fund in funds) or "none yet"
        raise CommandError(f"{organisation.name} has no fund {name}. Known: {known}.")
    return found[0]


def _quarter(text):
    return audits.read_quarter(text) if text else None


def _told(path, scope, pack):
    data = {
        "path": str(path), "organisation": scope.organisation.name, "about": scope.words, "on": scope.on,
        "bytes": pack.size, "sha256": pack.sha256, "pence": pack.sums, "agrees": not pack.differs,
        "files": {each.name: each.rows for each in pack.files},
    }  # fmt: skip
    rows = next(each.rows for each in pack.files if each.name == "payments.csv")
    lines = [
        f"{path}: {scope.words}, {rows:,} payments ({pack.size / 1e6:.1f} MB).",
        pack.differs or f"Payments and book agree to the {money.currency().part}.",
        f"SHA-256 {pack.sha256}",
        KEEP_IT,
    ]
    return data, lines
