"""What is written: funds and lines, the book, the box of cash, the drawer of vouchers, days off.

Callers of `write` and `promise` hold the lock of what they write about; the key of a happening is the last line against
writing it twice.
"""

import uuid

from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.calculations.money import currency, pounds
from alongside.design.states import day_words
from alongside.ledger import permissions, queries
from alongside.ledger.models import (
    Account,
    DayOff,
    FloatMove,
    Fund,
    FundLine,
    LedgerEntry,
    LedgerSeal,
    LedgerTransaction,
    Presence,
    PresenceAnswer,
    VoucherBatch,
    VoucherOut,
)
from alongside.ledger.policies import asked_words
from alongside.ledger.states import HELD, AccountKind, Entry, EntryKind, FloatKind, Happening
from alongside.organisations import queries as organisations
from alongside.organisations.states import DutyKind
from alongside.people import operations as people
from alongside.record import operations as record
from alongside.refusals import Refusal, Refused, stop_if

GENERAL = "General"


def _note(what, subject, organisation_id, by, at, **facts):
    record.note(what=what, subject=subject, by=by, at=at, organisation_id=organisation_id, **facts)


# --- funds and lines ---


@transaction.atomic
def add_fund(*, organisation, name, from_on=None, to_on=None, by, at, lines=()):
    """Write down a fund, and its first lines: (words, code, pence) each.

    to_on: the first day on which it can no longer be spent. Raises Refused for a name that is there already.
    """
    stop_if(permissions.why_not_keep_funds(organisation, by=by))
    stop_if(permissions.why_not_days(from_on, to_on))
    name = name.strip()
    if Fund.objects.filter(organisation=organisation, name=name).exists():
        raise Refused(Refusal("fund-there", "There is a fund of that name already.", "Choose another name."))
    fund = Fund.objects.create(organisation=organisation, name=name, from_on=from_on, to_on=to_on, made_at=at)
    _note("ledger.fund.added", fund, organisation.pk, by, at)
    for words, code, pence in lines:
        add_line(fund=fund, words=words, code=code, pence=pence, by=by, at=at)
    return fund


@transaction.atomic
def add_line(*, fund, words, code, pence, by, at):
    """Write down one line of a fund: what it is for, how finance calls it, and how much. Returns the FundLine."""
    stop_if(permissions.why_not_keep_funds(fund.organisation, by=by))
    words = words.strip()
    if FundLine.objects.filter(fund=fund, words=words).exists():
        raise Refused(Refusal("line-there", "This fund has a line of that name already.", "Choose other words."))
    line = FundLine.objects.create(fund=fund, words=words, code=code.strip(), pence=pence)
    _note("ledger.line.added", line, fund.organisation_id, by, at, pence=pence)
    return line


@transaction.atomic
def change_days(*, fund_id, from_on, to_on, by, at):
    """Change the days between which a fund may be spent. What was promised from it stays promised."""
    fund = Fund.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=fund_id)
    stop_if(permissions.why_not_keep_funds(fund.organisation, by=by))
    stop_if(permissions.why_not_days(from_on, to_on))
    fund.from_on, fund.to_on = from_on, to_on
    fund.save(update_fields=["from_on", "to_on"])
    _note("ledger.fund.days_changed", fund, fund.organisation_id, by, at)
    return fund


def general_fund(*, organisation, at):
    """The fund that pays where nobody wrote one down yet; made when it is first needed."""
    return Fund.objects.get_or_create(organisation=organisation, name=GENERAL, defaults={"made_at": at})[0]


# --- the book ---


@transaction.atomic
def write(*, organisation, key, kind, about, entries, by, at):
    """Write one happening in the book: its entries (Entry), which sum to zero, then its seal.

    key: what can happen once only; the same key again gives back the first and writes nothing. Raises Refused when
    a box or a drawer would hold less than nothing, or the book is in another currency than the site. The database
    refuses anything that does not sum to zero.
    """
    return write_many(happenings=[Happening(organisation, key, kind, about, entries)], by=by, at=at)[0]


@transaction.atomic
def write_many(*, happenings, by, at):
    """Write many Happenings in the book, in their order, all of them or none; each as `write` does.

    Returns the LedgerTransaction of each: the first of its key, whether it stood there before or was written now.
    """
    known, fresh = _known(happenings), {}
    for each in happenings:
        if each.key not in known:
            fresh.setdefault(each.key, each)
    try:
        with transaction.atomic():
            known |= _written(list(fresh.values()), by, at)
    except IntegrityError:
        if not _known(fresh.values()):
            raise
        return write_many(happenings=happenings, by=by, at=at)  # somebody else wrote some of them while we did
    return [known[each.key] for each in happenings]


def _known(happenings):
    keys = [each.key for each in happenings]
    return {row.key: row for row in LedgerTransaction.objects.filter(key__in=keys).order_by("pk")}


def _written(happenings, by, at):
    """{key: LedgerTransaction} of Happenings that are written now. The seals come last: the database sums them up."""
    if not happenings:
        return {}
    stop_if(permissions.why_not_currency(queries.newest_currency(), currency()))
    seals = [LedgerSeal(number=uuid.uuid4()) for _ in happenings]
    rows = LedgerTransaction.objects.bulk_create(
        LedgerTransaction(
            seal_id=seal.pk,
            organisation=each.organisation,
            key=each.key,
            about=each.about,
            kind=each.kind,
            at=at,
            by=by,
        )
        for seal, each in zip(seals, happenings, strict=True)
    )
    entries = [entry for each in happenings for entry in each.entries]
    accounts = {place: Account.objects.get_or_create(fund=place[0], kind=place[1])[0] for place in _places(entries)}
    _stop_below_nothing(entries, accounts)
    LedgerEntry.objects.bulk_create(
        LedgerEntry(transaction=row, account=accounts[entry.fund, entry.kind], line=entry.line, pence=entry.pence)
        for row, each in zip(rows, happenings, strict=True)
        for entry in each.entries
    )
    LedgerSeal.objects.bulk_create(seals)
    return {row.key: row for row in rows}


def _places(entries):
    """The accounts of these entries as (fund, kind), each once, in one order for everybody who writes."""
    return sorted({(entry.fund, entry.kind) for entry in entries}, key=lambda place: (place[0].pk, place[1]))


def _stop_below_nothing(entries, accounts):
    """Under the lock of its account: a box or a drawer gives only what it has, entry after entry."""
    for fund, kind in _places(entry for entry in entries if entry.kind in HELD and entry.pence < 0):
        Account.objects.select_for_update().get(pk=accounts[fund, kind].pk)
        holds = queries.holds(fund, kind)
        for entry in entries:
            if (entry.fund, entry.kind) != (fund, kind):
                continue
            if entry.pence < 0 and holds + entry.pence < 0:
                raise Refused(_short(fund, holds))
            holds += entry.pence


def _short(fund, holds):
    words = f"The fund {fund.name} has only {pounds(holds)} of that here."
    return Refusal("float-short", words, "Put more in first, or pay another way.")


@transaction.atomic
def promise(*, line, about, pence, by, at, fund=None):
    """Set what is promised on a line for a thing to this many pence; 0 gives it back. The difference is written.

    about: the thing, such as offer:12. fund: for a fund without lines, with line=None. What was promised may since
    have become owed; this changes the whole of it, so the caller lowers it only while nothing is owed.
    Returns the LedgerTransaction, or None when nothing changed.
    """
    fund = line.fund if line else fund
    more = pence - queries.promised(about, line)
    if not more:
        return None
    count = queries.happenings(about, EntryKind.PROMISED).count() + 1
    return write(
        organisation=fund.organisation, key=f"promise:{about}:{count}", kind=EntryKind.PROMISED, about=about, by=by,
        at=at, entries=[Entry(fund, AccountKind.FUND, more, line), Entry(fund, AccountKind.PROMISED, -more, line)],
    )  # fmt: skip


# --- the box of cash ---


@transaction.atomic
def move_float(*, fund_id, kind, pence, second, by, at):
    """Write down what happened to a fund's box of cash, with two people there; kind: a FloatKind.

    Put in, taken back to the bank, given to another keeper, or counted (pence: what was found; the book is put right
    by a line of its own); or handed back, as left over of money that somebody had before the day: the fund has it again.
    second: who received it, saw it or handed it back. Returns the FloatMove.
    """
    fund = Fund.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=fund_id)
    holds = queries.float_holds(fund)
    paid = queries.paid_from(fund)
    stop_if(
        permissions.why_not_move_cash(
            fund.organisation, kind=kind, second=second, pence=pence, holds=holds, paid=paid, by=by
        )
    )
    count = FloatMove.objects.filter(fund=fund).count() + 1
    entries = _float_entries(fund, kind, pence, holds)
    happening = entries and write(
        organisation=fund.organisation, key=f"float:{fund.pk}:{count}", about=f"float:{fund.pk}", entries=entries,
        kind=EntryKind.COUNTED if kind == FloatKind.COUNTED else EntryKind.FLOAT, by=by, at=at,
    )  # fmt: skip
    move = FloatMove.objects.create(
        fund=fund, transaction=happening or None, kind=kind, pence=pence, by=by, second=second, at=at
    )
    _note("ledger.float.moved", move, fund.organisation_id, by, at, kind=str(kind), pence=pence, held=holds)
    name_second(
        organisation=fund.organisation, about=f"cash:{move.pk}", kind=kind, pence=pence, of=f"the cash of {fund.name}",
        on=organisations.local_day(fund.organisation, at), person=second, by=by, at=at,
    )  # fmt: skip
    return move


def _float_entries(fund, kind, pence, holds):
    """The two sides of a move of cash; none when nothing enters or leaves the box."""
    into = {FloatKind.IN: pence, FloatKind.LEFTOVER: pence, FloatKind.OUT: -pence, FloatKind.COUNTED: pence - holds}
    from_ = {FloatKind.COUNTED: AccountKind.COUNTED, FloatKind.LEFTOVER: AccountKind.FUND}
    change, other = into.get(kind, 0), from_.get(kind, AccountKind.BANK)
    line = queries.only_line(fund) if kind == FloatKind.LEFTOVER else None
    return [Entry(fund, AccountKind.FLOAT, change, line), Entry(fund, other, -change, line)] if change else []


@transaction.atomic
def name_second(*, organisation, about, kind, pence, of, on, person, by, at):
    """Write down that a person was there, and tell them so, with a page on which they say yes or no.

    about: the thing, such as cash:12; kind: a SeenKind; of: which box or payment, as people call it. The caller has
    ruled who may be named, and writes the line in the record. Returns the Presence.
    """
    made = Presence.objects.create(
        organisation=organisation, about=about, kind=kind, pence=pence, of=of[:120], on=on, person=person, by=by, at=at
    )
    words = f"{asked_words(made)} Say whether that is so."
    people.tell(to=person, about=f"presence:{made.pk}", words=words, url=reverse("ledger:there"), by=by, at=at)
    return made


@transaction.atomic
def say_whether_there(*, presence_id, yes, by, at):
    """The person says that they were there, or that it is not so; once, and it stands. Returns the PresenceAnswer.

    Of a no, who leads and who pays are told. An answer that was given already is kept as it was.
    """
    presence = Presence.objects.select_for_update(of=("self",)).select_related("person", "by").get(pk=presence_id)
    stop_if(permissions.why_not_answer(presence, by=by))
    if PresenceAnswer.objects.filter(presence=presence).exists():
        raise Refused(Refusal("answered", "You have answered this, and it stands.", "Talk with who leads."))
    answer = PresenceAnswer.objects.create(presence=presence, yes=yes, at=at)
    _note("ledger.presence.answered", presence, presence.organisation_id, by, at, yes=yes)
    if not yes:
        _tell_of_no(presence, by, at)
    return answer


def _tell_of_no(presence, by, at):
    words = (
        f"{presence.person.shown_name} says that this is not so: {asked_words(presence)} Count again, with two people."
    )
    duties = organisations.duty_holders(presence.organisation_id, DutyKind.LEAD, DutyKind.PAYER)
    told = {duty.person for duty in duties} | {presence.by}
    for person in sorted(told - {presence.person}, key=lambda each: each.pk):
        people.tell(to=person, about=f"presence:{presence.pk}:no", words=words, by=by, at=at)


# --- the drawer of vouchers ---


@transaction.atomic
def buy_vouchers(*, fund, shop, each_pence, count, by, at):
    """Write down vouchers of one shop that were bought and lie in the drawer. Returns the VoucherBatch."""
    fund = Fund.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=fund.pk)
    stop_if(permissions.why_not_handle_cash(fund.organisation, by=by))
    number = VoucherBatch.objects.filter(fund=fund).count() + 1
    pence = each_pence * count
    happening = write(
        organisation=fund.organisation, key=f"stock:{fund.pk}:{number}", about=f"stock:{fund.pk}", by=by, at=at,
        kind=EntryKind.STOCK, entries=[Entry(fund, AccountKind.STOCK, pence), Entry(fund, AccountKind.BANK, -pence)],
    )  # fmt: skip
    batch = VoucherBatch.objects.create(
        fund=fund, transaction=happening, shop=shop.strip(), each_pence=each_pence, count=count, by=by, at=at
    )
    _note("ledger.vouchers.bought", batch, fund.organisation_id, by, at, count=count, each=each_pence)
    return batch


@transaction.atomic
def hand_out(*, batch_id, fund, pence, about, by, at):
    """Take vouchers worth exactly so many pence out of a batch for one thing. Returns the VoucherOut.

    The money's way (owed to the person, out of the drawer) is written by the caller. Raises Refused when the batch
    has not so many, or the sum is no whole number of them.
    """
    batch = VoucherBatch.objects.select_for_update(of=("self",)).select_related("fund").get(pk=batch_id)
    count, rest = divmod(pence, batch.each_pence)
    if batch.fund_id != fund.pk or rest or count > batch.count - queries.given_out(batch):
        words = f"These vouchers of {pounds(batch.each_pence)} do not make up {pounds(pence)}."
        raise Refused(Refusal("no-vouchers", words, "Choose others, or buy some for this."))
    return VoucherOut.objects.create(batch=batch, about=about, count=count, by=by, at=at)


# --- days off ---


@transaction.atomic
def add_days_off(*, organisation, days, by, at):
    """Write down days on which the organisation does not work: (day, words) each. Known days keep their words.

    Promises made from now on skip them; a day that was promised stays.
    """
    stop_if(permissions.why_not_keep_funds(organisation, by=by))
    rows = [DayOff(organisation=organisation, on=on, words=words.strip()) for on, words in days]
    DayOff.objects.bulk_create(rows, ignore_conflicts=True)
    _note("ledger.days_off.added", organisation, organisation.pk, by, at, days=len(rows))


@transaction.atomic
def add_bank_holidays(*, organisation, place, year, by, at):
    """Write down the bank holidays of a place in a year, each with the list it came from; returns how many were new.

    A day that is there already keeps its words. Raises Refused for a year that we do not have, and when all are there.
    """
    stop_if(permissions.why_not_keep_funds(organisation, by=by))
    holidays, days = queries.bank_holidays(organisation, place, year)
    stop_if(permissions.why_not_bank_holidays(holidays, year, days))
    source = f"{holidays.words}, as we found them on {day_words(holidays.read_on, weekday=False)}"
    rows = [
        DayOff(organisation=organisation, on=day.on, words=day.words, source=source) for day, there in days if not there
    ]
    DayOff.objects.bulk_create(rows, ignore_conflicts=True)
    _note("ledger.days_off.added", organisation, organisation.pk, by, at, days=len(rows), of=place, year=year)
    return len(rows)


@transaction.atomic
def drop_day_off(*, day_off_id, organisation, by, at):
    """Say that a day is a working day after all."""
    stop_if(permissions.why_not_keep_funds(organisation, by=by))
    DayOff.objects.filter(pk=day_off_id, organisation=organisation).delete()
    _note("ledger.days_off.dropped", organisation, organisation.pk, by, at)
