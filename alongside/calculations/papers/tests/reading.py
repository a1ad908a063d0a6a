"""Reading a PDF as a screen reader would: its words, tags, title and language. For tests of any room."""

import io
import re

import pikepdf


def opened(data):
    """The file, from bytes."""
    return pikepdf.open(io.BytesIO(data))


def words(data):
    """All words of all pages, in the order they stand, with single spaces."""
    with opened(data) as paper:
        return " ".join(" ".join(_page(page) for page in paper.pages).split())


def tags(data):
    """The names of the structure elements, in reading order: Document, Title, P, Table, TH ..."""
    with opened(data) as paper:
        found = []
        _walk(paper.Root.StructTreeRoot, found)
        return found


def _walk(node, found):
    if isinstance(node, pikepdf.Array):
        for each in node:
            _walk(each, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S)[1:])
        if "/K" in node:
            _walk(node.K, found)


def _page(page):
    fonts = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    out, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                table = fonts[str(operands[0])]
            case "Tj":
                out.append(_decoded(operands[0], table))
            case "TJ":
                out += [_decoded(part, table) for part in operands[0] if isinstance(part, pikepdf.String)]
            case "ET":
                out.append(" ")
    return "".join(out)


def _decoded(text, table):
    raw = bytes(text)
    codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
    return "".join(table.get(code, "") for code in codes)


def _unicode(font):
    table = {}
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            table[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    return table
