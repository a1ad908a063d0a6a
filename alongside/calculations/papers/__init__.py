"""Papers to print, send or keep: a tagged PDF (PDF/UA-1) from a template beside this file and plain data.

    pdf("letter", {"title": "Letter about involvement", "paragraphs": ["Dear adviser,", "..."]}) -> bytes

The data reach the template as JSON and are never read as markup: what a person typed stays what they typed. The same
data give the same bytes. When a paper cannot be set, `CannotSet` says why in plain words; offer the page for printing.

Data of every template: `title` (needed), `language` ("en" when left out; two letters, or like "en-GB").
"letter": `sender`, `to` (lists of lines), `day`, `greeting`, `facts`, `paragraphs`, `after`, `closing` (lists), `foot`.
"sheet": `lead`, `facts`, `paragraphs`, `tables`, `foot`. All may be left out.
`facts` is a list of [name, value]; each of `tables` is {"title", "heads": [...], "rows": [[...], ...]}.
"""

import json
import re
import unicodedata
from functools import cache
from importlib.resources import as_file, files

import typst

NAMES = ("letter", "sheet")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([A-Z]{2}))?")
NO_GLYPH = re.compile(r"text `\"(.*?)\"` could not be displayed")
INSTEAD = "Print the page from your browser instead: it says the same."


class CannotSet(Exception):
    """The paper cannot be made. The words are for the person and say what to do instead."""


def pdf(name, data):
    """The paper `name` ("letter" or "sheet") as the bytes of a tagged PDF with title and language.

    Raises CannotSet, in plain words, when no font here has a sign of the text; ValueError for an unknown name, no
    title, or a language that is none.
    """
    if name not in NAMES:
        raise ValueError(f"There is no paper {name!r}; known are {', '.join(NAMES)}.")
    data = _without_control(data)
    if not str(data.get("title") or "").strip():
        raise ValueError("A paper needs a title.")
    inputs = {"data": json.dumps(data | _language(data.get("language", "en")), ensure_ascii=False)}
    with as_file(files(__package__)) as folder:
        return _set(folder / f"{name}.typ", folder, inputs)


def _set(template, root, inputs):
    try:
        return typst.compile(
            template, root=root, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs, font_paths=_fonts()
        )
    except typst.TypstError as error:
        raise CannotSet(_plain(str(error))) from error


@cache
def _fonts():
    """Those that come with typst, and those of this computer: an installation adds scripts by adding fonts."""
    return typst.Fonts()


def _plain(error):
    found = NO_GLYPH.search(error)
    if not found:
        return f"We could not make this into a PDF. {INSTEAD}"
    return f"We could not make this into a PDF: this computer has no letters to set “{found[1]}”. {INSTEAD}"


def _language(language):
    found = LANGUAGE.fullmatch(language)
    if not found:
        raise ValueError(f"A language is written like en or en-GB, not {language!r}.")
    return {"language": found[1], "region": found[2]}


def _without_control(value):
    """The same data without signs that cannot be seen or set (control signs); new lines stay."""
    if isinstance(value, dict):
        return {key: _without_control(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_control(each) for each in value]
    if isinstance(value, str):
        return "".join(each for each in value if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"})
    return value
