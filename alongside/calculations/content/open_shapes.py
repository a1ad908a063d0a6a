"""The shape of an open sheet: questions that an initiative answers about itself."""

from dataclasses import dataclass
from datetime import date

from alongside.calculations.content.entry import Entry


@dataclass(frozen=True, kw_only=True)
class SheetChoice:
    """One answer that may be chosen in a row."""

    id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One question. facts: what is known about it beforehand. words_only: the choices of its sheet are not for it."""

    id: str
    words: str
    helps: str
    facts: tuple[str, ...] = ()
    words_only: bool = False
    choices: tuple[SheetChoice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpenSheet(Entry):
    """Questions about one thing. `rows_from` names another kind of content, for which `asks` is asked of each entry.

    public: whether a table may show it outside. empty: what stands where nothing is said. choices: for all rows.
    as_of: the day on which the facts of its rows were written; note: what to know about them.
    """

    order: int
    means: str
    public: bool = False
    empty: str = "Not said yet."
    rows_from: str = ""
    asks: str = ""
    rows: tuple[SheetRow, ...] = ()
    choices: tuple[SheetChoice, ...] = ()
    as_of: date | None = None
    note: str = ""
