#!/usr/bin/env python3
"""Everything a fresh copy needs, with the standard library only.

    python3 do.py demo          set up, and serve the demo organisation on 127.0.0.1:8000 (PORT=... for another)
    python3 do.py test [ARGS]   set up, and run every test; ARGS go to pytest
    python3 do.py lint          style, imports and migrations only
    python3 do.py wheel         build the installable package into dist/
    python3 do.py check         a self-check in plain words
    python3 do.py ANY OTHER     what `alongside ANY OTHER` does, for instance: demo people, serve, migrate

This file is read by Python 3.8 and later, so that an old python3 can start it. It then finds Python 3.12 or
later, makes .venv with the locked packages and hands over.
"""

import glob
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
# What touches no database runs once, in the round on SQLite.
NO_DATABASE = ["alongside/calculations", "alongside/design", "tests/test_contracts.py", "tests/test_wheel.py"]
NO_DATABASE += ["tests/test_launcher.py", "tests/test_docs.py", "tests/test_dependencies.py"]
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")
FLOOR = (3, 12)
WANTED = (3, 13)
SETS = ("base", "test")  # each holds all that the one before it holds
CI = os.environ.get("CI", "").lower() in ("1", "true", "yes", "on")


def main(words):
    os.chdir(ROOT)
    word, rest = (words[0], words[1:]) if words else ("help", [])
    if word in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if word == "test":
        ensure("test")
        return Tests(rest).run()
    if word == "lint":
        ensure("test")
        return Tests(rest).run_lint()
    if word == "wheel":
        ensure("test")
        return wheel()
    ensure("base")
    os.environ.setdefault("ALONGSIDE_CALLED", "python3 do.py")
    return become([PYTHON, "-m", "alongside.config.cli"] + words)


def become(command):
    """Run `command` in our place, so that one process is left to stop."""
    sys.stdout.flush()
    if WINDOWS:
        return subprocess.call(command)
    return os.execv(command[0], command)


def stop(sentence):
    sys.stderr.write(sentence + "\n")
    sys.exit(2)


# --- a Python ---------------------------------------------------------------------------------------------------


def version_of(python):
    """(3, 13) for a Python that runs; None for one that is missing or is a shim that leads nowhere."""
    ask = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        said = subprocess.run(
            [python, "-c", ask], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30, check=True
        ).stdout.split()
        return int(said[0]), int(said[1])
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return None


def candidates():
    """Where a Python may be, the likeliest first; each is asked only when those before it did not do."""
    if sys.version_info[:2] == WANTED:
        yield sys.executable
    yield "python3.13"
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(os.path.expanduser("~"), ".pyenv")
    for path in sorted(glob.glob(os.path.join(pyenv, "versions", "3.13*", "bin", "python3.13")), reverse=True):
        yield path
    yield sys.executable
    yield "python3"
    yield "python3.14"
    yield "python3.12"
    for path in sorted(glob.glob(os.path.join(pyenv, "versions", "3.1[2-9]*", "bin", "python3")), reverse=True):
        yield path
    if shutil.which("uv"):
        found = subprocess.run(
            ["uv", "python", "find", ">=3.12"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=uv_environment()
        ).stdout.decode()
        if found.strip():
            yield found.strip()


def find_python():
    """A Python that is new enough; 3.13 when there is one."""
    named = os.environ.get("ALONGSIDE_PYTHON")
    if named:
        version = version_of(named)
        if not version or version < FLOOR:
            stop("ALONGSIDE_PYTHON is set to %s, which is not a working Python 3.12 or later." % named)
        return named
    for python in candidates():
        version = version_of(python)
        if version and version >= FLOOR:
            return python
    return stop(
        "Alongside needs Python 3.12 or later with its venv module, and none was found here. "
        "Install Python 3.13 (on Debian and Ubuntu also python3-venv) and try again."
    )


# --- the packages -----------------------------------------------------------------------------------------------


def requirements(name):
    return os.path.join(ROOT, "requirements", name + ".txt")


def digest(name):
    with open(requirements(name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def pins(name):
    """{package: version} of one lock file."""
    with open(requirements(name), encoding="utf-8") as file:
        return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", file.read(), re.M))


def stamp(name):
    return os.path.join(VENV, name + ".stamp")


def current(name):
    try:
        with open(stamp(name)) as file:
            return file.read().strip() == digest(name)
    except OSError:
        return False


def ensure(name):
    """Make .venv hold what requirements/NAME.txt lists; does nothing when it does already."""
    if os.path.exists(PYTHON) and current(name):
        return
    new = not os.path.exists(PYTHON)
    if not new and (version_of(PYTHON) or (0, 0)) < FLOOR:
        shutil.rmtree(VENV)
        new = True
    print("Setting up the %s packages in .venv. The first time this can take a minute." % name, flush=True)
    if new:
        run_quietly([find_python(), "-m", "venv", "--without-pip", VENV])
    install(name)
    for each in SETS:
        # A set whose every pin this one holds is there too; any other has to be looked at again.
        if each == name or pins(each).items() <= pins(name).items():
            with open(stamp(each), "w") as file:
                file.write(digest(each) + "\n")
        elif os.path.exists(stamp(each)) and clash(each, name):
            os.remove(stamp(each))
    write_door()


def clash(one, other):
    """True when two sets name different versions of one package."""
    left, right = pins(one), pins(other)
    return any(left[package] != right[package] for package in left.keys() & right.keys())


def uv_environment():
    return dict(os.environ, UV_PYTHON_DOWNLOADS="never", VIRTUAL_ENV=VENV)


def install(name):
    """Install one locked set: only wheels, only those whose hash is in the file."""
    rules = ["--require-hashes", "--only-binary", ":all:", "-r", requirements(name)]
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", PYTHON] + rules
        if subprocess.call(command, env=uv_environment()) == 0:
            return
        print("uv could not install the packages; trying pip.", flush=True)
    if subprocess.call([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        run_quietly([PYTHON, "-m", "ensurepip", "--default-pip"])
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"] + rules
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        stop(
            done.stdout.decode(errors="replace")
            + "\nThe packages could not be installed. The lines above say why; most often the network was away. "
            "Run the same command again to go on."
        )


def run_quietly(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        stop(done.stdout.decode(errors="replace") + "\nThis step failed: " + " ".join(command))


def write_door():
    """Make `.venv/bin/alongside` work from any folder."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([PYTHON, "-c", ask]).decode().strip()
    with open(os.path.join(packages, "alongside-here.pth"), "w") as file:
        file.write(ROOT + "\n")
    if not WINDOWS:
        door = os.path.join(BIN, "alongside")
        with open(door, "w") as file:
            file.write('#!/bin/sh\nexec "%s" -m alongside.config.cli "$@"\n' % PYTHON)
        os.chmod(door, 0o755)


def wheel():
    # What an earlier build left behind would be packed again, deleted files too.
    shutil.rmtree(os.path.join(ROOT, "build"), ignore_errors=True)
    return subprocess.call([PYTHON, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"])


# --- the tests --------------------------------------------------------------------------------------------------


def find_chromium():
    named = os.environ.get("ALONGSIDE_CHROMIUM")
    return named if named else shutil.which("chromium") or shutil.which("chromium-browser")


class Tests:
    """Each step runs even when one before it failed, so that one run says all that is wrong."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.results = []  # (step, exit code)
        self.left_out = []  # sentences
        self.reports = os.path.join(ROOT, "var", "test")
        os.makedirs(self.reports, exist_ok=True)

    def step(self, words, command, **environment):
        print("\n=== %s" % words, flush=True)
        child = subprocess.Popen(command, env=dict(os.environ, **environment), stdin=subprocess.DEVNULL)
        try:
            code = child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)
            child.wait()
            stop("Stopped.")
        self.results.append((words, code))
        return code

    def lint(self):
        self.step("Style", [PYTHON, "-m", "ruff", "check", "."])
        self.step("Layout", [PYTHON, "-m", "ruff", "format", "--check", "."])
        self.step("Imports: floors, shelves and doors", [os.path.join(BIN, "lint-imports")])
        self.step(
            "Migrations match the models",
            [PYTHON, "-m", "alongside.config.cli", "makemigrations", "--check", "--dry-run"],
            ALONGSIDE_HOME=self.reports,
        )

    def pytest(self, words, marks, before=(), leave_out=(), workers="2", **environment):
        """One run of the suite. tests/loud.py writes down which marked tests were skipped and why."""
        name = re.sub(r"\W+", "-", words.lower())
        skipped = os.path.join(self.reports, name + "-skipped.txt")
        if os.path.exists(skipped):
            os.remove(skipped)
        # The slow files stand at the end: one worker would be left alone with them if the other could not take its share.
        command = [*before, PYTHON, "-m", "pytest", "-q", "-p", "tests.loud", "-n", workers, "--dist", "worksteal"]
        command += ["-m", marks] if marks else []
        command += ["--ignore=" + path for path in leave_out]
        self.step(words, command + self.arguments, ALONGSIDE_SKIPPED=skipped, **environment)
        if os.path.exists(skipped):
            with open(skipped, encoding="utf-8") as file:
                self.left_out += [words + ": " + line.strip() for line in file if line.strip()]

    def run(self):
        self.lint()
        chromium = find_chromium()
        if chromium:
            self.pytest("Tests on SQLite, with a browser", "", ALONGSIDE_CHROMIUM=chromium, DATABASE_URL="")
        else:
            self.left_out.append("Browser tests: Chromium was not found. Install it, or set ALONGSIDE_CHROMIUM.")
            self.pytest("Tests on SQLite", "not browser", DATABASE_URL="")
        found = subprocess.call([PYTHON, os.path.join("tests", "postgres.py"), "found"], stdout=subprocess.DEVNULL)
        if found == 0:
            cluster = [PYTHON, os.path.join("tests", "postgres.py"), "run"]
            self.pytest("Tests on PostgreSQL", "not browser and not alone", before=cluster, leave_out=NO_DATABASE)
            self.pytest("Tests on PostgreSQL, one after the other", "alone", before=cluster, workers="0")
        else:
            self.left_out.append("Tests on PostgreSQL: its programs (initdb, postgres) were not found. Install it.")
        return self.verdict()

    def run_lint(self):
        self.lint()
        return self.verdict()

    def verdict(self):
        failed = [words for words, code in self.results if code]
        if self.left_out:
            box(["NOT RUN"] + self.left_out)
        if CI and self.left_out:
            failed.append("something was left out, and CI allows no gaps")
        print()
        if failed:
            print("FAILED: " + "; ".join(failed) + ".")
            return 1
        gaps = " Some tests were left out; the box above says which." if self.left_out else ""
        print("All %d steps passed.%s" % (len(self.results), gaps))
        return 0


def box(lines):
    width = max(len(line) for line in lines)
    print("\n+" + "-" * (width + 2) + "+")
    for line in lines:
        print("| " + line.ljust(width) + " |")
    print("+" + "-" * (width + 2) + "+", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("Stopped.")
