"""The package that people install holds everything that the running product reads, and nothing else."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names in a wheel built, without the network, from a copy of the source."""
    place = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "LICENSE-content.md"):
        shutil.copy(ROOT / name, place)
    shutil.copytree(ROOT / "alongside", place / "alongside", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place / "dist", place]
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    built = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    with zipfile.ZipFile(next((place / "dist").glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def wanted():
    """Every file of the source that is neither a test nor only for those who read the source."""
    files = (path.relative_to(ROOT) for path in (ROOT / "alongside").rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not left_out(path)}


def left_out(path):
    about_a_room = path.name == "README.md" and "content" not in path.parts
    return about_a_room or path.name == ".gitkeep" or {"tests", "__pycache__"} & set(path.parts)


def test_the_wheel_holds_every_file_that_runs(names):
    assert sorted(wanted() - names) == []


def test_the_wheel_holds_nothing_but_the_package(names):
    assert sorted(name for name in names - wanted() if ".dist-info/" not in name) == []


@pytest.mark.parametrize(
    "kind", ["/templates/", "/static/", "alongside/content/", "/migrations/0001_initial.py", "alongside/py.typed"]
)
def test_the_wheel_holds_each_kind_of_file(names, kind):
    assert any(kind in name for name in names)


def test_the_wheel_carries_its_licences_and_its_command(names):
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/LICENSE-content.md") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)
