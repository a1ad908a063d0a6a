"""The part of the self-check about facts: do figures, helping lines and days off still hold, and what is to be done?"""

from datetime import timedelta

from alongside.calculations import benefits, content
from alongside.contributions import queries as contributions
from alongside.design.states import day_words
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.safety.queries import COUNTRIES

SOON = timedelta(days=60)
OF_CONTENT = "They stand in the folder content of this version; a newer version may have them, or tell its makers."


def out_of_date(on):
    """(about, ids, words for an operator) of each kind of fact of which something does not hold on a day any more."""
    kinds = [
        ("benefit rules", [rule.id for rule in benefits.overdue(on)], "Read their sources again. Pages say it too."),
        ("rates", [*_run_out(content.rate_cards(), on), *_run_out(content.mileage_rates(), on)], "Write this year's."),
        ("helping lines", _too_old(on), "They are not shown. Ring each number, then write the day."),
        ("payment areas", [one.id for one in content.payment_areas() if one.review_by <= on], "Read the list again."),
        ("bank holidays", [one.id for one in content.bank_holidays() if one.review_by <= on], "Read the list again."),
    ]
    return [
        (about, ids, f"{_many(ids)} out of date: {', '.join(ids)}. {help} {OF_CONTENT}")
        for about, ids, help in kinds
        if ids
    ]


def _many(ids):
    return "1 is" if len(ids) == 1 else f"{len(ids)} are"


def _run_out(entries, on):
    """Rates whose last figures ended, or that somebody should have read again by now."""
    return [one.id for one in entries if one.review_by <= on or (one.periods[-1].to_on or on + SOON) <= on]


def _too_old(on):
    return [line.id for country, _ in COUNTRIES for line in content.signposts_expired(country, on=on)]


def days_off(at):
    """(organisation's name, words) of each organisation whose days off end too soon for what it promises."""
    last, promised = ledger.last_days_off(), contributions.last_promised()
    for each in organisations.every():
        on = organisations.local_day(each, at)
        needed = max(on + SOON, promised.get(each.pk, on))
        if each.pk not in last:
            yield (
                each.name,
                f"{each.name} has no days off written down, so bank holidays count as working days. {_HELP}",
            )
        elif last[each.pk] < needed:
            until = day_words(last[each.pk])
            words = (
                f"{each.name} has no day off written down after {until}, and promises money until {day_words(needed)}."
            )
            yield each.name, f"{words} Bank holidays after that count as working days. {_HELP}"


_HELP = "Somebody who keeps its funds opens Funds, then Days off, then: Put in the bank holidays of a year."
