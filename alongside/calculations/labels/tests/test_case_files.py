"""CASE.toml: facts may be missing anywhere; what is wrong is said in words that name the key."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations import content, labels
from alongside.calculations.content.files import content_root

DOCS = Path(__file__).parents[4] / "docs" / "labels.md"
TEXTS = {p.name: p.read_text("utf-8") for p in (content_root() / "cases").iterdir() if p.name.endswith(".toml")}


def toml(table, path=""):
    """A nested table as TOML, well enough for these files."""
    plain = {k: v for k, v in table.items() if not isinstance(v, dict) and k != "relationships"}
    lines = [f"{key} = {json.dumps(value)}" for key, value in plain.items() if not hasattr(value, "isoformat")]
    for one in table.get("relationships", []):
        lines += ["[[relationships]]", *(f"{key} = {json.dumps(value)}" for key, value in one.items())]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"[{path}{key}]", toml(value, f"{path}{key}.")]
    return "\n".join(lines)


def label(text):
    """The label of a case written as text."""
    return labels.label_case(labels.read_case(text.encode())).verdict.label


SHORT = """
title = "A walk"
[stages.design]
acted = ["lived", "professionals"]
decided = ["lived", "professionals"]
"""


def test_shortest_case_is_a_title_alone():
    assert label('title = "A walk"') == "not-enough-known"


def test_case_without_relationships_is_about_people_and_professionals():
    assert label(SHORT) == "co-production-broad"


def test_unknown_beside_a_name_means_that_there_may_be_others():
    case = labels.read_case(
        SHORT.replace('acted = ["lived", "professionals"]', 'acted = ["lived", "unknown"]').encode()
    )
    assert case.stage("design").acted == labels.Several(("lived",), complete=False)


def test_empty_list_means_known_to_be_nobody_and_a_missing_key_means_not_known():
    case = labels.read_case(b'title = "A"\n[stages.design]\ncan_undo = []\nacted = "unknown"')
    facts = case.stage("design")
    assert facts.can_undo.complete and not facts.can_undo.known
    assert not facts.acted.told and not facts.decided.told and facts.equal_votes is None


def test_unknown_is_an_answer_to_yes_and_no():
    case = labels.read_case(b'title = "A"\n[stages.design]\nequal_votes = "unknown"\nanswered = true')
    assert (case.stage("design").equal_votes, case.stage("design").answered) == (None, True)


def test_file_with_windows_line_ends_and_a_mark_at_its_start_is_read():
    assert labels.read_case(b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode()).title == "A walk"


def test_relationship_without_words_is_named_by_its_partners():
    case = labels.read_case(b'title = "A"\n[[relationships]]\nbetween = ["carers", "researchers"]')
    (one,) = case.relationships
    assert (one.id, one.words) == ("carers-and-researchers", "Carers and researchers")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("about = 'x'", "title: missing"),
        ("title = 7", "title: expected words in quotation marks, found 7"),
        ("titel = 'x'", "unknown key 'titel'; known are format, title"),
        ("title = 'x'\nformat = 2", "format: this version reads format 1, found 2"),
        ("title = ", "This is not TOML"),
        ("title = 'x'\nclaimed = 'wonderful'", "claimed: 'wonderful' is no label that we know"),
        ("title = 'x'\ndissent = 'no'", "dissent: expected a list of sentences"),
        ("title = 'x'\nalso_lived = ['doctors']", "also_lived: 'doctors' is no group that we know"),
        ("title = 'x'\n[declined]\nby = 'us'", "declined.reason: missing"),
        ("title = 'x'\n[declined]\nreson = 'us'", "declined: unknown key 'reson'"),
        ("title = 'x'\n[own_words]\nsays = 'us'", "own_words: unknown key 'says'"),
        ("title = 'x'\n[stages.plan]", "stages: unknown stage 'plan'; known are initiate"),
        ("title = 'x'\n[stages]\ndesign = 3", "stages.design: expected a table"),
        ("title = 'x'\n[stages.design]\nactd = []", "stages.design: unknown key 'actd'"),
        ("title = 'x'\n[stages.design]\nacted = ['profesionals']", "stages.design.acted: 'profesionals' is no group"),
        ("title = 'x'\n[stages.design]\nacted = 'lived'", "stages.design.acted: expected a list such as"),
        ("title = 'x'\n[stages.design]\nacted = [['lived']]", "stages.design.acted: ['lived'] is no group"),
        ("title = 'x'\n[stages.design]\nequal_votes = 'yes'", "stages.design.equal_votes: expected true, false"),
        ("title = 'x'\n[stages.design]\ndriven_by = ['hope']", "stages.design.driven_by: 'hope' is no driver"),
        ("title = 'x'\n[stages.design]\nunsure = ['me']", "stages.design.unsure: 'me' is no key of a stage"),
        ("title = 'x'\n[relationships]\nid = 'a'", "relationships: write each as [[relationships]]"),
        ("title = 'x'\n[[relationships]]\nbetween = ['designers']", "relationships 1: between: name one of the people"),
        ("title = 'x'\n[[relationships]]\nstages = ['plan']", "relationships 1: stages: 'plan' is no stage"),
        ("title = 'x'\n[[relationships]]\nname = 'a'", "relationships 1: unknown key 'name'"),
        ("title = 'x'\n[[relationships]]\nid = 'a'\n[[relationships]]\nid = 'a'", "the id 'a' is used twice"),
    ],
)
def test_faulty_case_is_refused_in_words_that_name_the_key(text, says):
    with pytest.raises(labels.CaseError, match=re.escape(says)):
        labels.read_case(text.encode())


def test_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(labels.CaseError, match="Cannot open"):
        labels.read_case(tmp_path / "none.toml")
    with pytest.raises(labels.CaseError, match="not a text file"):
        labels.read_case(b"\xff\xfe\x00t")


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_case_file_keeps_the_answer_out_of_the_facts(name):
    """No file names a label: what is claimed or said by others stands in `claimed` and `own_words` alone."""
    table = tomllib.loads(TEXTS[name])
    table.pop("claimed", None), table.pop("own_words", None), table.pop("declined", None), table.pop("source")
    said = json.dumps(table, default=str).lower()
    assert not [one.id for one in content.labels() if one.id in said or one.words.lower() in said]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_case_file_says_that_nobody_reviewed_it(name):
    assert tomllib.loads(TEXTS[name])["reviewed_by"] == []


@given(st.data())
def test_facts_may_be_taken_out_anywhere(data):
    table = tomllib.loads(TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))])
    for stage in table["stages"].values():
        for key in data.draw(st.sets(st.sampled_from(sorted(stage)))):
            del stage[key]
    for key in data.draw(st.sets(st.sampled_from([k for k in table if k != "title"]))):
        del table[key]
    labels.as_json(labels.label_case(labels.read_case(toml(table).encode())))


@given(st.data())
def test_facts_may_be_said_to_be_unknown_anywhere(data):
    table = tomllib.loads(TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))])
    for stage in table["stages"].values():
        for key in data.draw(st.sets(st.sampled_from(sorted(stage)))):
            stage[key] = "unknown"
    labels.as_json(labels.label_case(labels.read_case(toml(table).encode())))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_case_with_all_facts_taken_out_answers_not_enough_known(name):
    table = tomllib.loads(TEXTS[name])
    bare = {"title": table["title"], "stages": {stage: {} for stage in table["stages"]}}
    assert label(toml(bare)) == "not-enough-known"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(raw):
    try:
        labels.read_case(raw)
    except labels.CaseError as error:
        assert str(error)


def test_labelled_file_is_ready_for_json(tmp_path):
    path = tmp_path / "CASE.toml"
    path.write_text(SHORT, encoding="utf-8")
    got = json.loads(json.dumps(labels.label_file(path)))
    assert got["label"]["id"] == "co-production-broad"
    assert got["label"]["words"] == "Co-production"
    assert got["relationships"][0]["between"][1] == {"id": "professionals", "words": "professionals of the service"}
    assert got["relationships"][0]["stages"][0]["words"] == "Design"
    assert got["declined"] is None and got["claim"] is None
    assert labels.label_file(str(path)) == got


def test_worked_example_of_the_docs_gives_the_answer_that_the_docs_print():
    text = DOCS.read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    (answer,) = re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)
    got = labels.label_case(labels.read_case(example.encode()))
    lines = [f"{one.stage}: {one.verdict.label}" for one in got.relationships[0].stages]
    assert answer.split("\n")[:-1] == [f"label: {got.verdict.label}", *lines]


def test_docs_name_every_group_driver_and_key():
    text = DOCS.read_text(encoding="utf-8")
    from_code = [*labels.GROUPS, *labels.DRIVERS, *labels.STAGES, *labels.StageFacts.__dataclass_fields__]
    assert not [word for word in from_code if word != "stage" and f"`{word}`" not in text]
    assert not [one.id for one in content.labels() if f"`{one.id}`" not in text]
