"""What every test may lean on."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from alongside.calculations import money


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    settings.RECEIPTS = Path(tempfile.mkdtemp(prefix="receipts-"))
    _empty_guarded_tables_too()


def _empty_guarded_tables_too():
    """Let the clearing after a test with real transactions empty tables that only grow (SQLite; TRUNCATE passes by)."""
    plain = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            plain(self, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = execute_sql_flush


def pytest_collection_modifyitems(items):
    """A test marked `postgres` proves nothing on SQLite, which hides races by letting one writer in at a time."""
    if connection.vendor == "postgresql":
        return
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="runs in the PostgreSQL round only"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The database for tests, made whatever is run.

    pytest-django makes it only when a test asks for `db`; tests that share one world over a whole file do not, and
    run alone they would stand on the database that is really used.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def queries_of(db):
    """Call a function and say how many SQL queries it made: `assert queries_of(lambda: client.get(url)) == 7`."""

    def count(do):
        with CaptureQueriesContext(connection) as seen:
            do()
        return len(seen)

    return count


@pytest.fixture(autouse=True)
def mail_lands_nowhere_outside(settings):
    """Mail goes to django.core.mail.outbox; nothing leaves the machine."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


MONEY = ("ledger", "payees", "payments", "runs", "claims", "contributions", "timebank", "audits", "demo")


@pytest.fixture(autouse=True)
def the_book_sums_to_zero_after_every_test(request):
    """In the rooms of money, whatever a test did: every transaction of the book is even, and so is the whole book.

    A test that plants an uneven line on purpose is marked `uneven`.
    """
    asks = {"db", "transactional_db"} & set(request.fixturenames) or "django_db" in request.keywords
    money = any(f"/alongside/{room}/" in str(request.path) for room in MONEY)
    if not money or not asks or "uneven" in request.keywords:
        yield
        return
    request.getfixturevalue("_django_db_helper")  # so that this looks before what the test wrote is rolled back
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction_id, SUM(pence) FROM ledger_entry GROUP BY transaction_id HAVING SUM(pence) <> 0"
        )
        assert cursor.fetchall() == [], "the book is uneven after this test"


@pytest.fixture
def in_euro(settings):
    """A site that keeps euro, for one test."""
    settings.CURRENCY = "EUR"
    money.use("EUR")
    yield money.currency()
    money.use("GBP")


@pytest.fixture(scope="session")
def in_ci():
    return os.environ.get("CI", "").lower() == "true"
