"""The self-check refuses what could lose or show what people trusted it with."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from alongside.config import checks, facts
from alongside.config.tests.factories import alongside


@pytest.mark.parametrize(
    ("journal", "synchronous", "wal_is_safe", "level"),
    [
        ("DELETE", "EXTRA", False, checks.OK),
        ("DELETE", "EXTRA", True, checks.OK),
        ("DELETE", "FULL", True, checks.REFUSE),
        ("DELETE", "NORMAL", True, checks.REFUSE),
        ("DELETE", "OFF", True, checks.REFUSE),
        ("WAL", "FULL", True, checks.OK),
        ("WAL", "EXTRA", True, checks.OK),
        ("WAL", "NORMAL", True, checks.REFUSE),
        ("WAL", "FULL", False, checks.REFUSE),
        ("WAL", "EXTRA", False, checks.REFUSE),
        ("MEMORY", "EXTRA", True, checks.REFUSE),
    ],
)
def test_sqlite_keeps_what_it_acknowledged_with_two_settings_only(journal, synchronous, wal_is_safe, level):
    assert checks.sqlite_keeps(journal, synchronous, wal_is_safe=wal_is_safe).level == level


@pytest.mark.parametrize(
    ("setting", "level"),
    [("on", "ok"), ("remote_apply", "ok"), ("off", "refused"), ("local", "refused"), ("remote_write", "refused")],
)
def test_postgres_keeps_what_it_acknowledged_when_it_waits_for_the_disk(setting, level):
    assert checks.postgres_keeps(setting).level == level


def test_the_verdict_is_the_worst_finding():
    ok, warn, refuse = (checks.Finding("x", level, "") for level in (checks.OK, checks.WARN, checks.REFUSE))
    assert [checks.verdict(found) for found in ([], [ok], [ok, warn], [refuse, warn])] == [
        "ok", "ok", "warning", "refused",
    ]  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_sound_postgres_is_not_refused():
    found = checks.findings(at=datetime.now(UTC))
    levels = {finding.about: finding.level for finding in found}
    assert (levels["database"], levels["storage"], levels["migrations"], levels["clock"]) == ("ok",) * 4


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with a migrated database, as an operator has it; put back by each test that changes it."""
    folder = tmp_path_factory.mktemp("installed")
    assert alongside(folder, "migrate", "--verbosity=0").returncode == 0
    return folder


def check(home, **more):
    done = alongside(home, "check", "--json", **more)
    assert "Traceback" not in done.stderr, done.stderr
    answer = json.loads(done.stdout)
    assert done.returncode == {"ok": 0, "warning": 1, "refused": 2}[answer["verdict"]]
    return {(finding["about"], finding["level"]): finding["words"] for finding in answer["findings"]}


def refused(found):
    return [about for about, level in found if level == checks.REFUSE]


def test_a_new_installation_has_warnings_only(home):
    found = check(home)
    assert refused(found) == []
    late = {about for about, _, _ in facts.out_of_date(datetime.now(UTC).date())}
    assert {"address", "mail", "backup"} | late == {about for about, level in found if level == checks.WARN}


@pytest.mark.parametrize(
    ("setting", "value", "about"),
    [
        ("ALONGSIDE_DEBUG", "1", "debug"),
        ("ALONGSIDE_HOSTS", "*", "address"),
        ("ALONGSIDE_SECRET_KEY", "short", "secret key"),
    ],
)
def test_an_unsafe_setting_is_refused(home, setting, value, about):
    assert about in refused(check(home, **{setting: value}))


def test_plain_http_is_refused_for_a_site_that_others_reach(home):
    reachable = {"ALONGSIDE_HOSTS": "our.example", "ALONGSIDE_ADDRESS": "https://our.example"}
    assert refused(check(home, **reachable)) == []
    assert "address" in refused(check(home, **reachable, ALONGSIDE_HTTPS="0"))


def test_a_secret_key_that_others_can_read_is_refused(home):
    key = home / "var" / "secret.key"
    key.chmod(0o644)
    try:
        found = check(home)
    finally:
        key.chmod(0o600)
    assert refused(found) == ["secret key"]
    assert f"chmod 600 {key}" in found["secret key", checks.REFUSE]


def test_nothing_in_the_folder_is_readable_by_others(home):
    alongside(home, "backup")
    assert [path for path in (home / "var").rglob("*") if path.stat().st_mode & 0o077] == []


def test_a_database_that_does_not_answer_is_refused_in_words(home):
    found = check(home, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert "database" in refused(found)


def test_a_mail_server_that_does_not_answer_is_a_warning(home):
    found = check(home, ALONGSIDE_MAIL="smtp://127.0.0.1:1")
    assert "does not answer" in found["mail", checks.WARN]


def test_a_backup_is_found_and_its_age_is_told(home):
    made = alongside(home, "backup", "--json")
    assert made.returncode == 0, made.stderr
    assert ("backup", checks.OK) in check(home)
    for path in (home / "var" / "backup").iterdir():
        path.rename(path.with_name(f"alongside-{datetime.now(UTC) - timedelta(hours=50):%Y%m%dT%H%M%S}Z.sqlite3"))
    assert "50 hours old" in check(home)["backup", checks.WARN]
    for path in (home / "var" / "backup").iterdir():
        path.unlink()
