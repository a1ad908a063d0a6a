"""What is written in a file for a bank is what was to be paid, to the penny, and the published schema takes it."""

import csv
import hashlib
import io
import sys
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alongside.calculations import content, payment_file
from alongside.calculations.payment_file.tests.made_up import DUBLIN, HARBOUR, batch, euro, order
from alongside.refusals import Refused

PROFILES = content.bank_files()
STERLING = [profile.id for profile in PROFILES if profile.currency == "GBP" and profile.format != "csv"]
EURO = [profile.id for profile in PROFILES if profile.currency == "EUR"]
TABLES = [profile.id for profile in PROFILES if profile.format == "csv"]
SCHEMAS = {}


def made(profile, orders, source=None):
    profile = content.bank_file(profile)
    source = source or (DUBLIN if profile.currency == "EUR" else HARBOUR)
    return b"".join(payment_file.pieces(profile, batch(orders, source), iter(orders)))


def schema(version):
    """The published schema of a version, as it lies in the wheel of sepaxml."""
    if version not in SCHEMAS:
        import sepaxml

        SCHEMAS[version] = etree.XMLSchema(file=str(Path(sepaxml.__file__).parent / "schemas" / f"{version}.xsd"))
    return SCHEMAS[version]


def held_to_schema(profile, file):
    tree = etree.fromstring(file)
    schema(content.bank_file(profile).format).assertValid(tree)
    return tree


def found(tree, name):
    return [element.text for element in tree.iter(f"{{*}}{name}")]


def rows(file, profile):
    read = list(csv.reader(io.StringIO(file.decode("ascii"), newline="")))
    return read[1:] if content.bank_file(profile).headings else read


def cell(row, profile, field):
    (place,) = [column.place for column in content.bank_file(profile).columns if column.field == field]
    return row[place - 1]


@pytest.mark.parametrize("profile", STERLING)
def test_sterling_is_valid_and_never_says_sepa(profile):
    tree = held_to_schema(profile, made(profile, [order(1), order(2, name="Bo <b>Ray</b> & Söhne", pence=99)]))
    assert (found(tree, "NbOfTxs"), found(tree, "CtrlSum")) == (["2", "2"], ["13.49", "13.49"])
    assert tree.xpath("string(//*[local-name()='SvcLvl']/*)") == content.bank_file(profile).service_level != "SEPA"
    assert set(found(tree, "MmbId")) == {"200415"} and "38290008" in found(tree, "Id")
    assert [each.get("Ccy") for each in tree.iter("{*}InstdAmt")] == ["GBP", "GBP"]
    assert found(tree, "EndToEndId") == found(tree, "Ustrd") == ["K7P2M00001", "K7P2M00002"]
    assert found(tree, "Nm")[2:] == ["Asha Bell", "Bo b Ray /b Sohne"]


@pytest.mark.parametrize("profile", EURO)
def test_euro_is_valid_and_has_our_number_and_time(profile):
    orders = [euro(number, pence=1000 + number, bic="COBADEFF" if number % 2 else "") for number in range(1, 1203)]
    file = made(profile, orders)
    tree = held_to_schema(profile, file)
    assert found(tree, "MsgId") == found(tree, "PmtInfId") == ["R4TQ9W2BHK"]
    assert found(tree, "CreDtTm") == ["2026-11-02T10:00:00"]
    assert found(tree, "NbOfTxs") == ["1202", "1202"]
    assert [Decimal(said) * 100 for said in found(tree, "CtrlSum")] == [sum(each.pence for each in orders)] * 2
    assert len(list(tree.iter("{*}PmtInf"))) == 1
    assert set(found(tree, "Nm")[2:]) == {"Jorg Weiss"}
    assert made(profile, orders) == file


def test_euro_without_the_library_is_refused_in_plain_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "sepaxml", None)
    with pytest.raises(Refused) as stop:
        made("euro-sepa-09", [euro()])
    assert stop.value.refusal.code == "no-sepaxml"


@pytest.mark.parametrize("profile", TABLES)
def test_a_table_stands_in_the_columns_of_its_bank(profile):
    wanted = content.bank_file(profile)
    file = made(profile, [order(1, name="Zoë O’Hara-Smith"), order(2, sort_code="", account="", iban=HARBOUR.iban)])
    first, second = rows(file, profile)
    assert len(first) == len(second) == wanted.width
    assert (cell(first, profile, "sort-code"), cell(first, profile, "account")) == ("200415", "38290008")
    assert (cell(second, profile, "sort-code"), cell(second, profile, "account")) == ("601613", "31926819")
    assert cell(first, profile, "sum") == "12.50"
    assert cell(first, profile, "reference") == "K7P2M00001"
    assert cell(first, profile, "name").casefold() == "zoe o hara-smith"[: wanted.longest_name]


def test_bankline_is_as_the_banks_guide_shows_it():
    (row,) = rows(made("bankline", [order()]), "bankline")
    assert row[:19] == ["", "", "", "01", *[""] * 8, "20041555779911", "", "", "", "12.50", "", "04112026"]
    assert (row[24], row[30], row[32], row[36]) == ("200415", "38290008", "ASHA BELL", "K7P2M00001")


def test_the_same_payments_give_the_same_bytes_and_the_hash_says_so():
    for profile in PROFILES:
        orders = [euro(1), euro(2)] if profile.currency == "EUR" else [order(1), order(2)]
        source = DUBLIN if profile.currency == "EUR" else HARBOUR
        file, digest = payment_file.finished(profile, batch(orders, source), orders)
        assert (file, digest) == payment_file.finished(profile, batch(orders, source), orders)
        assert hashlib.sha256(file).hexdigest() == digest
        changed = [orders[0], type(orders[1])(**{**fields(orders[1]), "pence": orders[1].pence + 1})]
        assert payment_file.finished(profile, batch(changed, source), changed)[1] != digest


def fields(each):
    return {name: getattr(each, name) for name in each.__slots__}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"currency": "EUR"}, "currency"), ({"pence": 0}, "sum"), ({"pence": -5}, "sum"), ({"pence": 12.5}, "sum"),
        ({"pence": True}, "sum"), ({"pence": 100_000_001}, "absurd"), ({"name": "  "}, "name"),
        ({"name": "王小明"}, "letters"), ({"name": "=1234"}, "letters"), ({"sort_code": "20041"}, "account"),
        ({"account": "3829000"}, "account"), ({"account": "3829000x"}, "account"), ({"account": "３８２９０００８"}, "account"),
        ({"sort_code": "", "account": "", "iban": "DE89370400440532013000"}, "account"),
        ({"code": "lower-case"}, "code"), ({"code": "=CMD"}, "code"), ({"code": "A" * 19}, "code"),
    ],
)  # fmt: skip
def test_what_cannot_be_paid_is_refused_with_its_reason(other, code):
    profile, bad = content.bank_file("sterling-iso-09"), order(2, **other)
    assert [(each, why.code) for each, why in payment_file.why_nots(profile, [order(1), bad])] == [(bad, code)]
    with pytest.raises(Refused):
        b"".join(payment_file.pieces(profile, batch([order(1)]), [order(1), bad]))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"iban": "DE89370400440532013001"}, "iban"),
        ({"iban": ""}, "iban"),
        ({"bic": "COBADE"}, "bic"),
        ({"iban": "TR330006100519786457841326"}, "not-reached"),
    ],  # fmt: skip
)
def test_euro_needs_a_whole_account(other, code):
    assert payment_file.why_not(euro(**other), content.bank_file("euro-sepa-09")).code == code


@pytest.mark.parametrize("given_orders", [[order(1)], [order(1), order(2), order(3)], [order(1), order(2, pence=9)]])
def test_a_file_with_other_payments_than_were_counted_is_never_whole(given_orders):
    counted = batch([order(1), order(2)])
    with pytest.raises(Refused) as stop:
        list(payment_file.pieces(content.bank_file("plain-csv"), counted, given_orders))
    assert stop.value.refusal.code == "totals"


def test_one_reference_stands_once_and_nothing_is_no_file():
    profile = content.bank_file("plain-csv")
    with pytest.raises(Refused) as stop:
        list(payment_file.pieces(profile, batch([order(1), order(1)]), [order(1), order(1)]))
    assert stop.value.refusal.code == "twice"
    assert payment_file.why_not_profile(profile, count=0, source=HARBOUR).code == "empty"
    assert payment_file.why_not_profile(profile, count=1, source=DUBLIN).code == "source"


NAMES = st.text(min_size=1, max_size=90)
ORDERS = st.lists(
    st.tuples(NAMES, st.integers(1, 100_000_000), st.from_regex(r"[0-9]{6}", fullmatch=True),
              st.from_regex(r"[0-9]{8}", fullmatch=True)), min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(given_rows=ORDERS, profile=st.sampled_from([*TABLES, *STERLING]))
def test_whatever_the_names_the_file_reads_back_to_the_same_payments(given_rows, profile):
    orders = [
        order(number, name=f"A{name}", pence=pence, sort_code=sort_code, account=account)
        for number, (name, pence, sort_code, account) in enumerate(given_rows, 1)
    ]
    file = made(profile, orders)
    if profile in TABLES:
        read = rows(file, profile)
        sums = [round(Decimal(cell(row, profile, "sum")) * 100) for row in read]
        accounts = [cell(row, profile, "account") for row in read]
        for row in read:
            assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in row)
    else:
        tree = held_to_schema(profile, file)
        sums = [round(Decimal(text) * 100) for text in found(tree, "InstdAmt")]
        accounts = tree.xpath("//*[local-name()='CdtrAcct']//*[local-name()='Id']/text()")
        assert [Decimal(text) * 100 for text in found(tree, "CtrlSum")] == [sum(sums)] * 2
    assert (sums, accounts) == ([each.pence for each in orders], [each.account for each in orders])


@pytest.mark.parametrize("attack", ["=HYPERLINK(1)", "+44 1", "-2+3", "@SUM(A1)", "\t=1", "\r\n=1", "＝1", '"=1","x"'])
def test_no_name_can_start_to_calculate(attack):
    for letters in ("bacs", "sepa"):
        written = payment_file.in_letters(f"{attack} Asha", letters, longest=70)
        assert written[0].isalnum() and "\n" not in written and "=" not in written and '"' not in written


@pytest.mark.parametrize("profile", ["plain-csv", "sterling-iso-09", "euro-sepa-09"])
def test_memory_does_not_grow_with_the_number_of_payments(profile):
    def most(count):
        make = euro if profile.startswith("euro") else order
        facts = batch([make(1)], DUBLIN if profile.startswith("euro") else HARBOUR)
        facts = type(facts)(facts.code, facts.made_at, facts.pay_on, count, count * 1250, facts.source)
        tracemalloc.start()
        for _ in payment_file.pieces(content.bank_file(profile), facts, (make(number) for number in range(count))):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(1000)
    small, big = most(1000), most(4000)
    # What grows is the set of references that guards against twice: some hundred bytes each.
    assert big - small < 3000 * 400


@pytest.mark.parametrize("profile", [*TABLES, *STERLING, *EURO])
def test_ten_times_as_many_payments_take_no_more_than_ten_times_the_steps(profile):
    one = euro if profile in EURO else order

    def calls(count):
        """How many functions were called: time without the clock, the same on any machine."""
        seen, orders = 0, [one(number) for number in range(count)]

        def count_one(frame, event, arg):
            nonlocal seen
            seen += event in ("call", "c_call")

        sys.setprofile(count_one)
        try:
            made(profile, orders)
        finally:
            sys.setprofile(None)
        return seen

    few, many = calls(200), calls(2_000)
    assert few * 5 < many <= few * 10.1
