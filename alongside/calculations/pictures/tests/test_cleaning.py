"""Nothing that a camera writes beside the pixels survives; what cannot be a picture is refused in words."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from alongside.calculations.pictures import MOST_BYTES, MOST_SIDE, clean_picture
from alongside.refusals import Refused

GPS, ORIENTATION, MODEL, MAKER_NOTE, COMMENT = 0x8825, 0x0112, 0x0110, 0x927C, 0x9286


def drawn(width=60, height=40, kind="JPEG", **more):
    """Bytes of a picture whose left half is black and right half white."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("black", (0, 0, width // 2, height))
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def exif(place="51.5007N", model="Asha’s phone", way_up=1):
    """What a phone writes: where, with which camera, which way up."""
    said = Image.Exif()
    said[ORIENTATION] = way_up
    said[MODEL] = model
    said.get_ifd(GPS).update({1: "N", 2: (51.0, 30.0, 2.5), 3: "W", 4: (0.0, 7.0, 28.0), 29: place})
    said.get_ifd(0x8769).update({MAKER_NOTE: place.encode(), COMMENT: place.encode()})
    return said


def code_of(name, data):
    with pytest.raises(Refused) as stop:
        clean_picture(name, data)
    assert stop.value.refusal.words.endswith(".")
    assert stop.value.refusal.help
    return stop.value.refusal.code


def segments(data):
    """The markers of the segments of a JPEG up to its pixels."""
    place, found = 2, []
    while data[place + 1] != 0xDA:
        found.append(data[place + 1])
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return found


words = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=8, max_size=40)


@settings(max_examples=60, deadline=None)
@given(place=words, model=words, comment=words, way_up=st.integers(1, 8), size=st.integers(8, 90))
def test_planted_places_names_and_comments_never_survive(place, model, comment, way_up, size):
    sent = drawn(size, size + 7, exif=exif(place, model, way_up), comment=comment.encode(), quality=90)
    assert place.encode() in sent
    assert comment.encode() in sent
    kept = clean_picture("IMG_0001.jpg", sent).data
    for planted in (place, model, comment):
        assert planted.encode() not in kept
    opened = Image.open(io.BytesIO(kept))
    assert (dict(opened.getexif()), opened.info.get("comment"), opened.info.get("icc_profile")) == ({}, None, None)
    # JFIF, tables, frame and codes: no APP1 (where), APP2 (colour), APP13 (captions) and no comment segment
    assert {marker for marker in segments(kept) if 0xE1 <= marker <= 0xEF or marker == 0xFE} == set()


def test_bytes_after_the_end_of_a_picture_do_not_survive():
    sent = drawn() + b"SECRET-TRAILER" * 20
    assert b"SECRET-TRAILER" not in clean_picture("a.jpg", sent).data


def test_a_second_picture_inside_does_not_survive():
    out = io.BytesIO()
    first, second = Image.open(io.BytesIO(drawn())), Image.open(io.BytesIO(drawn(48, 48)))
    first.save(out, "MPO", save_all=True, append_images=[second], exif=exif("inside-the-second"))
    kept = clean_picture("a.jpg", out.getvalue()).data
    assert b"inside-the-second" not in kept
    assert Image.open(io.BytesIO(kept)).format == "JPEG"


def test_words_and_places_in_a_png_do_not_survive():
    said = PngImagePlugin.PngInfo()
    said.add_text("Location", "behind-the-clinic")
    kept = clean_picture("a.png", drawn(kind="PNG", pnginfo=said, exif=exif("behind-the-house"))).data
    assert b"behind-the" not in kept
    assert kept.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("way_up", "black"), [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")]
)  # fmt: skip
def test_the_way_up_is_kept(way_up, black):
    kept = clean_picture("a.jpg", drawn(exif=exif(way_up=way_up), quality=95))
    picture = Image.open(io.BytesIO(kept.data)).convert("L")
    middle, edge = (kept.width // 2, kept.height // 2), 4
    points = {
        "left": (edge, middle[1]), "right": (kept.width - edge, middle[1]), "top": (middle[0], edge),
        "bottom": (middle[0], kept.height - edge),
    }  # fmt: skip
    assert [name for name, point in points.items() if name == black and picture.getpixel(point) < 60] == [black]
    assert (kept.width > kept.height) == (way_up < 5)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_kept_is_small_and_can_be_read(kind):
    kept = clean_picture(f"a.{kind.lower()}", drawn(4000, 1000, kind))
    assert (kept.width, kept.height) == (MOST_SIDE, 400)
    assert len(kept.data) < 600_000


def test_see_through_parts_become_white():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    picture = Image.open(io.BytesIO(clean_picture("a.png", out.getvalue()).data))
    assert min(picture.getpixel((10, 10))) > 250


def bomb(width, height):
    """A PNG of a few hundred bytes that would unfold into width times height dots."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.jpg", b"", "empty"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(MOST_BYTES), "too-big"),
        ("receipt.pdf", b"%PDF-1.7\n1 0 obj", "pdf"),
        ("receipt.jpg", b"%PDF-1.7\n1 0 obj", "pdf"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        ("IMG_1.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture"),
        ("a.gif", b"GIF89a" + bytes(40), "not-a-picture"),
        ("a.jpg", b"MZ\x90\0 a program", "not-a-picture"),
        ("a.exe", drawn(), "ending"),
        ("a.jpg.html", drawn(), "ending"),
        ("a.jpg", drawn()[:200], "broken"),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 300, "broken"),
        ("a.png", bomb(60_000, 60_000), "too-wide"),
        ("a.png", bomb(6_000, 6_000), "too-wide"),
        ("a.png", bomb(500, 500), "broken"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(name, data, code):
    assert code_of(name, data) == code


@settings(max_examples=200, deadline=None)
@given(
    start=st.sampled_from([b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "]),
    rest=st.binary(max_size=400),
)
def test_any_bytes_are_a_picture_or_a_refusal(start, rest):
    try:
        clean_picture("a.jpg", start + rest)
    except Refused as stop:
        assert stop.refusal.code
