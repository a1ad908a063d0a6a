"""An organisation with a rate card and a fund, an initiative at whose table people sit, and a policy made by operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from alongside.initiatives import operations as initiatives
from alongside.ledger import operations as ledger
from alongside.organisations import operations as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people
from alongside.rates import operations as rates
from alongside.rates import queries as rate_queries
from alongside.rates.states import Unit
from alongside.terms import operations, queries

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
ON = date(2026, 11, 2)
REVIEW = date(2027, 11, 1)
ORIGIN = {
    "who_asked": "People who had been discharged.", "why_now": "The contract ends.", "who_is_affected": "Anyone leaving.",
    "affected_inside": "Two people.",
}  # fmt: skip


@dataclass
class Cast:
    """Lea leads, Asha and Bo are members (Asha sits at the table), Eli is a stranger."""

    organisation: object
    initiative: object
    lea: object
    asha: object
    bo: object
    eli: object


def cast():
    organisation = organisations.found(name="Harbour Trust", at=AT)
    lea, asha, bo, eli = (people.add_person(shown_name=name, at=AT) for name in ("Lea", "Asha", "Bo", "Eli"))
    for person in (lea, asha, bo):
        organisations.welcome(person=person, organisation=organisation, on=ON, at=AT)
    organisations.ask_to(person=lea, kind=DutyKind.LEAD, organisation=organisation, on=ON, at=AT)
    initiative = initiatives.begin(
        organisation=organisation, name="Leaving well", kind="service", by=lea, at=AT, on=ON, lead=False, **ORIGIN
    )
    initiative.state = "OPEN"
    initiative.save(update_fields=["state"])
    initiatives.give_seat(initiative=initiative, person=asha, role="Knows the ward", on=ON, by=None, at=AT)
    return Cast(organisation, initiative, lea, asha, bo, eli)


def rate(them, pence=2750):
    """A rate card with one rate by the started hour; the RateLine."""
    lines = [("Taking part", Unit.HOUR, pence)]
    card = rates.add(
        organisation=them.organisation, from_on=date(2026, 1, 1), source="Council", lines=lines, by=them.lea, at=AT,
        words="Work that we cancel on the day is paid in full.",
    )  # fmt: skip
    return rate_queries.lines_of([card]).get()


def fund_line(them, pence=50_000):
    fund = ledger.add_fund(organisation=them.organisation, name="Grant", from_on=None, to_on=None, by=them.lea, at=AT)
    return ledger.add_line(fund=fund, words="People", code="", pence=pence, by=them.lea, at=AT)


def policy(them, words="Everybody we ask.", from_on=ON, review_on=REVIEW, **more):
    """The next version, with words for one point."""
    seen = newest(them, "covers")
    operations.write_point(organisation=them.organisation, point="covers", words=words, seen=seen, by=them.lea, at=AT)
    return operations.set_policy(
        organisation=them.organisation, from_on=from_on, review_on=review_on, by=them.lea, at=AT, **more
    )


def newest(them, point):
    """Key of the newest Wording of a point, or None."""
    found = queries.wordings(them.organisation).get(point)
    return found.pk if found else None
