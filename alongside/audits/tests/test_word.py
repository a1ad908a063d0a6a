"""`alongside audit`: written whole or not at all, with the sums said, and refused in one sentence."""

import hashlib
import json
import stat

import pytest

from alongside.audits.tests import factories
from alongside.config import cli
from alongside.contributions.tests import factories as work
from alongside.record.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def them():
    return factories.cast()


def audit(*words):
    return cli.main(["audit", *map(str, words)])


def test_a_pack_is_written_whole_and_told_as_json(them, tmp_path, capsys):
    factories.paid(them, days=3)
    path = tmp_path / "q4.zip"
    assert audit("--quarter", "2026-Q4", "--out", path, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    data = path.read_bytes()
    assert (said["sha256"], said["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (said["pence"]["Paid in all"], said["agrees"], said["files"]["payments.csv"]) == (5_500, True, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["q4.zip"]
    line = JournalLine.objects.order_by("pk").last()
    assert (line.what, line.by_person, line.facts["quarter"]) == ("audits.pack.taken", None, "2026-Q4")


def test_a_fund_by_name_or_number_gives_the_same_bytes(them, tmp_path, capsys):
    fund = factories.fund(them)
    factories.paid(them, fund_line=factories.line_of(fund), days=1)
    for name, asked in (("a", "Council"), ("b", str(fund.pk))):
        assert audit("--fund", asked, "--out", tmp_path / name) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert "Payments and book agree to the penny." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say which fund or which quarter."), (["--quarter", "autumn"], "Write it like 2026-Q4."),
        (["--quarter", "8999-Q1"], "has not begun"), (["--fund", "Moon"], "has no fund Moon. Known: none yet."),
        (["--quarter", "2026-Q4", "--organisation", "Nowhere"], "There is no organisation Nowhere. Known: Harbour Trust."),
    ],
)  # fmt: skip
def test_what_cannot_be_packed_is_said_and_leaves_no_file(them, tmp_path, capsys, words, said):
    before = JournalLine.objects.count()
    assert audit(*words, "--out", tmp_path / "a.zip") == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [] and JournalLine.objects.count() == before


def test_several_organisations_are_asked_about_and_a_file_is_never_written_over(them, tmp_path, capsys):
    work.cast("Far Valley")
    path = tmp_path / "a.zip"
    assert audit("--quarter", "2026-Q4", "--out", path) == 2
    assert "Say which organisation with --organisation. Known: Far Valley, Harbour Trust." in capsys.readouterr().err
    path.write_bytes(b"kept")
    assert audit("--quarter", "2026-Q4", "--organisation", "Far Valley", "--out", path) == 2
    assert path.read_bytes() == b"kept"
    assert audit("--quarter", "2026-Q4", "--organisation", "Far Valley", "--out", tmp_path / "no" / "b.zip") == 2
