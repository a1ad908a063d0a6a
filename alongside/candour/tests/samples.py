"""A sheet with an answer, kept at the table, for the tests that go through every page."""

from alongside.candour import operations, policies
from alongside.candour.states import DISSENT_ROWS, DISSENT_SHEET


def samples(scene):
    sheet = policies.sheet(DISSENT_SHEET)
    row = policies.row(sheet, DISSENT_ROWS[0])
    operations.say(
        initiative=scene.initiative, sheet=sheet, row=row, words="The advocate in the library, on Tuesdays.",
        by=scene.people["lead"], at=scene.at,
    )  # fmt: skip
    return {"open_sheet": sheet.id, "open_row": row.id}
