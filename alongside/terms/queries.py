"""Reads of payment policies and of plans. A policy is for the members, and for anybody who may read an advert."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from alongside.calculations import content, papers
from alongside.calculations.money import pounds
from alongside.calculations.sheets import safe_rows
from alongside.design.states import Line, day_words
from alongside.initiatives import queries as initiatives
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.rates import queries as rates
from alongside.terms.models import BudgetLine, Means, MeansShown, Policy, PolicyPoint, PolicyWriter, Wording
from alongside.terms.permissions import SETTING
from alongside.terms.policies import known, planned, points
from alongside.terms.states import HISTORY, NOT_SETTLED, WriterState

__all__ = ["known"]

FEW = 5  # a number about fewer people is not shown
HEADS = ("What", "People", "Times", "Minutes each", "Rate", "Pay", "Costs", "All together")


# --- who reads and writes what ---


def organisations_read_by(person):
    """Organisations whose payment policy the person may read: their own, and those that have asked with an advert."""
    asking = initiatives.adverts_visible_to(None).order_by().values("initiative__organisation")
    return organisations.every().filter(Q(pk__in=asking) | Q(pk__in=organisations.of(person).order_by().values("pk")))


def policies_read_by(person):
    """Every version of the policies that the person may read, newest first."""
    here = organisations_read_by(person).order_by().values("pk")
    return Policy.objects.filter(organisation__in=here).select_related("organisation").order_by("-pk")


def written_by(person):
    """Organisations whose payment policy the person may write."""
    return organisations.organisations_where(person, *SETTING)


# --- the policy ---


def versions_of(organisation):
    """All versions of an organisation's policy, newest first."""
    return Policy.objects.filter(organisation=organisation).select_related("organisation").order_by("-version")


def points_of(policy):
    """The points of a policy in the order in which they were asked."""
    return PolicyPoint.objects.filter(policy=policy).order_by("pk")


def names_under(policy):
    """Shown names under a policy: of those who said yes themselves, and of nobody else. By name."""
    named = PolicyWriter.objects.filter(policy=policy, state=WriterState.YES).order_by("person__shown_name", "pk")
    return list(named.values_list("person__shown_name", flat=True))


def together_words(policy, names):
    """Who wrote a policy together, in one sentence; a number of fewer than five is not given. Empty when nothing is said."""
    if names:
        return f"Written together by {', '.join(names)}{' and others' if (policy.together or 0) > len(names) else ''}."
    if not policy.together:
        return ""
    count = policy.together if policy.together >= FEW else "fewer than five"
    return f"Written together by {count} people."


def history():
    """The note on the history of unpaid work that stands beside the form."""
    return content.history(HISTORY)


def paper_of(policy):
    """A policy as data of the paper "sheet"."""
    name = policy.organisation.name
    return {
        "title": f"How we pay: {name}",
        "lead": f"Version {policy.version}. It holds from {day_words(policy.from_on, weekday=False)}, and is looked at again "
        f"on {day_words(policy.review_on, weekday=False)}.",
        "facts": [[each.asks.rstrip("."), each.words or NOT_SETTLED] for each in points_of(policy)],
        "foot": together_words(policy, names_under(policy)),
    }


def pdf_of(policy):
    """A policy as a tagged PDF. Raises papers.CannotSet, in plain words, when it cannot be set."""
    return papers.pdf("sheet", paper_of(policy))


def text_of(policy):
    """A policy as plain text, to change in any program and make one's own."""
    paper = paper_of(policy)
    said = [f"{asks}\n{words}" for asks, words in paper["facts"]]
    return "\n\n".join(filter(None, [paper["title"], paper["lead"], *said, paper["foot"]])) + "\n"


# --- writing it ---


@dataclass(frozen=True)
class Draft:
    """One point of the next policy: point, its newest Wording or None, and what the records know ("" for nothing)."""

    point: object
    wording: object
    known: str

    @property
    def words(self):
        return self.wording.words if self.wording else ""


def wordings(organisation, *, locked=False):
    """{point id: its newest Wording} of an organisation."""
    rows = Wording.objects.filter(organisation=organisation).select_related("by").order_by("pk")
    rows = rows.select_for_update(of=("self",)) if locked else rows
    return {row.point: row for row in rows}


def drafts(organisation, on):
    """Every point with what is written and what the records know on a day, in order: list of Draft."""
    written, said = wordings(organisation), known(organisation, on)
    return [Draft(each, written.get(each.id), said.get(each.id, "")) for each in points()]


def may_be_asked(organisation):
    """Persons who may be asked whether their name may stand under the policy: the members, by name."""
    return [membership.person for membership in organisations.members_of(organisation)]


def asked_of(person):
    """Where the person was asked for their name, or gave it, newest first."""
    rows = PolicyWriter.objects.filter(person=person).select_related("policy__organisation", "person")
    return rows.order_by("-asked_at", "-pk")


def today(person, on):
    """A name that was asked for; and for who leads, a policy whose day to be looked at again has come."""
    if person is None:
        return []
    asked = PolicyWriter.objects.filter(person=person, state=WriterState.ASKED).order_by("pk")
    names = asked.values_list("pk", "policy__organisation__name")
    lines = [
        Line(f"May your name stand under how {name} pays?", reverse("terms:answer", args=[pk])) for pk, name in names
    ]
    return lines + [_look_again(policy) for policy in _due(person, on)]


def _due(person, on):
    """Policies that hold on a day and whose day to be looked at again has come, where the person leads."""
    led = organisations.where_held(person, [DutyKind.LEAD])
    begun = Policy.objects.filter(organisation__in=led, from_on__lte=on).select_related("organisation")
    newest = {policy.organisation_id: policy for policy in begun.order_by("version", "pk")}
    return [policy for policy in newest.values() if policy.review_on <= on]


def _look_again(policy):
    words = f"Look again together at how {policy.organisation.name} pays"
    return Line(words, reverse("terms:draft", args=[policy.organisation_id]), by=policy.review_on)


def about_me(person):
    """What this room holds about a person, for their own record."""
    rows = [
        {
            "organisation": each.policy.organisation.name,
            "version": each.policy.version,
            "answer": each.get_state_display(),
        }
        for each in asked_of(person)
    ]
    said = Means.objects.filter(person=person).exclude(answer="").select_related("initiative").order_by("pk")
    means = [{"initiative": each.initiative.name, "what you said": each.get_answer_display()} for each in said]
    return {
        "payment policies that you helped to write": rows,
        "how you said that you are paid, for your eyes only": means,
    }


# --- what an initiative plans to spend ---


@dataclass(frozen=True)
class Plan:
    """What an initiative plans. rows: list of Planned; work, costs, whole: their sums in pence; short: sentences."""

    rows: list
    work: int
    costs: int
    whole: int
    short: list


def initiatives_read_by(person):
    """Initiatives whose plan the person may read: those at whose table they are."""
    return initiatives.table_of(person).select_related("organisation")


def initiatives_planned_by(person):
    """Initiatives whose plan the person may write: those that they lead or chair."""
    return initiatives.led_by(person).select_related("organisation")


def lines_planned_by(person):
    """Lines of the plans that the person may write."""
    here = initiatives.led_by(person).order_by().values("pk")
    return BudgetLine.objects.filter(initiative__in=here).select_related("initiative").order_by("pk")


def plan_of(initiative, on, *, covers=False):
    """The plan of an initiative as a Plan; with what a fund line is short of when `covers`."""
    lines = BudgetLine.objects.filter(initiative=initiative, off_at=None)
    rows = [planned(line) for line in lines.select_related("rate__card", "fund_line__fund").order_by("pk")]
    work, costs = sum(row.work for row in rows), sum(row.costs for row in rows)
    return Plan(rows, work, costs, work + costs, _short(initiative, rows, on) if covers else [])


def _short(initiative, rows, on):
    """A sentence for each fund line that has less left than is planned on it."""
    sums = {}
    for row in rows:
        sums[row.line.fund_line_id] = sums.get(row.line.fund_line_id, 0) + row.whole
    return [
        f"{cover.line.fund.name}, {cover.line.words}: {pounds(cover.left)} is left, and {pounds(sums[cover.line.pk])} is planned."
        for cover in ledger.covers(initiative.organisation, on)
        if sums.get(cover.line.pk, 0) > cover.left
    ]


def plan_file(plan):
    """A plan as rows with commas for any spreadsheet, with its sums in the last row; as bytes."""
    rows = [
        [
            row.line.words, row.line.people, row.line.times, row.line.minutes or "",
            rates.name_of(row.line.rate) if row.line.rate else "", pounds(row.work), pounds(row.costs), pounds(row.whole),
        ]
        for row in plan.rows
    ]  # fmt: skip
    last = ["All together", "", "", "", "", pounds(plan.work), pounds(plan.costs), pounds(plan.whole)]
    return safe_rows([HEADS, *rows, last]).encode("utf-8-sig")


def choices_of(initiative, on):
    """(rates of the card of the day, fund lines) that a line of the plan may be made of."""
    here = initiative.organisation
    return list(rates.rates_on(here, on)), list(ledger.lines_of(here))


# --- how people at one table are paid ---


def means_of(initiative, person):
    """What the person themselves said of how they are paid here, as a Paid; "" when nothing. For nobody else's eyes."""
    said = Means.objects.filter(initiative=initiative, person=person).values_list("answer", flat=True).first()
    return said or ""


def means_shown(initiative, on):
    """The figures that hold on a day, as pairs of words and a number or words; [] while too few people have said it."""
    rows = MeansShown.objects.filter(initiative=initiative, from_on__lte=on).order_by("-from_on")
    return rows.values_list("figures", flat=True).first() or []


def at_table(initiative):
    """Keys of the people whose means count here: who sits here, holds a duty here, or leads the organisation."""
    rows = [*initiatives.seated(initiative), *initiatives.duties_in(initiative)]
    rows += organisations.duty_holders(initiative.organisation, DutyKind.LEAD)
    return {row.person_id for row in rows}
