"""Which rules, benefits and places to ask are known for a country or a part of it."""

from alongside.calculations.content.files import entries
from alongside.calculations.content.rule_shapes import CONFIDENCE
from alongside.calculations.content.tables import ContentError

JURISDICTIONS = {
    "GB": "United Kingdom",
    "GB-ENG": "England",
    "GB-WLS": "Wales",
    "GB-SCT": "Scotland",
    "GB-NIR": "Northern Ireland",
    "IE": "Ireland",
    "CA-ON": "Ontario, Canada",
    "NZ": "Aotearoa New Zealand",
    "AU": "Australia",
}
ANY = "ANY"
LETTERS = {"GB": "UK", "IE": "IE", "CA": "CA", "NZ": "NZ", "AU": "AU"}


class Unknown(ContentError):
    """We know nothing of this place or benefit. The words say what is known."""


def rules_of(jurisdiction, code=None):
    """The rules that hold in a place, in order; with `code` those of one benefit and those of every benefit.

    Raises Unknown for a place or a benefit that we do not know.
    """
    wanted = {scheme(jurisdiction, code).code, ANY} if code else None
    return tuple(
        rule
        for rule in entries("benefit-rules")
        if rule.jurisdiction in _around(jurisdiction)
        and jurisdiction not in rule.not_in
        and (wanted is None or rule.scheme in wanted)
    )


def schemes_of(jurisdiction):
    """The benefits of a place, in order. One whose rules have been replaced there is left out."""
    with_rules = {rule.scheme for rule in rules_of(jurisdiction)}
    return tuple(
        each
        for each in entries("benefit-schemes")
        if each.jurisdiction in _around(jurisdiction) and each.code in with_rules
    )


def scheme(jurisdiction, code):
    """One benefit by its short name ("UC"), in capitals or not. Raises Unknown."""
    found = {each.code: each for each in schemes_of(jurisdiction)}
    if code.upper() not in found:
        names = ", ".join(f"{each.code} ({each.words})" for each in found.values())
        raise Unknown(f"We know no benefit {code} in {JURISDICTIONS[jurisdiction]}. We know {names}.")
    return found[code.upper()]


def advice(rules):
    """Where to ask, for some rules: the routes they name, each once, in order."""
    wanted = {route for rule in rules for route in rule.ask}
    return tuple(each for each in entries("advice-routes") if each.id in wanted)


def needs(rules):
    """What a look-up can use besides the payments: of "day", "week_day", "since" and "earned" what can change an answer."""
    reckoned = [rule for rule in rules if rule.periods]
    kinds = {rule.period for rule in reckoned}
    found = {"day": "personal_month" in kinds, "week_day": "benefit_week" in kinds}
    found["earned"] = any(rule.counted_on != "date_paid" for rule in reckoned)
    found["since"] = any(rule.wait_months for rule in reckoned)
    return frozenset(name for name, needed in found.items() if needed)


def country_of(jurisdiction):
    """The country of a part of it: GB-SCT gives GB."""
    return jurisdiction.split("-")[0]


def letter_words(country):
    """The sentences of the letter to the office in a country (GB, IE ...); the general ones where we know no more."""
    found = {each.country: each for each in entries("benefit-letters")}
    return found.get(LETTERS.get(country_of(country)), found["any"])


def least_sure(rule):
    """The mark of the source of a rule that is least sure: a letter of CONFIDENCE, which runs from sure to unsure."""
    return max((each.confidence for each in rule.positions), key=list(CONFIDENCE).index)


def overdue(on):
    """The rules that somebody must read again: past their day, or whose last figure has run out."""
    late = (rule for rule in entries("benefit-rules") if rule.review_by <= on or _run_out(rule, on))
    return tuple(late)


def _run_out(rule, on):
    return bool(rule.periods) and rule.figure(on) is None


def _around(jurisdiction):
    if jurisdiction not in JURISDICTIONS:
        known = ", ".join(f"{code} ({words})" for code, words in JURISDICTIONS.items())
        raise Unknown(f"We know no rules for {jurisdiction}. We know {known}.")
    return {jurisdiction, country_of(jurisdiction)}
