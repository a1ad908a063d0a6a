"""The one currency of a site, and how each currency that we know is written. This is the only place that knows signs.

Amounts are whole hundredths everywhere, and called pence in the code whatever the currency; one site keeps one
currency, so that two never meet in one book (docs/decisions/0013-one-currency.md).
"""

import re
from dataclasses import dataclass

from alongside.refusals import Refusal, Refused


@dataclass(frozen=True)
class Currency:
    """How people write a currency: its sign, one and many of the whole, one of its hundredths, and their letter."""

    code: str
    sign: str
    one: str
    many: str
    part: str
    parts: str
    letter: str

    def typed(self):
        """What may stand before or after the figures of a whole amount, in small letters."""
        return {self.sign, self.code.lower(), self.one, f"{self.one}s", self.many.lower()}

    def typed_parts(self):
        """What may stand after the figures of hundredths, in small letters."""
        return {self.letter, self.part, self.parts}


KNOWN = {
    each.code: each
    for each in (
        Currency("GBP", "£", "pound", "pounds", "penny", "pence", "p"),
        Currency("EUR", "€", "euro", "euro", "cent", "cents", "c"),
        Currency("CAD", "$", "dollar", "Canadian dollars", "cent", "cents", "c"),
        Currency("NZD", "$", "dollar", "New Zealand dollars", "cent", "cents", "c"),
        Currency("AUD", "$", "dollar", "Australian dollars", "cent", "cents", "c"),
    )
}
PAYABLE = ("GBP", "EUR")  # those whose files banks take from us
SIGNS = "".join(sorted({each.sign for each in KNOWN.values()}))
_site = KNOWN["GBP"]


def use(code):
    """Keep this currency from now on; asked once, at the start. Raises ValueError in words for one that is unknown."""
    global _site  # one currency a process, as one time zone
    if code not in KNOWN:
        raise ValueError(f"We know no currency {code or 'without a name'}. Known are: {', '.join(KNOWN)}.")
    _site = KNOWN[code]


def currency():
    """The Currency that this site keeps."""
    return _site


def code():
    """The three letters of the currency that this site keeps, for a table's default."""
    return _site.code


def amount(pence, code):
    """The words for an amount in a currency: 1250 in EUR gives €12.50; one without a sign stands by its letters."""
    minus = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    sign = KNOWN[code].sign if code in KNOWN else f"{code} "
    return f"{minus}{sign}{whole:,}.{rest:02d}"


def pounds(pence):
    """The words for an amount in the site's currency: 1250 gives £12.50, -5 gives -£0.05.

    Named after the first currency that we kept; where a site keeps euro it gives €12.50.
    """
    return amount(pence, _site.code)


def bare(text, kept=None):
    """What was typed as an amount, without the sign or name before or after it; `50p` gives `0.50`.

    kept: the Currency in which it is asked; the site's own by default. Raises Refused when another one is named.
    """
    kept = kept or _site
    written = " ".join(text.lower().split())
    named = re.sub(r"[0-9.,()\-\u2212]", "", written).strip()
    if named in kept.typed():
        return re.sub(rf"^(-?) ?{re.escape(named)} ?| ?{re.escape(named)}$", r"\1", written, count=1)
    if named in kept.typed_parts() and (found := re.fullmatch(r"([0-9]{1,11}) ?[a-z]+", written)):
        return f"{int(found[1]) // 100}.{int(found[1]) % 100:02d}"
    if named and any(named in each.typed() | each.typed_parts() for each in KNOWN.values() if each != kept):
        raise Refused(other(kept))
    return written


def other(kept=None):
    """The Refusal for an amount that names another currency than the one that is kept."""
    kept = kept or _site
    return Refusal("amount-currency", f"We keep {kept.many} here.", f"Write it like {amount(1250, kept.code)}.")
