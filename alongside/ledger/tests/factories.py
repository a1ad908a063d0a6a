"""An organisation with people who keep its money, and a fund with lines; made through the operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.ledger import operations, queries
from alongside.ledger.states import AccountKind, Entry, EntryKind
from alongside.organisations import operations as organisations
from alongside.people import operations as people

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
ON = date(2026, 11, 2)


@dataclass
class Cast:
    """Dee approves, Fay pays, Lea leads, Asha is a member, Eli a stranger."""

    organisation: object
    dee: object
    fay: object
    lea: object
    asha: object
    eli: object


def cast(name="Harbour Trust"):
    organisation = organisations.found(name=name, at=AT)
    found = {}
    for short, kind in (("dee", "APPROVER"), ("fay", "PAYER"), ("lea", "LEAD"), ("asha", "")):
        found[short] = people.add_person(shown_name=short.title(), at=AT)
        organisations.welcome(person=found[short], organisation=organisation, on=ON, at=AT)
        if kind:
            organisations.ask_to(person=found[short], kind=kind, organisation=organisation, on=ON, at=AT)
    return Cast(organisation=organisation, eli=people.add_person(shown_name="Eli", at=AT), **found)


def fund(them, name="Council", lines=(("Pay", "CC104", 10_000),), **days):
    return operations.add_fund(organisation=them.organisation, name=name, by=them.lea, at=AT, lines=lines, **days)


def line(them, **facts):
    """The first line of a new fund."""
    made = fund(them, **facts)
    return next(row for row in queries.lines_of(them.organisation) if row.fund_id == made.pk)


def write(them, line, kind, gains, gives, pence, key):
    """One happening with two entries on a line."""
    entries = [Entry(line.fund, gains, pence, line), Entry(line.fund, gives, -pence, line)]
    return operations.write(
        organisation=them.organisation, key=key, kind=kind, about="thing:1", entries=entries, by=them.fay, at=AT
    )


def owed(them, line, pence, key="owed:1"):
    return write(them, line, EntryKind.OWED, AccountKind.PROMISED, AccountKind.OWED, pence, key)


def paid(them, line, pence, key="paid:1"):
    return write(them, line, EntryKind.PAID, AccountKind.OWED, AccountKind.BANK, pence, key)


def promised(them, line, pence, about="offer:1"):
    return operations.promise(line=line, about=about, pence=pence, by=them.lea, at=AT)
