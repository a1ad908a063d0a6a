"""A storm of kills: what the page said is saved survives, and pressing again does it once.

The real server is started as an operator starts it. Several people write over HTTP; at random moments the whole process
group is killed with SIGKILL and started again. Whoever heard no answer sends the same press with the same token again,
as a browser does; some hang up before the answer on purpose. At the end everything is read back: over HTTP, from the
database, and by `alongside verify`.

ALONGSIDE_SEED repeats a run as far as a storm can be repeated. Runs on SQLite, and in the PostgreSQL round on a database
of its own.
"""

import contextlib
import http.client
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest

from tests import shown
from tests.storm import MARK

pytestmark = [pytest.mark.slow, pytest.mark.alone]  # old ballots stay while a test beside it holds a transaction open

ROOT = Path(__file__).parents[1]
WRITES, KILLS, APPROVALS, CLIENTS = 1000, 20, 100, 6
HANGS_UP = 0.06  # so many of a hundred hang up before the answer
UP_SECONDS = 60
WHO = {
    "note": "recorder", "clause": "facilitator", "sheet": "recorder", "decision": "facilitator", "offer": "lead",
    "approval": "approver",
}  # fmt: skip
HEARD_NOTHING = (OSError, http.client.HTTPException)


def python(*words, **environment):
    """Run our Python in the repository, in the environment of the storm; its output."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextlib.contextmanager
def own_database():
    """A fresh database: {} for SQLite in the storm's own folder, else DATABASE_URL of one on the same PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield {}
        return
    import psycopg

    name = f"storm_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(tmp_path):
    ours = ("ALONGSIDE_", "DATABASE_URL", "DJANGO_", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    with socket.socket() as probe, own_database() as database:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        yield (
            kept
            | database
            | {
                "ALONGSIDE_HOME": str(tmp_path / "home"),
                "ALONGSIDE_HTTPS": "0",
                "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
                "PORT": str(port),
            }
        )


class Server:
    """`alongside serve`, killed and started again."""

    def __init__(self, environment, log):
        self.environment, self.log, self.port = environment, log, int(environment["PORT"])
        self.process, self.up = None, threading.Event()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "alongside.config.cli", "serve"],
            cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server ended by itself"
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                self.up.set()
                return
            time.sleep(0.05)
        raise AssertionError(f"the server did not answer within {UP_SECONDS} seconds")

    def kill(self, sign=signal.SIGKILL):
        """End every process of the server at once."""
        self.up.clear()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)
        self.process.wait()
        self._until_nobody_listens()

    def _until_nobody_listens(self):
        """The last of the killed processes may outlive the first by a moment, and with it the port."""
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                return
            time.sleep(0.01)


class Browser:
    """One person's browser: a session, and the cookie of its forms."""

    def __init__(self, server, session):
        self.server, self.cookies, self.line = server, {"session": session}, None

    def ask(self, method, path, sent=None, *, listen=True):
        """(status, words) of one request; None when we hung up. Raises one of HEARD_NOTHING when no answer came."""
        body = urlencode(sent) if sent is not None else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            self.line.request(method, path, body, headers)
            if not listen:
                self.hang_up()
                return None
            answer = self.line.getresponse()
            words = answer.read().decode()
        except HEARD_NOTHING:
            self.hang_up()
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, words

    def hang_up(self):
        if self.line:
            self.line.close()
        self.line = None

    def look(self, path):
        """The words of a page; waits for the server as long as it takes."""
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until:
            self.server.up.wait(UP_SECONDS)
            with contextlib.suppress(*HEARD_NOTHING):
                status, words = self.ask("GET", path)
                assert status == 200, (path, status)
                return words
            time.sleep(0.02)
        raise AssertionError(f"{path} did not answer")


class Storm:
    """Six kinds of writes, a thousand in all, and what was heard of each."""

    def __init__(self, world, server, seed):
        self.world, self.server, self.random = world, server, random.Random(seed)
        self.jobs = self._jobs()
        self.lock, self.heard, self.wrong = threading.Lock(), [], []
        self.unheard = self.hung_up = 0

    def _jobs(self):
        """[(kind, address, mark)] in random order. An approval is of one payment, so its address is its mark."""
        addresses = self.world["addresses"]
        jobs = [("approval", address, address) for address in addresses["approval"]]
        others = [kind for kind in addresses if kind != "approval"]
        for number in range(WRITES - len(jobs)):
            kind = others[number % len(others)]
            jobs.append((kind, addresses[kind][0], f"{MARK} {kind} {number:04}."))
        self.random.shuffle(jobs)
        return jobs

    def write_all(self):
        """One writer: takes jobs until none is left."""
        browsers = {role: Browser(self.server, key) for role, key in self.world["sessions"].items()}
        while not self.wrong:
            with self.lock:
                if not self.jobs:
                    return
                kind, address, mark = self.jobs.pop()
                hangs_up = self.random.random() < HANGS_UP
            try:
                self.write(browsers[WHO[kind]], kind, address, mark, hangs_up)
            except Exception as stop:  # whatever it is, it ends the storm and is told
                self.wrong.append(f"{kind} {mark}: {stop!r}")

    def write(self, browser, kind, address, mark, hangs_up):
        """Open the form, send it, and send it again until there is an answer."""
        forms, _ = shown.read(browser.look(address))
        (form,) = [form for form in forms if "once" in form.hidden() and form.method == "post"]
        sent = form.filled(**said(kind, mark))
        if hangs_up:
            with contextlib.suppress(*HEARD_NOTHING):
                browser.ask("POST", address, sent, listen=False)
                self.hung_up += 1
        until = time.monotonic() + UP_SECONDS
        while time.monotonic() < until:
            self.server.up.wait(UP_SECONDS)
            try:
                status, words = browser.ask("POST", address, sent)
            except ConnectionRefusedError:
                time.sleep(0.02)
            except HEARD_NOTHING:
                self.unheard += 1
            else:
                assert status == 302, (address, status, words[-2000:])
                with self.lock:
                    self.heard.append((kind, mark))
                return
        raise AssertionError("no answer")

    def kills(self):
        """How many answers were heard before each kill."""
        return sorted(self.random.sample(range(WRITES // 50, WRITES - WRITES // 50), KILLS))


def said(kind, mark):
    """What is written in a form of each kind."""
    words = {
        "note": {"words": mark},
        "clause": {"heading": mark, "words": "As we said."},
        "decision": {"question": mark, "option-3": None, "meaning-3": None, "option-4": None, "meaning-4": None},
        "offer": {"task": mark, "costs_pence": "4.00", "confirmed_unpaid": None, "approver": None, "sure": "1"},
    }
    return words.get(kind, {})


def rage(storm):
    """Let everybody write while the server is killed again and again; how often it was killed."""
    writers = [threading.Thread(target=storm.write_all, daemon=True) for _ in range(CLIENTS)]
    killed = 0
    for writer in writers:
        writer.start()
    for moment in storm.kills():
        while len(storm.heard) < moment and not storm.wrong and any(writer.is_alive() for writer in writers):
            time.sleep(0.005)
        time.sleep(storm.random.uniform(0, 0.05))
        if storm.wrong or not any(writer.is_alive() for writer in writers):
            break
        storm.server.kill()
        killed += 1
        storm.server.start()
    for writer in writers:
        writer.join(UP_SECONDS)
    return killed


def read_back(storm):
    """Everything that was heard and that no page shows any more."""
    lead, approver = (Browser(storm.server, storm.world["sessions"][role]) for role in ("lead", "approver"))
    reading = storm.world["reading"]
    pages = {kind: whole_list(lead, path) for kind, (path, *_) in reading.items() if kind != "approval"}
    approved = [path for path in reading["approval"] if "Approved" in approver.look(path)]
    pages["approval"] = " ".join(f"{path}approve/" for path in approved)
    return [(kind, mark) for kind, mark in storm.heard if kind in pages and mark not in pages[kind]]


def whole_list(browser, path):
    """A list with all its further pages."""
    found, todo = {}, [path]
    while todo:
        address = todo.pop()
        found[address] = browser.look(address)
        _, links = shown.read(found[address])
        todo += {path + link for link in links if link.startswith("?page=")} - {*found, *todo, f"{path}?page=1"}
    return " ".join(found.values())


def close_the_conversation(storm):
    chair = Browser(storm.server, storm.world["sessions"]["facilitator"])
    forms, _ = shown.read(chair.look(storm.world["close"]))
    (form,) = [form for form in forms if form.action in {"", storm.world["close"]} and form.method == "post"]
    assert chair.ask("POST", storm.world["close"], form.filled())[0] == 302


def test_nothing_that_was_heard_is_lost_or_doubled(environment, tmp_path, capsys):
    seed = int(os.environ.get("ALONGSIDE_SEED") or secrets.randbits(32))
    python("-m", "alongside.config.cli", "migrate", "--verbosity", "0", **environment)
    world = json.loads(python("-m", "tests.storm", "prepare", str(APPROVALS), **environment))
    before = json.loads(python("-m", "tests.storm", "count", **environment))
    with (tmp_path / "server.log").open("w") as log:
        server = Server(environment, log)
        storm = Storm(world, server, seed)
        server.start()
        try:
            killed = rage(storm)
            missing_on_pages = [] if storm.wrong else read_back(storm)
            if not storm.wrong:
                close_the_conversation(storm)
        finally:
            server.kill(signal.SIGTERM)
    after = json.loads(python("-m", "tests.storm", "count", **environment))
    told = f"seed {seed}: {killed} kills, {storm.unheard} presses without an answer, {storm.hung_up} hung up"
    assert storm.wrong == [], told + (tmp_path / "server.log").read_text()[-3000:]

    heard = {kind: {mark for what, mark in storm.heard if what == kind} for kind in WHO}
    kinds = [kind for kind in WHO if kind != "sheet"]
    assert (len(storm.heard), killed) == (WRITES, KILLS), told
    assert storm.unheard and storm.hung_up, f"{told}: the storm was no storm"
    assert {kind: heard[kind] - set(after[kind]) for kind in kinds} == {kind: set() for kind in kinds}, f"{told}: lost"
    assert missing_on_pages == [], f"{told}: not shown"
    doubled = [mark for kind in kinds for mark, often in after[kind].items() if often > 1]
    assert doubled == [], f"{told}: doubled"
    assert {kind: set(after[kind]) - heard[kind] for kind in kinds} == {kind: set() for kind in kinds}, told
    assert after["ballots"] == 2 * len(heard["sheet"]) and after["voters"] == len(heard["sheet"]), f"{told}: votes"
    lines = {kind: after["lines"][kind] - before["lines"][kind] for kind in kinds}
    assert lines == {kind: len(heard[kind]) for kind in kinds}, f"{told}: lines of the journal"
    assert (after["broken"], after["sum"]) == (None, 0), told
    python("-m", "alongside.config.cli", "verify", **environment)
    with capsys.disabled():
        print(f"\n{WRITES} writes heard, 0 lost, 0 doubled; {told}")
