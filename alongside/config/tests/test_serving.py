"""The demo in an empty folder, from the first line to the last."""

import io
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from django.core.management.base import CommandError

from alongside.config import progress, serving
from alongside.config.tests.factories import alongside, environment


@pytest.fixture
def taken():
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind((serving.LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("words", ["abc", "-1", "65536", "80.5"])
def test_a_port_that_is_none_is_refused(monkeypatch, words):
    monkeypatch.setenv("PORT", words)
    with pytest.raises(CommandError, match="not a port number"):
        serving.wanted_port()


def test_port_0_means_any_free_one(monkeypatch):
    monkeypatch.setenv("PORT", "0")
    assert serving.wanted_port() > 1023


def test_a_taken_port_is_refused_before_anything_is_made(tmp_path, taken):
    done = alongside(tmp_path, "demo", PORT=str(taken))
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {taken} is in use by another program.")
    assert list(tmp_path.iterdir()) == []


def start(folder):
    """The demo process and the address that it prints."""
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "alongside.config.cli", "demo"],
        cwd=folder, env=environment(PORT="0"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    said = []
    for line in server.stdout:
        said.append(line)
        if address := re.search(r"http://127\.0\.0\.1:\d+", line):
            return server, address[0]
    raise AssertionError("".join(said))


def stop(server):
    server.send_signal(signal.SIGTERM)
    server.stdout.close()
    return server.wait(30)


@pytest.mark.slow
def test_the_demo_starts_in_an_empty_folder_and_again(tmp_path):
    for _ in range(2):
        server, address = start(tmp_path)
        try:
            with urllib.request.urlopen(f"{address}/static/design/alongside.css", timeout=20) as sheet:
                assert sheet.headers["Content-Type"].startswith("text/css")
            with urllib.request.urlopen(f"{address}/design/gallery", timeout=20) as page:
                assert b"<h1" in page.read()
        finally:
            code = stop(server)
        assert code == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)


@pytest.mark.slow
def test_the_demo_leaves_a_configured_database_alone(tmp_path):
    """DATABASE_URL may point at real people; the demo never looks at it."""
    done = alongside(tmp_path, "check", "--demo", "--json", DATABASE_URL="postgresql://real@127.0.0.1:1/people")
    assert "There is no database yet" in done.stdout
    assert "127.0.0.1:1" not in done.stdout


def test_progress_is_silent_where_nobody_watches():
    stream = io.StringIO()
    with progress.bar("Work", 2, stream) as step:
        step()
        step()
    assert stream.getvalue() == ""


def test_progress_counts_for_who_watches():
    stream = io.StringIO()
    stream.isatty = lambda: True
    with progress.bar("Work", 2, stream) as step:
        step()
    assert "1 of 2" in stream.getvalue()
