"""Reads of what an initiative says openly about itself. The table reads all; others what its lead shows outside."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from alongside.calculations import content, papers
from alongside.calculations.sheets import safe_rows
from alongside.candour import policies
from alongside.candour.models import Answer
from alongside.candour.policies import newest, row, sheet, shown
from alongside.candour.states import EMPTY, MONEY, OWN_WORDS
from alongside.design.states import day_words
from alongside.initiatives import permissions as tables
from alongside.initiatives import queries as initiatives
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind

__all__ = ["newest", "row", "sheet", "shown"]

HEADS = ("Question", "Answer", "In our own words", "Said on")


# --- who reads and writes ---


def initiatives_read_by(person):
    """Initiatives of which the person may read something said openly: those whose own page they may open."""
    return initiatives.visible_to(person)


def initiatives_said_by(person):
    """Initiatives for whose table the person may answer: those that they lead or chair."""
    return initiatives.led_by(person)


def organisations_read_by(person):
    """Organisations whose overview the person may read: those that they lead."""
    return organisations.organisations_where(person, DutyKind.LEAD)


def is_inside(initiative, person):
    """Whether the person reads what is for the table alone."""
    return tables.why_not_read(initiative, by=person) is None


# --- the sheets of one initiative ---


@dataclass(frozen=True)
class Summary:
    """One sheet in a list: how many of its rows are said, and whether it is shown outside."""

    sheet: object
    said: int
    rows: int
    outside: bool


def sheets_of(initiative, *, inside):
    """Every sheet of an initiative that the reader may open, in order: list of Summary."""
    given = {(each.sheet, each.row): each for each in Answer.objects.filter(initiative=initiative).order_by("pk")}
    out = shown(initiative)
    return [
        Summary(each, *_count(each, given), each.id in out) for each in policies.sheets() if inside or each.id in out
    ]


def _count(of, given):
    """(how many rows are said, how many there are) of a sheet. given: {(sheet, row): newest Answer}."""
    rows = content.sheet_rows(of)
    return sum(policies.is_said(given.get((of.id, each.id))) for each in rows), len(rows)


@dataclass(frozen=True)
class Page:
    """One sheet as somebody reads it. rows: list of Said; shown: since when it is shown outside (a Shown), or None.

    inside: whether the reader sees who wrote and what was said before it was shown.
    """

    initiative: object
    sheet: object
    rows: list
    shown: object
    inside: bool

    @property
    def said(self):
        return sum(each.is_said for each in self.rows if each.asked)

    @property
    def asked(self):
        return sum(each.asked for each in self.rows)


def page_of(initiative, wanted, *, inside):
    """One sheet of an initiative as a Page; None when there is none, or the reader may not open it."""
    of, out = sheet(wanted), shown(initiative).get(wanted)
    if of is None or not (inside or out):
        return None
    answers = Answer.objects.filter(initiative=initiative, sheet=of.id).order_by("pk")
    answers = list(answers.select_related("by")) if inside else policies.since(list(answers), out.at)
    return Page(initiative, of, policies.said_in(of, answers), out, inside)


# --- taken along ---


def words_of(said, of):
    """What was said to a row, in one text: the choice, then the own words; the sheet's word for nothing."""
    if not said.is_said:
        return of.empty
    return "\n".join(filter(None, [said.answer.says, said.answer.words]))


def _day(said):
    return day_words(timezone.localdate(said.answer.at), weekday=False)


def paper_of(page):
    """A sheet as data of the paper "sheet". It names nobody who wrote: paper is passed on."""
    facts = []
    for said in page.rows:
        on = f"\n({_day(said)})" if said.is_said else ""
        facts.append([said.row.words.rstrip("."), f"{words_of(said, page.sheet)}{on}"])
    return {"title": page.sheet.words, "lead": page.initiative.name, "facts": facts, "foot": page.sheet.note}


def pdf_of(page):
    """A sheet as a tagged PDF. Raises papers.CannotSet, in plain words, when it cannot be set."""
    return papers.pdf("sheet", paper_of(page))


def file_of(page):
    """A sheet as rows with commas for any spreadsheet, as bytes. It names nobody who wrote."""
    rows = [
        [said.row.words, said.answer.says, said.answer.words, _day(said)]
        if said.is_said
        else [said.row.words, page.sheet.empty, "", ""]
        for said in page.rows
    ]
    return safe_rows([HEADS, *rows]).encode("utf-8-sig")


# --- all initiatives of an organisation ---


@dataclass(frozen=True)
class Stage:
    """One stage, and how many initiatives say what of its money. counts: (words of the answer, number), in their order."""

    words: str
    counts: list


@dataclass(frozen=True)
class Overview:
    """How much the initiatives of an organisation say. heads: the sheets; rows: list of (Initiative, list of Summary).

    choices: the answers that are counted, in words; stages: list of Stage. They count initiatives, never people.
    """

    heads: list
    rows: list
    choices: list
    stages: list


def overview_of(organisation, person):
    """The Overview of an organisation for somebody who leads it."""
    here = list(initiatives.visible_to(person).filter(organisation=organisation))
    ends = Answer.objects.filter(initiative__organisation=organisation).order_by().values("initiative", "sheet", "row")
    newest_ones = Answer.objects.filter(pk__in=ends.annotate(end=Max("pk")).values("end")).order_by("pk")
    given = {each.pk: {} for each in here}
    for each in newest_ones:
        given.setdefault(each.initiative_id, {})[each.sheet, each.row] = each
    heads = policies.sheets()
    rows = [(one, [Summary(of, *_count(of, given[one.pk]), False) for of in heads]) for one in here]
    money = sheet(MONEY)
    choices = [*(each.words for each in money.choices), OWN_WORDS, EMPTY]
    return Overview(heads, rows, choices, [_stage(money, each, given.values()) for each in content.sheet_rows(money)])


def _stage(of, asked, given):
    """How many of `given` ({(sheet, row): newest Answer} of each initiative) say what to one row, as a Stage."""
    said = Counter(_kind(answers.get((of.id, asked.id))) for answers in given)
    kinds = [*((each.id, each.words) for each in of.choices), (OWN_WORDS, OWN_WORDS), (EMPTY, EMPTY)]
    return Stage(content.stage(asked.id).words, [(words, said[kind]) for kind, words in kinds])


def _kind(answer):
    if not policies.is_said(answer):
        return EMPTY
    return answer.choice or OWN_WORDS


# --- one person ---


def about_me(person):
    """What this room holds about a person, for their own record: which answers they wrote down, and when."""
    rows = Answer.objects.filter(by=person).select_related("initiative").order_by("pk")
    return {
        "Answers that you wrote down for a table": [
            {"initiative": each.initiative.name, "question": each.asks, "on": each.at} for each in rows
        ]
    }
