"""What one cell says: clean text, a day, an e-mail address, a phone number."""

import re
import unicodedata
from datetime import date, timedelta

# Marks that turn the direction of writing: in a name they can make one person look like another.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])
_NOTHING = {"", "-", "--", "?", "n/a", "unknown", "not known", "tbc", "tba"}
_NOTHING_BUT_MAY_BE_A_NAME = {"na", "none", "nil"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_IN_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_DAY_WORD = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?([a-z]{3,9})\.?[-/., ]*([0-9]{4}|[0-9]{2})")
_WORD_DAY = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? +")
_TIME = re.compile(r"[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]m)?z?$")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_EXCEL_START = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1920, 2100
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>()\[\],;:\"\\.]+)+")


def clean(text):
    """Text without control and direction marks, with plain single spaces, in one spelling of accents."""
    text = str(text)
    if text.isascii() and text.isprintable():  # most cells; the long way gives the same
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text).translate(_TURNING)
    text = "".join(" " if unicodedata.category(letter) in ("Cc", "Zs", "Zl", "Zp", "Cs") else letter for letter in text)
    return " ".join(text.split())


def filled(text, *, may_be_name=False):
    """The clean text of a cell, or "" when it only says that there is nothing (-, n/a, unknown).

    may_be_name: somebody may be called Na or Nil, so that such words stay.
    """
    text = clean(text)
    nothing = _NOTHING if may_be_name else _NOTHING | _NOTHING_BUT_MAY_BE_A_NAME
    return "" if text.casefold() in nothing else text


def read_day(text):
    """Return (date, remark) for a day as people write it, or (None, why not).

    Reads 31/12/2026, 31-12-26, 2026-12-31, 31 Dec 2026, Dec 31, 2026 and Excel's day numbers. A date like 03/04/2026 is
    read day first, and the remark says so. Years of two figures are of this century.
    """
    written = clean(text)
    plain = _TIME.sub("", _WEEKDAY.sub("", written.casefold()))
    if match := _YEAR_FIRST.fullmatch(plain):
        return _day(written, *match.groups())
    if match := _DAY_FIRST.fullmatch(plain):
        return _day_first(written, *match.groups())
    if match := _DAY_WORD.fullmatch(plain):
        return _day(written, match[3], _month(match[2]), match[1])
    if match := _WORD_DAY.fullmatch(plain):
        return _day(written, match[3], _month(match[1]), match[2])
    if match := _SERIAL.fullmatch(plain):
        return _checked(written, _EXCEL_START + timedelta(days=int(match[1])))
    return None, _not_a_day(written)


def read_mail(text):
    """Return (address, remark), or (None, why not). The first counts when a cell holds several."""
    written = clean(text)
    plain = re.sub(r"(?i)mailto:", "", written)
    if match := re.search(r"<([^<>]*@[^<>]*)>", plain):
        plain = match[1].strip()
    first, *more = [part for part in re.split(r"[;,/]\s*|\s+(?:or|and|&)\s+|\s+", plain) if part] or [""]
    if len(first) > 254 or not _MAIL.fullmatch(first):
        return None, f"“{_short(written)}” is not like an e-mail address."
    if more and any("@" not in part for part in more):
        return None, f"“{_short(written)}” is not only an e-mail address."
    return first, "There are several e-mail addresses; we took the first." if more else ""


def read_phone(text):
    """Return (number, remark), or (None, why not). The first counts when a cell holds several.

    A spreadsheet drops the 0 at the front of a number; ten figures that begin with 1, 2, 3 or 7 get it back.
    """
    written = clean(text)
    parts = [part for part in re.split(r"[/;,]|\bor\b", written) if part.strip()]
    number = re.sub(r"^(?:tel|phone|mob|mobile|t|m)[.:]? *", "", parts[0].strip() if parts else "", flags=re.IGNORECASE)
    number = re.sub(r"\([^)0-9]*\)|\.0$", "", number.replace("(0)", "")).strip()
    figures = re.sub(r"[^0-9]", "", number)
    if re.search(r"[^0-9 +().\-]", number) or not 7 <= len(figures) <= 15 or "+" in number[1:]:
        return None, f"“{_short(written)}” is not like a phone number."
    if re.fullmatch(r"[1237][0-9]{9}", number):
        return f"0{number}", "The phone number had lost the 0 at its front; we put it back."
    return number, "There are several phone numbers; we took the first." if len(parts) > 1 else ""


def _day_first(written, day, month, year):
    if int(month) > 12 and int(day) <= 12:
        return None, f"“{_short(written)}” is not a date we can read: we read the day first, and no month is {month}."
    found, remark = _day(written, year, month, day)
    if found and int(day) <= 12 and int(day) != int(month):
        return found, f"We read {_short(written)} day first, as {in_words(found)}."
    return found, remark


def _day(written, year, month, day):
    year = int(year) + (2000 if len(str(year)) == 2 else 0)
    try:
        return _checked(written, date(year, int(month), int(day)))
    except ValueError:
        return None, _not_a_day(written)


def _checked(written, found):
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return None, f"“{_short(written)}” is a day in {found.year}, which cannot be right."
    return found, ""


def _month(word):
    """1 to 12 for a month in English, whole or by its first three letters; 0 for any other word."""
    if word in _MONTHS_IN_FULL:
        return _MONTHS_IN_FULL.index(word) + 1
    word = "sep" if word == "sept" else word
    return _MONTHS.index(word) + 1 if word in _MONTHS else 0


def in_words(day):
    """A date in full: 3 April 2026."""
    return f"{day.day} {_MONTHS_IN_FULL[day.month - 1].title()} {day.year}"


def _not_a_day(written):
    return f"“{_short(written)}” is not a date we can read. Write it like 31/12/2026."


def _short(text):
    return text if len(text) <= 60 else f"{text[:57]}..."
