"""A skipped test is never quiet: which browser and PostgreSQL tests did not run goes into a file for do.py.

PostgreSQL tests are expected to be skipped on SQLite, so there they are not counted.
"""

import os

MARKS_THAT_MUST_RUN = ("browser", "postgres") if os.environ.get("DATABASE_URL") else ("browser",)
_skipped = {}


def pytest_runtest_logreport(report):
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and any(mark in report.keywords for mark in MARKS_THAT_MUST_RUN)
    ):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _skipped[report.nodeid] = reason


def pytest_sessionfinish(session):
    path = os.environ.get("ALONGSIDE_SKIPPED")
    if path and _skipped and not hasattr(session.config, "workerinput"):
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{test}: {reason}\n" for test, reason in sorted(_skipped.items()))
