"""The sheets and their rows, and what a table has said to each; asked by rules and reads alike."""

from dataclasses import dataclass

from alongside.calculations import content
from alongside.candour.models import Answer, Shown


def sheets():
    """Every open sheet, in order."""
    return content.open_sheets()


def sheet(wanted):
    """One open sheet by id; None when there is none."""
    return next((each for each in sheets() if each.id == wanted), None)


def row(of, wanted):
    """One row of a sheet by id; None when there is none."""
    return next((each for each in content.sheet_rows(of) if each.id == wanted), None)


def is_said(answer):
    """Whether an Answer, or None, says anything: an empty one takes back what was said before it."""
    return bool(answer and (answer.choice or answer.words))


@dataclass(frozen=True)
class Said:
    """One row with what was said to it. answer: the newest Answer, or None; earlier: those before it, newest first.

    asked: False for a question that is no longer in the sheet; what was said to it stays.
    """

    row: object
    answer: object
    earlier: list
    asked: bool = True

    @property
    def is_said(self):
        return is_said(self.answer)


def said_in(of, answers):
    """Every row of a sheet with its part of `answers` (oldest first), in order: list of Said."""
    by_row = {}
    for answer in answers:
        by_row.setdefault(answer.row, []).append(answer)
    found = [_said(each, by_row.pop(each.id, [])) for each in content.sheet_rows(of)]
    gone = [(content.SheetRow(id=name, words=given[-1].asks, helps=""), given) for name, given in by_row.items()]
    return found + [_said(each, given, asked=False) for each, given in gone]


def _said(each, given, **more):
    return Said(each, given[-1] if given else None, given[-2::-1] if len(given) > 1 else [], **more)


def since(answers, moment):
    """Answers (oldest first) of which outsiders could read any while the sheet was shown from `moment` on.

    What was replaced before that day was said at the table alone, and stays there.
    """
    replaced = {answer.follows_id: answer.at for answer in answers}
    return [answer for answer in answers if answer.pk not in replaced or replaced[answer.pk] >= moment]


def newest(initiative, of, wanted):
    """The newest Answer to a row, or None."""
    return Answer.objects.filter(initiative=initiative, sheet=of, row=wanted).order_by("-pk").first()


def shown(initiative):
    """{sheet id: its newest Shown} of the sheets that are shown outside now and may be."""
    rows = {each.sheet: each for each in Shown.objects.filter(initiative=initiative).order_by("pk")}
    may = {each.id for each in sheets() if each.public}
    return {name: each for name, each in rows.items() if each.outside and name in may}
