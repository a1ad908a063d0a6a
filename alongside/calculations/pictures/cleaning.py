"""Look before decoding, decode small, draw again, throw the old file away.

What a camera writes beside the pixels (where it was, when, whose phone) is not filtered: nothing of the old file but
its pixels goes into the new one. The way up is turned into the pixels first, because it stood in what is thrown away.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from alongside.refusals import Refusal, Refused

MOST_BYTES = 12_000_000  # of what is sent: a phone's largest ordinary picture
MOST_SIDE = 1600  # of what is kept: small print stays readable
KEPT_BYTES = 600_000
MOST_PIXELS = {"JPEG": 52_000_000, "MPO": 52_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
QUALITIES = (82, 70, 55, 40)
ANOTHER_WAY = "Take a picture of it with your phone’s camera, or make a screenshot, and send that."
HEIC = Refusal(
    "heic",
    "This is a HEIC picture, which we cannot open.",
    "Make a screenshot of it and send that, or set your camera to “most compatible”.",
)
PDF = Refusal("pdf", "This is a PDF paper, not a picture.", ANOTHER_WAY)
NOT_A_PICTURE = Refusal("not-a-picture", "This is not a picture that we can open.", ANOTHER_WAY)
BROKEN = Refusal("broken", "This picture did not arrive whole.", "Send it once more.")
TOO_BIG = Refusal("too-big", "This file is bigger than 12 megabytes.", ANOTHER_WAY)
TOO_WIDE = Refusal("too-wide", "This picture has far too many dots to open it safely.", ANOTHER_WAY)
EMPTY = Refusal("empty", "This file is empty.", "Choose another one.")
# The first bytes by which a file says what it is, whatever its name says.
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


@dataclass(frozen=True)
class CleanPicture:
    """A picture as it is kept: JPEG bytes with nothing beside the pixels; its size in dots."""

    data: bytes
    width: int
    height: int


def clean_picture(name, data):
    """The CleanPicture of what was sent. Raises Refused: empty, too-big, pdf, heic, not-a-picture, ending, broken, too-wide.

    name: the file's name as it came, of which only the ending is looked at. data: all its bytes.
    """
    _refuse_unlooked(name, data)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _redrawn(data)
        except Refused:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise Refused(TOO_WIDE) from bomb
        except Exception as fault:  # the decoder meets bytes that anybody may send, and fails in many ways
            raise Refused(BROKEN) from fault


def _refuse_unlooked(name, data):
    """Refuse what its size, its first bytes or its name give away, before anything is decoded."""
    if not data:
        raise Refused(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(TOO_BIG)
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise Refused(PDF)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise Refused(HEIC)
    if not data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) and not (
        data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    ):
        raise Refused(NOT_A_PICTURE)
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if ending and ending not in ENDINGS:
        raise Refused(
            Refusal("ending", f"The name of this file ends in {ending[:12]}, which is not a picture.", ANOTHER_WAY)
        )


def _redrawn(data):
    picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    if picture.width * picture.height > MOST_PIXELS.get(picture.format, 0):
        raise Refused(TOO_WIDE)
    picture.draft("RGB", (MOST_SIDE, MOST_SIDE))  # a JPEG is decoded at a fraction of its size
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright = _on_white(upright)
    upright.thumbnail((MOST_SIDE, MOST_SIDE))
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())  # pixels, and nothing that came with them
    return CleanPicture(_small_enough(bare), bare.width, bare.height)


def _on_white(picture):
    """The picture without see-through parts, in plain colours."""
    if picture.mode in {"RGB", "L"}:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("RGB")


def _small_enough(picture):
    """JPEG bytes of at most KEPT_BYTES where that can be had, else of the lowest quality."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= KEPT_BYTES:
            break
    return out.getvalue()
