"""The plain sentences of a look-up. They say what was written and what it was held against; never what is lost."""

from alongside.calculations import periods
from alongside.calculations.benefits import known
from alongside.calculations.benefits.asked import NEAR, OVER, UNKNOWN, WELL_UNDER
from alongside.calculations.benefits.days import MONTHS, long_day
from alongside.calculations.benefits.money import money
from alongside.calculations.content.rule_shapes import CONFIDENCE
from alongside.calculations.money import KNOWN

SIDE = {WELL_UNDER: "well under", NEAR: "near", OVER: "over"}
BASIS = {
    "gross": "The limit is for money before tax.",
    "net_of_tax_ni": "The limit is for money after tax and social insurance.",
    "net_of_tax_ni_half_pension_care": (
        "The limit is for money after tax, National Insurance, half of what you pay into a pension, and some costs of care."
    ),
    "take_home": "The limit is for what you take home.",
}
LEFT_OUT = {
    "expenses": "that pays back costs is left out",
    "donation": "that you give away is left out",
    "time_credit": "in time credits is left out",
    "voucher": "in vouchers is left out",
}
STRETCH = {"personal_month": "month", "benefit_week": "week", "week": "week"}
WAITS = {
    "start": "the day your {stretch} begins. Tell us that day and look again",
    "waiting": "since when you have had this. Tell us that day and look again",
    "counted": "how the office counts: the office may count by the day you are paid or by the day you worked",
}


def sure(rule, asked, way, certain):
    """All ways come to the same. certain: whether we know where each stretch begins."""
    if not way.spells:
        words = ["Nothing of what you wrote counts here."]
    elif certain:
        words = [line for spell in way.spells for line in _of(rule, spell)]
    else:
        words = [_whichever(rule, way)]
    return tuple(words + _left_out(rule, asked) + _ours(rule, way))


def disputed(rule):
    """Vouchers decide, and the sources disagree about them."""
    return ("It depends on whether vouchers count. Official advice does not agree about that. Please ask an adviser.",)


def depends(rule, on):
    """The answer turns on something that we were not told, or that the office decides."""
    reasons = [WAITS[name].format(stretch=STRETCH.get(rule.period, "month")) for name in on]
    return tuple(f"It depends on {reason}." for reason in reasons) or ("It depends on more than one thing.",)


def stretch(rule, span):
    """In which week, month or year: "in your month from 12 November 2026 to 11 December 2026"."""
    if rule.period == periods.CALENDAR_MONTH:
        return f"in {MONTHS[span.from_on.month - 1]} {span.from_on.year}"
    if rule.period == periods.TWELVE_MONTHS:
        return f"in the twelve months to {long_day(span.last)}"
    named = {"personal_month": "your month", "tax_year": "the tax year"}.get(rule.period, "the week")
    return f"in {named} from {long_day(span.from_on)} to {long_day(span.last)}"


def _of(rule, spell):
    where = stretch(rule, spell.span)
    if spell.status == UNKNOWN:
        return [f"We do not have the figure for money {where}, so we say nothing. We never use last year's."]
    amount = f"{money(spell.pence, rule.currency)} {where}"
    if spell.waiting:
        return [f"{amount}. In your first {rule.wait_months} months all of it counts."]
    if not spell.limit:
        return [f"{amount}. All of it counts, from the first {KNOWN[rule.currency].one}."]
    return [f"{amount}. That is {SIDE[spell.status]} {money(spell.limit, rule.currency)}.", *_slices(rule, spell)]


def _slices(rule, spell):
    """For an amount over the first part: what happens to each part of it, up to the one it reaches."""
    words, below = [], 0
    for each in spell.figure.slices if spell.status == OVER else ():
        if below >= spell.pence:
            break
        words.append(_slice(rule, each, below))
        below = each.up_to or spell.pence
    return words


def _slice(rule, each, below):
    if not below:
        return f"The first {money(each.up_to, rule.currency)} {each.words}."
    if each.up_to is None:
        return f"The part above {money(below, rule.currency)} {each.words}."
    return f"The part from {money(below, rule.currency)} to {money(each.up_to, rule.currency)} {each.words}."


def _whichever(rule, way):
    if way.status == UNKNOWN:
        return "We do not have the figure for all of this time, so we say nothing. We never use last year's."
    name = STRETCH[rule.period]
    limits = sorted({spell.limit for spell in way.spells if spell.limit is not None})
    if limits == [0]:
        return f"Whichever day your {name} begins, all of it counts, from the first {KNOWN[rule.currency].one}."
    names = " or ".join(money(limit, rule.currency) for limit in limits)
    side = {OVER: f"at least one {name} is over", NEAR: f"at least one {name} is near"}.get(
        way.status, f"each {name} is well under"
    )
    part = " For part of the time we do not have the figure." if _unknown(way) else ""
    return f"Whichever day your {name} begins, {side} {names}.{part}"


def _unknown(way):
    return any(spell.limit is None for spell in way.spells)


def _left_out(rule, asked):
    counted = {*rule.applies_to, *rule.disputed}
    sums = {}
    for each in asked.payments:
        if each.method not in counted:
            sums[each.method] = sums.get(each.method, 0) + each.pence
    return [f"{money(pence, rule.currency)} {LEFT_OUT[method]}." for method, pence in sums.items()]


def _ours(rule, way):
    if rule.formula and any(spell.figure and not spell.figure.seen for spell in way.spells):
        return [f"This limit is worked out by us and not seen in print: {rule.formula.words}."]
    return []


def source(rule):
    """What the least sure source of a rule is, in words, with its mark."""
    mark = known.least_sure(rule)
    only = len({each.confidence for each in rule.positions}) == 1
    return f"{'Where this comes from' if only else 'The least sure source of this'}: {CONFIDENCE[mark]} (mark {mark})."


def late(rule, on):
    """That the day on which somebody was to read a rule again has come; "" before it."""
    return f"This was to be read again by {long_day(rule.review_by)}, and nobody has." if rule.review_by <= on else ""


def notes(rule, way):
    """What holds for the limit: before or after tax, and whose money counts."""
    words = []
    if rule.basis in BASIS and any(spell.limit for spell in way.spells):
        words.append(f"{BASIS[rule.basis]} We held what you wrote against it just as it is.")
    if rule.unit_scope == "couple":
        words.append("If you have a partner, what they earn counts too.")
    return tuple(words)
