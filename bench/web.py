"""Eight main pages with a year of data, at 8 clients at once, beside a bare Django page in the same run.

`python -m bench.web [--rows 10 1000] [--seconds 6] [--json]`. Prints, for each page: SQL queries, CPU of the server per
request, median and 95th percentile of the answer time, bytes; and each as a ratio to the bare page.
"""

import argparse
import gzip
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CLIENTS, WORKERS = 8, 2


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    """gunicorn with two workers of one thread each, as in the limits that the bars come from."""

    def __init__(self, application, env):
        self.port = free_port()
        gunicorn = [sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{self.port}", application]
        self.process = subprocess.Popen(
            [*gunicorn, "--log-level", "error"], cwd=ROOT, env=os.environ | env, start_new_session=True
        )
        self._wait()

    def _wait(self):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit("The server did not start.")

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu(self):
        """Seconds of CPU that the workers have used."""
        ticks = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """PSS of the workers in MB."""
        kilobytes = 0
        for pid in self.workers():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return kilobytes / 1024

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=10)


def ask(port, path, session):
    """(seconds, body) of one GET on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": f"session={session}"} if session else {}
    begun = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    taken = time.perf_counter() - begun
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}.")
    return taken, body


def load(server, path, session, seconds):
    """Ask one page from 8 clients at once for some seconds; the figures of it."""
    ask(server.port, path, session)
    until, times = time.perf_counter() + seconds, []

    def client():
        while time.perf_counter() < until:
            times.append(ask(server.port, path, session)[0])

    alone = min(ask(server.port, path, session)[0] for _ in range(5))
    before = server.cpu()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    body = ask(server.port, path, session)[1]
    return {
        "cpu_ms": (server.cpu() - before) * 1000 / len(times),
        "p50_ms": statistics.median(times) * 1000,
        "p95_ms": statistics.quantiles(times, n=20)[18] * 1000,
        "alone_ms": alone * 1000,
        "per_second": len(times) / seconds,
        "gzip_kb": len(gzip.compress(body)) / 1024,
    }


def queries(pages, sessions, env):
    """{page: SQL queries of a second request}, counted in a process of its own."""
    script = (
        "import json,sys,django;django.setup();"
        "from django.test import Client;from django.db import connection as c;"
        "from django.test.utils import CaptureQueriesContext as Q;out={};given=json.load(sys.stdin)\n"
        "for name,(path,role) in given['pages'].items():\n"
        " k=Client(headers={'host':'127.0.0.1'});k.cookies['session']=given['sessions'][role];k.get(path)\n"
        " with Q(c) as q:k.get(path)\n"
        " out[name]=len(q)\n"
        "print(json.dumps(out))"
    )
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], input=json.dumps({"pages": pages, "sessions": sessions}),
        env=os.environ | env, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(said.stdout)


def fill(rows, env):
    """Make a year of data in a fresh database; (pages, sessions)."""
    script = (
        "import json,django;django.setup();from django.conf import settings;settings.ALLOWED_HOSTS.append('testserver');"
        "from django.core.management import call_command;call_command('migrate',verbosity=0);"
        f"from django.db import transaction;from bench.year import make\nwith transaction.atomic():\n print(json.dumps(make({rows})))"
    )
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        env=os.environ | env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise SystemExit(said.stderr)
    return json.loads(said.stdout)


def bare(folder, seconds):
    env = {"BENCH_BARE": str(folder / "bare.sqlite3")}
    subprocess.run([sys.executable, "-m", "bench.bare", "fill"], cwd=ROOT, env=os.environ | env, check=True)
    server = Server("bench.bare:application", env)
    try:
        return load(server, "/", "", seconds)
    finally:
        server.stop()


def ours(folder, rows, seconds):
    env = {
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings", "ALONGSIDE_HOME": str(folder / f"home-{rows}"),
        "ALONGSIDE_HTTPS": "0", "ALONGSIDE_MAIL": "",
    }  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        cwd=ROOT,
        env=os.environ | env,
        check=True,
    )
    pages, sessions = fill(rows, env)
    counts = queries(pages, sessions, env)
    server = Server("alongside.config.wsgi:application", env)
    try:
        measured = {
            name: load(server, path, sessions[role], seconds) | {"queries": counts[name]}
            for name, (path, role) in pages.items()
        }
        return measured, server.memory()
    finally:
        server.stop()


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rows", type=int, nargs="+", default=[10, 1000])
    words.add_argument("--seconds", type=float, default=6)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        result = {"bare": bare(folder, asked.seconds)}
        for rows in asked.rows:
            pages, memory = ours(folder, rows, asked.seconds)
            result[str(rows)] = {"pages": pages, "pss_mb": memory}
        (folder / "bare.sqlite3").unlink()
        result["bare again"] = bare(folder, asked.seconds)
    print(json.dumps(result, indent=1) if asked.json else table(result))


def table(result):
    """The figures as a table; ratios are to the mean of the two bare runs."""
    reference = {key: (result["bare"][key] + result["bare again"][key]) / 2 for key in result["bare"]}
    lines = [f"bare page: {reference['cpu_ms']:.1f} ms CPU, p95 {reference['p95_ms']:.0f} ms at {CLIENTS} clients"]
    for rows, run in result.items():
        if "pages" not in run:
            continue
        lines.append(f"\n{rows} rows; two workers hold {run['pss_mb']:.0f} MB")
        lines.append(
            f"{'page':14}{'queries':>8}{'CPU ms':>8}{'x bare':>8}{'p95 ms':>8}{'x bare':>8}{'alone':>8}{'gzip KB':>9}"
        )
        lines += [
            f"{name:14}{page['queries']:8}{page['cpu_ms']:8.1f}{page['cpu_ms'] / reference['cpu_ms']:8.2f}"
            f"{page['p95_ms']:8.0f}{page['p95_ms'] / reference['p95_ms']:8.2f}{page['alone_ms']:8.1f}{page['gzip_kb']:9.1f}"
            for name, page in run["pages"].items()
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
