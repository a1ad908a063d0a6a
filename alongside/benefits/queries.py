"""What a person wishes about money, whether a plan goes over it, and the letter to an office."""

from alongside.benefits.models import AskFirst, Ceiling
from alongside.benefits.states import KIND, WEEK_DAYS, Letter, LetterFacts, Over, Stretch, Sum
from alongside.calculations import benefits, papers, periods
from alongside.calculations.money import pounds

__all__ = [
    "LetterFacts",
    "Sum",
    "about_me",
    "asks_first",
    "ceilings_of",
    "letter",
    "letter_pdf",
    "over_ceiling",
    "stretch_words",
]
IN_STRETCH = {Stretch.WEEK: "in the week", Stretch.MONTH: "in the month", Stretch.OWN_MONTH: "in your month"}


def ceilings_of(person):
    """The person's own ceilings, in the order in which they set them. Show them to nobody else."""
    return Ceiling.objects.filter(person=person).order_by("set_at", "pk") if person else Ceiling.objects.none()


def asks_first(person):
    """Whether the person wants to be asked before an offer with money is written for them."""
    return AskFirst.objects.filter(person=person).exists()


def over_ceiling(person, planned, *, on=None):
    """Where the plan goes over what the person set: list of Over, in order of days. Show it to nobody else.

    planned: (date, pence) of all that they would get then: paid, promised and the new. on: only stretches that hold
    this day. One query, and none when nothing is planned.
    """
    if not planned:
        return []
    found = [each for ceiling in ceilings_of(person) for each in _over(ceiling, planned)]
    if on is not None:
        found = [each for each in found if each.from_on <= on < each.to_on]
    return sorted(found, key=lambda each: (each.from_on, each.to_on, each.limit_pence))


def _over(ceiling, planned):
    for span, pence in periods.sums(KIND[ceiling.stretch], planned, ceiling.start):
        if pence > ceiling.pence:
            yield Over(_over_words(ceiling, span, pence), ceiling.pence, pence, span.from_on, span.to_on)


def _over_words(ceiling, span, pence):
    days = f"from {benefits.long_day(span.from_on)} to {benefits.long_day(span.last)}"
    named = f" and called it “{ceiling.words.rstrip('.')}”" if ceiling.words else ""
    return (
        f"This would make {pounds(pence)} {IN_STRETCH[ceiling.stretch]} {days}. You set {pounds(ceiling.pence)}{named}."
    )


def stretch_words(ceiling):
    """For how long a ceiling counts: "in a week that begins on Monday"."""
    if ceiling.stretch == Stretch.WEEK:
        return f"in a week that begins on {WEEK_DAYS[ceiling.start]}"
    if ceiling.stretch == Stretch.OWN_MONTH:
        return f"in a month that begins on day {ceiling.start}"
    return "in a month of the calendar"


def about_me(person):
    """What this room holds about a person, for their own record."""
    rows = [
        {"at most": each.pence, "counted": stretch_words(each), "my words": each.words, "on": each.set_at}
        for each in ceilings_of(person)
    ]
    first = [{"since": each.since} for each in AskFirst.objects.filter(person=person)]
    return {"ceilings I set for money": rows, "ask me before an offer with money": first}


def letter(person, facts):
    """The letter to an office, from facts given: what is shown is what is printed. Nothing is kept or sent.

    person: whose letter it is, or None for a line to write the name on. facts: LetterFacts.
    """
    words = benefits.letter_words(facts.country)
    name = person.shown_name if person else "…………………………………………"
    paid = facts.sums or facts.lines
    paragraphs = [
        words.opening,
        f"The organisation that invites me is {facts.organisation}.",
        f"What I do: {facts.activity}",
    ]
    paragraphs += [words.not_a_job] if facts.not_employment else []
    paragraphs += [words.may_stop, words.money if paid else words.no_money]
    return Letter(
        title=words.title,
        sender=(name,),
        to=(words.to,),
        day=benefits.long_day(facts.on),
        greeting=words.greeting,
        paragraphs=tuple(paragraphs),
        facts=_facts(facts),
        after=(*_guidance(words), words.please),
        closing=(words.closing, name),
        foot=words.foot,
    )


def letter_pdf(letter):
    """The letter as a tagged PDF. Raises papers.CannotSet, in plain words, when it cannot be set."""
    return papers.pdf("letter", {name: getattr(letter, name) for name in Letter.__dataclass_fields__})


def _facts(facts):
    sums = [(benefits.long_day(each.on), _sum_words(each)) for each in facts.sums]
    typed = [(f"Payment {number}", line) for number, line in enumerate(facts.lines, start=1)]
    costs = [(f"Costs paid back, {benefits.long_day(each.on)}", _sum_words(each)) for each in facts.costs]
    return tuple(sums + typed + costs)


def _sum_words(each):
    return " ".join(filter(None, [benefits.money(each.pence, each.currency), each.words and f"for {each.words}"]))


def _guidance(words):
    return ("The guidance that I know of:\n" + "\n".join(words.guidance),) if words.guidance else ()
