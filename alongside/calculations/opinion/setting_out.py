"""Setting a conversation out in the public format, so that it can be read elsewhere and nobody can be picked out of it.

The files and columns are those of the format, with these differences, all of them on purpose:
- timestamp and datetime are there, so that readers find their columns, and always empty: we keep no times;
- votes.csv and participants-votes.csv, which say who voted what by number, are written only with rows=True, and never
  for fewer than 30 people. Whether the conversation was opened as public is for the caller to know;
- voters are numbered anew, at random, each time; authors get numbers of their own after those of the voters, because one
  number for both would join a person's statement to all their votes; for the same reason n-comments is empty;
- without rows, comments.csv has a column `passes` more and hides small counts (an empty cell), and summary.csv
  gives the number of voters only when it is at least twice k;
- a statement that a spreadsheet would take for a formula gets a ' in front, and summary.csv says so, so that reading
  takes it off again.
"""

import csv
import io
import os
from pathlib import Path
from secrets import SystemRandom

from alongside.calculations.opinion.public import COMMENTS, PARTICIPANTS, VOTES
from alongside.calculations.opinion.reading import SAFE_MARK
from alongside.calculations.opinion.tallies import Tally, shown_tally
from alongside.calculations.sheets import safe_cell
from alongside.calculations.small_numbers import K_FLOOR, TOO_FEW, checked_k
from alongside.refusals import Refusal, Refused, stop_if

LEAST_VOTERS = 30


def why_not_rows(conversation):
    """The Refusal that stops votes being set out person by person; None when nothing does."""
    if conversation.votes is None:
        return Refusal("no-rows", "This conversation holds totals only, not each person's votes.")
    voters = sum(1 for answers in conversation.votes.values() if answers)
    if voters < LEAST_VOTERS:
        words = f"Votes person by person are set out only when at least {LEAST_VOTERS} people have voted."
        return Refusal("too-few-for-rows", words, "You can set out the totals.")
    return None


def write_folder(conversation, path, *, rows=False, k=K_FLOOR):
    """Write the conversation into a new folder in the public format; see above for what is left out and why.

    rows: also each person's votes. The caller answers for it that the conversation was opened as public.
    Nothing is left behind when it fails. Raises Refused for rows of fewer than 30 people, or when the folder
    exists; ValueError for a k under the floor.
    """
    checked_k(k)
    path = Path(path)
    if path.exists():
        words = "There is a folder of this name already; we do not write over it."
        raise Refused(Refusal("folder-exists", words, "Choose another name."))
    if rows:
        stop_if(why_not_rows(conversation))
    files = _files_with_rows(conversation) if rows else _files_of_totals(conversation, k)
    _write_all(path, files)


def _files_with_rows(conversation):
    numbers = _new_numbers(conversation.votes)
    votes = dict(sorted((numbers[voter], answers) for voter, answers in conversation.votes.items()))
    counts = {id: (tally.agree, tally.disagree) for id, tally in conversation.tallies().items()}
    return {
        "comments.csv": [COMMENTS, *_comment_rows(conversation, counts, len(numbers))],
        "votes.csv": [VOTES, *_vote_rows(votes)],
        "participants-votes.csv": _matrix_rows(votes),
        "summary.csv": _summary_rows(conversation, len(numbers)),
    }


def _files_of_totals(conversation, k):
    known = conversation.tallies()
    counts = {}
    for statement in conversation.statements:
        shown = shown_tally(known.get(statement.id, Tally(statement.id)), k)
        three = (shown.agree, shown.disagree, shown.passed)
        counts[statement.id] = ["" if count == TOO_FEW else count for count in three]
    voters = conversation.participants if conversation.participants >= 2 * k else ""
    return {
        "comments.csv": [(*COMMENTS, "passes"), *_comment_rows(conversation, counts, conversation.participants)],
        "summary.csv": _summary_rows(conversation, voters),
    }


def _new_numbers(votes):
    """{old number: new number} for all voters, in an order that nobody can work out."""
    numbers = list(range(len(votes)))
    SystemRandom().shuffle(numbers)
    return dict(zip(votes, numbers, strict=True))


def _comment_rows(conversation, counts, first_author):
    authors = list({statement.author for statement in conversation.statements if statement.author is not None})
    SystemRandom().shuffle(authors)
    numbers = {author: first_author + place for place, author in enumerate(authors)}
    for statement in conversation.statements:
        agrees, disagrees, *passes = counts[statement.id]
        author = numbers.get(statement.author, "")
        body = _safe(statement.body)
        yield ("", "", statement.id, author, agrees, disagrees, statement.moderated, body, *passes)


def _safe(text):
    """The text, with ' in front when it could calculate or begins with ' itself, so that reading can undo it."""
    return f"'{text}" if text.startswith("'") else safe_cell(text)


def _vote_rows(votes):
    pairs = ((statement, voter, vote) for voter, answers in votes.items() for statement, vote in answers.items())
    for statement, voter, vote in sorted(pairs):
        yield ("", "", statement, voter, vote)


def _matrix_rows(votes):
    statements = sorted({statement for answers in votes.values() for statement in answers})
    yield (*PARTICIPANTS, *statements)
    for voter, answers in votes.items():
        given = list(answers.values())
        row = [answers.get(statement, "") for statement in statements]
        yield (voter, "", "", len(given), given.count(1), given.count(-1), *row)


def _summary_rows(conversation, voters):
    yield ("topic", _safe(conversation.title))
    yield ("url", _safe(conversation.url))
    yield ("voters", voters)
    yield ("comments", len(conversation.statements))
    yield ("conversation-description", _safe(conversation.description))
    yield SAFE_MARK


def _write_all(path, files):
    """Write the files beside, make sure that they are on the disk, then give the folder its name in one step."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.mkdir(parents=True)
        for name, rows in files.items():
            _write(beside / name, rows)
        beside.rename(path)
    except BaseException:
        _remove(beside, files)
        raise


def _write(file, rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    with file.open("xb") as out:
        out.write(text.getvalue().encode("utf-8"))
        out.flush()
        os.fsync(out.fileno())


def _remove(folder, files):
    for name in files:
        (folder / name).unlink(missing_ok=True)
    if folder.is_dir():
        folder.rmdir()
