"""Between what people type and whole pence."""

import re

from alongside.calculations.money.currencies import bare, currency, pounds
from alongside.refusals import Refusal, Refused

MOST_PENCE = 100_000_000  # a million: more than that in one box is a slip
_AMOUNT = re.compile(r"(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]{1,2}))?")


def pounds_to_pence(text):
    """Whole pence for an amount as people type it: 12, 12.5, £12.50, 1,200.00, 50p; with the site's own sign.

    Raises Refused, in words, for an empty box, words, a minus sign, a comma for the pence, part of a penny,
    another currency, or more than a million.
    """
    written = re.sub(r"\s", "", str(text))
    if not written:
        raise _refused("empty", "There is no amount here.")
    written = bare(written)
    if match := _AMOUNT.fullmatch(written):
        return _not_too_much(match["pounds"].replace(",", "") + (match["pence"] or "").ljust(2, "0"))
    raise _why_not_an_amount(written)


def share(pence, parts):
    """Split an amount into whole pence that add up to it again, to the penny.

    parts: how many equal parts, or a list of weights (whole numbers, not all zero). Left-over pennies go to
    those whose exact part was cut most, the first of them first.
    Raises ValueError for a negative amount, no parts, or weights that cannot be.
    """
    weights = [1] * parts if isinstance(parts, int) else list(parts)
    total = sum(weights)
    if pence < 0 or total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError(f"Cannot share {pence} pence into {parts!r}")
    whole = [pence * weight // total for weight in weights]
    most_cut = sorted(range(len(weights)), key=lambda place: -(pence * weights[place] % total))
    for place in most_cut[: pence - sum(whole)]:
        whole[place] += 1
    return whole


def _not_too_much(digits):
    if len(digits.lstrip("0")) > len(str(MOST_PENCE)) or int(digits) > MOST_PENCE:
        raise _refused("too-much", f"This is more than a million {currency().many}.", "Please check the amount.")
    return int(digits)


def _why_not_an_amount(written):
    if written.startswith(("-", "−", "(")):
        return _refused("negative", "An amount cannot be less than nothing.")
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", written):
        return _refused("comma", f"{currency().parts.capitalize()} come after a full stop, not after a comma.")
    if re.fullmatch(r"[0-9,]*\.[0-9]{3,}", written):
        return _refused(
            "part-penny", f"We cannot pay part of a {currency().part}: give two figures after the full stop."
        )
    return _refused("not-an-amount", "We could not read this as an amount of money.")


def _refused(code, words, help=""):
    return Refused(Refusal(f"amount-{code}", words, help or f"Write it like 12.50 or {pounds(1250)}."))
