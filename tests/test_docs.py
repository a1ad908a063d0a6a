"""The papers say what the house does."""

import re
from pathlib import Path

import pytest

from alongside.config import cli
from tests.generated_docs import DOCS, MADE, PAGES, what_for

ROOT = DOCS.parent
MARKDOWN = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "alongside").glob("*/README.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_fresh(name):
    assert (DOCS / name).read_text() == MADE + PAGES[name](), "Run: python -m tests.generated_docs"


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_page_of_docs_is_reached_from_the_readme():
    known = (ROOT / "README.md").read_text()
    assert [page.name for page in sorted(DOCS.glob("*.md")) if f"](docs/{page.name})" not in known] == []


@pytest.mark.parametrize(
    ("file", "said"), [("README.md", "# a-room\n"), ("__init__.py", ""), ("__init__.py", '""""""')]
)
def test_the_page_of_floors_is_not_made_for_a_room_that_does_not_say_what_it_is_for(tmp_path, file, said):
    room = tmp_path / "a-room"
    room.mkdir()
    (room / file).write_text(said)
    with pytest.raises(ValueError, match="a-room does not say"):
        what_for("a-room", tmp_path)


def test_help_lists_every_word_of_the_command_that_the_readme_names(capsys):
    section = (ROOT / "README.md").read_text().split("## The command")[1].split("##")[0]
    words = [named.split()[:2] for named in re.findall(r"`([a-z][^`]*)`", section)]
    assert cli.main(["help"]) == 0
    shown = capsys.readouterr().out
    assert len(words) > 10
    assert [named for named in words if named[0] != "alongside" and not re.search(rf"\b{named[0]}\b", shown)] == []
    assert "run list" in shown


def test_decision_notes_are_numbered_and_short():
    notes = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(note.name[:4]) for note in notes] == list(range(1, len(notes) + 1))
    assert [note.name for note in notes if len(note.read_text().split()) > 420] == []


def test_promises_each_name_a_test_that_exists():
    rows = re.findall(r"^\| (\d+) \|.*\| `([^`]+)` \|$", (DOCS / "promises.md").read_text(), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 11))
    for _, named in rows:
        file, _, test = named.partition("::")
        assert f"def {test}" in Path(ROOT / file).read_text(), named


PROOFS = (DOCS / "proofs.md").read_text()


def test_proofs_name_only_files_that_are_there():
    named = re.findall(r"`((?:tests|alongside)/[^`\s]+)`", PROOFS)
    assert named and [path for path in named if not [*ROOT.glob(path.rstrip("/"))]] == []


def test_proofs_count_the_planted_defects():
    patches = [path.read_text() for path in (ROOT / "tests" / "defects").glob("*.patch")]
    postgres = sum("# on: postgres" in text for text in patches)
    row = f"{len(patches)} planted defects: {len(patches)} caught | {len(patches) - postgres} SQLite, {postgres} PostgreSQL |"
    assert row in PROOFS, row


def test_proofs_count_the_journeys():
    browser = ROOT / "tests" / "browser"
    files = [*browser.glob("test_journeys_*.py"), browser / "test_main_job.py"]
    count = sum(len(re.findall(r"^def test_", path.read_text(), re.MULTILINE)) for path in files)
    assert f"| {count} journeys" in PROOFS, count
