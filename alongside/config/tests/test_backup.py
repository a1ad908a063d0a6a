"""A copy holds everything, is readable by its owner only, and is whole or absent."""

import json
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.core.management.base import CommandError

from alongside.config import backup
from alongside.config.tests.factories import alongside

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def tables(path):
    with closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_a_copy_of_sqlite_has_the_same_tables_and_rows(tmp_path):
    alongside(tmp_path, "migrate", "--verbosity=0")
    done = alongside(tmp_path, "backup", "--json")
    assert done.returncode == 0, done.stderr
    copy = json.loads(done.stdout)["path"]
    assert tables(copy) == tables(tmp_path / "var" / "alongside.sqlite3")
    assert len(tables(copy)) > 10


def test_a_copy_leaves_nothing_half_made_and_nothing_for_others_to_read(tmp_path):
    alongside(tmp_path, "migrate", "--verbosity=0")
    alongside(tmp_path, "backup")
    (copy,) = (tmp_path / "var" / "backup").iterdir()
    assert (copy.suffix, copy.stat().st_mode & 0o777) == (".sqlite3", 0o600)


def test_no_database_no_copy(tmp_path):
    done = alongside(tmp_path, "backup")
    assert done.returncode == 2
    assert done.stderr == "There is no database here yet, so there is nothing to copy.\n"
    assert list((tmp_path / "var" / "backup").iterdir()) == []


def test_the_newest_copy_is_told_by_its_name(settings, tmp_path):
    settings.DATA = tmp_path
    assert backup.newest() is None
    backup.folder().mkdir()
    for name in ("alongside-20260304T050607Z.sqlite3", "alongside-20250304T050607Z.dump", "alongside-2027.sqlite3",
                 "alongside-20280304T050607Z.sqlite3.part"):  # fmt: skip
        (backup.folder() / name).touch()
    assert backup.newest() == (backup.folder() / "alongside-20260304T050607Z.sqlite3", AT)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_copy_of_postgres_can_be_listed(settings, tmp_path):
    settings.DATA = tmp_path
    path = backup.take(at=AT)
    assert path.name == "alongside-20260304T050607Z.dump"
    assert path.stat().st_mode & 0o777 == 0o600
    said = subprocess.run([backup.program("pg_restore"), "--list", path], capture_output=True, text=True, check=True)
    assert "TABLE DATA public django_migrations" in said.stdout


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_copy_is_never_written_over(settings, tmp_path):
    settings.DATA = tmp_path
    before = backup.take(at=AT).read_bytes()
    with pytest.raises(CommandError, match="there already"):
        backup.take(at=AT)
    assert backup.newest()[0].read_bytes() == before
