from datetime import UTC, datetime, timedelta

import pytest

from alongside.people import policies

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def test_claim_code_has_fourteen_letters_that_look_like_nothing_else():
    code = policies.new_claim_code()
    assert [len(part) for part in code.split("-")] == [4, 5, 5]
    assert set(code) <= set("ABCDEFGHJKMNPQRSTVWXYZ23456789-")


@pytest.mark.parametrize("typed", ["ABCD-EFGHJ-KMNPQ", "abcd efghj kmnpq", " ABCDEFGHJKMNPQ ", "abcd–efghj.kmnpq"])
def test_claim_code_reads_the_same_however_it_is_spaced(typed):
    assert policies.claim_digest(typed) == policies.claim_digest("ABCDEFGHJKMNPQ")


def test_claim_codes_do_not_repeat():
    assert len({policies.new_claim_code() for _ in range(500)}) == 500


def test_sign_in_code_has_six_digits_even_when_it_is_small(monkeypatch):
    monkeypatch.setattr(policies.secrets, "randbelow", lambda limit: 7)
    assert policies.new_sign_in_code() == "000007"


def test_what_the_session_keeps_holds_no_code():
    kept = policies.asking(" Asha@Example.org", "123456", AT)
    assert kept["address"] == "asha@example.org"
    assert "123456" not in str(kept)


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("123456", True), ("123 456", True), ("123-456", True), ("١٢٣٤٥٦", True), ("123457", False), ("", False),
     ("12345", False), ("1234567", False)],
)  # fmt: skip
def test_digits_fit_however_they_are_written(typed, fits):
    assert policies.fits(policies.asking("a@example.org", "123456", AT), typed) is fits


def test_digits_of_one_asking_do_not_fit_another():
    one, other = policies.asking("a@example.org", "123456", AT), policies.asking("a@example.org", "123456", AT)
    assert one["digest"] != other["digest"]


@pytest.mark.parametrize(("minutes", "over"), [(0, False), (10, False), (10.1, True), (600, True)])
def test_digits_are_over_after_ten_minutes(minutes, over):
    kept = policies.asking("a@example.org", "123456", AT)
    assert policies.is_over(kept, AT + timedelta(minutes=minutes)) is over
