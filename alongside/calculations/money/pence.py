"""Between what people type and whole pence."""

import re

from alongside.refusals import Refusal, Refused

MOST_PENCE = 100_000_000  # a million pounds: more than that in one box is a slip
_POUNDS = re.compile(r"£?(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]{1,2}))?")
_PENCE = re.compile(r"(?P<pence>[0-9]+)p", re.IGNORECASE)
_EXAMPLE = "Write it like 12.50 or £12.50."


def pounds_to_pence(text):
    """Whole pence for an amount as people type it: 12, 12.5, £12.50, 1,200.00, 50p.

    Raises Refused, in words, for an empty box, words, a minus sign, a comma for the pence, part of a penny,
    or more than a million pounds.
    """
    written = re.sub(r"\s", "", str(text))
    if not written:
        raise _refused("empty", "There is no amount here.")
    if match := _PENCE.fullmatch(written):
        return _not_too_much(match["pence"])
    if match := _POUNDS.fullmatch(written):
        return _not_too_much(match["pounds"].replace(",", "") + (match["pence"] or "").ljust(2, "0"))
    raise _why_not_an_amount(written)


def pounds(pence):
    """The words for an amount: 1250 gives £12.50, -5 gives -£0.05."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{rest:02d}"


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
        raise _refused("too-much", "This is more than a million pounds.", "Please check the amount.")
    return int(digits)


def _why_not_an_amount(written):
    if written.startswith(("-", "−", "£-", "(")):
        return _refused("negative", "An amount cannot be less than nothing.")
    if re.fullmatch(r"£?[0-9]+,[0-9]{1,2}", written):
        return _refused("comma", "Pence come after a full stop, not after a comma.")
    if re.fullmatch(r"£?[0-9,]*\.[0-9]{3,}", written):
        return _refused("part-penny", "We cannot pay part of a penny: give two figures after the full stop.")
    return _refused("not-an-amount", "We could not read this as an amount of money.")


def _refused(code, words, help=_EXAMPLE):
    return Refused(Refusal(f"amount-{code}", words, help))
