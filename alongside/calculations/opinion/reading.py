"""Reading a conversation from a folder in the public format: comments.csv, votes.csv, participants-votes.csv, summary.csv."""

import csv
import io
from pathlib import Path

from alongside.calculations.opinion.public import NOT_MODERATED, PublicConversation, Statement
from alongside.calculations.opinion.tallies import AGREE, DISAGREE, PASS, Tally
from alongside.calculations.sheets import clean
from alongside.refusals import Refusal, Refused

MOST_BYTES = 60 * 1024 * 1024
LONGEST_BODY = 20_000
LONGEST_NUMBER = 18
SAFE_MARK = ("cells-made-safe", "yes")
_VOTES = {"1": AGREE, "0": PASS, "-1": DISAGREE, "+1": AGREE, "1.0": AGREE, "0.0": PASS, "-1.0": DISAGREE}
_MODERATED = {"1": 1, "0": 0, "-1": -1, "": NOT_MODERATED}
_HELP = "Get the file again from where it was published, or correct that line."


def read_folder(path):
    """The PublicConversation in a folder. Times are used to find each person's last vote and then forgotten.

    votes.csv decides who voted what; without it participants-votes.csv does; without both the folder holds tallies
    only. summary.csv may be missing. Raises Refused, naming file, line and column, for what cannot be read.
    """
    path = Path(path)
    if not (path / "comments.csv").is_file():
        words = f"There is no file comments.csv in “{clean(path.name)}”."
        raise Refused(Refusal("conversation-no-comments", words, "Choose the folder that holds the published files."))
    summary, notes = _summary(path / "summary.csv"), []
    statements, counted = _statements(path / "comments.csv", SAFE_MARK in summary.items(), notes)
    known = {statement.id for statement in statements}
    matrix, groups = _participants(path / "participants-votes.csv", known)
    votes = _votes(path / "votes.csv", known, notes)
    if votes is not None and matrix is not None and _answers(votes) != _answers(matrix):
        notes.append("votes.csv and participants-votes.csv do not say the same. We used votes.csv.")
    votes = matrix if votes is None else votes
    return PublicConversation(
        title=clean(summary.get("topic", "")) or clean(path.name.replace(".", " ")) or "Conversation",
        statements=statements,
        votes=votes,
        description=summary.get("conversation-description", ""),
        url=clean(summary.get("url", "")),
        participants=len(votes) if votes is not None else _number_or_nothing(summary.get("voters", "")),
        counted=counted if votes is None else {},
        groups=groups,
        notes=tuple(notes),
    )


class _Line:
    """One record of a file, by column name, that can say where it stands."""

    def __init__(self, file, number, values):
        self.file, self.number, self._values = file, number, values

    @property
    def columns(self):
        return list(self._values)

    def text(self, column):
        return self._values.get(column, "").strip()

    def whole(self, column):
        """The whole number in a column; Refused when there is none."""
        text = self.text(column)
        text = text[:-2] if text.endswith(".0") else text
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise self.refused(column, f"“{_short(text)}” is not a whole number")
        return int(text)

    def one_of(self, column, meanings):
        """What the text in a column means; Refused when it is none of the three numbers of the format."""
        text = self.text(column)
        if text not in meanings:
            raise self.refused(column, f"“{_short(text)}” is not 1, 0 or -1")
        return meanings[text]

    def refused(self, column, why):
        return _refused(self.file, self.number, column, why)


def _refused(file, line, column, why):
    at = f", column {column}" if column else ""
    return Refused(Refusal("conversation-unreadable", f"{file}, line {line}{at}: {why}.", _HELP))


def _text_of(path):
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise _refused(path.name, 1, "", "the file is bigger than we read")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused(path.name, data[: error.start].count(b"\n") + 1, "", "the letters are not UTF-8") from None
    if "\0" in text:
        raise _refused(path.name, text[: text.index("\0")].count("\n") + 1, "", "there is a sign that is no text")
    return text


def _records(path):
    """(first line, cells) of each record that is not blank."""
    reader, start = csv.reader(io.StringIO(_text_of(path), newline=""), strict=True), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        raise _refused(path.name, start, "", "a quote mark is not closed, or a cell is too long") from None


def _lines(path, needed):
    """The _Line of each record below the headings; Refused when a needed column is missing or a line is short."""
    records = _records(path)
    first, headings = next(records, (1, []))
    headings = [heading.strip().casefold() for heading in headings]
    for column in needed:
        if column not in headings:
            raise _refused(path.name, first, column, "there is no such column")
    for number, cells in records:
        if len(cells) != len(headings):
            raise _refused(path.name, number, "", f"{len(cells)} cells, where the headings are {len(headings)}")
        yield _Line(path.name, number, dict(zip(headings, cells, strict=True)))


def _statements(path, made_safe, notes):
    """Return (statements by id, {id: Tally} where the passes are given as well)."""
    found, counted = {}, {}
    for line in _lines(path, ("comment-id", "comment-body")):
        statement = _statement(line, made_safe)
        if statement.id in found:
            if found[statement.id] != statement:
                raise line.refused("comment-id", f"statement {statement.id} stands here a second time with other words")
            notes.append(f"comments.csv, line {line.number}: the same statement a second time, left out.")
        found[statement.id] = statement
        if line.text("passes") and line.text("agrees") and line.text("disagrees"):
            counts = (line.whole(column) for column in ("agrees", "disagrees", "passes"))
            counted[statement.id] = Tally(statement.id, *counts)
    return tuple(found[id] for id in sorted(found)), counted


def _statement(line, made_safe):
    body = line.text("comment-body")
    if len(body) > LONGEST_BODY:
        raise line.refused("comment-body", "the statement is too long")
    author = line.whole("author-id") if line.text("author-id") else None
    body = _as_written(body, made_safe).strip()
    return Statement(line.whole("comment-id"), body, line.one_of("moderated", _MODERATED), author)


def _votes(path, known, notes):
    """{voter: {statement: vote}}, the last by time; of two at one time, or without times, the later line. None: no file."""
    if not path.is_file():
        return None
    last, again = {}, 0
    for line in _lines(path, ("comment-id", "voter-id", "vote")):
        pair = (line.whole("voter-id"), _known(line, line.whole("comment-id"), known))
        time = line.whole("timestamp") if line.text("timestamp") else 0
        vote = line.one_of("vote", _VOTES)
        again += pair in last
        if pair not in last or time >= last[pair][0]:
            last[pair] = (time, vote)
    if again:
        times = "1 answer was" if again == 1 else f"{again} answers were"
        notes.append(f"{times} given again later; the last one counts.")
    votes = {}
    for (voter, statement), (_, vote) in last.items():
        votes.setdefault(voter, {})[statement] = vote
    return votes


def _known(line, statement, known):
    if statement not in known:
        raise line.refused("comment-id", f"comments.csv has no statement {statement}")
    return statement


def _participants(path, known):
    """Return ({voter: {statement: vote}}, {voter: group}) from the matrix file; (None, {}) when there is none."""
    if not path.is_file():
        return None, {}
    votes, groups, columns = {}, {}, None
    for line in _lines(path, ("participant",)):
        columns = columns or _statement_columns(line, known)
        voter = line.whole("participant")
        if voter in votes:
            raise line.refused("participant", f"participant {voter} stands here a second time")
        given = ((column, id) for column, id in columns if line.text(column))
        votes[voter] = {id: line.one_of(column, _VOTES) for column, id in given}
        if line.text("group-id"):
            groups[voter] = line.whole("group-id")
    return votes, groups


def _statement_columns(line, known):
    """(column name, statement id) of the columns whose name is a number."""
    names = [name for name in line.columns if name.isascii() and name.isdigit() and len(name) <= LONGEST_NUMBER]
    for name in names:
        if int(name) not in known:
            raise _refused(line.file, 1, name, f"comments.csv has no statement {name}")
    return [(name, int(name)) for name in names]


def _summary(path):
    """{name: value} of the lines of summary.csv that have both; {} when there is no such file."""
    if not path.is_file():
        return {}
    found = {cells[0].strip().casefold(): cells[1].strip() for _, cells in _records(path) if len(cells) > 1}
    made_safe = SAFE_MARK in found.items()
    return {name: _as_written(value, made_safe) for name, value in found.items()}


def _as_written(text, made_safe):
    """The text without the ' that setting_out puts before what a spreadsheet could take for a formula."""
    return text[1:] if made_safe and text.startswith("'") else text


def _answers(votes):
    return {(voter, statement, vote) for voter, answers in votes.items() for statement, vote in answers.items()}


def _number_or_nothing(text):
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _short(text):
    text = clean(text)
    return text if len(text) <= 40 else f"{text[:37]}..."
