"""A PostgreSQL that lives for one command, so that tests need no server of their own.

    python tests/postgres.py found             exit code 0 when PostgreSQL's programs are here
    python tests/postgres.py run COMMAND ...   start it, run COMMAND with DATABASE_URL set, stop it
    python tests/postgres.py                   start it, print DATABASE_URL, stop at end of input or Ctrl+C

It lives in a temporary folder, answers on a free port of 127.0.0.1 and on a socket in that folder, and keeps fsync
on, since some tests are about what survives. PostgreSQL refuses to run as root; root hands it to another person.
"""

import glob
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60


def programs():
    """The folder that holds initdb and postgres, the newest first; None when there is none."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=_version, reverse=True)
    folders += glob.glob("/opt/homebrew/opt/postgresql@*/bin")
    if on_path := shutil.which("initdb"):
        folders.append(os.path.dirname(on_path))
    return next(
        (Path(f) for f in folders if os.access(f"{f}/initdb", os.X_OK) and os.access(f"{f}/postgres", os.X_OK)), None
    )


def _version(folder):
    return [int(number) for number in re.findall(r"\d+", folder)]


def _person():
    """Whom to run it as: ourselves, or when we are root `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL cannot run as root, and this machine has neither a `postgres` nor a `nobody`.")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running():
    """The DATABASE_URL of a new and empty cluster, gone again afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    person = _person()
    try:
        if person:
            os.chown(folder, person["user"], person["group"])
        secret, port = secrets.token_hex(16), _free_port()
        _make(folder, secret, person)
        server = _start(folder, port, person)
        try:
            _wait(folder, port, server, person)
            _make_database(folder, port, secret, person)
            yield f"postgresql://alongside:{secret}@127.0.0.1:{port}/alongside"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder, secret, person):
    words = folder / "secret"
    words.write_text(secret + "\n")
    words.chmod(0o644)  # the folder itself is closed to others
    command = [programs() / "initdb", "--pgdata", folder / "data", "--username=alongside", "--auth=scram-sha-256"]
    command += [f"--pwfile={words}", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(command, capture_output=True, text=True, cwd=folder, **person)
    if made.returncode:
        raise SystemExit(f"PostgreSQL could not make its folder:\n{made.stdout}{made.stderr}")


def _start(folder, port, person):
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "on",
        "synchronous_commit": "on",
        "max_connections": 100,
        "shared_buffers": "64MB",
    }
    command = [programs() / "postgres", "-D", folder / "data"]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, start_new_session=True, **person
        )


def _wait(folder, port, server, person):
    ask = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + START_SECONDS
    while subprocess.run(ask, cwd=folder, **person).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)


def _make_database(folder, port, secret, person):
    command = [programs() / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "alongside", "alongside"]
    subprocess.run(command, env={**os.environ, "PGPASSWORD": secret}, cwd=folder, check=True, **person)


def _stop(server):
    """Ask for a quick and clean end; insist after a while. Only ever the process we started."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _end(*_):
    sys.exit(143)


def _run(command):
    with running() as url:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            child.wait()
            raise


def main(words):
    signal.signal(signal.SIGTERM, _end)
    if words == ["found"]:
        print(programs() or "PostgreSQL's programs were not found.")
        return 0 if programs() else 1
    if not programs():
        raise SystemExit("PostgreSQL's programs (initdb, postgres) were not found. Install PostgreSQL 15 or later.")
    if words[:1] == ["run"] and len(words) > 1:
        return _run(words[1:])
    if words:
        raise SystemExit(__doc__)
    with running() as url:
        print(f"DATABASE_URL={url}", flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
