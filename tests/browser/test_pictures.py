"""The pictures in the docs: those that the program takes, small enough to load on a phone, each with its words."""

import re
import struct

import pytest

from tests.browser.shots import FOR_DOCS, PICTURES, named

MOST = 60 * 1024


def test_the_pictures_are_those_that_the_program_takes():
    assert sorted(path.name for path in PICTURES.iterdir()) == sorted(f"{name}.png" for name, *_ in FOR_DOCS)
    assert all(named(name) for name, *_ in FOR_DOCS)


@pytest.mark.parametrize(("name", "width", "height", "scheme"), FOR_DOCS, ids=[name for name, *_ in FOR_DOCS])
def test_a_picture_is_small_and_has_words(name, width, height, scheme):
    picture = (PICTURES / f"{name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (width, height)
    assert len(picture) <= MOST
    words = re.search(rf"!\[([^\]]+)\]\(pictures/{name}\.png\)", (PICTURES.parent / "pictures.md").read_text())
    assert len(words[1].split()) > 4
