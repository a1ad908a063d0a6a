"""Reading a described case from CASE.toml. The format, with an example: docs/labels.md."""

import tomllib
from pathlib import Path

from alongside.calculations import content
from alongside.calculations.labels.case import (
    DRIVERS,
    EVERYBODY,
    GROUPS,
    PEOPLE_SIDE,
    STAGES,
    Case,
    Declined,
    OwnWords,
    Relationship,
    Several,
    StageFacts,
)

FORMAT = 1
UNKNOWN = "unknown"
GROUP_KEYS = (
    "started", "acted", "decided", "asked", "told", "joined", "supported", "iterated_with", "can_undo", "money_held_by",
)  # fmt: skip
YES_NO_KEYS = ("happened", "equal_votes", "answered", "produced", "faces_public", "money_enough")
STAGE_KEYS = (*GROUP_KEYS, *YES_NO_KEYS, "driven_by", "unsure", "notes")
RELATIONSHIP_TRUTHS = ("attempted", "came_about", "respects", "equalises", "mental_health_service")
RELATIONSHIP_KEYS = ("id", "words", "between", "stages", "why_not", *RELATIONSHIP_TRUTHS)
CASE_KEYS = (
    "format", "title", "about", "source", "licence", "reviewed_by", "review_by", "claimed", "also_lived", "dissent",
    "declined", "own_words", "outcomes", "relationships", "stages",
)  # fmt: skip


class CaseError(ValueError):
    """The case cannot be read. The words name the key and what would be right."""


def read_case(path_or_bytes):
    """Read a Case from a path, from an open resource of a package, or from the bytes of a file.

    Every fact may be left out or be "unknown". Raises CaseError for a file that is no TOML, an unknown key, group or
    stage, or a value of another type; the words name the key.
    """
    table = _toml(path_or_bytes)
    _only(table, CASE_KEYS, "")
    if table.get("format", FORMAT) != FORMAT:
        raise CaseError(f"format: this version reads format {FORMAT}, found {table['format']!r}.")
    if "title" not in table:
        raise CaseError("title: missing. Say what this is called.")
    return Case(
        title=_text(table, "title"),
        about=_text(table, "about"),
        source=_text(table, "source"),
        licence=_text(table, "licence"),
        claimed=_label(table),
        also_lived=_words(table.get("also_lived", []), GROUPS, "also_lived", "group"),
        dissent=_texts(table, "dissent"),
        declined=_declined(table),
        own_words=_own_words(table),
        outcomes=_table(table, "outcomes"),
        relationships=_relationships(table),
        stages=_stages(table),
    )


def _toml(given):
    try:
        if isinstance(given, str):
            given = Path(given)
        raw = given if isinstance(given, bytes) else given.read_bytes()
    except OSError as error:
        raise CaseError(f"Cannot open {given}: {error.strerror}.") from error
    try:
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise CaseError("This is not a text file in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"This is not TOML: {error}.") from error


def _stages(table):
    given = _table(table, "stages")
    _only(given, STAGES, "stages", "stage")
    return tuple(_stage(name, _table(given, name, "stages."), f"stages.{name}.") for name in STAGES if name in given)


def _stage(name, table, where):
    _only(table, STAGE_KEYS, where)
    return StageFacts(
        stage=name,
        driven_by=_several(table, "driven_by", DRIVERS, where, "driver"),
        unsure=_words(table.get("unsure", []), STAGE_KEYS, f"{where}unsure", "key of a stage"),
        notes=_texts(table, "notes", where),
        **{key: _several(table, key, GROUPS, where, "group") for key in GROUP_KEYS},
        **{key: _truth(table, key, where) for key in YES_NO_KEYS},
    )


def _relationships(table):
    given = table.get("relationships", [])
    if not isinstance(given, list):
        raise CaseError("relationships: write each as [[relationships]].")
    made = tuple(_relationship(one, number) for number, one in enumerate(given, start=1))
    ids = [one.id for one in made]
    for one in ids:
        if ids.count(one) > 1:
            raise CaseError(f"relationships: the id {one!r} is used twice.")
    return made or (EVERYBODY,)


def _relationship(table, number):
    where = f"relationships {number}: "
    if not isinstance(table, dict):
        raise CaseError(f"{where}expected a table.")
    _only(table, RELATIONSHIP_KEYS, where)
    between = _words(table.get("between", ["lived", "professionals"]), GROUPS, f"{where}between", "group")
    if not set(between) & set(PEOPLE_SIDE):
        raise CaseError(f"{where}between: name one of the people's side: {', '.join(PEOPLE_SIDE)}.")
    words = _text(table, "words", where) or " and ".join(GROUPS[group] for group in between).capitalize()
    return Relationship(
        id=_text(table, "id", where) or "-and-".join(between),
        words=words,
        between=between,
        stages=_words(table.get("stages", []), STAGES, f"{where}stages", "stage"),
        why_not=_text(table, "why_not", where),
        **{key: _truth(table, key, where) for key in RELATIONSHIP_TRUTHS},
    )


def _declined(table):
    if "declined" not in table:
        return None
    given = _table(table, "declined")
    _only(given, ("reason", "by", "called"), "declined.")
    reason = _text(given, "reason", "declined.")
    if not reason:
        raise CaseError("declined.reason: missing. Say why the label was declined, in the words of those who did.")
    return Declined(reason=reason, by=_text(given, "by", "declined."), called=_text(given, "called", "declined."))


def _own_words(table):
    if "own_words" not in table:
        return None
    given = _table(table, "own_words")
    _only(given, ("said", "by"), "own_words.")
    return OwnWords(said=_text(given, "said", "own_words."), by=_text(given, "by", "own_words."))


def _label(table):
    claimed = _text(table, "claimed")
    known = [label.id for label in content.labels()]
    if claimed and claimed not in known:
        raise CaseError(f"claimed: {claimed!r} is no label that we know; known are {', '.join(known)}.")
    return claimed


def _several(table, key, known, where, called):
    """A list of words; "unknown" in it means that there may be others, and alone that nothing is known."""
    value = table.get(key, UNKNOWN)
    given = [UNKNOWN] if value == UNKNOWN else value
    if not isinstance(given, list):
        raise CaseError(f'{where}{key}: expected a list such as ["{next(iter(known))}"] or "unknown", found {value!r}.')
    named = [one for one in given if one != UNKNOWN]
    return Several(known=_words(named, known, f"{where}{key}", called), complete=UNKNOWN not in given)


def _words(given, known, where, called):
    if given == UNKNOWN:
        return ()
    if not isinstance(given, list):
        raise CaseError(f"{where}: expected a list, found {given!r}.")
    for one in given:
        if not isinstance(one, str) or one not in known:
            raise CaseError(f"{where}: {one!r} is no {called} that we know; known are {', '.join(known)}.")
    return tuple(dict.fromkeys(given))


def _truth(table, key, where):
    value = table.get(key, UNKNOWN)
    if value == UNKNOWN:
        return None
    if not isinstance(value, bool):
        raise CaseError(f'{where}{key}: expected true, false or "unknown", found {value!r}.')
    return value


def _text(table, key, where=""):
    value = table.get(key, "")
    if not isinstance(value, str):
        raise CaseError(f"{where}{key}: expected words in quotation marks, found {value!r}.")
    return "" if value == UNKNOWN else value.strip()


def _texts(table, key, where=""):
    value = table.get(key, [])
    if value == UNKNOWN:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CaseError(f"{where}{key}: expected a list of sentences, found {value!r}.")
    return tuple(value)


def _table(table, key, where=""):
    value = table.get(key, {})
    if value == UNKNOWN:
        return {}
    if not isinstance(value, dict):
        raise CaseError(f"{where}{key}: expected a table [{where}{key}], found {value!r}.")
    return value


def _only(table, known, where, called="key"):
    for key in table:
        if key not in known:
            place = f"{where.rstrip('.: ')}: " if where else ""
            raise CaseError(f"{place}unknown {called} {key!r}; known are {', '.join(known)}.")
