"""Pages of docs/ that are made from the code and the content, so that they cannot drift.

`python -m tests.generated_docs` writes them; `tests/test_docs.py` fails when a page and its source disagree.
"""

import ast
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Made by `python -m tests.generated_docs`. Change the source, not this page. -->\n\n"


def rooms():
    from django.apps import apps

    return [app for app in apps.get_app_configs() if app.name.startswith("alongside.")]


def first_line(text):
    return (text or "").strip().splitlines()[0]


def words():
    """docs/words.md from the glossary of the content."""
    from alongside.calculations import content

    lines = ["# Words\n", "The words of the field, as this product uses them. The code uses the same ones.\n"]
    lines += [
        f"**{entry.words}.** {entry.means}\n" for entry in sorted(content.glossary(), key=lambda e: e.words.lower())
    ]
    return "\n".join(lines)


def floors():
    """docs/floors.md from the import contracts and the rooms' own first lines."""
    from tests.test_house import FLOORS

    lines = ["# The house, floor by floor\n", "A room knows only the rooms on floors below it. Top floor first.\n"]
    lines += ["| floor | room | what for |", "|---|---|---|"]
    for height, floor in zip(range(len(FLOORS), 0, -1), FLOORS, strict=True):
        for room in (name.strip("()") for name in floor):
            lines.append(f"| {height} | `{room}` | {what_for(room)} |")
    return "\n".join(lines) + "\n"


def what_for(name, house=DOCS.parent / "alongside"):
    """What a room is for by its README; what a file or a folder without one is for by the first words in it.

    Raises ValueError for a room that does not say it.
    """
    if (house / name / "README.md").exists():
        said = first_line((house / name / "README.md").read_text()).lstrip("# ").partition(":")[2].strip()
    else:
        source = house / f"{name}.py"
        source = source if source.exists() else house / name / "__init__.py"
        said = ast.get_docstring(ast.parse(source.read_text())) or ""
        said = said and first_line(said).split(". ")[0].rstrip(".")
    if not said:
        raise ValueError(f"{name} does not say what it is for.")
    return said


def states():
    """docs/states.md: every table of allowed moves, as a diagram."""
    lines = ["# What may become of what\n", "Each thing moves only along these arrows.\n"]
    for app in rooms():
        if not find_spec(f"{app.name}.states"):
            continue
        module = import_module(f"{app.name}.states")
        for name, table in vars(module).items():
            if name != "NEXT" and not name.startswith("NEXT_") or not isinstance(table, dict):
                continue
            kind = type(next(iter(table)))
            lines += [f"## {app.label}: {kind.__name__}\n", "```mermaid", "stateDiagram-v2"]
            lines += [f"    {state.name}: {state.label}" for state in kind if state.name]
            lines += [f"    {a.name} --> {b.name}" for a in kind for b in kind if b in table.get(a, ())]
            lines += ["```\n"]
    return "\n".join(lines)


def data():
    """docs/data.md: every stored field, who sees it, whether it is about a person, how long it is kept."""
    from alongside.declared import AUDIENCES, KEPT

    lines = ["# What is kept, who sees it, for how long\n", "Who may see it:\n"]
    lines += [f"- *{word}*: {means}" for word, means in AUDIENCES.items()]
    lines += ["\nHow long it is kept:\n", *(f"- *{word}*: {means}" for word, means in KEPT.items()), ""]
    for app in rooms():
        for model in app.get_models():
            lines += [f"\n## {app.label}: {model.__name__}\n", first_line(model.__doc__), ""]
            lines += ["| field | who may see it | about a person | kept |", "|---|---|---|---|"]
            lines += [
                f"| {field} | {says.audience} | {'yes' if says.personal else 'no'} | {says.kept} |"
                for field, says in model.DECLARED.items()
            ]
    return "\n".join(lines) + "\n"


PAGES = {"words.md": words, "floors.md": floors, "states.md": states, "data.md": data}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    for name, make in PAGES.items():
        (DOCS / name).write_text(MADE + make())
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
