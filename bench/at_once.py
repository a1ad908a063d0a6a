"""200 claims, and 32 browsers that approve and pay every one of them at the same moment: how long a press waits.

    .venv/bin/python -m bench.at_once                     on a PostgreSQL that lives for this command
    .venv/bin/python -m bench.at_once --claims 20 --browsers 8
    .venv/bin/python -m bench.at_once --json

The server is `alongside serve` as it is installed, two processes of eight threads. Two browsers of each pair press the same
form, so half of all presses are second presses. At the end every claim has to be paid once, and no answer may be a fault.
That it is so is a test of its own (`alongside/payments/tests/test_at_once.py`); here it is timed.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from pathlib import Path

from bench.web import free_port
from tests import postgres

ROOT = Path(__file__).parent.parent
WORKERS, THREADS = 2, 8
ANSWERS = {"302", "200"}  # it went through, now or by the same press before; or the page says why not
FILL = """
import json, sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from alongside.payments.tests import factories
from alongside.payments.tests.test_at_once import browser, crowd
them = factories.cast()
approvers = [them.dee, *crowd(them, "APPROVER", ["Ann", "Ben"])]
payers = [them.fay, *crowd(them, "PAYER", ["Pat", "Pip"])]
parts = [factories.part(factories.done(them)).pk for _ in range(int(sys.argv[1]))]
print(json.dumps({"parts": parts, "approvers": [browser(p, None) for p in approvers], "payers": [browser(p, None) for p in payers]}))
"""
LOOK = """
import json, django
django.setup()
from django.db.models import Sum
from alongside.ledger.models import LedgerEntry, LedgerTransaction
from alongside.payments import queries
from alongside.payments.models import Payment
print(json.dumps({
    "paid": Payment.objects.filter(state="PAID").count(), "written": LedgerTransaction.objects.filter(kind="PAID").count(),
    "sum": LedgerEntry.objects.aggregate(sum=Sum("pence"))["sum"], "faults": queries.invariants(),
}))
"""


def python(script, env, *words):
    """What a script says as JSON, in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    if said.returncode:
        raise SystemExit(said.stderr)
    return json.loads(said.stdout.splitlines()[-1])


class Serving:
    """`alongside serve` on a free port."""

    def __init__(self, env):
        self.port = free_port()
        words = [
            sys.executable,
            "-m",
            "alongside.config.cli",
            "serve",
            "--workers",
            str(WORKERS),
            "--threads",
            str(THREADS),
        ]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=env | {"PORT": str(self.port)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )  # fmt: skip
        if not self.process.stdout.readline():
            raise SystemExit("The server did not start.")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def post(port, cookie, path, fields):
    """(seconds, status) of one press on a connection of its own; the redirect is not followed."""
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": "c" * 32, **fields})
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begun = time.perf_counter()
    try:
        line.request("POST", path, body, head)
        answer = line.getresponse()
        answer.read()
        return time.perf_counter() - begun, answer.status
    except OSError as fault:
        return time.perf_counter() - begun, type(fault).__name__
    finally:
        line.close()


def press_all(port, made, browsers):
    """(seconds, status) of every press: each browser approves and sends every claim, each beginning elsewhere."""
    parts, ready, seen = made["parts"], threading.Barrier(browsers), [[] for _ in range(browsers)]

    def work(number):
        twin, start = number // 2, number * len(parts) // browsers
        approver = made["approvers"][twin % len(made["approvers"])]
        payer = made["payers"][twin % len(made["payers"])]
        ready.wait()
        for pk in parts[start:] + parts[:start]:
            once = f"bench-{twin:08}-{pk}"
            seen[number].append(post(port, approver, f"/payments/{pk}/approve/", {"once": f"{once}-a"}))
            sent = {"once": f"{once}-s", "on": "2026-11-02", "reference": "R", "receipt": "SIGNED"}
            seen[number].append(post(port, payer, f"/payments/{pk}/send/", sent))

    threads = [threading.Thread(target=work, args=[number]) for number in range(browsers)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [each for some in seen for each in some], time.perf_counter() - begun


def figures(presses, seconds, look, claims):
    """The answer times in milliseconds, and whether every claim was paid once without a fault."""
    cuts = statistics.quantiles([taken for taken, _ in presses], n=100, method="inclusive")
    statuses = Counter(str(status) for _, status in presses)
    right = (look["paid"], look["written"], look["sum"], look["faults"]) == (claims, claims, 0, [])
    return {
        "presses": len(presses), "per_second": round(len(presses) / seconds, 1),
        "p50_ms": round(cuts[49] * 1000), "p95_ms": round(cuts[94] * 1000), "p99_ms": round(cuts[98] * 1000),
        "longest_ms": round(max(taken for taken, _ in presses) * 1000), "answers": dict(statuses),
        "each_paid_once": right and set(statuses) <= ANSWERS, "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--claims", type=int, default=200)
    words.add_argument("--browsers", type=int, default=32)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres.running() as database:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings", "ALONGSIDE_HOME": folder, "ALONGSIDE_HTTPS": "0",
            "ALONGSIDE_MAIL": "", "DATABASE_URL": database,
        }  # fmt: skip
        made = python(FILL, env, str(asked.claims))
        server = Serving(env)
        try:
            presses, seconds = press_all(server.port, made, asked.browsers)
        finally:
            server.stop()
        result = figures(presses, seconds, python(LOOK, env), asked.claims)
    print(
        json.dumps(result, indent=1)
        if asked.json
        else "\n".join(f"{name:15} {value}" for name, value in result.items())
    )
    return 0 if result["each_paid_once"] else 1


if __name__ == "__main__":
    sys.exit(main())
