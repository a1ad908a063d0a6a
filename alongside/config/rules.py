"""The word `alongside rules`: what is known about money and benefits, as data and as lines. Nothing is kept."""

from datetime import date
from pathlib import Path

from django.core.management.base import CommandError

from alongside.calculations import benefits
from alongside.calculations.content import ContentError
from alongside.calculations.content.rule_shapes import CONFIDENCE

WEEK_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALWAYS = "We keep nothing of this. Nobody at a benefits office has checked it. Ask before you decide."
AGREEMENT = {"sources_disagree": "Sources disagree.", "not_established": "This is not certain."}


def add_words(parser):
    """The options of the word."""
    places = ", ".join(benefits.JURISDICTIONS)
    parser.add_argument("--jurisdiction", required=True, metavar="PLACE", help=f"one of {places}")
    parser.add_argument(
        "--scheme", metavar="BENEFIT", help="its short name, such as UC, ESA or ODSP; all when left out"
    )
    parser.add_argument("--on", type=_day, metavar="DATE", help="the figures of which day, such as 2026-11-22 (today)")
    parser.add_argument(
        "--payments", type=Path, metavar="FILE", help="CSV or JSON: date, amount, currency, method, earned"
    )
    parser.add_argument("--day", type=int, choices=range(1, 32), metavar="1-31", help="on which your own month begins")
    parser.add_argument("--week-day", choices=WEEK_DAYS, help="on which your week begins")
    parser.add_argument("--since", type=_day, metavar="DATE", help="the first day of the benefit")


def look(options, today):
    """(data, lines) of a look-up, or of everything known when there are no payments. Raises CommandError in words."""
    on = options.on or today
    place = options.jurisdiction.upper()
    try:
        known = benefits.rules_of(place, options.scheme)
        if not options.payments:
            return _known(place, known, on)
        if not options.scheme:
            raise CommandError("Say which benefit the payments are held against, for example --scheme UC.")
        return _answers(place, options, known, on)
    except (ContentError, benefits.PaymentsError) as stop:
        raise CommandError(str(stop)) from None


def _answers(place, options, known, on):
    text = options.payments.read_text(encoding="utf-8-sig", errors="replace")
    payments = benefits.read_payments(text, currency=benefits.currency_of(place), name=options.payments.name.lower())
    week_day = WEEK_DAYS.index(options.week_day) if options.week_day else None
    asked = benefits.Asked(payments, day=options.day, week_day=week_day, since=options.since)
    answers = benefits.look_up(place, options.scheme, asked)
    also = benefits.told(place, options.scheme)
    ask = benefits.advice(known)
    data = _head(place, options.scheme, on) | {
        "answers": [_answer(each) for each in answers],
        "also": [_told(rule, on) for rule in also],
        "ask": [{"words": each.words, "where": each.where} for each in ask],
        "marks": CONFIDENCE,
    }
    lines = [_title(place, options.scheme), ""]
    for each in answers:
        lines += [
            _named(each.rule),
            f"  {benefits.STATUS_WORDS[each.status]}.",
            *(f"  {words}" for words in each.words + each.notes),
        ]
        late = benefits.late(each.rule, on)
        lines += [f"  {each.rule.say}", *([f"  {late}"] if late else []), *_source_lines(each.rule), ""]
    lines += ["Also:", *(f"  {_said(rule)}" for rule in also), "", *_asking(ask)]
    return data, lines


def _known(place, known, on):
    lines = [_title(place, None), ""]
    for rule in known:
        lines += [f"{rule.scheme}: {_named(rule)}", f"  {_said(rule)}"]
        lines += [f"  {words}" for words in [_figure_words(rule, on)] if words]
        lines += [*_source_lines(rule), ""]
    data = _head(place, None, on) | {"rules": [_told(rule, on) for rule in known], "marks": CONFIDENCE}
    return data, [*lines, *_asking(benefits.advice(known))]


def _head(place, scheme, on):
    return {"jurisdiction": place, "scheme": scheme and scheme.upper(), "on": on.isoformat(), "note": ALWAYS}


def _answer(each):
    return {
        "rule": each.rule.id,
        "for_whom": each.rule.for_whom,
        "status": each.status,
        "words": list(each.words),
        "notes": list(each.notes),
        "say": each.rule.say,
        "read_again_by": each.rule.review_by.isoformat(),
        "agreement": each.rule.agreement,
        "least_sure": benefits.least_sure(each.rule),
        "sources": _sources(each.rule),
        "stretches": [_stretch(spell) for spell in each.spells],
    }


def _stretch(spell):
    return {
        "from": spell.span.from_on.isoformat(),
        "last": spell.span.last.isoformat(),
        "pence": spell.pence,
        "limit": spell.limit,
        "status": spell.status,
    }


def _told(rule, on):
    figure = rule.figure(on)
    return {
        "rule": rule.id,
        "scheme": rule.scheme,
        "words": rule.words,
        "say": rule.say,
        "agreement": rule.agreement,
        "limit": figure and figure.limit,
        "currency": rule.currency,
        "period": rule.period,
        "sources": _sources(rule),
    }


def _sources(rule):
    return [
        {"says": each.says, "title": each.title, "dated": each.dated, "confidence": each.confidence}
        for each in rule.positions
    ]


def _source_lines(rule):
    return [f"  Source {each.confidence} ({CONFIDENCE[each.confidence]}): {each.title}" for each in rule.positions]


def _figure_words(rule, on):
    if not rule.periods:
        return ""
    figure = rule.figure(on)
    if figure is None:
        return "We do not have this year's figure."
    return f"On {benefits.long_day(on)} the limit is {benefits.money(figure.limit, rule.currency)}."


def _named(rule):
    return f"{rule.words} ({rule.for_whom[0].lower()}{rule.for_whom[1:]})" if rule.for_whom else rule.words


def _said(rule):
    return " ".join(filter(None, [AGREEMENT.get(rule.agreement), rule.say]))


def _title(place, scheme):
    words = benefits.JURISDICTIONS[place]
    return f"{benefits.scheme(place, scheme).words}, {words}" if scheme else f"Money and benefits, {words}"


def _asking(ask):
    return ["Ask:", *(f"  {': '.join(filter(None, [each.words, each.where]))}" for each in ask), "", ALWAYS]


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no day. Write it like 2026-11-22.") from None
