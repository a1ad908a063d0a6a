"""What a person reads when a command cannot be done, and that nothing was done."""

import json
from datetime import UTC, datetime

import pytest

from alongside.config import cli, wiring
from alongside.config.tests.factories import alongside


def test_no_word_lists_the_words(capsys):
    assert cli.main([]) == 0
    assert "demo" in capsys.readouterr().out


def test_an_unknown_word_gets_one_sentence_and_a_guess(capsys):
    assert cli.main(["chekc"]) == 2
    assert (
        capsys.readouterr().err == "Alongside has no command chekc. Did you mean check? All of them: alongside help\n"
    )


@pytest.mark.parametrize("words", [["label"], ["demo", "code"], ["conversation", "burn"], ["check", "--deep"]])
def test_a_word_used_wrongly_ends_with_code_2(words, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(words)
    assert stop.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_label_of_a_missing_file_names_it(capsys, tmp_path):
    assert cli.main(["label", str(tmp_path / "no.toml")]) == 2
    assert "no.toml" in capsys.readouterr().err


def test_label_answers_in_words_and_as_json(capsys):
    case = "alongside/content/cases/sleepwell.toml"
    assert cli.main(["label", case]) == 0
    words = capsys.readouterr().out
    assert cli.main(["label", case, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert f"Label: {answer['label']['words']}" in words


def test_about_names_each_package_once_with_a_licence(capsys):
    assert cli.main(["about", "--json"]) == 0
    packages = json.loads(capsys.readouterr().out)["packages"]
    names = [row["name"] for row in packages]
    assert len(set(names)) == len(names)
    assert {"Django", "fido2", "cffi"} <= set(names)  # needed by us, by an extra of ours, by a need of a need
    assert "pytest" not in names


def test_every_licence_allows_what_we_do(capsys):
    cli.main(["about", "--json"])
    allowed = ("MIT", "BSD", "Apache", "MPL", "PSF", "ISC", "LGPL", "Unlicense")
    for row in json.loads(capsys.readouterr().out)["packages"]:
        assert any(word in row["licence"] for word in allowed), row


@pytest.mark.parametrize("words", [["demo", "people"], ["demo", "code", "asha@example.org"]])
def test_questions_about_the_demo_are_refused_where_none_is(words, tmp_path):
    done = alongside(tmp_path, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no demo in ")
    assert list(tmp_path.iterdir()) == []


def test_serve_refuses_the_demo(tmp_path):
    done = alongside(tmp_path, "serve", PORT="0", ALONGSIDE_DEMO="1")
    assert done.returncode == 2
    assert "for real people" in done.stderr


def test_serve_refuses_a_folder_without_a_database(tmp_path):
    done = alongside(tmp_path, "serve", PORT="0")
    assert done.returncode == 2
    assert "There is no database yet. Run: alongside migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_daily_round_closes_what_is_due_forgets_and_verifies(db, capsys):
    assert cli.main(["daily"]) == 0
    said = capsys.readouterr().out
    assert "0 conversations closed" in said and "0 registers forgotten" in said
    assert len(said.splitlines()) > len(wiring.DAILY), "and what verify says"


def test_one_failing_part_of_the_daily_round_is_said_and_the_others_are_done(db, capsys, monkeypatch):
    def fails(*, at):
        raise OSError("the disk is full")

    monkeypatch.setattr(wiring, "DAILY", [("papers swept", fails), ("doors shut", lambda *, at: 2)])
    assert cli.main(["daily", "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {
        "done": {"doors shut": 2},
        "failed": ["Not done: papers swept. the disk is full"],
    }


@pytest.mark.parametrize(("words", "do"), wiring.DAILY)
def test_each_part_of_the_daily_round_counts_and_may_be_done_again(db, words, do):
    assert [do(at=datetime(2026, 11, 2, 10, tzinfo=UTC)) for _ in range(2)] == [0, 0], words
