"""Names and references in the few letters that banks carry.

A cell that a spreadsheet would calculate (=, +, -, @ in front) cannot come out of here: whatever stands before the first
letter or figure is taken away. Nothing is put in front, because a bank would take that for a part of the name.
"""

import re
import unicodedata

ALLOWED = {"bacs": "./&-", "sepa": "/-?:().,'+"}
_WHOLE = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "’": "'", "‘": "'", "ʼ": "'",
    "–": "-", "—": "-", "‐": "-",
})  # fmt: skip
_NOT = {name: re.compile(rf"[^A-Za-z0-9 {re.escape(marks)}]") for name, marks in ALLOWED.items()}


def in_letters(text, letters, *, longest, capitals=False):
    """The text as a bank of these letters ("bacs", "sepa") can carry it, at most `longest` long; may be empty.

    Marks above letters fall away, letters of other alphabets and signs become spaces.
    """
    plain = unicodedata.normalize("NFKD", str(text).translate(_WHOLE)).translate(_WHOLE)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"/{2,}", "/", " ".join(_NOT[letters].sub(" ", plain).split()))
    plain = re.sub(r"^[^A-Za-z0-9]+", "", plain)[:longest].rstrip(" /")
    return plain.upper() if capitals else plain
