"""do.py: one file that an old Python can start, and that never says all is well when something was left out."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def do():
    spec = importlib.util.spec_from_file_location("do", ROOT / "do.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_it():
    ast.parse((ROOT / "do.py").read_text(), feature_version=(3, 8))


def test_it_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "do.py").read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))
    assert names <= sys.stdlib_module_names


def test_the_test_set_holds_the_base_set(do):
    assert do.pins("base").items() <= do.pins("test").items()
    assert do.clash("base", "test") is False


def test_every_package_of_a_lock_has_a_hash(do):
    for name in do.SETS:
        text = Path(do.requirements(name)).read_text()
        blocks = re.split(r"\n(?=\S)", text)
        assert [block for block in blocks if "==" in block.split("\n")[0] and "--hash=sha256:" not in block] == []


def test_the_python_it_finds_is_new_enough(do):
    assert do.version_of(do.find_python()) >= do.FLOOR


def test_a_python_that_is_none_has_no_version(do):
    assert do.version_of("/nowhere/python3") is None
    assert do.version_of("false") is None


def test_a_named_python_that_does_not_work_is_refused(do, monkeypatch, capsys):
    monkeypatch.setenv("ALONGSIDE_PYTHON", "/nowhere/python3")
    with pytest.raises(SystemExit) as stop:
        do.find_python()
    assert stop.value.code == 2
    assert "/nowhere/python3" in capsys.readouterr().err


def test_a_set_is_current_until_its_lock_changes(do, tmp_path, monkeypatch):
    monkeypatch.setattr(do, "VENV", str(tmp_path))
    assert not do.current("base")
    Path(do.stamp("base")).write_text(do.digest("base"))
    assert do.current("base")
    Path(do.stamp("base")).write_text("another")
    assert not do.current("base")


@pytest.mark.parametrize(
    ("ci", "code", "left_out", "verdict"),
    [
        (False, 0, [], 0),
        (False, 0, ["Browser tests"], 0),
        (False, 1, [], 1),
        (True, 0, [], 0),
        (True, 0, ["Browser tests"], 1),
        (True, 1, [], 1),
    ],
)
def test_the_verdict_on_a_run(do, monkeypatch, tmp_path, capsys, ci, code, left_out, verdict):
    monkeypatch.setattr(do, "CI", ci)
    monkeypatch.setattr(do, "ROOT", str(tmp_path))
    run = do.Tests([])
    run.results, run.left_out = [("Style", code)], left_out
    assert run.verdict() == verdict
    said = capsys.readouterr().out
    assert ("NOT RUN" in said) == bool(left_out)
    assert said.strip().split("\n")[-1].startswith("FAILED" if verdict else "All 1 steps passed.")


def test_a_skipped_browser_test_is_written_down(tmp_path):
    """The plugin, run on a suite of three: one passes, one browser test and one other are skipped."""
    (tmp_path / "test_three.py").write_text(
        "import pytest\n"
        "def test_passes(): pass\n"
        "@pytest.mark.browser\n@pytest.mark.skip(reason='no screen')\ndef test_browser(): pass\n"
        "@pytest.mark.skip(reason='other')\ndef test_other(): pass\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: x\n")
    skipped = tmp_path / "skipped.txt"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.loud",
        "-p",
        "no:django",
        "-c",
        tmp_path / "pytest.ini",
    ]
    done = subprocess.run(
        [*command, "--rootdir", tmp_path, tmp_path],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "ALONGSIDE_SKIPPED": str(skipped)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    (line,) = skipped.read_text().splitlines()
    assert "test_browser" in line and "no screen" in line


@pytest.mark.slow
def test_postgres_lives_for_one_command(tmp_path):
    postgres = ROOT / "tests" / "postgres.py"
    if subprocess.run([sys.executable, postgres, "found"], capture_output=True, check=False).returncode:
        pytest.skip("PostgreSQL's programs are not here")
    ask = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"
    done = subprocess.run(
        [sys.executable, postgres, "run", sys.executable, "-c", ask], capture_output=True, text=True, check=False
    )
    assert done.returncode == 7, done.stderr
    port = re.fullmatch(r"postgresql://alongside:\w+@127\.0\.0\.1:(\d+)/alongside\n", done.stdout)[1]
    assert subprocess.run(["pg_isready", "-h", "127.0.0.1", "-p", port], capture_output=True, check=False).returncode
