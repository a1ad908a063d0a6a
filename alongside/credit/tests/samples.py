"""One of each thing that this room shows, for the tests that go through all pages."""

from alongside.credit import operations
from alongside.credit.tests import factories


def samples(scene):
    author, writer = scene.people["author"], scene.people["facilitator"]
    made = factories.asked(scene.initiative, writer, at=scene.at)
    factories.named(made, author, "Author Name")
    quote = factories.approved(scene.initiative, author, writer, words="Words with a yes")
    used = factories.used(quote, author)
    waiting = factories.shown(scene.initiative, author, writer, words="Words that wait")
    return {
        "output": made.pk, "credit": factories.credit_of(made, author).pk, "quote": waiting.pk, "approved": quote.pk,
        "used": used.pk, "reference": _reference(scene).pk, "use": "REPORT", "file_kind": "csv", "quote_move": "show",
    }  # fmt: skip


def _reference(scene):
    return operations.refer(
        initiative=scene.initiative, about=scene.people["author"], by=scene.people["facilitator"], at=scene.at,
        words="Reads closely and says what is missing.", signed="The chair",
    )  # fmt: skip
