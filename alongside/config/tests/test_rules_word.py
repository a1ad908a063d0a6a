"""`alongside rules`: answers in words and as JSON, says which row is wrong, and keeps nothing."""

import json

import pytest

from alongside.config.cli import main

THREE = "date,amount,currency,method\n2026-11-12,165.00,GBP,bank\n2026-11-26,165,,bank\n2026-12-10,£165.00,GBP,cash\n"
GB_UC = ["rules", "--jurisdiction", "GB", "--scheme", "UC", "--on", "2026-11-22"]


@pytest.fixture
def payments(tmp_path):
    path = tmp_path / "payments.csv"
    path.write_text(THREE, encoding="utf-8")
    return str(path)


def test_payments_are_held_against_each_rule_in_plain_sentences(payments, capsys):
    assert main([*GB_UC, "--payments", payments, "--day", "12"]) == 0
    said = capsys.readouterr().out
    assert "£495.00 in your month from 12 November 2026 to 11 December 2026. That is over £427.00." in said
    assert "Sources disagree. Official advice does not agree about vouchers." in said
    assert "Citizens Advice: citizensadvice.org.uk" in said
    assert said.endswith(
        "We keep nothing of this. Nobody at a benefits office has checked it. Ask before you decide.\n"
    )


def test_the_same_as_json(payments, capsys):
    assert main([*GB_UC, "--payments", payments, "--day", "12", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["jurisdiction"], said["scheme"], said["on"]) == ("GB", "UC", "2026-11-22")
    answers = {each["rule"]: each for each in said["answers"]}
    assert answers["uk-uc-wa-lo"]["status"] == "over"
    assert answers["uk-uc-wa-hi"]["status"] == "well-under"
    stretch = {"from": "2026-11-12", "last": "2026-12-11", "pence": 49500, "limit": 42700, "status": "over"}
    assert answers["uk-uc-wa-lo"]["stretches"] == [stretch]


def test_each_answer_names_its_sources_and_how_sure_they_are(payments, capsys):
    assert main([*GB_UC, "--payments", payments, "--day", "12", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    answer = next(each for each in said["answers"] if each["rule"] == "uk-uc-wa-lo")
    assert answer["least_sure"] == "G"
    assert {each["confidence"] for each in answer["sources"]} == {"A", "C", "G"}
    assert said["marks"]["G"] == "a public collection of rules as data"
    assert main([*GB_UC, "--payments", payments, "--day", "12"]) == 0
    plain = capsys.readouterr().out.split("Also:")[0]
    assert "  Source G (a public collection of rules as data): " in plain


def test_without_payments_it_lists_what_is_known(capsys):
    assert main(["rules", "--jurisdiction", "ie", "--on", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "DA: What you earn in a week" in said
    assert "We do not have this year's figure." in said
    assert "Source A (the office itself, or the law): gov.ie, operational guidelines: Disability Allowance" in said
    assert main([*GB_UC, "--json"]) == 0
    listed = {each["rule"]: each for each in json.loads(capsys.readouterr().out)["rules"]}
    assert listed["uk-uc-wa-lo"]["limit"] == 42700
    assert listed["uk-uc-voucher"]["agreement"] == "sources_disagree"


def test_a_rule_that_nobody_read_again_says_so(payments, capsys):
    main([*GB_UC[:-1], "2027-03-02", "--payments", payments, "--day", "12"])
    assert "This was to be read again by 1 March 2027, and nobody has." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rules", "--jurisdiction", "FR"], "We know no rules for FR. We know GB"),
        (["rules", "--jurisdiction", "GB", "--scheme", "DA"], "We know no benefit DA in United Kingdom. We know UC"),
        (["rules", "--jurisdiction", "GB", "--on", "tomorrow"], "tomorrow is no day"),
        ([*GB_UC, "--payments", "no-such-file.csv"], "There is no no-such-file.csv."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(words, says, capsys):
    assert main(words) == 2
    assert says in capsys.readouterr().err


def test_payments_need_a_benefit(payments, capsys):
    assert main(["rules", "--jurisdiction", "GB", "--payments", payments]) == 2
    assert "Say which benefit" in capsys.readouterr().err


def test_each_wrong_row_is_named(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text("date,amount\n2026-11-12,x\n12/11/2026,5\n")
    assert main([*GB_UC, "--payments", str(path)]) == 2
    said = capsys.readouterr().err
    assert "Row 2: the amount 'x'" in said
    assert "Row 3: the day '12/11/2026'" in said


def test_a_json_file_and_since_when(tmp_path, capsys):
    path = tmp_path / "mine.JSON"
    path.write_text('[{"date": "2026-11-20", "amount": "100.00", "currency": "CAD"}]')
    words = ["rules", "--jurisdiction", "CA-ON", "--scheme", "ow", "--payments", str(path), "--since", "2026-09-15"]
    assert main(words) == 0
    assert "$100.00 in November 2026. In your first 3 months all of it counts." in capsys.readouterr().out


def test_the_day_of_the_week_is_said_in_words(payments, capsys):
    words = ["rules", "--jurisdiction", "GB", "--scheme", "CA", "--payments", payments, "--week-day", "monday"]
    assert main(words) == 0
    assert (
        "£165.00 in the week from 9 November 2026 to 15 November 2026. That is near £204.00." in capsys.readouterr().out
    )
