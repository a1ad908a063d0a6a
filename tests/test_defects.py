"""A test counts only if a defect makes it fail: each patch in tests/defects/ plants one, and its test has to see it.

A patch says what it breaks, then `# caught by: path::test`, and `# on: postgres` where SQLite would hide the defect. It is
applied to a copy of the tree; only that test is run there. Unpatched, the same tests pass in the same copy.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.test_kill_storm import own_database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PATCHES = sorted((ROOT / "tests" / "defects").glob("*.patch"))
FEWEST = 10
STALE = "does not apply any more: the lines around it have changed. Make it anew, so that it breaks the same thing."


def head(patch, word):
    """What a patch says after `# word:` in its head; None when it does not say it."""
    found = re.search(rf"^# {word}: (.+)$", patch.read_text(), re.MULTILINE)
    return found[1].strip() if found else None


def on_postgres(patch):
    return head(patch, "on") == "postgres"


@pytest.fixture
def copy(tmp_path):
    """The tree as it is given away, in a folder of its own."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("This is no git repository: which files make the tree is not known.")
    for path in filter(None, listed.stdout.split("\0")):
        if (ROOT / path).is_file():
            (tmp_path / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, tmp_path / "tree" / path)
    return tmp_path / "tree"


def apply(patch, tree):
    """Plant the defect in a copy."""
    # GIT_CEILING_DIRECTORIES keeps git from looking for a repository above the copy, and skipping every file.
    done = subprocess.run(
        ["git", "apply", "-p1", "--verbose", patch], cwd=tree, capture_output=True, text=True, check=False,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(tree.parent)},
    )  # fmt: skip
    assert done.returncode == 0 and "Applied" in done.stderr, f"{patch.name} {STALE}\n{done.stderr}"


def run(tree, tests, database=None):
    """Run only these tests in the copy; (exit code, output)."""
    ours = ("ALONGSIDE_", "DATABASE_URL", "PYTEST_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, check=False, timeout=600,
        env=kept | (database or {}) | {"ALONGSIDE_HOME": str(tree.parent / "home")},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def caught(code, output):
    """Whether tests failed, rather than not being found or not being able to start."""
    summary = output.strip().splitlines()[-1]
    return code == 1 and re.search(r"\b\d+ failed\b", summary) is not None and " error" not in summary


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_every_defect_can_be_planted_whatever_the_database(patch):
    done = subprocess.run(["git", "apply", "--check", patch], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{patch.name} {STALE}\n{done.stderr}"


@pytest.mark.parametrize("patch", [p for p in PATCHES if not on_postgres(p)], ids=lambda patch: patch.stem)
def test_defect_is_caught(patch, copy):
    if connection.vendor == "postgresql":
        pytest.skip("Planted in the SQLite round.")
    apply(patch, copy)
    code, output = run(copy, [head(patch, "caught by")])
    assert caught(code, output), output[-3000:]


@pytest.mark.postgres
@pytest.mark.parametrize("patch", [p for p in PATCHES if on_postgres(p)], ids=lambda patch: patch.stem)
def test_defect_that_sqlite_hides_is_caught(patch, copy):
    with own_database() as database:
        code, output = run(copy, [head(patch, "caught by")], database)
        assert code == 0, output[-3000:]
        apply(patch, copy)
        code, output = run(copy, [head(patch, "caught by")], database)
    assert caught(code, output), output[-3000:]


def test_without_a_defect_the_same_tests_pass(copy):
    if connection.vendor == "postgresql":
        pytest.skip("Looked at in the SQLite round.")
    tests = sorted({head(patch, "caught by") for patch in PATCHES if not on_postgres(patch)})
    code, output = run(copy, tests)
    assert code == 0, output[-3000:]


def test_there_are_enough_defects_and_each_names_its_test():
    assert len(PATCHES) >= FEWEST
    for patch in PATCHES:
        assert not patch.read_text().startswith(("---", "#", "diff")), f"{patch.name} says what it breaks first"
        assert re.fullmatch(r"[\w/]+/test_\w+\.py::test_\w+(\[.+\])?", head(patch, "caught by") or ""), patch.name


def test_a_patch_that_no_longer_applies_says_so(tmp_path, copy):
    stale = tmp_path / "stale.patch"
    stale.write_text(
        "Nothing.\n\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-These words stand nowhere.\n+Others.\n"
    )
    with pytest.raises(AssertionError, match="does not apply any more"):
        apply(stale, copy)


@pytest.mark.parametrize(
    ("code", "summary", "is_caught"),
    [
        (1, "1 failed, 3 passed in 2.00s", True), (1, "1 error in 2.00s", False), (0, "1 passed in 2.00s", False),
        (4, "no tests ran in 0.10s", False), (1, "1 failed, 1 error in 2.00s", False),
    ],
)  # fmt: skip
def test_only_a_failed_test_counts_as_caught(code, summary, is_caught):
    assert caught(code, f"...\n{summary}") is is_caught
