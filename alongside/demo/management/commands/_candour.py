"""What two tables say openly: whose money it is, what comes with it, who gains, and what came of it."""

from alongside.candour import operations as candour
from alongside.candour import queries as sheets

MONEY, STRINGS, GAINS, CAME = "who-decides-money", "strings", "who-gains", "what-came-of-it"


def teaching(w):
    """Teaching together: begun with an office that decides, and a table that asked for a say."""
    yield 118
    _say(w, "teaching", "jules", MONEY, "initiate", choice="office", words="The school of medicine had it already.")
    _say(w, "teaching", "jules", MONEY, "design", choice="staff")
    _say(w, "teaching", "jules", MONEY, "deliver", choice="unknown")
    yield 111
    _say(w, "teaching", "jules", STRINGS, "whose", words="The school of medicine, until the end of its year.")
    _say(w, "teaching", "jules", STRINGS, "asks", words="A report in spring, and its logo on the handbook.")
    _say(w, "teaching", "jules", STRINGS, "free", words="What students ask us, and what we answer. All of it.")
    _say(
        w, "teaching", "jules", STRINGS, "outside-line",
        words="The advocate at the Old Library, who works for none of us. Tuesdays and Thursdays, or ring the library.",
    )  # fmt: skip
    _say(
        w, "teaching", "jules", STRINGS, "then",
        words="The advocate brings it to the table without your name. The table answers within four weeks.",
    )  # fmt: skip
    yield 46
    _say(w, "teaching", "jules", MONEY, "design", choice="together", words="Since we each have one vote on the budget.")
    _say(
        w, "teaching", "jules", CAME, "learners", words="We planned one afternoon. There were six, each with two of us."
    )
    _say(w, "teaching", "jules", GAINS, "authors", words="The handbook, with their names on it.")
    _say(
        w,
        "teaching",
        "jules",
        GAINS,
        "taking-part",
        words="Pay for each afternoon. Some hear at home that they sold out.",
    )
    _say(w, "teaching", "jules", GAINS, "goes-back", words="The handbook is ours to sell, and its money is for travel.")
    for sheet in (MONEY, CAME):
        _show(w, "teaching", "jules", sheet)


def hill(w):
    """Your own hill: the money is decided by those whom it is for."""
    yield 90
    for stage in ("initiate", "design", "deliver", "evaluate"):
        _say(w, "hill", "sian", MONEY, stage, choice="people")
    _say(w, "hill", "sian", MONEY, "commission", choice="office", words="The fund decides whether there is any.")


def _say(w, table, who, sheet, row, **said):
    here, of = w.tables[table], sheets.sheet(sheet)
    newest = sheets.newest(here, sheet, row)
    candour.say(
        initiative=here, sheet=of, row=sheets.row(of, row), seen=newest and newest.pk, **said, **w.by(who)
    )  # fmt: skip


def _show(w, table, who, sheet):
    candour.show(initiative=w.tables[table], sheet=sheets.sheet(sheet), outside=True, **w.by(who))


def stories(w):
    """What was said openly."""
    return [teaching(w), hill(w)]
