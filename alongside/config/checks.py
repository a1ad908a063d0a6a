"""The self-check: is this installation safe to run? Each finding is one thing looked at, in words for its operator.

REFUSE means that `alongside serve` will not start: something acknowledged could be lost, or read by strangers.
"""

import os
import shutil
import sqlite3
import stat
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.mail import mailers
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from alongside.calculations import money
from alongside.config import backup, preparing

OK, WARN, REFUSE = "ok", "warning", "refused"
EXIT = {OK: 0, WARN: 1, REFUSE: 2}

OLDEST_POSTGRES = 150000
SQLITE_SYNCHRONOUS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
SHORTEST_SECRET = 40
BACKUP_WITHIN = timedelta(hours=26)  # a nightly copy, and two hours for a slow night
CLOCK_APART = timedelta(seconds=30)
LITTLE_SPACE, NO_SPACE = 1_000_000_000, 100_000_000
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
MAIL_IS_OFF = "mail.E001"  # a choice here, which _mail puts into words
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. items: what it is about, by name, for another program; () where there is one thing only."""

    about: str
    level: str
    words: str
    items: tuple[str, ...] = ()


def findings(*, at):
    """Everything looked at, in the order to read it."""
    found = [*_profile(), *_secret_key(), *_database()]
    if all(finding.level != REFUSE or finding.about != "database" for finding in found):
        tables = [*_migrations()]
        found += [*_storage(), *tables, *_currency(), *_clock(at), *_facts(at, days_off=verdict(tables) == OK)]
    return found + [*_mail(), *_backups(at), *_space(), *_django()]


def verdict(found):
    """The worst level among the findings."""
    return max((finding.level for finding in found), key=EXIT.get, default=OK)


def as_dict(found):
    """The same as plain data, for another program."""
    return {"verdict": verdict(found), "findings": [asdict(finding) for finding in found]}


def _profile():
    if settings.DEMO:
        yield Finding("profile", OK, f"This is the demo, with made-up people. Its data are in {settings.DATA}.")
        return
    yield Finding("profile", OK, f"This is an installation for real people. Its data are in {settings.DATA}.")
    if settings.DEBUG:
        yield Finding("debug", REFUSE, "ALONGSIDE_DEBUG is on. It shows strangers how the inside works. Take it away.")
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts or "" in hosts:
        yield Finding("address", REFUSE, "ALONGSIDE_HOSTS lets any name in. Write the site's own name there.")
    elif hosts <= LOCAL_HOSTS:
        yield Finding("address", WARN, "Only this machine can open it. Set ALONGSIDE_HOSTS to the site's own name.")
    elif not settings.SECURE:
        yield Finding("address", REFUSE, "ALONGSIDE_HTTPS is off, though others can reach this site. Take that away.")
    if not hosts <= LOCAL_HOSTS and urlsplit(settings.SITE_ADDRESS).hostname not in hosts:
        yield Finding("address", WARN, "Links in mail lead elsewhere. Set ALONGSIDE_ADDRESS, like https://our.name.")


def _secret_key():
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Finding("secret key", REFUSE, f"The secret key is shorter than {SHORTEST_SECRET} signs. Make a new one.")
        return
    path = settings.DATA / "secret.key"
    if os.environ.get("ALONGSIDE_SECRET_KEY"):
        yield Finding("secret key", OK, "The secret key comes from ALONGSIDE_SECRET_KEY.")
    elif os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("secret key", REFUSE, f"Others on this machine can read {path}. Run: chmod 600 {path}")
    else:
        yield Finding("secret key", OK, f"The secret key is in {path}, and only its owner can read it.")


def _database():
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        yield Finding("database", REFUSE, f"There is no database yet. Run: {preparing.CALLED} migrate")
        return
    try:
        connection.ensure_connection()
    except DatabaseError as stop:
        yield Finding("database", REFUSE, f"The database does not answer: {str(stop).strip()}")
        return
    version = sqlite3.sqlite_version if connection.vendor == "sqlite" else connection.pg_version
    yield Finding("database", OK, f"The database answers ({connection.display_name} {version}).")


def _storage():
    yield from _sqlite_storage() if connection.vendor == "sqlite" else _postgres_storage()


def _ask(words):
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchone()[0]


def sqlite_keeps(journal, synchronous, *, wal_is_safe):
    """Whether SQLite keeps what it acknowledged, with this journal and this care about the disk.

    wal_is_safe: False for a SQLite with the WAL-reset fault (docs/decisions/0002-sqlite-settings.md).
    """
    pair = f"journal {journal} with synchronous {synchronous}"
    if (journal, synchronous) == ("DELETE", "EXTRA") or (
        wal_is_safe and journal == "WAL" and synchronous in {"FULL", "EXTRA"}
    ):
        return Finding("storage", OK, f"SQLite keeps what it acknowledged, through a power cut too ({pair}).")
    if journal == "WAL" and not wal_is_safe:
        words = f"SQLite {sqlite3.sqlite_version} can damage a file in WAL mode, and this file is in it."
        return Finding("storage", REFUSE, f"{words} Use DELETE and EXTRA.")
    return Finding("storage", REFUSE, f"SQLite could lose what it acknowledged ({pair}). Use DELETE and EXTRA.")


def _sqlite_storage():
    journal = _ask("PRAGMA journal_mode").upper()
    synchronous = SQLITE_SYNCHRONOUS.get(_ask("PRAGMA synchronous"), "unknown")
    yield sqlite_keeps(journal, synchronous, wal_is_safe=settings.SQLITE_WAL_IS_SAFE)
    if _ask("PRAGMA mmap_size"):
        yield Finding("storage", REFUSE, "SQLite's mmap_size is on, which can damage the file. Set it to 0.")
    if _ask("PRAGMA secure_delete") != 1:
        yield Finding(
            "storage", REFUSE, "SQLite's secure_delete is off, so deleted words stay in the file. Turn it on."
        )


def postgres_keeps(level):
    """Whether PostgreSQL keeps what it acknowledged, with this synchronous_commit."""
    if level in {"on", "remote_apply"}:
        return Finding("storage", OK, f"PostgreSQL keeps what it acknowledged (synchronous_commit is {level}).")
    words = f"PostgreSQL could lose what it acknowledged (synchronous_commit is {level}). Turn it on."
    return Finding("storage", REFUSE, words)


def _postgres_storage():
    if connection.pg_version < OLDEST_POSTGRES:
        yield Finding("storage", REFUSE, "PostgreSQL is older than 15. Move to 15 or later.")
    yield postgres_keeps(_ask("SHOW synchronous_commit"))
    for name in ("fsync", "full_page_writes"):
        if _ask(f"SHOW {name}") != "on":
            yield Finding("storage", REFUSE, f"PostgreSQL's {name} is off, so a power cut can ruin all. Turn it on.")


def _migrations():
    todo = preparing.unapplied()
    if todo:
        words = f"{len(todo)} changes of the database wait to be made. Run: {preparing.CALLED} migrate"
        yield Finding("migrations", REFUSE, words)
    else:
        yield Finding("migrations", OK, "The database fits this version.")


def _clock(at):
    newest = (
        MigrationRecorder(connection).migration_qs.order_by("-applied", "-pk").values_list("applied", flat=True).first()
    )
    if newest and at < newest - CLOCK_APART:
        words = f"The clock says {at:%d %B %Y %H:%M}, which is before this database was last changed. Set it right."
        yield Finding("clock", REFUSE, words)
        return
    if connection.vendor == "postgresql" and abs(_ask("SELECT clock_timestamp()") - datetime.now(UTC)) > CLOCK_APART:
        yield Finding(
            "clock", WARN, "This machine and the database's machine differ on what time it is. Set both right."
        )
        return
    yield Finding("clock", OK, f"The clock says {at.astimezone(UTC):%d %B %Y %H:%M} UTC.")


def _facts(at, *, days_off):
    """What money leans on: figures, helping lines, and (where the tables are there) each organisation's days off."""
    from alongside.config import facts  # needs Django set up

    late = facts.out_of_date(timezone.localdate(at))
    yield from (Finding(about, WARN, words, tuple(ids)) for about, ids, words in late)
    if not late:
        yield Finding("facts", OK, "Benefit rules, rates, helping lines and bank holidays are in date.")
    short = list(facts.days_off(at)) if days_off else []
    yield from (Finding("days off", WARN, words, (name,)) for name, words in short)
    if days_off and not short:
        yield Finding("days off", OK, "Days off are written down for as long as money is promised.")


def _currency():
    """One currency a site: what the book holds, and what the setting says."""
    from alongside.ledger.queries import newest_currency  # noqa: PLC0415 - needs Django set up

    kept = money.currency()
    newest = "" if preparing.unapplied() else newest_currency()
    if newest not in ("", kept.code):
        words = f"The book was begun in {newest}, and ALONGSIDE_CURRENCY says {kept.code}. Set it to {newest} again."
        yield Finding("currency", REFUSE, words)
    elif kept.code not in money.PAYABLE:
        words = f"This site keeps {kept.many}. We know no bank’s file for them, so there are no payment runs."
        yield Finding("currency", WARN, words)
    else:
        yield Finding("currency", OK, f"This site keeps {kept.many} ({kept.code}).")


def _mail():
    if settings.DEMO:
        yield Finding("mail", OK, "The demo sends no mail; what it would send is shown at /demo/post/.")
        return
    if settings.MAILERS["default"]["BACKEND"] != SMTP:
        words = (
            "Mail is off. Nobody can sign in by mail; people are told by phone or letter. ALONGSIDE_MAIL turns it on."
        )
        yield Finding("mail", WARN, words)
        return
    try:
        with mailers["default"]:
            yield Finding("mail", OK, "The mail server answers.")
    except OSError as stop:  # smtplib's own errors are OSErrors too
        yield Finding("mail", WARN, f"The mail server does not answer: {stop}. Mail waits or is told by other ways.")


def _backups(at):
    if settings.DEMO:
        return
    last = backup.newest()
    if not last:
        yield Finding("backup", WARN, f"There is no backup yet. Run every night: {preparing.CALLED} backup")
    elif at - last[1] > BACKUP_WITHIN:
        hours = int((at - last[1]).total_seconds() // 3600)
        yield Finding(
            "backup", WARN, f"The last backup is {hours} hours old. Run every night: {preparing.CALLED} backup"
        )
    else:
        yield Finding(
            "backup", OK, f"The last backup is of {last[1]:%d %B %Y %H:%M} UTC. Keep a copy on another machine."
        )


def _space():
    free = shutil.disk_usage(settings.DATA if settings.DATA.exists() else settings.DATA.anchor).free
    level = REFUSE if free < NO_SPACE else WARN if free < LITTLE_SPACE else OK
    advice = "" if level == OK else " Make room before it is full."
    yield Finding("disk", level, f"{free / 1e9:.1f} GB are free where the data are.{advice}")


def _django():
    said = run_checks(include_deployment_checks=not settings.DEMO)
    found = [message for message in said if not message.is_silenced() and message.id != MAIL_IS_OFF]
    for message in found:
        level = REFUSE if message.level >= ERROR else WARN
        yield Finding("settings", level, f"{message.msg} ({message.id})")
    if not found:
        yield Finding("settings", OK, "Django's own checks found nothing.")
