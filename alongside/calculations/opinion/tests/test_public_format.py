"""Reading the public format and setting it out again: made-up and real conversations, and broken files."""

import csv
import json
import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations.opinion import (
    DISAGREE,
    PublicConversation,
    Statement,
    Tally,
    consensus,
    read_folder,
    shown_tally,
    summarise,
    tallies_by_group,
    write_folder,
)
from alongside.calculations.small_numbers import TOO_FEW
from alongside.refusals import Refused

KITCHEN = Path(__file__).parent / "fixtures" / "shared-kitchen"
BESIDE = Path(__file__).parents[5] / "shared" / "data" / "opinion"
REAL = Path(os.environ.get("OPINION_DATA") or BESIDE)
FOLDERS = ("london.youth.policing", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
BOM = b"\xef\xbb\xbf"


def real(name):
    """The folder of a real conversation; skipped aloud where it is not, and failed in the CI run."""
    folder = REAL / name
    if not folder.is_dir():
        words = f"The public conversation {name} is not at {folder}; set OPINION_DATA to where it is."
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    return folder


def expected(name):
    return json.loads((real(name) / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def kitchen(tmp_path):
    """A copy of the made-up conversation that a test may spoil."""
    return Path(shutil.copytree(KITCHEN, tmp_path / "shared-kitchen"))


def matrix(conversation):
    """The votes without the voters' numbers: what must survive renumbering."""
    return sorted(sorted(answers.items()) for answers in conversation.votes.values())


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def refusal_of(folder):
    with pytest.raises(Refused) as stop:
        read_folder(folder)
    return stop.value.refusal


# Reading


def test_the_made_up_conversation_is_read_whole():
    kitchen = read_folder(KITCHEN)
    assert kitchen.title == "How should we run the shared kitchen?"
    assert kitchen.description == "A made-up conversation for tests.\nNobody said any of this."
    assert (kitchen.participants, len(kitchen.statements), kitchen.rejected) == (37, 11, (8,))
    bodies = {statement.id: statement.body for statement in kitchen.statements}
    assert bodies[3] == 'I would say "no", thank you, to a rota.'
    assert bodies[4] == "The room is too loud;\nI cannot think in it."
    assert bodies[5] == "我們需要素食的選擇。"
    assert kitchen.tallies()[11] == Tally(11)
    assert kitchen.means()[8] == 0.0
    assert 8 not in kitchen.open_tallies()


def test_the_last_vote_by_time_counts_whatever_the_order_of_lines(kitchen):
    votes = read_folder(KITCHEN).votes
    (kitchen / "participants-votes.csv").unlink()
    lines = (kitchen / "votes.csv").read_bytes().splitlines()
    for turned in (sorted(lines[1:]), sorted(lines[1:], reverse=True)):
        (kitchen / "votes.csv").write_bytes(b"\n".join([lines[0], *turned]))
        assert read_folder(kitchen).votes == votes


def test_the_matrix_file_says_the_same_as_the_votes(kitchen):
    with_votes = read_folder(KITCHEN)
    assert not any("do not say the same" in note for note in with_votes.notes)
    (kitchen / "votes.csv").unlink()
    assert read_folder(kitchen).votes == with_votes.votes


def test_files_that_disagree_are_mentioned(kitchen):
    text = (kitchen / "votes.csv").read_text(encoding="utf-8").splitlines()
    (kitchen / "votes.csv").write_text("\n".join(text[:-20]), encoding="utf-8")
    assert any("do not say the same" in note for note in read_folder(kitchen).notes)


def test_a_missing_summary_leaves_the_name_of_the_folder(kitchen):
    (kitchen / "summary.csv").unlink()
    conversation = read_folder(kitchen)
    assert (conversation.title, conversation.url, conversation.description) == ("shared-kitchen", "", "")


def test_a_mark_at_the_front_other_line_ends_and_utf16_are_no_trouble(kitchen):
    before = read_folder(KITCHEN)
    for file in kitchen.iterdir():
        data = file.read_bytes().removeprefix(BOM)
        file.write_bytes(BOM + data.replace(b"\n", b"\r\n"))
    assert read_folder(kitchen).votes == before.votes
    comments = (kitchen / "comments.csv").read_bytes().decode("utf-8-sig")
    (kitchen / "comments.csv").write_bytes(comments.encode("utf-16"))
    assert [statement.id for statement in read_folder(kitchen).statements] == [s.id for s in before.statements]


def test_the_same_statement_twice_is_left_out_and_mentioned():
    assert any("a second time, left out" in note for note in read_folder(KITCHEN).notes)


def test_a_folder_without_votes_has_no_rows(kitchen):
    (kitchen / "votes.csv").unlink()
    (kitchen / "participants-votes.csv").unlink()
    conversation = read_folder(kitchen)
    assert (conversation.votes, conversation.tallies(), conversation.participants) == (None, {}, 37)


def test_a_folder_without_comments_is_refused(tmp_path):
    assert refusal_of(tmp_path).code == "conversation-no-comments"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("votes.csv", ",vote\n", ",answer\n", "votes.csv, line 1, column vote: there is no such column."),
        ("comments.csv", "comment-body", "text", "comments.csv, line 1, column comment-body: there is no such column."),
        ("comments.csv", "comment-id", "id", "comments.csv, line 1, column comment-id: there is no such column."),
    ],
)
def test_a_missing_column_is_named(kitchen, file, old, new, words):
    text = (kitchen / file).read_text(encoding="utf-8")
    (kitchen / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert refusal_of(kitchen).words == words


@pytest.mark.parametrize(
    ("file", "cells", "words"),
    [
        ("votes.csv", "1,x,0,1,2", "column vote: “2” is not 1, 0 or -1."),
        ("votes.csv", "1,x,0,1,", "column vote: “” is not 1, 0 or -1."),
        ("votes.csv", "1,x,0,one,1", "column voter-id: “one” is not a whole number."),
        ("votes.csv", "1,x,0,-4,1", "column voter-id: “-4” is not a whole number."),
        ("votes.csv", "1,x,0,²,1", "column voter-id: “²” is not a whole number."),
        ("votes.csv", f"1,x,0,{'9' * 50},1", f"column voter-id: “{'9' * 37}...” is not a whole number."),
        ("votes.csv", "noon,x,0,1,1", "column timestamp: “noon” is not a whole number."),
        ("votes.csv", "1,x,77,1,1", "column comment-id: comments.csv has no statement 77."),
        ("votes.csv", "1,x,0,1", "4 cells, where the headings are 5."),
        ("votes.csv", "1,x,0,1,1,1", "6 cells, where the headings are 5."),
        ("votes.csv", '1,x,0,"1,1', "a quote mark is not closed, or a cell is too long."),
        ("votes.csv", "1,\0,0,1,1", "there is a sign that is no text."),
        ("comments.csv", "1,x,90,1,0,0,5,Hello", "column moderated: “5” is not 1, 0 or -1."),
        ("comments.csv", "1,x,90,Bo,0,0,1,Hello", "column author-id: “Bo” is not a whole number."),
        (
            "comments.csv",
            "1,x,1,1,0,0,1,Hello",
            "column comment-id: statement 1 stands here a second time with other words.",
        ),
        ("comments.csv", f"1,x,90,1,0,0,1,{'a' * 20_001}", "column comment-body: the statement is too long."),
        ("participants-votes.csv", "0,,,,,,,,,,,,,,,", "column participant: participant 0 stands here a second time."),
        ("participants-votes.csv", "99,,,,,,3,,,,,,,,,", "column 0: “3” is not 1, 0 or -1."),
        ("participants-votes.csv", "99,A,,,,,1,,,,,,,,,", "column group-id: “A” is not a whole number."),
    ],
)
def test_a_malformed_line_is_refused_naming_file_line_and_column(kitchen, file, cells, words):
    with (kitchen / file).open("a", encoding="utf-8", newline="") as lines:
        lines.write(f"{cells}\n")
    line = (kitchen / file).read_bytes().count(b"\n")
    refusal = refusal_of(kitchen)
    assert refusal.code == "conversation-unreadable"
    assert refusal.words.startswith(f"{file}, line {line}")
    assert refusal.words.endswith(words)
    assert refusal.help


def test_letters_that_are_not_utf8_are_refused_with_their_line(kitchen):
    (kitchen / "comments.csv").write_bytes("comment-id,comment-body\n1,Zoë\n".encode("cp1252"))
    assert refusal_of(kitchen).words == "comments.csv, line 2: the letters are not UTF-8."


def test_a_column_for_an_unknown_statement_is_refused(kitchen):
    (kitchen / "participants-votes.csv").write_text("participant,77\n0,1\n", encoding="utf-8")
    assert refusal_of(kitchen).words.endswith("column 77: comments.csv has no statement 77.")


def test_a_thousand_spoilt_files_are_read_or_refused(kitchen):
    chance = random.Random(20264)
    whole = {file: file.read_bytes() for file in kitchen.iterdir()}
    outcomes = set()
    for _ in range(1000):
        file = chance.choice(sorted(whole))
        data = bytearray(whole[file])
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(data))
            data[place : place + chance.randrange(3)] = chance.choice(
                [b"", b'"', b"\n", b",", b"\0", b"-", b"\xff", b"9" * 30]
            )
        file.write_bytes(data)
        try:
            outcomes.add(len(read_folder(kitchen).statements) > 0)
        except Refused as stop:
            outcomes.add(stop.refusal.code)
        file.write_bytes(whole[file])
    assert {True, "conversation-unreadable"} <= outcomes


# Setting out


def test_rows_come_back_as_they_were_but_for_the_numbers(tmp_path):
    before = read_folder(KITCHEN)
    write_folder(before, tmp_path / "out", rows=True)
    after = read_folder(tmp_path / "out")
    assert matrix(after) == matrix(before)
    assert after.tallies() == before.tallies()
    assert after.means() == before.means()
    assert (after.title, after.url, after.description) == (before.title, before.url, before.description)
    told = [(statement.id, statement.body, statement.moderated) for statement in after.statements]
    assert told == [(statement.id, statement.body, statement.moderated) for statement in before.statements]
    assert sorted(after.votes) == list(range(before.participants))
    assert after.notes == ()


def test_no_time_is_set_out(tmp_path):
    write_folder(read_folder(KITCHEN), tmp_path / "out", rows=True)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "comments.csv",
        "participants-votes.csv",
        "summary.csv",
        "votes.csv",
    ]
    for file in ("votes.csv", "comments.csv"):
        assert {(row["timestamp"], row["datetime"]) for row in rows_of(tmp_path / "out" / file)} == {("", "")}
    everything = b"".join(file.read_bytes() for file in (tmp_path / "out").iterdir())
    assert b"2023" not in everything
    assert b"17000" not in everything


@pytest.mark.parametrize("order", [list, sorted], ids=["order of first vote", "order of number"])
def test_voters_get_new_numbers_each_time_and_their_order_says_nothing(tmp_path, order):
    before = read_folder(KITCHEN)
    kept = []
    for turn in range(12):
        write_folder(before, tmp_path / str(turn), rows=True)
        after = read_folder(tmp_path / str(turn))
        kept.append(sum(after.votes[place] == before.votes[voter] for place, voter in enumerate(order(before.votes))))
    assert sum(kept) / len(kept) < 6  # by chance about one of 37, some more where two people voted alike


def test_authors_cannot_be_joined_to_voters(tmp_path):
    write_folder(read_folder(KITCHEN), tmp_path / "out", rows=True)
    voters = {row["voter-id"] for row in rows_of(tmp_path / "out" / "votes.csv")}
    authors = {row["author-id"] for row in rows_of(tmp_path / "out" / "comments.csv")}
    assert authors
    assert not voters & authors
    assert {row["n-comments"] for row in rows_of(tmp_path / "out" / "participants-votes.csv")} == {""}


def test_nothing_set_out_starts_to_calculate(tmp_path):
    bodies = ["=1+1", "'=1+1", "'quoted'", "-a", "+a", "@a", "plain"]
    statements = tuple(Statement(place, body) for place, body in enumerate(bodies))
    votes = {voter: {0: 1} for voter in range(40)}
    write_folder(PublicConversation("=title", statements, votes, description="@x"), tmp_path / "out", rows=True)
    written = [row["comment-body"] for row in rows_of(tmp_path / "out" / "comments.csv")]
    assert not any(body.startswith(("=", "+", "-", "@")) for body in written)
    after = read_folder(tmp_path / "out")
    assert [statement.body for statement in after.statements] == bodies
    assert (after.title, after.description) == ("=title", "@x")


def test_rows_of_fewer_than_30_people_are_refused_and_nothing_is_written(tmp_path):
    before = read_folder(KITCHEN)
    for most, allowed in ((29, False), (30, True)):
        some = {voter: before.votes[voter] for voter in list(before.votes)[:most]}
        some[999] = {}  # somebody who looked and did not vote is nobody to hide among
        conversation = PublicConversation("Kitchen", before.statements, some)
        if allowed:
            write_folder(conversation, tmp_path / "allowed", rows=True)
            continue
        with pytest.raises(Refused) as stop:
            write_folder(conversation, tmp_path / "refused", rows=True)
        assert stop.value.refusal.code == "too-few-for-rows"
        assert list(tmp_path.iterdir()) == []


def test_totals_are_set_out_without_rows_and_without_small_counts(tmp_path):
    before = read_folder(KITCHEN)
    write_folder(before, tmp_path / "out")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["comments.csv", "summary.csv"]
    for row in rows_of(tmp_path / "out" / "comments.csv"):
        shown = shown_tally(before.tallies()[int(row["comment-id"])])
        for column, count in (("agrees", shown.agree), ("disagrees", shown.disagree), ("passes", shown.passed)):
            assert row[column] == ("" if count == TOO_FEW else str(count))
    assert read_folder(tmp_path / "out").participants == 37


def test_totals_that_may_all_be_shown_come_back_the_same(tmp_path):
    before = read_folder(KITCHEN)
    write_folder(before, tmp_path / "out")
    whole = {id: tally for id, tally in before.tallies().items() if TOO_FEW not in vars(shown_tally(tally)).values()}
    assert whole
    assert read_folder(tmp_path / "out").tallies() == whole


def test_totals_cannot_be_set_out_as_rows(tmp_path):
    write_folder(read_folder(KITCHEN), tmp_path / "out")
    with pytest.raises(Refused) as stop:
        write_folder(read_folder(tmp_path / "out"), tmp_path / "again", rows=True)
    assert stop.value.refusal.code == "no-rows"


def test_a_folder_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(Refused) as stop:
        write_folder(read_folder(KITCHEN), tmp_path / "out")
    assert stop.value.refusal.code == "folder-exists"
    with pytest.raises(ValueError, match="k is at least 5"):
        write_folder(read_folder(KITCHEN), tmp_path / "other", k=2)


def test_nothing_is_left_behind_when_writing_fails(tmp_path):
    broken = PublicConversation("x", (Statement(1, "\ud800"),), {voter: {1: 1} for voter in range(30)})
    with pytest.raises(UnicodeEncodeError):
        write_folder(broken, tmp_path / "out", rows=True)
    assert list(tmp_path.iterdir()) == []


bodies_of = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4)
answers_of = st.dictionaries(st.integers(0, 3), st.sampled_from([1, 0, -1]), min_size=1)


@settings(max_examples=40, deadline=None)
@given(bodies_of, st.lists(answers_of, min_size=30, max_size=40))
def test_any_conversation_comes_back(bodies, answers):
    statements = tuple(Statement(place, body.strip(), author=place % 2) for place, body in enumerate(bodies))
    known = {statement.id for statement in statements}
    votes = {
        voter: {id: vote for id, vote in own.items() if id in known} or {0: 0} for voter, own in enumerate(answers)
    }
    before = PublicConversation("A title", statements, votes)
    with tempfile.TemporaryDirectory() as folder:
        write_folder(before, Path(folder) / "out", rows=True)
        after = read_folder(Path(folder) / "out")
    assert (matrix(after), after.tallies()) == (matrix(before), before.tallies())
    assert [statement.body for statement in after.statements] == [statement.body for statement in statements]


# Real conversations


@pytest.mark.parametrize("name", FOLDERS)
def test_a_real_conversation_gives_the_published_counts(name):
    wanted, conversation = expected(name), read_folder(real(name))
    counted = {id: tally for id, tally in conversation.tallies().items() if tally.seen}
    assert wanted["counts"] == {
        "participants": conversation.participants,
        "statements_with_votes": len(counted),
        "votes": sum(tally.seen for tally in counted.values()),
        "agree": sum(tally.agree for tally in counted.values()),
        "disagree": sum(tally.disagree for tally in counted.values()),
        "passes": sum(tally.passed for tally in counted.values()),
    }
    assert list(counted) == wanted["statement_ids"]
    assert set(conversation.rejected) & set(counted) == set(wanted["rejected_statement_ids"])
    assert not any("do not say the same" in note for note in conversation.notes)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_real_conversation_gives_the_means_and_the_consensus(name):
    wanted, conversation = expected(name), read_folder(real(name))
    assert list(conversation.means().values()) == pytest.approx(wanted["center"], abs=1e-9)
    wanted = wanted["given_published_groups"]["consensus"]
    assert consensus(conversation.open_tallies()) == wanted["agree"]
    assert consensus(conversation.open_tallies(), side=DISAGREE) == wanted["disagree"]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_real_conversation_gives_the_counts_of_each_published_group(name):
    wanted, conversation = expected(name), read_folder(real(name))
    by_group = tallies_by_group(conversation.votes, conversation.groups)
    assert len(conversation.groups) == wanted["published"]["in_groups"]
    for side in ("agree", "disagree", "seen"):
        counts = [[getattr(group[id], side) for id in wanted["statement_ids"]] for group in by_group.values()]
        assert counts == wanted["given_published_groups"]["votes_per_group"][side]


@pytest.mark.parametrize("name", FOLDERS[1:])
def test_a_real_conversation_comes_back_as_it_was_but_for_the_numbers(name, tmp_path):
    before = read_folder(real(name))
    write_folder(before, tmp_path / name, rows=True)
    after = read_folder(tmp_path / name)
    assert matrix(after) == matrix(before)
    assert after.tallies() == before.tallies()
    assert after.rejected == before.rejected
    assert after.title == before.title
    assert [s.body for s in after.statements] == [s.body for s in before.statements]


def test_the_real_conversation_of_26_people_goes_out_as_totals_only(tmp_path):
    before = read_folder(real(FOLDERS[0]))
    with pytest.raises(Refused) as stop:
        write_folder(before, tmp_path / "rows", rows=True)
    assert stop.value.refusal.code == "too-few-for-rows"
    write_folder(before, tmp_path / "totals")
    for row in rows_of(tmp_path / "totals" / "comments.csv"):
        shown = shown_tally(before.tallies()[int(row["comment-id"])])
        assert row["agrees"] == ("" if shown.agree == TOO_FEW else str(shown.agree))
    assert [s.body for s in read_folder(tmp_path / "totals").statements] == [s.body for s in before.statements]


@pytest.mark.parametrize("name", FOLDERS)
def test_the_summary_of_a_real_conversation_speaks_in_sentences(name):
    conversation = read_folder(real(name))
    summary = summarise(conversation.open_tallies(), conversation.participants)
    assert summary.sentences[0].startswith(f"{conversation.participants} people took part and answered")
    assert summary.common
    assert summary.differ
    rejected = set(conversation.rejected)
    assert not rejected & {point.statement for point in summary.common + summary.differ + summary.unsure}
