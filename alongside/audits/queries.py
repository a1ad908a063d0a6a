"""Reads that look back at money: how long it took, what is late, and all of it for an audit.

No row here says what the work was, at which table, or why a person is involved.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from alongside.audits import permissions
from alongside.audits.policies import (
    by_fund,
    exact_rows,
    few,
    late,
    of_kind,
    quarter_of,
    read_quarter,
    safe_fund_rows,
    safe_rows,
)
from alongside.audits.states import ALL_FUNDS, BOTH, HELPERS, NO_FUND, NONE, READERS, TURNS, Group, Timed
from alongside.calculations.times_to_pay import band, span
from alongside.claims import queries as claims
from alongside.contributions import queries as contributions
from alongside.contributions.states import MoneyState
from alongside.initiatives import queries as initiatives
from alongside.ledger import queries as ledger
from alongside.organisations import queries as organisations
from alongside.organisations.states import MONEY
from alongside.payments import queries as payments
from alongside.people import queries as people
from alongside.record import queries as record
from alongside.runs import queries as runs

__all__ = ["read_quarter"]

QUARTERS = 4  # so many stand below each other
BACK = 12  # so many can be chosen
MOST_LATE = 500
AT = "offer__initiative"
AT_ONCE = 500  # keys in one question to the database
EARLIEST = date(2000, 1, 1)
OURS = ("contributions.offer.", "contributions.work.", "contributions.costs.", "payments.", "runs.", "ledger.")


# --- who reads what ---


def read_by(person):
    """Organisations whose days to pay the person may read, by name."""
    return organisations.organisations_where(person, *READERS)


def packed_by(person):
    """Organisations whose audit packs the person may take: where they approve or pay, by name."""
    return organisations.organisations_where(person, *MONEY)


def quarters(organisation, on):
    """The Quarters that can be chosen on a day, newest first: since the organisation began, at most twelve."""
    now, first = quarter_of(on), began(organisation)
    return [each for each in (now.later(-count) for count in range(BACK)) if each >= first] or [now]


def began(organisation):
    """The Quarter in which an organisation began here."""
    return quarter_of(organisations.local_day(organisation, organisation.made_at))


# --- days to pay ---


def timed(organisation, from_on, before, on):
    """Every Timed of work done from a day up to another, as it stands on a day; in the order of the work.

    What the person declined or gave up has no money and is not here; what waits is here with its age.
    """
    done = Q(offer__initiative__organisation=organisation, offer__done_on__gte=from_on, offer__done_on__lt=before)
    parts = contributions.worked_in(done).order_by("offer__done_on", "pk")
    funds = {fund.pk: fund.name for fund in ledger.funds_of(organisation)}
    paid_from = dict(_paid_from(organisation))
    rows = parts.values_list(
        "pk", "offer__to", "offer__fund_line__fund", "pence", "offer__done_on", "arrived_on", "from_on",
        "offer__costs_only", "offer__done_at",
    )  # fmt: skip
    claimed_on = partial(organisations.local_day, organisation)
    return [_timed(row, paid_from, funds, on, claimed_on) for row in rows.iterator(chunk_size=2000)]


def _paid_from(organisation):
    """(part, fund) of each payment that knows its fund."""
    known = payments.payments_where(Q(organisation=organisation, fund__isnull=False))
    return known.values_list("part", "fund").order_by()


def _timed(row, paid_from, funds, on, claimed_on):
    pk, person, fund, pence, worked_on, arrived_on, later_on, costs_only, said_at = row
    fund = paid_from.get(pk, fund)
    took = span(max(worked_on, claimed_on(said_at)) if costs_only else worked_on, arrived_on, on)
    return Timed(
        pk, person, fund, funds.get(fund, NO_FUND), pence, worked_on, arrived_on, later_on, took.days, band(took.days)
    )


def days_to_pay(organisation, quarter, on, viewer):
    """(Group of the whole, Groups of each fund, [(Quarter, its Figures)] newest first) of a quarter, for a viewer.

    Who approves or pays sees every number, and its list; for other readers small numbers are hidden.
    """
    recent = [quarter.later(-count) for count in range(QUARTERS)]
    recent = [each for each in recent if each >= began(organisation)] or [quarter]
    found = timed(organisation, recent[-1].from_on, quarter.before, on)
    here = [row for row in found if row.worked_on in quarter]
    exact = permissions.handles_money(organisation, by=viewer)
    k = few(organisation)
    whole = Group(ALL_FUNDS, _rows(here, {"quarter": quarter.name}, exact, k))
    rows = [
        (each, _rows([row for row in found if row.worked_on in each], {"quarter": each.name}, exact, k)[0])
        for each in recent
    ]
    return whole, _fund_groups(here, quarter, exact, k), rows


def _rows(found, asked, exact, k):
    return exact_rows(found, asked) if exact else safe_rows(found, k)


def _fund_groups(here, quarter, exact, k):
    funds = by_fund(here)
    if exact:
        return [
            Group(name, _without_empty(exact_rows(found, {"quarter": quarter.name, "fund": pk or 0})))
            for (name, pk), found in funds.items()
        ]
    return [Group(name, (row,)) for (name, _), row in safe_fund_rows(funds, k).items()]


def _without_empty(rows):
    """The rows in which something is; that there is nothing in the others can be read from the first."""
    return tuple(row for row in rows if row.count.shown != NONE)


def later_by_wish(organisation, quarter):
    """How many parts of a quarter the person themselves wanted later than they were promised; for who pays."""
    found = contributions.worked_in(
        Q(offer__initiative__organisation=organisation, from_on__isnull=False)
        & Q(offer__done_on__gte=quarter.from_on, offer__done_on__lt=quarter.before)
    )
    return found.count()


def listed(organisation, quarter, on, *, of=BOTH, fund=None, bands=()):
    """[(Timed, name of the person)] behind one number, longest first. fund: a key, 0 for none, None for all."""
    found = of_kind(timed(organisation, quarter.from_on, quarter.before, on), of)
    found = [row for row in found if fund is None or (row.fund_id or 0) == fund]
    found = [row for row in found if not bands or row.band in bands]
    names = people.shown_names([row.person_id for row in found])
    return [(row, names[row.person_id]) for row in sorted(found, key=lambda row: (-row.days, row.part_id))]


# --- what is late ---


def _late_parts(which, on):
    """Parts of money under a condition that are promised before a day and have not arrived, longest ago first."""
    owed = contributions.worked_in(which).exclude(money=MoneyState.ARRIVED)
    owed = owed.filter(Q(from_on=None) | Q(from_on__lt=on), offer__promised_on__lt=on)
    owed = owed.select_related("offer__fund_line__fund")
    return owed.order_by(Coalesce("from_on", "offer__promised_on"), "pk")


def late_for(person, on):
    """[(Turn, its Lates)] of all that is late where the person leads, approves or pays; longest first in each.

    At most five hundred; the person's own money is not among them.
    """
    where = initiatives.asked_to(person, HELPERS, AT) & ~Q(offer__to=person)
    parts = list(_late_parts(where, on)[:MOST_LATE])
    found = sorted((late(claim, on) for claim in payments.claims(parts, on)), key=lambda row: -row.days)
    groups = [(turn, [row for row in found if row.turn == turn]) for turn in TURNS]
    return [(turn, rows) for turn, rows in groups if rows]


def late_to(person, on):
    """The Lates of the person's own money, longest first."""
    parts = list(_late_parts(Q(offer__to=person), on)[:MOST_LATE])
    return sorted((late(claim, on) for claim in payments.claims(parts, on)), key=lambda row: -row.days)


def helps_with_money(person):
    """Whether the person leads, approves or pays anywhere."""
    return initiatives.initiatives_where(person, *HELPERS).exists() or (
        organisations.organisations_where(person, *HELPERS).exists()
    )


# --- the audit pack: every row of it, in a fixed order ---


@dataclass(frozen=True)
class Kept:
    """All that a pack is made of, read once. Rows are named tuples; names: {key of a person: shown name}."""

    scope: object
    entries: list
    before: dict
    offers: dict
    parts: dict
    payments: dict
    items: list
    journal: list
    names: dict


def kept_for(scope):
    """Everything that a scope is about: what the book wrote in it, and the work that was done in it.

    Offers without a yes to money are not here: they move none.
    """
    entries, before = _entries(scope)
    abouts = {row.regards for row in entries}
    paid = {row.part: row for row in _payments(scope)}
    moved = {row.part for row in paid.values() if f"payment:{row.pk}" in abouts}
    parts = {row.pk: row for row in _parts(scope)}
    offers = {row.pk: row for row in _offers(scope)}
    wanted = {parts[pk].offer for pk in moved if pk in parts} | {
        row.pk for row in offers.values() if f"offer:{row.pk}" in abouts or _is_about(row, scope)
    }
    offers = {pk: row for pk, row in offers.items() if pk in wanted}
    parts = {pk: row for pk, row in parts.items() if row.offer in offers and _from_fund(row, paid, offers, scope)}
    paid = {pk: row for pk, row in paid.items() if pk in parts}
    items = [row for row in _items(scope) if row.part in paid]
    journal = _journal(offers, paid, items)
    return Kept(
        scope, entries, before, offers, parts, paid, items, journal, _names(entries, offers, paid, items, journal)
    )


def _moments(scope):
    """The first moment of a scope and the first after it, where the organisation is; None where it has no end."""
    if scope.quarter is None:
        return None, None
    zone = ZoneInfo(scope.organisation.zone)
    return tuple(datetime.combine(day, time(), zone) for day in (scope.quarter.from_on, scope.quarter.before))


def _tuples(rows, *plain, **renamed):
    """Named tuples of some fields; renamed: {name: path} of what lies further away."""
    found = rows.annotate(**{name: F(path) for name, path in renamed.items()})
    return list(found.values_list("pk", *plain, *renamed, named=True))


def _entries(scope):
    """(entries of the book in a scope, {(fund, account): pence} of what stood there before)."""
    from_at, until = _moments(scope)
    found = _tuples(
        ledger.entries_in(scope.organisation, scope.fund, from_at, until), "transaction", "pence",
        at="transaction__at", what="transaction__kind", regards="transaction__about", by="transaction__by",
        currency="transaction__currency", fund="account__fund__name", column="account__kind", words="line__words",
        code="line__code",
    )  # fmt: skip
    if from_at is None:
        return found, {}
    earlier = ledger.entries_in(scope.organisation, scope.fund, before=from_at).order_by()
    sums = earlier.values_list("account__fund__name", "account__kind").annotate(Sum("pence"))
    return found, {(fund, column): pence for fund, column, pence in sums}


def _offers(scope):
    return _tuples(
        contributions.said_yes_in(Q(initiative__organisation=scope.organisation)), "to", "made_at", "made_by",
        "activity_on", "minutes", "pay_pence", "costs_pence", "pence", "promised_on", "replaces", "answered_at",
        "accepted_pence", "method", "done_on", "done_at", "done_by", "costs_only", "provider", "given_to", fund="fund_line__fund",
        fund_name="fund_line__fund__name", words="fund_line__words", code="fund_line__code",
    )  # fmt: skip


def _parts(scope):
    done = contributions.worked_in(Q(offer__initiative__organisation=scope.organisation)).order_by("pk")
    return _tuples(done, "offer", "pence", "from_on", "arrived_on")


def _payments(scope):
    return _tuples(
        payments.payments_where(Q(organisation=scope.organisation)), "part", "to", "pence", "means", "state", "times",
        "approved_at", "approved_by", "sent_on", "sent_by", "reference", "receipt", "witness", "arrived_on", "held_at",
        "held_by", "held_until", "run_about", "fund", fund_name="fund__name", words="line__words", code="line__code",
    )  # fmt: skip


def _items(scope):
    return _tuples(
        runs.items_in(scope.organisation), "run", "place", "code", "pence", "state", "settled_on", part="payment__part"
    )


def _is_about(offer, scope):
    """Whether the work of an offer lies in the quarter, and its line in the fund, of a scope."""
    in_time = scope.quarter is None or (offer.done_on or offer.activity_on) in scope.quarter
    return in_time and (scope.fund is None or offer.fund == scope.fund.pk)


def _from_fund(part, paid, offers, scope):
    fund = paid[part.pk].fund if part.pk in paid and paid[part.pk].fund else offers[part.offer].fund
    return scope.fund is None or fund == scope.fund.pk


def _journal(offers, paid, items):
    """Lines of the journal about what a pack holds, oldest first; only of rooms that handle money."""
    subjects = [f"offer:{pk}" for pk in offers] + [f"payment:{row.pk}" for row in paid.values()]
    subjects += [f"run:{pk}" for pk in sorted({row.run for row in items})]
    lines = []
    for some in _in_turn(subjects):
        lines += record.lines_on(some)
    return sorted((line for line in lines if line.what.startswith(OURS)), key=lambda line: line.pk)


def _in_turn(keys):
    """Some keys at once, so that no question to the database grows too long."""
    keys = list(keys)
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _names(entries, offers, paid, items, journal):
    """{key: shown name} of everybody who is named in a pack."""
    keys = {row.by for row in entries} | {line.by_person for line in journal}
    for row in offers.values():
        keys |= {row.to, row.made_by, row.done_by}
    for row in paid.values():
        keys |= {row.to, row.approved_by, row.sent_by, row.witness, row.held_by}
    found = {None: ""}
    for some in _in_turn(sorted(keys - {None})):
        found |= people.shown_names(some)
    return found


def proof_for(offers):
    """{offer: its lines of costs}, for the offers of a pack that bring costs back."""
    found = {}
    for some in _in_turn(row.pk for row in offers.values() if row.costs_only):
        found |= claims.proof_of(some)
    return found


def runs_for(kept):
    """The Runs in which the payments of a pack left, oldest first."""
    keys = {row.run for row in kept.items}
    return [run for run in runs.runs_in(kept.scope.organisation) if run.pk in keys]


def bank_lines_for(kept, found):
    """[(line of a statement, its references that are of this pack)], as they came. found: the Runs of the pack."""
    codes = {row.code for row in kept.items} | {run.code for run in found}
    lines = runs.lines_in(kept.scope.organisation) if codes else []
    named = ((line, [code for code in line.codes.split() if code in codes]) for line in lines)
    return [(line, own) for line, own in named if own]


def timed_for(scope):
    """The Timed of the work in a scope, in its order."""
    first = scope.quarter.from_on if scope.quarter else EARLIEST
    last = scope.quarter.before if scope.quarter else scope.on + timedelta(days=1)
    found = timed(scope.organisation, first, last, scope.on)
    return [row for row in found if scope.fund is None or row.fund_id == scope.fund.pk]
