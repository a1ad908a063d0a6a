"""A copy of the database that is whole or absent: written beside, checked, forced to the disk, then renamed.

Pictures of receipts go with it, each once: they never change. Their rows are copied first, so none of them lacks its file.
"""

import glob
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

NAME = re.compile(r"alongside-(\d{8}T\d{6})Z\.(sqlite3|dump)")


def folder():
    """Where copies are kept."""
    return settings.DATA / "backup"


def newest():
    """(path, moment) of the last copy; None when there is none."""
    found = []
    for path in folder().glob("alongside-*"):
        if match := NAME.fullmatch(path.name):
            found.append((path, datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)))
    return max(found, key=lambda pair: pair[1], default=None)


def take(*, at):
    """Copy the whole database as it is now; give back the path of the copy.

    Raises CommandError when the copy could not be made or is not sound; nothing half-made is left.
    """
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    on_sqlite = connection.vendor == "sqlite"
    stem = f"alongside-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z"
    path = folder() / f"{stem}.{'sqlite3' if on_sqlite else 'dump'}"
    part = path.with_name(path.name + ".part")
    if path.exists():
        raise CommandError(f"{path} is there already. Wait a second and try again.")
    part.unlink(missing_ok=True)
    try:
        (_copy_sqlite if on_sqlite else _copy_postgres)(part)
        part.chmod(0o600)
        _force_to_disk(part)
        part.rename(path)
        _force_to_disk(folder())
    finally:
        part.unlink(missing_ok=True)
    _copy_receipts(at)
    return path


def _copy_receipts(at):
    """Copy the pictures that are not here yet; those of years whose receipts are thrown away go from here too."""
    copies = folder() / "receipts"
    for source in sorted(settings.RECEIPTS.rglob("*.jpg")):
        target = copies / source.relative_to(settings.RECEIPTS)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = target.with_suffix(".part")
            shutil.copyfile(source, half)
            half.chmod(0o600)
            _force_to_disk(half)
            half.rename(target)
    for year in copies.glob("[0-9][0-9][0-9][0-9]"):
        if int(year.name) + settings.MONEY_YEARS < at.year:
            shutil.rmtree(year)


def _copy_sqlite(part):
    if not os.path.exists(settings.DATABASES["default"]["NAME"]):
        raise CommandError("There is no database here yet, so there is nothing to copy.")
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(part)])
    with closing(sqlite3.connect(part)) as copy:
        answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise CommandError(f"The copy is not sound, and was thrown away. SQLite says: {answer}")


def _copy_postgres(part):
    where = connection.get_connection_params()
    command = [program("pg_dump"), "--format=custom", "--no-owner", f"--file={part}", f"--dbname={where['dbname']}"]
    for option in ("host", "port", "user"):
        if where.get(option):
            command.append(f"--{'username' if option == 'user' else option}={where[option]}")
    # The secret goes by the environment, where other people of this machine cannot read it.
    secret = {"PGPASSWORD": where["password"]} if where.get("password") else {}
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"The database could not be copied. pg_dump says: {done.stderr.strip()}")


def program(name):
    """The path of one of PostgreSQL's client programs, the newest installed: an older one cannot read a newer server."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: float(path.split("/")[4]))
    path = found[-1] if found else shutil.which(name)
    if not path:
        raise CommandError(f"{name} was not found. Install PostgreSQL's client programs.")
    return path


def _force_to_disk(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
