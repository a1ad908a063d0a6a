"""Each import contract is proved by a planted fault: a contract that cannot fail protects nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINT = Path(sys.executable).with_name("lint-imports")

FAULTS = {
    "floors: a lower room knows an upper one": (
        "floors", "people/operations.py", "from alongside.payments import operations as planted"
    ),
    "floors: two rooms of one floor know each other": (
        "floors", "gatherings/queries.py", "from alongside.conversations import queries as planted"
    ),
    "floors: a folder that no floor declares": ("floors", "helpers/__init__.py", ""),
    "shelves: a rule stands on a read": (
        "shelves", "initiatives/permissions.py", "from alongside.initiatives import queries as planted"
    ),
    "views: a view imports models": (
        "views-and-models", "initiatives/views.py", "from alongside.initiatives import models as planted"
    ),
    "forms: a form imports another room's models": (
        "views-and-models", "decisions/forms.py", "from alongside.people.models import Person as planted"
    ),
    "pure: a calculation imports Django": ("pure", "calculations/planted.py", "import django"),
    "doors: a room reaches past another's doors": (
        "doors", "initiatives/operations.py", "from alongside.people import models as planted"
    ),
    "siblings: two rooms in a circle": (
        "siblings", "people/queries.py", "from alongside.initiatives import queries as planted"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package, the contracts and our own contract, copied to where faults may be planted."""
    there = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "alongside", there / "alongside", ignore=shutil.ignore_patterns("__pycache__", "static", "templates")
    )
    (there / "tests").mkdir()
    for name in ("__init__.py", "doors.py"):
        shutil.copy(ROOT / "tests" / name, there / "tests" / name)
    shutil.copy(ROOT / ".importlinter", there)
    return there


def lint(there, *words):
    return subprocess.run([LINT, "--no-logo", *words], cwd=there, capture_output=True, text=True, check=False)


def test_all_contracts_are_kept():
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_breaks_its_contract(copy, fault):
    contract, name, line = FAULTS[fault]
    file = copy / "alongside" / name
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n")
    try:
        said = lint(copy, "--no-cache", "--contract", contract)
    finally:
        if before is None:
            shutil.rmtree(file.parent) if file.name == "__init__.py" else file.unlink()
        else:
            file.write_text(before)
    assert said.returncode != 0, said.stdout
