"""Finding and reading the files of one kind: content/KIND/ID.toml."""

import tomllib
from functools import cache
from importlib.resources import files

from alongside.calculations.content.shapes import KINDS
from alongside.calculations.content.tables import ContentError, build


def content_root():
    """The folder of content that came with this installation (also inside a wheel)."""
    return files("alongside") / "content"


@cache
def entries(folder):
    """All entries of one kind that came with this installation, in their order. Read once."""
    return read_kind(folder, content_root())


def read_kind(folder, root):
    """All entries of `root`/`folder`, as a tuple in the order of their kind.

    Raises ContentError for an unknown kind, an unreadable file, a duplicate id or a place in the order used twice.
    """
    if folder not in KINDS:
        raise ContentError(f"There is no kind of content called {folder!r}; known are {', '.join(sorted(KINDS))}.")
    kind = KINDS[folder]
    made = [_read(kind, path) for path in _toml_files(root / folder)]
    _refuse_twice(made, folder, lambda one: one.id.casefold(), "the id")
    key = lambda one: tuple(getattr(one, name) for name in kind.sort)  # noqa: E731
    _refuse_twice(made, folder, key, "the place")
    return tuple(sorted(made, key=key))


def _toml_files(folder):
    if not folder.is_dir():
        raise ContentError(f"content/{folder.name} is missing.")
    return sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)


def _read(kind, path):
    where = f"content/{kind.folder}/{path.name}"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{where}: cannot be read as TOML: {error}.") from error
    if "id" in table:
        raise ContentError(f"{where}: the id is the file name; take the key 'id' out.")
    return build(kind.shape, table, where=where, id=path.name.removesuffix(".toml"))


def _refuse_twice(made, folder, key, what):
    seen = {}
    for one in made:
        other = seen.setdefault(key(one), one)
        if other is not one:
            raise ContentError(f"content/{folder}: {what} of {other.id!r} and {one.id!r} is the same.")
