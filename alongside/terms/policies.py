"""What the records already know about how an organisation pays, in sentences to start from; and sums of a plan.

Nothing here writes. A sentence is offered, never taken by itself: the words of a policy are the organisation's own.
"""

from dataclasses import dataclass

from alongside.calculations import content, small_numbers
from alongside.calculations.money import pounds
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.rates import queries as rates
from alongside.terms.states import CHECKLIST, MANY_SAID, Paid


def points():
    """The points of a payment policy, in their order: content.Point with id and words."""
    return content.checklist(CHECKLIST).points


def known(organisation, on):
    """{point id: sentences} of what the records of an organisation say on a day. A point they say nothing of is left out."""
    lines = list(rates.rates_on(organisation, on))
    card = lines[0].card if lines else None
    said = {
        "amount-first": _amounts(card, lines, on),
        "hidden-hours": _hours(card, lines),
        "methods": _methods(),
        "when": f"The money is sent within {organisation.promise_days} working days of the work. Every offer says the day. "
        "Money that is late is listed with whose turn it is.",
        "advances": "You can choose to get your costs before the day, or ask us to pay the company.",
        "decline": "You can say no, take less, take it later or give it away, until it is approved. Nothing else changes. "
        "You can set a most for a week or a month that only you see; we warn you before it is passed.",
        "vouchers": "A voucher is never chosen for you. You name the shop.",
        "benefits": _benefits(organisation),
        "data": "We keep nothing about your benefits. Records of money are kept as long as the law asks.",
        "approval": _approval(organisation),
    }
    return {name: words for name, words in said.items() if words}


def _amounts(card, lines, on):
    if not card:
        return ""
    paid = "; ".join(f"{rates.name_of(line)} {pounds(line.pence)} ({line.get_unit_display()})" for line in lines)
    below = [line.words for line in lines if getattr(rates.line_beside_wage(line, on), "below", False)]
    under = f" Less than the living wage for each real hour: {', '.join(below)}." if below else ""
    return f"Our rate card, version {card.version}: {paid}.{under} No advert goes out without its pay."


def _hours(card, lines):
    if not card:
        return ""
    inside = [line.words for line in lines if line.prepared]
    ready = f" Getting ready is in the amount already for: {', '.join(inside)}." if inside else ""
    return f"Getting ready, talking afterwards and resting are paid like the work.{ready} {card.words}".strip()


def _methods():
    ways = ", ".join(f"{each.words[0].lower()}{each.words[1:]}" for each in content.payment_methods())
    return f"You choose for each offer: {ways}. You can change it until it is approved."


def _benefits(organisation):
    said = initiatives.proposed_benefit_line(organisation)
    return f"{said} You can print a letter to take along." if said else ""


def _approval(organisation):
    held = {duty.kind for duty in organisations.duty_holders(organisation, DutyKind.APPROVER, DutyKind.PAYER)}
    if held != {DutyKind.APPROVER, DutyKind.PAYER}:
        return ""
    return "One person approves the money and another sends it. Nobody approves money to themselves."


@dataclass(frozen=True)
class Planned:
    """One line of a plan with its sums, in whole pence. how: the sentence that explains the pay of one person."""

    line: object
    how: str
    work: int
    costs: int

    @property
    def whole(self):
        return self.work + self.costs


def planned(line):
    """What one BudgetLine comes to: everybody's pay and everybody's costs."""
    heads = line.people * line.times
    if line.rate_id is None:
        return Planned(line, "", 0, heads * line.costs_pence)
    pence, how = rates.pay_for(line.rate, work=line.minutes)
    return Planned(line, how, heads * pence, heads * line.costs_pence)


ALL_WHO_SAID = "People who said it"


def shown_of(answers, few):
    """What a table may read of these answers: pairs of words and a rounded number or "too few to show"; [] when too few did.

    few: the organisation's own floor. One table with one total, all of it rounded to five, so that nothing is
    worked out by taking one number from another. Every way stands there, whether anybody said it or not.
    """
    k = max(MANY_SAID, small_numbers.K_OUTSIDE, few)
    if len(answers) < k:
        return []
    counts = {way.label: answers.count(way) for way in Paid}
    found = [[words, _rounded(count)] for words, count in small_numbers.shown_table(counts, k).items()]
    return [*found, [ALL_WHO_SAID, small_numbers.rounded5(len(answers))]]


def _rounded(count):
    return count if count == small_numbers.TOO_FEW else small_numbers.rounded5(count)
