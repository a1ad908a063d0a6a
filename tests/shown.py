"""The forms of a page as a browser reads them, and filled in as a person in a hurry would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Asked:
    """One field: its name, what stands in it, and what can be chosen (radio, select)."""

    name: str
    kind: str
    value: str = ""
    choices: list = field(default_factory=list)


@dataclass
class ShownForm:
    """One form: where it goes, how, its fields in order, and the named buttons."""

    action: str
    method: str
    fields: list = field(default_factory=list)
    buttons: list = field(default_factory=list)

    def hidden(self):
        """{name: value} of the hidden fields."""
        return {each.name: each.value for each in self.fields if each.kind == "hidden"}

    def filled(self, **said):
        """[(name, value)] to send; `said` goes before what this page would suggest."""
        sent = []
        for each in self.fields:
            value = said[each.name] if each.name in said else suggestion(each)
            if value is not None:
                sent.append((each.name, value))
        known = {each.name for each in self.fields}
        return sent + [(name, value) for name, value in said.items() if name not in known and value is not None]


def suggestion(asked):
    """Something that the field takes, or None to leave it out."""
    if asked.kind == "hidden":
        return asked.value
    if asked.choices:
        return asked.value or next((value for value in asked.choices if value), "")
    if asked.kind == "checkbox":
        return asked.value or None
    return asked.value or typed(asked.name)


def typed(name):
    """What somebody would type into a field of this name."""
    for part, words in (
        ("day", "4 December 2026"), ("_on", "4 December 2026"), ("on", "4 December 2026"), ("time", "14:00"),
        ("minutes", "60"), ("pence", "12.50"), ("needed", "5"), ("mail", "somebody@example.org"), ("sort_code", "20-04-15"),
        ("account", "38290008"),
    ):  # fmt: skip
        if name == part or (len(part) > 3 and part in name) or (part.startswith("_") and name.endswith(part)):
            return words
    return "Some words"


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.links, self.open, self.select, self.area = [], [], None, None, None

    def handle_starttag(self, tag, pairs):
        said = {name: value or "" for name, value in pairs}
        if tag == "a" and said.get("href"):
            self.links.append(said["href"])
        elif tag == "form":
            self.open = ShownForm(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open is not None and hasattr(self, f"_{tag}"):
            getattr(self, f"_{tag}")(said)

    def _input(self, said):
        kind, name = said.get("type", "text"), said.get("name")
        if not name or kind in {"submit", "file"}:
            return
        if kind in {"radio", "checkbox"}:
            self._choice(name, kind, said.get("value", "on"), "checked" in said)
        else:
            self.open.fields.append(Asked(name, kind, said.get("value", "")))

    def _choice(self, name, kind, value, chosen):
        there = [each for each in self.open.fields if each.name == name and each.kind == kind]
        if not there or kind == "checkbox":
            self.open.fields.append(Asked(name, kind))
        asked = self.open.fields[-1] if kind == "checkbox" else (there or self.open.fields[-1:])[0]
        if kind == "radio":
            asked.choices.append(value)
        if chosen:
            asked.value = value

    def _select(self, said):
        self.select = Asked(said.get("name", ""), "select")
        self.open.fields.append(self.select)

    def _option(self, said):
        if self.select:
            self.select.choices.append(said.get("value", ""))
            if "selected" in said:
                self.select.value = said.get("value", "")

    def _textarea(self, said):
        self.area = Asked(said.get("name", ""), "textarea")
        self.open.fields.append(self.area)

    def _button(self, said):
        if said.get("name"):
            self.open.buttons.append((said["name"], said.get("value", "")))

    def handle_data(self, data):
        if self.area:
            self.area.value = (self.area.value + data).lstrip("\r\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def read(page):
    """(forms, links) of a page's HTML."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms, reader.links
