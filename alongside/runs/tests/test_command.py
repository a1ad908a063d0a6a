"""Runs on the command line follow the same rules, and write the same bytes."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alongside.people.models import Login
from alongside.refusals import Refused
from alongside.runs import operations
from alongside.runs.models import Run
from alongside.runs.tests import factories
from alongside.runs.tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def them(monkeypatch):
    monkeypatch.setattr("alongside.runs.management.commands.run.timezone.now", lambda: AT)
    made = factories.cast()
    for name in ("fay", "gus", "dee"):
        Login.objects.create(email=f"{name}@example.org", person=getattr(made, name))
    return made


def said(*words):
    out = StringIO()
    call_command("run", *words, stdout=out)
    return out.getvalue()


def test_a_run_goes_from_the_command_line_to_the_bank(them, tmp_path):
    assert said("list") == "There is no run yet.\n"
    factories.three_due(them)
    chosen = json.loads(said("choose", str(them.organisation.pk), "--as", "fay@example.org", "--json"))
    assert (chosen["count"], chosen["sum"], chosen["state"]) == (3, "£107.50", "To be checked")
    run = operations.confirm(run_id=chosen["key"], by=them.gus, at=AT)
    told = json.loads(said("file", str(run.pk), "--as", "fay@example.org", "--to", str(tmp_path), "--json"))
    (there,) = tmp_path.iterdir()
    assert hashlib.sha256(there.read_bytes()).hexdigest() == told["sha256"] == run.sha256
    assert there.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        said("file", str(run.pk), "--as", "fay@example.org", "--to", str(tmp_path))
    assert "is with the bank" in said("sent", str(run.pk), "--as", "fay@example.org")
    assert "With the bank, 3 payments, £107.50" in said("list")


def test_the_rules_hold_there_too(them):
    factories.three_due(them)
    for words, fault in (
        (("choose", str(them.organisation.pk), "--as", "nobody@example.org"), CommandError),
        (("choose", "987654", "--as", "fay@example.org"), CommandError),
        (("choose", str(them.organisation.pk), "--as", "dee@example.org"), Refused),
        (("file", "987654", "--as", "fay@example.org"), CommandError),
    ):
        with pytest.raises(fault):
            said(*words)
    assert not Run.objects.exists()
