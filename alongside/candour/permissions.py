"""Who answers for a table, and what may be shown outside. Each rule answers with its reason."""

from alongside.candour.policies import is_said
from alongside.initiatives import permissions as initiatives
from alongside.refusals import Refusal


def why_not_say(initiative, *, by):
    """None for who leads or chairs: they write down what the table says."""
    return initiatives.why_not_lead(initiative, by=by)


def why_not_answer(row, newest, *, choice, words, seen):
    """None for an answer that says something new to a row, and whose writer saw the newest. seen: its key, or None."""
    if (newest.pk if newest else None) != seen:
        return changed()
    if choice and choice not in {each.id for each in row.choices}:
        return Refusal(
            "no-such-choice", "This is not one of the answers.", "Choose one of them, or use your own words."
        )
    if not choice and not words and not is_said(newest):
        return Refusal("nothing", "Choose an answer, or write your own words.", "A question may also stay open.")
    return None


def changed():
    """The Refusal for somebody who did not see what was written meanwhile."""
    return Refusal(
        "changed",
        "Somebody else answered this meanwhile.",
        "Their words are kept, and yours still stand here. Open the question again to see theirs.",
    )


def why_not_show(initiative, sheet, *, by, outside, is_shown):
    """None for who leads or chairs, for a sheet that may go outside and is not where it is wanted already."""
    if refusal := why_not_say(initiative, by=by):
        return refusal
    if not sheet.public:
        return Refusal("table-only", "This sheet is for the table alone.")
    if outside == is_shown:
        where = "shown outside" if outside else "for the table alone"
        return Refusal("state", f"This sheet is {where} already.")
    return None
