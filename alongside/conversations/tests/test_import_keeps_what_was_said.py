"""Three real public conversations go in, and their tallies are those of the files."""

import csv
import json
import os
import time
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.calculations import opinion
from alongside.conversations import queries
from alongside.conversations.models import Ballot, Conversation, Statement, StatementTally
from alongside.conversations.tests import factories as make
from alongside.refusals import Refused

DATA = Path(os.environ.get("ALONGSIDE_OPINION_DATA", Path(__file__).parents[4] / "shared" / "data" / "opinion"))
FOLDERS = ("london.youth.policing", "scoop-hivemind.biodiversity", "vtaiwan.uberx")

pytestmark = pytest.mark.django_db


@pytest.fixture(params=FOLDERS)
def folder(request, in_ci):
    found = DATA / request.param
    if not found.exists():
        if in_ci:
            pytest.fail(f"{found} is not here, and in CI it must be.")
        pytest.skip(f"{found} is not here.")
    return found


def bring(folder, **options):
    out = StringIO()
    call_command("conversation_import", str(folder), "--json", stdout=out, **options)
    return json.loads(out.getvalue())


def matrix(folder):
    """{statement: Counter of answers} as participants-votes.csv has them."""
    with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    numbers = [name for name in rows[0] if name.isdigit()]
    return {int(name): Counter(row[name] for row in rows if row[name]) for name in numbers}


def test_import_gives_the_tallies_the_words_and_the_page_of_the_files(folder):
    expected = json.loads((folder / "expected.json").read_text())["counts"]
    began = time.monotonic()
    answer = bring(folder)
    assert time.monotonic() - began < 30
    assert (answer["people"], answer["votes"]) == (expected["participants"], expected["votes"])
    pk = answer["conversation"]
    tallies = StatementTally.objects.filter(statement__conversation=pk).select_related("statement")
    found = {each.statement.number: (each.agree, each.disagree, each.passed) for each in tallies}
    wanted = {number: (count["1"], count["-1"], count["0"]) for number, count in matrix(folder).items()}
    assert {number: counts for number, counts in found.items() if sum(counts)} == wanted
    assert sum(counts[0] for counts in found.values()) == expected["agree"]
    assert sum(counts[1] for counts in found.values()) == expected["disagree"]
    assert Ballot.objects.filter(conversation=pk).count() == expected["votes"]
    assert Ballot.objects.filter(conversation=pk).values("voter_key").distinct().count() == expected["participants"]
    keeps_words_and_moderation(folder, pk)
    shows_its_summary_to_anybody(pk)


def keeps_words_and_moderation(folder, pk):
    public = opinion.read_folder(folder)
    found = dict(Statement.objects.filter(conversation=pk).values_list("number", "words"))
    assert found == {each.id: each.body for each in public.statements}
    declined = Statement.objects.filter(conversation=pk, state="DECLINED").values_list("number", flat=True)
    assert sorted(declined) == sorted(public.rejected)
    conversation = Conversation.objects.get(pk=pk)
    assert (conversation.state, conversation.opens_for, conversation.swept) == ("CLOSED", "PUBLIC", True)


def shows_its_summary_to_anybody(pk):
    page = make.browser().get(f"/conversations/{pk}/summary/")
    assert page.status_code == 200
    assert f"{Conversation.objects.get(pk=pk).voters} people took part" in page.content.decode()


def test_what_is_set_out_can_be_brought_in_again(folder, tmp_path):
    pk = bring(folder)["conversation"]
    call_command("conversation_export", pk, str(tmp_path / "out"), stdout=StringIO())
    holds_no_time(tmp_path / "out")
    before, after = opinion.read_folder(folder), opinion.read_folder(tmp_path / "out")
    assert [each.body for each in after.statements] == [each.body for each in before.statements]
    assert after.participants == before.participants
    if before.participants < 30:
        assert after.votes is None
        assert not (tmp_path / "out" / "votes.csv").exists()
        return
    assert after.tallies() == before.tallies()
    assert sorted(map(sorted_answers, after.votes.values())) == sorted(map(sorted_answers, before.votes.values()))


def sorted_answers(answers):
    return sorted(answers.items())


def holds_no_time(out):
    for file in out.iterdir():
        with file.open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                assert not row.get("timestamp")
                assert not row.get("datetime")


# --- without the real data ---


@pytest.fixture
def small(tmp_path):
    """A folder of our own: two statements, six people, one of whom answered twice."""
    there = tmp_path / "small"
    there.mkdir()
    (there / "comments.csv").write_text("comment-id,moderated,comment-body\n4,1,Knock first\n7,-1,Rude words\n")
    votes = [
        f"{time},{statement},{voter},1"
        for time, (voter, statement) in enumerate((v, s) for v in range(6) for s in (4, 7))
    ]
    (there / "votes.csv").write_text("\n".join(["timestamp,comment-id,voter-id,vote", *votes, "99,4,0,-1"]) + "\n")
    (there / "summary.csv").write_text("topic,How are nights?\n")
    return there


def test_import_goes_where_it_is_told(small):
    cast = make.table()
    answer = bring(small, initiative=cast.initiative.pk)
    found = Conversation.objects.get(pk=answer["conversation"])
    assert (found.initiative, found.question, found.votes) == (cast.initiative, "How are nights?", 12)
    tally = StatementTally.objects.get(statement__conversation=found, statement__number=4)
    assert (tally.agree, tally.disagree) == (5, 1)


def test_import_makes_its_own_initiative_once(small, tmp_path):
    cast = make.table()
    first = bring(small)
    (small / "summary.csv").write_text("topic,Another question\n")
    second = bring(small)
    assert first["initiative"] == second["initiative"] != cast.initiative.pk
    assert Conversation.objects.get(pk=second["conversation"]).initiative.organisation == cast.organisation


def test_import_works_before_there_is_any_organisation(small):
    assert bring(small)["votes"] == 12


def test_import_twice_is_refused_and_changes_nothing(small):
    bring(small)
    with pytest.raises(Refused) as stop:
        bring(small)
    assert stop.value.refusal.code == "there-already"
    assert Conversation.objects.count() == 1


def test_import_of_nothing_says_what_is_missing(tmp_path):
    with pytest.raises(Refused, match=r"comments\.csv"):
        bring(tmp_path)
    with pytest.raises(CommandError, match="There is no initiative 99"):
        bring_small = tmp_path / "x"
        bring_small.mkdir()
        (bring_small / "comments.csv").write_text("comment-id,comment-body\n")
        bring(bring_small, initiative=99)


def test_import_is_not_counted_in_the_figures_of_the_year(small):
    cast = make.table()
    bring(small, initiative=cast.initiative.pk)
    figures = queries.figures(cast.initiative, make.ON.replace(year=2000), make.ON.replace(year=2100))
    assert {name: count for name, count in figures.items() if count} == {}


def test_export_names_what_does_not_exist():
    with pytest.raises(CommandError, match="There is no conversation 99"):
        call_command("conversation_export", 99, "nowhere")
