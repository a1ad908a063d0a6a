"""A statement is read whatever the bank's form; every line that is not taken says why; nothing bad gets through."""

import sys
import time
import tracemalloc
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.calculations import content, statement_file
from alongside.calculations.statement_file.tests.made_up import camt, entry, table
from alongside.refusals import Refused

ON = date(2026, 11, 5)


def refusal(data):
    with pytest.raises(Refused) as stop:
        statement_file.read(data)
    assert stop.value.refusal.words and stop.value.refusal.help
    return stop.value.refusal.code.removeprefix("statement-")


def only(data):
    (line,) = statement_file.read(data).lines
    return line


@pytest.mark.parametrize("version", ["02", "08"])
@pytest.mark.parametrize("prefix", ["", "ns2"])
def test_camt_of_both_versions_and_any_namespace_is_read(version, prefix):
    statement = statement_file.read(camt(entry(version), version=version, prefix=prefix))
    (line,) = statement.lines
    assert (line.on, line.pence, line.currency, line.name) == (ON, -1250, "GBP", "Asha Bell")
    assert "K7P2M00001" in line.text and not line.returned
    assert (statement.kind, statement.account) == ("camt.053", "GB29NWBK60161331926819")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"family": "RRTN"}, ""), ({"more": "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"}, "AC04"),
        ({"words": "UNPAID K7P2M00001"}, ""), ({"more": "<RtrInf><AddtlInf>Closed</AddtlInf></RtrInf>"}, "Closed"),
    ],
)  # fmt: skip
def test_money_that_came_back_is_known(other, reason):
    line = only(camt(entry(way="CRDT", **other)))
    assert (line.pence, line.returned, line.reason) == (1250, True, reason)


def test_a_batch_is_read_payment_by_payment_when_the_bank_says_their_sums():
    detail = "<TxDtls><Refs><EndToEndId>{}</EndToEndId></Refs><Amt Ccy='GBP'>{}</Amt></TxDtls>"
    batch = (
        "<Ntry><Amt Ccy='GBP'>30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-05</Dt>"
        "</BookgDt><NtryDtls><Btch><PmtInfId>R4TQ9W2BHK</PmtInfId></Btch>{}</NtryDtls></Ntry>"
    )
    lines = statement_file.read(camt(batch.format(detail.format("A1", "10.00") + detail.format("A2", "20.00")))).lines
    assert [(line.pence, line.text) for line in lines] == [(-1000, "A1 R4TQ9W2BHK"), (-2000, "A2 R4TQ9W2BHK")]
    without = "<TxDtls><Refs><EndToEndId>A1</EndToEndId></Refs></TxDtls>" * 2
    line = only(camt(batch.format(without)))
    assert (line.pence, line.text) == (-3000, "A1 A1 R4TQ9W2BHK")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("BOOK", "PDNG", "booked"), ("DBIT", "SIDE", "came or went"), ("12.50", "12.505", "part"),
        ("12.50", "1e9", "read"), ("12.50", "0.00", "nothing"), ("12.50", "9999999999.00", "more than"),
        ("2026-11-05", "2026-13-05", "day"), ("2026-11-05", "1970-01-01", "far away"), ("12.50", "NaN", "read"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_taken_says_why_and_the_others_are_taken(before, after, reason):
    bad = entry().replace(f">{before}", f">{after}")
    statement = statement_file.read(camt(entry(number=2), bad))
    assert len(statement.lines) == 1 and [bad.number for bad in statement.refused] == [2]
    assert reason in statement.refused[0].reason


LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"\xef\xbb\xbf \r\n", "empty"), (b"x" * (20 * 1024 * 1024 + 1), "too-big"),
        (b"<Document><BkToCstmrStmt>", "damaged"), (b"<a/>", "not-a-statement"), (b"<?xml version='1.0'?>", "damaged"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "damaged"), (b"<\0\0\0", "damaged"),
        (f"<?xml version='1.0'?>{LAUGHS}]><d>&j;</d>".encode(), "entities"),
        (b"<!DOCTYPE d SYSTEM 'file:///etc/passwd'><d/>", "entities"),
        (b"<!DOCTYPE d [<!ENTITY x SYSTEM 'http://127.0.0.1/'>]><d>&x;</d>", "entities"),
        (b"<a>" * 50 + b"</a>" * 50, "too-deep"), (camt(root="BkToCstmrAcctRpt"), "not-booked"),
        (camt(root="BkToCstmrDbtCdtNtfctn"), "not-booked"), (camt(), "nothing"), (camt(entry())[:-40], "damaged"),
        (b"PK\x03\x04rest", "not-a-statement"), (b"%PDF-1.7", "not-a-statement"), (b"\x00\x01\x02\x03", "not-text"),
        (b"just words", "no-columns"), (b"Name,Address\nAsha,Here", "no-columns"), (table(), "nothing"),
        (table(",".join(["x"] * 300)), "damaged"), (table('"' + "x" * 200_000), "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_statement_is_refused_as_a_whole(data, code):
    assert refusal(data) == code


def test_entries_inside_entries_and_other_nonsense_end_in_words():
    for text in (entry().replace("<NtryDtls>", f"{entry()}<NtryDtls>"), f"<TxDtls>{entry()}</TxDtls>", "<Ntry/>"):
        statement = statement_file.read(camt(text))
        assert statement.lines or statement.refused


@pytest.mark.parametrize("profile", content.bank_statements(), ids=lambda profile: profile.id)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_banks_columns_are_found(profile, encoding, separator):
    said = {profile.day: "05/11/2026", profile.text[0]: "K7P2M00001 Zoë"}
    said |= {profile.money: "-12.50"} if profile.money else {profile.money_in: "", profile.money_out: "12.50"}
    for extra in (*profile.text[1:], profile.name, profile.kind):
        said.setdefault(extra, "") if extra else None
    rows = ["Statement of 5 November", "", separator.join(said), separator.join(said.values())]
    statement = statement_file.read("\r\n".join(rows).encode(encoding))
    (line,) = statement.lines
    assert (line.on, line.pence, line.text) == (ON, -1250, "K7P2M00001 Zoë")
    assert line.number == 4


@pytest.mark.parametrize(
    ("day", "amount", "pence"),
    [
        ("05/11/2026", "12.50", 1250), ("5/11/26", "-12.50", -1250), ("2026-11-05", "(12.50)", -1250),
        ("5 Nov 2026", "£1,234.50 DR", -123450), ("05-Nov-26", "12.50-", -1250), ("5 November 2026", "12", 1200),
        ("05.11.2026", "1.234,50", 123450), ("2026-11-05T09:00:00", "\u221212.5", -1250), ("05/11/2026", "5 CR", 500),
    ],
)  # fmt: skip
def test_days_and_sums_are_read_as_banks_write_them(day, amount, pence):
    line = only(table(f'{day},Words,K7P2M00001,Asha,"{amount}"'))
    assert (line.on, line.pence) == (ON, pence)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("11/25/2026,W,R,N,12.50", "The day comes first"), ("31/02/2026,W,R,N,1.00", "no such day"),
        (",W,R,N,12.50", "no day"), ("5 Smarch 2026,W,R,N,1", "cannot be read"), ("05/11/2026,W,R,N,", "no sum"),
        ("05/11/2026,W,R,N,twelve", "sum cannot"), ("05/11/2026,W,R,N,12.505", "sum cannot"),
        ("05/11/2026,W,R,N,=1+1", "sum cannot"), ("05/11/2026,W,R,N,0.00", "nothing"),
        ("05/11/2026,W,R,N,99999999999999999999", "more than"), ("05/11/1999,W,R,N,1.00", "far away"),
        ("05/11/2026,W,R,N,１２", "sum cannot"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why(row, reason):
    statement = statement_file.read(table("05/11/2026,W,R,N,1.00", row))
    assert len(statement.lines) == 1 and statement.refused[0].number == 3
    assert reason in statement.refused[0].reason


def test_money_in_both_columns_or_in_none_is_refused():
    head = "Date,Description,Paid in,Paid out"
    statement = statement_file.read(table("05/11/2026,A,1.00,2.00", "05/11/2026,A,,", headings=head))
    assert [line.number for line in statement.refused] == [2, 3]


def test_a_line_keeps_its_mark_wherever_it_stands_and_twins_differ():
    twin = entry().replace("<AcctSvcrRef>BANK1</AcctSvcrRef>", "")
    first = [line.mark for line in statement_file.read(camt(twin, twin, entry(number=3))).lines]
    later = [line.mark for line in statement_file.read(camt(entry(number=3), twin, twin, entry(number=4))).lines]
    assert len(set(first)) == 3 and set(first) < set(later)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"<", camt(entry())[:300], table("05/11/2026,W,R,N,1.00")]))
def test_no_bytes_end_in_anything_but_a_statement_or_words(data, before):
    try:
        statement_file.read(before + data)
    except Refused as stop:
        assert stop.refusal.code.startswith("statement-")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_broken_statement_ends_in_words(data):
    file = bytearray(camt(entry(), entry("02")) if data.draw(st.booleans()) else table(*["05/11/2026,W,R,N,1.00"] * 3))
    for _ in range(data.draw(st.integers(1, 4))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        statement_file.read(bytes(file))
    except Refused as stop:
        assert stop.refusal.code.startswith("statement-")


@pytest.mark.slow
def test_a_large_file_is_read_in_little_memory():
    file = camt(*[entry(number=number, code=f"K7P2M{number:05}") for number in range(12_000)])
    tracemalloc.start()
    begun = time.monotonic()
    assert len(statement_file.read(file).lines) == 12_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.monotonic() - begun < 30 and peak < 4 * len(file)


def calls_of(do):
    """How many functions were called: time without the clock, the same on any machine."""
    count = 0

    def count_one(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(count_one)
    try:
        do()
    finally:
        sys.setprofile(None)
    return count


def test_reading_ten_times_as_many_lines_takes_no_more_than_ten_times_the_steps():
    def read(count):
        data = table(*[f"05/11/2026,FPS,K7P2M{n:05},Asha Bell,-12.50" for n in range(count)])
        sent = [statement_file.Sent(f"K7P2M{n:05}", 1250, ON, "Asha Bell") for n in range(count)]
        return lambda: statement_file.lay_beside(statement_file.read(data).lines, sent)

    few, many = calls_of(read(300)), calls_of(read(3_000))
    assert few * 5 < many <= few * 10
