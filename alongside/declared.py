"""What every stored field says of itself: who may see it, whether it is personal, how long it is kept.

A model opens with a small table, one line a field, that anybody can read:

    DECLARED = declare('''
        shown_name   table         personal   until-erased
        state        duties        personal   while-needed
    ''')

`tests/test_declared.py` fails for a field without a line and for a line without a field.
"""

from dataclasses import dataclass

AUDIENCES = {
    "public": "anybody",
    "organisation": "members of the organisation",
    "table": "people with a seat in the initiative",
    "seats": "people with a seat in the initiative; anybody, where the place is empty or its person chose to be seen",
    "duties": "people who hold the duty that needs it",
    "money": "people who approve or pay",
    "self": "only the person",
    "writer": "the person it is about, and who wrote it down",
    "chosen": "whom the person chose to show it to",
    "nobody": "nobody; the system only",
}
PERSONAL = {"personal": True, "not-personal": False}
KEPT = {
    "until-erased": "until the person asks to be erased; then blanked",
    "with-the-record": "as long as the organisation keeps its record",
    "while-needed": "until the thing it serves is over",
    "until-closed": "until the vote or conversation closes",
    "money-years": "as long as the law asks for money records (site setting, default 7 years)",
    "short": "days, then removed by the daily round",
}


@dataclass(frozen=True)
class Declared:
    """Of one field: its audience and keeping (keys of AUDIENCES and KEPT) and whether it is about a person."""

    audience: str
    personal: bool
    kept: str


def declare(table):
    """Read a table of `field audience personal|not-personal kept`; raise ValueError for an unknown word."""
    rows = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        field, audience, personal, kept = line.split()
        if field in rows or audience not in AUDIENCES or personal not in PERSONAL or kept not in KEPT:
            raise ValueError(f"Cannot read this line of a field table: {line}")
        rows[field] = Declared(audience, PERSONAL[personal], kept)
    return rows


def blanks_of(model):
    """{field: blank} of what an erased person's row loses: every field that is personal and kept until erased.

    Blank is None where the field allows it, else its default, else empty text. A relation that cannot be None may
    not be declared until-erased. Use: `Offer.objects.filter(to=person).update(**blanks_of(Offer))`.
    """
    return {
        name: _blank(model._meta.get_field(name))
        for name, said in model.DECLARED.items()
        if said.personal and said.kept == "until-erased"
    }


def _blank(field):
    if field.null:
        return None
    if field.is_relation:
        raise ValueError(f"{field} cannot be blanked: allow null, or declare it with-the-record.")
    return field.get_default() if field.has_default() else ""
