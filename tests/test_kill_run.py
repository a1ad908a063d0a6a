"""kill -9 while runs are confirmed, given to the bank and read back: nothing is lost, doubled or half done.

A worker takes run after run to its end and says each step once it is kept. At random moments it is killed and begun
again. What it said must be there; what it was killed in must be there wholly or not at all, which it looks at before it
goes on. On SQLite, and in the PostgreSQL round on a database of its own. ALONGSIDE_SEED repeats a run as far as kills can.
"""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.test_kill_storm import ROOT, environment, python

__all__ = ["environment"]
pytestmark = pytest.mark.slow
RUNS, PAYMENTS, KILLS = 12, 6, 12
MOST_STARTS = 60


def worker(environment, log):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.run_storm", "work"], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        stderr=log, text=True, start_new_session=True,
    )  # fmt: skip


def work_until_killed(process, heard, after, pause):
    """Listen until so many steps were said and a moment more, then kill. True when it ended by itself before."""
    said = threading.Event()

    def listen():
        for fresh, line in enumerate(process.stdout, 1):
            heard.append(tuple(line.split()))
            if fresh >= after:
                said.set()
        said.set()

    listener = threading.Thread(target=listen)
    listener.start()
    said.wait(120)
    time.sleep(pause)
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    listener.join()
    return ended


def test_a_killed_run_is_whole_or_was_not(environment, tmp_path, capsys):
    seed = int(os.environ.get("ALONGSIDE_SEED") or secrets.randbits(32))
    chance, heard, killed = random.Random(seed), [], 0
    python("-m", "alongside.config.cli", "migrate", "--verbosity", "0", **environment)
    runs = json.loads(python("-m", "tests.run_storm", "prepare", str(RUNS), str(PAYMENTS), **environment))
    with (tmp_path / "worker.log").open("w") as log:
        for _ in range(MOST_STARTS):
            process = worker(environment, log)
            after, pause = (1, chance.uniform(0, 0.2)) if killed < KILLS else (10**6, 0)
            if work_until_killed(process, heard, after, pause):
                assert process.returncode == 0, (tmp_path / "worker.log").read_text()[-3000:]
                break
            killed += 1
    kept = json.loads(python("-m", "tests.run_storm", "count", **environment))
    told = f"seed {seed}: {killed} kills, {len(heard)} steps heard"
    assert killed >= KILLS // 2, f"{told}: the storm was no storm"
    assert len(heard) == len(set(heard)), f"{told}: done twice"
    confirmed = {int(pk): digest for what, pk, *rest in heard if what == "confirmed" for digest in rest}
    assert {pk: kept["hashes"][str(pk)] for pk in confirmed} == confirmed, told
    assert (kept["states"], kept["paid"], kept["written"]) == (["DONE"], RUNS * PAYMENTS, RUNS * PAYMENTS), told
    assert kept["lines"] == {"confirmed": RUNS, "sent": RUNS, "finished": RUNS}, told
    assert (kept["sum"], kept["broken"], kept["faults"], kept["statements"]) == (0, None, [], RUNS), told
    assert len(runs) == RUNS
    with capsys.disabled():
        print(f"\n{RUNS} runs, 0 lost, 0 doubled, 0 half; {told}")
