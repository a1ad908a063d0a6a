"""The same files give the same bytes, and each hash is that of what lies in the archive."""

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.calculations.archives import Archive

FILES = st.dictionaries(st.from_regex(r"[a-z]{1,8}\.(csv|jpg)", fullmatch=True), st.binary(max_size=300), max_size=6)


def made(files):
    out = io.BytesIO()
    archive = Archive(out)
    for name, data in files.items():
        archive.put(name, data, rows=len(data))
    archive.close()
    return out.getvalue(), archive.packed


@given(FILES)
def test_what_goes_in_comes_out_the_same_every_time(files):
    data, packed = made(files)
    assert data == made(files)[0]
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert {each.name: opened.read(each.name) for each in packed} == files
    assert [hashlib.sha256(data).hexdigest() for data in files.values()] == [each.sha256 for each in packed]
    assert [(each.size, each.rows) for each in packed] == [(len(data), len(data)) for data in files.values()]


def test_nothing_of_the_clock_goes_in():
    with zipfile.ZipFile(io.BytesIO(made({"a.csv": b"1"})[0])) as opened:
        assert opened.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_two_files_of_one_name_are_refused():
    archive = Archive(io.BytesIO())
    archive.put("a.csv", b"1")
    with pytest.raises(ValueError, match="two files called"):
        archive.put("a.csv", b"2")
