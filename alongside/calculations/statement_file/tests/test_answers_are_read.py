"""The bank's answer to a file is read as it was meant, or refused whole; nothing bad in it gets through."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations import content
from alongside.calculations.statement_file import is_answer, read, read_answer
from alongside.calculations.statement_file.lines import LIMITS
from alongside.calculations.statement_file.tests.made_up import answer, camt, entry, rejected, table
from alongside.refusals import Refused

CODES = ("K7P2M00001", "K7P2M00002", "K7P2M00003")


def refusal(data):
    with pytest.raises(Refused) as stop:
        read_answer(data)
    assert stop.value.refusal.words and stop.value.refusal.help
    return stop.value.refusal.code.removeprefix("statement-")


def not_done(data):
    return {code: (said.reason, said.words) for code, said in read_answer(data).not_carried_out(CODES).items()}


@pytest.mark.parametrize("version", ["03", "10", "14"])
@pytest.mark.parametrize("prefix", ["", "ns2"])
def test_one_that_is_rejected_is_found_in_any_version_and_namespace(version, prefix):
    head = "<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>107.50</OrgnlCtrlSum>"
    data = answer(rejected(CODES[1], words="Account closed", amount="40.00"), version=version, prefix=prefix, head=head)
    assert is_answer(data)
    found = read_answer(data)
    assert (found.of, found.count, found.pence, found.made_on) == ("R4TQ9W2BHK", 3, 10750, date(2026, 11, 3))
    assert not_done(data) == {CODES[1]: ("AC04", "Account closed")}
    assert [said.pence for said in found.payments] == [4000]


def test_a_file_in_two_bytes_a_letter_is_known_too():
    data = answer(rejected(CODES[0])).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert is_answer(data) and list(not_done(data)) == [CODES[0]]


@pytest.mark.parametrize("state", ["ACCP", "ACTC", "ACSP", "ACSC", "ACWC", "PDNG", "RCVD", "PART"])
def test_what_is_accepted_or_still_looked_at_rejects_nothing(state):
    assert not_done(answer(state=state)) == {}
    assert not_done(answer(rejected(CODES[0], reason="", state="ACSP"), state=state)) == {}


def test_the_whole_file_or_its_one_block_can_be_rejected():
    assert not_done(answer(state="RJCT", reason="AM04")) == dict.fromkeys(CODES, ("AM04", ""))
    block = "<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>DT01</Cd></Rsn></StsRsnInf>"
    assert not_done(answer(state="", block=block)) == dict.fromkeys(CODES, ("DT01", ""))
    assert not_done(answer(state="RJCT", block=block)) == dict.fromkeys(CODES, ("DT01", ""))
    named = answer(rejected(CODES[0], reason="AC01"), state="RJCT", reason="FF01")
    assert not_done(named) == {CODES[0]: ("AC01", ""), CODES[1]: ("FF01", ""), CODES[2]: ("FF01", "")}


def test_a_reason_in_the_banks_own_words_is_kept_in_limits():
    own = rejected(CODES[0], reason="").replace("<TxSts>RJCT</TxSts>", (
        f"<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Prtry>X-17</Prtry></Rsn><AddtlInf>{'long ' * 900}</AddtlInf></StsRsnInf>"
    ))  # fmt: skip
    reason, words = not_done(answer(own))[CODES[0]]
    assert reason == "X-17" and len(words) <= LIMITS.text


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><CstmrPmtStsRpt>&b;</CstmrPmtStsRpt>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><CstmrPmtStsRpt/>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ENTITIES, "entities"),
        (OUTSIDE, "entities"),
        (answer(rejected(CODES[0]))[:-40], "damaged"),
        (b"<CstmrPmtStsRpt>" + b"<a>" * 60 + b"</a>" * 60 + b"</CstmrPmtStsRpt>", "too-deep"),
        (b"<Document><CstmrPmtStsRpt/></Document>", "answer-empty"),
        (answer(of=""), "answer-empty"),
        (answer(kind="pain.008.001.02"), "answer-other"),
        (answer(rejected(CODES[0]), rejected(CODES[0])), "answer-unclear"),
        (answer(rejected("")), "answer-unclear"),
        (answer(rejected(CODES[0], state="ACSP"), state="RJCT"), "answer-unclear"),
        (b"<CstmrPmtStsRpt>" + b" " * (LIMITS.bytes + 1), "too-big"),
    ],
)  # fmt: skip
def test_what_is_no_whole_and_plain_answer_is_refused_whole(data, code):
    assert refusal(data) == code


def test_a_sum_or_count_that_cannot_be_equals_nothing():
    found = read_answer(answer(head="<OrgnlNbOfTxs>three</OrgnlNbOfTxs><OrgnlCtrlSum>1e9</OrgnlCtrlSum>"))
    assert (found.count, found.pence) == (-1, -1)
    assert read_answer(answer(rejected(CODES[0], amount="1.005"))).payments[0].pence == -1


def test_statements_are_no_answers_and_answers_no_statements():
    assert (
        not is_answer(camt(entry()))
        and not is_answer(table("x"))
        and not is_answer(b"")
        and not is_answer(b"CstmrPmtStsRpt")
    )
    with pytest.raises(Refused, match="not-a-statement"):
        read(answer())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 60))
def test_whatever_the_bytes_an_answer_is_read_or_refused(junk, at, cut):
    whole = answer(rejected(CODES[0], words="Closed"))
    for data in (junk, whole[:at] + junk + whole[at + cut :]):
        try:
            read_answer(data)
        except Refused as stop:
            assert stop.refusal.words


def test_reasons_are_in_words_and_say_whose_fault_it_is():
    known = {
        answer.code: answer for entry in content.read_kind("bank-answers", content_folder()) for answer in entry.answers
    }
    assert {"AC01", "AC04", "AC06", "AM04", "AG01", "BE04", "RC01", "RR01", "MS03"} <= set(known)
    assert all(each.words.endswith(".") for each in known.values())
    assert [content.bank_answer_is_ours(code) for code in ("AM04", "FF01", "AC04", "XX99", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert content.bank_answer("XX99") == "The bank says: XX99."


def content_folder():
    from alongside.calculations.content.files import content_root

    return content_root()
