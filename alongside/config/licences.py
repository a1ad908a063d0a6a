"""Which packages Alongside stands on, and under which licence each is given."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

NEED = re.compile(r"([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?")
EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")


def dependencies():
    """One dict (name, version, licence) for each package that is installed because Alongside needs it, by name."""
    found, todo = {}, _first_needs()
    while todo:
        name, extras = _name_and_extras(todo.pop())
        if (name, extras) in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or an extra that is not installed
        found[name, extras] = {"name": package.name, "version": package.version, "licence": licence(package.metadata)}
        todo += [need for need in package.requires or [] if _wanted(need, extras)]
    return sorted({row["name"].lower(): row for row in found.values()}.values(), key=lambda row: row["name"].lower())


def _first_needs():
    try:
        return [need for need in distribution("alongside").requires or [] if not EXTRA.search(need)]
    except PackageNotFoundError:  # started from a copy of the source
        project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
        return project["project"]["dependencies"]


def _name_and_extras(need):
    match = NEED.match(need)
    extras = frozenset(extra.strip() for extra in (match[2] or "").split(",") if extra.strip())
    return match[1].lower().replace("_", "-"), extras


def _wanted(need, extras):
    asked = EXTRA.search(need)
    return asked[1] in extras if asked else True


def licence(metadata):
    """The licence a package declares: its expression, else its classifiers, else its own words, shortened."""
    if expression := metadata.get("License-Expression"):
        return expression
    classifiers = [
        line.split(" :: ")[-1] for line in metadata.get_all("Classifier") or [] if line.startswith("License")
    ]
    words = (metadata.get("License") or "").strip().split("\n")[0]
    return ", ".join(classifiers) or words[:60] or "not declared"
